//! Where TikTok is, and who asks.

/// How a PKCE challenge is written. TikTok's documents want hex where RFC 7636 wants base64url.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PkceEncoding {
    /// `hex(SHA-256(verifier))`.
    #[default]
    Hex,
    /// `base64url(SHA-256(verifier))`, without padding.
    Base64Url,
    /// No challenge is sent.
    Off,
}

/// The app's registration at TikTok, and TikTok's addresses.
#[derive(Clone)]
pub struct Config {
    /// The app's key at TikTok.
    pub client_key: String,
    /// The app's secret at TikTok.
    pub client_secret: String,
    /// Equal to a registered one, byte for byte.
    pub redirect_uri: String,
    /// The address of the authorize page, without a query.
    pub authorize_url: String,
    /// What the paths of token, revoke and user info are appended to; no slash at its end.
    pub api_base: String,
    /// The page that ends TikTok's session in a browser.
    pub log_out_url: String,
    /// How a challenge is written.
    pub pkce: PkceEncoding,
}

impl Config {
    /// The addresses of TikTok itself.
    pub fn tiktok(client_key: String, client_secret: String, redirect_uri: String) -> Self {
        Self {
            client_key,
            client_secret,
            redirect_uri,
            authorize_url: "https://www.tiktok.com/v2/auth/authorize/".to_owned(),
            api_base: "https://open.tiktokapis.com".to_owned(),
            log_out_url: "https://www.tiktok.com/logout".to_owned(),
            pkce: PkceEncoding::default(),
        }
    }

    /// An emulator whose pages and endpoints stand below one base; no slash at its end.
    pub fn emulator(
        base: &str,
        client_key: String,
        client_secret: String,
        redirect_uri: String,
    ) -> Self {
        Self {
            authorize_url: format!("{base}/v2/auth/authorize/"),
            api_base: base.to_owned(),
            log_out_url: format!("{base}/logout"),
            ..Self::tiktok(client_key, client_secret, redirect_uri)
        }
    }
}

impl core::fmt::Debug for Config {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Config")
            .field("client_key", &self.client_key)
            .field("redirect_uri", &self.redirect_uri)
            .field("authorize_url", &self.authorize_url)
            .field("api_base", &self.api_base)
            .field("pkce", &self.pkce)
            .finish_non_exhaustive()
    }
}
