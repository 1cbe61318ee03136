//! The engines of browsers that the app is tested in, and how wasm-bindgen's runner of tests is told
//! to drive each.

use std::process::Command;

use anyhow::Result;

use crate::cargo_tools::install_geckodriver;
use crate::shell::Workspace;
use crate::surroundings::Surroundings;
use crate::system_tools::{
    CHROMIUM, CHROMIUM_DRIVER, DISPLAY, DISPLAY_KEYS, FIREFOX, WEBKIT_DRIVER, install_programs,
};

const RUNNER: &str = "wasm-bindgen-test-runner";

/// An engine, by the name of its browser where it has one.
#[derive(Clone, Copy)]
pub(crate) enum Engine {
    /// Blink, in Debian's Chromium.
    Chromium,
    /// Gecko, in Debian's Firefox.
    Firefox,
    /// The engine of Safari, in the small browser that its GTK port brings along.
    WebKit,
}

impl Engine {
    /// Every engine that the tests run in.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Installs what the engine needs, and makes `cargo test` run in it.
    pub(crate) fn apply(self, place: &Workspace, cargo: &mut Command) -> Result<()> {
        let mut surroundings = Surroundings::prepare(place)?;
        // Seconds for one binary's tests; two busy cores are slow.
        surroundings.set("WASM_BINDGEN_TEST_TIMEOUT", "300");
        match self {
            Self::Chromium => {
                let [_, driver] = install_programs(place, [&CHROMIUM, &CHROMIUM_DRIVER])?;
                surroundings.set("CHROMEDRIVER", driver);
                surroundings.run_tests(place, cargo, &[RUNNER.as_ref()])?;
            }
            Self::Firefox => {
                let [firefox] = install_programs(place, [&FIREFOX])?;
                surroundings.set("GECKODRIVER", install_geckodriver(place)?);
                let binary = format!("--binary={}", firefox.display());
                surroundings.set("GECKODRIVER_ARGS", binary);
                surroundings.run_tests(place, cargo, &[RUNNER.as_ref()])?;
            }
            Self::WebKit => {
                let programs = [&WEBKIT_DRIVER, &DISPLAY, &DISPLAY_KEYS];
                let [driver, display, _] = install_programs(place, programs)?;
                // It speaks as Safari's driver does, but knows no mode without a window.
                surroundings.set("SAFARIDRIVER", driver);
                let runner = [
                    display.as_ref(),
                    "--auto-servernum".as_ref(),
                    RUNNER.as_ref(),
                ];
                surroundings.run_tests(place, cargo, &runner)?;
            }
        }
        Ok(())
    }
}
