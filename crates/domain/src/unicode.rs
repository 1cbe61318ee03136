//! What Unicode says of characters: which are the same, show nothing, turn text around, are digits,
//! are wide, are emoji.
//!
//! What takes little room stands here, and `tests/checked/unicode.rs` compares it with all of
//! Unicode. What takes more comes from Unicode's tables, on hosts alone (the feature `data`).

/// `text` in Normalization Form C: one form for what looks the same. Without the feature `data` it
/// stays as it is: a page's fields have it of the browser.
pub fn nfc(text: &str) -> String {
    #[cfg(feature = "data")]
    {
        icu_normalizer::ComposingNormalizerBorrowed::new_nfc()
            .normalize(text)
            .into_owned()
    }
    #[cfg(not(feature = "data"))]
    {
        text.to_owned()
    }
}

/// `text` in Normalization Form D, under the same condition.
pub(crate) fn nfd(text: &str) -> String {
    #[cfg(feature = "data")]
    {
        icu_normalizer::DecomposingNormalizerBorrowed::new_nfd()
            .normalize(text)
            .into_owned()
    }
    #[cfg(not(feature = "data"))]
    {
        text.to_owned()
    }
}

/// Whether a character is an embedding, an override, an isolate or the end of one (UAX 9): with
/// such, one text looks like another (UTS 55).
pub const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing and does nothing in a line of text: breaks that may be made in
/// a word, what no system interprets, controls.
pub fn does_nothing(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{17b4}'..='\u{17b5}' | '\u{200b}' | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a character shows nothing of its own, and yet changes what is shown: joiners, with which
/// Persian, Sinhala and Mongolian are spelled; the marks beside text that runs to the left; the
/// variations of Han characters and emoji; what stands for a letter that a syllable lacks.
const fn changes_others(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200c}'..='\u{200f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character shows nothing of its own: Unicode's `Default_Ignorable_Code_Point`, and
/// controls.
pub fn is_ignorable(c: char) -> bool {
    does_nothing(c) || changes_others(c) || turns_text(c)
}

/// Whether a character shows nothing but room: white space, what is ignorable, and the letters and
/// signs that are drawn without ink (of Braille, of music, of hieroglyphs, of Khitan).
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || is_ignorable(c)
        || matches!(
            c,
            '\u{2800}' | '\u{13441}'..='\u{13442}' | '\u{16fe4}' | '\u{1d159}'
        )
}

/// Whether a character joins those beside it or keeps them apart.
pub(crate) const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200d}')
}

/// Whether a character chooses a form of the one before it: of Han, of Mongolian, of an emoji.
pub(crate) const fn is_variation(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character breaks a line, or jumps to the next stop.
pub(crate) const fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}'..='\u{2029}')
}

/// Letters of the name of a region, hidden behind a black flag: the flag of Wales is written so.
pub(crate) const fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

/// The zeros of all scripts: nine more digits follow each (`General_Category=Decimal_Number`).
const ZEROS: [char; 77] = [
    '0',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11de0}',
    '\u{11f50}',
    '\u{16130}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

fn digit(c: char) -> Option<char> {
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(u32::from(c) - u32::from(*zero), 10)
}

/// A full-width or small form as its ordinary one.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{ffe0}' => '¢',
        '\u{ffe1}' => '£',
        '\u{ffe5}' => '¥',
        '\u{ffe6}' => '₩',
        '\u{fe50}' => ',',
        '\u{fe52}' => '.',
        '\u{fe55}' => ':',
        '\u{fe59}' => '(',
        '\u{fe5a}' => ')',
        '\u{fe62}' => '+',
        '\u{fe63}' => '-',
        '\u{fe69}' => '$',
        '\u{fe6b}' => '@',
        other => other,
    }
}

/// `text` with full-width forms as ASCII has them, as an input method for East Asia leaves them:
/// `ｍａｉ＠ｘ．ｔｅｓｔ`.
pub fn fold_width(text: &str) -> String {
    text.chars().map(narrow).collect()
}

/// As [`fold_width`], for what is made of digits: those of every script become ASCII's, and what
/// shows nothing goes.
pub fn fold_digits(text: &str) -> String {
    text.chars()
        .filter(|c| is_break(*c) || !is_ignorable(*c))
        .map(|c| digit(c).unwrap_or_else(|| narrow(c)))
        .collect()
}

