//! A PostgreSQL that is this process's own, in a folder of its own, on a socket that nobody else
//! finds.
//!
//! A shell watches over it: it ends the server and deletes the folder once this process has ended,
//! however it did, since its standard input ends then.

use crate::postgres_programs::{of_postgres, programs};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection};
use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Who may make databases.
const SUPERUSER: &str = "postgres";
/// Who owns them: the portal needs no more.
pub(crate) const USER: &str = "portal";

pub(crate) struct Postgres {
    /// Its data are in `data` there.
    pub(crate) folder: PathBuf,
    /// It ends with its standard input, which is held here.
    _watch: Child,
}

impl Postgres {
    /// Starts one that holds nothing yet. `initdb` are words for that program, `settings` lines of
    /// `postgresql.conf`. Of its files none gets longer than so many blocks of 512 bytes.
    pub(crate) async fn start(initdb: &[&str], settings: &str, longest_file: Option<u32>) -> Self {
        let postgres = Self::begin(initdb, settings, longest_file);
        let create = format!("CREATE ROLE {USER} LOGIN");
        postgres.command_in("postgres", create).await.unwrap();
        postgres
    }

    fn begin(initdb: &[&str], settings: &str, longest_file: Option<u32>) -> Self {
        let folder = tempfile::Builder::new().prefix("portal-postgres").tempdir();
        let folder = folder.unwrap().keep();
        let mut watch = Command::new("sh");
        watch
            .args(["-c", WATCH, "sh"])
            .arg(programs())
            .arg(&folder)
            .arg(SUPERUSER)
            .arg(longest_file.map_or_else(|| "unlimited".to_owned(), |blocks| blocks.to_string()))
            .arg(settings)
            .args(initdb)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Some(uid) = of_postgres(&mut watch, &folder) {
            chown(&folder, Some(uid), None).unwrap();
        }
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        let mut watch = watch.spawn().unwrap();
        let mut told = String::new();
        let mut output = BufReader::new(watch.stdout.take().unwrap());
        output.read_line(&mut told).unwrap();
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert_eq!(told, "ready\n", "PostgreSQL didn't start:\n{}", log());
        Self {
            folder,
            _watch: watch,
        }
    }

    /// The address of a database, for a user.
    pub(crate) fn url(&self, user: &str, name: &str) -> String {
        let folder = self.folder.display();
        format!("postgres://{user}@localhost/{name}?host={folder}")
    }

    /// Does something as an operator.
    pub(crate) async fn command_in(&self, name: &str, sql: String) -> sqlx::Result<()> {
        let options: PgConnectOptions = self.url(SUPERUSER, name).parse()?;
        let mut connection: PgConnection = options.connect().await?;
        let command = sqlx::raw_sql(AssertSqlSafe(sql));
        command.execute(&mut connection).await.map(drop)
    }
}

/// Starts it, says so, waits for the end of its standard input, and leaves nothing behind.
const WATCH: &str = r#"
programs=$1 folder=$2 user=$3 longest_file=$4 settings=$5
shift 5
{
    "$programs/initdb" --pgdata=data --username="$user" --auth=trust --encoding=UTF8 --locale=C \
        "$@" &&
    echo "listen_addresses = ''
unix_socket_directories = '$folder'
$settings" >>data/postgresql.conf &&
    ulimit -f "$longest_file" &&
    "$programs/pg_ctl" --pgdata=data --wait --log=log start
} >>log 2>&1 && echo ready
cat >/dev/null
"$programs/pg_ctl" --pgdata=data --mode=immediate --wait stop >/dev/null 2>&1
rm -rf "$folder"
"#;
