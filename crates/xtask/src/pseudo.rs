//! A language that nobody speaks: English with marks on its letters, two fifths longer and between
//! brackets. Where it doesn't fit, no long language will; what stands there in plain English is
//! no sentence of `locales/`. Previews have it, at `?lang=en-XA`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// Its tag: English in a region that there is not.
const TAG: &str = "en-XA";

/// Adds it to what trunk left in a folder.
pub(crate) fn add(folder: &Path) -> Result<()> {
    let english = fs::read_to_string(folder.join("locales/en.json"))?;
    let english: Map<String, Value> = serde_json::from_str(&english)?;
    let mut pseudo = Map::new();
    for (key, sentence) in english {
        let sentence = sentence.as_str().context("a sentence is a string")?;
        pseudo.insert(key, Value::from(disguise(sentence)));
    }
    let text = serde_json::to_string_pretty(&pseudo)?;
    fs::write(folder.join(format!("locales/{TAG}.json")), text)?;

    let boot = folder.join("boot.js");
    let script = fs::read_to_string(&boot)?;
    let list = "const locales = {";
    let (before, after) = script
        .split_once(list)
        .context("boot.js has no list of locales")?;
    let entry = format!("\n    \"{TAG}\": \"/locales/{TAG}.json\",");
    fs::write(&boot, format!("{before}{list}{entry}{after}"))?;
    Ok(())
}

/// A sentence in it; what stands between braces is an argument's place and stays.
fn disguise(sentence: &str) -> String {
    let mut text = String::from("[");
    let (mut letters, mut is_place) = (0, false);
    for letter in sentence.chars() {
        match letter {
            '{' => is_place = true,
            '}' => is_place = false,
            _ => letters += usize::from(!is_place),
        }
        text.push(if is_place { letter } else { mark(letter) });
    }
    // Words, not one of that length: a language breaks its lines somewhere.
    for place in 0..letters * 2 / 5 {
        text.push(if place % 6 == 0 { ' ' } else { '~' });
    }
    text.push(']');
    text
}

fn mark(letter: char) -> char {
    match letter {
        'a' => 'å',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'ï',
        'n' => 'ñ',
        'o' => 'ö',
        'u' => 'ü',
        'A' => 'Å',
        'C' => 'Ç',
        'E' => 'É',
        'I' => 'Ï',
        'O' => 'Ö',
        'U' => 'Ü',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_grows_and_its_arguments_stay() {
        assert_eq!(disguise("Log in"), "[Lög ïñ ~]");
        assert_eq!(disguise("{count} of {max}"), "[{count} öf {max} ]");
    }
}
