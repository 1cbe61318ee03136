//! `cargo xtask package`: the server and its app as a Debian package, looked at by Debian's own reader and,
//! with `--try`, used on a clean root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::clean_root;
use crate::deb::{Parts, make};
use crate::dist;
use crate::run::build_production_server;
use crate::shell::{Workspace, run, say};
use crate::system_tools::{CLEAN_ROOT, DEBHELPER, LINTIAN, SYSTEMD_ANALYZE, install_programs};

/// Tenths of `systemd-analyze security`, from 0 (confined) to 100: what the unit may have at most.
const EXPOSURE: &str = "15";

/// Makes the package of this checkout, or of what the words name instead; with `--try` sees what it
/// does on a clean root.
pub(crate) fn package(place: &Workspace, words: &[&str]) -> Result<()> {
    let Wish { tries, app, server } = read_words(words)?;
    install_programs(place, [&DEBHELPER, &LINTIAN, &SYSTEMD_ANALYZE])?;
    if tries {
        clean_root::check_user(place)?;
        install_programs(place, [&CLEAN_ROOT])?;
    }
    let parts = Parts {
        server: match server {
            Some(file) => file,
            None => build_production_server(place)?,
        },
        app: if let Some(folder) = app {
            folder
        } else {
            dist::dist_app(place)?;
            place.root.join("dist/app")
        },
    };
    let version = env!("CARGO_PKG_VERSION");
    let made = make(place, &parts, version)?;
    look_at(place, &made)?;
    let home = place.root.join("dist");
    fs::create_dir_all(&home)?;
    let file = home.join(made.file_name().context("the package has a name")?);
    fs::copy(&made, &file)?;
    say(&format!(
        "{} ({} kB); docs/install.md says what to do with it",
        file.display(),
        fs::metadata(&file)?.len() / 1000
    ));
    if tries {
        clean_root::try_out(place, &parts, version, &file)?;
    }
    Ok(())
}

#[derive(Default)]
struct Wish {
    tries: bool,
    app: Option<PathBuf>,
    server: Option<PathBuf>,
}

fn read_words(words: &[&str]) -> Result<Wish> {
    let mut wish = Wish::default();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "--try" => wish.tries = true,
            "--app" => wish.app = words.next().map(PathBuf::from),
            "--server" => wish.server = words.next().map(PathBuf::from),
            _ => bail!("package: no such word: {word}"),
        }
    }
    Ok(wish)
}

/// Fails where Debian's own reader finds an error, or the unit confines the server less than before.
fn look_at(place: &Workspace, package: &Path) -> Result<()> {
    run(place
        .command("lintian")
        .args(["--fail-on", "error", "--tag-display-limit", "0"])
        .arg(package))?;
    run(place
        .command("systemd-analyze")
        .args([
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold",
            EXPOSURE,
        ])
        .arg(
            place
                .root
                .join("crates/xtask/debian/business-portal.service"),
        )
        .stdout(Stdio::null()))
    .context("the unit confines the server less than it has to")
}
