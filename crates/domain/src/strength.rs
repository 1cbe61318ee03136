//! How hard a password is to guess, as far as it tells by itself: a hint while it is typed, and no rule.
//!
//! There is no list of words here, for the browser's sake: what follows from what stands before counts
//! little, letters within a word some, and what begins something new the most. The hosts have the list of
//! those that are guessed first ([`crate::password`]).

use crate::unicode::{fold_width, nfc};

/// How hard a password is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Somebody who has the hash finds it in hours.
    Weak,
    /// In months.
    Fair,
    /// Not in years.
    Strong,
}

/// Tenths of a bit from which a password is no longer weak.
const FAIR: u32 = 360;
/// Tenths of a bit from which it is strong.
const STRONG: u32 = 480;
/// Characters that are looked at: one of so many is strong whatever follows.
const READ_MAX: usize = 64;

/// Keys that lie beside each other, of the keyboard that most of the nine languages are typed on.
const KEYS: [&str; 14] = [
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "0p;/",
];

impl Strength {
    /// That of a password as it is typed. The form in which a keyboard gives it makes it no harder.
    pub fn of(password: &str) -> Self {
        let typed = nfc(&fold_width(password));
        let typed: Vec<char> = typed.chars().take(READ_MAX).collect();
        let bits: u32 = (0..typed.len()).map(|at| bits_of(&typed, at)).sum();
        if bits < FAIR {
            Self::Weak
        } else if bits < STRONG {
            Self::Fair
        } else {
            Self::Strong
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Lower,
    Upper,
    /// A letter of another script, or with marks.
    Foreign,
    Symbol,
}

fn kind_of(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digit,
        'a'..='z' => Kind::Lower,
        'A'..='Z' => Kind::Upper,
        c if c.is_alphanumeric() => Kind::Foreign,
        _ => Kind::Symbol,
    }
}

/// What the character at a place adds, in tenths of a bit.
fn bits_of(typed: &[char], at: usize) -> u32 {
    let Some(&c) = typed.get(at) else {
        return 0;
    };
    let before = |back: usize| at.checked_sub(back).and_then(|at| typed.get(at)).copied();
    // By the last, or by the one before it: two rows may be typed in turn.
    let follows = [before(1), before(2)]
        .into_iter()
        .flatten()
        .any(|before| is_beside(before, c));
    if follows || is_repeated(typed, at) {
        return 2;
    }
    match (before(1).map(kind_of), kind_of(c)) {
        (Some(Kind::Digit), Kind::Digit) => 20,
        (Some(Kind::Lower | Kind::Upper), Kind::Lower) | (Some(Kind::Upper), Kind::Upper) => 25,
        (Some(Kind::Symbol), Kind::Symbol) => 30,
        (_, Kind::Foreign | Kind::Symbol) => 40,
        (_, Kind::Digit) => 43,
        (_, Kind::Lower) => 47,
        (_, Kind::Upper) => 57,
    }
}

/// Whether one is the other, or comes beside it in an alphabet or on the keyboard.
fn is_beside(one: char, other: char) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    if u32::from(one).abs_diff(u32::from(other)) <= 1 {
        return true;
    }
    KEYS.iter().any(|keys| {
        let place = |c| keys.chars().position(|key| key == c);
        matches!((place(one), place(other)), (Some(one), Some(other)) if one.abs_diff(other) == 1)
    })
}

/// Whether it and the two before it stood there already.
fn is_repeated(typed: &[char], at: usize) -> bool {
    let (Some(start), Some(known)) = (at.checked_sub(2), typed.get(..at)) else {
        return false;
    };
    typed
        .get(start..=at)
        .is_some_and(|three| known.windows(3).any(|before| before == three))
}
