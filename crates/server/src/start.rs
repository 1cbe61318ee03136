//! Puts the server together, runs it, and ends it.

use crate::assets::Assets;
use crate::caller::TrustedHeaders;
use crate::config::{Config, Environment, TikTokApp};
use crate::drain::Drain;
use crate::host::Host;
use crate::machine::{HostClock, Machine};
use crate::mail::Mailer;
use crate::metrics::{Calls, Metrics};
use crate::monitor::Monitor;
use crate::outbox::Outbox;
use crate::passwords::{Argon2Passwords, SetUpError};
use crate::router::router;
use crate::sealer::Sealer;
use crate::serve::serve;
use crate::store::{KeyError, SqlStore};
use crate::tiktok::HttpTransport;
use axum::Router;
use contract::route::Route;
use login_kit::{LoginKit, TransportError};
use service::Portal;
use service::env::{Clock as _, Env};
use service::store::StoreError;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use webauthn::RelyingParty;

/// How often what has ended is deleted.
const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// How long those who are being answered have, once the server is to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Why the server doesn't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or isn't this machine's.
    #[error("PORTAL_ADDRESS: can't listen there: {0}")]
    Address(io::Error),
    /// So is the one for metrics.
    #[error("PORTAL_METRICS_ADDRESS: can't listen there: {0}")]
    MetricsAddress(io::Error),
    #[error("PORTAL_DATABASE_URL: {0}")]
    Database(#[from] StoreError),
    #[error("PORTAL_KEYS: {0}")]
    Keys(#[from] KeyError),
    /// The app isn't there.
    #[error("PORTAL_ASSETS: the folder has no built app; `cargo xtask dist` makes it in dist/app")]
    Assets,
    #[error(transparent)]
    Passwords(#[from] SetUpError),
    /// No way to TikTok.
    #[error(transparent)]
    TikTok(#[from] TransportError),
    /// Everybody knows the passwords of its accounts.
    #[error(
        "PORTAL_DATABASE_URL: it holds the accounts of a demonstration, whose password is public; \
         name another file"
    )]
    Demonstration,
    /// TikTok registers no such redirect URI, and neither does its emulator.
    #[error("PORTAL_PUBLIC_URL: {0}")]
    RedirectUri(String),
    /// The personas can't be made.
    #[error("the personas can't be made: {0}")]
    Personas(String),
}

/// A server that runs.
pub struct Running {
    pub address: SocketAddr,
    /// Where Prometheus reads its metrics, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    /// Where browsers reach it.
    pub public_url: String,
    /// What the service was given.
    pub env: Env,
    /// The clock, which can be put forward.
    pub clock: Arc<HostClock>,
    /// The letters that went out; kept outside production.
    pub outbox: Option<Arc<Outbox>>,
    store: SqlStore,
    drain: Arc<Drain>,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
    stop_mailer: oneshot::Sender<()>,
    mailer: JoinHandle<()>,
    sweeper: Sweeper,
    monitor: JoinHandle<()>,
}

pub async fn start(config: &Config, machine: Machine) -> Result<Running, StartError> {
    let listener = TcpListener::bind(config.address)
        .await
        .map_err(StartError::Address)?;
    let address = listener.local_addr().map_err(StartError::Address)?;
    let public_url = config.public_url(address);
    let assets = assets(config)?;
    let metrics = Arc::new(Metrics::new(machine.clock.now()));
    let store = open_store(config, &machine).await?;
    let store = store.counting(metrics.faults.clone());
    store.check_keys().await?;
    if config.environment == Environment::Production && store.has_demo_accounts().await? {
        return Err(StartError::Demonstration);
    }
    let passwords = Argon2Passwords::new(machine.password_cost, Arc::clone(&machine.randomness))?;
    let passwords = Arc::new(passwords.counting(metrics.passwords_refused.clone()));
    let drain = Arc::<Drain>::default();
    let (metrics_address, monitor) = monitor(
        config.metrics_address,
        Monitor {
            metrics: Arc::clone(&metrics),
            store: store.clone(),
            passwords: Arc::clone(&passwords),
            drain: Arc::clone(&drain),
            clock: machine.clock.clone(),
        },
    )
    .await?;
    let outbox = match config.environment {
        Environment::Development => Some(Arc::new(Outbox::new(machine.clock.clone()))),
        Environment::Production => None,
    };
    let mail = Mailer::new(&public_url, outbox.clone(), metrics.deliveries.clone());
    let redirect_uri = redirect_uri(&public_url);
    let calls = metrics.calls.clone();
    let tiktok = login_kit(config, address, &public_url, redirect_uri.clone(), calls)?;
    let kept = Arc::new(store.clone());
    let (stop_mailer, mailer_stopped) = oneshot::channel();
    let mailer = mail.start(
        &config.mail,
        config.mail_from.clone(),
        kept.clone(),
        machine.clock.clone(),
        config.limits.mail,
        mailer_stopped,
    );
    let env = Env {
        store: kept,
        clock: machine.clock.clone(),
        randomness: Arc::clone(&machine.randomness),
        mail: Arc::new(mail),
        passwords,
        tiktok: Arc::new(tiktok),
        relying_party: RelyingParty::at(&public_url),
        rollout: config.rollout.clone(),
        demonstration: config.is_demonstration(),
    };
    let beside = beside(
        config,
        &env,
        &machine,
        outbox.as_ref(),
        &redirect_uri,
        &public_url,
    )
    .await?;
    let portal = Portal::new(env.clone());
    let host = Arc::new(Host {
        portal: portal.clone(),
        store: store.clone(),
        assets,
        trusted: trusted(config),
        tells_timing: config.environment == Environment::Development,
        randomness: machine.randomness,
        drain: Arc::clone(&drain),
        metrics: Arc::clone(&metrics),
        body_patience: config.limits.connections.body,
        public_url: public_url.clone(),
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let router = router(&host, beside);
    let open = metrics.connections.clone();
    let server = serve(listener, router, config.limits.connections, open, stopped);
    Ok(Running {
        address,
        metrics_address,
        public_url,
        env,
        clock: machine.clock,
        outbox,
        store,
        drain,
        stop,
        server: tokio::spawn(server),
        stop_mailer,
        mailer,
        sweeper: Sweeper::start(portal, metrics),
        monitor,
    })
}

fn trusted(config: &Config) -> TrustedHeaders {
    TrustedHeaders {
        country: config.country_header.clone(),
        address: config.client_address_header.clone(),
    }
}

/// Starts what tells metrics, if an address is given for it.
async fn monitor(
    address: Option<SocketAddr>,
    monitor: Monitor,
) -> Result<(Option<SocketAddr>, JoinHandle<()>), StartError> {
    let Some(address) = address else {
        return Ok((None, tokio::spawn(async {})));
    };
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(StartError::MetricsAddress)?;
    let address = listener.local_addr().map_err(StartError::MetricsAddress)?;
    Ok((Some(address), tokio::spawn(monitor.serve(listener))))
}

/// Where TikTok sends those back whom it has asked.
fn redirect_uri(public_url: &str) -> String {
    let callback = Route::TikTokCallback {
        query: String::new(),
    };
    format!("{public_url}{}", callback.path())
}

/// The store that the settings name, with their keys.
pub async fn open_store(config: &Config, machine: &Machine) -> Result<SqlStore, StartError> {
    let sealer = Sealer::new(config.keys.clone(), Arc::clone(&machine.randomness));
    let store = SqlStore::open_within(config.database.clone(), &config.limits.store).await?;
    Ok(store.sealed_by(sealer))
}

impl Running {
    /// Still answers all that is asked, and lets whoever asks turn to other servers: `/readyz` says
    /// no, and each answer ends its connection.
    pub fn drain(&self) {
        self.drain.begin();
    }

    /// Lets those finish who are being answered, and the letters go out; then closes the database.
    pub async fn stop(self) {
        let Self {
            store,
            stop,
            mut server,
            stop_mailer,
            mut mailer,
            sweeper,
            monitor,
            ..
        } = self;
        sweeper.stop();
        // Nobody listens any more where the server has ended by itself.
        let _ = stop.send(());
        if tokio::time::timeout(FAREWELL, &mut server).await.is_err() {
            server.abort();
            let _ = server.await;
        }
        sweeper.ended().await;
        // Nobody stores a letter any more.
        let _ = stop_mailer.send(());
        if tokio::time::timeout(FAREWELL, &mut mailer).await.is_err() {
            mailer.abort();
            tracing::warn!("letters were left for another server, or the next start");
        }
        // To the end it tells of those who are still answered, and of letters.
        monitor.abort();
        if tokio::time::timeout(FAREWELL, store.close()).await.is_err() {
            tracing::warn!("the database was still in use");
        }
    }
}

fn assets(config: &Config) -> Result<Assets, StartError> {
    let read = Assets::read(&config.assets, config.assets_before.as_deref());
    let assets = match (read, config.environment) {
        (Ok(assets), _) if assets.has_app() => return Ok(assets),
        (_, Environment::Production) => return Err(StartError::Assets),
        (Ok(assets), Environment::Development) => assets,
        (Err(_), Environment::Development) => Assets::none(),
    };
    tracing::warn!(
        folder = %config.assets.display(),
        "there is no built app: only the API answers"
    );
    Ok(assets)
}

fn login_kit(
    config: &Config,
    address: SocketAddr,
    public_url: &str,
    redirect_uri: String,
    calls: Calls,
) -> Result<LoginKit, TransportError> {
    let (mut settings, is_here) = match &config.tiktok {
        Some(TikTokApp {
            client_key,
            client_secret,
            emulator,
        }) => {
            let (key, secret) = (client_key.clone(), client_secret.clone());
            let settings = match emulator {
                None => login_kit::Config::tiktok(key, secret, redirect_uri),
                Some(at) => login_kit::Config::emulator(at, key, secret, redirect_uri),
            };
            (settings, emulator.is_some())
        }
        None => (emulated(address, public_url, redirect_uri), true),
    };
    settings.pkce = config.pkce;
    Ok(LoginKit::new(
        settings,
        Box::new(HttpTransport::new(is_here)?.counting(calls)),
    ))
}

/// Browsers come by the public address; the server speaks to itself where it listens.
#[cfg(feature = "demo")]
fn emulated(address: SocketAddr, public_url: &str, redirect_uri: String) -> login_kit::Config {
    use crate::demo::{APP, MOUNT};
    let (client_key, client_secret) = APP;
    login_kit::Config {
        api_base: format!("http://{}{MOUNT}", crate::config::reachable(address)),
        ..login_kit::Config::emulator(
            &format!("{public_url}{MOUNT}"),
            client_key.to_owned(),
            client_secret.to_owned(),
            redirect_uri,
        )
    }
}

/// The configuration refuses to be without a key in a build without the emulator.
#[cfg(not(feature = "demo"))]
fn emulated(_: SocketAddr, _: &str, redirect_uri: String) -> login_kit::Config {
    login_kit::Config::tiktok(String::new(), String::new(), redirect_uri)
}

/// What stands beside the portal outside production.
#[cfg(feature = "demo")]
async fn beside(
    config: &Config,
    env: &Env,
    machine: &Machine,
    outbox: Option<&Arc<Outbox>>,
    redirect_uri: &str,
    public_url: &str,
) -> Result<Router, StartError> {
    use crate::demo::{APP, Mount, dev_routes, emulator_routes};
    // Only outside production is there an outbox.
    let Some(outbox) = outbox else {
        return Ok(Router::new());
    };
    let is_demonstration = config.is_demonstration();
    let dev = dev_routes(
        Arc::clone(outbox),
        machine.clock.clone(),
        Portal::new(env.clone()),
        public_url,
        is_demonstration,
    );
    if !is_demonstration {
        return Ok(dev);
    }
    let (client_key, _) = APP;
    let seeded = |username: &str| service::personas::AtTikTok {
        open_id: tiktok_emulator::open_id(client_key, username),
        union_id: tiktok_emulator::union_id(username),
        avatar_url: tiktok_emulator::avatar_url(username),
    };
    service::personas::seed(env, &seeded)
        .await
        .map_err(|error| StartError::Personas(error.to_string()))?;
    let mount = Mount::new(
        public_url,
        redirect_uri,
        config.pkce,
        machine.clock.clone(),
        Arc::clone(&machine.randomness),
    )
    .map_err(|why| StartError::RedirectUri(why.to_string()))?;
    Ok(dev.merge(emulator_routes(mount)))
}

#[cfg(not(feature = "demo"))]
#[expect(clippy::unused_async, reason = "it is the other one's stand-in")]
async fn beside(
    _: &Config,
    _: &Env,
    _: &Machine,
    _: Option<&Arc<Outbox>>,
    _: &str,
    _: &str,
) -> Result<Router, StartError> {
    Ok(Router::new())
}

/// What the portal does every ten minutes.
struct Sweeper {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Sweeper {
    fn start(portal: Portal, metrics: Arc<Metrics>) -> Self {
        let stop = watch::Sender::new(false);
        let task = tokio::spawn(sweep(portal, metrics, stop.subscribe()));
        Self { stop, task }
    }

    /// A sweep that is under way ends as soon as it can.
    fn stop(&self) {
        let _ = self.stop.send(true);
    }

    /// Between a grant that TikTok renews and its tokens in the database nothing ends it.
    async fn ended(mut self) {
        if tokio::time::timeout(FAREWELL, &mut self.task)
            .await
            .is_err()
        {
            self.task.abort();
        }
    }
}

async fn sweep(portal: Portal, metrics: Arc<Metrics>, mut stopped: watch::Receiver<bool>) {
    let mut turns = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            _ = stopped.changed() => return,
        }
        match portal.sweep_while(&|| !*stopped.borrow()).await {
            Ok(()) => metrics.sweeps.count("ok"),
            Err(error) => {
                metrics.sweeps.count("failed");
                tracing::error!(%error, "a sweep left something undone");
            }
        }
    }
}
