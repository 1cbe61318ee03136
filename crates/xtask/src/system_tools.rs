//! What comes from the system's packages: the browsers, what drives them and their fonts, PostgreSQL,
//! a proxy, and what makes a package.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{Workspace, read, run, say, succeeds};

/// A program of a Debian package.
pub(crate) struct Program {
    /// What it's called, here and elsewhere.
    names: &'static [&'static str],
    /// Names one of your own instead.
    variable: &'static str,
    package: &'static str,
}

pub(crate) const CHROMIUM: Program = Program {
    names: &["chromium", "chromium-browser", "google-chrome"],
    variable: "CHROMIUM",
    package: "chromium",
};

/// Chromium without windows of its own: journeys take about half as long in it.
pub(crate) const HEADLESS_SHELL: Program = Program {
    names: &["chromium-headless-shell"],
    variable: "CHROMIUM_HEADLESS_SHELL",
    package: "chromium-headless-shell",
};

pub(crate) const CHROMIUM_DRIVER: Program = Program {
    names: &["chromedriver"],
    variable: "CHROMEDRIVER",
    package: "chromium-driver",
};

pub(crate) const FIREFOX: Program = Program {
    names: &["firefox-esr", "firefox"],
    variable: "FIREFOX",
    package: "firefox-esr",
};

/// Brings a browser with it.
pub(crate) const WEBKIT_DRIVER: Program = Program {
    names: &["WebKitWebDriver"],
    variable: "WEBKIT_DRIVER",
    package: "webkit2gtk-driver",
};

/// A display that nobody looks at.
pub(crate) const DISPLAY: Program = Program {
    names: &["xvfb-run"],
    variable: "XVFB_RUN",
    package: "xvfb",
};

/// `xvfb-run` asks for it.
pub(crate) const DISPLAY_KEYS: Program = Program {
    names: &["xauth"],
    variable: "XAUTH",
    package: "xauth",
};

/// The last is where Debian has it, which is on root's PATH alone.
pub(crate) const HAPROXY: Program = Program {
    names: &["haproxy", "/usr/sbin/haproxy"],
    variable: "HAPROXY",
    package: "haproxy",
};

/// Runs the steps of `debian/rules`.
pub(crate) const DEBHELPER: Program = Program {
    names: &["dh"],
    variable: "DEBHELPER",
    package: "debhelper",
};

/// Reads Debian packages as their distributor does.
pub(crate) const LINTIAN: Program = Program {
    names: &["lintian"],
    variable: "LINTIAN",
    package: "lintian",
};

pub(crate) const SYSTEMD_ANALYZE: Program = Program {
    names: &["systemd-analyze"],
    variable: "SYSTEMD_ANALYZE",
    package: "systemd",
};

/// Makes a Debian system in a folder.
pub(crate) const CLEAN_ROOT: Program = Program {
    names: &["mmdebstrap"],
    variable: "MMDEBSTRAP",
    package: "mmdebstrap",
};

impl Program {
    fn find(&self, place: &Workspace) -> Option<PathBuf> {
        std::env::var_os(self.variable)
            .map(PathBuf::from)
            .filter(|file| file.is_file())
            .or_else(|| self.names.iter().find_map(|name| place.find_program(name)))
    }
}

/// Where these programs lie; those that are missing are installed from Debian's packages.
pub(crate) fn install_programs<const N: usize>(
    place: &Workspace,
    programs: [&Program; N],
) -> Result<[PathBuf; N]> {
    let missing: Vec<&Program> = programs
        .into_iter()
        .filter(|program| program.find(place).is_none())
        .collect();
    if !missing.is_empty() {
        let every = |word: fn(&Program) -> &'static str| -> Vec<&'static str> {
            missing.iter().map(|program| word(program)).collect()
        };
        let packages = every(|program| program.package);
        say(&format!(
            "Installing {} from the system's packages (2 minutes)",
            packages.join(", ")
        ));
        apt_install(place, &packages).with_context(|| {
            let variables = every(|program| program.variable).join(" and ");
            format!("or set {variables} to your own")
        })?;
    }
    let mut found = Vec::with_capacity(N);
    for program in programs {
        let file = program.find(place);
        found.push(
            file.with_context(|| format!("{} was installed, but is not on PATH", program.package))?,
        );
    }
    found.try_into().ok().context("as many as were asked for")
}

