//! Passkeys: added, used to log in and to prove again who sits at a session, and removed.
//!
//! A challenge is taken before its answer is looked at, in a transaction of its own: whatever comes of it, it is of
//! no use again.

use super::methods::{may_be_left, methods, worked};
use super::transfer;
use crate::call::{Call, home_of};
use crate::count::Try;
use crate::hash;
use crate::letter::News;
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::store::{Account, Link, Passkey, Transaction};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::check::Check;
use contract::passkeys::{
    AddPasskey, AskForPasskey, Assertion, BeginPasskey, ConfirmByPasskey, ListPasskeys,
    ListedPasskey, LogInByPasskey, NewPasskey, PasskeyList, PasskeyPurpose, PasskeyRequest,
    RemovePasskey,
};
use contract::problem::Code;
use contract::route::Route;
use contract::view::{Done, Moved};
use domain::activity::Event;
use domain::email::Email;
use domain::id::AccountId;
use domain::limit;
use domain::link::{LogInMethods, RemovalRefusal, remove_passkey as take_away};
use domain::passkey::{Ceremony, PASSKEYS_MAX, Purpose};
use domain::session::SessionTimes;
use webauthn::{Algorithm, Credential, PublicKey, Registration};

pub(crate) async fn begin_passkey(
    call: &mut Call<'_>,
    BeginPasskey {}: BeginPasskey,
) -> Reply<NewPasskey> {
    let mut tx = call.read().await?;
    let member = call.fresh_member(&mut *tx).await?;
    let account = member.account.id;
    let all = tx.passkeys_of(account).await?;
    let link = tx.link_of_account(account).await?;
    drop(tx);
    if all.len() >= PASSKEYS_MAX {
        return Err(Code::TooManyRequests.into());
    }
    Ok(NewPasskey {
        challenge: begin(call, Purpose::Add { account }).await?,
        rp_id: call.env.relying_party.id.clone(),
        user_id: handle(account),
        user_name: shown(&member.account, link),
        algorithms: Algorithm::ALL.map(Algorithm::number).to_vec(),
        exclude: all.into_iter().map(|passkey| passkey.id).collect(),
    })
}

/// How an authenticator shows the account.
fn shown(account: &Account, link: Option<Link>) -> String {
    let email = account.email.as_ref().map(Email::shown);
    email
        .or_else(|| link.map(|link| link.profile.display_name))
        .unwrap_or_default()
}

/// The user handle of an account. Authenticators keep it when the account is gone, so it isn't the account's id, by
/// whose hash the security activity is kept.
fn handle(account: AccountId) -> String {
    // Its 64 hexadecimal digits are base64url, of 48 bytes; there may be 64.
    hash::of_all(&[b"user handle", account.0.as_bytes()])
}

/// Draws a challenge for this browser, in the place of any other that it has.
async fn begin(call: &mut Call<'_>, purpose: Purpose) -> Reply<String> {
    let one = match purpose.account() {
        Some(account) => Try::default().by(limit::PASSKEY_BY_ACCOUNT, &account.to_string()),
        None => Try::default().by_network(limit::PASSKEY_BY_NETWORK, call),
    };
    call.count(&one).await?;
    let browser = call.browser();
    let mut bytes = [0; 32];
    call.env.randomness.fill(&mut bytes);
    let ceremony = Ceremony {
        purpose,
        challenge: URL_SAFE_NO_PAD.encode(bytes),
        begun: call.now,
    };
    let mut tx = call.write().await?;
    tx.put_ceremony(&browser, &ceremony).await?;
    tx.commit().await?;
    Ok(ceremony.challenge)
}

/// The challenge that this browser was given for a purpose, which nobody can answer again.
async fn take(call: &mut Call<'_>, purpose: Purpose) -> Reply<Vec<u8>> {
    let browser = call.browser();
    let mut tx = call.write().await?;
    let ceremony = tx.ceremony(&browser).await?;
    tx.delete_ceremony(&browser).await?;
    tx.commit().await?;
    let ceremony = ceremony.ok_or(Code::PasskeyRefused)?;
    let challenge = ceremony
        .answer(purpose, call.now)
        .map_err(|_| Code::PasskeyRefused)?;
    decoded(&challenge)
}

fn decoded(text: &str) -> Reply<Vec<u8>> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| Code::PasskeyRefused.into())
}

fn refused(why: &webauthn::Refusal) -> Refusal {
    Refusal {
        cause: Some(format!("a passkey was refused: {why}")),
        ..Refusal::from(Code::PasskeyRefused)
    }
}

