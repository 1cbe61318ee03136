//! The emulator of TikTok, mounted: the same process, but spoken to over HTTP like TikTok itself.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{self, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use login_kit::PkceEncoding;
use service::env::{Clock, Randomness};
use service::personas;
use std::sync::{Arc, Mutex, PoisonError};
use tiktok_emulator::{
    Account, App, BadRedirectUri, Config, Emulator, Kind, Lifetimes, Pkce, Revocation,
};

pub(crate) const MOUNT: &str = "/tiktok-emulator";
/// Bytes of a body at most.
const BODY_MAX: usize = 64 * 1024;

/// The app as the emulator knows it. Both are known to everyone: nothing real hangs on them.
pub(crate) const APP: (&str, &str) = ("emulated-portal", "emulated-portal-has-no-secret");

/// The emulator and what it is given.
pub(crate) struct Mount {
    emulator: Mutex<Emulator>,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl Mount {
    /// An emulator below `public_url` that knows this portal and the personas, unless TikTok would
    /// send nobody back to such a portal.
    pub(crate) fn new(
        public_url: &str,
        redirect_uri: &str,
        pkce: PkceEncoding,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self, BadRedirectUri> {
        let (client_key, client_secret) = APP;
        let app = App {
            client_key: client_key.to_owned(),
            client_secret: client_secret.to_owned(),
            redirect_uris: vec![redirect_uri.to_owned()],
            // A portal on this machine has no https, and only such apps may do without.
            kind: if redirect_uri.starts_with("https://") {
                Kind::Web
            } else {
                Kind::Desktop
            },
            name: "TikTok For Business".to_owned(),
            sandbox_testers: None,
        };
        app.check()?;
        let emulator = Emulator::new(Config {
            base_url: format!("{public_url}{MOUNT}"),
            apps: vec![app],
            pkce: match pkce {
                PkceEncoding::Hex => Pkce::Hex,
                PkceEncoding::Base64Url => Pkce::Base64Url,
                PkceEncoding::Off => Pkce::Off,
            },
            accounts: personas::TIKTOK.iter().map(account).collect(),
            lifetimes: Lifetimes::default(),
            revocation: Revocation::default(),
            hint: Some(personas::PASSWORD.to_owned()),
        });
        Ok(Self {
            emulator: Mutex::new(emulator),
            clock,
            randomness,
        })
    }
}

fn account(persona: &personas::TikTokPersona) -> Account {
    Account {
        username: persona.username.to_owned(),
        display_name: persona.display_name.to_owned(),
        password: personas::PASSWORD.to_owned(),
        is_private: persona.is_private,
        is_business: persona.is_business,
        ..Account::default()
    }
}

/// Everything below [`MOUNT`].
pub(crate) fn routes(mount: Mount) -> Router {
    Router::new()
        .route(MOUNT, any(handle))
        .route(&format!("{MOUNT}/"), any(handle))
        .route(&format!("{MOUNT}/{{*rest}}"), any(handle))
        .with_state(Arc::new(mount))
}

async fn handle(State(mount): State<Arc<Mount>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = http::Request::from_parts(parts, body);
    let now_ms = mount.clock.now().0;
    let answer = mount
        .emulator
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .handle(now_ms, &mut |bytes| mount.randomness.fill(bytes), &request);
    answer.map(Body::from)
}
