//! Secrets at rest: sealed in the file, open nowhere else than where they were sealed, and by no other
//! key.

use crate::browser::Browser;
use crate::database::{Database, on_each_database};
use crate::harness::{KEYS, TestServer, client, config, machine, settings};
use crate::process::Process;
use crate::stored::shape_1;
use crate::unread::{checkpoint, holds};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::{CreateAccount, Purpose};
use contract::problem::Code;
use contract::session::LogOut;
use contract::table::UseCase;
use domain::authorization::Outcome;
use domain::region::Language;
use domain::time::Timestamp;
use server::machine::Machine;
use server::sealer::{Keys, Sealer};
use server::start::{StartError, start};
use server::store::{KeyError, SqlStore};
use service::Portal;
use service::env::Env;
use service::personas::PASSWORD;
use service::row::{Unreadable, UnreadableRow};
use service::store::{
    Mode, Sealable, Store as _, StoreError, Stored, StoredAuthorization, Sweep, Transaction,
};
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Row as _};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

on_each_database! {
    what_was_sealed_opens_and_a_key_that_is_needed_is_missed;
}

/// The keys of [`KEYS`], the older one alone, and another one by the name of the newest.
pub(crate) const OLD: &str = "old:b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";
pub(crate) const NEW: &str = "new:bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU=";
pub(crate) const NEW_BUT_WRONG: &str = "new:b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";

/// The texts of the secrets that [`shape_1`] puts.
pub(crate) const SECRETS: [&str; 4] = [
    "act.example",
    "rft.example",
    "verifier\":\"verifier",
    "\"minutes\":10",
];

pub(crate) fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("portal.sqlite")
}

pub(crate) fn sealer(keys: &str) -> Sealer {
    let keys = (!keys.is_empty()).then(|| Keys::parse(keys).unwrap());
    Sealer::new(keys, Machine::real().randomness)
}

pub(crate) async fn open(folder: &TempDir, keys: &str) -> SqlStore {
    let url = format!("sqlite:{}", file(folder).display());
    SqlStore::open(&url).await.unwrap().sealed_by(sealer(keys))
}

pub(crate) async fn sql(folder: &TempDir) -> SqlitePool {
    let url = format!("sqlite:{}", file(folder).display());
    SqlitePool::connect(&url).await.unwrap()
}

async fn change(folder: &TempDir, statement: &str) {
    let pool = sql(folder).await;
    let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&pool);
    assert!(done.await.unwrap().rows_affected() > 0, "{statement}");
    pool.close().await;
}

/// A database with a row of every kind, sealed with `keys`.
pub(crate) async fn sealed_with(keys: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, keys).await;
    store.check_keys().await.unwrap();
    shape_1::put_all(&store).await;
    store.close().await;
    folder
}

async fn reader(store: &SqlStore) -> Box<dyn Transaction> {
    store.begin(Mode::Read).await.unwrap()
}

fn unreadable<T>(stored: Stored<T>) -> UnreadableRow {
    let row = match stored {
        Err(StoreError::Unreadable(row)) => Some(row),
        Ok(_) | Err(_) => None,
    };
    row.unwrap()
}

fn not_opened(key: &str) -> Unreadable {
    let key = key.to_owned();
    Unreadable::NotOpened { key }
}

/// How many rows hold a secret: two links, a grant that isn't needed, letters, and each authorization
/// has a verifier.
fn secrets() -> usize {
    2 + 1 + shape_1::letters().len() + shape_1::authorizations().len()
}

/// Everything that is stored opens, and is what was put.
pub(crate) async fn assert_all_opens(store: &SqlStore) {
    let mut tx = reader(store).await;
    for (link, grant) in shape_1::links() {
        let found = tx.grant_of_link(link.account).await.unwrap();
        assert_eq!(found, Some(grant));
    }
    for unneeded in shape_1::unneeded_grants() {
        let found = tx.unneeded_grants(&unneeded.open_id).await.unwrap();
        assert_eq!(found, [unneeded]);
    }
    for authorization in shape_1::authorizations() {
        let found = tx.authorization(authorization.id).await.unwrap();
        assert_eq!(found, Some(authorization));
    }
    for letter in shape_1::letters() {
        let found = tx.letter(letter.id).await.unwrap();
        assert_eq!(found, Some(letter));
    }
}

