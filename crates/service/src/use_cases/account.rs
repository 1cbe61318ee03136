//! User Settings: personal info and the TikTok account.

use super::methods::{may_be_left, methods, worked};
use super::{drafts, sign_up, transfer};
use crate::call::{Call, Member};
use crate::count::Try;
use crate::grants;
use crate::letter::News;
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::store::{Grant, Link, Transaction};
use contract::account::{
    ChangeEmail, ChangePassword, GetProfile, Profile, UnlinkTikTok, UpdateProfile,
};
use contract::check::Check;
use contract::problem::Code;
use contract::sign_up::CodeSent;
use contract::transfer::StopTransfer;
use contract::view::Done;
use domain::activity::Event;
use domain::email::Email;
use domain::limit;
use domain::link::{Privilege, UnlinkRefusal, privilege, unlink};
use domain::sign_up::Purpose;

pub(crate) async fn get_profile(call: &mut Call<'_>, GetProfile {}: GetProfile) -> Reply<Profile> {
    let mut tx = call.read().await?;
    let member = call.member(&mut *tx).await?;
    profile(call, &mut *tx, member).await
}

async fn profile(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    Member { session, account }: Member,
) -> Reply<Profile> {
    let link = tx.link_of_account(account.id).await?;
    let passkeys = tx.passkeys_of(account.id).await?;
    let transfer = transfer::pending(tx, account.id).await?;
    Ok(Profile {
        transfer,
        availability: call.availability(&account),
        methods: methods(&account, link.as_ref(), &passkeys),
        name: account.name.unwrap_or_default(),
        email: account.email.as_ref().map(Email::shown),
        region: account.region,
        language: account.language,
        authorize_again: link.as_ref().and_then(|link| link.health.fault()),
        linked: link.as_ref().map(|link| link.linked),
        tiktok: link.map(|link| link.profile),
        confirm_first: match privilege(session.times.status(call.now)) {
            Privilege::Granted => false,
            Privilege::ConfirmFirst | Privilege::LogInFirst => true,
        },
    })
}

pub(crate) async fn update_profile(call: &mut Call<'_>, request: UpdateProfile) -> Reply<Profile> {
    let name = request.check()?;
    let mut tx = call.write().await?;
    let mut member = call.member(&mut *tx).await?;
    call.count_save(&mut *tx, &member).await?;
    member.account.name = name;
    member.account.language = request.language;
    tx.update_account(&member.account).await?;
    let profile = profile(call, &mut *tx, member).await?;
    tx.commit().await?;
    Ok(profile)
}

