//! What can be wrong with something typed, and where.

use crate::currency::Currency;
use crate::unicode::{
    does_nothing, first_emoji, is_blank, is_break, is_ignorable, is_joiner, is_tag, is_variation,
    nfc,
};
pub use crate::unicode::{fold_digits, fold_width, turns_text};
use serde::{Deserialize, Serialize};

/// A place where something is typed or chosen: the name of a form's field, on the page, in a
/// request and in a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name is that of the field, and says all")]
pub enum Field {
    Email,
    NewEmail,
    Password,
    NewPassword,
    Terms,
    Region,
    Code,
    Name,
    Language,
    BusinessName,
    Industry,
    Country,
    TimeZone,
    Currency,
    Phone,
    Website,
    StreetAddress,
    City,
    PostalCode,
    PaymentMethod,
    CampaignName,
    Objective,
    BudgetMode,
    Budget,
    AdGroupName,
    Location,
    OptimizationGoal,
    ScheduleStart,
    ScheduleEnd,
    AdName,
    Identity,
    AdText,
    CallToAction,
    LandingPage,
}

impl Field {
    /// The name, as it is written in JSON: also the `name` of the control on a page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::NewEmail => "new_email",
            Self::NewPassword => "new_password",
            Self::Terms => "terms",
            Self::Region => "region",
            Self::Code => "code",
            Self::Name => "name",
            Self::Language => "language",
            Self::BusinessName => "business_name",
            Self::Industry => "industry",
            Self::Country => "country",
            Self::TimeZone => "time_zone",
            Self::Currency => "currency",
            Self::Phone => "phone",
            Self::Website => "website",
            Self::StreetAddress => "street_address",
            Self::City => "city",
            Self::PostalCode => "postal_code",
            Self::PaymentMethod => "payment_method",
            Self::CampaignName => "campaign_name",
            Self::Objective => "objective",
            Self::BudgetMode => "budget_mode",
            Self::Budget => "budget",
            Self::AdGroupName => "ad_group_name",
            Self::Location => "location",
            Self::OptimizationGoal => "optimization_goal",
            Self::ScheduleStart => "schedule_start",
            Self::ScheduleEnd => "schedule_end",
            Self::AdName => "ad_name",
            Self::Identity => "identity",
            Self::AdText => "ad_text",
            Self::CallToAction => "call_to_action",
            Self::LandingPage => "landing_page",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is there, and something must be.
    Missing,
    /// Fewer than `min` characters.
    TooShort {
        /// Characters at least.
        min: u32,
    },
    /// More than `max` characters.
    TooLong {
        /// Characters at most.
        max: u32,
    },
    /// It has not the shape of such a thing: an e-mail address without an `@`, a phone number with
    /// letters.
    Malformed,
    /// A box that must be ticked is not.
    NotAgreed,
    /// It is none of the choices.
    NotAChoice,
    /// It holds an emoji, which TikTok refuses in names and ad texts.
    Emoji {
        /// The first of them, as it is written: one or more code points.
        character: String,
    },
    /// It holds a character that is refused there: by TikTok, or because it turns the text around it.
    Forbidden {
        /// The first such character.
        character: char,
    },
    /// Less money than TikTok takes.
    BelowMinimum {
        /// The least amount, in the currency's minor units.
        minor: i64,
        /// The currency of the amount.
        currency: Currency,
    },
    /// An amount with the sign or the code of another currency.
    OtherCurrency {
        /// The currency in which the amount must be.
        currency: Currency,
    },
    /// It is what there is already, where another is wanted.
    Unchanged,
    /// The password is the e-mail address, or part of it.
    LikeEmail,
    /// The password is among the most common ones, which are guessed first.
    Common,
    /// An end that does not come after its start.
    EndsBeforeStart,
    /// A time that is over.
    Past,
    /// A time so far ahead that its year must be another calendar's, or a slip.
    TooFar {
        /// Years ahead at most.
        years: u32,
    },
    /// A time that clocks skip when they are put forward.
    NoSuchTime,
    /// A code that is not the one sent.
    Wrong {
        /// How often it may still be tried.
        left: u32,
    },
    /// The code of an earlier e-mail: only the newest one's counts.
    Superseded,
    /// A code that has expired, or that was tried too often: only a new one helps.
    Spent,
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// The field.
    pub field: Field,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Gathers the faults of a form, so that all are told at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// No faults yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value, or a note of what is wrong with it.
    pub fn take<T>(&mut self, field: Field, checked: Result<T, Fault>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(fault) => {
                self.0.push(FieldFault { field, fault });
                None
            }
        }
    }

    /// All that was found, in the order in which it was looked for.
    pub fn found(self) -> Vec<FieldFault> {
        self.0
    }
}

