//! A Rust file, cut into code and string literals, line by line; comments are dropped.
//! No parser: enough of the lexer to tell the three apart.

/// A file's code and its literals.
pub(crate) struct Source {
    code: Vec<String>,
    literals: Vec<(usize, String)>,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Self {
        let mut source = Self {
            code: vec![String::new()],
            literals: Vec::new(),
        };
        let letters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            at = source.take(&letters, at);
        }
        source
    }

    /// The lines without comments and without what stands in quotes, numbered from one.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .iter()
            .enumerate()
            .map(|(index, line)| (index + 1, line.as_str()))
    }

    /// What stands in quotes, with the number of the line.
    pub(crate) fn literals(&self) -> impl Iterator<Item = (usize, &str)> {
        self.literals
            .iter()
            .map(|(line, text)| (*line, text.as_str()))
    }

    /// The modules of the same crate that the file names, as paths from the crate's root;
    /// `place` is the file's own path below `src`.
    pub(crate) fn paths_of_ours(&self, place: &str) -> Vec<(usize, String)> {
        let mut own: Vec<&str> = place.trim_end_matches(".rs").split('/').collect();
        if own.last() == Some(&"mod") {
            own.pop();
        }
        let mut found = Vec::new();
        for (number, line) in self.code() {
            // Inside an inline module, `super` is the file. They stand at a file's end.
            let inline = line
                .trim()
                .strip_prefix("mod ")
                .and_then(|rest| rest.strip_suffix(" {"));
            own.extend(inline);
            for (at, _) in line.match_indices("crate::") {
                found.push((number, path_at(&line[at + "crate::".len()..])));
            }
            let mut rest = line;
            while let Some(at) = rest.find("super::") {
                let mut base = own.clone();
                rest = &rest[at..];
                while let Some(next) = rest.strip_prefix("super::") {
                    base.pop();
                    rest = next;
                }
                let tail = path_at(rest);
                let path: Vec<&str> = base.into_iter().chain([tail.as_str()]).collect();
                found.push((number, path.join("::").trim_end_matches("::").to_owned()));
            }
        }
        found
    }

    /// Takes one token that begins at `at` and gives where the next begins.
    fn take(&mut self, letters: &[char], at: usize) -> usize {
        let here = letters[at];
        let next = letters.get(at + 1).copied();
        match (here, next) {
            ('/', Some('/')) => end_of_line(letters, at),
            ('/', Some('*')) => self.skip_block(letters, at),
            ('"', _) => self.take_string(letters, at + 1, None),
            ('r', Some('"' | '#')) if !follows_word(letters, at) => {
                let hashes = letters[at + 1..]
                    .iter()
                    .take_while(|letter| **letter == '#')
                    .count();
                if letters.get(at + 1 + hashes) == Some(&'"') {
                    self.take_string(letters, at + 2 + hashes, Some(hashes))
                } else {
                    self.push(here);
                    at + 1
                }
            }
            // A character in quotes; a lifetime has no second quote.
            ('\'', Some('\\')) => {
                at + 3
                    + letters[at + 3..]
                        .iter()
                        .take_while(|letter| **letter != '\'')
                        .count()
                    + 1
            }
            ('\'', Some(_)) if letters.get(at + 2) == Some(&'\'') => at + 3,
            _ => {
                self.push(here);
                at + 1
            }
        }
    }

    fn push(&mut self, letter: char) {
        if letter == '\n' {
            self.code.push(String::new());
        } else if let Some(line) = self.code.last_mut() {
            line.push(letter);
        }
    }

    /// Takes a literal's content; a raw one ends at a quote with as many hashes.
    fn take_string(&mut self, letters: &[char], mut at: usize, raw: Option<usize>) -> usize {
        let line = self.code.len();
        let mut text = String::new();
        self.push('"');
        while at < letters.len() {
            let letter = letters[at];
            at += 1;
            match (letter, raw) {
                ('\\', None) => {
                    if let Some(escaped) = letters.get(at) {
                        text.push(*escaped);
                        if *escaped == '\n' {
                            self.push('\n');
                        }
                    }
                    at += 1;
                }
                ('"', None) => break,
                ('"', Some(hashes)) => {
                    let closing = letters[at..]
                        .iter()
                        .take(hashes)
                        .filter(|next| **next == '#');
                    if closing.count() == hashes {
                        at += hashes;
                        break;
                    }
                    text.push('"');
                }
                (letter, _) => {
                    text.push(letter);
                    if letter == '\n' {
                        self.push('\n');
                    }
                }
            }
        }
        self.push('"');
        self.literals.push((line, text));
        at
    }

    fn skip_block(&mut self, letters: &[char], mut at: usize) -> usize {
        let mut depth = 0;
        while at < letters.len() {
            match (letters[at], letters.get(at + 1)) {
                ('/', Some('*')) => {
                    depth += 1;
                    at += 2;
                }
                ('*', Some('/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        break;
                    }
                }
                (letter, _) => {
                    if letter == '\n' {
                        self.push('\n');
                    }
                    at += 1;
                }
            }
        }
        at
    }
}

