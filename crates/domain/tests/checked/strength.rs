//! How hard a password is to guess.

use domain::strength::Strength::{self, Fair, Strong, Weak};

/// Each with what `zxcvbn` 4.4.2 of npm says by its lists, from 0 to 4.
const JUDGED: [(&str, u32, Strength); 38] = [
    ("qwertyuiop", 0, Weak),
    ("1234567890", 0, Weak),
    ("abcdefghij", 0, Weak),
    ("aaaaaaaaaaaa", 0, Weak),
    ("password123", 0, Weak),
    ("Password123!", 1, Weak),
    ("iloveyou2024", 1, Weak),
    ("sunshine99", 1, Weak),
    ("football2023", 1, Weak),
    ("qwerty123456", 1, Weak),
    ("asdfghjkl123", 1, Weak),
    ("zaq12wsxcde3", 2, Weak),
    ("1q2w3e4r5t6y", 1, Weak),
    ("abcabcabcabc", 0, Weak),
    ("hanoi12051990", 3, Weak),
    ("matkhau123456", 2, Weak),
    ("0912345678", 1, Weak),
    ("19901205199", 2, Weak),
    ("drowssap321", 1, Weak),
    ("letmein!!!!", 1, Weak),
    ("zxcvbnm,./", 1, Weak),
    ("qazwsxedcrfv", 1, Weak),
    ("P@ssw0rd2024", 1, Weak),
    ("mai.coffee.2024", 4, Fair),
    ("Tr0ub4dor&3", 4, Fair),
    ("k8#Qz!v2Lp", 3, Fair),
    ("vR4tGh8wQz", 3, Weak),
    ("ilovemydogandcat", 4, Fair),
    ("correcthorsebatterystaple", 4, Fair),
    ("correct horse battery staple", 4, Strong),
    ("roasted-this-morning", 4, Fair),
    ("xK9$mP2@vL7q", 4, Strong),
    ("purple-otter-42-lamp", 4, Strong),
    ("toi yeu ca phe sua da", 4, Strong),
    ("mật khẩu của quán", 4, Strong),
    ("ความลับของฉันคนเดียว", 4, Strong),
    ("春眠不覚暁処処聞啼鳥", 3, Fair),
    ("비밀번호를바꿨습니다", 3, Fair),
];

#[test]
fn what_is_guessed_early_is_weak_and_what_never_is_strong() {
    for (password, score, strength) in JUDGED {
        assert_eq!(Strength::of(password), strength, "{password}");
        match strength {
            Weak => assert!(score < 4, "{password}"),
            Fair => {}
            Strong => assert!(score >= 3, "{password}"),
        }
    }
}

#[test]
fn nothing_typed_is_weak_and_any_length_is_read() {
    assert_eq!(Strength::of(""), Weak);
    assert_eq!(Strength::of(&"a".repeat(100_000)), Weak);
    assert_eq!(Strength::of(&"purple-otter-42-lamp".repeat(1000)), Strong);
}

/// Whoever goes on typing is never told that it got easier to guess.
#[test]
fn another_character_makes_it_no_weaker() {
    for (password, _, _) in JUDGED {
        let mut before = Weak;
        for (end, c) in password.char_indices() {
            let typed = &password[..end + c.len_utf8()];
            let now = Strength::of(typed);
            assert!(now as u8 >= before as u8, "{typed}");
            before = now;
        }
    }
}

/// A mark that is a character of its own, or a wide letter, is no harder to guess.
#[test]
fn the_form_in_which_it_is_typed_counts_for_nothing() {
    let marked = "me\u{323}\u{302}t kha\u{302}\u{309}u";
    assert_eq!(Strength::of(marked), Strength::of("m\u{1ec7}t kh\u{1ea9}u"));
    for (wide, narrow) in [
        ("ｐａｓｓｗｏｒｄ１２３", "password123"),
        ("ｑｗｅｒｔｙｕｉｏｐ", "qwertyuiop"),
    ] {
        assert_eq!(Strength::of(wide), Weak);
        assert_eq!(Strength::of(narrow), Weak);
    }
    assert_eq!(Strength::of("๑๒๓๔๕๖๗๘๙๐"), Weak);
    assert_eq!(Strength::of("١٢٣٤٥٦٧٨٩٠"), Weak);
}
