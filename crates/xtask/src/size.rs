//! Sizes: compression, content hashes, and the table against the budget.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::files::files_below;

/// What a newcomer's browser may fetch before the app works, in bytes of brotli.
pub(crate) const BUDGET_BYTES: u64 = 150_000;

/// The first module and the script that has it, in bytes of brotli.
const FIRST_BUDGET_BYTES: u64 = 130_000;

/// The parts, and what each may take in bytes of brotli.
const PARTS: [(&str, u64); 8] = [
    ("ads", 36_000),
    ("arriving", 15_000),
    ("linking", 18_500),
    ("members", 24_500),
    ("security", 33_000),
    ("settings", 18_500),
    ("shared", 35_000),
    ("wizard", 44_500),
];

/// What pages that travel apart need of style, beside that of the first.
pub(crate) const PARTS_STYLE: &str = "parts.css";

/// What pages in parts may need of style, in bytes of brotli.
const PARTS_STYLE_BUDGET_BYTES: u64 = 8_000;

/// What a language may take, in bytes of brotli.
const LANGUAGE_BUDGET_BYTES: u64 = 12_000;

/// What an entry page may take in bytes of brotli, all that it needs until it can be used within it.
const ENTRY_BUDGET_BYTES: u64 = 25_000;

/// What of the font may be fetched before the first paint, in bytes: in Vietnamese, both files.
pub(crate) const FONT_BUDGET_BYTES: u64 = 40_000;

/// Sixteen hexadecimal digits that stand for the content.
pub(crate) fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .take(8)
        .fold(String::new(), |mut hash, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hash, "{byte:02x}");
            hash
        })
}

/// Whether a file is worth compressing.
pub(crate) fn is_compressible(file: &Path) -> bool {
    let kinds = ["html", "js", "wasm", "css", "json", "svg"];
    file.extension()
        .is_some_and(|kind| kinds.iter().any(|known| kind == *known))
}

/// Writes `file.br` beside `file`.
pub(crate) fn compress_beside(file: &Path) -> Result<()> {
    let mut compressed = Vec::new();
    brotli::BrotliCompress(
        &mut fs::read(file)?.as_slice(),
        &mut compressed,
        &brotli_parameters(),
    )?;
    fs::write(beside(file), compressed)?;
    Ok(())
}

/// Writes `page.html.open` beside `page.html`: its beginning in brotli, to which the server adds who is
/// there. The stream stands at a whole byte and has no end yet (RFC 7932, 9.2).
pub(crate) fn compress_open(page: &Path) -> Result<()> {
    let mut compressed = Vec::new();
    let mut stream =
        brotli::CompressorWriter::with_params(&mut compressed, 4096, &brotli_parameters());
    stream.write_all(&fs::read(page)?)?;
    stream.flush()?;
    // Dropped, it would write the end.
    std::mem::forget(stream);
    fs::write(page.with_extension("html.open"), compressed)?;
    Ok(())
}