#[tokio::test]
async fn no_token_no_verifier_and_no_letter_stands_in_the_file_and_all_of_them_open() {
    for (keys, is_open) in [("", true), (KEYS, false)] {
        let folder = sealed_with(keys).await;
        let pool = sql(&folder).await;
        checkpoint(&pool).await;
        for secret in SECRETS {
            assert_eq!(holds(&file(&folder), secret), is_open, "{secret}");
        }
        assert_all_opens(&open(&folder, keys).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_tiktok_gives_a_running_portal_is_sealed() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.travel(Purpose::LogIn, "unlinked").await;
    let pool = sql(&server.folder).await;
    for (table, column) in [("links", "tokens"), ("authorizations", "stored")] {
        let query = format!("SELECT {column} FROM {table}");
        let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&pool).await;
        for row in rows.unwrap() {
            let stored: String = row.get(0);
            assert!(stored.contains(r#""sealed":{"key":"new","#), "{stored}");
            assert!(!stored.contains("access_token"), "{stored}");
        }
    }
}

/// What stands in one row is of no use in another, nor under another TikTok account.
#[tokio::test]
async fn a_secret_that_is_moved_opens_nowhere_else() {
    let [(first, _), (second, _)] = <[_; 2]>::try_from(shape_1::links()).unwrap();
    let moved = format!(
        "UPDATE links SET tokens = (SELECT tokens FROM links WHERE account = '{}')
         WHERE account = '{}'",
        first.account, second.account
    );
    let renamed = format!(
        "UPDATE links SET open_id = 'open-9' WHERE account = '{}'",
        second.account
    );
    let other_table = format!(
        "UPDATE links SET tokens = (SELECT tokens FROM unneeded_grants) WHERE account = '{}'",
        second.account
    );
    for statement in [moved, renamed, other_table] {
        let folder = sealed_with(KEYS).await;
        change(&folder, &statement).await;
        let store = open(&folder, KEYS).await;
        let mut tx = reader(&store).await;
        let refused = unreadable(tx.grant_of_link(second.account).await);
        assert_eq!(
            refused,
            UnreadableRow {
                table: "links",
                id: second.account.to_string(),
                why: not_opened("new"),
            }
        );
        assert_eq!(
            refused.to_string(),
            format!(
                "links {} can't be read: the key `new` doesn't open it: it was changed, or moved \
                 here from another row",
                second.account
            )
        );
        // Who is linked is seen all the same, and the other row is as it was.
        assert!(tx.link_of_account(second.account).await.unwrap().is_some());
        assert!(tx.grant_of_link(first.account).await.unwrap().is_some());
    }
}

/// `json_set(stored, member, its value in another row)`.
async fn move_member(folder: &TempDir, to: &StoredAuthorization, member: &str, from: &str) {
    let statement = format!(
        "UPDATE authorizations SET stored = json_set(stored, '$.{member}', json((
             SELECT json_extract(stored, '$.{from}') FROM authorizations
             WHERE id <> '{id}' AND json_extract(stored, '$.{from}') IS NOT NULL LIMIT 1
         ))) WHERE id = '{id}'",
        id = to.id
    );
    change(folder, &statement).await;
}

#[tokio::test]
async fn a_verifier_or_grant_of_another_authorization_does_not_open_and_the_rest_is_read() {
    let all = shape_1::authorizations();
    let waiting = all.iter().find(|stored| stored.waits().is_some()).unwrap();
    for (member, from) in [
        ("verifier", "verifier"),
        ("grant", "grant"),
        ("verifier", "grant"),
    ] {
        let folder = sealed_with(KEYS).await;
        move_member(&folder, waiting, member, from).await;
        let store = open(&folder, KEYS).await;
        let found = reader(&store).await.authorization(waiting.id).await;
        let mut found = found.unwrap().unwrap();
        let refused = match member {
            "verifier" => unreadable(found.open_verifier().map(str::to_owned)),
            _ => unreadable(found.take_grant()),
        };
        assert_eq!(refused.why, not_opened("new"), "{member} from {from}");
        assert_eq!(refused.id, waiting.id.to_string());
        assert_eq!(found.authorization, waiting.authorization);
    }
}

