//! What the portal says of characters, beside all that Unicode says of them.

use domain::authorization::TikTokProfile;
use domain::input::{Fault, SHOWN_NAME_MAX, fold_digits, fold_width, no_emoji, shown_name};
use domain::unicode::{
    does_nothing, first_emoji, is_blank, is_ignorable, is_plainly_emoji, is_wide, nfc, turns_text,
};
use icu_properties::props::{
    BidiControl, DefaultIgnorableCodePoint, EastAsianWidth, Emoji, EmojiPresentation,
    GeneralCategory, RegionalIndicator, WhiteSpace,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use std::collections::BTreeSet;

/// Every code point, but those of the planes in which nothing is assigned, or by private agreement.
fn all() -> impl Iterator<Item = char> {
    ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{effff}')
}

#[test]
fn what_shows_nothing_is_what_unicode_calls_ignorable() {
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let category = CodePointMapData::<GeneralCategory>::new();
    for c in all() {
        let is_control = category.get(c) == GeneralCategory::Control;
        // The marks around an annotation in smaller letters, which no system writes.
        let is_annotation = matches!(c, '\u{fff9}'..='\u{fffb}');
        assert_eq!(
            is_ignorable(c),
            ignorable.contains(c) || is_control || is_annotation,
            "{c:?}"
        );
    }
}

#[test]
fn what_turns_text_is_every_control_of_direction_but_the_three_marks() {
    let control = CodePointSetData::new::<BidiControl>();
    for c in all() {
        let is_mark = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
        assert_eq!(turns_text(c), control.contains(c) && !is_mark, "{c:?}");
        assert!(!(turns_text(c) && does_nothing(c)), "{c:?}");
    }
}

#[test]
fn a_name_from_elsewhere_shows_none_of_what_shows_nothing() {
    for c in all().filter(|c| is_ignorable(*c)) {
        let shown = shown_name(&format!("{c}An{c}{c}nA{c}"));
        assert!(shown == "AnnA" || shown == "An nA", "{c:?}: {shown:?}");
        assert_eq!(shown_name(&format!(" {c} {c}")), "", "{c:?}");
    }
}

#[test]
fn a_name_from_elsewhere_keeps_what_its_letters_and_emoji_need() {
    for name in [
        "Lan ✨",
        "Mai\u{2764}\u{fe0f}",
        "👩\u{200d}\u{2764}\u{fe0f}\u{200d}👨",
        "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        "می\u{200c}خواهم",
        "葛\u{e0100}城",
    ] {
        assert_eq!(shown_name(name), name, "{name:?}");
    }
    assert_eq!(shown_name("Te\u{302}\u{301}t\n\n2027"), "Tết 2027");
    let longest = "ế".repeat(SHOWN_NAME_MAX);
    assert_eq!(shown_name(&format!("{longest}ế")), longest);
}

#[test]
fn a_profile_is_kept_as_it_can_be_shown() {
    let of = |name, username, picture: Option<&str>| {
        TikTokProfile::of(name, username, picture.map(str::to_owned))
    };
    let profile = of("\u{202e}An", Some("an\u{2069}na"), Some("https://a.test/1"));
    assert_eq!(profile.display_name, "An");
    assert_eq!(profile.username.as_deref(), Some("anna"));
    assert_eq!(profile.avatar_url.as_deref(), Some("https://a.test/1"));
    // Somebody of whom nothing can be seen is called by their username.
    assert_eq!(of("\u{3164}", Some("anna"), None).display_name, "anna");
    assert_eq!(of("", Some("\u{ad}"), None).username, None);
    let long = format!("https://a.test/{}", "a".repeat(2_048));
    let within = "data:image/svg+xml,%3Csvg/%3E";
    assert_eq!(
        of("An", None, Some(within)).avatar_url.as_deref(),
        Some(within)
    );
    for picture in ["http://a.test/1", "javascript:1", "data:text/html,1", &long] {
        assert_eq!(of("An", None, Some(picture)).avatar_url, None);
    }
}

#[test]
fn white_space_is_blank_and_no_letter_with_ink_is() {
    let space = CodePointSetData::new::<WhiteSpace>();
    let blank = all().filter(|c| is_blank(*c) && !is_ignorable(*c) && !space.contains(*c));
    assert_eq!(
        blank.collect::<Vec<_>>(),
        [
            '\u{2800}',
            '\u{13441}',
            '\u{13442}',
            '\u{16fe4}',
            '\u{1d159}'
        ]
    );
    assert!(all().all(|c| !space.contains(c) || is_blank(c)));
}

#[test]
fn a_digit_of_any_script_is_read_by_its_decimal_value() {
    let category = CodePointMapData::<GeneralCategory>::new();
    let is_digit = |c: char| category.get(c) == GeneralCategory::DecimalNumber;
    let mut value = 0;
    let mut digits = 0;
    for c in all() {
        let folded = fold_digits(&c.to_string());
        if is_digit(c) {
            // Unicode keeps them in rows from zero to nine (its stability policy says so).
            assert_eq!(folded, value.to_string(), "{c:?}");
            value = (value + 1) % 10;
            digits += 1;
        } else {
            assert_eq!(value, 0, "{c:?} breaks a row of digits");
            assert!(
                !folded.chars().any(|c| c.is_ascii_digit()),
                "{c:?} is no digit"
            );
        }
    }
    assert_eq!(digits, 770, "in Unicode 18");
}

#[test]
fn a_full_width_form_is_what_unicode_says_it_is_a_form_of() {
    let nfkc = icu_normalizer::ComposingNormalizerBorrowed::new_nfkc();
    for c in all() {
        let narrow = fold_width(&c.to_string());
        if narrow != c.to_string() {
            assert_eq!(narrow, nfkc.normalize(&c.to_string()), "{c:?}");
        }
    }
    for c in '\u{ff01}'..='\u{ff5e}' {
        assert!(fold_width(&c.to_string()).is_ascii(), "{c:?}");
    }
    for (typed, folded) in [
        ("１２３４５６", "123456"),
        ("٤٥٦", "456"),
        ("๐๑๒๓", "0123"),
        ("០១២", "012"),
        ("၀၁၂", "012"),
        ("०९", "09"),
        ("𝟘𝟙", "01"),
        ("＋８４（９０）１２３－４５６７", "+84(90)123-4567"),
        ("￥２，０００．５０", "¥2,000.50"),
        ("١٬٢٥٠٫٥٠", "1٬250٫50"),
        ("\u{200e}1\u{200b}2\u{202c}3\u{ad}", "123"),
        ("１\u{3000}２", "1 2"),
        ("①²½Ⅷ", "①²½Ⅷ"),
    ] {
        assert_eq!(fold_digits(typed), folded, "{typed:?}");
    }
}

#[test]
fn a_wide_character_is_one_whose_east_asian_width_is_wide_or_full() {
    let width = CodePointMapData::<EastAsianWidth>::new();
    let category = CodePointMapData::<GeneralCategory>::new();
    let mut compared = 0;
    for c in all().filter(|c| category.get(*c) != GeneralCategory::Unassigned) {
        let wide = matches!(
            width.get(c),
            EastAsianWidth::Wide | EastAsianWidth::Fullwidth
        );
        assert_eq!(is_wide(c), wide, "{c:?}");
        compared += 1;
    }
    assert!(compared > 170_000, "{compared}");
}

/// Every line of emoji-test.txt: the emoji as they should be written, each with any of its U+FE0F
/// left out (less than fully qualified), and the components.
fn emoji_test() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let tones = |emoji: &'static emojis::Emoji| match emoji.skin_tones() {
        Some(tones) => tones.collect(),
        None => vec![emoji],
    };
    for emoji in emojis::iter().flat_map(tones) {
        let mut forms = vec![String::new()];
        for c in emoji.as_str().chars() {
            let without = if c == '\u{fe0f}' {
                forms.clone()
            } else {
                vec![]
            };
            for form in &mut forms {
                form.push(c);
            }
            forms.extend(without);
        }
        lines.extend(forms);
    }
    let tones = '\u{1f3fb}'..='\u{1f3ff}';
    let hair = '\u{1f9b0}'..='\u{1f9b3}';
    lines.extend(tones.chain(hair).map(String::from));
    lines
}

