//! What the browsers of the tests find around them: the project's fonts, a home that nobody has
//! lived in, and one language and time zone, on whatever machine and in whoever's session.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use anyhow::{Context, Result};

use crate::shell::Workspace;
use crate::system_tools::install_fonts;

/// Names the folder `fonts` beside it, and no other.
const FONTS: &str = include_str!("fonts.conf");

const RUNNER: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER";

/// What is left to the session: how output is shown, where there is room, whether to trace.
const KEPT: [&str; 7] = [
    "CI",
    "COLORTERM",
    "FORCE_COLOR",
    "NO_COLOR",
    "PORTAL_TRACE",
    "TERM",
    "TMPDIR",
];

/// The whole environment of a program that drives browsers.
pub(crate) struct Surroundings {
    folder: PathBuf,
    variables: Vec<(&'static str, OsString)>,
}

impl Surroundings {
    /// Installs the fonts, and lays out what the variables name.
    pub(crate) fn prepare(place: &Workspace) -> Result<Self> {
        let folder = place.target.join("portal/browsers");
        lay_out(&folder, &install_fonts(place)?)
            .with_context(|| format!("could not fill {}", folder.display()))?;
        Ok(Self::of(place, folder))
    }

    fn of(place: &Workspace, folder: PathBuf) -> Self {
        let home = folder.join("home");
        let mut variables = vec![
            ("FONTCONFIG_FILE", folder.join("fonts.conf").into()),
            ("GSETTINGS_BACKEND", "memory".into()),
            ("HOME", home.clone().into()),
            ("LANG", "C.UTF-8".into()),
            ("PATH", place.path()),
            ("TZ", "UTC".into()),
            // Outlives a run: it holds what is known of the fonts.
            ("XDG_CACHE_HOME", folder.join("cache").into()),
            ("XDG_CONFIG_HOME", home.join("config").into()),
            ("XDG_DATA_HOME", home.join("data").into()),
        ];
        variables.extend(
            KEPT.into_iter()
                .filter_map(|name| Some((name, env::var_os(name)?))),
        );
        Self { folder, variables }
    }

    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.push((name, value.into()));
    }

    /// A command that runs in these surroundings.
    pub(crate) fn command(&self, place: &Workspace, program: &str) -> Command {
        let mut command = place.command(program);
        command
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Has cargo, which needs its user's own surroundings, start tests for browsers in these, by
    /// the runner of these words.
    pub(crate) fn run_tests(
        &self,
        place: &Workspace,
        cargo: &mut Command,
        runner: &[&OsStr],
    ) -> io::Result<()> {
        let file = self.folder.join("run-tests");
        self.write_script(&file, runner)?;
        // Cargo splits it at each space, and looks for it where it was started.
        cargo.env(RUNNER, file.strip_prefix(&place.root).unwrap_or(&file));
        Ok(())
    }

    fn write_script(&self, file: &Path, program: &[&OsStr]) -> io::Result<()> {
        let variables = self.variables.iter().map(|(name, value)| {
            let mut word = OsString::from(name);
            word.push("=");
            word.push(value);
            word
        });
        let mut script = b"#!/bin/sh\nexec env -i".to_vec();
        for word in variables.chain(program.iter().map(OsString::from)) {
            script.extend(b" '");
            for byte in word.as_bytes() {
                match byte {
                    b'\'' => script.extend(br"'\''"),
                    _ => script.push(*byte),
                }
            }
            script.push(b'\'');
        }
        script.extend(b" \"$@\"\n");
        fs::write(file, script)?;
        fs::set_permissions(file, fs::Permissions::from_mode(0o755))
    }
}

fn lay_out(folder: &Path, fonts: &[PathBuf]) -> io::Result<()> {
    let beside = folder.join("fonts");
    for emptied in [&beside, &folder.join("home")] {
        if emptied.is_dir() {
            fs::remove_dir_all(emptied)?;
        }
        fs::create_dir_all(emptied)?;
    }
    for font in fonts {
        if let Some(name) = font.file_name() {
            symlink(font, beside.join(name))?;
        }
    }
    fs::write(folder.join("fonts.conf"), FONTS)
}

/// Gives a command the session of somebody whose machine has everything otherwise: language, time
/// zone, fonts, colours, a display that isn't there and a way to the network that leads nowhere.
pub(crate) fn estrange<'a>(command: &'a mut Command, folder: &Path) -> io::Result<&'a mut Command> {
    let fonts = folder.join("fontconfig/fonts.conf");
    fs::create_dir_all(folder.join("fontconfig"))?;
    fs::write(
        &fonts,
        r#"<?xml version="1.0"?>
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  <match>
    <edit name="family" mode="assign" binding="strong"><string>DejaVu Serif</string></edit>
  </match>
  <match target="pattern">
    <edit name="antialias" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"#,
    )?;
    Ok(command
        .env("DISPLAY", ":99")
        .env("FONTCONFIG_FILE", fonts)
        .env("GTK_THEME", "HighContrast:dark")
        .env("LANG", "de_DE.UTF-8")
        .env("LANGUAGE", "de")
        .env("LC_ALL", "de_DE.UTF-8")
        .env("TZ", "America/St_Johns")
        .env("WAYLAND_DISPLAY", "wayland-99")
        .env("XDG_CONFIG_HOME", folder)
        .env("http_proxy", "http://127.0.0.1:9")
        .env("https_proxy", "http://127.0.0.1:9"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(command: &mut Command) -> Vec<String> {
        let output = command.output().expect("it runs");
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).expect("text");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }

    fn surroundings() -> (Workspace, Surroundings) {
        let place = Workspace::find(&[]).expect("a workspace");
        let surroundings = Surroundings::of(&place, place.target.join("a folder"));
        (place, surroundings)
    }

    #[test]
    fn a_program_that_drives_browsers_finds_what_was_chosen_and_nothing_else() {
        let (place, surroundings) = surroundings();
        let found = read(&mut surroundings.command(&place, "env"));
        assert!(!found.is_empty());
        for line in found {
            let name = line.split('=').next().unwrap_or_default();
            let is_chosen = surroundings.variables.iter().any(|(it, _)| *it == name);
            assert!(is_chosen, "{name} leaks in");
        }
    }

    #[test]
    fn a_test_in_a_browser_finds_the_same_though_cargo_does_not() {
        let (place, mut surroundings) = surroundings();
        surroundings.set("GECKODRIVER_ARGS", "somebody's own words; $HOME");
        let folder = env::temp_dir().join(format!("portal-elsewhere-{}", std::process::id()));
        let script = folder.join("run-tests");
        // By the shell: a program that another thread starts meanwhile may still have the new file open
        // for writing, and the kernel starts no such file (ETXTBSY).
        let mut started = Command::new("sh");
        started.arg(&script);
        estrange(&mut started, &folder).expect("a session");
        surroundings
            .write_script(&script, &["env".as_ref()])
            .expect("a script");
        let found = read(&mut started);
        fs::remove_dir_all(folder).expect("the session's folder");
        let chosen = read(&mut surroundings.command(&place, "env"));
        assert_eq!(found, chosen);
    }

    #[test]
    fn no_other_folder_of_fonts_is_named_than_the_one_beside() {
        assert_eq!(FONTS.matches("<dir").count(), 1);
        assert!(FONTS.contains(r#"<dir prefix="relative">fonts</dir>"#));
        assert!(!FONTS.contains("<include"));
    }
}