#[tokio::test]
async fn a_sealed_text_that_was_changed_anywhere_does_not_open() {
    let folder = sealed_with(KEYS).await;
    let (link, _) = shape_1::links().remove(0);
    let id = link.account;
    let pool = sql(&folder).await;
    let tokens = sqlx::query("SELECT tokens FROM links WHERE account = $1");
    let tokens = tokens.bind(id.to_string()).fetch_one(&pool).await.unwrap();
    let sealed: String = tokens.get(0);
    let store = open(&folder, KEYS).await;
    for place in (0..sealed.len()).step_by(5) {
        let mut changed = sealed.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let update = sqlx::query("UPDATE links SET tokens = $2 WHERE account = $1");
        let update = update.bind(id.to_string()).bind(changed.as_str());
        update.execute(&pool).await.unwrap();
        let refused = reader(&store).await.grant_of_link(id).await;
        assert!(refused.is_err(), "{changed}");
    }
}

#[tokio::test]
async fn without_the_key_all_but_the_secrets_is_read_and_nothing_is_lost() {
    for (keys, why) in [
        (
            OLD,
            Unreadable::KeyMissing {
                key: "new".to_owned(),
            },
        ),
        (NEW_BUT_WRONG, not_opened("new")),
    ] {
        let folder = sealed_with(NEW).await;
        let store = open(&folder, keys).await;
        let mut tx = store.begin(Mode::Write).await.unwrap();
        for (link, _) in shape_1::links() {
            let found = tx.link_by_open_id(&link.open_id).await.unwrap();
            assert_eq!(found.as_ref(), Some(&link));
            let refused = unreadable(tx.grant_of_link(link.account).await);
            assert_eq!(refused.why, why);
        }
        let mut kept = Vec::new();
        for authorization in shape_1::authorizations() {
            let found = tx.authorization(authorization.id).await.unwrap();
            let found = found.unwrap();
            assert!(matches!(&found.verifier, Sealable::Sealed { why: told, .. } if *told == why));
            assert_eq!(found.waits(), authorization.waits());
            kept.push(found);
        }
        // What is written without having been opened is what was there.
        for stored in kept {
            tx.put_authorization(&stored).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_all_opens(&open(&folder, KEYS).await).await;
    }
}

/// Says of all that is sealed by the key `from` that it was `to`.
async fn rename_key(folder: &TempDir, from: &str, to: &str) {
    for (table, column) in [("links", "tokens"), ("authorizations", "stored")] {
        let statement = format!(
            r#"UPDATE {table} SET {column} = replace({column}, '"key":"{from}"', '"key":"{to}"')"#
        );
        change(folder, &statement).await;
    }
}

/// How many proofs wait.
async fn waiting(server: &TestServer) -> usize {
    let mut tx = server.running.env.store.begin(Mode::Read).await.unwrap();
    let all = tx.waiting_proofs(server.running.env.clock.now()).await;
    all.unwrap().len()
}

/// With what code something is refused.
async fn refusal<U: UseCase>(browser: &mut Browser, request: &U) -> Code {
    let request = serde_json::to_vec(request).unwrap();
    browser.send(U::NAME, request).await.unwrap().problem().code
}

/// Another server has sealed with a key that this one was not given.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_key_keeps_nobody_from_what_needs_no_token_and_passes() {
    let server = TestServer::start().await;
    let mut guest = server.browser();
    let completed = guest.travel(Purpose::LogIn, "unlinked").await;
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    let mut member = server.browser_of("linked@portal.test").await;
    rename_key(&server.folder, "new", "gone").await;

    assert!(member.session().await.member.is_some());
    let profile = member.ask(&GetProfile {}).await.unwrap();
    assert!(profile.tiktok.is_some());
    assert_eq!(
        refusal(&mut member, &UnlinkTikTok {}).await,
        Code::Unavailable
    );
    let create = CreateAccount {
        authorization: None,
        terms: true,
        region: None,
        language: Language::English,
    };
    assert_eq!(refusal(&mut guest, &create).await, Code::Unavailable);
    // Who logs out leaves nothing behind, though the grant can't be revoked now.
    guest.ask(&LogOut {}).await.unwrap();
    assert_eq!(refusal(&mut guest, &create).await, Code::ProofMissing);
    // And goes to TikTok again.
    guest.travel(Purpose::LogIn, "unlinked").await;
    guest.ask(&create).await.unwrap();
    server.advance(60 * 24);
    let portal = service::Portal::new(server.running.env.clone());
    portal.sweep().await.unwrap();

    rename_key(&server.folder, "gone", "new").await;
    assert_eq!(waiting(&server).await, 1);
    portal.sweep().await.unwrap();
    assert_eq!(waiting(&server).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_is_told_which_row_needs_which_key() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(folder.path(), &[]);
    let mut member = Browser::new(client(), &server.base);
    member.log_in("linked@portal.test", PASSWORD).await.unwrap();
    let account = member.session().await.member.unwrap().account;
    let statement = r#"UPDATE links SET tokens = replace(tokens, '"new"', '"gone"')"#;
    change(&folder, statement).await;
    assert_eq!(
        refusal(&mut member, &UnlinkTikTok {}).await,
        Code::Unavailable
    );
    let printed = server.kill();
    let told = format!("links {account} can't be read: it is sealed with the key `gone`");
    let is_told = printed.iter().any(|line| line.contains(&told));
    assert!(is_told, "{told} in {printed:#?}");
}

#[tokio::test]
async fn an_authorization_whose_grant_can_not_be_opened_outlives_the_sweep() {
    let folder = sealed_with(NEW).await;
    let store = open(&folder, OLD).await;
    let mut tx = store.begin(Mode::Write).await.unwrap();
    let later = Timestamp(shape_1::NOW.0 + 1_000_000_000);
    let sweep = Sweep {
        sessions: later,
        pending: later,
        others: later,
        counts: later,
        keyed: later,
        dead_letters: Timestamp(0),
        former_emails: Timestamp(0),
        activity: Timestamp(0),
        ceremonies: later,
    };
    tx.sweep(&sweep).await.unwrap();
    tx.commit().await.unwrap();
    let store = open(&folder, KEYS).await;
    let mut tx = reader(&store).await;
    let all = shape_1::authorizations();
    for stored in all {
        let found = tx.authorization(stored.id).await.unwrap();
        let waits = stored.waits().is_some();
        assert_eq!(found, waits.then_some(stored));
    }
}

/// Nobody can have the grant revoked; the operator is told.
#[tokio::test]
async fn an_account_whose_grant_can_not_be_opened_is_deleted_all_the_same() {
    let folder = sealed_with(NEW).await;
    let store = Arc::new(open(&folder, OLD).await);
    let account = shape_1::account_id(1);
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.put_deletion(account, Timestamp(0)).await.unwrap();
    tx.commit().await.unwrap();
    let server = TestServer::start().await;
    let env = Env {
        store: Arc::clone(&store) as _,
        ..server.running.env.clone()
    };
    let swept = Portal::new(env).sweep().await.unwrap_err();
    assert!(swept.to_string().contains("can't be read"), "{swept}");
    let mut tx = reader(&store).await;
    assert_eq!(tx.account(account).await.unwrap(), None);
    assert_eq!(tx.link_of_account(account).await.unwrap(), None);
}

#[tokio::test]
async fn every_key_opens_and_the_first_seals() {
    let folder = sealed_with(OLD).await;
    let store = open(&folder, KEYS).await;
    assert_all_opens(&store).await;
    let (link, grant) = shape_1::links().remove(0);
    let mut tx = store.begin(Mode::Write).await.unwrap();
    tx.update_link(&link, &grant).await.unwrap();
    tx.commit().await.unwrap();
    let sealed = |key: &'static str| async {
        let found = open(&folder, key).await;
        let mut found = reader(&found).await;
        found.grant_of_link(link.account).await
    };
    assert_eq!(sealed(NEW).await.unwrap(), Some(grant));
    assert!(sealed(OLD).await.is_err());
}