pub(crate) async fn change_password(call: &mut Call<'_>, request: ChangePassword) -> Reply<Done> {
    let (_, email) = with_password(call, &mut *call.read().await?).await?;
    let password = request.check_for(Some(&email))?;
    let work = Try::default().by_network(limit::PASSWORD_BY_NETWORK, call);
    call.count(&work).await?;
    let hashed = call.env.passwords.hash(password.expose()).await;
    let hash = call.hashed(&work, hashed).await?;
    let mut tx = call.write().await?;
    // The session may have ended while the password was hashed.
    let (mut member, email) = with_password(call, &mut *tx).await?;
    member.account.password_hash = Some(hash);
    tx.update_account(&member.account).await?;
    call.end_other_sessions(&mut *tx, &member).await?;
    call.note(&mut *tx, member.account.id, Event::PasswordChanged)
        .await?;
    sign_up::end_codes(call, &mut *tx, &email, None).await?;
    // Whoever knew the one before may have begun it.
    transfer::stop(call, &mut *tx, member.account.id).await?;
    call.tell(&mut *tx, &member.account, News::PasswordChanged)
        .await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

pub(crate) async fn change_email(call: &mut Call<'_>, request: ChangeEmail) -> Reply<CodeSent> {
    let (member, email) = with_password(call, &mut *call.read().await?).await?;
    let new = request.check_for(Some(&email))?;
    let one = Try::default().by(limit::ADDRESS_BY_ACCOUNT, &member.account.id.to_string());
    call.count(&one).await?;
    let purpose = Purpose::ChangeEmail {
        account: member.account.id,
    };
    sign_up::begin(call, new, None, purpose, member.account.language).await
}

/// The member whose password or address may be another, and their address.
async fn with_password(call: &Call<'_>, tx: &mut dyn Transaction) -> Reply<(Member, Email)> {
    let member = call.fresh_member(tx).await?;
    let email = member.account.email.clone().ok_or(Code::EmailMissing)?;
    Ok((member, email))
}

pub(crate) async fn stop_transfer(
    call: &mut Call<'_>,
    StopTransfer {}: StopTransfer,
) -> Reply<Profile> {
    let mut tx = call.write().await?;
    let member = call.member(&mut *tx).await?;
    transfer::stop(call, &mut *tx, member.account.id).await?;
    let profile = profile(call, &mut *tx, member).await?;
    repeat::commit(call, tx, &profile).await?;
    Ok(profile)
}

/// How often an unlink is tried when log-ins by TikTok renew the grant meanwhile.
const TRIES: u32 = 3;

pub(crate) async fn unlink_tiktok(
    call: &mut Call<'_>,
    UnlinkTikTok {}: UnlinkTikTok,
) -> Reply<Profile> {
    for _ in 0..TRIES {
        if let Some(profile) = try_to_unlink(call).await? {
            return Ok(profile);
        }
    }
    Err(Code::Unavailable.into())
}

/// Nothing where a log-in by TikTok brought another grant meanwhile.
async fn try_to_unlink(call: &mut Call<'_>) -> Reply<Option<Profile>> {
    let mut tx = call.write().await?;
    let (member, link) = unlinkable(call, &mut *tx).await?;
    // First of all: what TikTok is to revoke mustn't move meanwhile.
    transfer::stop(call, &mut *tx, member.account.id).await?;
    let grant = grant_of(&mut *tx, &link).await?;
    // One revocation may end every grant of the TikTok account: a proof of it that waits elsewhere
    // would be left with a token that has ended.
    grants::let_go_of_all(&mut *tx, &link.open_id).await?;
    let others = tx.unneeded_grants(&link.open_id).await?;
    call.commit(tx).await?;
    // TikTok first: an unlink that says done must have been one. If what follows fails, the link
    // stands with a grant that has ended, and the next unlink finds it revoked.
    for unneeded in others {
        grants::end(call.env, unneeded, call.now).await?;
    }
    let ended = grants::revoke(call.env, &link.open_id, grant, call.now).await?;
    let mut tx = call.write().await?;
    let (member, link) = unlinkable(call, &mut *tx).await?;
    if grant_of(&mut *tx, &link).await? != ended
        || !tx.unneeded_grants(&link.open_id).await?.is_empty()
        || !tx.waiting_proofs_of(&link.open_id).await?.is_empty()
        // It would come back with other tokens.
        || grants::is_being_renewed(&mut *tx, &ended, call.now).await?
    {
        return Ok(None);
    }
    let account = &member.account;
    transfer::stop(call, &mut *tx, account.id).await?;
    tx.delete_link(account.id).await?;
    call.note(&mut *tx, account.id, Event::Unlinked).await?;
    // Whoever logged in by it elsewhere is out as well.
    call.end_other_sessions(&mut *tx, &member).await?;
    drafts::drop_identity(&mut *tx, account.id, &link.open_id, call.now).await?;
    let news = News::Unlinked {
        tiktok: link.profile.display_name,
    };
    call.tell(&mut *tx, account, news).await?;
    let profile = profile(call, &mut *tx, member).await?;
    repeat::commit(call, tx, &profile).await?;
    Ok(Some(profile))
}

async fn grant_of(tx: &mut dyn Transaction, link: &Link) -> Reply<Grant> {
    let grant = tx.grant_of_link(link.account).await?;
    grant.ok_or_else(|| Code::NotLinked.into())
}

/// The member and the link that may be ended (Invariants 2 and 3).
async fn unlinkable(call: &Call<'_>, tx: &mut dyn Transaction) -> Reply<(Member, Link)> {
    let member = call.fresh_member(tx).await?;
    let link = tx.link_of_account(member.account.id).await?;
    let passkeys = worked(tx.passkeys_of(member.account.id).await?);
    unlink(methods(&member.account, link.as_ref(), &passkeys)).map_err(|refusal| {
        Refusal::from(match refusal {
            UnlinkRefusal::NotLinked => Code::NotLinked,
            UnlinkRefusal::LastLogInMethod => Code::LastLogInMethod,
        })
    })?;
    let link = link.ok_or(Code::NotLinked)?;
    may_be_left(call, tx, &member.account, None, &passkeys).await?;
    Ok((member, link))
}
