//! An authorization at TikTok.

use super::outcome::{completed, destination, purpose};
use super::settle::{exchange, settle};
use crate::call::{Call, available};
use crate::count::Try;
use crate::grants;
use crate::refusal::Reply;
use crate::secret;
use crate::store::{Sealable, StoredAuthorization, Transaction};
use crate::tiktok;
use contract::authorization::{
    AuthorizationStatus, BeginAuthorization, Begun, CompleteAuthorization, Completed,
    GetAuthorization, LastAuthorization, Purpose,
};
use contract::check::Check;
use contract::problem::{Code, Problem};
use contract::route::Route;
use domain::authorization::{
    Authorization, Intent, Outcome, PROOF_LIFE_MINUTES, Phase, Received, ReturnTo,
};
use domain::id::AuthorizationId;
use domain::limit;
use domain::time::{minutes, whole_seconds};
use login_kit::Callback;

pub(crate) async fn begin_authorization(
    call: &mut Call<'_>,
    request: BeginAuthorization,
) -> Reply<Begun> {
    request.check()?;
    let browser = call.browser();
    let one = Try::default()
        .by_network(limit::AUTHORIZATION_BY_NETWORK, call)
        .by(limit::AUTHORIZATION_BY_BROWSER, &browser.0);
    call.count(&one).await?;
    let verifier = tiktok::verifier(call.env);
    let id = AuthorizationId(secret::id(&*call.env.randomness));
    let mut tx = call.write().await?;
    let intent = intent(call, &mut *tx, &request).await?;
    // A returning user is sent straight back as the same account unless TikTok is told to ask:
    // for every link, and when the authorization before led nowhere.
    let last = tx.last_authorization(&browser).await?;
    let disable_auto_auth = match intent {
        Intent::LogIn => last.as_ref().is_some_and(led_nowhere),
        Intent::SignUp | Intent::Link { .. } | Intent::Confirm { .. } => true,
    };
    // Of no use from now on: a browser's last authorization is the one whose proof counts.
    let unneeded = match last {
        Some(last) => grants::let_go(&mut *tx, last, Authorization::abandon).await?,
        None => None,
    };
    let stored = StoredAuthorization {
        id,
        authorization: Authorization::begin(intent, browser, call.now),
        verifier: Sealable::Open(verifier.as_str().to_owned()),
        region: call.caller.region.or(request.region),
        language: request.language,
        grant: None,
        secret_hash: None,
    };
    tx.put_authorization(&stored).await?;
    tx.commit().await?;
    grants::revoke_at_once(call.env, unneeded.as_ref(), call.now).await;
    Ok(Begun {
        authorize_url: tiktok::authorize_url(
            call.env,
            &id.to_string(),
            disable_auto_auth,
            &verifier,
        ),
        log_out_url: call.env.tiktok.log_out_url().to_owned(),
    })
}

/// The intent of a request, if the one who asks may have it.
async fn intent(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    request: &BeginAuthorization,
) -> Reply<Intent> {
    match request.purpose {
        Purpose::SignUp { .. } => {
            available(call.guest_availability(request.region))?;
            Ok(Intent::SignUp)
        }
        // Whoever has a link can log in by it, wherever they are: the rollout decides at the fork.
        Purpose::LogIn => Ok(Intent::LogIn),
        Purpose::Link { to } => {
            let account = call.fresh_member(tx).await?.account;
            match tx.link_of_account(account.id).await? {
                None => available(call.availability(&account))?,
                // One that TikTok doesn't take any more is authorized again, wherever its owner is.
                Some(link) if link.health.fault().is_some() => {}
                Some(_) => return Err(Code::AccountHasLink.into()),
            }
            match to {
                ReturnTo::Profile => {}
                ReturnTo::Ad { draft } => {
                    let draft = tx.draft(draft).await?;
                    if draft.is_none_or(|draft| draft.account != account.id) {
                        return Err(Code::NotFound.into());
                    }
                }
            }
            Ok(Intent::Link {
                account: account.id,
                return_to: to,
            })
        }
        Purpose::Confirm => {
            let account = call.member(tx).await?.account;
            if tx.link_of_account(account.id).await?.is_none() {
                return Err(Code::NotLinked.into());
            }
            // Who has a password is asked for it: at a machine that was left alone, TikTok may need
            // no more than a click.
            if account.password_hash.is_some() {
                return Err(Code::EmailExists.into());
            }
            Ok(Intent::Confirm {
                account: account.id,
            })
        }
    }
}

fn led_nowhere(last: &StoredAuthorization) -> bool {
    match last.authorization.phase {
        Phase::Pending | Phase::Exchanging { .. } | Phase::Proved { .. } => true,
        Phase::Ended { outcome } => match outcome {
            Outcome::SignedUp | Outcome::LoggedIn | Outcome::Linked | Outcome::Confirmed => false,
            Outcome::ChooseAccount
            | Outcome::AlreadyYours
            | Outcome::AlreadyLinked
            | Outcome::AccountHasLink
            | Outcome::ConfirmNeeded
            | Outcome::SessionEnded
            | Outcome::ConfirmedByAnother
            | Outcome::Cancelled
            | Outcome::ScopeDenied
            | Outcome::TikTokFailed
            | Outcome::NotAvailable
            | Outcome::Expired
            | Outcome::OtherBrowser
            | Outcome::Unknown => true,
        },
    }
}

