//! What stands on the machine while it runs: PostgreSQL and its standby, servers, and HAProxy before
//! both. Each ends with this process.

use crate::postgres_programs::{of_postgres, programs};
use crate::watched::Watched;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection};
use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

pub(crate) const SERVERS: usize = 3;
pub(crate) const ADDRESS_HEADER: &str = "x-client-address";
/// The app as the emulator of TikTok knows it.
pub(crate) const APP: (&str, &str) = ("emulated-portal", "emulated-portal-has-no-secret");
const KEYS: &str = "only:b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";
/// By this name the primary waits for it.
const STANDBY: &str = "standby";
const SUPERUSER: &str = "postgres";
const USER: &str = "portal";

struct Ports {
    web: u16,
    servers: [u16; SERVERS],
    database: u16,
    primary: u16,
    standby: u16,
}

impl Ports {
    /// Such as nobody uses now.
    fn choose() -> Self {
        let held = [(); SERVERS + 4].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let [web, database, primary, standby, servers @ ..] =
            held.map(|it| it.local_addr().unwrap().port());
        Self {
            web,
            servers,
            database,
            primary,
            standby,
        }
    }
}

/// Which database of the two.
#[derive(Clone, Copy)]
enum Role {
    Primary,
    Standby,
}

pub(crate) struct Site {
    folder: PathBuf,
    ports: Ports,
    settings: Vec<(&'static str, String)>,
    servers: [Option<Watched>; SERVERS],
    started: [Instant; SERVERS],
    proxy: Option<Watched>,
    primary: Option<Watched>,
    standby: Option<Watched>,
    /// Deletes the folder when all is over.
    _broom: Watched,
}

impl Site {
    /// All of it, once it answers. `mail` and `tiktok`: where those stand.
    pub(crate) async fn start(mail: u16, tiktok: impl FnOnce(&str) -> String) -> Self {
        let folder = tempfile::Builder::new().prefix("portal-failure").tempdir();
        let folder = folder.unwrap().keep();
        let ports = Ports::choose();
        if let Some(uid) = of_postgres(&mut Command::new("sh"), &folder) {
            chown(&folder, Some(uid), None).unwrap();
        }
        let mut broom = Command::new("sh");
        let sweep = r#"cat >/dev/null; until rm -rf "$1" 2>/dev/null; do sleep 1; done"#;
        broom.args(["-c", sweep, "sh"]).arg(&folder);
        broom.process_group(0);
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        let broom = Watched(broom.stdin(Stdio::piped()).spawn().unwrap());
        fs::write(folder.join("index.html"), "<!DOCTYPE html>").unwrap();
        let public_url = format!("http://127.0.0.1:{}", ports.web);
        let (client_key, client_secret) = APP;
        let settings = vec![
            ("PORTAL_PUBLIC_URL", public_url.clone()),
            (
                "PORTAL_DATABASE_URL",
                format!("postgres://{USER}@127.0.0.1:{}/portal", ports.database),
            ),
            ("PORTAL_ASSETS", folder.display().to_string()),
            ("PORTAL_KEYS", KEYS.to_owned()),
            ("PORTAL_MAIL", format!("smtp://127.0.0.1:{mail}")),
            ("PORTAL_MAIL_FROM", "portal@portal.test".to_owned()),
            ("PORTAL_CLIENT_ADDRESS_HEADER", ADDRESS_HEADER.to_owned()),
            ("PORTAL_TIKTOK_CLIENT_KEY", client_key.to_owned()),
            ("PORTAL_TIKTOK_CLIENT_SECRET", client_secret.to_owned()),
            ("PORTAL_TIKTOK_EMULATOR", tiktok(&public_url)),
            ("RUST_LOG", "warn".to_owned()),
        ];
        let mut site = Self {
            folder,
            ports,
            settings,
            servers: [const { None }; SERVERS],
            started: [Instant::now(); SERVERS],
            proxy: None,
            primary: None,
            standby: None,
            _broom: broom,
        };
        site.start_databases().await;
        site.start_proxy();
        for number in 0..SERVERS {
            site.start_server(number);
        }
        site
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.web)
    }

    /// What a server said; all of them write warnings alone.
    pub(crate) fn logs(&self) -> String {
        let log = |number| fs::read_to_string(self.folder.join(format!("server-{number}.log")));
        (0..SERVERS).filter_map(|it| log(it).ok()).collect()
    }

