//! Phone numbers.

use domain::phone::phone;
use domain::region::Country;

/// `VN 0901 234 567`: the country in which a number is dialled (`-` where it isn't known), and what
/// was typed.
///
/// # Panics
///
/// Where a number isn't E.164, or is read otherwise when it is read again, in whichever country and
/// with whatever between its digits.
pub fn phones(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Some((country, typed)) = read(&text) else {
        return;
    };
    let found = phone(typed, country);
    let pasted = format!("\u{202a}{typed}\u{202c}\u{a0}");
    assert_eq!(phone(&pasted, country), found, "{text:?}");
    let Ok(found) = found else {
        return;
    };
    let digits = found.number.strip_prefix('+').unwrap_or_default();
    let max = if found.is_known { 20 } else { 15 };
    assert!((4..=max).contains(&digits.len()), "{text:?} {found:?}");
    assert!(
        digits.bytes().all(|byte| byte.is_ascii_digit()),
        "{text:?} {found:?}"
    );
    assert!(!digits.starts_with('0'), "{text:?} {found:?}");
    let again = Ok(found.clone());
    for country in [None, country, Some(Country::VN)] {
        let read = phone(&found.number, country);
        assert_eq!(read, again, "{text:?} {country:?}");
    }
    let spaced: String = digits.chars().flat_map(|digit| ['-', digit]).collect();
    for written in [
        format!("+{spaced}"),
        format!("tel:+{digits}"),
        format!("00{digits}"),
    ] {
        assert_eq!(phone(&written, None), again, "{text:?} {written:?}");
    }
}

fn read(text: &str) -> Option<(Option<Country>, &str)> {
    let (code, typed) = text.split_once(' ')?;
    let country = match code {
        "-" => None,
        code => Some(Country::parse(code).ok()?),
    };
    Some((country, typed))
}