/// `tests/stored/1/sealed.sql` was written by the first release that sealed.
#[tokio::test]
async fn what_every_release_sealed_opens() {
    let folder = tempfile::tempdir().unwrap();
    open(&folder, KEYS).await.close().await;
    change(&folder, include_str!("../stored/1/accounts.sql")).await;
    change(&folder, include_str!("../stored/1/sealed.sql")).await;
    let store = open(&folder, KEYS).await;
    let mut tx = reader(&store).await;
    for (link, grant) in shape_1::links() {
        let found = tx.grant_of_link(link.account).await.unwrap();
        assert_eq!(found, Some(grant));
    }
    for unneeded in shape_1::unneeded_grants() {
        let found = tx.unneeded_grants(&unneeded.open_id).await.unwrap();
        assert_eq!(found, [unneeded]);
    }
    let all = shape_1::authorizations();
    for number in [1, 2, 8, 27] {
        let expected = &all[number - 1];
        let found = tx.authorization(expected.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(expected));
    }
    let all = shape_1::letters();
    for number in [1, 3] {
        let expected = &all[number - 1];
        let found = tx.letter(expected.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(expected));
    }
}

/// The same text is another one each time: nonces are drawn.
#[tokio::test]
async fn what_is_sealed_twice_shows_no_likeness() {
    let folder = sealed_with(KEYS).await;
    let pool = sql(&folder).await;
    let rows = sqlx::query("SELECT json_extract(stored, '$.verifier') FROM authorizations");
    let rows = rows.fetch_all(&pool).await.unwrap();
    let mut all: Vec<String> = rows.into_iter().map(|row| row.get(0)).collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
    assert_eq!(count, shape_1::authorizations().len());
}

