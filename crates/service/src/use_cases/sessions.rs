//! The sessions of an account, seen and ended by whoever is logged in to it, and what happened to it.
//!
//! Ending one needs no fresh session: it takes away no way to log in, and whoever sees a session that isn't
//! theirs is to end it at once.

use crate::call::{Call, Member};
use crate::refusal::Reply;
use crate::store::{AccountHash, Activity, Session, Whereabouts};
use crate::{hash, repeat};
use contract::session::{
    ActivityList, ActivityPlace, EndSessions, ListActivity, ListSessions, ListedActivity,
    ListedSession, SessionList,
};
use contract::view::Done;
use core::cmp::Reverse;
use domain::activity::{Event, KEPT, LISTED};

pub(crate) async fn list_sessions(
    call: &mut Call<'_>,
    ListSessions {}: ListSessions,
) -> Reply<SessionList> {
    let member = call.member(&mut *call.read().await?).await?;
    call.count_list(&member).await?;
    let mut tx = call.read().await?;
    let all = tx.sessions_of(member.account.id).await?;
    Ok(SessionList {
        sessions: listed(call, &member, all),
    })
}

/// Those that haven't ended: this one first, then by their last use.
pub(super) fn listed(
    call: &Call<'_>,
    member: &Member,
    mut all: Vec<Session>,
) -> Vec<ListedSession> {
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
    let listed = all.iter().map(|session| ListedSession {
        id: id_of(session),
        browser: browser(session.whereabouts),
        system: system(session.whereabouts),
        country: session.whereabouts.country,
        begun: session.times.begun,
        seen: session.times.seen,
        is_this: is_this(session),
    });
    listed.collect()
}

fn browser(Whereabouts { device, .. }: Whereabouts) -> Option<String> {
    device?.browser.name().map(str::to_owned)
}

fn system(Whereabouts { device, .. }: Whereabouts) -> Option<String> {
    device?.system.name().map(str::to_owned)
}

pub(crate) async fn list_activity(
    call: &mut Call<'_>,
    ListActivity { after }: ListActivity,
) -> Reply<ActivityList> {
    let member = call.member(&mut *call.read().await?).await?;
    call.count_list(&member).await?;
    let mut tx = call.read().await?;
    let since = call.now.minus(KEPT);
    let account = AccountHash::of(member.account.id);
    let after = after.map(|after| (after.at, after.id));
    // One more, by which it is known whether there are older ones.
    let found = tx.activity_of(&account, since, after, LISTED + 1).await?;
    let shown = usize::try_from(LISTED).unwrap_or(usize::MAX);
    let older = found.get(shown).and(found.get(shown - 1));
    Ok(ActivityList {
        activity: found.iter().take(shown).map(listed_activity).collect(),
        next: older.map(place),
    })
}

pub(super) fn place(activity: &Activity) -> ActivityPlace {
    ActivityPlace {
        at: activity.at,
        id: activity.id,
    }
}

pub(super) fn listed_activity(activity: &Activity) -> ListedActivity {
    ListedActivity {
        event: activity.event,
        at: activity.at,
        browser: browser(activity.whereabouts),
        system: system(activity.whereabouts),
        country: activity.whereabouts.country,
    }
}

pub(crate) async fn end_sessions(
    call: &mut Call<'_>,
    EndSessions { id }: EndSessions,
) -> Reply<Done> {
    let mut tx = call.write().await?;
    let member = call.member(&mut *tx).await?;
    call.count_save(&mut *tx, &member).await?;
    let all = tx.sessions_of(member.account.id).await?;
    // This one keeps its token where all others end: wrong passwords are counted by it, and nobody has proven
    // anything.
    let is_meant = |session: &&Session| match &id {
        Some(id) => id_of(session) == *id,
        None => session.token_hash != member.session.token_hash,
    };
    let meant: Vec<_> = all.iter().filter(is_meant).collect();
    for session in &meant {
        tx.delete_session(&session.token_hash).await?;
    }
    // What does nothing is noted nowhere: it would push what happened out of sight.
    if !meant.is_empty() {
        call.note(&mut *tx, member.account.id, Event::SessionsEnded)
            .await?;
    }
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

/// What a session is called outside: it leads neither to the token nor to its hash.
fn id_of(session: &Session) -> String {
    hash::of(&session.token_hash)
}
