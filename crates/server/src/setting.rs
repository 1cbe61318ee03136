//! The table of settings: environment variables, each with its default and its meaning.
//! `docs/configuration.md` is this table in prose; a test holds both together.

use std::fmt;

#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub name: &'static str,
    /// What holds where it isn't set, or is empty.
    pub default: &'static str,
    /// What it is for, and what it may be.
    pub meaning: &'static str,
}

/// Where the server listens.
pub const ADDRESS: Setting = Setting {
    name: "PORTAL_ADDRESS",
    default: "127.0.0.1:3000",
    meaning: "Where the server listens: an IP address and a port.",
};
/// Where browsers reach the portal.
pub const PUBLIC_URL: Setting = Setting {
    name: "PORTAL_PUBLIC_URL",
    default: "http:// and the address",
    meaning: "Where browsers reach the portal: scheme, host and port, no path. It must be https, \
              or http on this machine, because browsers keep the cookies nowhere else. Passkeys are \
              bound to its host, for which they need a name, as `localhost` is and an address isn't: \
              where it becomes another, they log in no more. With \
              `/tiktok/callback` behind it, it is the redirect URI to register at TikTok; the \
              emulator judges it as TikTok does, which without https wants `localhost` or \
              `127.0.0.1` with a port. \
              Production: required, https.",
};
/// Whether people depend on it.
pub const ENVIRONMENT: Setting = Setting {
    name: "PORTAL_ENV",
    default: "development",
    meaning: "`development` or `production`. In production there are no personas, no sentinels, \
              no emulator of TikTok and no pages below `/dev`, and the server doesn't start \
              without what is marked as required.",
};
/// Where things are kept.
pub const DATABASE_URL: Setting = Setting {
    name: "PORTAL_DATABASE_URL",
    default: "sqlite:portal.sqlite",
    meaning: "`sqlite:` and a file, which is created where it isn't there; or a database of \
              PostgreSQL, `postgres://user:password@host:port/database` (see \"The database\"). \
              Production: required, and none that a demonstration has used.",
};
/// What seals the secrets in it.
pub const KEYS: Setting = Setting {
    name: "PORTAL_KEYS",
    default: "none",
    meaning: "The keys that seal TikTok's tokens, PKCE verifiers and the e-mails that wait in the \
              database: `id:key`, as `server key` prints one, and several with commas between \
              them. The first seals, each opens. Without any they are stored as they are. \
              Production: required.",
};
pub const ASSETS: Setting = Setting {
    name: "PORTAL_ASSETS",
    default: "dist/app",
    meaning: "The folder of the built app. It is read once, at the start.",
};
/// Where the app's last release is.
pub const ASSETS_BEFORE: Setting = Setting {
    name: "PORTAL_ASSETS_BEFORE",
    default: "none",
    meaning: "The folder of the release before. Its files are still served by the names that hold \
              their hashes, so that tabs go on that were opened before an upgrade; a day is enough.",
};
/// Our name at TikTok.
pub const CLIENT_KEY: Setting = Setting {
    name: "PORTAL_TIKTOK_CLIENT_KEY",
    default: "none",
    meaning: "The app's client key at TikTok. Without it, and outside production, an emulator \
              of TikTok stands at `/tiktok-emulator`. Production: required.",
};
/// Our secret at TikTok.
pub const CLIENT_SECRET: Setting = Setting {
    name: "PORTAL_TIKTOK_CLIENT_SECRET",
    default: "none",
    meaning: "The app's client secret at TikTok; set together with the key. Production: required.",
};
/// Who stands in for TikTok.
pub const EMULATOR: Setting = Setting {
    name: "PORTAL_TIKTOK_EMULATOR",
    default: "none",
    meaning: "Where an emulator of TikTok stands that several servers share, such as \
              `http://127.0.0.1:4000` (crates/tiktok-emulator): it is asked in TikTok's place, by \
              the client key and secret that it knows. Production: refused.",
};
/// How TikTok reads PKCE.
pub const PKCE: Setting = Setting {
    name: "PORTAL_TIKTOK_PKCE",
    default: "hex",
    meaning: "How the PKCE challenge is written: `hex` (as TikTok documents it), `base64url` (as \
              RFC 7636 does) or `off`.",
};
pub const MAIL: Setting = Setting {
    name: "PORTAL_MAIL",
    default: "console",
    meaning: "How e-mails leave: `console` prints them, `smtp://user:password@host:port` and \
              `smtps://…` send them. `smtp://…?tls=required` asks for STARTTLS. Production: \
              required, not `console`; with a password and to another machine, with TLS.",
};
/// Whether everybody may read what is really sent.
pub const PUBLIC_OUTBOX: Setting = Setting {
    name: "PORTAL_PUBLIC_OUTBOX",
    default: "no",
    meaning: "`yes` lets a demonstration at an https address send real e-mails, although \
              everybody can read them, and the codes in them, at `/dev/outbox`.",
};
/// From whom letters come.
pub const MAIL_FROM: Setting = Setting {
    name: "PORTAL_MAIL_FROM",
    default: "no-reply@portal.invalid",
    meaning: "From whom e-mails come. Production: required.",
};
/// Where the feature is tested.
pub const REGIONS: Setting = Setting {
    name: "PORTAL_REGIONS",
    default: "Asia-Pacific",
    meaning: "The countries or regions that have the feature to link TikTok, as ISO 3166-1 \
              alpha-2 codes with commas between them.",
};
/// For how many it is.
pub const SHARE: Setting = Setting {
    name: "PORTAL_SHARE",
    default: "100",
    meaning: "How many of a hundred users there have it: 0 to 100.",
};
/// Who tells the country.
pub const COUNTRY_HEADER: Setting = Setting {
    name: "PORTAL_COUNTRY_HEADER",
    default: "none",
    meaning: "The header by which the proxy in front tells the visitor's country or region, such \
              as `cf-ipcountry`. Set it only where the proxy overwrites what visitors send.",
};
/// Who tells the address.
pub const CLIENT_ADDRESS_HEADER: Setting = Setting {
    name: "PORTAL_CLIENT_ADDRESS_HEADER",
    default: "none",
    meaning: "The header by which the proxy in front tells the visitor's IP address, such as \
              `x-forwarded-for`, of which the last entry counts. Set it only where there is such \
              a proxy: tries are counted by this address. Production: required; `none` where \
              there is no proxy.",
};
/// How long the proxy in front has to notice.
pub const DRAIN: Setting = Setting {
    name: "PORTAL_DRAIN",
    default: "8",
    meaning: "For how many seconds after SIGTERM the server still takes requests, while `/readyz` \
              answers 503: longer than the proxy in front takes to notice. 0 to 600.",
};
/// Where the server is watched.
pub const METRICS_ADDRESS: Setting = Setting {
    name: "PORTAL_METRICS_ADDRESS",
    default: "none",
    meaning: "Where Prometheus reads the server's metrics, at `/metrics`: an IP address and a port \
              that visitors don't reach. Without it there are none.",
};
/// Where traces go. Its name and the next one's are those of OpenTelemetry's specification.
pub const OTLP_ENDPOINT: Setting = Setting {
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    default: "none",
    meaning: "Where a collector of OpenTelemetry's takes traces by OTLP over HTTP, such as \
              `http://127.0.0.1:4318`: `/v1/traces` is added to it. Without it there are none.",
};
/// Whose traces they are.
pub const SERVICE_NAME: Setting = Setting {
    name: "OTEL_SERVICE_NAME",
    default: "business-portal",
    meaning: "What the server is called in traces.",
};
/// How the log is written.
pub const LOG: Setting = Setting {
    name: "PORTAL_LOG",
    default: "text",
    meaning: "How the log is written: `text`, or `json`, an object on each line. `RUST_LOG` says \
              what is.",
};

