//! Lines of text, boxes and choices, and how faults are gathered.

use domain::input::{
    Fault, Faults, Field, FieldFault, agreed, chosen, line, no_emoji, optional_line,
};

#[test]
fn a_line_is_trimmed_and_measured_in_characters() {
    for (typed, result) in [
        (" abc ", Ok("abc")),
        ("\u{3000}abc\u{a0}", Ok("abc")),
        ("日本語", Ok("日本語")),
        ("😀😀😀", Ok("😀😀😀")),
        ("abcd", Err(Fault::TooLong { max: 3 })),
        ("    a    ", Ok("a")),
        ("", Err(Fault::Missing)),
        (" \n\t ", Err(Fault::Missing)),
        ("a\nb", Err(Fault::Malformed)),
        ("a\u{7}b", Err(Fault::Malformed)),
        ("a\0b", Err(Fault::Malformed)),
        ("\0", Err(Fault::Malformed)),
        ("a\u{85}b", Err(Fault::Malformed)),
    ] {
        assert_eq!(line(typed, 3), result.map(str::to_owned), "{typed:?}");
    }
}

#[test]
fn what_cannot_be_seen_or_turns_the_text_around_is_no_text() {
    for hidden in [
        '\u{ad}', '\u{61c}', '\u{180e}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{2028}',
        '\u{2029}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2060}',
        '\u{2064}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{206f}', '\u{feff}',
        '\u{fff9}', '\u{fffb}',
    ] {
        let typed = format!("a{hidden}b");
        assert_eq!(line(&typed, 10), Err(Fault::Malformed), "{typed:?}");
    }
    assert_eq!(
        line("\u{200b}a b\u{feff}\u{202c} ", 3),
        Ok("a b".into()),
        "around it they go"
    );
    assert_eq!(line(" \u{200b} ", 3), Err(Fault::Missing));
    // Two that languages spell with: Persian the one, Sinhala the other.
    for joiner in ['\u{200c}', '\u{200d}'] {
        let typed = format!("a{joiner}b");
        assert_eq!(line(&typed, 10), Ok(typed));
    }
}

#[test]
fn an_empty_line_is_none_where_it_may_be() {
    assert_eq!(optional_line("", 3), Ok(None));
    assert_eq!(optional_line("  ", 3), Ok(None));
    assert_eq!(optional_line(" a ", 3), Ok(Some("a".into())));
    assert_eq!(optional_line("abcd", 3), Err(Fault::TooLong { max: 3 }));
    assert_eq!(optional_line("a\0", 3), Err(Fault::Malformed));
}

#[test]
fn an_emoji_is_found_in_every_shape() {
    for emoji in [
        "😀",
        "☕",
        "❤️",
        "❤",
        "👩‍⚕️",
        "🇻🇳",
        "1️⃣",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👍🏽",
        "⌚",
        "⏰",
        "⭐",
        "◽",
        "✔",
    ] {
        assert_eq!(no_emoji(format!("a {emoji}")), Err(Fault::Emoji), "{emoji}");
    }
    for text in [
        "#1 * 2",
        "© ® ™",
        "→ ← ↔",
        "…",
        "①",
        "ế",
        "한",
        "々〆〇",
        "ශ්\u{200d}රී",
        "€ ₫",
    ] {
        assert_eq!(no_emoji(text.to_owned()), Ok(text.to_owned()), "{text}");
    }
}

#[test]
fn boxes_are_ticked_and_choices_made() {
    assert_eq!(agreed(true), Ok(()));
    assert_eq!(agreed(false), Err(Fault::NotAgreed));
    assert_eq!(chosen(Some(1)), Ok(1));
    assert_eq!(chosen::<u8>(None), Err(Fault::Missing));
}

#[test]
fn faults_are_told_in_the_order_in_which_they_were_found() {
    let mut faults = Faults::new();
    assert_eq!(faults.take(Field::City, Ok::<_, Fault>(1)), Some(1));
    assert_eq!(faults.take::<u8>(Field::Phone, Err(Fault::Missing)), None);
    assert_eq!(faults.take::<u8>(Field::Email, Err(Fault::Malformed)), None);
    let fault = |field, fault| FieldFault { field, fault };
    assert_eq!(
        faults.found(),
        [
            fault(Field::Phone, Fault::Missing),
            fault(Field::Email, Fault::Malformed)
        ]
    );
}

#[test]
fn a_fault_crosses_the_wire_beside_its_field() {
    let fault = FieldFault {
        field: Field::AdText,
        fault: Fault::Forbidden { character: '#' },
    };
    let json = serde_json::to_value(&fault).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "field": "ad_text", "fault": { "forbidden": { "character": "#" } } })
    );
    assert_eq!(serde_json::from_value::<FieldFault>(json).unwrap(), fault);
}

#[test]
fn a_field_has_the_name_that_it_has_in_json() {
    for field in [
        Field::Email,
        Field::Password,
        Field::Terms,
        Field::Region,
        Field::Code,
        Field::Name,
        Field::Language,
        Field::BusinessName,
        Field::Industry,
        Field::Country,
        Field::TimeZone,
        Field::Currency,
        Field::Phone,
        Field::Website,
        Field::StreetAddress,
        Field::City,
        Field::PostalCode,
        Field::PaymentMethod,
        Field::CampaignName,
        Field::Objective,
        Field::BudgetMode,
        Field::Budget,
        Field::AdGroupName,
        Field::Location,
        Field::OptimizationGoal,
        Field::ScheduleStart,
        Field::ScheduleEnd,
        Field::AdName,
        Field::Identity,
        Field::AdText,
        Field::CallToAction,
        Field::LandingPage,
    ] {
        assert_eq!(serde_json::to_value(field).unwrap(), field.name());
    }
}
