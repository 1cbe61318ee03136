//! What may happen to the world.

use proptest::prelude::*;

/// Browsers, TikTok accounts and e-mail addresses: few, so that they meet.
pub(crate) const BROWSERS: usize = 3;
pub(crate) const TIKTOKS: usize = 3;
pub(crate) const EMAILS: usize = 3;

/// An index is taken modulo what there is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command {
    Advance {
        seconds: u32,
    },
    LogIn {
        browser: usize,
        email: usize,
    },
    LogOut {
        browser: usize,
    },
    SignUp {
        browser: usize,
        email: usize,
    },
    AddEmail {
        browser: usize,
        email: usize,
    },
    Resend {
        browser: usize,
    },
    TypeCode {
        browser: usize,
        right: bool,
    },
    Begin {
        browser: usize,
        purpose: Purpose,
    },
    /// TikTok's redirect arrives in a browser, with the account that TikTok would tell.
    CallBack {
        browser: usize,
        authorization: usize,
        answer: TikTokAnswer,
        tiktok: usize,
    },
    /// The slowest exchange under way ends.
    Exchanged,
    CreateAccount {
        browser: usize,
        authorization: usize,
    },
    LinkExisting {
        browser: usize,
        authorization: usize,
        email: usize,
    },
    LinkTikTok {
        browser: usize,
        authorization: usize,
    },
    Unlink {
        browser: usize,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    SignUp,
    LogIn,
    Link { to_ad: bool },
    Confirm,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum TikTokAnswer {
    Code,
    /// A code whose exchange takes until [`Command::Exchanged`].
    SlowCode,
    ScopeDenied,
    Cancelled,
    Failed,
}

fn purpose() -> impl Strategy<Value = Purpose> {
    prop_oneof![
        2 => Just(Purpose::SignUp),
        4 => Just(Purpose::LogIn),
        4 => any::<bool>().prop_map(|to_ad| Purpose::Link { to_ad }),
        1 => Just(Purpose::Confirm),
    ]
}

fn answer() -> impl Strategy<Value = TikTokAnswer> {
    prop_oneof![
        12 => Just(TikTokAnswer::Code),
        3 => Just(TikTokAnswer::SlowCode),
        1 => Just(TikTokAnswer::ScopeDenied),
        1 => Just(TikTokAnswer::Cancelled),
        1 => Just(TikTokAnswer::Failed),
    ]
}

/// Mostly moments, sometimes minutes, seldom half a day.
fn seconds() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..60_u32, 4 => 60..700_u32, 1 => 600..60_000_u32]
}

/// Mostly the newest authorization; `usize::MAX` stands for it.
fn authorization() -> impl Strategy<Value = usize> {
    prop_oneof![3 => Just(usize::MAX), 1 => 0..6_usize]
}

fn command() -> impl Strategy<Value = Command> {
    // Mostly one browser, so that its flows come to an end.
    let browser = || prop_oneof![3 => Just(0), 1 => 1..BROWSERS];
    let email = || 0..EMAILS;
    prop_oneof![
        5 => seconds().prop_map(|seconds| Command::Advance { seconds }),
        5 => (browser(), email()).prop_map(|(browser, email)| Command::LogIn { browser, email }),
        1 => browser().prop_map(|browser| Command::LogOut { browser }),
        2 => (browser(), email()).prop_map(|(browser, email)| Command::SignUp { browser, email }),
        1 => (browser(), email()).prop_map(|(browser, email)| Command::AddEmail { browser, email }),
        1 => browser().prop_map(|browser| Command::Resend { browser }),
        4 => (browser(), prop::bool::weighted(0.6))
            .prop_map(|(browser, right)| Command::TypeCode { browser, right }),
        7 => (browser(), purpose())
            .prop_map(|(browser, purpose)| Command::Begin { browser, purpose }),
        10 => (browser(), authorization(), answer(), 0..TIKTOKS).prop_map(
            |(browser, authorization, answer, tiktok)| Command::CallBack {
                browser, authorization, answer, tiktok,
            }
        ),
        1 => Just(Command::Exchanged),
        2 => (browser(), authorization()).prop_map(
            |(browser, authorization)| Command::CreateAccount { browser, authorization }
        ),
        3 => (browser(), authorization(), email()).prop_map(
            |(browser, authorization, email)| Command::LinkExisting { browser, authorization, email }
        ),
        3 => (browser(), authorization()).prop_map(
            |(browser, authorization)| Command::LinkTikTok { browser, authorization }
        ),
        2 => browser().prop_map(|browser| Command::Unlink { browser }),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(command(), 1..100)
}
