//! The ways to log in to an account, and which of them may take the place of the others.

use crate::call::Call;
use crate::refusal::{Refusal, Reply};
use crate::store::{Account, Link, Passkey, Stored, Transaction};
use contract::problem::{Code, Problem};
use core::time::Duration;
use domain::link::{LogInMethods, first_replacement_wait};
use domain::passkey::has_worked;
use domain::time::{Timestamp, whole_seconds};

/// The ways to log in. An address is kept only once it is verified, and a hash only with one.
pub(super) fn methods(
    account: &Account,
    link: Option<&Link>,
    passkeys: &[Passkey],
) -> LogInMethods {
    LogInMethods {
        email_and_password: account.password_hash.is_some(),
        tiktok: link.is_some(),
        passkeys: u32::try_from(passkeys.len()).unwrap_or(u32::MAX),
    }
}

/// Those passkeys that count when another way to log in is taken away.
pub(super) fn worked(passkeys: Vec<Passkey>) -> Vec<Passkey> {
    let all = passkeys.into_iter();
    all.filter(|passkey| has_worked(passkey.used)).collect()
}

/// How long these ways to log in can't be the only ones that are left, since all of them are too new: whoever added
/// them may be somebody else, and the owner is to see it first.
pub(super) async fn wait_of(
    tx: &mut dyn Transaction,
    account: &Account,
    link: Option<&Link>,
    passkeys: &[Passkey],
    now: Timestamp,
) -> Stored<Duration> {
    // An address that took another's place is as new as one that was added.
    let former = tx.last_former_email(account.id).await?;
    let replaced = former
        .filter(|former| former.takes_back(now))
        .map(|former| former.replaced);
    let by_password = account.password_hash.as_ref();
    let by_password = by_password.map(|_| account.email_added.max(replaced));
    // An account that TikTok made had its link from the start.
    let by_tiktok = link.map(|link| (link.linked > account.created).then_some(link.linked));
    let by_passkey = passkeys.iter().map(|passkey| Some(passkey.created));
    let ways = by_password.into_iter().chain(by_tiktok).chain(by_passkey);
    Ok(first_replacement_wait(ways, now))
}

/// Refuses that only these ways to log in are left ([`wait_of`]).
pub(super) async fn may_be_left(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    account: &Account,
    link: Option<&Link>,
    passkeys: &[Passkey],
) -> Reply<()> {
    let wait = wait_of(tx, account, link, passkeys, call.now).await?;
    if wait.is_zero() {
        Ok(())
    } else {
        Err(too_new(wait))
    }
}

pub(super) fn too_new(wait: Duration) -> Refusal {
    let problem = Problem {
        retry_after_s: Some(whole_seconds(wait)),
        ..Problem::new(Code::NewLogInMethod)
    };
    problem.into()
}
