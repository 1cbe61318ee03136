//! Who is there: log in, log out, and prove again who you are.

use crate::call::{Call, ads_stage, home_of};
use crate::count::Try;
use crate::env::Busy;
use crate::letter::News;
use crate::refusal::Reply;
use crate::store::{Account, Transaction, Visit};
use crate::{grants, repeat};
use contract::check::Check;
use contract::problem::Code;
use contract::route::Route;
use contract::session::{ConfirmPassword, Credentials, GetSession, LogIn, LogOut, Member, Session};
use contract::view::{Done, Moved};
use domain::activity::Event;
use domain::authorization::Authorization;
use domain::email::Email;
use domain::id::AccountId;
use domain::limit::{self, Count};
use domain::password::Password;
use domain::session::SessionTimes;

pub(crate) async fn get_session(call: &mut Call<'_>, request: GetSession) -> Reply<Session> {
    call.browser();
    let demonstration = call.env.demonstration;
    Ok(match call.visit().await? {
        Some(visit) => Session {
            tiktok: call.availability(&visit.account),
            region: visit.account.region,
            home: home_of(&visit.account),
            member: Some(view(visit)),
            demonstration,
        },
        None => Session {
            tiktok: call.guest_availability(request.region),
            region: call.caller.region.or(request.region),
            home: Route::LogIn { then: None },
            member: None,
            demonstration,
        },
    })
}

fn view(
    Visit {
        session: _,
        account,
        link,
        deletion,
    }: Visit,
) -> Member {
    let ads_account = ads_stage(&account);
    let email = account.email.as_ref().map(Email::shown);
    let name = account
        .name
        .or_else(|| link.map(|link| link.profile.display_name))
        .or_else(|| email.clone())
        .unwrap_or_default();
    Member {
        account: account.id,
        name,
        email,
        ads_account,
        language: account.language,
        deletion,
    }
}

pub(crate) async fn log_in(call: &mut Call<'_>, request: LogIn) -> Reply<Moved> {
    let credentials = request.check()?;
    let account = authenticate(call, &credentials).await?;
    let mut tx = call.write().await?;
    let account = as_it_is_now(&mut *tx, account).await?;
    call.begin_session(&mut *tx, account.id).await?;
    call.note(&mut *tx, account.id, Event::LoggedInByPassword)
        .await?;
    let moved = Moved {
        to: request
            .then
            .filter(Route::may_follow_log_in)
            .unwrap_or_else(|| home_of(&account)),
    };
    repeat::commit(call, tx, &moved).await?;
    Ok(moved)
}

/// The account of these credentials. It takes as long, and says the same, whether the address is
/// unknown or the password wrong (Invariant 7).
pub(crate) async fn authenticate(call: &mut Call<'_>, credentials: &Credentials) -> Reply<Account> {
    let mut tx = call.write().await?;
    let account = tx.account_by_email(&credentials.email).await?;
    let id = account.as_ref().map(|account| account.id);
    let known = call.by_known_browser(&mut *tx, id).await?;
    let email = credentials.email.as_str();
    // A browser that was logged in to this account has a count of its own: what strangers do keeps
    // nobody out.
    let one = known.unwrap_or_else(|| {
        Try::default()
            .by(limit::LOG_IN_BY_EMAIL, email)
            .by_network_and(limit::LOG_IN_BY_EMAIL_AND_NETWORK, call, email)
            .by_network(limit::LOG_IN_BY_NETWORK, call)
    });
    let last_of = call.count_in(&mut *tx, &one).await?;
    let work = Try::default().by_network(limit::PASSWORD_BY_NETWORK, call);
    call.count_in(&mut *tx, &work).await?;
    tx.commit().await?;
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.as_deref());
    let fits = fits(call, &credentials.password, hash).await;
    let fits = call.hashed(&one, fits).await?;
    match account {
        Some(account) if fits => {
            let mut tx = call.write().await?;
            call.give_back_in(&mut *tx, &one).await?;
            call.make_known(&mut *tx, account.id).await?;
            tx.commit().await?;
            Ok(account)
        }
        account => {
            let is_last = last_of.contains(&limit::LOG_IN_BY_EMAIL);
            // Where that can't be stored now, the log is told: the answer is the one that all get.
            if let Err(refusal) = note_failure(call, account, is_last).await {
                call.cause = refusal.cause;
            }
            Err(Code::WrongCredentials.into())
        }
    }
}

