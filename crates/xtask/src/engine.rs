//! The engines of browsers that the app is tested in, and how wasm-bindgen's runner of tests is told
//! to drive each.

use std::process::Command;

use anyhow::Result;

use crate::cargo_tools::install_geckodriver;
use crate::shell::Workspace;
use crate::system_tools::{
    CHROMIUM, CHROMIUM_DRIVER, DISPLAY, DISPLAY_KEYS, FIREFOX, WEBKIT_DRIVER, install_programs,
};

const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";
/// Where the runner looks for a driver, in its order.
const DRIVERS: [&str; 3] = ["GECKODRIVER", "SAFARIDRIVER", "CHROMEDRIVER"];

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
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Installs what the engine needs, and makes `cargo test` run in it.
    pub(crate) fn apply(self, place: &Workspace, cargo: &mut Command) -> Result<()> {
        for driver in DRIVERS {
            cargo.env_remove(driver);
        }
        cargo.env(RUNNER, "wasm-bindgen-test-runner");
        match self {
            Self::Chromium => {
                let [_, driver] = install_programs(place, [&CHROMIUM, &CHROMIUM_DRIVER])?;
                cargo.env("CHROMEDRIVER", driver);
            }
            Self::Firefox => {
                let [firefox] = install_programs(place, [&FIREFOX])?;
                cargo.env("GECKODRIVER", install_geckodriver(place)?).env(
                    "GECKODRIVER_ARGS",
                    format!("--binary={}", firefox.display()),
                );
            }
            Self::WebKit => {
                let programs = [&WEBKIT_DRIVER, &DISPLAY, &DISPLAY_KEYS];
                let [driver, display, _] = install_programs(place, programs)?;
                cargo
                    // It speaks as Safari's driver does, but knows no mode without a window.
                    .env("SAFARIDRIVER", driver)
                    .env(
                        RUNNER,
                        format!(
                            "{} --auto-servernum wasm-bindgen-test-runner",
                            display.display()
                        ),
                    );
            }
        }
        Ok(())
    }
}
