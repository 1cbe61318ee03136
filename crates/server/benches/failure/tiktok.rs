//! An emulator of TikTok, which all servers share.

use crate::site::APP;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{self, StatusCode};
use axum::response::{IntoResponse as _, Response};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tiktok_emulator::{App, Config, Emulator, Kind, Pkce};
use tokio::net::TcpListener;

const BODY_MAX: usize = 64 * 1024;

pub(crate) struct Listening(TcpListener);

pub(crate) async fn listen() -> Listening {
    Listening(TcpListener::bind("127.0.0.1:0").await.unwrap())
}

impl Listening {
    /// Serves from now on to a portal at `public_url`, and says where.
    pub(crate) fn serve(self, public_url: &str) -> String {
        let base_url = format!("http://{}", self.0.local_addr().unwrap());
        let (client_key, client_secret) = APP;
        let emulator = Emulator::new(Config {
            base_url: base_url.clone(),
            apps: vec![App {
                client_key: client_key.to_owned(),
                client_secret: client_secret.to_owned(),
                redirect_uris: vec![format!("{public_url}/tiktok/callback")],
                kind: Kind::Desktop,
                name: "TikTok For Business".to_owned(),
                sandbox_testers: None,
            }],
            pkce: Pkce::Hex,
            ..Config::default()
        });
        let state = Arc::new(Mutex::new(emulator));
        let router = Router::new().fallback(handle).with_state(state);
        tokio::spawn(async move { axum::serve(self.0, router).await });
        base_url
    }
}

async fn handle(State(emulator): State<Arc<Mutex<Emulator>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = http::Request::from_parts(parts, body);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now_ms = i64::try_from(now.as_millis()).unwrap();
    let mut emulator = emulator.lock().unwrap_or_else(PoisonError::into_inner);
    let mut random = |bytes: &mut [u8]| getrandom::fill(bytes).unwrap();
    emulator
        .handle(now_ms, &mut random, &request)
        .map(Body::from)
}