fn brotli_parameters() -> brotli::enc::BrotliEncoderParams {
    brotli::enc::BrotliEncoderParams {
        quality: 11,
        // The largest window that every browser accepts.
        lgwin: 24,
        ..Default::default()
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_os_string();
    name.push(".br");
    name.into()
}

pub(crate) struct Entry {
    name: String,
    raw: u64,
    brotli: u64,
}

/// A release build in numbers.
pub(crate) struct Sizes {
    entries: Vec<Entry>,
    /// The largest of the pages that can be used before the app is there.
    entry_page: Option<Entry>,
    /// The files of the font, which are compressed already.
    fonts: Vec<(String, u64)>,
}

impl Sizes {
    /// Measures a finished folder.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let (mut entries, mut pages, mut fonts) = (Vec::new(), Vec::new(), Vec::new());
        for file in files_below(folder)? {
            let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
            if name.starts_with("entry/") {
                if file.extension().is_some_and(|kind| kind == "html") {
                    pages.push(Entry {
                        name,
                        raw: fs::metadata(&file)?.len(),
                        brotli: fs::metadata(file.with_extension("html.open"))?.len(),
                    });
                }
                continue;
            }
            if file.extension().is_some_and(|kind| kind == "woff2") {
                fonts.push((name, fs::metadata(&file)?.len()));
                continue;
            }
            if !is_compressible(&file) {
                continue;
            }
            let compressed = fs::metadata(beside(&file));
            entries.push(Entry {
                name,
                raw: fs::metadata(&file)?.len(),
                brotli: compressed
                    .with_context(|| format!("no .br of {}", file.display()))?
                    .len(),
            });
        }
        Ok(Self {
            entries,
            entry_page: pages.into_iter().max_by_key(|page| page.brotli),
            fonts,
        })
    }

    /// What must arrive before the app works: page, scripts, first module, styles and the largest
    /// language.
    pub(crate) fn total(&self) -> u64 {
        self.needed().map(|entry| entry.brotli).sum()
    }

    /// All modules together, raw and in brotli.
    pub(crate) fn module(&self) -> (u64, u64) {
        let modules = self.entries.iter().filter(|entry| entry.has_kind("wasm"));
        modules.fold((0, 0), |(raw, brotli), entry| {
            (raw + entry.raw, brotli + entry.brotli)
        })
    }

    fn largest_language(&self) -> Option<&Entry> {
        let languages = self.entries.iter().filter(|entry| entry.is_language());
        languages.max_by_key(|entry| entry.brotli)
    }

    fn needed(&self) -> impl Iterator<Item = &Entry> {
        let language = self.largest_language();
        let first = |entry: &&Entry| {
            let is_first = ["index.html", "app.wasm"].contains(&plain(&entry.name).as_str());
            let is_style = entry.has_kind("css") && plain(&entry.name) != PARTS_STYLE;
            is_first || entry.has_kind("js") || is_style
        };
        self.entries.iter().filter(first).chain(language)
    }

    /// The table, in Markdown.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("| file | raw | brotli |\n|---|---:|---:|\n");
        for entry in &self.entries {
            let Entry { name, raw, brotli } = entry;
            let _ = writeln!(table, "| {} | {raw} | {brotli} |", plain(name));
        }
        let raw: u64 = self.needed().map(|entry| entry.raw).sum();
        let _ = writeln!(
            table,
            "| **HTML, scripts, first module, styles, one language** | **{raw}** | **{}** |",
            self.total()
        );
        if let Some(Entry { name, raw, brotli }) = &self.entry_page {
            let _ = writeln!(
                table,
                "| the largest entry page: {name} | {raw} | {brotli} |"
            );
        }
        for (name, bytes) in &self.fonts {
            let _ = writeln!(table, "| {} | {bytes} | |", plain(name));
        }
        table
    }

    fn font(&self) -> u64 {
        self.fonts.iter().map(|(_, bytes)| bytes).sum()
    }

    /// What the first module and its script take in brotli.
    fn first(&self) -> u64 {
        let is_of_it =
            |entry: &&Entry| ["app.js", "app.wasm"].contains(&plain(&entry.name).as_str());
        self.entries
            .iter()
            .filter(is_of_it)
            .map(|entry| entry.brotli)
            .sum()
    }

    /// Fails if a part is over its budget, or isn't known here.
    fn check_parts(&self) -> Result<()> {
        let style = self
            .entries
            .iter()
            .find(|it| plain(&it.name) == PARTS_STYLE);
        let style = style.map_or(0, |it| it.brotli);
        ensure!(
            style <= PARTS_STYLE_BUDGET_BYTES,
            "{} takes {style} bytes in brotli: {} over its budget of {PARTS_STYLE_BUDGET_BYTES}",
            PARTS_STYLE,
            style - PARTS_STYLE_BUDGET_BYTES
        );
        for Entry { name, brotli, .. } in self.entries.iter().filter(|entry| entry.has_kind("wasm"))
        {
            let name = plain(name);
            let stem = name.trim_end_matches(".wasm");
            if stem == "app" {
                continue;
            }
            let known = PARTS.iter().find(|(part, _)| *part == stem);
            let (_, budget) = known.with_context(|| format!("{name} has no budget in size.rs"))?;
            ensure!(
                brotli <= budget,
                "{name} takes {brotli} bytes in brotli: {} over its budget of {budget}",
                brotli - budget
            );
        }
        Ok(())
    }

    /// Fails if the total, the first module, a part, a language or the font is over its budget.
    pub(crate) fn check_budget(&self) -> Result<()> {
        let (total, first, font) = (self.total(), self.first(), self.font());
        ensure!(
            first <= FIRST_BUDGET_BYTES,
            "the first module and its script take {first} bytes in brotli: {} over their budget of \
             {FIRST_BUDGET_BYTES}",
            first - FIRST_BUDGET_BYTES
        );
        self.check_parts()?;
        if let Some(Entry { name, brotli, .. }) = self.largest_language() {
            ensure!(
                *brotli <= LANGUAGE_BUDGET_BYTES,
                "{name} takes {brotli} bytes: {} over the budget of a language",
                brotli - LANGUAGE_BUDGET_BYTES
            );
        }
        if let Some(Entry { name, brotli, .. }) = &self.entry_page {
            ensure!(
                *brotli <= ENTRY_BUDGET_BYTES,
                "{name} takes {brotli} bytes: {} over the budget of an entry page",
                brotli - ENTRY_BUDGET_BYTES
            );
        }
        ensure!(
            font <= FONT_BUDGET_BYTES,
            "the font takes {font} bytes: {} over its budget of {FONT_BUDGET_BYTES}",
            font - FONT_BUDGET_BYTES
        );
        ensure!(
            total <= BUDGET_BYTES,
            "the app takes {total} bytes in brotli: {} over the budget of {BUDGET_BYTES}",
            total - BUDGET_BYTES
        );
        println!(
            "{total} of {BUDGET_BYTES} bytes in brotli: {} to spare; {first} of {FIRST_BUDGET_BYTES} \
             of the first module and its script; {font} of {FONT_BUDGET_BYTES} of the font",
            BUDGET_BYTES - total
        );
        Ok(())
    }
}

