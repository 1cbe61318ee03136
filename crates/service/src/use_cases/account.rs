//! User Settings: personal info and the TikTok account.

use super::sign_up;
use crate::call::{Call, Member};
use crate::count::Try;
use crate::grants;
use crate::letter::{Letter, News};
use crate::refusal::{Refusal, Reply};
use crate::repeat;
use crate::store::{Grant, Link, Transaction};
use contract::account::{
    ChangeEmail, ChangePassword, GetProfile, Profile, UnlinkTikTok, UpdateProfile,
};
use contract::check::Check;
use contract::problem::{Code, Problem};
use contract::sign_up::CodeSent;
use contract::view::Done;
use domain::email::Email;
use domain::limit;
use domain::link::{LogInMethods, Privilege, UnlinkRefusal, privilege, replacement_wait, unlink};
use domain::sign_up::Purpose;
use domain::time::whole_seconds;

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
    Ok(Profile {
        availability: call.availability(&account),
        methods: methods(account.password_hash.is_some(), link.as_ref()),
        name: account.name.unwrap_or_default(),
        email: account.email.as_ref().map(Email::shown),
        region: account.region,
        language: account.language,
        authorize_again: link.as_ref().and_then(|link| link.health.fault()),
        tiktok: link.map(|link| link.profile),
        confirm_first: match privilege(session.times.status(call.now)) {
            Privilege::Granted => false,
            Privilege::ConfirmFirst | Privilege::LogInFirst => true,
        },
    })
}

/// The ways to log in. An address is kept only once it is verified, and a hash only with one.
fn methods(has_password: bool, link: Option<&Link>) -> LogInMethods {
    LogInMethods {
        email_and_password: has_password,
        tiktok: link.is_some(),
    }
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
    sign_up::end_codes(call, &mut *tx, &email, None).await?;
    let letter = Letter {
        to: email,
        language: member.account.language,
        news: News::PasswordChanged,
    };
    call.write_letter(&mut *tx, letter).await?;
    repeat::commit(call, tx, &Done {}).await?;
    Ok(Done {})
}

pub(crate) async fn change_email(call: &mut Call<'_>, request: ChangeEmail) -> Reply<CodeSent> {
    let (member, email) = with_password(call, &mut *call.read().await?).await?;
    let new = request.check_for(Some(&email))?;
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
    let (_, link) = unlinkable(call, &mut *tx).await?;
    let grant = grant_of(&mut *tx, &link).await?;
    // One revocation may end every grant of the TikTok account: a proof of it that waits elsewhere
    // would be left with a token that has ended.
    grants::let_go_of_all(&mut *tx, &link.open_id).await?;
    let others = tx.unneeded_grants(&link.open_id).await?;
    tx.commit().await?;
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
    tx.delete_link(account.id).await?;
    // Whoever logged in by it elsewhere is out as well.
    call.end_other_sessions(&mut *tx, &member).await?;
    for mut stored in tx.drafts(account.id).await? {
        let version = stored.draft.version;
        stored.draft.drop_identity(&link.open_id.0);
        if stored.draft.version != version {
            stored.changed = call.now;
            tx.put_draft(&stored).await?;
        }
    }
    if let Some(to) = account.email.clone() {
        let letter = Letter {
            to,
            language: account.language,
            news: News::Unlinked {
                tiktok: link.profile.display_name,
            },
        };
        call.write_letter(&mut *tx, letter).await?;
    }
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
    unlink(methods(
        member.account.password_hash.is_some(),
        link.as_ref(),
    ))
    .map_err(|refusal| {
        Refusal::from(match refusal {
            UnlinkRefusal::NotLinked => Code::NotLinked,
            UnlinkRefusal::LastLogInMethod => Code::LastLogInMethod,
        })
    })?;
    let link = link.ok_or(Code::NotLinked)?;
    let wait = replacement_wait(member.account.email_added, call.now);
    if !wait.is_zero() {
        return Err(Problem {
            retry_after_s: Some(whole_seconds(wait)),
            ..Problem::new(Code::NewLogInMethod)
        }
        .into());
    }
    Ok((member, link))
}
