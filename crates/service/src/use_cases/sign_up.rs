//! An e-mail address with a password: signing up by them, adding them to an account, having another
//! address, or setting another password where the one before is forgotten.
//!
//! Whether an address has an account shows in the e-mail alone: the steps, the replies and the work
//! done are the same (Invariant 7).

use super::address::{self, Owner};
use super::{passkeys, transfer};
use crate::call::{Call, home_of};
use crate::count::Try;
use crate::letter::{Letter, News};
use crate::refusal::{Refusal, Reply};
use crate::store::{Account, StoreError, Transaction};
use crate::{repeat, secret};
use contract::check::Check;
use contract::problem::{Code, Problem};
use contract::route::{ProfileDialog, Route};
use contract::sign_up::{
    AddEmail, CodePurpose, CodeSent, GetSignUp, PendingCode, ResendCode, ResetPassword,
    SignUp as SignUpRequest, VerifyEmail,
};
use contract::view::Moved;
use domain::activity::Event;
use domain::ads_account::AdsAccount;
use domain::email::Email;
use domain::id::{AccountId, BrowserId};
use domain::input::{Fault, Field, FieldFault};
use domain::limit;
use domain::password::Password;
use domain::region::{Country, Language};
use domain::sign_up::{CODE_LIFE_MINUTES, CodeRefusal, Purpose, ResendRefusal, SignUp, State};
use domain::time::whole_seconds;

pub(crate) async fn sign_up(call: &mut Call<'_>, request: SignUpRequest) -> Reply<CodeSent> {
    let new = request.check()?;
    let purpose = Purpose::SignUp {
        region: new.region,
        language: request.language,
    };
    begin(
        call,
        new.email,
        Some(&new.password),
        purpose,
        request.language,
    )
    .await
}

pub(crate) async fn add_email(call: &mut Call<'_>, request: AddEmail) -> Reply<CodeSent> {
    let new = request.check()?;
    let account = call.fresh_member(&mut *call.read().await?).await?.account;
    if account.email.is_some() {
        return Err(Code::EmailExists.into());
    }
    let purpose = Purpose::AddEmail {
        account: account.id,
    };
    begin(
        call,
        new.email,
        Some(&new.password),
        purpose,
        account.language,
    )
    .await
}

pub(crate) async fn reset_password(call: &mut Call<'_>, request: ResetPassword) -> Reply<CodeSent> {
    let new = request.check()?;
    let language = request.language;
    let purpose = Purpose::ResetPassword { language };
    begin(call, new.email, Some(&new.password), purpose, language).await
}

/// Has a letter sent to an address, and this browser wait for the code in it. A `password` is what is set
/// with it.
pub(super) async fn begin(
    call: &mut Call<'_>,
    email: Email,
    password: Option<&Password>,
    purpose: Purpose,
    language: Language,
) -> Reply<CodeSent> {
    let browser = call.browser();
    let before = call.read().await?.sign_up(&browser).await?;
    if let Some(mut before) = before
        && (&before.email, before.purpose) == (&email, purpose)
        && !before.state.resend_wait(call.now).is_zero()
        && call.holds_sign_up(&before)
    {
        // Asked again: what was sent a moment ago counts.
        if let Some(password) = password {
            before.password_hash = Some(call.env.passwords.hash(password.expose()).await?);
        }
        let mut tx = call.write().await?;
        tx.put_sign_up(&browser, &before, call.now).await?;
        tx.commit().await?;
        return Ok(sent(call, &before));
    }
    let one = one_letter(call, &email);
    call.count(&one).await?;
    let password_hash = match password {
        Some(password) => {
            let hashed = call.env.passwords.hash(password.expose()).await;
            Some(call.hashed(&one, hashed).await?)
        }
        None => None,
    };
    let code = secret::code(&*call.env.randomness, purpose.code_digits());
    let mut tx = call.write().await?;
    end_codes(call, &mut *tx, &email, Some(&browser)).await?;
    let owner = Owner::of(&mut *tx, &email, call.now).await?;
    let secret_hash = call.draw_sign_up();
    let kept = call.keyed(&code)?;
    let news = owner.news(purpose, code);
    let state = State::send(news.has_code().then_some(kept), call.now);
    let letter = Letter {
        to: email.clone(),
        language: owner.language(language),
        news,
    };
    let sign_up = SignUp {
        email,
        password_hash,
        purpose,
        state,
        secret_hash,
    };
    tx.put_sign_up(&browser, &sign_up, call.now).await?;
    call.write_letter(&mut *tx, letter).await?;
    let sent = sent(call, &sign_up);
    repeat::commit(call, tx, &sent).await?;
    Ok(sent)
}

