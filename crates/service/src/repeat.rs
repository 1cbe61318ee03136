//! The same request, sent again with its key because its answer was lost.
//!
//! It begins when a request with a key comes ([`begin`]) and ends when it is answered ([`end`]); for ten
//! minutes the same browser gets that answer again, and nothing is done a second time. A use case that
//! would answer otherwise the second time commits its answer with what it has done ([`commit`]): a host
//! may end between the two. A session whose cookie was lost with the answer gets a new token, and the
//! secrets of what waits are given again ([`Call::give_secrets_again`]). Kept are replies, and what is
//! refused for good: any other refusal may be another one the next time.

use crate::call::{Call, KeyedClaim};
use crate::count::Try;
use crate::hash;
use crate::refusal::{Refusal, Reply};
use crate::secret;
use crate::store::{KeyedAnswer, KeyedRequest, Told, Transaction};
use contract::problem::{Code, Problem};
use contract::repeat::{KEPT_MINUTES, key_of, takes_key};
use domain::limit;
use domain::session::SessionStatus;
use domain::time::minutes;
use serde::Serialize;

/// How long a request may be worked on. One that takes longer broke off.
const WORKED_ON_MINUTES: u64 = 1;

/// What a request is, by its key.
pub(crate) enum Begun {
    /// One that can't be known again.
    Unkeyed,
    /// A new one: its answer is to be kept.
    New,
    /// One that was answered, and is answered so again.
    Answered(Reply<Vec<u8>>),
}

pub(crate) async fn begin(call: &mut Call<'_>, name: &str, body: &[u8]) -> Reply<Begun> {
    let caller = call.caller;
    let Some(key) = caller.key.as_deref().filter(|_| takes_key(name)) else {
        return Ok(Begun::Unkeyed);
    };
    let key = key_of(key).ok_or(Code::MalformedRequest)?.as_bytes();
    // Who has no secret yet could be anyone who knows the key.
    let Some(browser) = &caller.browser else {
        return Ok(Begun::Unkeyed);
    };
    let page = caller.page.as_deref().unwrap_or_default();
    let asked = [
        browser.as_bytes(),
        key,
        name.as_bytes(),
        page.as_bytes(),
        body,
    ];
    let new = KeyedRequest {
        id: hash::of_all(&[browser.as_bytes(), key]),
        browser: secret::browser_id(browser),
        fingerprint: hash::of_all(&asked),
        begun: call.now,
        answer: None,
    };
    let mut tx = call.write().await?;
    let known = tx.keyed_request(&new.id).await?;
    let is_kept = |known: &KeyedRequest| call.now < known.begun.plus(minutes(KEPT_MINUTES));
    if let Some(known) = known.filter(is_kept) {
        if known.fingerprint != new.fingerprint {
            return Err(Code::MalformedRequest.into());
        }
        let is_worked_on = call.now < known.begun.plus(minutes(WORKED_ON_MINUTES));
        if known.answer.is_none() && is_worked_on {
            let problem = Problem {
                retry_after_s: Some(1),
                ..Problem::new(Code::Unavailable)
            };
            return Err(problem.into());
        }
        // Where whoever it was for has gone, and so has the session that it began, the use case
        // judges it as it is now.
        if let Some(answer) = &known.answer
            && may_be_told(call, &mut *tx, &known, answer).await?
        {
            call.give_secrets_again(&mut *tx).await?;
            tx.commit().await?;
            return Ok(Begun::Answered(told(&answer.told)));
        }
    }
    let one = Try::default().by_network(limit::KEYED_BY_NETWORK, call);
    if call.may_try(&mut *tx, &one).await.is_err() {
        return Ok(Begun::Unkeyed);
    }
    call.count_in(&mut *tx, &one).await?;
    tx.put_keyed_request(&new).await?;
    tx.commit().await?;
    call.keyed = Some(KeyedClaim {
        id: new.id,
        begun: new.begun,
    });
    Ok(Begun::New)
}

