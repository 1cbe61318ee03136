//! The authorize URL.

use crate::config::Config;
use crate::pkce::Verifier;
use crate::scope::{self, Scope};
use form_urlencoded::Serializer;

/// What one authorization asks for.
#[derive(Clone, Copy, Debug)]
pub struct Authorize<'a> {
    /// OAuth's `state`: the callback brings it back unchanged.
    pub state: &'a str,
    /// What is asked for; the user may deny some.
    pub scopes: &'a [Scope],
    /// Whether the consent page is shown to a returning user too. Without it TikTok sends a live
    /// session straight back as the same account.
    pub disable_auto_auth: bool,
    /// Of which the challenge is sent.
    pub verifier: &'a Verifier,
}

impl Authorize<'_> {
    pub(crate) fn url(&self, config: &Config) -> String {
        let mut query = Serializer::new(String::new());
        query
            .append_pair("client_key", &config.client_key)
            .append_pair("response_type", "code")
            .append_pair("scope", &scope::join(self.scopes))
            .append_pair("redirect_uri", &config.redirect_uri)
            .append_pair("state", self.state)
            .append_pair(
                "disable_auto_auth",
                if self.disable_auto_auth { "1" } else { "0" },
            );
        if let Some(challenge) = self.verifier.challenge(config.pkce) {
            query
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
        }
        format!("{}?{}", config.authorize_url, query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PkceEncoding;

    fn url(pkce: PkceEncoding) -> String {
        let config = Config {
            pkce,
            ..Config::tiktok(
                "key".to_owned(),
                "secret".to_owned(),
                "https://portal.example/tiktok/callback".to_owned(),
            )
        };
        Authorize {
            state: "a state",
            scopes: &[Scope::UserInfoBasic, Scope::UserInfoProfile],
            disable_auto_auth: true,
            verifier: &Verifier::from_random([7; 32]),
        }
        .url(&config)
    }

    #[test]
    fn the_authorize_url_says_what_tiktok_documents() {
        let url = url(PkceEncoding::Hex);
        assert!(url.starts_with("https://www.tiktok.com/v2/auth/authorize/?client_key=key&"));
        for part in [
            "response_type=code",
            "scope=user.info.basic%2Cuser.info.profile",
            "redirect_uri=https%3A%2F%2Fportal.example%2Ftiktok%2Fcallback",
            "state=a+state",
            "disable_auto_auth=1",
            "code_challenge_method=S256",
        ] {
            assert!(url.contains(part), "{part} in {url}");
        }
        assert!(
            !url.contains("client_id") && !url.contains("secret"),
            "{url}"
        );
    }

    #[test]
    fn without_pkce_no_challenge_is_sent() {
        assert!(!url(PkceEncoding::Off).contains("code_challenge"));
    }
}