/// Everything that the tests' browsers write with besides TikTok Sans: letters for the languages that
/// it has none for, and the families that a page leaves to its browser.
const FONTS: [&str; 3] = ["fonts-dejavu-core", "fonts-noto-cjk", "fonts-tlwg-loma-ttf"];

/// The files of the tests' fonts; those that are missing are installed from Debian's packages.
pub(crate) fn install_fonts(place: &Workspace) -> Result<Vec<PathBuf>> {
    if let Some(files) = font_files(place) {
        return Ok(files);
    }
    say("Installing fonts from the system's packages (1 minute)");
    apt_install(place, &FONTS)?;
    font_files(place).context("the fonts were installed, but are not where their packages say")
}

fn font_files(place: &Workspace) -> Option<Vec<PathBuf>> {
    let mut dpkg = place.command("dpkg-query");
    let listed = dpkg.arg("--listfiles").args(FONTS).output().ok()?;
    if !listed.status.success() {
        return None;
    }
    let files: Vec<PathBuf> = String::from_utf8(listed.stdout)
        .ok()?
        .lines()
        .map(PathBuf::from)
        .filter(|file| {
            file.extension()
                .is_some_and(|kind| kind == "ttf" || kind == "otf" || kind == "ttc")
        })
        .collect();
    files.iter().all(|file| file.is_file()).then_some(files)
}

/// Where Debian's packages have the programs of PostgreSQL, each version in a folder of its own.
const POSTGRES: &str = "/usr/lib/postgresql";
/// Names a folder of your own with `initdb` and `pg_ctl` in it, as the server's tests read it.
const POSTGRES_PROGRAMS: &str = "POSTGRES_PROGRAMS";

/// Sees to it that the server's tests find PostgreSQL, which they start by themselves.
pub(crate) fn install_postgres(place: &Workspace) -> Result<()> {
    if std::env::var_os(POSTGRES_PROGRAMS).is_some() || has_postgres() {
        return Ok(());
    }
    say("Installing PostgreSQL from the system's packages (1 minute)");
    if place.find_program("apt-get").is_some() {
        // Or the package would make a database, and keep a server for it running.
        let no_cluster = "mkdir -p /etc/postgresql-common/createcluster.d && \
            echo 'create_main_cluster = false' \
            >/etc/postgresql-common/createcluster.d/no-main-cluster.conf";
        let mut configure = as_root(place, "sudo apt-get install postgresql")?;
        run(configure.args(["sh", "-c", no_cluster]))?;
    }
    apt_install(place, &["postgresql"])
        .with_context(|| format!("or set {POSTGRES_PROGRAMS} to a folder of your own"))
}

fn has_postgres() -> bool {
    let versions = Path::new(POSTGRES).read_dir();
    // The folder is there with the clients alone, too.
    versions.is_ok_and(|mut versions| {
        versions.any(|version| version.is_ok_and(|it| it.path().join("bin/initdb").is_file()))
    })
}

/// What runs the command that follows as root, or by a sudo that asks nothing.
fn as_root(place: &Workspace, by_hand: &str) -> Result<Command> {
    let root = read(place.command("id").arg("-u"))?.trim() == "0";
    if root {
        return Ok(place.command("env"));
    }
    if !succeeds(place.command("sudo").args(["-n", "true"])) {
        bail!("only root can install packages, and sudo wants a password: {by_hand}");
    }
    let mut sudo = place.command("sudo");
    sudo.args(["-n", "env"]);
    Ok(sudo)
}

/// Installs Debian packages, as root or by a sudo that asks nothing.
pub(crate) fn apt_install(place: &Workspace, packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "run this, then try again:\n\n    sudo apt-get update && sudo apt-get install {}\n",
        packages.join(" ")
    );
    if place.find_program("apt-get").is_none() {
        bail!(
            "this machine has no apt-get: install {} with its own package manager, then try again",
            packages.join(" and ")
        );
    }
    let apt = |arguments: &[&str]| -> Result<Command> {
        let mut command = as_root(place, &by_hand)?;
        command
            .arg("DEBIAN_FRONTEND=noninteractive")
            .arg("apt-get")
            .args(arguments);
        Ok(command)
    };
    run(&mut apt(&["update", "-qq"])?).with_context(|| by_hand.clone())?;
    let mut install = apt(&["install", "-y", "-qq", "--no-install-recommends"])?;
    run(install.args(packages)).with_context(|| by_hand)
}
