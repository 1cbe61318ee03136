//! Letters, by what they say, and the words of it: from `locales/mail`, one file per language.

use contract::route::Route;
use domain::deletion::GRACE_DAYS;
use domain::email::Email;
use domain::former_email::UNDO_HOURS;
use domain::input::shown_name;
use domain::region::Language;
use domain::transfer::WAIT_HOURS;
use std::collections::BTreeMap;

/// A letter, by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: Email,
    pub language: Language,
    pub news: News,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The code that proves the address.
    Code {
        /// The code: 6 digits.
        code: String,
        /// Minutes for which it is valid.
        minutes: u64,
    },
    /// Someone tried to sign up with an address that has an account.
    AccountExists,
    /// The code by which another password counts.
    ResetCode {
        /// The code: 8 digits.
        code: String,
        /// Minutes for which it is valid.
        minutes: u64,
    },
    /// Someone asked for another password with an address that has no account.
    NoAccount,
    /// Someone asked for a code with an address that is kept for the account that had it before.
    AddressHeld,
    /// The code by which an account is taken back that had the address before.
    UndoCode {
        /// The code: 8 digits.
        code: String,
        /// Minutes for which it is valid.
        minutes: u64,
    },
    /// Someone wants to take an account back by an address that it had too long ago.
    UndoTooLate,
    /// The password is another.
    PasswordChanged,
    /// The account has another address.
    EmailChanged,
    /// The account has another address, and this one doesn't take it back: it took its earlier one back,
    /// or this one was new.
    EmailRemoved,
    /// A TikTok account was linked: it logs in from now on.
    Linked { tiktok: String },
    /// A TikTok account was unlinked: it doesn't log in any more.
    Unlinked { tiktok: String },
    /// TikTok doesn't take the grant of the linked account any more.
    AuthorizationLost { tiktok: String },
    /// It was begun to move the link of one account to another. Both are told.
    TransferBegun { tiktok: String },
    /// It doesn't move after all. Both are told.
    TransferStopped { tiktok: String },
    /// It has moved. Both are told.
    Transferred { tiktok: String },
    /// A passkey was added: it logs in from now on.
    PasskeyAdded {
        /// The name that its owner gave it.
        name: String,
    },
    /// Passkeys were removed: they don't log in any more.
    PasskeysRemoved {
        /// The names that their owner gave them, with commas between.
        names: String,
    },
    /// The deletion of the account was asked for.
    DeletionAsked,
    /// The account stays after all.
    DeletionStopped,
    /// The account was deleted.
    AccountDeleted,
    /// An e-mail address and a password were set.
    EmailAdded,
    /// So many wrong passwords in a row were tried that strangers have to wait.
    ManyFailures {
        /// Since the last success or since the count began, whichever came later.
        tries: u32,
    },
}

impl News {
    /// Whether somebody waits for it at a page, and can ask again: it is of no use once the code has
    /// ended. The others tell of what was done, and nobody knows that they should have come.
    pub fn is_asked_for(&self) -> bool {
        match self {
            // The one can't be told from the other by who waits (Invariant 7).
            Self::Code { .. }
            | Self::AccountExists
            | Self::ResetCode { .. }
            | Self::NoAccount
            | Self::AddressHeld
            | Self::UndoCode { .. }
            | Self::UndoTooLate => true,
            Self::PasswordChanged
            | Self::EmailChanged
            | Self::EmailRemoved
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::AuthorizationLost { .. }
            | Self::TransferBegun { .. }
            | Self::TransferStopped { .. }
            | Self::Transferred { .. }
            | Self::PasskeyAdded { .. }
            | Self::PasskeysRemoved { .. }
            | Self::DeletionAsked
            | Self::DeletionStopped
            | Self::AccountDeleted
            | Self::EmailAdded
            | Self::ManyFailures { .. } => false,
        }
    }

