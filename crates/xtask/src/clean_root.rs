//! What the package does on a machine that has never seen it: a Debian system in a folder of its own, in
//! which it is installed, used over HTTP, upgraded, removed and purged. There is no systemd in it that
//! runs, so the server is started here as its unit says: by its user, with its settings, in its folder.

mod client;
mod mail;
mod unit;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::deb::{self, Parts};
use crate::files::{copy_below, renew};
use crate::shell::{Workspace, read, run, saw, say};
use client::Browser;
use mail::MailServer;
use unit::Unit;

const SETTINGS: &str = "/etc/business-portal/portal.env";
const STATE: &str = "/var/lib/business-portal";
const APP: &str = "/usr/share/business-portal/app";
/// A file whose name holds a hash, which the release before alone has.
const OLD_FILE: &str = "/only-before-0123456789abcdef.js";
const EMAIL: &str = "first@customer.example";
const PASSWORD: &str = "Correct-horse-1847";
/// `EX_CONFIG`: `server` ends with it where its settings can't be used.
const MISCONFIGURED: i32 = 78;

/// Only root can make a system in a folder and go there.
pub(crate) fn check_user(place: &Workspace) -> Result<()> {
    ensure!(
        read(place.command("id").arg("-u"))?.trim() == "0",
        "`package --try` makes a system in a folder, which only root can: run it as root, in a \
         container or on a machine of its own"
    );
    Ok(())
}

/// Tries the package `made` of these parts, after a release before it; the first thing that is otherwise
/// than promised is an error.
pub(crate) fn try_out(place: &Workspace, parts: &Parts, version: &str, made: &Path) -> Result<()> {
    let work = place.target.join("package").join("try");
    renew(&work)?;
    let app = work.join("app-before");
    copy_below(&parts.app, &app)?;
    fs::write(app.join(&OLD_FILE[1..]), "before")?;
    let before = Parts {
        server: parts.server.clone(),
        app,
    };
    // Less than the version itself: Debian Policy, 5.6.12.
    let version_before = format!("{version}~before");
    let package_before = deb::make(place, &before, &version_before)?;
    let root = CleanRoot::make(place, &work.join("root"))?;
    let mut mail = MailServer::start()?;
    let mut browser = first_release(&root, &package_before, &version_before, &mut mail)?;
    next_release(&root, made, version, &mut browser)?;
    farewell(&root)?;
    fs::remove_dir_all(&work)?;
    say("The package does what it promises");
    Ok(())
}

fn first_release(
    root: &CleanRoot,
    package: &Path,
    version: &str,
    mail: &mut MailServer,
) -> Result<Browser> {
    root.install(package)?;
    root.expect_version(version)?;
    root.expect_owner(SETTINGS, "root", 0o640)?;
    root.expect_owner(&format!("{STATE}/data"), "business-portal", 0o700)?;

    let unit = Unit::read(&root.folder)?;
    let refused = root.service(&unit)?.output()?;
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    ensure!(
        refused.status.code() == Some(MISCONFIGURED) && told.contains("PORTAL_KEYS"),
        "without settings it ended with {}: {told}",
        refused.status
    );
    saw(&format!(
        "without settings it doesn't start, and names {} that are missing",
        told.matches("\n  PORTAL_").count()
    ));

    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let key = root.read(&["business-portal", "key"])?;
    let values = [
        ("PORTAL_ADDRESS", format!("127.0.0.1:{port}")),
        ("PORTAL_PUBLIC_URL", "https://portal.example".to_owned()),
        ("PORTAL_KEYS", key.trim().to_owned()),
        ("PORTAL_TIKTOK_CLIENT_KEY", "client-key".to_owned()),
        ("PORTAL_TIKTOK_CLIENT_SECRET", "client-secret".to_owned()),
        ("PORTAL_MAIL", mail.url()),
        ("PORTAL_MAIL_FROM", "no-reply@portal.example".to_owned()),
        ("PORTAL_CLIENT_ADDRESS_HEADER", "none".to_owned()),
    ];
    let file = root.path(SETTINGS);
    let filled = deb::fill_in(&fs::read_to_string(&file)?, &values)?;
    fs::write(&file, filled)?;
    saw("`business-portal key` prints a key; the settings are filled in");

    let mut browser = Browser::new(port);
    let server = root.start(&unit)?;
    browser.expect_ready()?;
    sign_up(&mut browser, mail)?;
    browser.expect_file(OLD_FILE, true)?;
    let waiting = root.read(&["business-portal", "letters"])?;
    saw(&format!("`business-portal letters`: {}", waiting.trim()));
    root.expect_owner(
        &format!("{STATE}/data/portal.sqlite"),
        "business-portal",
        0o600,
    )?;
    server.stop()?;
    Ok(browser)
}

