//! Where the workspace is, and how a command is run in it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The checkout, and the two places where commands leave what they made.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    /// Tools, by name and version; outside the checkout, so that a fresh clone finds them.
    pub(crate) tools: PathBuf,
    /// The folders of the cached tools\' programs.
    programs: Vec<PathBuf>,
}

impl Workspace {
    /// Finds the places from the environment. `programs` are the folders below the tools' in which
    /// programs lie.
    pub(crate) fn find(programs: &[PathBuf]) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("xtask lies two directories below the root")?
            .to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |given| root.join(given));
        let tools = match std::env::var_os("PORTAL_TOOLS") {
            Some(given) => root.join(given),
            None => cache_home()?.join("business-portal").join("tools"),
        };
        let programs = programs.iter().map(|folder| tools.join(folder)).collect();
        Ok(Self {
            root,
            target,
            tools,
            programs,
        })
    }

    /// A command that runs in the root, with the cached tools in front of the machine's.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.find_program(program).unwrap_or(program.into()));
        command
            .current_dir(&self.root)
            .env("PATH", self.path())
            // `cargo` sets these for its children. The toolchain is rust-toolchain.toml's
            // affair, and a package's variables would only spoil fingerprints.
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_MANIFEST_PATH")
            .stdin(Stdio::null());
        command
    }

    /// Where a program lies, in the cached tools or on the machine.
    pub(crate) fn find_program(&self, program: &str) -> Option<PathBuf> {
        std::env::split_paths(&self.path())
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
    }

    /// The folders of programs: the cached tools', then the machine's.
    pub(crate) fn path(&self) -> OsString {
        let mut folders = self.programs.clone();
        if let Some(inherited) = std::env::var_os("PATH") {
            folders.extend(std::env::split_paths(&inherited));
        }
        // Only a folder with a colon in its name cannot be joined; then go without ours.
        std::env::join_paths(folders)
            .unwrap_or_else(|_| std::env::var_os("PATH").unwrap_or_default())
    }
}

fn cache_home() -> Result<PathBuf> {
    if let Some(given) = std::env::var_os("XDG_CACHE_HOME").filter(|given| !given.is_empty()) {
        return Ok(given.into());
    }
    let home = std::env::var_os("HOME")
        .context("neither PORTAL_TOOLS, XDG_CACHE_HOME nor HOME says where to keep the tools")?;
    Ok(Path::new(&home).join(".cache"))
}

/// Says what begins now.
pub(crate) fn say(what: &str) {
    println!("• {what}");
}

/// Says what came out as promised.
pub(crate) fn saw(what: &str) {
    println!("  ✓ {what}");
}

/// Runs a command to its end, its output shown; an unhappy end is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("  $ {}", spelled(command));
    let status = command
        .status()
        .with_context(|| format!("could not start {}", spelled(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", spelled(command));
    }
    Ok(())
}

/// Runs a command to its end and gives what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start {}", spelled(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", spelled(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` did not print text", spelled(command)))
}

/// Whether a command can be started and ends well; its output is nobody's business.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Does the work and gives how long it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let result = work();
    (result, start.elapsed())
}

/// A duration as people say it: `42 s`, `3 min 5 s`.
pub(crate) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "these commands are a host: they measure real time and decide nothing by it"
)]
fn now() -> Instant {
    Instant::now()
}