#[test]
fn every_line_of_emoji_test_is_an_emoji_but_single_characters_that_are_shown_as_text() {
    let presentation = CodePointSetData::new::<EmojiPresentation>();
    let lines = emoji_test();
    assert_eq!(lines.len(), 5_244, "in Unicode 18");
    let mut as_text = 0;
    for line in &lines {
        let mut chars = line.chars();
        let single = chars.next().filter(|_| chars.next().is_none());
        if single.is_some_and(|c| !presentation.contains(c)) {
            as_text += 1;
            assert_eq!(first_emoji(line), None, "{line}");
            continue;
        }
        for (before, after) in [("", ""), ("Phở ", "!"), ("1", "2"), ("♪", "♪")] {
            let text = format!("{before}{line}{after}");
            assert_eq!(first_emoji(&text), Some(line.as_str()), "{text:?}");
        }
    }
    assert_eq!(as_text, 207);
}

#[test]
fn a_character_that_is_not_shown_as_emoji_is_none() {
    let presentation = CodePointSetData::new::<EmojiPresentation>();
    let emoji = CodePointSetData::new::<Emoji>();
    for c in all() {
        let text = c.to_string();
        assert_eq!(
            first_emoji(&text).is_some(),
            presentation.contains(c),
            "{c:?}"
        );
        let asked = format!("{c}\u{fe0f}");
        assert_eq!(first_emoji(&asked).is_some(), emoji.contains(c), "{c:?}");
        assert_eq!(first_emoji(&format!("{c}\u{fe0e}")), None, "{c:?}");
    }
}

