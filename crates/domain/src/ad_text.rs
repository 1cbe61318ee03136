//! The text of an ad.

use crate::input::{Fault, line, no_emoji, tidy};
use crate::unicode::is_wide;

/// Weight at most of an ad text: a character weighs 1, a wide one (UAX 11), as those of Chinese,
/// Japanese and Korean are, 2.
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

/// How much of [`AD_TEXT_MAX`] a text takes, as it would be kept.
pub fn ad_text_weight(text: &str) -> u32 {
    tidy(text)
        .chars()
        .map(|c| if is_wide(c) { 2 } else { 1 })
        .sum()
}