/// Every setting, in the order in which one meets them.
pub const SETTINGS: [Setting; 23] = [
    ADDRESS,
    PUBLIC_URL,
    ENVIRONMENT,
    DATABASE_URL,
    KEYS,
    ASSETS,
    ASSETS_BEFORE,
    CLIENT_KEY,
    CLIENT_SECRET,
    EMULATOR,
    PKCE,
    MAIL,
    MAIL_FROM,
    PUBLIC_OUTBOX,
    REGIONS,
    SHARE,
    COUNTRY_HEADER,
    CLIENT_ADDRESS_HEADER,
    DRAIN,
    METRICS_ADDRESS,
    OTLP_ENDPOINT,
    SERVICE_NAME,
    LOG,
];

/// Characters in a line of the file, unless a single word is longer.
const WIDTH: usize = 78;

/// Every setting as a file of environment variables (`systemd.exec(5)`) explains it: nothing in it is
/// set.
pub struct EnvironmentFile;

impl fmt::Display for EnvironmentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, setting) in SETTINGS.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            comment(f, setting.meaning)?;
            comment(f, &format!("Default: {}", setting.default))?;
            writeln!(f, "#{}=", setting.name)?;
        }
        Ok(())
    }
}

fn comment(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("#")?;
    let mut column = 1;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 1 && column + 1 + length > WIDTH {
            f.write_str("\n#")?;
            column = 1;
        }
        write!(f, " {word}")?;
        column += 1 + length;
    }
    f.write_str("\n")
}
