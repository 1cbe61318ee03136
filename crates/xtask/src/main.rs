//! The project's commands: `cargo xtask help` lists them.

mod shell;

mod cargo_tools;
mod node_tools;
mod older;
mod surroundings;
mod system_tools;

mod app;
mod build;
mod files;
mod finish;
mod module;
mod preview_page;
mod pseudo;
mod size;
mod split;

mod bench;
mod clean_root;
mod deb;
mod deny;
mod dist;
mod engine;
mod entry;
mod failure;
mod fuzz;
mod leaks;
mod native;
mod needles;
mod package;
mod preview;
mod run;
mod schemathesis;
mod shots;
mod sizes;
mod steps;
mod throughput;
mod upgrade;

use std::process::ExitCode;

use anyhow::{Result, bail};

use shell::Workspace;

const HELP: &str = "\
cargo xtask COMMAND

Each command installs what it lacks. The first one on a machine takes about ten
minutes more, for tools that are kept outside the checkout (see `tools`).
Times are those of two cores.

  run [--release]      Build the app and the server and serve both at
                       http://127.0.0.1:3000 on SQLite and the emulator.
                       First time 6 minutes, then seconds.
                       PORTAL_ADDRESS and PORTAL_DATABASE_URL change the place.
  check                Format, lints, native tests, architecture and openapi.json: whether
                       a change is worth the long run. 7 minutes on warm caches.
  test [--only STEP]   Everything that must hold, cheapest first, in Chromium,
                       Firefox and WebKit; 55 minutes on empty caches, then fewer.
                       `cargo xtask test --list` names the steps;
                       `--only gallery --scene 'NAME|NAME'` looks at those scenes.
  preview [--release]  Build the app with the service inside the tab and the tools of
                       designers around it, and serve it at http://127.0.0.1:3001
                       as a static file host would (docs/preview.md).
                       PORTAL_PREVIEW_ADDRESS changes the place. 3 minutes.
  dist [app]           Both release builds, dist/app and dist/preview, with a table
                       of sizes; fails over the budget. 5 minutes; the first alone 4.
  shots [FILTERS]      Take pictures of the preview's scenes into dist/shots, with a page
                       that shows them and a contact sheet for each journey. 8 minutes.
                       --scene NAME (`sign-up*` means several), --language TAG,
                       --theme light|dark, --width PIXELS; each may be repeated.
  shots --baseline     Take those anew that the tests compare with, and README's.
                       10 minutes. With `--scene 'NAME|NAME'` those of these scenes alone.
  bench                Measure the log-in page of dist/app beside the same page in HTML,
                       Svelte, SolidJS, React and Leptos, and Supabase's form, and write
                       docs/speed.md; fails over what is promised there. 20 minutes, then 7.
                       --before FOLDER and --before-server FILE: an older build to compare
                       with; --app FOLDER, --server FILE: others than this checkout's;
                       --rounds N (7), --out FOLDER (docs).
  schemathesis         Ask the server thousands of times what docs/openapi.json says can be
                       asked, and what it says can't; fails at an answer of 500 or above
                       and at one that isn't as documented.
                       --examples N (4000): tries of each use case.
  failure              Kill servers and a database while people use the portal, and look
                       for everything that was acknowledged (docs/reliability.md).
                       Three servers behind HAProxy, PostgreSQL with a standby.
                       15 minutes and a build. --minutes N (10), --flows-a-second N (5).
  upgrade [COMMIT]     Replace three servers of an older build by this one's, one after
                       another and behind HAProxy, while people use them on one database:
                       no request may be lost. From COMMIT, or the last build before the
                       newest migration. 5 minutes for the older build, once, then 1.
  fuzz [TARGETS]       Have libFuzzer look for inputs by which the parsers of what comes from
                       outside break what must hold of them, and keep what reached new
                       code in crates/fuzz/corpora. 6 hours and a build.
                       --minutes N (60) of each; TARGETS: callback, cookies, amounts,
                       emails, phones, drafts.
  throughput           Load the server on SQLite and on PostgreSQL, its build of d023a62 and
                       Better Auth in turn, and print what each answers a second
                       (docs/operations.md); fails below what is wanted of it.
                       6 minutes, and builds: 15 minutes the first time.
                       --rounds N (3), --seconds N (10) for each load;
                       --before-server FILE: d023a62's, or another's, built already.
  package [--try]      Make dist/business-portal_VERSION_ARCHITECTURE.deb of the app and
                       the server (docs/install.md). 9 minutes.
                       --app FOLDER, --server FILE: others than this checkout's.
                       --try, as root: install it on a clean Debian in a folder, use it,
                       upgrade, remove and purge it. 2 minutes more.
  openapi [--check]    Write docs/openapi.json, or check that it is up to date.
  sizes                Try the settings of a release build and write docs/sizes.md.
                       15 minutes.
  tools                Install all that the other commands would.
  help                 This text.
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match obey(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(words: &[&str]) -> Result<()> {
    let mut programs = cargo_tools::program_folders();
    programs.push(node_tools::program_folder());
    let place = Workspace::find(&programs)?;
    match words {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["run"] => run::run(&place, build::Build::Debug),
        ["run", "--release"] => run::run(&place, build::Build::Release),
        ["check"] => steps::check(&place),
        ["test"] => steps::all(&place),
        ["test", "--list"] => {
            steps::list();
            Ok(())
        }
        ["test", "--only", "gallery", "--scene", names] => steps::look(&place, names),
        ["test", "--only", step] => steps::only(&place, step),
        ["shots", "--baseline"] => steps::renew_baseline(&place),
        ["shots", "--baseline", "--scene", names] => steps::renew_scenes(&place, names),
        ["shots", words @ ..] => shots::shots(&place, words),
        ["preview"] => preview::preview(&place, build::Build::Debug),
        ["preview", "--release"] => preview::preview(&place, build::Build::Release),
        ["bench", words @ ..] => bench::bench(&place, words),
        ["schemathesis", words @ ..] => schemathesis::schemathesis(&place, words),
        ["failure", words @ ..] => failure::failure(&place, words),
        ["upgrade"] => upgrade::upgrade(&place, None),
        ["upgrade", commit] => upgrade::upgrade(&place, Some(commit)),
        ["fuzz", words @ ..] => fuzz::fuzz(&place, words),
        ["throughput", words @ ..] => throughput::throughput(&place, words),
        ["package", words @ ..] => package::package(&place, words),
        ["dist"] => dist::dist(&place),
        ["dist", "app"] => dist::dist_app(&place),
        ["openapi"] => run::write_openapi(&place),
        ["openapi", "--check"] => run::check_openapi(&place),
        ["sizes"] => sizes::sizes(&place),
        ["tools"] => steps::install_all(&place),
        _ => bail!("no such command: {}\n\n{HELP}", words.join(" ")),
    }
}
