//! `cargo xtask test`: all that must hold, as steps, cheapest first.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{Build, Settings};
use crate::engine::Engine;
use crate::shell::{Workspace, run as run_command, say, spoken, timed};
use crate::surroundings::{self, Surroundings};
use crate::system_tools::{
    CHROMIUM, DISPLAY, DISPLAY_KEYS, FIREFOX, HAPROXY, HEADLESS_SHELL, WEBKIT_DRIVER,
    install_postgres, install_programs,
};
use crate::{cargo_tools, deny, dist, leaks, native, node_tools, preview, run};

struct Step {
    name: &'static str,
    what: &'static str,
    minutes: u8,
    work: fn(&Workspace) -> Result<()>,
}

const STEPS: [Step; 14] = [
    Step {
        name: "format",
        what: "Formatting",
        minutes: 1,
        work: format,
    },
    Step {
        name: "deny",
        what: "Licences, sources and advisories of what it is built from",
        minutes: 1,
        work: deny::check,
    },
    Step {
        name: "lints",
        what: "Lints of the native crates",
        minutes: 4,
        work: native::lint,
    },
    Step {
        name: "native",
        what: "Native tests",
        minutes: 11,
        work: native::test,
    },
    Step {
        name: "openapi",
        what: "docs/openapi.json is current",
        minutes: 1,
        work: run::check_openapi,
    },
    Step {
        name: "lints-wasm",
        what: "Lints of the app",
        minutes: 4,
        work: lints_wasm,
    },
    Step {
        name: "chromium",
        what: "The app and the mock in Chromium",
        minutes: 3,
        work: |place| in_browser(place, Engine::Chromium),
    },
    Step {
        name: "firefox",
        what: "The app and the mock in Firefox",
        minutes: 1,
        work: |place| in_browser(place, Engine::Firefox),
    },
    Step {
        name: "webkit",
        what: "The app and the mock in WebKit",
        minutes: 2,
        work: |place| in_browser(place, Engine::WebKit),
    },
    Step {
        name: "dist",
        what: "Release builds and their sizes",
        minutes: 8,
        work: dist::dist,
    },
    Step {
        name: "leaks",
        what: "Nothing leaks into the production app",
        minutes: 1,
        work: leaks::check,
    },
    Step {
        name: "journeys",
        what: "Journeys through the release build of the app",
        minutes: 12,
        work: journeys,
    },
    Step {
        name: "gallery",
        what: "The preview, tried, and every scene, looked at",
        minutes: 11,
        work: gallery,
    },
    Step {
        name: "elsewhere",
        what: "Scenes look the same in a session of other habits",
        minutes: 1,
        work: elsewhere,
    },
];

pub(crate) fn list() {
    for Step {
        name,
        what,
        minutes,
        ..
    } in &STEPS
    {
        println!("{name:<12} {what} (at most {minutes} min after the tools are there)");
    }
}

/// Does every step until one fails.
pub(crate) fn all(place: &Workspace) -> Result<()> {
    say("Everything, cheapest first: about 55 minutes on empty caches, fewer afterwards");
    conclude(place, &STEPS.iter().collect::<Vec<_>>())
}

/// The steps that need neither a browser nor a release build. What didn't change, cargo doesn't
/// compile or lint again.
const CHECK: [&str; 6] = ["format", "deny", "lints", "native", "openapi", "lints-wasm"];

/// Does the quick steps: whether a change is worth the long run.
pub(crate) fn check(place: &Workspace) -> Result<()> {
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| CHECK.contains(&step.name))
        .collect();
    conclude(place, &steps)?;
    say("Not looked at: browsers, release builds, journeys, pictures (`cargo xtask test`)");
    Ok(())
}

pub(crate) fn only(place: &Workspace, name: &str) -> Result<()> {
    let step = STEPS.iter().find(|step| step.name == name);
    let step = step.with_context(|| format!("no step `{name}`: see `cargo xtask test --list`"))?;
    conclude(place, &[step])
}

/// Installs what the other commands would.
pub(crate) fn install_all(place: &Workspace) -> Result<()> {
    cargo_tools::install(place)?;
    cargo_tools::install_deny(place)?;
    cargo_tools::install_fuzz(place)?;
    node_tools::Finishers::install(place)?;
    node_tools::install_playwright(place)?;
    node_tools::install_bench(place)?;
    install_postgres(place)?;
    install_programs(place, [&HAPROXY])?;
    for engine in Engine::ALL {
        engine.apply(place, &mut place.command("cargo"))?;
    }
    say(&format!(
        "All there, in {}, tests/journeys and crates/xtask/bench",
        place.tools.display()
    ));
    Ok(())
}

fn conclude(place: &Workspace, steps: &[&Step]) -> Result<()> {
    let mut report = Vec::new();
    let mut failure = None;
    for step in steps {
        println!(
            "\n== {}: {} ({} min) ==",
            step.name, step.what, step.minutes
        );
        let (result, took) = timed(|| (step.work)(place));
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!("== {} {word} in {} ==", step.name, spoken(took));
        report.push(format!("  {word}  {:<12} {}", step.name, spoken(took)));
        if let Err(problem) = result {
            eprintln!("\n{}: {problem:#}", step.name);
            failure = Some(step.name);
            break;
        }
    }
    let failed = usize::from(failure.is_some());
    println!("\n{}\n", report.join("\n"));
    let left = steps.len() - report.len();
    if left > 0 {
        println!("{left} more not begun");
    }
    println!("{} passed, {failed} failed", report.len() - failed);
    match failure {
        Some(step) => bail!("{step} failed; `cargo xtask test --only {step}` repeats it"),
        None => Ok(()),
    }
}

