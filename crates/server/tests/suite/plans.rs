//! How a database goes about the statements of the store: none reads through a table that grows with
//! the number of accounts, on either kind, so that none gets slower with them.

use crate::database::{Database, Kind};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};

/// The files in which the statements stand that a portal at work asks. An operator's commands, in
/// others, read all there is.
const SOURCES: [&str; 2] = [
    include_str!("../../src/store/transaction.rs"),
    include_str!("../../src/store/mod.rs"),
];

/// Every table but that of the keys, of which an operator has a few.
const GROWING: [&str; 18] = [
    "accounts",
    "deletions",
    "former_emails",
    "activity",
    "passkeys",
    "ceremonies",
    "links",
    "transfers",
    "sessions",
    "session_places",
    "authorizations",
    "last_authorizations",
    "sign_ups",
    "drafts",
    "counts",
    "keyed_requests",
    "unneeded_grants",
    "letters",
];

/// Statements that read through a table all the same.
const MAY_SCAN: [&str; 1] = [
    // Once, at the start.
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM accounts WHERE email LIKE $1)",
];

/// What a sweep deletes is found by these: the index of `begun` alone would have it read through all
/// that a day brings.
const FOUND_BY: [(&str, &str); 3] = [
    (
        "DELETE FROM authorizations WHERE begun < $1 AND pending = 1",
        "authorizations_by_pending",
    ),
    (
        "DELETE FROM letters WHERE written < $1 AND due IS NULL",
        "letters_by_due_and_written",
    ),
    (
        "DELETE FROM authorizations WHERE begun < $1 AND open_id IS NULL",
        "authorizations_by_open_id_and_begun",
    ),
];

fn statements() -> Vec<&'static str> {
    let pieces = SOURCES.into_iter().flat_map(|source| source.split('"'));
    let is_sql = |piece: &&str| {
        let verbs = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "];
        verbs.iter().any(|verb| piece.starts_with(verb))
    };
    pieces.filter(is_sql).collect()
}

/// Each statement with its plan.
type Plans = Vec<(&'static str, Vec<String>)>;

async fn plans_of_sqlite() -> Plans {
    let database = Database::of(Kind::Sqlite).await;
    database.open().await.close().await;
    let mut connection = SqliteConnection::connect(&database.url()).await.unwrap();
    let mut plans = Vec::new();
    for sql in statements() {
        let explain = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
        let rows = connection.fetch_all(explain).await.unwrap();
        plans.push((sql, rows.iter().map(|row| row.get("detail")).collect()));
    }
    plans
}

async fn plans_of_postgres() -> Plans {
    let database = Database::of(Kind::Postgres).await;
    let mut connection = PgConnection::connect(&database.url()).await.unwrap();
    let mut run = async |sql: String| {
        let rows = connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql)));
        rows.await.unwrap()
    };
    // The tables are empty, and reading them through would cost nothing.
    for way in ["seqscan", "hashjoin", "mergejoin"] {
        run(format!("SET enable_{way} = off")).await;
    }
    run("SET plan_cache_mode = force_generic_plan".to_owned()).await;
    let mut plans = Vec::new();
    for sql in statements() {
        run(format!("PREPARE asked AS {sql}")).await;
        let count = (1..=10).rfind(|it| sql.contains(&format!("${it}")));
        let values = match count {
            None => String::new(),
            Some(count) => format!("({})", vec!["NULL"; count].join(", ")),
        };
        let rows = run(format!("EXPLAIN EXECUTE asked{values}")).await;
        run("DEALLOCATE asked".to_owned()).await;
        plans.push((sql, rows.iter().map(|row| row.get(0)).collect()));
    }
    plans
}

/// Whether a plan reads through a table that grows: whole, or by an index of which it names no key.
fn scans(plan: &[String]) -> bool {
    plan.iter().enumerate().any(|(place, step)| {
        let is_by_key = plan
            .get(place + 1)
            .is_some_and(|next| next.contains(" Cond: "));
        let of_postgres = || step.split_once("Scan ")?.1.split_once("on ");
        let of_sqlite = step.split_once("SCAN ");
        let Some((_, table)) = of_sqlite.or_else(of_postgres) else {
            return false;
        };
        let table = table.split([' ', '(']).next().unwrap_or_default();
        !is_by_key && GROWING.contains(&table)
    })
}

fn judge(plans: &Plans) {
    assert!(plans.len() > 50, "{}", plans.len());
    for (sql, plan) in plans {
        assert_eq!(scans(plan), MAY_SCAN.contains(sql), "{sql}\n{plan:#?}");
    }
    for (sql, index) in FOUND_BY {
        let (_, plan) = plans.iter().find(|(asked, _)| *asked == sql).unwrap();
        assert!(
            plan.iter().any(|step| step.contains(index)),
            "{sql}\n{plan:#?}"
        );
    }
}

#[tokio::test]
async fn sqlite_reads_through_no_table_that_grows() {
    judge(&plans_of_sqlite().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_reads_through_no_table_that_grows() {
    judge(&plans_of_postgres().await);
}
