//! A Debian package, made by debhelper; what is particular to it lies in `crates/xtask/debian`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::files::{copy_below, renew};
use crate::shell::{Workspace, read, run, say};

const NAME: &str = "business-portal";

/// What the package sets; all else is for whoever installs it. Without the first, a server that nobody
/// has configured would come up as a demonstration.
const SET: [(&str, &str); 4] = [
    ("PORTAL_ENV", "production"),
    (
        "PORTAL_DATABASE_URL",
        "sqlite:/var/lib/business-portal/data/portal.sqlite",
    ),
    ("PORTAL_ASSETS", "/usr/share/business-portal/app"),
    (
        "PORTAL_ASSETS_BEFORE",
        "/var/lib/business-portal/app-before",
    ),
];

const HEAD: &str = "\
# The settings of the Business Portal's server, which is started anew after a change:
# systemctl restart business-portal
#
# Write NAME=value, without quotes. The journal says what is still missing:
# journalctl -u business-portal
# /usr/share/doc/business-portal/configuration.md has more of them.

";

/// What goes into a package.
pub(crate) struct Parts {
    pub(crate) server: PathBuf,
    pub(crate) app: PathBuf,
}

/// Makes a package of these parts, and gives its file below the target directory.
pub(crate) fn make(place: &Workspace, parts: &Parts, version: &str) -> Result<PathBuf> {
    ensure!(
        parts.app.join("index.html").is_file(),
        "{} has no built app: `cargo xtask dist app` makes one",
        parts.app.display()
    );
    say(&format!("Packing version {version}"));
    let home = place.target.join("package").join(version);
    let stage = home.join("stage");
    renew(&stage)?;
    copy_below(
        &place.root.join("crates/xtask/debian"),
        &stage.join("debian"),
    )?;
    copy_below(&parts.app, &stage.join("app"))?;
    fs::copy(&parts.server, stage.join("server"))?;
    fs::copy(
        place.root.join("docs/configuration.md"),
        stage.join("configuration.md"),
    )?;
    let settings = read(
        place
            .command(&parts.server.to_string_lossy())
            .arg("settings"),
    )?;
    fs::write(stage.join("portal.env"), settings_file(&settings)?)?;
    fs::write(stage.join("crates.txt"), crates(place)?)?;
    fs::write(
        stage.join("debian/changelog"),
        changelog(version, &date(place)?),
    )?;
    run(place
        .command("dpkg-buildpackage")
        .args(["--build=binary", "--no-sign"])
        .current_dir(&stage))?;
    let architecture = read(place.command("dpkg").arg("--print-architecture"))?;
    Ok(home.join(format!("{NAME}_{version}_{}.deb", architecture.trim())))
}

/// The file that the server itself prints, with what the package sets.
fn settings_file(printed: &str) -> Result<String> {
    let values: Vec<(&str, String)> = SET
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Ok(format!("{HEAD}{}", fill_in(printed, &values)?))
}

/// Sets these in a file of settings. A name that has no line is an error.
pub(crate) fn fill_in(file: &str, values: &[(&str, String)]) -> Result<String> {
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    for (name, value) in values {
        let line = lines
            .iter_mut()
            .find(|line| {
                let line = line.strip_prefix('#').unwrap_or(line);
                line.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('='))
            })
            .with_context(|| format!("no line for {name}"))?;
        *line = format!("{name}={value}");
    }
    Ok(lines.join("\n") + "\n")
}

/// What the programs are built from: name, version and licence of each crate that isn't ours.
fn crates(place: &Workspace) -> Result<String> {
    let mut all = BTreeSet::new();
    for selection in [
        ["-p", "server", "--no-default-features"].as_slice(),
        &["-p", NAME, "--target", "wasm32-unknown-unknown"],
    ] {
        let listed = read(
            place
                .command("cargo")
                .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
                .args(["--format", "{p}\t{l}"])
                .args(selection),
        )?;
        all.extend(
            listed
                .lines()
                .filter(|line| !line.is_empty() && !line.contains(" (/"))
                .map(|line| {
                    line.trim_end_matches(" (*)")
                        .replace(" (proc-macro)", "")
                        .replace('\t', "  ")
                }),
        );
    }
    Ok(all.into_iter().map(|line| line + "\n").collect())
}

/// When what is packed was committed, as a changelog says it: a package of the same state is the same.
fn date(place: &Workspace) -> Result<String> {
    Ok(
        read(place.command("git").args(["log", "-1", "--format=%aD"]))?
            .trim()
            .to_owned(),
    )
}

fn changelog(version: &str, date: &str) -> String {
    format!(
        "{NAME} ({version}) unstable; urgency=medium\n\n  * Version {version}.\n\n \
         -- The Business Portal contributors <contributors@business-portal.invalid>  {date}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_sets_what_it_knows_and_leaves_the_rest() {
        let printed = "# Who.\n#PORTAL_ENV=\n\n# Where.\n#PORTAL_ENVELOPE=\n";
        let filled = fill_in(printed, &[("PORTAL_ENV", "production".to_owned())]);
        assert_eq!(
            filled.ok().as_deref(),
            Some("# Who.\nPORTAL_ENV=production\n\n# Where.\n#PORTAL_ENVELOPE=\n")
        );
    }

    #[test]
    fn a_setting_that_the_server_does_not_know_is_not_set_in_silence() {
        assert!(fill_in("#PORTAL_ENV=\n", &[("PORTAL_MODE", String::new())]).is_err());
    }
}
