//! The configuration, read from the environment: every wrong value is told at once, by name.

use crate::mail::MailRoute;
use crate::origin::origin;
use crate::resource_limits::ResourceLimits;
use crate::sealer::{Keys, KeysError};
use crate::setting::{self, Setting};
use crate::store::Address;
use axum::http::HeaderName;
use axum::http::header::FORWARDED;
use domain::region::Country;
use domain::rollout::Rollout;
use lettre::message::Mailbox;
use login_kit::PkceEncoding;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Whether people depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// For those who build it.
    Development,
    /// For those who use it: nothing in it is for show.
    Production,
}

/// The app as TikTok knows it.
#[derive(Clone)]
pub struct TikTokApp {
    /// `client_key`.
    pub client_key: String,
    /// `client_secret`.
    pub client_secret: String,
    /// The origin of an emulator that several servers share; none where it is TikTok itself.
    pub emulator: Option<String>,
}

/// Where traces go, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceExport {
    /// The URL to which they are posted.
    pub endpoint: String,
    /// The server's name in them.
    pub service: String,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    /// An object on each line.
    Json,
}

impl LogFormat {
    /// What the process's environment says: text where it says nothing that can be read, which
    /// [`Config::from_env`] tells then.
    pub fn from_env() -> Self {
        let said = std::env::var(setting::LOG.name).ok();
        said.and_then(|said| Self::parse(said.trim()))
            .unwrap_or(Self::Text)
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

#[derive(Clone)]
pub struct Config {
    pub address: SocketAddr,
    /// Where browsers reach it, if that is told: an origin, without a slash at its end.
    pub public_url: Option<String>,
    /// Whether people depend on it.
    pub environment: Environment,
    pub database: Address,
    /// What seals the secrets in the database; none where they are stored as they are.
    pub keys: Option<Keys>,
    /// The folder of the built app.
    pub assets: PathBuf,
    /// The folder of the release before.
    pub assets_before: Option<PathBuf>,
    /// The app as TikTok knows it; none where an emulator stands in.
    pub tiktok: Option<TikTokApp>,
    /// How the challenge is written.
    pub pkce: PkceEncoding,
    pub mail: MailRoute,
    /// From whom letters come.
    pub mail_from: Mailbox,
    /// Who has the feature.
    pub rollout: Rollout,
    /// Which header tells the country.
    pub country_header: Option<HeaderName>,
    /// Which header tells the address.
    pub client_address_header: Option<HeaderName>,
    /// How long it still answers once it is told to end.
    pub drain: Duration,
    /// Where it tells metrics, if anywhere.
    pub metrics_address: Option<SocketAddr>,
    /// Where traces go, if anywhere.
    pub traces: Option<TraceExport>,
    pub log: LogFormat,
    /// No setting: the defaults, or what a test puts in their place.
    pub limits: ResourceLimits,
}

/// A value that can't be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub name: &'static str,
    /// What is wrong with it. It never quotes the value, which may be a secret.
    pub why: &'static str,
}

/// All that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl core::fmt::Display for Faults {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the configuration can't be used:")?;
        for Fault { name, why } in &self.0 {
            write!(f, "\n  {name} {why}")?;
        }
        f.write_str("\ndocs/configuration.md has every setting")
    }
}

/// Says of a header that nobody is trusted to send one.
const NONE: &str = "none";

