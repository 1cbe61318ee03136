//! The repository, as the tests that read it see it.

pub(crate) mod source;

use std::fs;
use std::path::{Path, PathBuf};

use source::Source;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

/// The files of a kind in a folder and below, sorted; not those that are built or installed.
pub(crate) fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    // A folder that was renamed must not pass for one without problems.
    assert!(folder.is_dir(), "no folder {}", folder.display());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "dist", "node_modules", "data", ".git"].contains(&name.as_str()) {
                files.extend(files_below(&path, extension));
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The Rust files below a folder of the repository, by their paths within it.
pub(crate) fn sources(folder: &str) -> Vec<(String, Source)> {
    let within = root().join(folder);
    files_below(&within, "rs")
        .into_iter()
        .map(|file| {
            let name = file
                .strip_prefix(&within)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (name, Source::parse(&fs::read_to_string(&file).unwrap()))
        })
        .collect()
}

/// Fails with the problems, if there are any.
pub(crate) fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
