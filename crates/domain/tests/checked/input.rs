//! Lines of text, boxes and choices, and how faults are gathered.

use domain::input::{Fault, Faults, Field, FieldFault, agreed, chosen, line, optional_line};

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
        ("a\nb", Ok("a b")),
        ("a\tb", Ok("a b")),
        ("a\r\nb", Ok("a b")),
        ("a\u{85}b", Ok("a b")),
        ("a\u{2028}b", Ok("a b")),
        ("a\u{2029}\n\nb\n", Ok("a b")),
        ("a\u{7}b", Ok("ab")),
        ("a\0b", Ok("ab")),
        ("\0", Err(Fault::Missing)),
        ("e\u{302}\u{301}e\u{302}\u{301}e\u{302}\u{301}", Ok("ếếế")),
    ] {
        assert_eq!(line(typed, 3), result.map(str::to_owned), "{typed:?}");
    }
}

#[test]
fn what_shows_and_does_nothing_is_dropped() {
    for hidden in [
        '\u{ad}',
        '\u{200b}',
        '\u{2060}',
        '\u{2064}',
        '\u{206f}',
        '\u{feff}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{e0041}',
        '\u{1b}',
        '\u{80}',
    ] {
        let typed = format!("{hidden}a{hidden}b{hidden}");
        assert_eq!(line(&typed, 2), Ok("ab".into()), "{typed:?}");
        assert_eq!(line(&hidden.to_string(), 2), Err(Fault::Missing));
    }
    // Khmer and Thai as their keyboards write it, between words.
    assert_eq!(line("ហាង\u{200b}កាហ្វេ", 10), Ok("ហាងកាហ្វេ".into()));
    assert_eq!(line("ร้าน\u{200b}กาแฟ", 10), Ok("ร้านกาแฟ".into()));
    // It stood between a letter and its mark.
    assert_eq!(line("e\u{200b}\u{301}", 1), Ok("é".into()));
}

#[test]
fn what_changes_what_others_show_stays() {
    for text in [
        // The marks of direction, and the joiners of Persian and Sinhala.
        "a\u{200e}b",
        "קנו עכשיו!\u{200f}",
        "a\u{61c}b",
        "می\u{200c}خواهم",
        "ශ්\u{200d}රී",
        // The vowel that Mongolian sets apart, and a variation of a Han character in a name.
        "ᠠ\u{180e}ᠠ",
        "辻\u{e0100}",
        "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    ] {
        assert_eq!(line(text, 20), Ok(text.to_owned()), "{text:?}");
    }
}

#[test]
fn what_turns_text_around_is_refused_by_its_name() {
    for character in [
        '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}',
    ] {
        let typed = format!("a{character}b");
        assert_eq!(
            line(&typed, 10),
            Err(Fault::Forbidden { character }),
            "{typed:?}"
        );
        let around = format!("{character} a b{character}");
        assert_eq!(line(&around, 3), Ok("a b".into()), "around it they go");
    }
}

#[test]
fn what_shows_nothing_alone_is_nothing() {
    for typed in [
        "\u{3164}",
        "\u{3164}\u{3164} \u{3164}",
        "\u{2800}",
        "\u{2800}\u{2800}",
        "\u{115f}",
        "\u{115f}\u{1160}",
        "\u{ffa0}",
        "\u{200b}",
        "\u{200e}\u{200f}",
        "\u{200d}\u{200c}",
        "\u{34f}",
        "\u{fe0f}",
        "\u{180e}",
        "\u{e0100}",
        "\u{e0020}",
        "\u{1d159}",
        "\u{13441}",
        "\u{16fe4}",
        "\u{a0}\u{3000}\u{2003}",
        "\u{202e}\u{202c}",
    ] {
        assert_eq!(line(typed, 10), Err(Fault::Missing), "{typed:?}");
        assert_eq!(optional_line(typed, 10), Ok(None), "{typed:?}");
    }
    assert_eq!(line("\u{3164}Mai\u{2800}", 3), Ok("Mai".into()));
    assert_eq!(line("\u{115f}\u{1161}", 2), Ok("\u{115f}\u{1161}".into()));
}

#[test]
fn an_empty_line_is_none_where_it_may_be() {
    assert_eq!(optional_line("", 3), Ok(None));
    assert_eq!(optional_line("  ", 3), Ok(None));
    assert_eq!(optional_line(" a ", 3), Ok(Some("a".into())));
    assert_eq!(optional_line("abcd", 3), Err(Fault::TooLong { max: 3 }));
    let turned = Fault::Forbidden {
        character: '\u{202e}',
    };
    assert_eq!(optional_line("a\u{202e}b", 3), Err(turned));
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
        Field::NewEmail,
        Field::Password,
        Field::NewPassword,
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
