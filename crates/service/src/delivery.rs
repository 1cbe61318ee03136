//! Letters on their way: a transactional outbox. A letter is stored in the transaction of what it tells
//! of, so that there is neither without the other, and stays until a mail server has taken it. Any
//! number of hosts may send from one store: who claims a letter has it alone for a while. One that
//! ends between the mail server's answer and the note of it leaves a letter that is sent twice.

use crate::env::Env;
use crate::letter::{Letter, News};
use crate::secret;
use crate::store::{Account, LetterState, Mode, Store, Stored, StoredLetter, Transaction};
use core::time::Duration;
use domain::id::LetterId;
use domain::sign_up::CODE_LIFE_MINUTES;
use domain::time::{Timestamp, minutes};

/// For how long who claims a letter has it alone. A mail server must have answered by then.
pub const LEASE: Duration = minutes(2);
/// How many letters may wait that are asked for. More would be somebody's abuse, or a mail server that
/// has been away for long.
pub const ASKED_FOR_MAX: u32 = 1_000;
/// How long a letter that can't be sent is kept for an operator.
pub(crate) const DEAD_KEPT: Duration = minutes(30 * 24 * 60);
/// How long it is tried to send one: as long as a mail server is away over a weekend.
const TRIED_FOR: Duration = minutes(3 * 24 * 60);
/// The wait after the first try. It doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(10);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = minutes(60);

/// Too many letters wait to be sent.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("too many letters wait to be sent")]
pub struct QueueFull;

/// Why a letter didn't go out. The words are for the operator, and name no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryFailure {
    /// It may go out later.
    Passing(String),
    /// It never will (RFC 5321: a reply of the 5yz kind).
    Lasting(String),
}

/// Letters that are to be sent.
#[derive(Debug, Default)]
pub struct Claimed {
    pub letters: Vec<StoredLetter>,
    /// How many were deleted, since what they say has ended before they could be sent.
    pub ended: usize,
}

/// Claims up to `most` letters that are due, for [`LEASE`].
pub async fn claim(store: &dyn Store, now: Timestamp, most: u32) -> Stored<Claimed> {
    let mut tx = store.begin(Mode::Write).await?;
    let claimed = tx.claim_letters(now, now.plus(LEASE), most).await?;
    let (ended, letters): (Vec<_>, Vec<_>) = claimed.into_iter().partition(|it| has_ended(it, now));
    for letter in &ended {
        tx.delete_letter(letter.id).await?;
    }
    tx.commit().await?;
    Ok(Claimed {
        letters,
        ended: ended.len(),
    })
}

/// A letter has gone.
pub async fn sent(store: &dyn Store, id: LetterId) -> Stored<()> {
    let mut tx = store.begin(Mode::Write).await?;
    tx.delete_letter(id).await?;
    tx.commit().await
}

/// A letter didn't go out: it waits for another try, or, where there is none, for an operator. One that
/// somebody asked for is deleted then, since they have asked again. Where another has claimed it
/// meanwhile, or sent it, what came of it is theirs to say.
pub async fn failed(
    store: &dyn Store,
    mut letter: StoredLetter,
    failure: DeliveryFailure,
    now: Timestamp,
) -> Stored<LetterState> {
    let mut tx = store.begin(Mode::Write).await?;
    let is_ours = |stored: &StoredLetter| stored.tries == letter.tries;
    if !tx.letter(letter.id).await?.is_some_and(|it| is_ours(&it)) {
        return Ok(letter.state);
    }
    let due = now.plus(wait_after(letter.tries));
    letter.state = match failure {
        DeliveryFailure::Passing(_) if due < letter.written.plus(TRIED_FOR) => {
            LetterState::Waiting { due }
        }
        DeliveryFailure::Passing(why) | DeliveryFailure::Lasting(why) => LetterState::Dead { why },
    };
    let is_over = match letter.state {
        LetterState::Waiting { .. } => false,
        LetterState::Dead { .. } => letter.letter.news.is_asked_for(),
    };
    if is_over {
        tx.delete_letter(letter.id).await?;
    } else {
        tx.put_letter(&letter).await?;
    }
    tx.commit().await?;
    Ok(letter.state)
}

