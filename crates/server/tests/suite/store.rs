//! The store over SQL, on either kind of database: what it keeps, what it refuses, and that it answers
//! as the one in memory.

use crate::database::{Database, Kind, on_each_database};
use domain::activity::Event;
use domain::ads_account::AdsAccount;
use domain::authorization::{
    Authorization, Intent, Outcome, Phase, Proof, ReturnTo, TikTokProfile,
};
use domain::device::{Browser, Device, System};
use domain::draft::Draft;
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::{GrantFault, GrantHealth};
use domain::id::{AccountId, ActivityId, AuthorizationId, BrowserId, DraftId, LetterId, OpenId};
use domain::limit::Count;
use domain::passkey::{Ceremony, Purpose as CeremonyPurpose};
use domain::region::{Country, Language};
use domain::session::SessionTimes;
use domain::sign_up::{Purpose, SignUp, State};
use domain::time::Timestamp;
use domain::transfer::Transfer;
use server::store::SqlStore;
use service::letter::{Letter, News};
use service::memory::MemoryStore;
use service::store::{
    Account, AccountHash, Activity, Grant, KEYED_MAX, KeyedRequest, LetterState, Link, Mode,
    Passkey, Sealable, Session, Store, StoreError, StoredAuthorization, StoredDraft, StoredLetter,
    Sweep, Transaction, UnneededGrant, Visit, Whereabouts,
};
use uuid::Uuid;

on_each_database! {
    a_transaction_that_is_dropped_leaves_no_trace;
    what_is_committed_is_there_after_it_was_opened_again;
    what_is_not_committed_is_seen_by_nobody_else;
    a_reading_transaction_writes_nothing;
    a_broken_unique_rule_ends_its_transaction;
    writers_wait_for_each_other_and_none_is_lost;
    two_servers_may_write_the_same_database;
    it_answers_as_the_store_in_memory_does;
    a_visit_is_a_session_with_whose_it_is;
    a_visit_waits_for_no_writer;
    passkeys_go_with_an_account_that_the_release_before_deletes;
    a_transfer_goes_with_either_account_that_the_release_before_deletes;
}

async fn write(store: &dyn Store) -> Box<dyn Transaction> {
    store.begin(Mode::Write).await.unwrap()
}

async fn read(store: &dyn Store) -> Box<dyn Transaction> {
    store.begin(Mode::Read).await.unwrap()
}