/// Reads values and gathers what is wrong with them.
struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// The value, if one is given. An empty one isn't.
    fn given(&self, setting: Setting) -> Option<String> {
        let value = (self.lookup)(setting.name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    fn fault(&mut self, setting: Setting, why: &'static str) {
        self.faults.push(Fault {
            name: setting.name,
            why,
        });
    }

    /// The given value read by `read`, or nothing.
    fn read<T>(
        &mut self,
        setting: Setting,
        why: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.given(setting)?;
        let value = read(&text);
        if value.is_none() {
            self.fault(setting, why);
        }
        value
    }

    /// The given value or the default, read by `read`.
    fn read_or_default<T>(
        &mut self,
        setting: Setting,
        why: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if self.given(setting).is_none() {
            return read(setting.default);
        }
        self.read(setting, why, read)
    }

    fn database(&mut self) -> Option<Address> {
        let text = self.given(setting::DATABASE_URL);
        let text = text.as_deref().unwrap_or(setting::DATABASE_URL.default);
        match Address::parse(text) {
            Ok(address) => Some(address),
            Err(why) => {
                self.fault(setting::DATABASE_URL, why);
                None
            }
        }
    }

    fn keys(&mut self) -> Option<Keys> {
        match Keys::parse(&self.given(setting::KEYS)?) {
            Ok(keys) => Some(keys),
            Err(error) => {
                self.fault(setting::KEYS, keys_fault(error));
                None
            }
        }
    }

    fn rollout(&mut self) -> Option<Rollout> {
        let regions = self.read(
            setting::REGIONS,
            "isn't a list of ISO 3166-1 alpha-2 codes, such as VN,TH",
            regions,
        );
        let rollout_percent =
            self.read_or_default(setting::SHARE, "isn't a number from 0 to 100", |text| {
                text.parse().ok().filter(|share| *share <= 100)
            });
        Some(Rollout {
            regions: regions.unwrap_or_else(|| Rollout::default().regions),
            rollout_percent: rollout_percent?,
        })
    }

    fn tiktok(&self, emulator: Option<String>) -> Option<TikTokApp> {
        self.given(setting::CLIENT_KEY)
            .zip(self.given(setting::CLIENT_SECRET))
            .map(|(client_key, client_secret)| TikTokApp {
                client_key,
                client_secret,
                emulator,
            })
    }

    fn traces(&mut self) -> Option<TraceExport> {
        let endpoint = self.read(
            setting::OTLP_ENDPOINT,
            "isn't http:// or https:// and a host, such as http://127.0.0.1:4318",
            traces_endpoint,
        );
        let service = self.given(setting::SERVICE_NAME);
        Some(TraceExport {
            endpoint: endpoint?,
            service: service.unwrap_or_else(|| setting::SERVICE_NAME.default.to_owned()),
        })
    }

    fn header(&mut self, setting: Setting) -> Option<HeaderName> {
        if self.given(setting).as_deref() == Some(NONE) {
            return None;
        }
        self.read(setting, "isn't the name of a header", |text| {
            text.parse().ok()
        })
    }

    fn client_address_header(&mut self) -> Option<HeaderName> {
        let header = self.header(setting::CLIENT_ADDRESS_HEADER);
        if header == Some(FORWARDED) {
            self.fault(
                setting::CLIENT_ADDRESS_HEADER,
                "is a header of another form (RFC 7239): name one that holds addresses",
            );
        }
        header
    }
}

impl Config {
    /// Reads the configuration from the process's environment.
    pub fn from_env() -> Result<Self, Faults> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// Reads the configuration from what `lookup` gives for each name.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        let config = read(&mut reader);
        match config {
            Some(config) if reader.faults.is_empty() => Ok(config),
            Some(_) | None => Err(Faults(reader.faults)),
        }
    }

    /// Where browsers reach a portal that listens at `bound`.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", reachable(bound)))
    }

    /// Whether TikTok is an emulator.
    pub fn is_demonstration(&self) -> bool {
        match self.environment {
            Environment::Development => self.tiktok.is_none(),
            Environment::Production => false,
        }
    }
}

