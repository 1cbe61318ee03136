//! `cargo xtask sizes`: tries the settings of a release build and writes docs/sizes.md.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Result, ensure};

use crate::app::build_release;
use crate::build::{Build, Flavour, RELEASE_ERASES_COMPONENTS, Settings};
use crate::shell::{Workspace, say, spoken, timed};
use crate::size::{BUDGET_BYTES, Sizes};

struct Trial {
    opt_level: &'static str,
    erases_components: bool,
    sizes: Sizes,
    took: String,
}

/// Builds the app under each setting and writes the comparison down; fails if the chosen
/// one is not the smallest.
pub(crate) fn sizes(place: &Workspace) -> Result<()> {
    let mut trials = Vec::new();
    for opt_level in ["z", "s"] {
        for erases_components in [false, true] {
            say(&format!(
                "opt-level {opt_level}, erase_components {erases_components}"
            ));
            let name = format!("sizes-{opt_level}-{erases_components}");
            let target = place.target.join(name);
            let settings = Settings {
                opt_level: Some(opt_level),
                erases_components,
                target,
            };
            let home = settings.target.join("dist");
            let (built, took) =
                timed(|| build_release(place, Flavour::Production, &settings, &home));
            built?;
            let sizes = Sizes::of(&home)?;
            println!("{} bytes in brotli", sizes.total());
            trials.push(Trial {
                opt_level,
                erases_components,
                sizes,
                took: spoken(took),
            });
        }
    }
    let chosen_level = Settings::chosen(place, Build::Release)
        .opt_level
        .unwrap_or("z");
    let is_chosen = |trial: &&Trial| {
        trial.opt_level == chosen_level && trial.erases_components == RELEASE_ERASES_COMPONENTS
    };
    let text = report(&trials, is_chosen);
    fs::write(place.root.join("docs/sizes.md"), text)?;
    say("Wrote docs/sizes.md");
    let smallest = trials.iter().min_by_key(|trial| trial.sizes.total());
    ensure!(
        smallest.as_ref().is_some_and(is_chosen),
        "another setting is smaller: choose it in Cargo.toml and in xtask's app.rs"
    );
    Ok(())
}

fn report(trials: &[Trial], is_chosen: impl Fn(&&Trial) -> bool) -> String {
    let mut text = String::from(
        "# Sizes\n\n\
         Written by `cargo xtask sizes`; bytes. \
         Brotli at quality 11, as it is served.\n\n\
         ## The app\n\n",
    );
    if let Some(chosen) = trials.iter().find(&is_chosen) {
        text.push_str(&chosen.sizes.table());
    }
    let _ = write!(
        text,
        "\nThe budget is {BUDGET_BYTES} bytes in brotli; `cargo xtask dist` fails above it.\n\n\
         ## Settings tried\n\n\
         Each after `wasm-opt -Oz`, with `lto`, one codegen unit and `panic = \"abort\"`.\n\n\
         | opt-level | erase_components | module, raw | module, brotli | all, brotli | built in |\n\
         |---|---|---:|---:|---:|---:|\n"
    );
    for trial in trials {
        let (raw, brotli) = trial.sizes.module();
        let mark = if is_chosen(&trial) { " (chosen)" } else { "" };
        let _ = writeln!(
            text,
            "| `{}`{mark} | {} | {raw} | {brotli} | {} | {} |",
            trial.opt_level,
            if trial.erases_components { "yes" } else { "no" },
            trial.sizes.total(),
            trial.took,
        );
    }
    text
}