    pub(crate) fn start_server(&mut self, number: usize) {
        let log = self.folder.join(format!("server-{number}.log"));
        let address = format!("127.0.0.1:{}", self.ports.servers[number]);
        let settings = &self.settings;
        let server = Watched::start(&[env!("CARGO_BIN_EXE_server")], &log, |command| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            command.env_clear().env("PATH", path).process_group(0);
            command.env("PORTAL_ADDRESS", address);
            command.envs(settings.iter().map(|(name, value)| (name, value)));
        });
        self.servers[number] = Some(server);
        self.started[number] = Instant::now();
    }

    /// Starts those again that have ended by themselves, as a supervisor would: without its database
    /// a server doesn't start.
    pub(crate) fn restart_ended(&mut self) {
        for number in 0..SERVERS {
            let has_had_time = self.started[number].elapsed() > Duration::from_secs(2);
            let address = ("127.0.0.1", self.ports.servers[number]);
            if has_had_time && TcpStream::connect(address).is_err() {
                self.kill_server(number);
                self.start_server(number);
            }
        }
    }

    pub(crate) fn kill_server(&mut self, number: usize) {
        self.servers[number] = None;
    }

    fn data(&self, role: Role) -> (PathBuf, u16) {
        match role {
            Role::Primary => (self.folder.join("primary"), self.ports.primary),
            Role::Standby => (self.folder.join(STANDBY), self.ports.standby),
        }
    }

    /// Has one of PostgreSQL's programs do something, and waits for its end.
    fn control(&self, program: &str, words: &[&str]) {
        let mut command = Command::new(programs().join(program));
        of_postgres(&mut command, &self.folder);
        let done = command.args(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{program}: {said}");
    }

    fn add_settings(&self, role: Role, settings: &str) {
        let file = self.data(role).0.join("postgresql.conf");
        let mut file = File::options().append(true).open(file).unwrap();
        writeln!(file, "{settings}").unwrap();
    }

    async fn start_database(&self, role: Role) -> Watched {
        let (data, port) = self.data(role);
        self.add_settings(
            role,
            &format!("listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''"),
        );
        let program = programs().join("postgres").display().to_string();
        let data = data.display().to_string();
        let folder = self.folder.clone();
        let log = self.folder.join("postgres.log");
        let words = [program.as_str(), "-D", data.as_str()];
        let started = Watched::start(&words, &log, |command| {
            of_postgres(command, &folder);
        });
        while self.connect(role, "postgres").await.is_err() {
            sleep(Duration::from_millis(100)).await;
        }
        started
    }

    async fn connect(&self, role: Role, database: &str) -> sqlx::Result<PgConnection> {
        let options = PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.data(role).1)
            .username(SUPERUSER)
            .database(database)
            .ssl_mode(PgSslMode::Disable);
        options.connect().await
    }

    /// A number that a query of the operator's gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let role = match self.primary {
            Some(_) => Role::Primary,
            None => Role::Standby,
        };
        let mut connection = self.connect(role, "portal").await.unwrap();
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        query.fetch_one(&mut connection).await.unwrap()
    }

    /// A primary that waits for its standby to have written what it commits.
    async fn start_databases(&mut self) {
        let data = self.data(Role::Primary).0.display().to_string();
        let (data, user) = (
            format!("--pgdata={data}"),
            format!("--username={SUPERUSER}"),
        );
        self.control(
            "initdb",
            &[
                &data,
                &user,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
            ],
        );
        self.primary = Some(self.start_database(Role::Primary).await);
        let mut primary = self.connect(Role::Primary, "postgres").await.unwrap();
        for sql in [
            format!("CREATE ROLE {USER} LOGIN"),
            format!("CREATE DATABASE portal OWNER {USER}"),
        ] {
            let done = sqlx::raw_sql(AssertSqlSafe(sql));
            done.execute(&mut primary).await.unwrap();
        }
        let from = format!(
            "host=127.0.0.1 port={} user={SUPERUSER} application_name={STANDBY}",
            self.ports.primary
        );
        let copy = format!("--pgdata={}", self.data(Role::Standby).0.display());
        self.control(
            "pg_basebackup",
            &[
                &copy,
                &format!("--dbname={from}"),
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
            ],
        );
        self.standby = Some(self.start_database(Role::Standby).await);
        // Of the primary alone: once it is promoted, the standby waits for nobody.
        self.add_settings(
            Role::Primary,
            &format!("synchronous_commit = on\nsynchronous_standby_names = '{STANDBY}'"),
        );
        self.control("pg_ctl", &[&data, "reload"]);
        let synchronous = "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        while self.number(synchronous).await == 0 {
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// The primary is killed and never comes back; its files go too.
    pub(crate) fn lose_primary(&mut self) {
        self.primary = None;
        let lost = self.folder.join("lost");
        fs::rename(self.data(Role::Primary).0, lost).unwrap();
    }

    pub(crate) fn promote_standby(&self) {
        let data = format!("--pgdata={}", self.data(Role::Standby).0.display());
        self.control("pg_ctl", &[&data, "--wait", "promote"]);
    }

    fn start_proxy(&mut self) {
        let file = self.folder.join("haproxy.cfg");
        fs::write(&file, proxy_settings(&self.ports)).unwrap();
        let program = std::env::var("HAPROXY").unwrap_or_else(|_| "haproxy".to_owned());
        let (folder, log) = (self.folder.clone(), self.folder.join("haproxy.log"));
        let file = file.display().to_string();
        let words = [program.as_str(), "-db", "-f", file.as_str()];
        self.proxy = Some(Watched::start(&words, &log, |command| {
            of_postgres(command, &folder);
        }));
    }
}

/// A request is passed to another server only where the first took no connection: whatever came
/// further may have been done, and is the client's to send again, with its key.
fn proxy_settings(ports: &Ports) -> String {
    let Ports {
        web,
        servers,
        database,
        primary,
        standby,
    } = ports;
    let servers = servers.map(|port| format!("    server s{port} 127.0.0.1:{port}"));
    let servers = servers.join("\n");
    format!(
        "global
    maxconn 4000
defaults
    timeout connect 2s
    timeout check 3s
    timeout client 90s
    timeout server 90s
    default-server check inter 500 fall 2 rise 1
frontend portal
    mode http
    bind 127.0.0.1:{web}
    default_backend servers
backend servers
    mode http
    balance roundrobin
    option httpchk
    http-check send meth GET uri /readyz
    retry-on conn-failure
    retries 3
    option redispatch 1
{servers}
frontend database
    mode tcp
    bind 127.0.0.1:{database}
    timeout client 1h
    default_backend databases
backend databases
    mode tcp
    timeout server 1h
    default-server on-marked-down shutdown-sessions
    server primary 127.0.0.1:{primary}
    server standby 127.0.0.1:{standby} backup
"
    )
}
