//! What a host decides: where the emulator stands, which apps and accounts it knows, how long
//! things live.

use crate::account::Account;
use crate::pkce::Pkce;
use crate::redirect::{self, BadRedirectUri, Kind};

/// Apps, accounts and limits of an emulator.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Absolute base at which the pages and the API are reachable, without a slash at its end, such
    /// as `http://127.0.0.1:3000/tiktok-emulator`. Its path is the prefix that requests carry.
    pub base_url: String,
    /// The apps that may ask.
    pub apps: Vec<App>,
    /// How a challenge is written.
    pub pkce: Pkce,
    /// The accounts that are there from the start.
    pub accounts: Vec<Account>,
    /// How long codes, tokens and pages are valid.
    pub lifetimes: Lifetimes,
    /// What a revocation ends.
    pub revocation: Revocation,
    /// The password of all `accounts`. When it is given, the log-in page lists the accounts and
    /// tells it.
    pub hint: Option<String>,
}

/// What a revocation ends beside the token that it names. TikTok's documents don't say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revocation {
    /// The grant that the token is of.
    #[default]
    Grant,
    /// All that the user granted to the app: other providers do so (RFC 7009, 2.1 allows it).
    AllGrants,
}

/// An app, as it is registered at TikTok for Developers.
#[derive(Clone)]
pub struct App {
    /// Its key: TikTok's word for `client_id`.
    pub client_key: String,
    /// `client_secret`.
    pub client_secret: String,
    /// Where TikTok may send a browser back to.
    pub redirect_uris: Vec<String>,
    /// Which rules hold for `redirect_uris`.
    pub kind: Kind,
    /// Its name, as the consent page shows it.
    pub name: String,
    /// The usernames that may use it, while it is in the sandbox; `None` when it is live.
    pub sandbox_testers: Option<Vec<String>>,
}

/// How long things live, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Seconds for which a code can be exchanged.
    pub code_s: u32,
    /// Seconds for which an access token is valid.
    pub access_s: u32,
    /// A refresh token, from the first grant on: a refresh doesn't prolong it.
    pub refresh_s: u32,
    /// A session in a browser, from the log-in on.
    pub session_s: u32,
    /// A consent page that nobody answers.
    pub consent_s: u32,
}

const MINUTE_S: u32 = 60;
const HOUR_S: u32 = 60 * MINUTE_S;
const DAY_S: u32 = 24 * HOUR_S;

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            code_s: 5 * MINUTE_S,
            access_s: 2 * HOUR_S,
            refresh_s: 180 * DAY_S,
            session_s: 30 * DAY_S,
            consent_s: 30 * MINUTE_S,
        }
    }
}

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("App")
            .field("client_key", &self.client_key)
            .field("redirect_uris", &self.redirect_uris)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Checks the redirect URIs as TikTok does when they are registered. One that is refused never
    /// works; with more than ten, none does.
    pub fn check(&self) -> Result<(), BadRedirectUri> {
        redirect::check_all(&self.redirect_uris, self.kind)
    }

    /// Whether a browser may be sent to `uri`: it is registered.
    pub(crate) fn accepts(&self, uri: &str) -> bool {
        self.redirect_uris.len() <= redirect::MOST
            && self.redirect_uris.iter().any(|known| {
                redirect::matches(known, uri, self.kind)
                    && redirect::check(known, self.kind).is_ok()
            })
    }

    /// Whether `username` may use the app.
    pub(crate) fn admits(&self, username: &str) -> bool {
        self.sandbox_testers
            .as_ref()
            .is_none_or(|testers| testers.iter().any(|tester| tester == username))
    }
}

impl Config {
    /// The app with this key.
    pub(crate) fn app(&self, client_key: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_key == client_key)
    }

    /// The path that every request carries in front: that of `base_url`.
    pub(crate) fn mount(&self) -> &str {
        let base = self.base_url.trim_end_matches('/');
        let authority = base.split_once("://").map_or(base, |(_, rest)| rest);
        authority
            .find('/')
            .and_then(|start| authority.get(start..))
            .unwrap_or_default()
    }

    /// Whether the pages come over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mount_is_the_path_of_the_base() {
        for (base, mount) in [
            ("http://127.0.0.1:3000/tiktok-emulator", "/tiktok-emulator"),
            ("http://127.0.0.1:3000/a/b/", "/a/b"),
            ("http://127.0.0.1:3000", ""),
            ("/tiktok-emulator", "/tiktok-emulator"),
        ] {
            let config = Config {
                base_url: base.to_owned(),
                ..Config::default()
            };
            assert_eq!(config.mount(), mount, "{base}");
        }
    }
}