/// The first characters of a text that has more, with an ellipsis behind them.
pub fn shortened(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `text` as it is counted, compared and kept: on one line, in Normalization Form C, without what
/// shows and does nothing, and without the white space and the blank letters around it, which come
/// along when something is pasted. Empty where nothing of it can be seen.
pub fn tidy(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut last = None;
    for c in text.chars() {
        let is_of_a_flag = is_tag(c) && last.is_some_and(|it| it == '\u{1f3f4}' || is_tag(it));
        if is_break(c) {
            if !last.is_some_and(is_break) {
                line.push(' ');
            }
        } else if does_nothing(c) && !is_of_a_flag {
            continue;
        } else {
            line.push(c);
        }
        last = Some(c);
    }
    let line = nfc(&line);
    if line.chars().all(is_blank) {
        return String::new();
    }
    let is_around = |c: char| is_blank(c) && (!is_ignorable(c) || turns_text(c) || is_filler(c));
    line.trim_matches(is_around).to_owned()
}

/// A letter without ink, which some take for a space.
const fn is_filler(c: char) -> bool {
    matches!(c, '\u{3164}' | '\u{ffa0}')
}

/// A [`tidy`] line of text, held to a length in characters.
///
/// Errors: `Missing`, `TooLong`, `Forbidden` (it holds a character that turns the text around it).
pub fn line(text: &str, max: u32) -> Result<String, Fault> {
    let text = tidy(text);
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    if text.chars().count() > max as usize {
        return Err(Fault::TooLong { max });
    }
    match text.chars().find(|c| turns_text(*c)) {
        Some(character) => Err(Fault::Forbidden { character }),
        None => Ok(text),
    }
}

/// `text` without what shows nothing, for addresses: the marks beside text that runs to the left
/// are no part of one. Joiners stay: names of domains may be spelled with them (RFC 5892, A.1).
pub(crate) fn without_marks(text: &str) -> String {
    text.chars()
        .filter(|c| is_joiner(*c) || !is_ignorable(*c))
        .collect()
}

/// Characters at most of a [`shown_name`].
pub const SHOWN_NAME_MAX: usize = 64;

/// A name that somebody chose elsewhere, under other rules: [`tidy`], cut, and without what could
/// turn the text beside it or pass for room. It is never refused, for it can't be typed again. What
/// joins or varies the letter or the emoji before it stays.
pub fn shown_name(text: &str) -> String {
    let mut name = String::new();
    let mut last = None;
    for c in tidy(text).chars() {
        let after = last.is_some_and(|it: char| !it.is_ascii() && !is_joiner(it));
        let belongs = is_joiner(c) && after
            || is_variation(c) && after && !last.is_some_and(is_variation)
            || is_tag(c);
        if belongs || !is_ignorable(c) {
            name.push(c);
            last = Some(c);
        }
    }
    match name.char_indices().nth(SHOWN_NAME_MAX) {
        Some((end, _)) => tidy(name.get(..end).unwrap_or_default()),
        None => tidy(&name),
    }
}

/// `text` in lower case: that of every script, or of ASCII alone without the feature `data`.
pub(crate) fn lower(text: &str) -> String {
    if cfg!(feature = "data") {
        text.to_lowercase()
    } else {
        text.to_ascii_lowercase()
    }
}

/// Like [`line`], for what may be left empty.
pub fn optional_line(text: &str, max: u32) -> Result<Option<String>, Fault> {
    match line(text, max) {
        Ok(text) => Ok(Some(text)),
        Err(Fault::Missing) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Refuses a text that holds an emoji, by Unicode's own properties: `★`, `♪` and `✓` are none.
pub fn no_emoji(text: String) -> Result<String, Fault> {
    match first_emoji(&text) {
        Some(emoji) => Err(Fault::Emoji {
            character: emoji.to_owned(),
        }),
        None => Ok(text),
    }
}

/// A box that must be ticked.
pub fn agreed(ticked: bool) -> Result<(), Fault> {
    if ticked {
        Ok(())
    } else {
        Err(Fault::NotAgreed)
    }
}

/// A choice that must be made.
pub fn chosen<T>(choice: Option<T>) -> Result<T, Fault> {
    choice.ok_or(Fault::Missing)
}
