//! The client: Login Kit's endpoints over a transport.

use crate::authorize::Authorize;
use crate::config::Config;
use crate::error::Error;
use crate::pkce::Verifier;
use crate::token::{AccessToken, Grant, RefreshToken, read_grant, read_revocation};
use crate::transport::{Transport, TransportError};
use crate::user::{User, UserField, read_user};
use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request};

/// A client of Login Kit.
pub struct LoginKit {
    config: Config,
    transport: Box<dyn Transport>,
}

impl LoginKit {
    /// A client that speaks over `transport`.
    pub fn new(config: Config, transport: Box<dyn Transport>) -> Self {
        Self { config, transport }
    }

    /// Where to send the browser.
    pub fn authorize_url(&self, authorize: &Authorize<'_>) -> String {
        authorize.url(&self.config)
    }

    /// The page that ends TikTok's session in the browser that opens it.
    pub fn log_out_url(&self) -> &str {
        &self.config.log_out_url
    }

    /// Exchanges a code for a grant. A code works once.
    pub async fn exchange_code(&self, code: &str, verifier: &Verifier) -> Result<Grant, Error> {
        let form = [
            ("code", code),
            ("grant_type", "authorization_code"),
            ("redirect_uri", &self.config.redirect_uri),
            ("code_verifier", verifier.as_str()),
        ];
        let request = self.post("/v2/oauth/token/", &form)?;
        read_grant(&self.transport.send(request).await?)
    }

    /// Exchanges a refresh token for a new grant; the old token is no longer valid. Store the new one
    /// before it is used, and have one refresh under way per account.
    pub async fn refresh(&self, token: &RefreshToken) -> Result<Grant, Error> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token.expose()),
        ];
        let request = self.post("/v2/oauth/token/", &form)?;
        read_grant(&self.transport.send(request).await?)
    }

    /// Revokes a grant (RFC 7009).
    pub async fn revoke(&self, token: &AccessToken) -> Result<(), Error> {
        let request = self.post("/v2/oauth/revoke/", &[("token", token.expose())])?;
        read_revocation(&self.transport.send(request).await?)
    }

    /// Who a token belongs to.
    pub async fn user_info(
        &self,
        token: &AccessToken,
        fields: &[UserField],
    ) -> Result<User, Error> {
        let words: Vec<_> = fields.iter().map(UserField::as_str).collect();
        let url = format!(
            "{}/v2/user/info/?fields={}",
            self.config.api_base,
            words.join(",")
        );
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose()))
            .map_err(|_| invalid_request("the token isn't one line"))?;
        bearer.set_sensitive(true);
        let request = Request::builder()
            .method(Method::GET)
            .uri(url)
            .header(AUTHORIZATION, bearer)
            .header(ACCEPT, "application/json")
            .body(Bytes::new())
            .map_err(|_| invalid_request("the API's address is none"))?;
        read_user(&self.transport.send(request).await?)
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Request<Bytes>, TransportError> {
        let mut body = Serializer::new(String::new());
        body.append_pair("client_key", &self.config.client_key)
            .append_pair("client_secret", &self.config.client_secret)
            .extend_pairs(form);
        Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.config.api_base))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(Bytes::from(body.finish()))
            .map_err(|_| invalid_request("the API's address is none"))
    }
}

fn invalid_request(why: &str) -> TransportError {
    TransportError(why.to_owned())
}

impl core::fmt::Debug for LoginKit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LoginKit")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