/// The letters that can't be sent, the oldest first.
pub async fn dead(store: &dyn Store) -> Stored<Vec<StoredLetter>> {
    store.begin(Mode::Read).await?.dead_letters().await
}

/// Has a letter that couldn't be sent tried again, as if it had been written now. Says whether there is
/// one of that id.
pub async fn send_again(store: &dyn Store, id: LetterId, now: Timestamp) -> Stored<bool> {
    let mut tx = store.begin(Mode::Write).await?;
    let Some(mut letter) = tx.letter(id).await? else {
        return Ok(false);
    };
    match letter.state {
        LetterState::Waiting { .. } => return Ok(false),
        LetterState::Dead { .. } => {}
    }
    letter.state = LetterState::Waiting { due: now };
    letter.written = now;
    letter.tries = 0;
    tx.put_letter(&letter).await?;
    tx.commit().await?;
    Ok(true)
}

/// Stores a letter with what it tells of.
pub(crate) async fn store(
    tx: &mut dyn Transaction,
    id: LetterId,
    letter: Letter,
    now: Timestamp,
) -> Stored<StoredLetter> {
    let letter = StoredLetter {
        id,
        letter,
        written: now,
        tries: 0,
        state: LetterState::Waiting { due: now },
    };
    tx.put_letter(&letter).await?;
    Ok(letter)
}

/// What is told to the owner of an account: a letter to its address, where it has one, and to each before it that
/// still takes it back, since whoever changed it may have been somebody else.
pub(crate) async fn letters_to(
    tx: &mut dyn Transaction,
    account: &Account,
    news: News,
    now: Timestamp,
) -> Stored<Vec<Letter>> {
    let Some(email) = account.email.clone() else {
        return Ok(Vec::new());
    };
    let former = tx.former_emails_of(account.id).await?.into_iter();
    let former = former.filter(|former| former.takes_back(now));
    let letters = former
        .map(|former| former.email)
        .chain([email])
        .map(|to| Letter {
            to,
            language: account.language,
            news: news.clone(),
        });
    Ok(letters.collect())
}

/// Stores what the portal has done by itself as [letters to the owner](letters_to) of an account. `Mail::stored` is
/// to be told of them once that is committed.
pub(crate) async fn write(
    env: &Env,
    tx: &mut dyn Transaction,
    account: &Account,
    news: News,
    now: Timestamp,
) -> Stored<Vec<StoredLetter>> {
    let letters = letters_to(tx, account, news, now).await?;
    store_all(env, tx, letters, now).await
}

/// Stores letters that nobody asked for.
pub(crate) async fn store_all(
    env: &Env,
    tx: &mut dyn Transaction,
    letters: Vec<Letter>,
    now: Timestamp,
) -> Stored<Vec<StoredLetter>> {
    let mut stored = Vec::new();
    for letter in letters {
        let id = LetterId(secret::id(&*env.randomness));
        stored.push(store(tx, id, letter, now).await?);
    }
    Ok(stored)
}

/// Whether what a letter says is of no use any more.
fn has_ended(letter: &StoredLetter, now: Timestamp) -> bool {
    letter.letter.news.is_asked_for() && now >= letter.written.plus(minutes(CODE_LIFE_MINUTES))
}

/// The wait for the next try after so many.
fn wait_after(tries: u32) -> Duration {
    let doubled = 1_u32.checked_shl(tries.saturating_sub(1));
    let wait = doubled.and_then(|times| FIRST_WAIT.checked_mul(times));
    wait.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_an_hour() {
        let seconds =
            [1, 2, 3, 8, 9, 10, 32, 33, u32::MAX].map(|tries| wait_after(tries).as_secs());
        assert_eq!(seconds, [10, 20, 40, 1280, 2560, 3600, 3600, 3600, 3600]);
    }
}
