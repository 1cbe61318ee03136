//! Which database an address names: `sqlite:` and a file, or `postgres:` and a host.

use crate::origin::is_this_machine;
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::sqlite::SqliteConnectOptions;
use url::Url;

/// What a server of PostgreSQL calls those who are connected from here, where the address says
/// nothing else.
const APPLICATION: &str = "business-portal";

/// The database that an address names. It holds a password, so it can't be printed.
#[derive(Clone)]
pub enum Address {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

impl Address {
    /// Reads the address of a database, or says in words for the operator what is wrong with it:
    /// they stand behind the name of the setting, and quote nothing.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        match scheme {
            "sqlite" => sqlite(text, rest),
            "postgres" | "postgresql" => postgres(text),
            _ => Err("is neither `sqlite:` and a file nor `postgres://user@host/database`"),
        }
    }
}

fn sqlite(text: &str, file: &str) -> Result<Address, &'static str> {
    // One that is kept in memory is another one for each connection.
    let in_memory = file.contains(":memory:") || file.contains("mode=memory");
    let named = !file.trim_start_matches('/').is_empty();
    if file.contains("vfs=") {
        // Two connections that lock a file by different means don't see each other's locks.
        return Err("has a parameter `vfs`: the file is locked as SQLite does it by itself");
    }
    let options = text.parse().ok().filter(|_| named && !in_memory);
    let options = options.ok_or("isn't `sqlite:` and a file")?;
    Ok(Address::Sqlite(Box::new(options)))
}

fn postgres(text: &str) -> Result<Address, &'static str> {
    const SHAPE: &str = "isn't `postgres://user:password@host:port/database`";
    let url = Url::parse(text).map_err(|_| SHAPE)?;
    let host = url.host_str().filter(|host| !host.is_empty());
    let host = host.ok_or("names no host: postgres://user@host/database")?;
    if url.path().trim_start_matches('/').is_empty() {
        return Err("names no database: postgres://user@host/database");
    }
    let mut is_here = is_this_machine(host) || host.starts_with("%2F");
    let mut mode = None;
    let mut application = APPLICATION;
    let parameters: Vec<_> = url.query_pairs().collect();
    for (name, value) in &parameters {
        match name.as_ref() {
            "host" if value.starts_with('/') => is_here = true,
            "host" => {
                return Err("has a parameter `host` that isn't the folder of a socket, \
                            such as /run/postgresql");
            }
            "sslmode" => mode = Some(ssl_mode(value)?),
            "application_name" => application = value,
            "sslrootcert" | "sslcert" | "sslkey" => {}
            _ => {
                return Err(
                    "has a parameter that is none of sslmode, sslrootcert, sslcert, \
                            sslkey, host and application_name",
                );
            }
        }
    }
    // Said here in any case, or PGSSLMODE would say it.
    let mode = mode.unwrap_or(if is_here {
        PgSslMode::Disable
    } else {
        PgSslMode::VerifyFull
    });
    let mut options = PgConnectOptions::from_url(&url)
        .map_err(|_| SHAPE)?
        .ssl_mode(mode)
        .application_name(application);
    // sqlx would look for a host whose name has the brackets.
    if let Some(bare) = host.strip_prefix('[').and_then(|ip| ip.strip_suffix(']')) {
        options = options.host(bare);
    }
    Ok(Address::Postgres(Box::new(options)))
}

/// Those that say what they promise. `prefer` and `allow` leave it to whoever stands in between.
fn ssl_mode(text: &str) -> Result<PgSslMode, &'static str> {
    match text {
        "disable" => Ok(PgSslMode::Disable),
        "require" => Ok(PgSslMode::Require),
        "verify-ca" => Ok(PgSslMode::VerifyCa),
        "verify-full" => Ok(PgSslMode::VerifyFull),
        _ => Err("has an sslmode that is none of disable, require, verify-ca and verify-full"),
    }
}