pub(crate) async fn complete_authorization(
    call: &mut Call<'_>,
    request: CompleteAuthorization,
) -> Reply<Completed> {
    let browser = call.browser();
    let callback = Callback::parse(&request.query);
    let Some(id) = callback.state().and_then(|state| state.parse().ok()) else {
        return Ok(unknown());
    };
    call.cause = tiktok::refusal(&callback);
    let mut tx = call.write().await?;
    let Some(mut stored) = tx.authorization(id).await? else {
        return Ok(unknown());
    };
    let before = stored.clone();
    let received = stored
        .authorization
        .receive(tiktok::response(callback), &browser, call.now);
    // Before the callback is used up: without its verifier nothing could come of it.
    if let Received::Exchange { .. } = &received {
        stored.open_verifier()?;
    }
    // The first answer, and the secret with it, may have been lost on its way. Whoever comes with
    // the `state` in the browser that began it is the one who came back with it.
    if stored.authorization.proof(&browser, call.now).is_ok() && !call.holds_proof(&stored) {
        stored.secret_hash = Some(call.draw_proof());
    }
    // A callback that changes nothing writes nothing, however often it comes.
    if stored == before {
        drop(tx);
    } else {
        tx.put_authorization(&stored).await?;
        tx.commit().await?;
    }
    let outcome = match received {
        Received::Exchange { code } => {
            let exchange = exchange(call, &code, stored.open_verifier()?).await?;
            return settle(call, id, &stored.authorization.intent, exchange).await;
        }
        Received::Show(outcome) => outcome,
        Received::Wait => {
            let problem = Problem {
                retry_after_s: Some(1),
                ..Problem::new(Code::InProgress)
            };
            return Err(problem.into());
        }
    };
    let mut tx = call.read().await?;
    completed(call, &mut *tx, &stored.authorization.intent, outcome).await
}

fn unknown() -> Completed {
    let outcome = Outcome::Unknown;
    Completed {
        outcome,
        to: Route::TikTokOutcome { outcome },
    }
}

pub(crate) async fn get_authorization(
    call: &mut Call<'_>,
    GetAuthorization {}: GetAuthorization,
) -> Reply<LastAuthorization> {
    let browser = call.browser();
    let mut tx = call.read().await?;
    let home = call.home(&mut *tx).await?;
    // A proof shows whose it is, and its id would be a `state` to come back with: another browser
    // learns neither.
    let is_shown = |last: &StoredAuthorization| match last.authorization.phase {
        Phase::Proved { .. } => call.holds_proof(last),
        Phase::Pending | Phase::Exchanging { .. } | Phase::Ended { .. } => true,
    };
    let Some(last) = tx.last_authorization(&browser).await?.filter(is_shown) else {
        return Ok(LastAuthorization {
            id: None,
            purpose: None,
            to: home,
            status: AuthorizationStatus::None,
        });
    };
    let id = match last.authorization.phase {
        Phase::Proved { .. } => Some(last.id),
        Phase::Pending | Phase::Exchanging { .. } | Phase::Ended { .. } => None,
    };
    let authorization = last.authorization;
    let status = match &authorization.phase {
        Phase::Pending | Phase::Exchanging { .. } => {
            let left = authorization.left(call.now);
            if left.is_zero() {
                AuthorizationStatus::Ended {
                    outcome: Outcome::Expired,
                }
            } else {
                AuthorizationStatus::Pending {
                    left_s: whole_seconds(left),
                }
            }
        }
        Phase::Proved { proof, outcome } => match authorization.proof(&browser, call.now) {
            Ok(_) => AuthorizationStatus::Proved {
                profile: proof.profile.clone(),
                outcome: *outcome,
                left_s: whole_seconds(
                    proof
                        .proven
                        .plus(minutes(PROOF_LIFE_MINUTES))
                        .since(call.now),
                ),
            },
            Err(_) => AuthorizationStatus::Ended {
                outcome: Outcome::Expired,
            },
        },
        Phase::Ended { outcome } => AuthorizationStatus::Ended { outcome: *outcome },
    };
    let purpose = purpose(&authorization.intent);
    let to = match &status {
        AuthorizationStatus::None | AuthorizationStatus::Pending { .. } => Route::TikTokWaiting,
        AuthorizationStatus::Proved { outcome, .. } | AuthorizationStatus::Ended { outcome } => {
            destination(purpose, *outcome, home)
        }
    };
    Ok(LastAuthorization {
        id,
        purpose: Some(purpose),
        to,
        status,
    })
}
