//! What a unit file says of starting its service.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const FILE: &str = "usr/lib/systemd/system/business-portal.service";
/// Where Debian 12 has it, as `/lib` is still a link there.
const FILE_BEFORE: &str = "lib/systemd/system/business-portal.service";

pub(super) struct Unit {
    pub(super) user: String,
    pub(super) group: String,
    pub(super) folder: String,
    pub(super) program: String,
    settings: String,
}

impl Unit {
    /// Reads the one that is installed below this folder.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let text = fs::read_to_string(root.join(FILE))
            .or_else(|_| fs::read_to_string(root.join(FILE_BEFORE)))
            .context("the unit isn't installed")?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let value = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
                .map(str::to_owned)
                .with_context(|| format!("the unit has no {name}"))
        };
        Ok(Self {
            user: value("User")?,
            group: value("Group")?,
            folder: value("WorkingDirectory")?,
            program: value("ExecStart")?,
            settings: value("EnvironmentFile")?,
        })
    }

    /// What its file of settings sets, as `NAME=value`.
    pub(super) fn settings(&self, root: &Path) -> Result<Vec<String>> {
        let file = root.join(self.settings.trim_start_matches('/'));
        let text = fs::read_to_string(file).context("the file of settings isn't there")?;
        Ok(assignments(&text))
    }
}

/// As systemd reads them, where no value has quotes.
fn assignments(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['#', ';']) && line.contains('='))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_the_package_says_by_whom_where_and_with_what_the_server_is_started() {
        let text = include_str!("../../debian/business-portal.service");
        let unit = Unit::parse(text).ok();
        let told = unit.map(|unit| (unit.user, unit.folder, unit.program, unit.settings));
        let expected = [
            "business-portal",
            "/var/lib/business-portal/data",
            "/usr/lib/business-portal/server",
            "/etc/business-portal/portal.env",
        ]
        .map(str::to_owned);
        assert_eq!(told.map(<[String; 4]>::from), Some(expected));
    }

    #[test]
    fn only_what_is_set_is_a_setting() {
        let text = "# Who: a=b\n#A=1\n\nB=x=y\n C=\n;D=2\n";
        assert_eq!(assignments(text), ["B=x=y", "C="]);
    }
}
