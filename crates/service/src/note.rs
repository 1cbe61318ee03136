//! What is written down of an account's security activity.

use crate::env::Env;
use crate::secret;
use crate::store::{AccountHash, Activity, Stored, Transaction, Whereabouts};
use domain::activity::Event;
use domain::id::{AccountId, ActivityId};
use domain::time::Timestamp;

/// Notes what happens to an account, with the transaction in which it happens.
pub(crate) async fn note(
    env: &Env,
    tx: &mut dyn Transaction,
    account: AccountId,
    event: Event,
    (at, whereabouts): (Timestamp, Whereabouts),
) -> Stored<()> {
    tx.insert_activity(&Activity {
        id: ActivityId(secret::id(&*env.randomness)),
        account: AccountHash::of(account),
        at,
        event,
        whereabouts,
    })
    .await
}

/// The same, of what the portal does by itself.
pub(crate) async fn note_of_portal(
    env: &Env,
    tx: &mut dyn Transaction,
    account: AccountId,
    event: Event,
    now: Timestamp,
) -> Stored<()> {
    note(env, tx, account, event, (now, Whereabouts::default())).await
}