#[test]
fn what_a_page_knows_to_be_emoji_is_emoji() {
    let presentation = CodePointSetData::new::<EmojiPresentation>();
    let known: Vec<_> = all().filter(|c| is_plainly_emoji(*c)).collect();
    let wrong = known.iter().filter(|c| !presentation.contains(**c));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&char>::new());
    let of = CodePointSetData::new::<RegionalIndicator>();
    assert!(all().all(|c| !of.contains(c) || is_plainly_emoji(c)));
    let all_of_them = all().filter(|c| presentation.contains(*c)).count();
    assert!(known.len() * 10 > all_of_them * 8);
}

#[test]
fn signs_that_shops_write_are_no_emoji_and_the_refusal_names_what_is() {
    for text in [
        "カフェ☆スター",
        "ピアノ教室♪",
        "✓ Fresh",
        "★★★ ☎ 0123 ✂ ☂ ❖ ➜",
        "© ® ™ → ▶ ◀ ☺ ❤",
        "#1 * 2",
        "ශ්\u{200d}රී",
    ] {
        assert_eq!(no_emoji(text.to_owned()), Ok(text.to_owned()), "{text}");
    }
    for (text, character) in [
        ("Mai ☕", "☕"),
        ("Mai ☕️!", "☕️"),
        ("I ❤️ tea", "❤️"),
        ("👩‍⚕️👍", "👩‍⚕️"),
        ("👍🏽 ok", "👍🏽"),
        ("từ 🇻🇳🇯🇵", "🇻🇳"),
        ("1️⃣2", "1️⃣"),
        ("1⃣", "1⃣"),
        ("🏴󠁧󠁢󠁷󠁬󠁳󠁿 Wales", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("⭐⭐", "⭐"),
    ] {
        let refusal = Fault::Emoji {
            character: character.to_owned(),
        };
        assert_eq!(no_emoji(text.to_owned()), Err(refusal), "{text}");
    }
}

#[test]
fn one_text_has_one_form() {
    for (composed, apart) in [
        ("Cà phê ế", "Ca\u{300} phe\u{302} e\u{302}\u{301}"),
        (
            "한국어",
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}\u{110b}\u{1165}",
        ),
        ("がぱ", "か\u{3099}は\u{309a}"),
        ("Å", "\u{212b}"),
    ] {
        assert_eq!(nfc(apart), composed, "{apart:?}");
        assert_eq!(nfc(composed), composed);
    }
}