pub(crate) async fn add_passkey(call: &mut Call<'_>, request: AddPasskey) -> Reply<Done> {
    let name = request.check()?;
    let member = call.fresh_member(&mut *call.read().await?).await?;
    let account = member.account.id;
    let challenge = take(call, Purpose::Add { account }).await?;
    let registration = Registration {
        client_data: &decoded(&request.client_data)?,
        authenticator_data: &decoded(&request.authenticator_data)?,
        public_key: &decoded(&request.public_key)?,
        algorithm: request.algorithm,
    };
    let made = call
        .env
        .relying_party
        .register(&challenge, &registration)
        .map_err(|why| refused(&why))?;
    let passkey = Passkey {
        id: URL_SAFE_NO_PAD.encode(&made.id),
        account,
        name: name.clone(),
        algorithm: made.key.algorithm().number(),
        public_key: URL_SAFE_NO_PAD.encode(made.key.der()),
        counter: made.counter,
        backup_eligible: made.backup_eligible,
        backed_up: made.backed_up,
        created: call.now,
        used: None,
    };
    let mut tx = call.write().await?;
    let member = call.fresh_member(&mut *tx).await?;
    if tx.passkeys_of(account).await?.len() >= PASSKEYS_MAX {
        return Err(Code::TooManyRequests.into());
    }
    if tx.passkey(&passkey.id).await?.is_some() {
        return Err(Code::PasskeyExists.into());
    }
    call.count_by_account(&mut *tx, limit::NEW_PASSKEY_BY_ACCOUNT, account)
        .await?;
    tx.insert_passkey(&passkey).await?;
    call.note(&mut *tx, account, Event::PasskeyAdded).await?;
    call.end_other_sessions(&mut *tx, &member).await?;
    let news = News::PasskeyAdded { name };
    call.tell(&mut *tx, &member.account, news).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

/// Removes passkeys of an account, and tells of all by one letter. Its caller sees to it that another way to log in
/// is left (Invariant 3).
pub(super) async fn remove(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    account: &Account,
    passkeys: Vec<Passkey>,
) -> Reply<()> {
    let mut names = Vec::new();
    for passkey in passkeys {
        tx.delete_passkey(&passkey.id).await?;
        call.note(tx, account.id, Event::PasskeyRemoved).await?;
        names.push(passkey.name);
    }
    if names.is_empty() {
        return Ok(());
    }
    let names = names.join(", ");
    call.tell(tx, account, News::PasskeysRemoved { names })
        .await
}

pub(crate) async fn list_passkeys(
    call: &mut Call<'_>,
    ListPasskeys {}: ListPasskeys,
) -> Reply<PasskeyList> {
    let member = call.member(&mut *call.read().await?).await?;
    call.count_list(&member).await?;
    let all = call.read().await?.passkeys_of(member.account.id).await?;
    Ok(PasskeyList {
        passkeys: all.into_iter().map(listed).collect(),
    })
}

fn listed(passkey: Passkey) -> ListedPasskey {
    ListedPasskey {
        id: passkey.id,
        name: passkey.name,
        created: passkey.created,
        used: passkey.used,
        backed_up: passkey.backed_up,
    }
}

pub(crate) async fn remove_passkey(call: &mut Call<'_>, request: RemovePasskey) -> Reply<Done> {
    let mut tx = call.write().await?;
    let member = call.fresh_member(&mut *tx).await?;
    let account = &member.account;
    let link = tx.link_of_account(account.id).await?;
    let mut others = tx.passkeys_of(account.id).await?;
    let which = others.iter().position(|passkey| passkey.id == request.id);
    let which = which.ok_or(Code::NotFound)?;
    let removed = others.remove(which);
    let others = worked(others);
    let left = methods(account, link.as_ref(), &others);
    let before = LogInMethods {
        passkeys: left.passkeys + 1,
        ..left
    };
    take_away(before).map_err(|refusal| {
        Refusal::from(match refusal {
            RemovalRefusal::NoPasskey => Code::NotFound,
            RemovalRefusal::LastLogInMethod => Code::LastLogInMethod,
        })
    })?;
    may_be_left(call, &mut *tx, account, link.as_ref(), &others).await?;
    remove(call, &mut *tx, account, vec![removed]).await?;
    // It may have begun it.
    transfer::stop(call, &mut *tx, account.id).await?;
    call.end_other_sessions(&mut *tx, &member).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

pub(crate) async fn ask_for_passkey(
    call: &mut Call<'_>,
    AskForPasskey { purpose }: AskForPasskey,
) -> Reply<PasskeyRequest> {
    let (purpose, allow) = match purpose {
        PasskeyPurpose::LogIn => (Purpose::LogIn, Vec::new()),
        PasskeyPurpose::Confirm => {
            let mut tx = call.read().await?;
            let account = call.member(&mut *tx).await?.account.id;
            let all = tx.passkeys_of(account).await?;
            // An empty list would say that any will do.
            if all.is_empty() {
                return Err(Code::NotFound.into());
            }
            let ids = all.into_iter().map(|passkey| passkey.id);
            (Purpose::Confirm { account }, ids.collect())
        }
    };
    Ok(PasskeyRequest {
        challenge: begin(call, purpose).await?,
        rp_id: call.env.relying_party.id.clone(),
        allow,
    })
}

/// The passkey that has signed, as it is from now on, with its account.
pub(super) async fn verified(
    call: &mut Call<'_>,
    purpose: Purpose,
    assertion: &Assertion,
) -> Reply<(Passkey, Account)> {
    let challenge = take(call, purpose).await?;
    let mut tx = call.read().await?;
    let passkey = tx.passkey(&assertion.id).await?;
    let passkey = passkey.ok_or(Code::PasskeyUnknown)?;
    let account = tx.account(passkey.account).await?;
    drop(tx);
    let account = account.ok_or(Code::PasskeyUnknown)?;
    // Who logs in has told nobody yet who they are, so the authenticator must (7.2, step 6).
    let is_theirs = match (&assertion.user_handle, purpose) {
        (Some(told), _) => *told == handle(account.id),
        (None, Purpose::LogIn) => false,
        (None, Purpose::Add { .. } | Purpose::Confirm { .. }) => true,
    };
    if !is_theirs {
        return Err(Code::PasskeyRefused.into());
    }
    let answer = webauthn::Assertion {
        client_data: &decoded(&assertion.client_data)?,
        authenticator_data: &decoded(&assertion.authenticator_data)?,
        signature: &decoded(&assertion.signature)?,
    };
    let used = call
        .env
        .relying_party
        .authenticate(&challenge, &credential(&passkey)?, &answer)
        .map_err(|why| refused(&why))?;
    let passkey = Passkey {
        counter: used.counter,
        backed_up: used.backed_up,
        used: Some(call.now),
        ..passkey
    };
    Ok((passkey, account))
}

fn credential(passkey: &Passkey) -> Reply<Credential> {
    let key = PublicKey::read(passkey.algorithm, &decoded(&passkey.public_key)?);
    Ok(Credential {
        id: decoded(&passkey.id)?,
        key: key.map_err(|_| Code::PasskeyRefused)?,
        counter: passkey.counter,
        backup_eligible: passkey.backup_eligible,
        backed_up: passkey.backed_up,
    })
}

/// Notes that a passkey was used, unless it was removed meanwhile, or was used at the same time: a counter that is
/// read before and written after would be worth nothing.
pub(super) async fn note_use(tx: &mut dyn Transaction, used: &Passkey) -> Reply<()> {
    let now = tx.passkey(&used.id).await?.ok_or(Code::PasskeyUnknown)?;
    // Its id may be another's by now.
    if (now.account, &now.public_key, now.created) != (used.account, &used.public_key, used.created)
    {
        return Err(Code::PasskeyUnknown.into());
    }
    let counts = used.counter != 0 || now.counter != 0;
    if counts && now.counter >= used.counter {
        return Err(Code::PasskeyRefused.into());
    }
    Ok(tx.update_passkey(used).await?)
}

pub(crate) async fn log_in_by_passkey(
    call: &mut Call<'_>,
    LogInByPasskey { assertion, then }: LogInByPasskey,
) -> Reply<Moved> {
    let (passkey, account) = verified(call, Purpose::LogIn, &assertion).await?;
    let mut tx = call.write().await?;
    note_use(&mut *tx, &passkey).await?;
    call.begin_session(&mut *tx, account.id).await?;
    call.note(&mut *tx, account.id, Event::LoggedInByPasskey)
        .await?;
    let moved = Moved {
        to: then
            .filter(Route::may_follow_log_in)
            .unwrap_or_else(|| home_of(&account)),
    };
    repeat::commit(call, tx, &moved).await?;
    Ok(moved)
}

pub(crate) async fn confirm_by_passkey(
    call: &mut Call<'_>,
    ConfirmByPasskey { assertion }: ConfirmByPasskey,
) -> Reply<Done> {
    let member = call.member(&mut *call.read().await?).await?;
    let account = member.account.id;
    let (passkey, _) = verified(call, Purpose::Confirm { account }, &assertion).await?;
    if passkey.account != account {
        return Err(Code::PasskeyUnknown.into());
    }
    let mut tx = call.write().await?;
    // The session may have ended meanwhile.
    let member = call.member(&mut *tx).await?;
    note_use(&mut *tx, &passkey).await?;
    let times = SessionTimes {
        authenticated: call.now,
        seen: call.now,
        ..member.session.times
    };
    call.rotate(&mut *tx, account, times).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}