/// An address at which this machine reaches itself.
pub(crate) fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// Every setting is looked at before the first that is wrong ends it.
fn read(reader: &mut Reader<'_>) -> Option<Config> {
    let environment = reader.read_or_default(
        setting::ENVIRONMENT,
        "is neither `development` nor `production`",
        environment,
    );
    let address = reader.read_or_default(
        setting::ADDRESS,
        "isn't an IP address and a port, such as 127.0.0.1:3000",
        |text| text.parse().ok(),
    );
    let public_url = reader.read(
        setting::PUBLIC_URL,
        "isn't https:// and a host without a path (http:// is for this machine alone)",
        origin,
    );
    let database = reader.database();
    let keys = reader.keys();
    let assets = reader.read_or_default(setting::ASSETS, "isn't a folder", |text| {
        Some(PathBuf::from(text))
    });
    let emulator = reader.read(
        setting::EMULATOR,
        "isn't https:// and a host without a path (http:// is for this machine alone)",
        origin,
    );
    let pkce = reader.read_or_default(
        setting::PKCE,
        "is none of `hex`, `base64url` and `off`",
        pkce,
    );
    let mail = reader.read_or_default(
        setting::MAIL,
        "is neither `console` nor an smtp:// or smtps:// address",
        MailRoute::parse,
    );
    let mail_from = reader.read_or_default(setting::MAIL_FROM, "isn't an e-mail address", |text| {
        text.parse().ok()
    });
    let public_outbox = reader.read_or_default(
        setting::PUBLIC_OUTBOX,
        "is neither `yes` nor `no`",
        yes_or_no,
    );
    let rollout = reader.rollout();
    let country_header = reader.header(setting::COUNTRY_HEADER);
    let client_address_header = reader.client_address_header();
    let drain = reader.read_or_default(
        setting::DRAIN,
        "isn't a number of seconds from 0 to 600",
        seconds,
    );
    let metrics_address = reader.read(
        setting::METRICS_ADDRESS,
        "isn't an IP address and a port, such as 127.0.0.1:9464",
        |text| text.parse().ok(),
    );
    let traces = reader.traces();
    let log = reader.read_or_default(
        setting::LOG,
        "is neither `text` nor `json`",
        LogFormat::parse,
    );
    match environment {
        Some(Environment::Development) | None => {
            let sends = mail.as_ref().is_some_and(MailRoute::is_real);
            require_to_build(
                reader,
                public_url.as_deref(),
                sends && public_outbox == Some(false),
            );
        }
        Some(Environment::Production) => {
            require_to_serve(reader, public_url.as_deref(), mail.as_ref());
        }
    }
    Some(Config {
        address: address?,
        public_url,
        environment: environment?,
        database: database?,
        keys,
        assets: assets?,
        assets_before: reader.given(setting::ASSETS_BEFORE).map(PathBuf::from),
        tiktok: reader.tiktok(emulator),
        pkce: pkce?,
        mail: mail?,
        mail_from: mail_from?,
        rollout: rollout?,
        country_header,
        client_address_header,
        drain: drain?,
        metrics_address,
        traces,
        log: log?,
        limits: ResourceLimits::default(),
    })
}

/// Refuses one half of what TikTok knows us by, and the pages of development where others come by.
/// `sends_unasked`: real letters go out, and nobody has said that all may read them.
fn require_to_build(reader: &mut Reader<'_>, public_url: Option<&str>, sends_unasked: bool) {
    let is_public = public_url.is_some_and(|url| url.starts_with("https://"));
    let key = reader.given(setting::CLIENT_KEY).is_some();
    let secret = reader.given(setting::CLIENT_SECRET).is_some();
    if key && !secret {
        reader.fault(setting::CLIENT_SECRET, "is required beside the key");
    }
    if secret && !key {
        reader.fault(setting::CLIENT_KEY, "is required beside the secret");
    }
    if !key && reader.given(setting::EMULATOR).is_some() {
        reader.fault(
            setting::CLIENT_KEY,
            "is required: the emulator that is named asks for it",
        );
    }
    // With http it is for this machine alone.
    if key && is_public {
        reader.fault(
            setting::ENVIRONMENT,
            "must be `production` where others reach a portal that is known to TikTok: \
             development shows its letters to anyone",
        );
    }
    if !key && is_public && sends_unasked {
        reader.fault(
            setting::MAIL,
            "sends real e-mails from a demonstration, which shows them to anyone: set \
             PORTAL_PUBLIC_OUTBOX=yes where that is meant, PORTAL_ENV=production where it isn't one",
        );
    }
    if !key && !secret && !cfg!(feature = "demo") {
        reader.fault(
            setting::CLIENT_KEY,
            "is required: this build has no emulator of TikTok",
        );
    }
}

