//! The text of an ad.

use crate::input::{Fault, line, no_emoji};

/// Weight at most of an ad text: a Latin character weighs 1, a CJK one 2.
pub const AD_TEXT_MAX: u32 = 100;

/// An ad's text: 1–100 Latin or 1–50 CJK characters, no emoji, none of `{ } #`.
pub fn ad_text(text: &str) -> Result<String, Fault> {
    let text = line(text, AD_TEXT_MAX).and_then(no_emoji)?;
    if let Some(character) = text.chars().find(|c| matches!(c, '{' | '}' | '#')) {
        return Err(Fault::Forbidden { character });
    }
    if ad_text_weight(&text) > AD_TEXT_MAX {
        return Err(Fault::TooLong { max: AD_TEXT_MAX });
    }
    Ok(text)
}

/// How much of [`AD_TEXT_MAX`] a text takes.
pub fn ad_text_weight(text: &str) -> u32 {
    let is_cjk = |c: char| {
        matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
    };
    text.trim()
        .chars()
        .map(|c| if is_cjk(c) { 2 } else { 1 })
        .sum()
}