fn told(told: &Told) -> Reply<Vec<u8>> {
    match told {
        Told::Reply(json) => Ok(json.clone().into_bytes()),
        Told::Problem(json) => {
            let problem: Problem = serde_json::from_str(json).map_err(|_| Code::Internal)?;
            Err(problem.into())
        }
    }
}

/// Whether who is here now may be told an answer again. Where its session's cookie was lost, they
/// are logged in by it; the token that was lost is worth nothing then.
async fn may_be_told(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    known: &KeyedRequest,
    answer: &KeyedAnswer,
) -> Reply<bool> {
    let here = call.visitor(tx).await?.map(|member| member.account.id);
    if here == answer.account {
        return Ok(true);
    }
    if here.is_some() {
        return Err(Code::OtherAccount.into());
    }
    let Some(hash) = &answer.session else {
        return Ok(false);
    };
    // A log-out deletes it, and so does whatever else ends it.
    let session = tx.session(hash).await?;
    let Some(session) = session.filter(|it| it.times.status(call.now) != SessionStatus::Ended)
    else {
        return Ok(false);
    };
    tx.delete_session(hash).await?;
    call.rotate(tx, session.account, session.times).await?;
    tx.put_keyed_request(&KeyedRequest {
        answer: Some(KeyedAnswer {
            session: Some(call.session_hash()),
            ..answer.clone()
        }),
        ..known.clone()
    })
    .await?;
    Ok(true)
}

/// Commits what was done, the letters that tell of it, and the reply to whoever asks again.
pub(crate) async fn commit<R: Serialize>(
    call: &mut Call<'_>,
    mut tx: Box<dyn Transaction>,
    reply: &R,
) -> Reply<()> {
    let Some(claim) = call.keyed.clone() else {
        return call.commit(tx).await;
    };
    let told = serde_json::to_string(reply).map_err(|_| Code::Internal)?;
    let session = call.begun_session();
    keep(call, &mut *tx, &claim, Told::Reply(told), session).await?;
    call.commit(tx).await?;
    call.keyed = None;
    Ok(())
}

/// Keeps what a request was answered, or forgets it where it may be sent anew.
pub(crate) async fn end(call: &mut Call<'_>, reply: &Reply<Vec<u8>>) -> Reply<()> {
    let Some(claim) = call.keyed.take() else {
        return Ok(());
    };
    let told = match reply {
        Ok(reply) => String::from_utf8(reply.clone()).ok().map(Told::Reply),
        Err(Refusal { problem, .. }) => {
            let is_final = matches!(problem.code, Code::InvalidInput | Code::WrongCredentials);
            let json = is_final.then(|| serde_json::to_string(problem));
            json.and_then(Result::ok).map(Told::Problem)
        }
    };
    let mut tx = call.write().await?;
    match told {
        Some(told) => {
            let session = reply.is_ok().then(|| call.begun_session()).flatten();
            keep(call, &mut *tx, &claim, told, session).await?;
        }
        None if of_claim(&mut *tx, &claim).await?.is_some() => {
            tx.delete_keyed_request(&claim.id).await?;
        }
        None => return Ok(()),
    }
    Ok(tx.commit().await?)
}

/// Nothing where somebody has logged out meanwhile, or it is answered.
async fn of_claim(tx: &mut dyn Transaction, claim: &KeyedClaim) -> Reply<Option<KeyedRequest>> {
    let kept = tx.keyed_request(&claim.id).await?;
    Ok(kept.filter(|kept| kept.begun == claim.begun && kept.answer.is_none()))
}

async fn keep(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    claim: &KeyedClaim,
    told: Told,
    session: Option<String>,
) -> Reply<()> {
    let Some(kept) = of_claim(tx, claim).await? else {
        return Ok(());
    };
    let member = call.visitor(tx).await?;
    let answer = KeyedAnswer {
        told,
        account: member.map(|member| member.account.id),
        session,
    };
    tx.put_keyed_request(&KeyedRequest {
        answer: Some(answer),
        ..kept
    })
    .await?;
    Ok(())
}
