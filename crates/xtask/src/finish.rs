//! Finishes a release build: bundles scripts and styles, drops from the module what the scripts
//! never call, shrinks it and its parts, and names each file by its content.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, ensure};

use crate::build::Flavour;
use crate::files::files_below;
use crate::module::{shared_names, with_alike_together, with_short_names, without_calls_to_panics};
use crate::node_tools::Finishers;
use crate::preview_page;
use crate::shell::{Workspace, read, run, say};
use crate::size::{self, short_hash};
use crate::split::PARTS;

/// What pages that travel apart need of style, as index.html links it for builds without parts.
const PARTS_STYLE: &str = "style/parts.css";

/// The module as wasm-bindgen names it.
const MODULE: &str = "business-portal_bg.wasm";

/// Prints the values of a JSON object as a list.
const LIST_VALUES: &str = "\
    const text = require('fs').readFileSync(process.argv[1], 'utf8');\
    process.stdout.write(JSON.stringify(Object.values(JSON.parse(text))))";

/// Names a module's exports, a line each.
const LIST_EXPORTS: &str = "\
    const module = new WebAssembly.Module(require('fs').readFileSync(process.argv[1]));\
    for (const { name } of WebAssembly.Module.exports(module)) console.log(name)";

/// Shrinks what was compiled into `stage`, names it by its content and puts it into `home`.
pub(crate) fn finish(
    place: &Workspace,
    finishers: &Finishers,
    stage: &Path,
    home: &Path,
    flavour: Flavour,
) -> Result<()> {
    let mut page = Page::read(&stage.join("index.html"))?;

    say("Bundling scripts and styles with esbuild");
    let esbuild = |source: &Path, target: &Path, options: &[&str]| {
        run(finishers
            .command(place, "esbuild")
            .arg(source)
            .args(["--minify", "--log-level=warning", "--charset=utf8"])
            .args(options)
            .arg(format!("--outfile={}", target.display())))
    };

    let script = home.join("app.js");
    esbuild(
        &stage.join("start.js"),
        &script,
        &[
            "--bundle",
            "--format=esm",
            // Without these two, classes that nobody asks for stay, for what they do when they
            // are declared, and with them what they call in the module.
            "--define:Symbol.dispose=undefined",
            "--pure:FinalizationRegistry",
            // The first module imports each part's loader by its own line.
            "--log-override:duplicate-object-key=silent",
        ],
    )?;
    let text = fs::read_to_string(&script)?;
    ensure!(text.contains(MODULE), "the bundle does not load the module");

    let parts_style = home.join(size::PARTS_STYLE);
    esbuild(&stage.join(PARTS_STYLE), &parts_style, &["--bundle"])?;
    let module = home.join("app.wasm");
    let wanted = stage.join("wanted.wasm");
    let text = match flavour {
        Flavour::Production => {
            let parts = files_below(&stage.join(PARTS))?;
            let modules = parts.iter().map(fs::read).collect::<io::Result<Vec<_>>>()?;
            let shared = shared_names(&modules)?;
            let silent = stage.join("silent.wasm");
            fs::write(
                &silent,
                without_calls_to_panics(&fs::read(stage.join(MODULE))?)?,
            )?;
            drop_unwanted(place, finishers, &silent, &text, &shared, &wanted)?;
            shrink(place, finishers, &wanted, &module)?;
            let (renamed, mut text) = with_short_names(&fs::read(&module)?, &text)?;
            fs::write(&module, &renamed)?;
            for part in parts {
                let name = part.file_name().context("a file has a name")?;
                let small = home.join(name);
                shrink(place, finishers, &part, &small)?;
                // A part fits the module that it was cut out of, and no other: not every difference
                // of that one shows in the part.
                let last = name_by(&small, &[renamed.as_slice(), &fs::read(&small)?].concat())?;
                let plain = format!("\"{}\"", name.to_string_lossy());
                ensure!(text.contains(&plain), "no script loads {plain}");
                text = text.replace(&plain, &format!("\"{last}\""));
            }
            // It comes with the first of them.
            page.drop_line(&format!("\"/{PARTS_STYLE}\""))?;
            let last = name_by_content(&parts_style)?;
            let plain = format!("\"{}\"", size::PARTS_STYLE);
            ensure!(text.contains(&plain), "no script loads {plain}");
            text.replace(&plain, &format!("\"{last}\""))
        }
        // It has no budget, and is built more often.
        Flavour::Preview => {
            let none = BTreeSet::new();
            drop_unwanted(place, finishers, &stage.join(MODULE), &text, &none, &wanted)?;
            fs::copy(&wanted, &module)?;
            page.replace(PARTS_STYLE, &name_by_content(&parts_style)?)?;
            text
        }
    };
    let module = name_by_content(&module)?;
    page.replace(MODULE, &module)?;
    fs::write(&script, text.replace(MODULE, &module))?;
    let script = name_by_content(&script)?;
    page.replace("start.js", &script)?;
    page.replace("business-portal.js", &script)?;

    fs::create_dir(home.join("locales"))?;
    let mut text = fs::read_to_string(stage.join("boot.js"))?;
    // Not the words of letters below it: those are the server's.
    for entry in fs::read_dir(stage.join("locales"))? {
        let file = entry?.path();
        if file.is_file() {
            let name = file.file_name().context("a file has a name")?;
            let locale = home.join("locales").join(name);
            let plain = format!("/locales/{}", name.to_string_lossy());
            fs::write(&locale, values(place, &file)?)?;
            let last = format!("/locales/{}", name_by_content(&locale)?);
            ensure!(text.contains(&plain), "boot.js does not name {plain}");
            text = text.replace(&plain, &last);
        }
    }
    let renamed = stage.join("boot-renamed.js");
    fs::write(&renamed, text)?;
    let boot = home.join("boot.js");
    esbuild(&renamed, &boot, &[])?;
    page.replace("boot.js", &name_by_content(&boot)?)?;

    let style = home.join("style.css");
    esbuild(
        &stage.join("style/main.css"),
        &style,
        &["--bundle", "--external:/fonts/*"],
    )?;
    let mut text = fs::read_to_string(&style)?;
    fs::create_dir(home.join("fonts"))?;
    for file in files_below(&stage.join("fonts"))? {
        let name = file.file_name().context("a file has a name")?;
        let font = home.join("fonts").join(name);
        fs::copy(&file, &font)?;
        let plain = format!("fonts/{}", name.to_string_lossy());
        if text.contains(&plain) {
            let last = format!("fonts/{}", name_by_content(&font)?);
            text = text.replace(&plain, &last);
            page.replace_if_loaded(&plain, &last);
        }
    }
    fs::write(&style, text)?;
    page.replace("style/main.css", &name_by_content(&style)?)?;

    if flavour == Flavour::Preview {
        let script = home.join("preview.js");
        esbuild(&stage.join(preview_page::SCRIPT), &script, &[])?;
        page.replace(preview_page::SCRIPT, &name_by_content(&script)?)?;
        let style = home.join("preview.css");
        esbuild(&stage.join(preview_page::STYLE), &style, &["--bundle"])?;
        page.replace(preview_page::STYLE, &name_by_content(&style)?)?;
    }

    fs::copy(stage.join("favicon.svg"), home.join("favicon.svg"))?;
    page.write(&home.join("index.html"))
}