/// A letter with a code: to a mailbox, from a network.
fn one_letter(call: &Call<'_>, email: &Email) -> Try {
    let mailbox = email.mailbox();
    Try::default()
        .by(limit::CODE_BY_MAILBOX, &mailbox)
        .by(limit::CODE_BY_MAILBOX_AND_DAY, &mailbox)
        .by_network_and(limit::CODE_BY_MAILBOX_AND_NETWORK, call, &mailbox)
        .by_network_and(limit::CODE_BY_MAILBOX_NETWORK_AND_DAY, call, &mailbox)
        .by_network(limit::CODE_BY_NETWORK, call)
        .by_network(limit::CODE_BY_NETWORK_AND_DAY, call)
}

/// Ends the codes that went to an address: of all, the one of the `newest` browser alone may count, since
/// each that lives is another chance to guess one.
pub(super) async fn end_codes(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    email: &Email,
    newest: Option<&BrowserId>,
) -> Reply<()> {
    for (browser, mut sign_up) in tx.sign_ups_of(email).await? {
        if Some(&browser) != newest {
            sign_up.state.end_code();
            tx.put_sign_up(&browser, &sign_up, call.now).await?;
        }
    }
    Ok(())
}

fn sent(call: &Call<'_>, sign_up: &SignUp) -> CodeSent {
    CodeSent {
        email: sign_up.email.shown(),
        resend_after_s: whole_seconds(sign_up.state.resend_wait(call.now)),
        code_life_minutes: u32::try_from(CODE_LIFE_MINUTES).unwrap_or(u32::MAX),
        code_digits: u32::try_from(sign_up.purpose.code_digits()).unwrap_or(u32::MAX),
        purpose: match sign_up.purpose {
            Purpose::SignUp { .. } => CodePurpose::SignUp,
            Purpose::AddEmail { .. } => CodePurpose::AddEmail,
            Purpose::ChangeEmail { .. } => CodePurpose::ChangeEmail,
            Purpose::ResetPassword { .. } => CodePurpose::ResetPassword,
        },
    }
}

pub(crate) async fn get_sign_up(
    call: &mut Call<'_>,
    GetSignUp {}: GetSignUp,
) -> Reply<PendingCode> {
    let browser = call.browser();
    let mut tx = call.read().await?;
    let visitor = call.visitor(&mut *tx).await?;
    // The address that one account is to get is nothing to another, and nothing comes of its code once
    // nobody is logged in.
    let here = visitor.map(|member| member.account.id);
    let is_meant = |sign_up: &SignUp| {
        let account = sign_up.purpose.account();
        account.is_none() || account == here
    };
    let sign_up = tx.sign_up(&browser).await?;
    let sign_up = sign_up.filter(|sign_up| call.holds_sign_up(sign_up) && is_meant(sign_up));
    Ok(PendingCode {
        sent: sign_up.map(|sign_up| sent(call, &sign_up)),
    })
}

/// The sign-up that waits in this browser, if its address is the one that is meant.
async fn waiting(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    browser: &BrowserId,
    meant: Option<&str>,
) -> Reply<SignUp> {
    tx.sign_up(browser)
        .await?
        .filter(|sign_up| call.holds_sign_up(sign_up))
        .filter(|sign_up| {
            meant.is_none_or(|meant| Email::parse(meant).as_ref() == Ok(&sign_up.email))
        })
        .ok_or_else(|| Code::NoCodePending.into())
}

pub(crate) async fn resend_code(call: &mut Call<'_>, request: ResendCode) -> Reply<CodeSent> {
    let meant = request.email.as_deref();
    let browser = call.browser();
    let mut tx = call.write().await?;
    let mut sign_up = waiting(call, &mut *tx, &browser, meant).await?;
    let code = secret::code(&*call.env.randomness, sign_up.purpose.code_digits());
    // A new code is a new chance to change what logs in: it wants what the first one wanted.
    if let Some(account) = sign_up.purpose.account()
        && call.fresh_member(&mut *tx).await?.account.id != account
    {
        return Err(Code::NoCodePending.into());
    }
    let owner = Owner::of(&mut *tx, &sign_up.email, call.now).await?;
    let kept = call.keyed(&code)?;
    let news = owner.news(sign_up.purpose, code);
    // Before it is counted: asking too soon sends no letter.
    sign_up
        .state
        .resend(news.has_code().then_some(kept), call.now)
        .map_err(|refusal| match refusal {
            ResendRefusal::TooSoon { wait } => Problem::wait(whole_seconds(wait)),
            ResendRefusal::AlreadyVerified => Problem::new(Code::NoCodePending),
        })?;
    let one = one_letter(call, &sign_up.email);
    call.count_in(&mut *tx, &one).await?;
    end_codes(call, &mut *tx, &sign_up.email, Some(&browser)).await?;
    tx.put_sign_up(&browser, &sign_up, call.now).await?;
    let language = match sign_up.purpose {
        Purpose::SignUp { language, .. } | Purpose::ResetPassword { language } => language,
        Purpose::AddEmail { account } | Purpose::ChangeEmail { account } => tx
            .account(account)
            .await?
            .map_or_else(Language::default, |account| account.language),
    };
    let letter = Letter {
        to: sign_up.email.clone(),
        language: owner.language(language),
        news,
    };
    call.write_letter(&mut *tx, letter).await?;
    let sent = sent(call, &sign_up);
    repeat::commit(call, tx, &sent).await?;
    Ok(sent)
}