/// Refuses what production can't do without.
fn require_to_serve(reader: &mut Reader<'_>, public_url: Option<&str>, mail: Option<&MailRoute>) {
    for setting in [
        setting::PUBLIC_URL,
        setting::DATABASE_URL,
        setting::CLIENT_KEY,
        setting::CLIENT_SECRET,
        setting::MAIL,
        setting::MAIL_FROM,
    ] {
        if reader.given(setting).is_none() {
            reader.fault(setting, "is required in production");
        }
    }
    if reader.given(setting::EMULATOR).is_some() {
        reader.fault(
            setting::EMULATOR,
            "isn't for production: anybody is anyone there",
        );
    }
    if reader.given(setting::KEYS).is_none() {
        reader.fault(
            setting::KEYS,
            "is required in production, or TikTok's tokens lie in the database as they are: \
             `server key` prints one",
        );
    }
    if reader.given(setting::CLIENT_ADDRESS_HEADER).is_none() {
        reader.fault(
            setting::CLIENT_ADDRESS_HEADER,
            "is required in production, or all visitors behind a proxy count as one; `none` \
             where there is no proxy",
        );
    }
    if public_url.is_some_and(|url| !url.starts_with("https://")) {
        reader.fault(setting::PUBLIC_URL, "must be https:// in production");
    }
    if reader.given(setting::MAIL).as_deref() == Some("console") {
        reader.fault(
            setting::MAIL,
            "must be an smtp:// or smtps:// address in production",
        );
    }
    if mail.is_some_and(MailRoute::shows_its_password) {
        reader.fault(
            setting::MAIL,
            "would show its password to the network: use smtps:// or smtp://…?tls=required",
        );
    }
}

fn keys_fault(error: KeysError) -> &'static str {
    match error {
        KeysError::Form => {
            "isn't `id:key`, or several of them with commas between: `server key` prints one"
        }
        KeysError::Id => "has an id that isn't 1 to 32 letters, digits, `-` and `.`",
        KeysError::Twice => "has the same id twice: a new key has an id of its own",
        KeysError::Key => "has a key that isn't base64 of 32 bytes: `server key` prints one",
    }
}

fn environment(text: &str) -> Option<Environment> {
    match text {
        "development" => Some(Environment::Development),
        "production" => Some(Environment::Production),
        _ => None,
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.parse().ok().filter(|seconds| *seconds <= 600);
    seconds.map(Duration::from_secs)
}

/// Where traces are posted, of a collector's address (OpenTelemetry's "Endpoint URLs for OTLP/HTTP").
/// A name and a password stand in `OTEL_EXPORTER_OTLP_HEADERS`, where no message of an error quotes
/// them.
fn traces_endpoint(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_bare = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let is_http = matches!(url.scheme(), "http" | "https");
    (is_http && is_bare).then(|| format!("{}/v1/traces", url.as_str().trim_end_matches('/')))
}

fn pkce(text: &str) -> Option<PkceEncoding> {
    match text {
        "hex" => Some(PkceEncoding::Hex),
        "base64url" => Some(PkceEncoding::Base64Url),
        "off" => Some(PkceEncoding::Off),
        _ => None,
    }
}

fn regions(text: &str) -> Option<Vec<Country>> {
    text.split(',')
        .map(|code| Country::parse(code).ok())
        .collect()
}