    /// Whether it brings a code that works.
    pub fn has_code(&self) -> bool {
        match self {
            Self::Code { .. } | Self::ResetCode { .. } | Self::UndoCode { .. } => true,
            Self::AccountExists
            | Self::NoAccount
            | Self::AddressHeld
            | Self::UndoTooLate
            | Self::PasswordChanged
            | Self::EmailChanged
            | Self::EmailRemoved
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::AuthorizationLost { .. }
            | Self::TransferBegun { .. }
            | Self::TransferStopped { .. }
            | Self::Transferred { .. }
            | Self::PasskeyAdded { .. }
            | Self::PasskeysRemoved { .. }
            | Self::DeletionAsked
            | Self::DeletionStopped
            | Self::AccountDeleted
            | Self::EmailAdded
            | Self::ManyFailures { .. } => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
}

fn words(language: Language) -> BTreeMap<String, String> {
    let json = match language {
        Language::English => include_str!("../../../locales/mail/en.json"),
        Language::Vietnamese => include_str!("../../../locales/mail/vi.json"),
        Language::Indonesian => include_str!("../../../locales/mail/id.json"),
        Language::Malay => include_str!("../../../locales/mail/ms.json"),
        Language::Thai => include_str!("../../../locales/mail/th.json"),
        Language::Japanese => include_str!("../../../locales/mail/ja.json"),
        Language::Korean => include_str!("../../../locales/mail/ko.json"),
        Language::SimplifiedChinese => include_str!("../../../locales/mail/zh-Hans.json"),
        Language::TraditionalChinese => include_str!("../../../locales/mail/zh-Hant.json"),
    };
    // A test reads every file; a broken one can't be shipped.
    serde_json::from_str(json).unwrap_or_default()
}

/// A letter in the words of its language. `public_url` is where the portal is, without a slash at
/// the end.
pub fn render(letter: &Letter, public_url: &str) -> Rendered {
    let hours = || ("hours", UNDO_HOURS.to_string());
    let (name, mut values, page) = match &letter.news {
        News::Code { code, minutes } => (
            "code",
            vec![("code", code.clone()), ("minutes", minutes.to_string())],
            Route::LogIn { then: None },
        ),
        News::AccountExists => ("account_exists", vec![], Route::LogIn { then: None }),
        News::ResetCode { code, minutes } => (
            "reset_code",
            vec![("code", code.clone()), ("minutes", minutes.to_string())],
            Route::ResetPassword,
        ),
        News::NoAccount => ("no_account", vec![], Route::LogIn { then: None }),
        News::AddressHeld => ("address_held", vec![hours()], Route::ResetPassword),
        News::UndoCode { code, minutes } => (
            "undo_code",
            vec![("code", code.clone()), ("minutes", minutes.to_string())],
            Route::ResetPassword,
        ),
        News::UndoTooLate => ("undo_too_late", vec![hours()], Route::LogIn { then: None }),
        News::PasswordChanged => ("password_changed", vec![], Route::ResetPassword),
        News::EmailChanged => ("email_changed", vec![hours()], Route::ResetPassword),
        News::EmailRemoved => ("email_removed", vec![], Route::LogIn { then: None }),
        News::Linked { tiktok } => (
            "linked",
            vec![("tiktok", isolated(tiktok))],
            Route::Profile { dialog: None },
        ),
        News::Unlinked { tiktok } => (
            "unlinked",
            vec![("tiktok", isolated(tiktok))],
            Route::Profile { dialog: None },
        ),
        News::AuthorizationLost { tiktok } => (
            "authorization_lost",
            vec![("tiktok", isolated(tiktok))],
            Route::Profile { dialog: None },
        ),
        News::TransferBegun { tiktok } => (
            "transfer_begun",
            vec![
                ("tiktok", isolated(tiktok)),
                ("hours", WAIT_HOURS.to_string()),
            ],
            Route::Profile { dialog: None },
        ),
        News::TransferStopped { tiktok } => (
            "transfer_stopped",
            vec![("tiktok", isolated(tiktok))],
            Route::Profile { dialog: None },
        ),
        News::Transferred { tiktok } => (
            "transferred",
            vec![("tiktok", isolated(tiktok))],
            Route::Profile { dialog: None },
        ),
        News::PasskeyAdded { name } => (
            "passkey_added",
            vec![("passkey", isolated(name))],
            Route::Passkeys,
        ),
        News::PasskeysRemoved { names } => (
            "passkeys_removed",
            vec![("passkeys", isolated(names))],
            Route::Passkeys,
        ),
        News::DeletionAsked => (
            "deletion_asked",
            vec![("days", GRACE_DAYS.to_string())],
            Route::LogIn { then: None },
        ),
        News::DeletionStopped => ("deletion_stopped", vec![], Route::Profile { dialog: None }),
        News::AccountDeleted => ("account_deleted", vec![], Route::LogIn { then: None }),
        News::EmailAdded => ("email_added", vec![], Route::Profile { dialog: None }),
        News::ManyFailures { tries } => (
            "many_failures",
            vec![("tries", tries.to_string())],
            Route::LogIn { then: None },
        ),
    };
    values.push(("link", format!("{public_url}{}", page.path())));
    let words = words(letter.language);
    let part = |part: &str| {
        let text = words
            .get(&format!("{name}.{part}"))
            .cloned()
            .unwrap_or_default();
        fill(&text, &values)
    };
    Rendered {
        subject: part("subject"),
        text: part("text"),
    }
}

/// A name from TikTok between marks that keep it from turning the text around it (UAX 9). It adds no
/// line, neither to the text nor to the header.
fn isolated(name: &str) -> String {
    format!("\u{2068}{}\u{2069}", shown_name(name))
}

/// `text` with a value for each `{name}`, in one pass, so that a value with braces in it is only a
/// value. As it is where it names something else: a test reads every letter.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    leon::Template::parse(text)
        .ok()
        .and_then(|template| template.render(&values).ok())
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::email::Email;

    fn every_news() -> Vec<News> {
        vec![
            News::Code {
                code: "123456".into(),
                minutes: 10,
            },
            News::AccountExists,
            News::ResetCode {
                code: "123456".into(),
                minutes: 10,
            },
            News::NoAccount,
            News::AddressHeld,
            News::UndoCode {
                code: "12345678".into(),
                minutes: 10,
            },
            News::UndoTooLate,
            News::PasswordChanged,
            News::EmailChanged,
            News::EmailRemoved,
            News::Linked {
                tiktok: "Coffee {link} & Co.\nBcc: x".into(),
            },
            News::Unlinked {
                tiktok: "Coffee".into(),
            },
            News::AuthorizationLost {
                tiktok: "Coffee".into(),
            },
            News::TransferBegun {
                tiktok: "Coffee".into(),
            },
            News::TransferStopped {
                tiktok: "Coffee".into(),
            },
            News::Transferred {
                tiktok: "Coffee".into(),
            },
            News::PasskeyAdded {
                name: "Mai's phone".into(),
            },
            News::PasskeysRemoved {
                names: "Mai's phone, Office laptop".into(),
            },
            News::DeletionAsked,
            News::DeletionStopped,
            News::AccountDeleted,
            News::EmailAdded,
            News::ManyFailures { tries: 100 },
        ]
    }

    #[test]
    fn every_letter_has_words_in_every_language_and_no_gap() {
        for language in Language::ALL {
            for news in every_news() {
                let to = Email::parse("a@b.test").unwrap();
                let letter = Letter {
                    to,
                    language,
                    news: news.clone(),
                };
                let Rendered { subject, text } = render(&letter, "https://portal.test");
                assert!(
                    !subject.is_empty() && !text.is_empty(),
                    "{language:?} {news:?}"
                );
                assert!(!subject.contains('\n'), "a subject is one line: {subject}");
                let named = matches!(news, News::Linked { .. });
                assert!(named || !text.contains('{'), "{language:?}: {text}");
            }
        }
    }

    #[test]
    fn a_name_with_braces_is_only_a_name() {
        let letter = Letter {
            to: Email::parse("a@b.test").unwrap(),
            language: Language::English,
            news: News::Linked {
                tiktok: "{link}{code}".into(),
            },
        };
        assert!(
            render(&letter, "https://portal.test")
                .text
                .contains("\u{2068}{link}{code}\u{2069} was linked")
        );
    }

    /// It could have the link read as another, or add a line.
    #[test]
    fn a_name_turns_nothing_around_it() {
        for language in Language::ALL {
            let render = |tiktok: &str| {
                let letter = Letter {
                    to: Email::parse("a@b.test").unwrap(),
                    language,
                    news: News::Linked {
                        tiktok: tiktok.into(),
                    },
                };
                render(&letter, "https://portal.test")
            };
            let plain = render("An nA");
            let turned = render("\u{202e}An\u{2069}\u{2028}\r\nn\u{3164}A\u{2066}\u{e0041}");
            assert_eq!(turned, plain);
            assert!(plain.text.contains("\u{2068}An nA\u{2069}"), "{plain:?}");
        }
    }

    #[test]
    fn all_languages_have_the_same_keys() {
        let keys = |language| words(language).into_keys().collect::<Vec<_>>();
        for language in Language::ALL {
            assert_eq!(keys(language), keys(Language::English));
        }
    }
}
