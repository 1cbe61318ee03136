//! The preview's page: the app's, with a script before all others, the tools' styles and another
//! module; and addresses that hold in any folder of any host.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::files_below;

/// The script, in `crates/preview/` and in the page.
pub(crate) const SCRIPT: &str = "page/preview.js";
/// The tools' styles, likewise.
pub(crate) const STYLE: &str = "page/preview.css";

/// Writes the page that trunk builds the preview from below `home`, and gives its path.
pub(crate) fn write(root: &Path, home: &Path) -> Result<PathBuf> {
    let folder = home.join("preview-page");
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    // trunk takes what it copies and builds from where the page lies, and no absolute path.
    let up = "../".repeat(folder.components().count() - 1);
    let root = root.canonicalize()?;
    let text = fs::read_to_string(root.join("index.html"))?;
    let root = format!("{up}{}/", root.strip_prefix("/")?.display());
    let page = folder.join("index.html");
    fs::write(&page, of_preview(&text, &root)?)?;
    Ok(page)
}

fn of_preview(index: &str, root: &str) -> Result<String> {
    const BOOT: &str = "<script src=\"/boot.js\"></script>";
    ensure!(index.contains(BOOT), "index.html does not load boot.js");
    let mut text = String::new();
    for line in index.lines() {
        if line.contains("data-trunk") {
            text += &line.replace("href=\"", &format!("href=\"{root}"));
        } else {
            text += line;
        }
        text.push('\n');
    }
    let script = format!("<script src=\"/{SCRIPT}\"></script>\n    {BOOT}");
    // No wasm-opt: a release is shrunk, where it is, by `finish`.
    let head = format!(
        "<link rel=\"stylesheet\" href=\"/{STYLE}\">
    <link data-trunk rel=\"rust\" href=\"{root}crates/preview\" data-bin=\"business-portal\" \
     data-wasm-opt=\"0\">
    <link data-trunk rel=\"copy-dir\" href=\"{root}crates/preview/page\">
  </head>"
    );
    Ok(text.replace(BOOT, &script).replacen("</head>", &head, 1))
}

/// Takes out of the page in `folder` the line that trunk built by, and leaves there.
pub(crate) fn tidy(folder: &Path) -> Result<()> {
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page)?;
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.contains("data-trunk"))
        .collect();
    fs::write(&page, lines.join("\n"))?;
    Ok(())
}

/// Makes every address of a finished folder one that begins where its file lies.
pub(crate) fn make_relative(folder: &Path) -> Result<()> {
    for file in files_below(folder)? {
        let inner = file.strip_prefix(folder)?;
        let kind = file.extension().and_then(|kind| kind.to_str());
        let depth = inner.components().count() - 1;
        let up = "../".repeat(depth);
        let changes: &[(&str, String)] = match kind {
            Some("html") => &[("=\"/", "=\"".to_owned())],
            Some("js") => &[
                ("\"/locales/", "\"locales/".to_owned()),
                ("`/locales/", "`locales/".to_owned()),
            ],
            Some("css") => &[("/fonts/", format!("{up}fonts/"))],
            _ => continue,
        };
        let mut text =
            fs::read_to_string(&file).with_context(|| format!("{} is no text", file.display()))?;
        for (from, to) in changes {
            text = text.replace(from, to);
        }
        fs::write(&file, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::of_preview;

    #[test]
    fn the_preview_s_page_copies_from_the_repository_and_builds_the_preview() {
        let index = "<script src=\"/boot.js\"></script>\n\
                     <link data-trunk rel=\"copy-dir\" href=\"style\">\n</head>\n";
        let page = of_preview(index, "../there/").unwrap_or_default();
        let lines: Vec<_> = page.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "<script src=\"/page/preview.js\"></script>",
                "<script src=\"/boot.js\"></script>",
                "<link data-trunk rel=\"copy-dir\" href=\"../there/style\">",
                "<link rel=\"stylesheet\" href=\"/page/preview.css\">",
                "<link data-trunk rel=\"rust\" href=\"../there/crates/preview\" \
                 data-bin=\"business-portal\" data-wasm-opt=\"0\">",
                "<link data-trunk rel=\"copy-dir\" href=\"../there/crates/preview/page\">",
                "</head>",
            ]
        );
    }
}
