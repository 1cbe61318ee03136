//! What a preview has beside the app: a script before all others and the tools' styles; and
//! addresses that hold in any folder of any host.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::app::files_below;

/// The script, in `public/` and in the page.
pub(crate) const SCRIPT: &str = "preview.js";
/// The tools' styles, as they lie in the stage.
pub(crate) const STYLE: &str = "style/preview.css";

/// Adds both to what trunk left in a folder.
pub(crate) fn add(root: &Path, folder: &Path) -> Result<()> {
    fs::copy(root.join("public").join(SCRIPT), folder.join(SCRIPT))?;
    let page = folder.join("index.html");
    let text = fs::read_to_string(&page)?;
    let boot = "<script src=\"/boot.js\"></script>";
    ensure!(text.contains(boot), "index.html does not load boot.js");
    let script = format!("<script src=\"/{SCRIPT}\"></script>\n    {boot}");
    let style = format!("<link rel=\"stylesheet\" href=\"/{STYLE}\">\n  </head>");
    let text = text.replace(boot, &script).replacen("</head>", &style, 1);
    fs::write(&page, text)?;
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