/// An account whose password was right, as it is by now: while that was hashed the account may have been deleted,
/// or have got another password or address, which ended every session by those before.
pub(crate) async fn as_it_is_now(tx: &mut dyn Transaction, account: Account) -> Reply<Account> {
    let now = tx.account(account.id).await?;
    let now = now
        .filter(|now| (&now.email, &now.password_hash) == (&account.email, &account.password_hash));
    now.ok_or_else(|| Code::WrongCredentials.into())
}

/// Notes that somebody proved who they are, though what they wanted with it was refused, and commits.
pub(super) async fn note_refused_proof(
    call: &Call<'_>,
    mut tx: Box<dyn Transaction>,
    account: AccountId,
) -> Reply<()> {
    call.note(&mut *tx, account, Event::ProofRefused).await?;
    Ok(tx.commit().await?)
}

/// Notes a wrong password, and writes to the owner where it is the last one for now. For an address that has
/// no account as much is written, which takes as long (Invariant 7).
async fn note_failure(call: &mut Call<'_>, account: Option<Account>, is_last: bool) -> Reply<()> {
    let mut tx = call.write().await?;
    let Some(account) = account else {
        let nothing = Count {
            since: call.now,
            tries: 1,
            ends: call.now,
        };
        tx.put_count("wrong password for nobody", nothing).await?;
        return Ok(tx.commit().await?);
    };
    call.note(&mut *tx, account.id, Event::LogInFailed).await?;
    let news = News::ManyFailures {
        tries: limit::LOG_IN_BY_EMAIL.count,
    };
    if let Some(letter) = account.letter(news).filter(|_| is_last) {
        call.write_letter(&mut *tx, letter).await?;
    }
    call.commit(tx).await
}

/// Whether it is the password, in any form in which it may have been hashed.
async fn fits(call: &Call<'_>, password: &Password, hash: Option<&str>) -> Result<bool, Busy> {
    for form in password.forms() {
        if call.env.passwords.verify(&form, hash).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) async fn log_out(call: &mut Call<'_>, LogOut {}: LogOut) -> Reply<Moved> {
    let visitor = call.visitor(&mut *call.read().await?).await?;
    if let Some(member) = visitor {
        call.drawn_for(&member)?;
    }
    call.end_session().await?;
    // Whoever sits here next finds neither an address that waits for its code nor, at the fork, a
    // TikTok account that isn't theirs. A link that waits for a log-in stays: only its own account
    // can finish it. And nothing that was answered here is answered again.
    let browser = call.browser();
    let mut tx = call.write().await?;
    tx.delete_keyed_requests(&browser).await?;
    tx.delete_sign_up(&browser).await?;
    let unneeded = match tx.last_authorization(&browser).await? {
        Some(last) => grants::let_go(&mut *tx, last, Authorization::leave_fork).await?,
        None => None,
    };
    tx.commit().await?;
    grants::revoke_at_once(call.env, unneeded.as_ref(), call.now).await;
    Ok(Moved {
        to: Route::LogIn { then: None },
    })
}

pub(crate) async fn confirm_password(call: &mut Call<'_>, request: ConfirmPassword) -> Reply<Done> {
    let password = request.check()?;
    let member = call.member(&mut *call.read().await?).await?;
    let id = member.account.id;
    // Each session for itself: a copied one doesn't use up its owner's.
    let one = Try::default().by(limit::CONFIRM_BY_SESSION, &member.session.token_hash);
    let last_of = call.count(&one).await?;
    let hash = member.account.password_hash.as_deref();
    let fits = fits(call, &password, hash).await;
    if !call.hashed(&one, fits).await? {
        let mut tx = call.write().await?;
        call.note(&mut *tx, id, Event::LogInFailed).await?;
        tx.commit().await?;
        if last_of.is_empty() {
            return Err(Code::WrongCredentials.into());
        }
        call.end_session().await?;
        return Err(Code::NotLoggedIn.into());
    }
    let mut tx = call.write().await?;
    call.give_back_in(&mut *tx, &one).await?;
    // The session may have ended while the password was hashed.
    let member = call.member(&mut *tx).await?;
    let times = SessionTimes {
        authenticated: call.now,
        seen: call.now,
        ..member.session.times
    };
    call.rotate(&mut *tx, id, times).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}
