//! What the service asks of TikTok, in the service's own words.

use crate::env::Env;
use crate::store::{Grant, UnneededGrant};
use core::time::Duration;
use domain::authorization::{AuthorizationResponse, Proof, TikTokProfile};
use domain::id::OpenId;
use domain::time::Timestamp;
use login_kit::{
    AccessToken, Authorize, Callback, OAuthError, RefreshToken, Scope, UserField, Verifier,
    parse_scopes,
};

/// What every authorization asks for. Both are needed: the profile names the account that is
/// linked (journey J4).
pub(crate) const SCOPES: [Scope; 2] = [Scope::UserInfoBasic, Scope::UserInfoProfile];

const FIELDS: [UserField; 5] = [
    UserField::OpenId,
    UserField::UnionId,
    UserField::AvatarUrl,
    UserField::DisplayName,
    UserField::Username,
];

/// A new PKCE verifier.
pub(crate) fn verifier(env: &Env) -> Verifier {
    let mut bytes = [0; 32];
    env.randomness.fill(&mut bytes);
    Verifier::from_random(bytes)
}

/// TikTok's authorize page with everything it needs.
pub(crate) fn authorize_url(
    env: &Env,
    state: &str,
    disable_auto_auth: bool,
    verifier: &Verifier,
) -> String {
    env.tiktok.authorize_url(&Authorize {
        state,
        scopes: &SCOPES,
        disable_auto_auth,
        verifier,
    })
}

/// What a callback says, in the domain's words.
pub(crate) fn response(callback: Callback) -> AuthorizationResponse {
    match callback {
        Callback::Authorized { code, .. } => AuthorizationResponse::Authorized { code },
        Callback::Refused {
            error: OAuthError::AccessDenied,
            ..
        } => AuthorizationResponse::Cancelled,
        Callback::Refused { .. } => AuthorizationResponse::Failed,
    }
}

/// Why TikTok refused, for the log. Anyone can call the callback: what they write is escaped and cut.
pub(crate) fn refusal(callback: &Callback) -> Option<String> {
    const MOST_CHARACTERS: usize = 200;
    match callback {
        Callback::Authorized { .. } => None,
        Callback::Refused {
            error, description, ..
        } => {
            let said = format!("{error:?} {description:?}");
            Some(said.chars().take(MOST_CHARACTERS).collect())
        }
    }
}

/// What asking for the account of a grant came to.
pub(crate) enum Identification {
    /// The account is proven.
    Proven(Proof),
    /// A required scope was denied.
    ScopeDenied,
    /// TikTok refused, or didn't answer.
    Failed(String),
}

/// Exchanges a code for a grant. Errors: why there is none, for the log.
pub(crate) async fn exchange(
    env: &Env,
    code: &str,
    verifier: &str,
    now: Timestamp,
) -> Result<UnneededGrant, String> {
    let verifier = Verifier::parse(verifier).map_err(|error| error.to_string())?;
    let grant = env.tiktok.exchange_code(code, &verifier).await;
    let grant = grant.map_err(|error| error.to_string())?;
    Ok(UnneededGrant {
        grant: keep(&grant, now),
        open_id: OpenId(grant.open_id),
        since: now,
    })
}

/// Asks whose a grant is.
pub(crate) async fn identify(
    env: &Env,
    UnneededGrant { open_id, grant, .. }: &UnneededGrant,
    now: Timestamp,
) -> Identification {
    if !has_every_scope(grant) {
        return Identification::ScopeDenied;
    }
    let token = AccessToken::new(grant.access_token.clone());
    match env.tiktok.user_info(&token, &FIELDS).await {
        // Two answers about one token that don't agree prove nothing.
        Ok(user) if user.open_id.as_deref() != Some(&open_id.0) => {
            Identification::Failed("user info is of another open_id than the grant".to_owned())
        }
        Ok(user) => {
            let profile = TikTokProfile::of(
                &user.display_name.unwrap_or_default(),
                user.username.as_deref(),
                user.avatar_url,
            );
            Identification::Proven(Proof {
                open_id: open_id.clone(),
                union_id: user.union_id,
                profile,
                proven: now,
            })
        }
        Err(error) => Identification::Failed(error.to_string()),
    }
}

/// What asking for new tokens came to.
pub(crate) enum Refreshed {
    Renewed(Grant),
    /// TikTok doesn't know the refresh token any more.
    Unknown(login_kit::Error),
}

/// Has TikTok renew a grant (RFC 6749, section 6).
pub(crate) async fn refresh(
    env: &Env,
    grant: &Grant,
    now: Timestamp,
) -> Result<Refreshed, login_kit::Error> {
    let token = RefreshToken::new(grant.refresh_token.clone());
    match env.tiktok.refresh(&token).await {
        Ok(renewed) => {
            let mut renewed = keep(&renewed, now);
            // They may be left out where they are the same (RFC 6749, 5.1).
            if renewed.scopes.is_empty() {
                renewed.scopes.clone_from(&grant.scopes);
            }
            Ok(Refreshed::Renewed(renewed))
        }
        Err(error) if is_unknown(&error) => Ok(Refreshed::Unknown(error)),
        Err(error) => Err(error),
    }
}

/// Whether a grant has every scope that an authorization asks for.
pub(crate) fn has_every_scope(grant: &Grant) -> bool {
    let granted = parse_scopes(&grant.scopes);
    SCOPES.iter().all(|scope| granted.contains(scope))
}

/// Revokes a grant (RFC 7009). A token that TikTok doesn't know any more is revoked already.
pub(crate) async fn revoke(env: &Env, grant: &Grant) -> Result<(), login_kit::Error> {
    let token = AccessToken::new(grant.access_token.clone());
    match env.tiktok.revoke(&token).await {
        Ok(()) => Ok(()),
        Err(error) if is_unknown(&error) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether TikTok says that a grant has ended (RFC 6749, 5.2), and not only that it can't read what it was
/// asked.
pub(crate) fn is_ended(error: &login_kit::Error) -> bool {
    matches!(
        error,
        login_kit::Error::OAuth {
            error: OAuthError::InvalidGrant,
            ..
        }
    )
}

/// Whether TikTok says of a token that it is none. That it fails, or doesn't know us, says nothing
/// about the token.
fn is_unknown(error: &login_kit::Error) -> bool {
    matches!(
        error,
        login_kit::Error::OAuth {
            error: OAuthError::InvalidGrant | OAuthError::InvalidRequest,
            ..
        }
    ) || matches!(error, login_kit::Error::Api { code, .. } if code == "access_token_invalid")
}

fn keep(grant: &login_kit::Grant, now: Timestamp) -> Grant {
    let scopes: Vec<_> = grant.scopes.iter().map(Scope::as_str).collect();
    Grant {
        access_token: grant.access_token.expose().to_owned(),
        access_expires: now.plus(Duration::from_secs(grant.expires_in_s)),
        refresh_token: grant.refresh_token.expose().to_owned(),
        refresh_expires: now.plus(Duration::from_secs(grant.refresh_expires_in_s)),
        scopes: scopes.join(","),
    }
}