/// Writes the module as small as it gets.
fn shrink(place: &Workspace, finishers: &Finishers, module: &Path, small: &Path) -> Result<()> {
    say("Shrinking the module with wasm-opt (1 minute)");
    // No `--all-features`: the module's own section says what browsers will accept.
    run(finishers
        .command(place, "wasm-opt")
        .arg("-Oz")
        // A control flow that is flattened and put together anew is smaller by 0.7 % in brotli than
        // one that is only optimised; twice, since the second pass finds what the first uncovered.
        .args(["--flatten", "--rereloop", "-Oz", "-Oz"])
        // A long function that one caller alone has stays one: between others of its kind it packs
        // better, by 0.5 % in brotli. 30 to 50 expressions are best.
        .args(["--one-caller-inline-max-function-size", "50"])
        // There the stack ends: nothing of ours lies in the first kilobyte.
        .arg("--low-memory-unused")
        .arg(module)
        .arg("-o")
        .arg(small))?;
    fs::write(small, with_alike_together(&fs::read(small)?)?)?;
    Ok(())
}

/// Writes the module without the exports that `script` never calls and parts don't share, and what only
/// they need.
fn drop_unwanted(
    place: &Workspace,
    finishers: &Finishers,
    module: &Path,
    script: &str,
    shared: &BTreeSet<String>,
    wanted: &Path,
) -> Result<()> {
    let names = read(place.command("node").args(["-e", LIST_EXPORTS]).arg(module))?;
    let called: Vec<&str> = names
        .lines()
        .filter(|name| script.contains(name) || shared.contains(*name))
        .collect();
    ensure!(
        called.contains(&"memory"),
        "the bundle calls nothing of the module"
    );
    let reached: Vec<String> = called.iter().map(|name| format!("\"{name}\"")).collect();
    let exports = called
        .iter()
        .map(|name| format!(",{{\"name\":\"{name}\",\"export\":\"{name}\"}}"));
    let graph = format!(
        "[{{\"name\":\"bundle\",\"root\":true,\"reaches\":[{}]}}{}]",
        reached.join(","),
        exports.collect::<String>()
    );
    let file = wanted.with_extension("json");
    fs::write(&file, graph)?;
    // It lists all that it drops.
    read(
        finishers
            .command(place, "wasm-metadce")
            .arg(module)
            .arg("--graph-file")
            .arg(&file)
            .arg("-o")
            .arg(wanted),
    )?;
    Ok(())
}