fn id(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn account(number: u128, email: Option<&str>) -> Account {
    Account {
        id: id(number),
        email: email.map(|email| Email::parse(email).unwrap()),
        password_hash: email.map(|_| "$argon2id$…".to_owned()),
        name: Some("Nguyễn Thị Mai".to_owned()),
        region: Some(Country::VN),
        language: Language::Vietnamese,
        ads_account: AdsAccount::Missing,
        created: Timestamp(5),
        email_added: None,
    }
}

fn grant() -> Grant {
    Grant {
        access_token: "a".to_owned(),
        access_expires: Timestamp(1),
        refresh_token: "r".to_owned(),
        refresh_expires: Timestamp(2),
        scopes: "user.info.basic".to_owned(),
    }
}

fn link(account: u128, open_id: &str) -> Link {
    Link {
        account: id(account),
        open_id: OpenId(open_id.to_owned()),
        union_id: None,
        profile: TikTokProfile {
            display_name: "Mai's \"coffee\" ☕".to_owned(),
            username: Some("mai".to_owned()),
            avatar_url: None,
        },
        linked: Timestamp(6),
        health: GrantHealth::Good { due: Timestamp(7) },
    }
}

fn session(hash: &str, account: u128, at: i64) -> Session {
    Session {
        token_hash: hash.to_owned(),
        account: id(account),
        times: SessionTimes::begin(Timestamp(at)),
        whereabouts: Whereabouts {
            device: (at > 10).then_some(Device {
                browser: Browser::SamsungInternet,
                system: System::Android,
            }),
            country: (at > 20).then_some(Country::VN),
        },
    }
}

fn keyed(id: &str, browser: &str, at: i64) -> KeyedRequest {
    KeyedRequest {
        id: id.to_owned(),
        browser: BrowserId(browser.to_owned()),
        fingerprint: "what was asked".to_owned(),
        begun: Timestamp(at),
        answer: None,
    }
}

fn authorization(number: u128, browser: &str, at: i64) -> StoredAuthorization {
    let intent = Intent::Link {
        account: id(1),
        return_to: ReturnTo::Profile,
    };
    let browser = BrowserId(browser.to_owned());
    StoredAuthorization {
        id: AuthorizationId(Uuid::from_u128(number)),
        authorization: Authorization::begin(intent, browser, Timestamp(at)),
        verifier: Sealable::Open("v".to_owned()),
        region: Some(Country::VN),
        language: Language::English,
        grant: None,
        secret_hash: None,
    }
}

/// An authorization whose proof waits, with its grant.
fn waiting(number: u128, open_id: &str, proven: i64) -> StoredAuthorization {
    let link = link(1, open_id);
    let mut waiting = authorization(number, "b3", proven);
    waiting.authorization.phase = Phase::Proved {
        proof: Proof {
            open_id: link.open_id,
            union_id: None,
            profile: link.profile,
            proven: Timestamp(proven),
        },
        outcome: Outcome::ChooseAccount,
    };
    waiting.grant = Some(Sealable::Open(grant()));
    waiting
}

fn unneeded(token: &str, open_id: &str, since: i64) -> UnneededGrant {
    UnneededGrant {
        open_id: OpenId(open_id.to_owned()),
        grant: Grant {
            access_token: token.to_owned(),
            ..grant()
        },
        since: Timestamp(since),
    }
}

fn draft(number: u128, account: u128, at: i64) -> StoredDraft {
    StoredDraft {
        id: DraftId(Uuid::from_u128(number)),
        account: id(account),
        draft: Draft::default(),
        changed: Timestamp(at),
    }
}

async fn a_transaction_that_is_dropped_leaves_no_trace(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    tx.insert_account(&account(1, Some("a@b.test")))
        .await
        .unwrap();
    drop(tx);
    assert_eq!(read(&store).await.account(id(1)).await.unwrap(), None);
    let mut tx = write(&store).await;
    assert_eq!(tx.account(id(1)).await.unwrap(), None);
    tx.insert_account(&account(1, Some("a@b.test")))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(read(&store).await.account(id(1)).await.unwrap().is_some());
}

async fn what_is_committed_is_there_after_it_was_opened_again(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    let kept = account(1, Some("a@b.test"));
    tx.insert_account(&kept).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    let store = database.open().await;
    assert_eq!(read(&store).await.account(id(1)).await.unwrap(), Some(kept));
}

async fn what_is_not_committed_is_seen_by_nobody_else(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    tx.insert_account(&account(1, None)).await.unwrap();
    assert_eq!(read(&store).await.account(id(1)).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert!(read(&store).await.account(id(1)).await.unwrap().is_some());
}

async fn a_reading_transaction_writes_nothing(database: Database) {
    let store = database.open().await;
    let refused = read(&store).await.insert_account(&account(1, None)).await;
    assert!(matches!(refused, Err(StoreError::Failed(_))), "{refused:?}");
}

async fn a_broken_unique_rule_ends_its_transaction(database: Database) {
    refuses_and_ends(&database.open().await).await;
}

#[tokio::test]
async fn a_broken_unique_rule_ends_a_transaction_in_memory_too() {
    refuses_and_ends(&MemoryStore::default()).await;
}

async fn refuses_and_ends(store: &dyn Store) {
    let mut tx = write(store).await;
    for (number, email) in [
        (1, Some("a@b.test")),
        (2, Some("c@d.test")),
        (3, None),
        (4, None),
    ] {
        tx.insert_account(&account(number, email)).await.unwrap();
    }
    tx.insert_link(&link(1, "one"), &grant()).await.unwrap();
    tx.insert_passkey(&passkey("p1", 1, 10)).await.unwrap();
    tx.insert_transfer(&transfer(1, 2, "one", 10))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for number in 0..8 {
        let mut tx = write(store).await;
        tx.put_session(&session("of it", 1, 1)).await.unwrap();
        let conflict = match number {
            0 => tx.insert_account(&account(1, None)).await,
            1 => tx.insert_account(&account(5, Some("a@b.test"))).await,
            2 => tx.update_account(&account(2, Some("a@b.test"))).await,
            3 => tx.insert_link(&link(1, "two"), &grant()).await,
            4 => tx.insert_passkey(&passkey("p1", 2, 10)).await,
            5 => tx.insert_transfer(&transfer(1, 3, "one", 20)).await,
            6 => tx.insert_transfer(&transfer(3, 2, "three", 20)).await,
            _ => tx.insert_link(&link(2, "one"), &grant()).await,
        };
        let is_conflict = matches!(conflict, Err(StoreError::Conflict));
        assert!(is_conflict, "{number}: {conflict:?}");
        let after = tx.insert_link(&link(2, "two"), &grant()).await;
        assert!(matches!(after, Err(StoreError::Failed(_))), "{after:?}");
        let after = tx.account(id(1)).await;
        assert!(matches!(after, Err(StoreError::Failed(_))), "{after:?}");
        let committed = tx.commit().await;
        assert!(matches!(committed, Err(StoreError::Failed(_))));
        let left = read(store).await.session("of it").await.unwrap();
        assert_eq!(left, None);
    }
    let mut tx = write(store).await;
    tx.insert_link(&link(2, "two"), &grant()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The columns of each table but sqlx's own, with whether one may hold nothing.
async fn columns(database: &Database) -> Vec<(String, String, bool)> {
    database.open().await.close().await;
    match database {
        Database::Sqlite(_) => {
            let pool = sqlx::SqlitePool::connect(&database.url()).await.unwrap();
            let all = sqlx::query_as(
                "SELECT tables.name, columns.name, NOT columns.\"notnull\"
                 FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
                 WHERE tables.type = 'table' AND tables.name NOT LIKE '\\_%' ESCAPE '\\'
                 ORDER BY 1, 2",
            );
            all.fetch_all(&pool).await.unwrap()
        }
        Database::Postgres { .. } => {
            let pool = sqlx::PgPool::connect(&database.url()).await.unwrap();
            let all = sqlx::query_as(
                "SELECT table_name::TEXT, column_name::TEXT, is_nullable = 'YES'
                 FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'
                 ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"",
            );
            all.fetch_all(&pool).await.unwrap()
        }
    }
}

#[tokio::test]
async fn both_kinds_of_databases_have_the_same_columns() {
    let sqlite = columns(&Database::of(Kind::Sqlite).await).await;
    let postgres = columns(&Database::of(Kind::Postgres).await).await;
    assert!(sqlite.len() > 40, "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

/// Many who read a number, and write one more.
async fn count_up(stores: &[SqlStore]) -> Option<u32> {
    let mut writers = tokio::task::JoinSet::new();
    for store in stores.iter().cycle().take(COUNTERS as usize) {
        let store = store.clone();
        writers.spawn(async move {
            let mut tx = write(&store).await;
            let before = tx.count("all").await.unwrap();
            let tries = before.map_or(0, |count| count.tries) + 1;
            let since = Timestamp(0);
            let ends = Timestamp(1);
            let count = Count { since, tries, ends };
            tx.put_count("all", count).await.unwrap();
            tx.commit().await.unwrap();
        });
    }
    writers.join_all().await;
    let count = read(&stores[0]).await.count("all").await.unwrap();
    count.map(|count| count.tries)
}

const COUNTERS: u32 = 60;

async fn writers_wait_for_each_other_and_none_is_lost(database: Database) {
    let store = database.open().await;
    assert_eq!(count_up(&[store]).await, Some(COUNTERS));
}

async fn two_servers_may_write_the_same_database(database: Database) {
    let stores = [database.open().await, database.open().await];
    assert_eq!(count_up(&stores).await, Some(COUNTERS));
}

async fn a_visit_is_a_session_with_whose_it_is(database: Database) {
    let sql = database.open().await;
    let memory = MemoryStore::default();
    let stores: [&dyn Store; 2] = [&sql, &memory];
    for store in stores {
        let mut nameless = account(2, None);
        nameless.name = None;
        nameless.region = None;
        let mut tx = write(store).await;
        tx.insert_account(&account(1, Some("a@b.test")))
            .await
            .unwrap();
        tx.insert_account(&nameless).await.unwrap();
        tx.put_session(&session("s1", 1, 7)).await.unwrap();
        tx.put_session(&session("s2", 2, 8)).await.unwrap();
        tx.insert_link(&link(1, "one"), &grant()).await.unwrap();
        tx.put_deletion(id(2), Timestamp(9)).await.unwrap();
        tx.commit().await.unwrap();
        let visits = [
            Visit {
                session: session("s1", 1, 7),
                account: account(1, Some("a@b.test")),
                link: Some(link(1, "one")),
                deletion: None,
            },
            Visit {
                session: session("s2", 2, 8),
                account: nameless,
                link: None,
                deletion: Some(Timestamp(9)),
            },
        ];
        for visit in visits {
            let hash = &visit.session.token_hash;
            let session = store.session(hash).await.unwrap();
            assert_eq!(session.as_ref(), Some(&visit.session));
            assert_eq!(store.visit(hash).await.unwrap(), Some(visit));
        }
        assert_eq!(store.session("s3").await.unwrap(), None);
        assert_eq!(store.visit("s3").await.unwrap(), None);
    }
    sql.close().await;
    let closed = sql.visit("s1").await.unwrap_err();
    assert!(matches!(closed, StoreError::Unavailable(_)), "{closed}");
}

async fn a_visit_waits_for_no_writer(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    tx.insert_account(&account(1, None)).await.unwrap();
    tx.put_session(&session("s1", 1, 7)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = write(&store).await;
    tx.insert_link(&link(1, "one"), &grant()).await.unwrap();
    let visit = store.visit("s1").await.unwrap().unwrap();
    assert_eq!(visit.link, None);
    tx.commit().await.unwrap();
    let visit = store.visit("s1").await.unwrap().unwrap();
    assert_eq!(visit.link, Some(link(1, "one")));
    let mut tx = write(&store).await;
    tx.delete_session("s1").await.unwrap();
    assert!(store.visit("s1").await.unwrap().is_some());
    tx.commit().await.unwrap();
    assert_eq!(store.visit("s1").await.unwrap(), None);
    assert_eq!(store.session("s1").await.unwrap(), None);
}

/// It knows of no table that came since, and deletes what else refers to the account.
async fn delete_as_the_release_before(database: &Database, number: u128) {
    let delete = format!("DELETE FROM accounts WHERE id = '{}'", id(number));
    let delete = sqlx::raw_sql(sqlx::AssertSqlSafe(delete));
    match database {
        Database::Sqlite(_) => {
            let pool = sqlx::SqlitePool::connect(&database.url()).await.unwrap();
            delete.execute(&pool).await.map(drop).unwrap();
        }
        Database::Postgres { .. } => {
            let pool = sqlx::PgPool::connect(&database.url()).await.unwrap();
            delete.execute(&pool).await.map(drop).unwrap();
        }
    }
}

async fn passkeys_go_with_an_account_that_the_release_before_deletes(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    for number in [1, 2] {
        tx.insert_account(&account(number, None)).await.unwrap();
    }
    tx.insert_passkey(&passkey("p1", 1, 10)).await.unwrap();
    tx.insert_passkey(&passkey("p2", 2, 10)).await.unwrap();
    tx.commit().await.unwrap();
    delete_as_the_release_before(&database, 1).await;
    let mut tx = read(&store).await;
    assert_eq!(tx.passkeys_of(id(1)).await.unwrap(), []);
    assert_eq!(tx.passkeys_of(id(2)).await.unwrap().len(), 1);
}

async fn a_transfer_goes_with_either_account_that_the_release_before_deletes(database: Database) {
    let store = database.open().await;
    let mut tx = write(&store).await;
    for number in 1..=6 {
        tx.insert_account(&account(number, None)).await.unwrap();
    }
    for (from, to) in [(1, 2), (3, 4), (5, 6)] {
        let put = transfer(from, to, "one", 10);
        tx.insert_transfer(&put).await.unwrap();
    }
    tx.commit().await.unwrap();
    for gone in [1, 4] {
        delete_as_the_release_before(&database, gone).await;
    }
    let mut tx = read(&store).await;
    for number in 1..=4 {
        assert_eq!(tx.transfer_of(id(number)).await.unwrap(), None, "{number}");
    }
    let due = tx.due_transfers(Timestamp(10), 9).await.unwrap();
    assert_eq!(due, [id(5)]);
}

async fn it_answers_as_the_store_in_memory_does(database: Database) {
    let sql = told(&database.open().await).await;
    let memory = told(&MemoryStore::default()).await;
    for (number, (sql, memory)) in sql.iter().zip(&memory).enumerate() {
        assert_eq!(sql, memory, "answer {number}");
    }
    assert_eq!(sql.len(), memory.len());
}

/// Everything that a store can be asked, in a life of changes.
async fn told(store: &dyn Store) -> Vec<String> {
    let mut told = Vec::new();
    let browser = BrowserId("b1".to_owned());
    let sign_up = SignUp {
        email: Email::parse("new@b.test").unwrap(),
        password_hash: Some("hash".to_owned()),
        purpose: Purpose::AddEmail { account: id(1) },
        state: State::send(Some("123456".to_owned()), Timestamp(9)),
        secret_hash: "secret".to_owned(),
    };

    let mut tx = write(store).await;
    put_accounts_and_links(&mut *tx).await;
    put_former_emails(&mut *tx).await;
    put_activity(&mut *tx).await;
    put_passkeys(&mut *tx).await;
    put_ceremonies(&mut *tx).await;
    put_transfers(&mut *tx).await;
    for (account, due) in [(1, 9), (2, 9), (2, 5)] {
        tx.put_deletion(id(account), Timestamp(due)).await.unwrap();
    }
    put_sessions(&mut *tx).await;
    put_authorizations(&mut *tx).await;
    tx.put_sign_up(&browser, &sign_up, Timestamp(9))
        .await
        .unwrap();
    for put in [
        draft(1, 1, 10),
        draft(2, 1, 20),
        draft(3, 1, 20),
        draft(4, 2, 5),
    ] {
        tx.put_draft(&put).await.unwrap();
    }
    tx.put_draft(&draft(1, 1, 30)).await.unwrap();
    put_grants(&mut *tx).await;
    put_counts(&mut *tx).await;
    put_keyed_requests(&mut *tx).await;
    told.extend(put_letters(&mut *tx).await);
    told.extend(answers(&mut *tx, &browser).await);
    tx.commit().await.unwrap();
    told.extend(answers(&mut *write(store).await, &browser).await);

    let mut tx = write(store).await;
    tx.delete_link(id(1)).await.unwrap();
    tx.delete_link(id(7)).await.unwrap();
    tx.delete_other_sessions(id(1), "s2").await.unwrap();
    tx.delete_session("s3").await.unwrap();
    tx.delete_former_emails(id(1), Timestamp(30)).await.unwrap();
    tx.drop_deletion(id(1)).await.unwrap();
    end_transfers(&mut *tx).await;
    tx.delete_sign_up(&browser).await.unwrap();
    tx.delete_keyed_request("k3").await.unwrap();
    let other = BrowserId("b2".to_owned());
    tx.delete_keyed_requests(&other).await.unwrap();
    told.extend(answers(&mut *tx, &browser).await);
    tx.put_sign_up(&browser, &sign_up, Timestamp(9))
        .await
        .unwrap();
    tx.delete_draft(DraftId(Uuid::from_u128(2))).await.unwrap();
    let mut used = waiting(4, "three", 8);
    used.grant = None;
    tx.put_authorization(&used).await.unwrap();
    tx.delete_unneeded_grant(&unneeded("e", "four", 3).grant.id())
        .await
        .unwrap();
    told.extend(answers(&mut *tx, &browser).await);
    told.extend(sweeps(&mut *tx, &browser).await);
    for (hash, seen) in [("s6", 10), ("s7", 30), ("s8", 20), ("s9", 20)] {
        tx.put_session(&session(hash, 1, seen)).await.unwrap();
    }
    for most in [2, 1] {
        tx.trim_sessions(id(1), "s6", most).await.unwrap();
        told.extend(answers(&mut *tx, &browser).await);
    }
    put_ceremonies(&mut *tx).await;
    told.extend(answers(&mut *tx, &browser).await);
    delete_accounts(&mut *tx).await;
    told.extend(answers(&mut *tx, &browser).await);
    tx.commit().await.unwrap();
    told.extend(answers(&mut *write(store).await, &browser).await);
    told
}

/// What goes with an account is gone, and nothing else is.
async fn delete_accounts(tx: &mut dyn Transaction) {
    // 13 has a link to give, and 16 is to get one.
    for number in [1, 9, 13, 16] {
        tx.delete_account(id(number)).await.unwrap();
    }
    for number in [13, 14, 15, 16] {
        assert_eq!(tx.transfer_of(id(number)).await.unwrap(), None, "{number}");
    }
    assert_eq!(tx.passkeys_of(id(1)).await.unwrap(), []);
    for (browser, is_there) in [
        ("b1", false),
        ("b2", false),
        ("b3", true),
        ("b4", true),
        ("b5", true),
    ] {
        let ceremony = tx.ceremony(&BrowserId(browser.to_owned())).await;
        assert_eq!(ceremony.unwrap().is_some(), is_there, "{browser}");
    }
}

async fn put_accounts_and_links(tx: &mut dyn Transaction) {
    tx.insert_account(&account(1, Some("a@b.test")))
        .await
        .unwrap();
    tx.insert_account(&account(2, None)).await.unwrap();
    tx.update_account(&account(2, Some("c@d.test")))
        .await
        .unwrap();
    // What isn't there isn't changed, and that is no failure.
    tx.update_account(&account(9, Some("e@f.test")))
        .await
        .unwrap();
    tx.insert_link(&link(1, "one"), &grant()).await.unwrap();
    let renewed = Link {
        union_id: Some("union".to_owned()),
        ..link(1, "one")
    };
    tx.update_link(
        &renewed,
        &Grant {
            scopes: "renewed".to_owned(),
            ..grant()
        },
    )
    .await
    .unwrap();
    tx.update_link(&link(2, "two"), &grant()).await.unwrap();
    tx.insert_link(&link(2, "three"), &grant()).await.unwrap();
    for (account, health) in [
        (1, GrantHealth::Good { due: Timestamp(9) }),
        (2, GrantHealth::Lost(GrantFault::ScopeMissing)),
        (9, GrantHealth::Lost(GrantFault::Revoked)),
    ] {
        tx.set_grant_health(id(account), health).await.unwrap();
    }
}

/// An address may be the former one of another account since.
async fn put_former_emails(tx: &mut dyn Transaction) {
    for (email, account, replaced) in [
        ("e@f.test", 1, 10),
        ("e@f.test", 2, 20),
        ("g@h.test", 1, 20),
        ("i@j.test", 1, 30),
    ] {
        let former = FormerEmail {
            email: Email::parse(email).unwrap(),
            account: id(account),
            replaced: Timestamp(replaced),
        };
        tx.put_former_email(&former).await.unwrap();
    }
}

fn passkey(name: &str, account: u128, created: i64) -> Passkey {
    Passkey {
        id: name.to_owned(),
        account: id(account),
        name: "Mai's \"phone\" ☕".to_owned(),
        algorithm: -257,
        public_key: "key".to_owned(),
        counter: u32::MAX,
        backup_eligible: true,
        backed_up: false,
        created: Timestamp(created),
        used: None,
    }
}

fn ceremony(purpose: CeremonyPurpose, begun: i64) -> Ceremony {
    Ceremony {
        purpose,
        challenge: format!("challenge of {begun}"),
        begun: Timestamp(begun),
    }
}

async fn put_passkeys(tx: &mut dyn Transaction) {
    for put in [
        passkey("p1", 1, 20),
        passkey("p3", 1, 10),
        passkey("p2", 1, 10),
        passkey("p4", 2, 10),
        passkey("p5", 2, 10),
    ] {
        tx.insert_passkey(&put).await.unwrap();
    }
    let used = Passkey {
        used: Some(Timestamp(30)),
        backed_up: true,
        ..passkey("p1", 1, 20)
    };
    tx.update_passkey(&used).await.unwrap();
    // What isn't there isn't changed, and that is no failure.
    tx.update_passkey(&passkey("p9", 1, 20)).await.unwrap();
    tx.delete_passkey("p5").await.unwrap();
    tx.delete_passkey("p9").await.unwrap();
}

async fn put_ceremonies(tx: &mut dyn Transaction) {
    let (first, second) = (id(1), id(2));
    for (browser, purpose, begun) in [
        ("b1", CeremonyPurpose::LogIn, 20),
        ("b1", CeremonyPurpose::Add { account: first }, 40),
        ("b2", CeremonyPurpose::Confirm { account: first }, 30),
        ("b3", CeremonyPurpose::LogIn, 40),
        ("b4", CeremonyPurpose::Confirm { account: second }, 40),
        ("b5", CeremonyPurpose::Add { account: first }, 40),
        ("b5", CeremonyPurpose::LogIn, 40),
        ("b6", CeremonyPurpose::LogIn, 40),
    ] {
        let browser = BrowserId(browser.to_owned());
        tx.put_ceremony(&browser, &ceremony(purpose, begun))
            .await
            .unwrap();
    }
    let browser = BrowserId("b6".to_owned());
    tx.delete_ceremony(&browser).await.unwrap();
}

fn transfer(from: u128, to: u128, open_id: &str, due: i64) -> Transfer {
    Transfer {
        from: id(from),
        to: id(to),
        open_id: OpenId(open_id.to_owned()),
        due: Timestamp(due),
    }
}

/// Accounts of their own. What moves needn't be linked: the use cases look.
async fn put_transfers(tx: &mut dyn Transaction) {
    for number in 11..=18 {
        tx.insert_account(&account(number, None)).await.unwrap();
    }
    for put in [
        transfer(11, 12, "eleven", 20),
        transfer(15, 16, "fifteen", 10),
        transfer(13, 14, "thirteen", 10),
        transfer(17, 18, "Mai's \"coffee\" ☕", 30),
    ] {
        tx.insert_transfer(&put).await.unwrap();
    }
}

async fn end_transfers(tx: &mut dyn Transaction) {
    tx.delete_transfer_of(id(11)).await.unwrap();
    // By the account that gets the link nothing ends.
    tx.delete_transfer_of(id(14)).await.unwrap();
    tx.delete_transfer_of(id(7)).await.unwrap();
}

async fn put_activity(tx: &mut dyn Transaction) {
    for (number, account, at, event) in [
        (1, 1, 10, Event::SignedUp),
        (2, 1, 20, Event::LogInFailed),
        (3, 1, 20, Event::LoggedInByPassword),
        (4, 2, 30, Event::Linked),
    ] {
        let activity = Activity {
            id: ActivityId(id(number).0),
            account: AccountHash::of(id(account)),
            at: Timestamp(at),
            event,
            whereabouts: session("", account, at).whereabouts,
        };
        tx.insert_activity(&activity).await.unwrap();
    }
}

async fn put_sessions(tx: &mut dyn Transaction) {
    for session in [
        session("s1", 1, 10),
        session("s2", 1, 20),
        session("s3", 2, 30),
    ] {
        tx.put_session(&session).await.unwrap();
    }
    tx.put_session(&session("s1", 1, 11)).await.unwrap();
}

async fn put_authorizations(tx: &mut dyn Transaction) {
    for put in [
        authorization(1, "b1", 10),
        authorization(2, "b1", 10),
        authorization(3, "b2", 30),
    ] {
        tx.put_authorization(&put).await.unwrap();
    }
    // Changing an older one doesn't make it the last.
    let mut ended = authorization(1, "b1", 10);
    ended.authorization.phase = Phase::Ended {
        outcome: Outcome::Cancelled,
    };
    tx.put_authorization(&ended).await.unwrap();
}

async fn put_grants(tx: &mut dyn Transaction) {
    for put in [
        unneeded("a", "one", 5),
        unneeded("b", "one", 6),
        unneeded("c", "one", 7),
        unneeded("d", "three", 6),
        unneeded("e", "four", 4),
    ] {
        tx.put_unneeded_grant(&put).await.unwrap();
    }
    tx.put_unneeded_grant(&unneeded("e", "four", 3))
        .await
        .unwrap();
    tx.put_authorization(&waiting(4, "three", 8)).await.unwrap();
}

async fn put_counts(tx: &mut dyn Transaction) {
    let count = |ends| Count {
        since: Timestamp(7),
        tries: 3,
        ends: Timestamp(ends),
    };
    tx.put_count("k", count(50)).await.unwrap();
    tx.put_count("short", count(8)).await.unwrap();
    tx.put_count("deleted", count(50)).await.unwrap();
    tx.delete_count("deleted").await.unwrap();
    tx.delete_count("never there").await.unwrap();
}

async fn put_keyed_requests(tx: &mut dyn Transaction) {
    for put in [
        keyed("k1", "b1", 15),
        keyed("k2", "b2", 30),
        keyed("k3", "b3", 40),
        keyed("k4", "b3", 40),
    ] {
        tx.put_keyed_request(&put).await.unwrap();
    }
    tx.put_keyed_request(&keyed("k1", "b1", 16)).await.unwrap();
    // Too many of one browser: the oldest go, and those of others stay.
    for number in 0..i64::from(KEYED_MAX) + 2 {
        let put = keyed(&format!("many {number}"), "b4", number);
        tx.put_keyed_request(&put).await.unwrap();
    }
    for (id, is_kept) in [
        ("many 0", false),
        ("many 1", false),
        ("many 2", true),
        ("k1", true),
    ] {
        let found = tx.keyed_request(id).await.unwrap();
        assert_eq!(found.is_some(), is_kept, "{id}");
    }
}

fn letter(number: u128, news: News, state: LetterState) -> StoredLetter {
    StoredLetter {
        id: LetterId(Uuid::from_u128(number)),
        letter: Letter {
            to: Email::parse("mai@coffee.test").unwrap(),
            language: Language::Thai,
            news,
        },
        written: Timestamp(15),
        tries: 0,
        state,
    }
}

/// What is claimed of letters that are put, each time.
async fn put_letters(tx: &mut dyn Transaction) -> Vec<String> {
    let due = |due| LetterState::Waiting {
        due: Timestamp(due),
    };
    let dead = || LetterState::Dead {
        why: "the mail server answered 550".to_owned(),
    };
    for put in [
        letter(1, News::AccountExists, due(10)),
        letter(2, News::EmailAdded, due(12)),
        letter(3, News::ManyFailures { tries: 10 }, due(11)),
        letter(4, News::EmailAdded, due(13)),
        letter(5, News::EmailAdded, dead()),
        letter(6, News::EmailAdded, due(11)),
        letter(7, News::EmailAdded, due(11)),
    ] {
        tx.put_letter(&put).await.unwrap();
    }
    tx.put_letter(&letter(6, News::EmailAdded, dead()))
        .await
        .unwrap();
    tx.delete_letter(LetterId(Uuid::from_u128(7)))
        .await
        .unwrap();
    let mut told = vec![format!("{:?}", tx.asked_for_letters().await.unwrap())];
    for (now, until, most) in [
        (9, 50, 9),
        (12, 50, 1),
        (12, 50, 9),
        (12, 50, 9),
        (50, 60, 9),
    ] {
        let (now, until) = (Timestamp(now), Timestamp(until));
        let claimed = tx.claim_letters(now, until, most).await.unwrap();
        told.push(format!("{claimed:?}"));
    }
    told
}

async fn sweeps(tx: &mut dyn Transaction, browser: &BrowserId) -> Vec<String> {
    let mut told = Vec::new();
    // One by one: the moments are of different things.
    for moments in [
        [20, 0, 0, 0, 0, 0, 0, 0, 0],
        [20, 25, 0, 0, 0, 0, 0, 0, 0],
        [20, 25, 9, 0, 0, 0, 0, 0, 0],
        [20, 25, 20, 9, 0, 0, 0, 0, 0],
        [20, 25, 20, 9, 20, 0, 0, 0, 0],
        [20, 25, 20, 9, 20, 15, 0, 0, 0],
        [20, 25, 20, 9, 20, 16, 0, 0, 0],
        [20, 25, 20, 9, 20, 16, 20, 0, 0],
        [20, 25, 20, 9, 20, 16, 21, 0, 0],
        [20, 25, 20, 9, 20, 16, 21, 20, 0],
        [20, 25, 20, 9, 20, 16, 21, 21, 0],
        [20, 25, 20, 9, 20, 16, 21, 21, 30],
        [20, 25, 20, 9, 20, 16, 21, 21, 31],
        [100; 9],
    ] {
        let [
            sessions,
            pending,
            others,
            counts,
            keyed,
            dead_letters,
            former_emails,
            activity,
            ceremonies,
        ] = moments.map(Timestamp);
        let sweep = Sweep {
            sessions,
            pending,
            others,
            counts,
            keyed,
            dead_letters,
            former_emails,
            activity,
            ceremonies,
        };
        tx.sweep(&sweep).await.unwrap();
        told.extend(answers(tx, browser).await);
    }
    told
}

/// What is asked of an account besides itself.
async fn of_accounts(tx: &mut dyn Transaction) -> Vec<String> {
    let mut all = Vec::new();
    let third = Some((Timestamp(20), ActivityId(id(3).0)));
    for (now, most) in [(4, 9), (5, 9), (9, 1), (9, 9)] {
        let due = tx.due_deletions(Timestamp(now), most).await.unwrap();
        all.push(format!("{due:?}"));
    }
    all.extend(of_transfers(tx).await);
    for (account, since, before, most) in [
        (1, 0, None, 9),
        (1, 20, None, 9),
        (1, 0, None, 2),
        (1, 0, third, 9),
        (2, 31, None, 9),
        (9, 0, None, 9),
    ] {
        let whose = AccountHash::of(id(account));
        let activity = tx.activity_of(&whose, Timestamp(since), before, most);
        all.push(format!("{:?}", activity.await.unwrap()));
    }
    for number in [1, 2, 9] {
        let last = tx.last_former_email(id(number)).await.unwrap();
        all.push(format!("{last:?}"));
        let former = tx.former_emails_of(id(number)).await.unwrap();
        all.push(format!("{former:?}"));
        let deletion = tx.deletion_of(id(number)).await.unwrap();
        all.push(format!("{deletion:?}"));
        let mut sessions = tx.sessions_of(id(number)).await.unwrap();
        sessions.sort_by_key(|session| session.token_hash.clone());
        all.push(format!("{sessions:?}"));
        let passkeys = tx.passkeys_of(id(number)).await.unwrap();
        all.push(format!("{passkeys:?}"));
    }
    for passkey in ["p1", "p4", "p5", "p9"] {
        all.push(format!("{:?}", tx.passkey(passkey).await.unwrap()));
    }
    for browser in ["b1", "b2", "b3", "b4", "b5", "b6"] {
        let browser = BrowserId(browser.to_owned());
        all.push(format!("{:?}", tx.ceremony(&browser).await.unwrap()));
    }
    all
}

/// From either side, and those whose time has come, by when and then by whose.
async fn of_transfers(tx: &mut dyn Transaction) -> Vec<String> {
    let mut all = Vec::new();
    for number in [1, 11, 12, 13, 14, 15, 16, 17, 18] {
        let transfer = tx.transfer_of(id(number)).await.unwrap();
        all.push(format!("{transfer:?}"));
    }
    for (now, most) in [(9, 9), (10, 9), (10, 1), (20, 2), (30, 0), (30, 9)] {
        let due = tx.due_transfers(Timestamp(now), most).await.unwrap();
        all.push(format!("{due:?}"));
    }
    all
}

async fn answers(tx: &mut dyn Transaction, browser: &BrowserId) -> Vec<String> {
    let mut all = Vec::new();
    for number in [1, 2, 9] {
        all.push(format!("{:?}", tx.account(id(number)).await.unwrap()));
        all.push(format!(
            "{:?}",
            tx.link_of_account(id(number)).await.unwrap()
        ));
        all.push(format!("{:?}", tx.grant_of_link(id(number)).await.unwrap()));
        all.push(format!("{:?}", tx.drafts(id(number)).await.unwrap()));
        all.push(format!("{:?}", tx.listed_drafts(id(number)).await.unwrap()));
    }
    for email in ["a@b.test", "c@d.test", "e@f.test", "g@h.test", "i@j.test"] {
        let email = Email::parse(email).unwrap();
        all.push(format!("{:?}", tx.account_by_email(&email).await.unwrap()));
        all.push(format!("{:?}", tx.former_email(&email).await.unwrap()));
    }
    for open_id in ["one", "two"] {
        let open_id = OpenId(open_id.to_owned());
        all.push(format!("{:?}", tx.link_by_open_id(&open_id).await.unwrap()));
    }
    for (now, most) in [(6, 9), (7, 9), (9, 1), (9, 9)] {
        let due = tx.due_grants(Timestamp(now), most).await.unwrap();
        all.push(format!("{due:?}"));
    }
    all.extend(of_accounts(tx).await);
    for hash in ["s1", "s2", "s3"] {
        all.push(format!("{:?}", tx.session(hash).await.unwrap()));
    }
    for number in [1, 2, 3, 4] {
        let id = AuthorizationId(Uuid::from_u128(number));
        all.push(format!("{:?}", tx.authorization(id).await.unwrap()));
        let id = DraftId(Uuid::from_u128(number));
        all.push(format!("{:?}", tx.draft(id).await.unwrap()));
    }
    all.push(format!(
        "{:?}",
        tx.last_authorization(browser).await.unwrap()
    ));
    all.push(format!("{:?}", tx.sign_up(browser).await.unwrap()));
    for id in ["k1", "k2", "k3", "k4"] {
        all.push(format!("{:?}", tx.keyed_request(id).await.unwrap()));
    }
    for email in ["new@b.test", "a@b.test"] {
        let email = Email::parse(email).unwrap();
        all.push(format!("{:?}", tx.sign_ups_of(&email).await.unwrap()));
    }
    for key in ["k", "short", "deleted"] {
        all.push(format!("{:?}", tx.count(key).await.unwrap()));
    }
    for open_id in ["one", "three", "four"] {
        let open_id = OpenId(open_id.to_owned());
        all.push(format!("{:?}", tx.is_grant_held(&open_id).await.unwrap()));
        all.push(format!("{:?}", tx.unneeded_grants(&open_id).await.unwrap()));
        let waiting = tx.waiting_proofs_of(&open_id).await.unwrap();
        all.push(format!("{waiting:?}"));
    }
    for token in ["a", "d", "e", "f"] {
        let id = unneeded(token, "four", 3).grant.id();
        all.push(format!("{:?}", tx.has_unneeded_grant(&id).await.unwrap()));
    }
    for (since, most) in [(6, 9), (100, 9), (100, 1)] {
        let revocable = tx.revocable_grants(Timestamp(since), 1, most).await;
        all.push(format!("{:?}", revocable.unwrap()));
    }
    for number in 1..=7 {
        let id = LetterId(Uuid::from_u128(number));
        all.push(format!("{:?}", tx.letter(id).await.unwrap()));
    }
    all.push(format!("{:?}", tx.dead_letters().await.unwrap()));
    all.push(format!("{:?}", tx.asked_for_letters().await.unwrap()));
    for proven in [7, 8] {
        let waiting = tx.waiting_proofs(Timestamp(proven)).await.unwrap();
        all.push(format!("{waiting:?}"));
    }
    all
}
