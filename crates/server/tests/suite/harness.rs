//! A server for one test.

use crate::browser::Browser;
use crate::database::Database;
use domain::time::Timestamp;
use server::config::Config;
use server::machine::{HostClock, Machine};
use server::outbox::SentLetter;
use server::passwords::Cost;
use server::resource_limits::ResourceLimits;
use server::start::{Running, start};
use service::personas::PASSWORD;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// When the tests play.
pub(crate) const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// The header by which each browser tells an address of its own.
pub(crate) const ADDRESS_HEADER: &str = "x-client-address";

/// What seals in the tests: the newest key, and the one before it.
pub(crate) const KEYS: &str = "new:bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU=,old:b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";
/// A folder with a small app in it.
pub(crate) const INDEX: &str = "<!DOCTYPE html><title>The app</title>";

/// A running server with a database of its own.
pub(crate) struct TestServer {
    pub(crate) running: Running,
    pub(crate) client: reqwest::Client,
    pub(crate) folder: TempDir,
    /// Others on the same database. Their emulators of TikTok know nothing of each other.
    pub(crate) beside: Vec<Running>,
    /// Where it isn't the file in the folder.
    _database: Option<Database>,
}

/// A client that follows nothing and keeps nothing.
pub(crate) fn client() -> reqwest::Client {
    // It is the same for every test; the first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

/// The settings of a server in `folder`.
pub(crate) fn settings(folder: &TempDir) -> BTreeMap<&'static str, String> {
    let path = |name: &str| folder.path().join(name).display().to_string();
    BTreeMap::from([
        ("PORTAL_ADDRESS", "127.0.0.1:0".to_owned()),
        (
            "PORTAL_DATABASE_URL",
            format!("sqlite:{}", path("portal.sqlite")),
        ),
        ("PORTAL_ASSETS", path("app")),
        ("PORTAL_KEYS", KEYS.to_owned()),
        ("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER.to_owned()),
    ])
}

/// Reads settings as the binary reads its environment.
pub(crate) fn config(settings: &BTreeMap<&'static str, String>) -> Config {
    Config::read(&|name| settings.get(name).cloned()).unwrap()
}

/// A machine whose clock stands still and whose passwords are cheap.
pub(crate) fn machine() -> Machine {
    Machine {
        clock: Arc::new(HostClock::fixed(NOW)),
        password_cost: Cost::LEAST,
        ..Machine::real()
    }
}

impl TestServer {
    /// One that shows everything.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// One with other settings.
    pub(crate) async fn start_with(changed: &[(&'static str, &str)]) -> Self {
        Self::start_within(&ResourceLimits::default(), changed).await
    }

    /// As many as are asked for, on one database that was made for them.
    pub(crate) async fn start_on(database: Database, count: usize) -> Self {
        Self::start_all_with(database, count, &[]).await
    }

    /// The same with other settings.
    pub(crate) async fn start_all_with(
        database: Database,
        count: usize,
        changed: &[(&'static str, &str)],
    ) -> Self {
        let url = database.url();
        // Hundreds come at once, to a machine that may have other work: none is told to come again.
        let mut limits = ResourceLimits::default();
        limits.store.turn = Duration::from_mins(5);
        let changed = [&[("PORTAL_DATABASE_URL", url.as_str())], changed].concat();
        let first = Self::start_within(&limits, &changed).await;
        let mut settings = settings(&first.folder);
        for (name, value) in changed {
            settings.insert(name, value.to_owned());
        }
        let config = Config {
            limits,
            ..config(&settings)
        };
        let mut beside = Vec::new();
        while beside.len() + 1 < count {
            beside.push(start(&config, machine()).await.unwrap());
        }
        Self {
            beside,
            _database: Some(database),
            ..first
        }
    }

    /// It, and those beside it.
    pub(crate) fn all(&self) -> Vec<&Running> {
        [&self.running].into_iter().chain(&self.beside).collect()
    }

    /// One with limits of its own.
    pub(crate) async fn start_within(
        limits: &ResourceLimits,
        changed: &[(&'static str, &str)],
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_app(&folder);
        let mut settings = settings(&folder);
        for (name, value) in changed {
            settings.insert(name, (*value).to_owned());
        }
        let config = Config {
            limits: *limits,
            ..config(&settings)
        };
        let running = start(&config, machine()).await.unwrap();
        Self {
            running,
            client: client(),
            folder,
            beside: Vec::new(),
            _database: None,
        }
    }

    /// Where the server is on this machine.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// A browser that was never here, nor at TikTok.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(
            self.client.clone(),
            &format!("http://{}", self.running.address),
        )
    }

    /// A browser in which a persona has logged in.
    pub(crate) async fn browser_of(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.log_in(email, PASSWORD).await.unwrap();
        browser
    }

    /// The letters to an address, newest first.
    pub(crate) fn letters_to(&self, email: &str) -> Vec<SentLetter> {
        let outbox = self.running.outbox.as_ref().unwrap();
        let mut letters = outbox.letters();
        letters.retain(|letter| letter.to == email);
        letters
    }

    /// The newest code that was sent to an address.
    pub(crate) fn code_sent_to(&self, email: &str) -> Option<String> {
        self.letters_to(email)
            .iter()
            .find_map(|letter| code_in(&letter.text))
    }

    /// Puts the clock forward.
    pub(crate) fn advance(&self, minutes: u64) {
        for running in self.all() {
            let minutes = Duration::from_mins(minutes);
            running.clock.advance(minutes);
        }
    }
}

/// A line that is six digits.
pub(crate) fn code_in(text: &str) -> Option<String> {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().map(str::trim).find(is_code).map(str::to_owned)
}

fn write_app(folder: &TempDir) {
    let app = folder.path().join("app");
    std::fs::create_dir_all(app.join("locales")).unwrap();
    for (page, names) in [
        ("entry/log-in", ""),
        ("entry/sign-up", ""),
        ("entry/sign-up/verify", "%email%"),
        ("entry/log-in/choose", "%display_name% (%username%)"),
        ("entry/tiktok/callback", ""),
    ] {
        std::fs::create_dir_all(app.join(page)).unwrap();
        for language in ["en", "vi", "zh-Hant"] {
            for variant in ["", "-gated", "-demonstration", "-demonstration-gated"] {
                let name = format!("{page}/{language}{variant}");
                let content = format!("{INDEX}<style>a{{}}</style>{name}<p>{names}</p>");
                std::fs::write(app.join(format!("{name}.html")), content).unwrap();
            }
        }
    }
    for (name, content) in [
        ("index.html", INDEX),
        ("favicon.svg", "<svg/>"),
        ("locales/en.json", "{}"),
        ("portal-0123456789abcdef.js", "let plain;"),
        ("portal-0123456789abcdef.js.br", "stands in for brotli"),
        ("portal-0123456789abcdef.wasm", "\0asm"),
        (".hidden", "hidden"),
    ] {
        std::fs::write(app.join(name), content).unwrap();
    }
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
}