/// Whether a character takes the room of two: `East_Asian_Width` is Wide or Fullwidth.
pub fn is_wide(c: char) -> bool {
    // Places that aren't assigned yet are taken along where that makes the list shorter.
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2329}'..='\u{232a}' | '\u{2630}'..='\u{2637}'
        | '\u{268a}'..='\u{268f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{3247}'
        | '\u{3250}'..='\u{a4c6}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6b}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{16fe0}'..='\u{16ff6}'
        | '\u{17000}'..='\u{191d2}' | '\u{1aff0}'..='\u{1b2fb}' | '\u{1d300}'..='\u{1d356}'
        | '\u{1d360}'..='\u{1d376}' | '\u{1f1ae}' | '\u{1f200}'..='\u{1f265}' | '\u{1f7da}'
        | '\u{20000}'..='\u{3fffd}')
        || has_emoji_presentation(c) && !is_regional_indicator(c)
}

const fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

const fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// The property `Emoji_Presentation`: shown as an emoji unless told otherwise. Without the feature
/// `data` only the blocks that are full of them.
fn has_emoji_presentation(c: char) -> bool {
    #[cfg(feature = "data")]
    {
        use icu_properties::{CodePointSetData, props::EmojiPresentation};
        CodePointSetData::new::<EmojiPresentation>().contains(c)
    }
    #[cfg(not(feature = "data"))]
    {
        is_plainly_emoji(c)
    }
}

/// The property `Emoji`: digits have it too. Without the feature `data` as
/// [`has_emoji_presentation`].
fn can_be_emoji(c: char) -> bool {
    #[cfg(feature = "data")]
    {
        use icu_properties::{CodePointSetData, props::Emoji};
        CodePointSetData::new::<Emoji>().contains(c)
    }
    #[cfg(not(feature = "data"))]
    {
        is_plainly_emoji(c)
    }
}

fn can_be_joined(c: char) -> bool {
    !c.is_ascii() && can_be_emoji(c)
}

/// Blocks in which everything is shown as emoji.
pub const fn is_plainly_emoji(c: char) -> bool {
    matches!(c,
        '\u{2615}' | '\u{2705}' | '\u{2728}' | '\u{2b50}'
        | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1f320}' | '\u{1f32d}'..='\u{1f335}'
        | '\u{1f337}'..='\u{1f37c}' | '\u{1f37e}'..='\u{1f393}' | '\u{1f3a0}'..='\u{1f3ca}'
        | '\u{1f3e0}'..='\u{1f3f0}' | '\u{1f3f8}'..='\u{1f43e}' | '\u{1f442}'..='\u{1f4fc}'
        | '\u{1f4ff}'..='\u{1f53d}' | '\u{1f5fb}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6c5}'
        | '\u{1f90c}'..='\u{1f93a}' | '\u{1f947}'..='\u{1f9ff}' | '\u{1fa80}'..='\u{1fac6}')
}

/// Whether an emoji begins at the first of these characters (UTS 51): one that is shown as such,
/// one that is asked to be, or the beginning of a sequence.
fn begins_emoji(c: char, next: Option<char>, third: Option<char>) -> bool {
    match next {
        Some('\u{fe0e}') => false,
        Some('\u{fe0f}') => can_be_emoji(c),
        Some('\u{20e3}') => matches!(c, '0'..='9' | '#' | '*'),
        Some('\u{200d}') => {
            has_emoji_presentation(c) || can_be_joined(c) && third.is_some_and(can_be_joined)
        }
        Some(tone) if is_skin_tone(tone) => can_be_joined(c),
        Some(_) | None => has_emoji_presentation(c),
    }
}

/// The first emoji of a text: several code points may make one.
pub fn first_emoji(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let mut chars = rest.chars();
        let first = chars.next()?;
        let after = chars.as_str();
        if begins_emoji(first, chars.next(), chars.next()) {
            let end = rest.len() - after.len() + rest_of_emoji(first, after);
            return rest.get(..end);
        }
        rest = after;
    }
}

/// How many bytes of what follows belong to the emoji that `first` begins.
fn rest_of_emoji(first: char, after: &str) -> usize {
    let mut chars = after.chars();
    let mut end = 0;
    let mut is_flag_open = is_regional_indicator(first);
    while let Some(c) = chars.next() {
        let belongs = match c {
            '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' => true,
            '\u{200d}' => chars.next().is_some_and(can_be_joined),
            other if is_regional_indicator(other) => core::mem::take(&mut is_flag_open),
            other => is_skin_tone(other) || is_tag(other),
        };
        if !belongs {
            break;
        }
        end = after.len() - chars.as_str().len();
    }
    end
}
