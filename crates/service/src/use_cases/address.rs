//! Whose an address is, what a letter to it says, and how an account gets another.

use super::{passkeys, transfer};
use crate::call::Call;
use crate::letter::News;
use crate::refusal::Reply;
use crate::store::{Account, Stored, Transaction};
use core::time::Duration;
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::id::AccountId;
use domain::link::replacement_wait;
use domain::region::Language;
use domain::sign_up::{CODE_LIFE_MINUTES, Purpose};
use domain::time::Timestamp;
use uuid::Uuid;

/// Whose an address is.
pub(super) enum Owner {
    Nobody,
    /// It logs in to this account.
    Now(Account),
    /// It did until another took its place, and takes the account back.
    Before(Account),
    /// It did so long ago that it takes the account back no more.
    LongBefore,
}

impl Owner {
    pub(super) async fn of(
        tx: &mut dyn Transaction,
        email: &Email,
        now: Timestamp,
    ) -> Stored<Self> {
        // The same three are looked for whatever is found: time tells nothing (Invariant 7).
        let owner = tx.account_by_email(email).await?;
        let former = tx.former_email(email).await?;
        let had_by = former.as_ref().map(|former| former.account);
        let before = tx.account(had_by.unwrap_or(AccountId(Uuid::nil()))).await?;
        Ok(match (owner, former, before) {
            (Some(owner), _, _) => Self::Now(owner),
            (None, Some(former), Some(before)) if former.takes_back(now) => Self::Before(before),
            (None, Some(_), Some(_)) => Self::LongBefore,
            (None, None, _) | (None, _, None) => Self::Nobody,
        })
    }

    /// The language in which the owner reads letters; that of the page where there is none, or where
    /// the mailbox may be another's by now.
    pub(super) fn language(&self, of_page: Language) -> Language {
        match self {
            Self::Nobody | Self::LongBefore => of_page,
            Self::Now(account) | Self::Before(account) => account.language,
        }
    }

    /// What a letter says to the address that is to be proven: the code, or why there is none. It
    /// alone tells, and only to who reads the mailbox (Invariant 7).
    pub(super) fn news(&self, purpose: Purpose, code: String) -> News {
        let minutes = CODE_LIFE_MINUTES;
        match (purpose, self) {
            (
                Purpose::SignUp { .. } | Purpose::AddEmail { .. } | Purpose::ChangeEmail { .. },
                Self::Nobody | Self::LongBefore,
            ) => News::Code { code, minutes },
            // It goes back to what it had.
            (Purpose::ChangeEmail { account }, Self::Before(owner)) if owner.id == account => {
                News::Code { code, minutes }
            }
            (
                Purpose::SignUp { .. } | Purpose::AddEmail { .. } | Purpose::ChangeEmail { .. },
                Self::Before(_),
            ) => News::AddressHeld,
            (
                Purpose::SignUp { .. } | Purpose::AddEmail { .. } | Purpose::ChangeEmail { .. },
                Self::Now(_),
            ) => News::AccountExists,
            (Purpose::ResetPassword { .. }, Self::Now(_)) => News::ResetCode { code, minutes },
            (Purpose::ResetPassword { .. }, Self::Before(_)) => News::UndoCode { code, minutes },
            (Purpose::ResetPassword { .. }, Self::LongBefore) => News::UndoTooLate,
            (Purpose::ResetPassword { .. }, Self::Nobody) => News::NoAccount,
        }
    }
}

/// Gives an account another address than it has, and replies with what a letter says to the one
/// `before`: that it takes the account back for a while. It doesn't where the account goes back to an
/// earlier one, since what came after that may have been somebody else's. Nor does one that was added a
/// short time ago, for the same reason; what takes its place is as new, and TikTok stays for as long.
///
/// Going back to an earlier one also removes the passkeys that may be somebody else's ([`FormerEmail::suspect_since`]):
/// the address and the password are left to log in by (Invariant 3). And it ends a transfer that waits.
pub(super) async fn replace(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    account: &mut Account,
    before: Email,
    after: Email,
) -> Reply<News> {
    let now = call.now;
    let former = tx.former_email(&after).await?;
    account.email = Some(after);
    let former = former.filter(|it| it.account == account.id && it.takes_back(now));
    let is_taken_back = former.is_some();
    let news = if let Some(former) = former {
        tx.delete_former_emails(account.id, former.replaced).await?;
        let mut suspect = tx.passkeys_of(account.id).await?;
        suspect.retain(|passkey| passkey.created >= former.suspect_since());
        passkeys::remove(call, tx, account, suspect).await?;
        News::EmailRemoved
    } else if !replacement_wait(account.email_added, now).is_zero() {
        account.email_added = Some(now);
        News::EmailRemoved
    } else {
        // Each comes after the one before, whatever the clock says: it is by this that they are told
        // to go.
        let last = tx.last_former_email(account.id).await?;
        let after_last = last.map(|last| last.replaced.plus(Duration::from_millis(1)));
        let former = FormerEmail {
            email: before,
            account: account.id,
            replaced: after_last.map_or(now, |after| after.max(now)),
        };
        tx.put_former_email(&former).await?;
        News::EmailChanged
    };
    tx.update_account(account).await?;
    if is_taken_back {
        // The letter about it goes to the address that the account has from now on.
        transfer::stop(call, tx, account.id).await?;
    }
    Ok(news)
}
