//! `cargo xtask schemathesis`: Schemathesis asks the server what docs/openapi.json says can be asked,
//! and what it says can't, and holds every answer against it.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::build::Build;
use crate::files::renew;
use crate::run::{OPENAPI, build_server};
use crate::shell::{Workspace, run, say};
use crate::size::short_hash;
use crate::system_tools::apt_install;

/// Tries of each use case that are drawn at random, and sequences of requests.
const EXAMPLES: &str = "4000";
const ADDRESS_HEADER: &str = "x-client-address";
/// Each is about an answer. The others judge what this document leaves open: which of the requests
/// that fit it are taken, and whether a status is a particular one.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,\
    unsupported_method,missing_required_header";

/// Fails at an answer of 500 or above, one that isn't as documented, and one that takes what the
/// document refuses. `words` may be `--examples N`.
pub(crate) fn schemathesis(place: &Workspace, words: &[&str]) -> Result<()> {
    let examples = match words {
        [] => EXAMPLES,
        ["--examples", number] => number,
        _ => bail!("what is `{}`? It takes --examples N", words.join(" ")),
    };
    let source = place.root.join("crates/xtask/schemathesis");
    let program = install(place, &source.join("requirements.txt"))?;
    let server = build_server(place, Build::Debug)?;
    let folder = place.target.join("portal/schemathesis");
    renew(&folder)?;
    let mut server = Server::start(place, &server, &folder)?;
    say(&format!(
        "Asking {} ({examples} examples for each use case)",
        server.base
    ));
    let mut asking = place.command(&program.to_string_lossy());
    asking
        .current_dir(&folder)
        .env("PORTAL", &server.base)
        .env("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER)
        .env("PYTHONPATH", &source)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .arg("run")
        .arg(place.root.join(OPENAPI))
        .args(["--url", &server.base, "--checks", CHECKS])
        .args(["--max-examples", examples, "--seed", "1"])
        .args(["--continue-on-failure", "--warnings", "off"]);
    run(&mut asking)?;
    if let Some(status) = server.process.try_wait()? {
        bail!("the server ended meanwhile with {status}");
    }
    Ok(())
}

/// A server of a demonstration that holds nothing yet.
struct Server {
    process: Child,
    base: String,
}

impl Server {
    fn start(place: &Workspace, program: &Path, folder: &Path) -> Result<Self> {
        let app = folder.join("app");
        fs::create_dir(&app)?;
        fs::write(app.join("index.html"), "<!DOCTYPE html>")?;
        let database = folder.join("portal.sqlite");
        let mut process = Command::new(program)
            .current_dir(folder)
            .env_clear()
            .env("PATH", place.path())
            .env("PORTAL_ADDRESS", "127.0.0.1:0")
            .env("PORTAL_ASSETS", &app)
            .env("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER)
            .env(
                "PORTAL_DATABASE_URL",
                format!("sqlite:{}", database.display()),
            )
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("server.log"))?)
            .spawn()
            .context("could not start the server")?;
        let output = process.stdout.take().context("it has no output")?;
        let mut lines = BufReader::new(output).lines();
        let base = loop {
            let Some(line) = lines.next() else {
                bail!("the server did not start: see {}", folder.display());
            };
            if let Some(base) = line?.strip_prefix("The portal is at ") {
                break base.to_owned();
            }
        };
        // Or it would wait until somebody reads on.
        thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, base })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Installs it with all that it needs, each by its hash, outside the checkout.
fn install(place: &Workspace, requirements: &Path) -> Result<PathBuf> {
    let hash = short_hash(&fs::read(requirements)?);
    let home = place.tools.join(format!("schemathesis-{hash}"));
    let program = home.join("bin/st");
    // It is written when all is there.
    let mark = home.join("installed");
    if mark.is_file() {
        return Ok(program);
    }
    say("Installing Schemathesis (1 minute)");
    let venv = || -> Result<()> {
        let mut python = place.command("python3");
        run(python.args(["-m", "venv", "--clear"]).arg(&home))
    };
    if venv().is_err() {
        apt_install(place, &["python3", "python3-venv"])?;
        venv()?;
    }
    let pip = home.join("bin/pip");
    run(place
        .command(&pip.to_string_lossy())
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .args(["--require-hashes", "--requirement"])
        .arg(requirements))?;
    fs::write(mark, "")?;
    Ok(program)
}