fn format(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    run_command(place.command("cargo").args(["fmt", "--all", "--check"]))
}

fn lints_wasm(place: &Workspace) -> Result<()> {
    cargo_tools::install_toolchain(place)?;
    let mock = ["--all-targets", "--features", "business-portal/mock"];
    // As it is released too, in parts and without the mock: what only the mock uses must not linger.
    for (package, arguments) in [
        ("preview", &[][..]),
        ("business-portal", &mock),
        ("business-portal", &["--features", "parts"]),
    ] {
        let mut clippy = for_wasm(place, &["clippy", "--quiet", "-p", package]);
        clippy.args(arguments).args(["--", "-D", "warnings"]);
        run_command(&mut clippy)?;
    }
    Ok(())
}

/// Runs the app's and the mock's tests in a browser. What the first one compiles, the others find.
fn in_browser(place: &Workspace, engine: Engine) -> Result<()> {
    cargo_tools::install(place)?;
    // Both at once: each alone has what they share compiled with other features.
    let mut test = for_wasm(place, &["test"]);
    engine.apply(place, &mut test)?;
    run_command(
        test.args(["-p", "business-portal", "-p", "mock"])
            .args(["--features", "business-portal/mock"]),
    )
}

/// A cargo command for wasm32 under the settings of a development build of the app, so that
/// tests, lints and `run` share what is compiled.
fn for_wasm(place: &Workspace, arguments: &[&str]) -> Command {
    let mut cargo = place.command("cargo");
    cargo
        .args(arguments)
        .args(["--target", "wasm32-unknown-unknown"]);
    Settings::chosen(place, Build::Debug).apply(&mut cargo);
    cargo
}

/// Drives the release builds: dist/app by the real server and the emulator, dist/preview by
/// nothing but files.
fn journeys(place: &Workspace) -> Result<()> {
    // The app is the release build, since a browser's behaviour hangs on it. The server is the one
    // that the native tests built: it checks more (overflows, debug assertions), and another build of
    // it would take minutes.
    let server = native::program(place, "server")?;
    let programs = [&CHROMIUM, &FIREFOX, &WEBKIT_DRIVER, &DISPLAY, &DISPLAY_KEYS];
    let [chromium, firefox, webkit, display, _] = install_programs(place, programs)?;
    say("Walking the journeys (11 minutes)");
    run_command(
        playwright(place)?
            .args(["--project=server", "--project=tab", "--project=engines"])
            .env("PORTAL_CHROMIUM", chromium)
            .env("PORTAL_FIREFOX", firefox)
            .env(
                "PORTAL_GECKODRIVER",
                cargo_tools::install_geckodriver(place)?,
            )
            .env("PORTAL_WEBKIT_DRIVER", webkit)
            .env("PORTAL_DISPLAY", display)
            .env("PORTAL_SERVER", server)
            .env("PORTAL_APP", place.root.join("dist/app")),
    )
}

/// Tries the tools of dist/preview, and looks at every scene in every language, theme and width.
fn gallery(place: &Workspace) -> Result<()> {
    say("Trying the preview and looking at every scene (10 minutes)");
    run_command(playwright(place)?.args(["--project=preview", "--project=gallery"]))
}

/// Looks at the scenes of these names, a pattern.
pub(crate) fn look(place: &Workspace, names: &str) -> Result<()> {
    run_command(&mut gallery_of(place, names)?)
}

fn gallery_of(place: &Workspace, names: &str) -> Result<Command> {
    let mut playwright = playwright(place)?;
    let titles = format!(r" ({names})(,| in every language)");
    playwright.args(["--project=gallery", "--grep", &titles]);
    Ok(playwright)
}

/// Looks again at what a machine's own fonts and language would change most, in a session that has
/// everything otherwise.
fn elsewhere(place: &Workspace) -> Result<()> {
    let folder = place.target.join("portal/elsewhere");
    // By its name it may be gone: the native tests build another one there.
    let mut xtask = Command::new("/proc/self/exe");
    xtask.args([
        "test",
        "--only",
        "gallery",
        "--scene",
        "tiktok-page|ad-group-backwards",
    ]);
    run_command(surroundings::estrange(&mut xtask, &folder)?)
}

/// Takes anew what the tests compare with: pictures, trees, recordings, the arrows of the map.
pub(crate) fn renew_baseline(place: &Workspace) -> Result<()> {
    dist::dist(place)?;
    say("Taking the pictures of every scene (5 minutes)");
    run_command(renew(
        playwright(place)?.args(["--project=preview", "--project=gallery"]),
    ))
}

/// Takes anew the pictures and trees of the scenes of these names, a pattern.
pub(crate) fn renew_scenes(place: &Workspace, names: &str) -> Result<()> {
    dist::dist(place)?;
    run_command(renew(&mut gallery_of(place, names)?))
}

fn renew(playwright: &mut Command) -> &mut Command {
    playwright.env("PORTAL_RENEW", "1")
}

/// Playwright's runner over the release builds.
fn playwright(place: &Workspace) -> Result<Command> {
    node_tools::install_playwright(place)?;
    let [browser] = install_programs(place, [&HEADLESS_SHELL])?;
    for folder in ["dist/app", "dist/preview"] {
        if !place.root.join(folder).join("index.html").is_file() {
            bail!("{folder} is missing: `cargo xtask dist` makes it");
        }
    }
    let folder = place.root.join("tests/journeys");
    let mut playwright = Surroundings::prepare(place)?.command(place, "node");
    playwright
        .arg(folder.join("node_modules/@playwright/test/cli.js"))
        .arg("test")
        .current_dir(&folder)
        .env("PORTAL_PREVIEW", preview::host(place)?)
        .env("PORTAL_BROWSER", browser);
    Ok(playwright)
}