impl Entry {
    fn is_language(&self) -> bool {
        self.name.starts_with("locales/")
    }

    fn has_kind(&self, kind: &str) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|found| found == kind)
    }
}

/// A name without its hash, which would change the table at every build.
fn plain(name: &str) -> String {
    match (name.rsplit_once('-'), name.rsplit_once('.')) {
        (Some((stem, _)), Some((_, kind))) => format!("{stem}.{kind}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(module: u64) -> Sizes {
        let entry = |name: &str, brotli| Entry {
            name: name.to_owned(),
            raw: 3 * brotli,
            brotli,
        };
        Sizes {
            entries: vec![
                entry("app-0011223344556677.wasm", module),
                entry("favicon.svg", 7_000),
                entry("index.html", 1_000),
                entry("locales/en.json", 2_000),
                entry("locales/vi.json", 3_000),
            ],
            entry_page: Some(entry("entry/log-in/vi.html", ENTRY_BUDGET_BYTES)),
            fonts: vec![("fonts/latin-0011223344556677.woff2".to_owned(), 30_000)],
        }
    }

    #[test]
    fn one_language_counts_and_it_is_the_largest() {
        assert_eq!(sizes(100_000).total(), 104_000);
    }

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        let with_style = |brotli| {
            let mut sizes = sizes(100_000);
            sizes.entries.push(Entry {
                name: "style-0011223344556677.css".to_owned(),
                raw: brotli,
                brotli,
            });
            sizes
        };
        let rest = BUDGET_BYTES - 104_000;
        assert!(with_style(rest).check_budget().is_ok());
        assert!(with_style(rest + 1).check_budget().is_err());
    }

    #[test]
    fn the_first_module_has_a_budget_of_its_own() {
        assert!(sizes(FIRST_BUDGET_BYTES).check_budget().is_ok());
        assert!(sizes(FIRST_BUDGET_BYTES + 1).check_budget().is_err());
    }

    #[test]
    fn each_part_has_a_budget_and_counts_for_nothing_else() {
        let with_part = |name: &str, brotli| {
            let mut sizes = sizes(1);
            let (name, raw) = (format!("{name}-0011223344556677.wasm"), brotli);
            sizes.entries.push(Entry { name, raw, brotli });
            sizes
        };
        for (part, budget) in PARTS {
            let full = with_part(part, budget);
            assert!(full.check_budget().is_ok(), "{part}");
            assert_eq!(full.total(), 4_001);
            assert!(
                with_part(part, budget + 1).check_budget().is_err(),
                "{part}"
            );
        }
        assert!(with_part("unheard-of", 1).check_budget().is_err());
    }

    #[test]
    fn the_style_of_parts_has_a_budget_of_its_own() {
        let with_style = |brotli| {
            let mut sizes = sizes(1);
            let (name, raw) = ("parts-0011223344556677.css".to_owned(), brotli);
            sizes.entries.push(Entry { name, raw, brotli });
            sizes
        };
        let full = with_style(PARTS_STYLE_BUDGET_BYTES);
        assert!(full.check_budget().is_ok());
        assert_eq!(full.total(), 4_001);
        assert!(
            with_style(PARTS_STYLE_BUDGET_BYTES + 1)
                .check_budget()
                .is_err()
        );
    }

    #[test]
    fn a_language_has_a_budget_of_its_own() {
        let mut sizes = sizes(1);
        for (bytes, fits) in [(12_000, true), (12_001, false)] {
            for entry in &mut sizes.entries {
                if entry.name == "locales/vi.json" {
                    entry.brotli = bytes;
                }
            }
            assert_eq!(sizes.check_budget().is_ok(), fits);
        }
    }

    #[test]
    fn an_entry_page_has_a_budget_of_its_own() {
        let mut sizes = sizes(1);
        assert!(sizes.check_budget().is_ok());
        if let Some(page) = &mut sizes.entry_page {
            page.brotli += 1;
        }
        assert!(sizes.check_budget().is_err());
    }

    #[test]
    fn the_font_has_a_budget_of_its_own() {
        let mut sizes = sizes(1);
        assert!(sizes.check_budget().is_ok());
        sizes.fonts.push(("fonts/other.woff2".to_owned(), 10_001));
        assert!(sizes.check_budget().is_err());
    }

    #[test]
    fn a_table_names_files_without_their_hashes() {
        assert!(sizes(1).table().contains("| app.wasm | 3 | 1 |"));
    }

    #[test]
    fn a_hash_has_sixteen_digits_and_follows_the_content() {
        assert_eq!(short_hash(b"a").len(), 16);
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
    }
}
