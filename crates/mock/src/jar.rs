//! The cookies of one browser, here and at TikTok.

use serde::{Deserialize, Serialize};
use service::env::Cookie;
use std::collections::BTreeMap;

/// What a browser would keep. A new one knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Jar {
    pub(crate) browser: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) proof: Option<String>,
    pub(crate) sign_up: Option<String>,
    pub(crate) tiktok: BTreeMap<String, String>,
}

impl Jar {
    pub(crate) fn store(&mut self, cookies: Vec<Cookie>) {
        for cookie in cookies {
            match cookie {
                Cookie::SetBrowser(secret) => self.browser = Some(secret),
                Cookie::SetSession(token) => self.session = Some(token),
                Cookie::ClearSession => self.session = None,
                Cookie::SetProof(secret) => self.proof = Some(secret),
                Cookie::SetSignUp(secret) => self.sign_up = Some(secret),
            }
        }
    }

    /// The `Cookie` header for TikTok.
    pub(crate) fn tiktok_header(&self) -> String {
        let pairs: Vec<_> = self
            .tiktok
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    /// Keeps a `Set-Cookie` header of TikTok's; one with `Max-Age=0` is forgotten.
    pub(crate) fn store_tiktok(&mut self, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        if parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            self.tiktok.remove(name);
        } else {
            self.tiktok.insert(name.to_owned(), value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_tiktok_is_kept_until_it_is_told_to_go() {
        let mut jar = Jar::default();
        jar.store_tiktok("session=abc; Path=/; HttpOnly");
        jar.store_tiktok("other=1");
        assert_eq!(jar.tiktok_header(), "other=1; session=abc");
        jar.store_tiktok("session=; Max-Age=0; Path=/");
        assert_eq!(jar.tiktok_header(), "other=1");
    }

    #[test]
    fn a_log_out_forgets_the_session_and_keeps_the_browser() {
        let mut jar = Jar::default();
        jar.store(vec![
            Cookie::SetBrowser("b".to_owned()),
            Cookie::SetSession("s".to_owned()),
            Cookie::ClearSession,
        ]);
        assert_eq!((jar.browser.as_deref(), jar.session), (Some("b"), None));
    }
}