pub(crate) async fn verify_email(call: &mut Call<'_>, request: VerifyEmail) -> Reply<Moved> {
    let typed = request.check()?;
    if call.env.demonstration && typed == crate::sentinel::SPENT_CODE {
        return Err(wrong(Fault::Spent));
    }
    let browser = call.browser();
    let mut tx = call.write().await?;
    let mut sign_up = waiting(call, &mut *tx, &browser, request.email.as_deref()).await?;
    // Before the code is tried: what somebody else types costs no try.
    if let Some(account) = sign_up.purpose.account()
        && call.member(&mut *tx).await?.account.id != account
    {
        return Err(Code::NoCodePending.into());
    }
    if typed.len() != sign_up.purpose.code_digits() {
        return Err(wrong(Fault::Malformed));
    }
    let mailbox = sign_up.email.mailbox();
    let one = Try::default()
        .by(limit::WRONG_CODE_BY_MAILBOX, &mailbox)
        .by_network_and(limit::WRONG_CODE_BY_MAILBOX_AND_NETWORK, call, &mailbox);
    call.may_try(&mut *tx, &one).await?;
    let before = sign_up.state.clone();
    if let Err(refusal) = sign_up.state.verify(&call.keyed(&typed)?, call.now) {
        // A wrong code is counted, so it is kept although it is refused.
        if sign_up.state != before {
            call.count_in(&mut *tx, &one).await?;
            tx.put_sign_up(&browser, &sign_up, call.now).await?;
            tx.commit().await?;
        }
        return Err(match refusal {
            CodeRefusal::Wrong { left } => wrong(Fault::Wrong { left }),
            CodeRefusal::Superseded => wrong(Fault::Superseded),
            CodeRefusal::Spent => wrong(Fault::Spent),
            CodeRefusal::AlreadyVerified => Code::NoCodePending.into(),
        });
    }
    tx.delete_sign_up(&browser).await?;
    let wanted = Try::default().by_network(limit::CODE_BY_NETWORK, call);
    call.give_back_in(&mut *tx, &wanted).await?;
    // The address may have become another's since the code went out.
    let owner = Owner::of(&mut *tx, &sign_up.email, call.now).await?;
    let made = if owner.news(sign_up.purpose, typed).has_code() {
        make(call, &mut *tx, sign_up, owner).await?
    } else {
        Err(wrong(Fault::Spent))
    };
    match made {
        Ok(to) => {
            let moved = Moved { to };
            repeat::commit(call, tx, &moved).await?;
            Ok(moved)
        }
        Err(refusal) => {
            tx.commit().await?;
            Err(refusal)
        }
    }
}

/// Where a right code leads, or why nothing came of it but that it is spent.
type Made = Result<Route, Refusal>;

async fn make(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    sign_up: SignUp,
    owner: Owner,
) -> Reply<Made> {
    match (sign_up.purpose, owner) {
        (Purpose::SignUp { region, language }, _) => {
            make_account(call, tx, sign_up, region, language).await
        }
        (Purpose::AddEmail { .. }, _) => add_to_account(call, tx, sign_up).await,
        (Purpose::ChangeEmail { .. }, _) => change_address(call, tx, sign_up.email).await,
        (Purpose::ResetPassword { .. }, Owner::Now(account) | Owner::Before(account)) => {
            set_password(call, tx, sign_up, account).await
        }
        (Purpose::ResetPassword { .. }, Owner::Nobody | Owner::LongBefore) => {
            Ok(Err(wrong(Fault::Spent)))
        }
    }
}