async fn what_was_sealed_opens_and_a_key_that_is_needed_is_missed(database: Database) {
    let store = database.open().await.sealed_by(sealer(NEW));
    store.check_keys().await.unwrap();
    shape_1::put_all(&store).await;
    store.check_keys().await.unwrap();
    assert_all_opens(&store).await;
    let store = store.sealed_by(sealer(OLD));
    let missing = store.check_keys().await.unwrap_err();
    let secrets = u64::try_from(secrets()).unwrap();
    assert!(
        matches!(&missing, KeyError::Missing { id, secrets: told } if id == "new" && *told == secrets),
        "{missing}"
    );
    let store = store.sealed_by(sealer(NEW_BUT_WRONG));
    let wrong = store.check_keys().await.unwrap_err();
    assert!(matches!(wrong, KeyError::Wrong { .. }), "{wrong}");
}

async fn started(folder: &TempDir, keys: &str) -> Result<(), StartError> {
    let mut settings = settings(folder);
    settings.insert("PORTAL_KEYS", keys.to_owned());
    let running = start(&config(&settings), machine()).await?;
    running.stop().await;
    Ok(())
}

async fn refused(folder: &TempDir, keys: &str) -> (String, KeyError) {
    let error = match started(folder, keys).await {
        Err(StartError::Keys(error)) => Some(error),
        Ok(()) | Err(_) => None,
    };
    let error = error.unwrap();
    (error.to_string(), error)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_does_not_start_with_a_wrong_key_or_without_one_that_is_needed() {
    let folder = sealed_with(NEW).await;
    let (told, error) = refused(&folder, NEW_BUT_WRONG).await;
    assert!(matches!(error, KeyError::Wrong { .. }), "{error}");
    assert!(told.contains("`new` isn't the one that sealed"), "{told}");
    for keys in ["", OLD] {
        let (told, error) = refused(&folder, keys).await;
        assert!(matches!(error, KeyError::Missing { .. }), "{error}");
        let expected = format!("`new` is missing, and {} stored secrets", secrets());
        assert!(told.contains(&expected), "{told}");
    }
    // Nothing was sealed or lost meanwhile.
    assert_all_opens(&open(&folder, NEW).await).await;
    started(&folder, &format!("{OLD},{NEW}")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_has_nothing_to_open_may_go() {
    let folder = tempfile::tempdir().unwrap();
    // The personas' links.
    started(&folder, OLD).await.unwrap();
    started(&folder, KEYS).await.unwrap();
    assert!(started(&folder, NEW).await.is_err());
    change(&folder, "DELETE FROM links").await;
    started(&folder, NEW).await.unwrap();
}

#[test]
fn no_key_is_in_what_is_printed_for_people() {
    let printed = format!("{:?} {:?}", sealer(KEYS), Keys::parse(KEYS).unwrap());
    assert!(
        printed.contains("new") && printed.contains("old"),
        "{printed}"
    );
    for secret in ["bmV3", "b2xk", "newnew", "oldold", "110, 101, 119"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
