//! PostgreSQL's programs, and who may run them.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Has a program run in a folder as a user who may run PostgreSQL, which root may not: by their id
/// where that is another one. What a terminal tells the tests (Ctrl-C) isn't told to it.
pub(crate) fn of_postgres(program: &mut Command, folder: &Path) -> Option<u32> {
    program.current_dir(folder).process_group(0);
    let uid = (user_id(&[]) == 0).then(|| user_id(&["nobody"]))?;
    program.uid(uid);
    Some(uid)
}

/// Where `initdb` and `pg_ctl` are: the newest that Debian's packages have brought.
pub(crate) fn programs() -> PathBuf {
    let installed = Path::new("/usr/lib/postgresql").read_dir().ok();
    let versions = installed.into_iter().flatten().filter_map(|version| {
        let programs = version.ok()?.path().join("bin");
        let number: u32 = programs.parent()?.file_name()?.to_str()?.parse().ok()?;
        programs
            .join("pg_ctl")
            .is_file()
            .then_some((number, programs))
    });
    let own = std::env::var_os("POSTGRES_PROGRAMS").map(PathBuf::from);
    let found = own.or(versions.max().map(|(_, programs)| programs));
    assert!(
        found.is_some(),
        "PostgreSQL is missing: `cargo xtask tools` brings it, or set POSTGRES_PROGRAMS to the \
         folder that has `initdb` and `pg_ctl`"
    );
    found.unwrap()
}

/// Of a user, or of who runs the tests.
fn user_id(of: &[&str]) -> u32 {
    let id = Command::new("id").arg("-u").args(of).output().unwrap();
    String::from_utf8(id.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}