async fn make_account(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    sign_up: SignUp,
    region: Country,
    language: Language,
) -> Reply<Made> {
    let account = Account {
        id: AccountId(secret::id(&*call.env.randomness)),
        email: Some(sign_up.email),
        password_hash: sign_up.password_hash,
        name: None,
        region: Some(region),
        language,
        ads_account: AdsAccount::Missing,
        created: call.now,
        email_added: None,
    };
    tx.insert_account(&account).await.map_err(spent)?;
    call.begin_session(tx, account.id).await?;
    call.note(tx, account.id, Event::SignedUp).await?;
    Ok(Ok(Route::CreateAdsAccount))
}

async fn add_to_account(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    sign_up: SignUp,
) -> Reply<Made> {
    // The session was fresh when the code was asked for, in this browser, at most ten minutes ago;
    // that it is still the same account's was seen before the code was tried.
    let mut member = call.member(tx).await?;
    let account = &mut member.account;
    // One that got an address since keeps it: its owner may be another than who asked.
    if account.email.is_some() {
        return Ok(Err(Code::EmailExists.into()));
    }
    let letter = Letter {
        to: sign_up.email.clone(),
        language: account.language,
        news: News::EmailAdded,
    };
    account.email = Some(sign_up.email);
    account.password_hash = sign_up.password_hash;
    account.email_added = Some(call.now);
    tx.update_account(account).await.map_err(spent)?;
    call.end_other_sessions(tx, &member).await?;
    call.note(tx, member.account.id, Event::EmailAdded).await?;
    call.write_letter(tx, letter).await?;
    Ok(Ok(Route::Profile { dialog: None }))
}

async fn change_address(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    email: Email,
) -> Reply<Made> {
    // As for one that is added.
    let mut member = call.member(tx).await?;
    let Some(before) = member.account.email.clone() else {
        return Ok(Err(Code::EmailMissing.into()));
    };
    let account = &mut member.account;
    let news = address::replace(call, tx, account, before.clone(), email).await?;
    call.end_other_sessions(tx, &member).await?;
    call.note(tx, member.account.id, Event::EmailChanged)
        .await?;
    end_codes(call, tx, &before, None).await?;
    let letter = Letter {
        to: before,
        language: member.account.language,
        news,
    };
    call.write_letter(tx, letter).await?;
    Ok(Ok(Route::Profile { dialog: None }))
}

/// Sets the password of an account that has the address, or takes it back by the one that it had before. Its passkeys
/// go: whoever knew the password before may have added them, and would be in again at once, faster than anybody can
/// remove one. A transfer that waits, which they may have begun, ends. Address and password are left to log in by
/// (Invariant 3). A link stays until whoever is here now has looked at it: it leads there.
async fn set_password(
    call: &mut Call<'_>,
    tx: &mut dyn Transaction,
    sign_up: SignUp,
    mut account: Account,
) -> Reply<Made> {
    let email = sign_up.email;
    account.password_hash = sign_up.password_hash;
    let before = account.email.clone().filter(|now| *now != email);
    let lost = if let Some(lost) = before {
        let (before, after) = (lost.clone(), email.clone());
        let news = address::replace(call, tx, &mut account, before, after).await?;
        Some((lost, news))
    } else {
        tx.update_account(&account).await?;
        None
    };
    let event = match lost {
        Some(_) => Event::TakenBack,
        None => Event::PasswordReset,
    };
    call.note(tx, account.id, event).await?;
    let all = tx.passkeys_of(account.id).await?;
    passkeys::remove(call, tx, &account, all).await?;
    transfer::stop(call, tx, account.id).await?;
    // Whoever knew the password before is out everywhere.
    call.begin_session(tx, account.id).await?;
    tx.delete_other_sessions(account.id, &call.session_hash())
        .await?;
    let letter = |to, news| Letter {
        to,
        language: account.language,
        news,
    };
    if let Some((lost, news)) = lost {
        end_codes(call, tx, &lost, None).await?;
        call.write_letter(tx, letter(lost, news)).await?;
    }
    call.write_letter(tx, letter(email, News::PasswordChanged))
        .await?;
    Ok(Ok(match tx.link_of_account(account.id).await? {
        // They may have linked a TikTok account of their own.
        Some(_) => Route::Profile {
            dialog: Some(ProfileDialog::ReviewLink),
        },
        None => home_of(&account),
    }))
}

/// A conflict is that the address was proven by another account since the code went out.
fn spent(error: StoreError) -> Refusal {
    match error {
        StoreError::Conflict => wrong(Fault::Spent),
        StoreError::Unavailable(_) | StoreError::Unreadable(_) | StoreError::Failed(_) => {
            error.into()
        }
    }
}

fn wrong(fault: Fault) -> Refusal {
    vec![FieldFault {
        field: Field::Code,
        fault,
    }]
    .into()
}
