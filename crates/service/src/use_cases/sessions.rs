//! The sessions of an account, seen and ended by whoever is logged in to it.
//!
//! Ending one needs no fresh session: it takes away no way to log in, and whoever sees a session that isn't
//! theirs is to end it at once.

use crate::call::Call;
use crate::refusal::Reply;
use crate::store::Session;
use crate::{hash, repeat};
use contract::session::{EndSessions, ListSessions, ListedSession, SessionList};
use contract::view::Done;
use core::cmp::Reverse;

pub(crate) async fn list_sessions(
    call: &mut Call<'_>,
    ListSessions {}: ListSessions,
) -> Reply<SessionList> {
    let member = call.member(&mut *call.read().await?).await?;
    call.count_list(&member).await?;
    let mut tx = call.read().await?;
    let mut all = tx.sessions_of(member.account.id).await?;
    all.retain(|session| call.goes_on(session));
    let is_this = |session: &Session| session.token_hash == member.session.token_hash;
    all.sort_by_key(|it| {
        (
            !is_this(it),
            Reverse(it.times.seen),
            Reverse(it.times.begun),
            id_of(it),
        )
    });
    let name = |name: Option<&'static str>| name.map(str::to_owned);
    let listed = all.iter().map(|session| ListedSession {
        id: id_of(session),
        browser: session
            .whereabouts
            .device
            .and_then(|it| name(it.browser.name())),
        system: session
            .whereabouts
            .device
            .and_then(|it| name(it.system.name())),
        country: session.whereabouts.country,
        begun: session.times.begun,
        seen: session.times.seen,
        is_this: is_this(session),
    });
    Ok(SessionList {
        sessions: listed.collect(),
    })
}

pub(crate) async fn end_sessions(
    call: &mut Call<'_>,
    EndSessions { id }: EndSessions,
) -> Reply<Done> {
    let mut tx = call.write().await?;
    let member = call.member(&mut *tx).await?;
    call.count_save(&mut *tx, &member).await?;
    if let Some(id) = id {
        let all = tx.sessions_of(member.account.id).await?;
        for session in all.iter().filter(|session| id_of(session) == id) {
            tx.delete_session(&session.token_hash).await?;
        }
    } else {
        // This one keeps its token: wrong passwords are counted by it, and nobody has proven anything.
        let own = &member.session.token_hash;
        tx.delete_other_sessions(member.account.id, own).await?;
    }
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

/// What a session is called outside: it leads neither to the token nor to its hash.
fn id_of(session: &Session) -> String {
    hash::of(&session.token_hash)
}