fn sign_up(browser: &mut Browser, mail: &mut MailServer) -> Result<()> {
    browser.ask("get-session", "{}")?;
    browser.ask(
        "sign-up",
        &format!(
            r#"{{"email":"{EMAIL}","password":"{PASSWORD}","region":"SG","terms":true,"language":"en"}}"#
        ),
    )?;
    let code = mail.code()?;
    browser.ask("verify-email", &format!(r#"{{"code":"{code}"}}"#))?;
    browser.expect_somebody(
        EMAIL,
        "signed up by e-mail, with the code that was sent to them",
    )
}

fn next_release(
    root: &CleanRoot,
    package: &Path,
    version: &str,
    browser: &mut Browser,
) -> Result<()> {
    let settings = fs::read_to_string(root.path(SETTINGS))?;
    root.install(package)?;
    root.expect_version(version)?;
    ensure!(
        fs::read_to_string(root.path(SETTINGS))? == settings,
        "the upgrade changed the settings"
    );
    root.expect_owner(SETTINGS, "root", 0o640)?;
    ensure!(
        !root.path(APP).join(&OLD_FILE[1..]).exists(),
        "the second release has a file of the first"
    );
    saw("the settings are as they were filled in");

    let server = root.start(&Unit::read(&root.folder)?)?;
    browser.expect_ready()?;
    browser.expect_somebody(EMAIL, "is still logged in")?;
    browser.forget();
    browser.ask("get-session", "{}")?;
    browser.ask(
        "log-in",
        &format!(r#"{{"email":"{EMAIL}","password":"{PASSWORD}"}}"#),
    )?;
    browser.expect_somebody(EMAIL, "logs in with the password of before")?;
    browser.expect_file(OLD_FILE, true)?;
    browser.expect_file("/never-there-0123456789abcdef.js", false)?;
    server.stop()
}

fn farewell(root: &CleanRoot) -> Result<()> {
    root.apt(&["remove", "business-portal"])?;
    ensure!(!root.path(APP).exists(), "the app is still there");
    for kept in [SETTINGS, "/var/lib/business-portal/data/portal.sqlite"] {
        ensure!(root.path(kept).exists(), "removing took {kept}");
    }
    saw("removed: the program is gone, the settings and the data are there");
    root.apt(&["purge", "business-portal"])?;
    for gone in ["/etc/business-portal", STATE] {
        ensure!(!root.path(gone).exists(), "purging left {gone}");
    }
    saw("purged: the settings and the data are gone");
    Ok(())
}

/// A Debian system in a folder.
struct CleanRoot<'a> {
    place: &'a Workspace,
    folder: PathBuf,
}

impl<'a> CleanRoot<'a> {
    /// Made of the packages that every Debian system has, and of what the package needs.
    fn make(place: &'a Workspace, folder: &Path) -> Result<Self> {
        say("Making a clean Debian system (1 minute)");
        let release = read(
            place
                .command("sh")
                .args(["-c", ". /etc/os-release && echo \"$VERSION_CODENAME\""]),
        )?;
        run(place
            .command("mmdebstrap")
            .args([
                "--quiet",
                "--variant=minbase",
                "--include=systemd,ca-certificates",
            ])
            .arg(release.trim())
            .arg(folder))?;
        Ok(Self {
            place,
            folder: folder.to_path_buf(),
        })
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.join(inside.trim_start_matches('/'))
    }

    /// With the processes of the system in `/proc`, which maintainer scripts read.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.place.command("unshare");
        command
            .args(["--mount", "--pid", "--fork", "--kill-child"])
            .arg(format!("--mount-proc={}", self.path("/proc").display()))
            .arg("chroot");
        self.inside(&mut command, words);
        command
    }

    /// Lets `chroot` run these words.
    fn inside(&self, chroot: &mut Command, words: &[&str]) {
        chroot
            .arg(&self.folder)
            .args(words)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("DEBIAN_FRONTEND", "noninteractive");
    }

    fn read(&self, words: &[&str]) -> Result<String> {
        read(&mut self.command(words))
    }

    /// Shows what apt says only where it fails.
    fn apt(&self, words: &[&str]) -> Result<()> {
        let options = ["apt-get", "--quiet", "--yes", "--no-install-recommends"];
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(&[&options, words].concat()).output()?;
        ensure!(
            status.success(),
            "apt-get {}: {}{}",
            words.join(" "),
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        );
        saw(&format!("apt-get {}", words.join(" ")));
        Ok(())
    }

    fn install(&self, package: &Path) -> Result<()> {
        fs::copy(package, self.path("/tmp/portal.deb"))?;
        self.apt(&["install", "/tmp/portal.deb"])
    }

    fn expect_version(&self, version: &str) -> Result<()> {
        let words = ["dpkg-query", "--show", "--showformat=${Version} ${Status}"];
        let told = self.read(&[&words[..], &["business-portal"]].concat())?;
        ensure!(
            told == format!("{version} install ok installed"),
            "dpkg says {told}"
        );
        saw(&format!("version {version} is installed"));
        Ok(())
    }

    fn expect_owner(&self, inside: &str, owner: &str, mode: u32) -> Result<()> {
        let found = fs::metadata(self.path(inside)).with_context(|| inside.to_owned())?;
        let user = self.read(&["id", "-u", owner])?;
        let group = self.read(&["id", "-g", "business-portal"])?;
        ensure!(
            user.trim() == found.uid().to_string()
                && group.trim() == found.gid().to_string()
                && found.mode() & 0o777 == mode,
            "{inside} is of {}:{}, mode {:o}",
            found.uid(),
            found.gid(),
            found.mode()
        );
        saw(&format!("{inside} is of {owner}:business-portal, {mode:o}"));
        Ok(())
    }

    /// What systemd would start.
    fn service(&self, unit: &Unit) -> Result<Command> {
        let user = format!("--reuid={}", unit.user);
        let group = format!("--regid={}", unit.group);
        let mut words = vec!["setpriv", &user, &group, "--init-groups"];
        words.extend([
            "--no-new-privs",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "env",
        ]);
        words.extend(["-i", "--chdir", &unit.folder]);
        let settings = unit.settings(&self.folder)?;
        words.extend(settings.iter().map(String::as_str));
        words.push(&unit.program);
        // No process stands between, which would get its signals.
        let mut chroot = self.place.command("chroot");
        self.inside(&mut chroot, &words);
        Ok(chroot)
    }

    /// Starts the server, and waits until it says where it is.
    fn start(&self, unit: &Unit) -> Result<Service<'a>> {
        let mut child = self.service(unit)?.stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output is ours")?).lines();
        let mut printed = Vec::new();
        loop {
            let Some(line) = lines.next() else {
                bail!("it ended with {}: {}", child.wait()?, printed.join("\n"));
            };
            let line = line?;
            if line.starts_with("The portal is at ") {
                break;
            }
            printed.push(line);
        }
        // What it prints has to be read, or it would wait for its reader.
        std::thread::spawn(move || lines.for_each(drop));
        saw("started as the unit says");
        Ok(Service {
            place: self.place,
            child,
        })
    }
}

/// The server, as long as it runs.
struct Service<'a> {
    place: &'a Workspace,
    child: Child,
}

impl Service<'_> {
    fn stop(mut self) -> Result<()> {
        run(self
            .place
            .command("kill")
            .args(["-TERM", &self.child.id().to_string()]))?;
        let status = self.child.wait()?;
        ensure!(status.success(), "after SIGTERM it ended with {status}");
        saw("it ends on SIGTERM");
        Ok(())
    }
}

/// Where a check fails while it runs, it would stay, and hold its folder.
impl Drop for Service<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