/// The sentences of a language in their order: the app knows each by its place.
fn values(place: &Workspace, locale: &Path) -> Result<String> {
    read(place.command("node").args(["-e", LIST_VALUES]).arg(locale))
}

/// index.html on its way to what is served.
struct Page {
    text: String,
}

impl Page {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("no {} was compiled", file.display()))?;
        ensure!(
            !text.contains("<script>") && !text.contains("style="),
            "index.html holds an inline script or style, which the policy forbids"
        );
        Ok(Self { text })
    }

    /// Points the page at a file's final name.
    fn replace(&mut self, plain: &str, last: &str) -> Result<()> {
        ensure!(
            self.text.contains(&format!("\"/{plain}\"")),
            "index.html does not load {plain}"
        );
        self.replace_if_loaded(plain, last);
        Ok(())
    }

    /// As [`Self::replace`], of a file that the page need not load itself.
    fn replace_if_loaded(&mut self, plain: &str, last: &str) {
        let (from, to) = (format!("\"/{plain}\""), format!("\"/{last}\""));
        self.text = self.text.replace(&from, &to);
    }

    /// Leaves out the one line that has `what`.
    fn drop_line(&mut self, what: &str) -> Result<()> {
        let lines = self.text.lines().filter(|line| !line.contains(what));
        let kept = lines.collect::<Vec<_>>().join("\n");
        ensure!(kept.len() < self.text.len(), "index.html has no {what}");
        self.text = kept;
        Ok(())
    }

    /// Writes the page without its comments and indentation.
    fn write(&self, file: &Path) -> Result<()> {
        let mut text = self.text.clone();
        while let Some(start) = text.find("<!--") {
            let end = text.get(start..).and_then(|rest| rest.find("-->"));
            let end = end.context("a comment in index.html has no end")?;
            text.replace_range(start..start + end + "-->".len(), "");
        }
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        fs::write(file, lines.collect::<Vec<_>>().join("\n"))?;
        Ok(())
    }
}

/// Renames `app.js` to `app-<hash>.js`, and gives that name: such a file never changes.
fn name_by_content(file: &Path) -> Result<String> {
    name_by(file, &fs::read(file)?)
}

/// Renames a file by the hash of `content`, and gives that name.
fn name_by(file: &Path, content: &[u8]) -> Result<String> {
    let stem = file
        .file_stem()
        .context("a file has a name")?
        .to_string_lossy();
    let extension = file
        .extension()
        .context("a file has an extension")?
        .to_string_lossy();
    let name = format!("{stem}-{}.{extension}", short_hash(content));
    fs::rename(file, file.with_file_name(&name))?;
    Ok(name)
}
