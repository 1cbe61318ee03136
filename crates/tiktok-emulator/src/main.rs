//! The emulator alone: a server for trying out one's own Login Kit code. The only place of this
//! crate that asks the machine for the time and for chance. README.md has its settings.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tiktok_emulator::{Account, App, Config, Emulator, Kind, Pkce, Revocation};
use tokio::net::TcpListener;

/// Before every setting's name.
const PREFIX: &str = "TIKTOK_EMULATOR_";
/// The settings and what they are when nobody says. An empty base URL follows from the address.
const SETTINGS: [(&str, &str); 9] = [
    ("ADDRESS", "127.0.0.1:4000"),
    ("BASE_URL", ""),
    ("CLIENT_KEY", "emulated-app"),
    ("CLIENT_SECRET", "emulated-app-has-no-secret"),
    ("REDIRECT_URIS", "http://127.0.0.1:3000/callback"),
    ("APP_NAME", "Your app"),
    ("APP_KIND", "desktop"),
    ("PKCE", "hex"),
    ("REVOCATION", "grant"),
];
/// The password of all accounts.
const PASSWORD: &str = "Emulated-2026";
/// Bytes of a body at most; the emulator itself reads less.
const BODY_MAX: usize = 128 * 1024;

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("tiktok-emulator: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), String> {
    let settings = read_settings();
    let address = setting(&settings, "ADDRESS");
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("{PREFIX}ADDRESS={address}: {error}"))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let config = config(&settings, &format!("http://{bound}"))?;
    announce(&config);
    let emulator = Arc::new(Mutex::new(Emulator::new(config)));
    let router = Router::new().fallback(handle).with_state(emulator);
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // Without the signal there is nothing to wait for but the end of the process.
            if tokio::signal::ctrl_c().await.is_err() {
                core::future::pending::<()>().await;
            }
        })
        .await
        .map_err(|error| error.to_string())
}

fn read_settings() -> BTreeMap<&'static str, String> {
    SETTINGS
        .iter()
        .map(|(name, usual)| {
            let value = std::env::var(format!("{PREFIX}{name}"))
                .ok()
                .filter(|value| !value.is_empty());
            (*name, value.unwrap_or_else(|| (*usual).to_owned()))
        })
        .collect()
}

fn setting<'a>(settings: &'a BTreeMap<&str, String>, name: &str) -> &'a str {
    settings.get(name).map(String::as_str).unwrap_or_default()
}

fn config(settings: &BTreeMap<&'static str, String>, bound: &str) -> Result<Config, String> {
    let base_url = match setting(settings, "BASE_URL").trim_end_matches('/') {
        "" => bound,
        given => given,
    };
    let pkce = match setting(settings, "PKCE") {
        "hex" => Pkce::Hex,
        "base64url" => Pkce::Base64Url,
        "off" => Pkce::Off,
        other => return Err(format!("{PREFIX}PKCE={other}: is hex, base64url or off")),
    };
    let kind = match setting(settings, "APP_KIND") {
        "desktop" => Kind::Desktop,
        "web" => Kind::Web,
        other => return Err(format!("{PREFIX}APP_KIND={other}: is desktop or web")),
    };
    let revocation = match setting(settings, "REVOCATION") {
        "grant" => Revocation::Grant,
        "all-grants" => Revocation::AllGrants,
        other => {
            return Err(format!(
                "{PREFIX}REVOCATION={other}: is grant or all-grants"
            ));
        }
    };
    let app = App {
        client_key: setting(settings, "CLIENT_KEY").to_owned(),
        client_secret: setting(settings, "CLIENT_SECRET").to_owned(),
        redirect_uris: setting(settings, "REDIRECT_URIS")
            .split(',')
            .map(|uri| uri.trim().to_owned())
            .collect(),
        kind,
        name: setting(settings, "APP_NAME").to_owned(),
        sandbox_testers: None,
    };
    app.check()
        .map_err(|why| format!("{PREFIX}REDIRECT_URIS: {why}"))?;
    Ok(Config {
        base_url: base_url.to_owned(),
        apps: vec![app],
        pkce,
        revocation,
        accounts: accounts(),
        hint: Some(PASSWORD.to_owned()),
        ..Config::default()
    })
}

fn accounts() -> Vec<Account> {
    let account = |username: &str, display_name: &str| Account {
        username: username.to_owned(),
        display_name: display_name.to_owned(),
        password: PASSWORD.to_owned(),
        ..Account::default()
    };
    vec![
        account("personal", "Linh"),
        Account {
            is_business: true,
            is_verified: true,
            bio_description: "Coffee from Đà Lạt".to_owned(),
            ..account("business", "Mai Coffee")
        },
        Account {
            is_private: true,
            ..account("private", "Minh")
        },
    ]
}

fn announce(config: &Config) {
    let base = &config.base_url;
    println!("An emulator of TikTok's Login Kit. Nothing of it reaches TikTok.\n");
    println!("  authorize  {base}/v2/auth/authorize/");
    println!("  token      {base}/v2/oauth/token/");
    println!("  revoke     {base}/v2/oauth/revoke/");
    println!("  user info  {base}/v2/user/info/");
    println!("  log out    {base}/logout\n");
    for app in &config.apps {
        println!("  client_key     {}", app.client_key);
        println!("  redirect_uri   {}", app.redirect_uris.join(", "));
    }
    println!("\nAccounts, all with the password {PASSWORD}:");
    for account in &config.accounts {
        println!("  {} ({})", account.username, account.display_name);
    }
    println!("\nStop it with Ctrl-C; it forgets everything then.");
}

async fn handle(State(emulator): State<Arc<Mutex<Emulator>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut is_random = true;
    let response = emulator
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .handle(
            now_ms(),
            &mut |bytes| is_random &= getrandom::fill(bytes).is_ok(),
            &http::Request::from_parts(parts, body),
        );
    if is_random {
        response.map(Body::from)
    } else {
        // What was answered would be guarded by zeros.
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the host: the library is given the time from here"
)]
fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