/// Whether a line of code names a crate: `use mock`, `mock::call`.
pub(crate) fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        let begins = !before.ends_with(|letter: char| is_word(letter) || letter == ':');
        let goes_on = after.starts_with("::");
        let is_used = before.trim_end().ends_with("use") && after.starts_with([';', ' ']);
        begins && (goes_on || is_used)
    })
}

/// Whether a line gives an element this attribute: `<p style="…">`, `style=move || …`.
pub(crate) fn has_attribute(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        (before.is_empty() || before.ends_with([' ', '\t'])) && after.starts_with('=')
    })
}

/// The path that a text begins with; of a group in braces only what is before it.
fn path_at(text: &str) -> String {
    let end = text
        .find(|letter: char| !is_word(letter) && letter != ':')
        .unwrap_or(text.len());
    text[..end].trim_end_matches(':').to_owned()
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn follows_word(letters: &[char], at: usize) -> bool {
    at > 0 && is_word(letters[at - 1])
}

fn end_of_line(letters: &[char], at: usize) -> usize {
    at + letters[at..]
        .iter()
        .take_while(|letter| **letter != '\n')
        .count()
}

#[test]
fn comments_go_and_literals_are_told_from_code() {
    let source =
        Source::parse("// \"/a\"\nlet a = \"/b\"; /* \"/c\"\n */ let c = '\"'; r#\"/d\"#\n'\\''");
    assert_eq!(
        source.literals().collect::<Vec<_>>(),
        [(2, "/b"), (3, "/d")]
    );
    assert!(source.code().all(|(_, line)| !line.contains("/c")));
}

#[test]
fn a_lifetime_is_not_a_letter_in_quotes() {
    let source = Source::parse("fn f<'a>(x: &'a str) { g(\"/x\") }");
    assert_eq!(source.literals().collect::<Vec<_>>(), [(1, "/x")]);
}

#[test]
fn a_path_is_found_from_the_root_and_from_above() {
    let source = Source::parse("use crate::ui::{Button};\nuse super::super::super::text::say;");
    let found = source.paths_of_ours("pages/link/confirm.rs");
    assert_eq!(found, [(1, "ui".to_owned()), (2, "text::say".to_owned())]);
}

#[test]
fn above_an_inline_module_is_the_file_itself() {
    let source = Source::parse("mod tests {\n    use super::*;\n}");
    assert_eq!(
        source.paths_of_ours("pages/link.rs"),
        [(2, "pages::link".to_owned())]
    );
}

#[test]
fn a_crate_is_named_by_its_path_and_not_by_a_module_of_that_name() {
    assert!(names_crate("use mock::Tab;", "mock"));
    assert!(names_crate("    mock::call(request)", "mock"));
    assert!(!names_crate("client::mock::call()", "mock"));
    assert!(!names_crate("#[cfg(feature = \"\")] mod mock;", "mock"));
}

#[test]
fn an_attribute_is_told_from_a_property_and_a_name() {
    assert!(has_attribute("<p style=move || x>", "style"));
    assert!(!has_attribute("<p style:width=x>", "style"));
    assert!(!has_attribute("let style = 3;", "style"));
    assert!(!has_attribute("<Card card_style=x>", "style"));
}
