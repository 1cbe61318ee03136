//! A database for one test: a file of SQLite's, or a database in a PostgreSQL that is this process's
//! own. The first test that wants PostgreSQL starts it.

use crate::postgres::{Postgres, USER};
use crate::postgres_programs::{of_postgres, programs};
use server::store::SqlStore;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The kinds of databases that hold what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// One that holds nothing yet. It goes with its test.
pub(crate) enum Database {
    Sqlite(TempDir),
    Postgres {
        cluster: &'static Cluster,
        name: String,
    },
}

impl Database {
    pub(crate) async fn of(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::Sqlite(tempfile::tempdir().unwrap()),
            Kind::Postgres => cluster().await.database().await,
        }
    }

    /// What `PORTAL_DATABASE_URL` says of it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => {
                format!("sqlite:{}", folder.path().join("portal.sqlite").display())
            }
            Self::Postgres { cluster, name } => cluster.url(name),
        }
    }

    /// What it says where it is reached by an address of this machine.
    pub(crate) fn at(&self, host: &str) -> String {
        let Self::Postgres { name, .. } = self else {
            unreachable!("it is a file");
        };
        format!("postgres://{USER}@{host}/{name}")
    }

    /// What an operator does in it, or to it.
    pub(crate) async fn command(&self, sql: &str) {
        self.try_command(sql).await.unwrap();
    }

    pub(crate) async fn try_command(&self, sql: &str) -> sqlx::Result<()> {
        let Self::Postgres { cluster, name } = self else {
            unreachable!("it has no operator");
        };
        let sql = sql.replace("DATABASE this", &format!("DATABASE {name}"));
        cluster.command_in(name, sql).await
    }

    pub(crate) async fn open(&self) -> SqlStore {
        SqlStore::open(&self.url()).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { cluster, name } = self {
            // Or hundreds of them lie on the disk until the suite has ended. Nobody waits for it.
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            let cluster: &'static Cluster = cluster;
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(cluster.command(drop));
            });
        }
    }
}

/// Makes of each `async fn name(database: Database)` a test on each kind of database.
macro_rules! on_each_database {
    ($($name:ident;)+) => {
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let kind = $crate::database::Kind::Sqlite;
                super::$name($crate::database::Database::of(kind).await).await;
            }
        )+}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let kind = $crate::database::Kind::Postgres;
                super::$name($crate::database::Database::of(kind).await).await;
            }
        )+}
    };
}
pub(crate) use on_each_database;

/// A PostgreSQL that runs, for databases of tests.
pub(crate) struct Cluster {
    postgres: Postgres,
    databases: AtomicU32,
}

/// The database from which others are copied: it has the tables, and nothing in them.
const TEMPLATE: &str = "template_of_tests";

/// What a crash of the machine would lose is no test's matter, so nothing is synced.
const INITDB: [&str; 2] = ["--wal-segsize=1", "--no-sync"];
const SETTINGS: &str = "max_connections = 300
fsync = off
full_page_writes = off
synchronous_commit = off
max_wal_size = 256MB";

async fn cluster() -> &'static Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER.get_or_init(|| Cluster::new(None)).await
}

impl Cluster {
    /// One for a single test, which may stop it. Of its files none gets longer than so many blocks of
    /// 512 bytes.
    pub(crate) async fn of_its_own(longest_file: Option<u32>) -> &'static Self {
        Box::leak(Box::new(Self::new(longest_file).await))
    }

    async fn new(longest_file: Option<u32>) -> Self {
        let cluster = Self {
            postgres: Postgres::start(&INITDB, SETTINGS, longest_file).await,
            databases: AtomicU32::new(0),
        };
        let template = format!("CREATE DATABASE {TEMPLATE} OWNER {USER}");
        cluster.command(template).await;
        let store = SqlStore::open(&cluster.url(TEMPLATE)).await.unwrap();
        store.close().await;
        cluster
    }

    pub(crate) fn stop(&self) {
        self.control(&["--mode=fast", "stop"]);
    }

    pub(crate) fn start(&self) {
        self.control(&["--log=log", "start"]);
    }

    fn control(&self, what: &[&str]) {
        let mut control = Command::new(programs().join("pg_ctl"));
        control.args(["--pgdata=data", "--wait", "--silent"]);
        of_postgres(&mut control, &self.postgres.folder);
        assert!(control.args(what).status().unwrap().success());
    }

    /// Puts a file that is its user's alone beside its data.
    pub(crate) fn put(&self, name: &str, content: &str) {
        let data = self.postgres.folder.join("data");
        let file = data.join(name);
        fs::write(&file, content).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        chown(&file, Some(fs::metadata(&data).unwrap().uid()), None).unwrap();
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.postgres.folder.join(".s.PGSQL.5432")
    }

    fn url(&self, name: &str) -> String {
        self.postgres.url(USER, name)
    }

    pub(crate) async fn database(&'static self) -> Database {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        let create = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {USER}");
        self.command(create).await;
        Database::Postgres {
            cluster: self,
            name,
        }
    }

    /// Does something that is about databases, and in none of them.
    async fn command(&self, sql: String) {
        self.command_in("postgres", sql).await.unwrap();
    }

    async fn command_in(&self, name: &str, sql: String) -> sqlx::Result<()> {
        self.postgres.command_in(name, sql).await
    }
}
