//! `server letters`: the letters that can't be sent, which an operator sees and has sent again.

use crate::mail::kind;
use domain::id::LetterId;
use domain::time::Timestamp;
use service::delivery;
use service::store::{LetterState, Store, Stored, StoredLetter};
use std::fmt::Write as _;

/// Stands for all letters that can't be sent.
const ALL: &str = "all";

/// A line for each, the oldest first: its id, for how many hours it has been there, what it tells, whom,
/// and why it can't be sent.
pub async fn list(store: &dyn Store, now: Timestamp) -> Stored<String> {
    let dead = delivery::dead(store).await?;
    if dead.is_empty() {
        return Ok("Every letter has gone, or still may.\n".to_owned());
    }
    let mut lines = String::new();
    for StoredLetter {
        id,
        letter,
        written,
        state,
        ..
    } in dead
    {
        let hours = now.since(written).as_secs() / 3600;
        let why = match state {
            LetterState::Waiting { .. } => String::new(),
            LetterState::Dead { why } => why,
        };
        // A string takes all that is written to it.
        let _ = writeln!(
            lines,
            "{id}  {hours} h  {}  {}  {why}",
            kind(&letter.news),
            letter.to
        );
    }
    Ok(lines)
}

/// Has letters sent again by the servers that run, by their ids or `all`. Says of each what came of it.
pub async fn send_again(store: &dyn Store, which: &[&str], now: Timestamp) -> Stored<String> {
    let ids = if which == [ALL] {
        let dead = delivery::dead(store).await?;
        dead.into_iter()
            .map(|letter| letter.id.to_string())
            .collect()
    } else {
        which.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
    };
    let mut lines = String::new();
    for id in ids {
        let found = match id.parse::<LetterId>() {
            Ok(id) => delivery::send_again(store, id, now).await?,
            Err(_) => false,
        };
        let came = if found {
            "is tried again"
        } else {
            "no letter that can't be sent has this id"
        };
        let _ = writeln!(lines, "{id}  {came}");
    }
    Ok(lines)
}
