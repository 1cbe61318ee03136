//! Marks that nobody sees behind each sentence, where the names of sentences are asked for: two keys
//! may have the same words, and only what says them knows which.

/// Invisible operators of Unicode: no room, no sound.
const DIGITS: [char; 4] = ['\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}'];
/// So many digits make a place.
const LENGTH: usize = 5;

/// A sentence with the mark of its place.
pub fn mark(place: u32, sentence: String) -> String {
    let digit = |at: usize| {
        let shift = 2 * u32::try_from(at).unwrap_or_default();
        let digit = usize::try_from((place >> shift) & 3).unwrap_or_default();
        DIGITS.get(digit).copied().unwrap_or('\u{2061}')
    };
    sentence + &(0..LENGTH).rev().map(digit).collect::<String>()
}

/// The places that words are marked with.
pub fn places(words: &str) -> Vec<usize> {
    let digits: Vec<usize> = words
        .chars()
        .filter_map(|letter| DIGITS.iter().position(|digit| *digit == letter))
        .collect();
    digits
        .chunks_exact(LENGTH)
        .map(|mark| mark.iter().fold(0, |place, digit| place * 4 + digit))
        .collect()
}

/// Words without their marks.
pub fn without(words: &str) -> String {
    words
        .chars()
        .filter(|letter| !DIGITS.contains(letter))
        .collect()
}
