//! What is stored outlives the code: rows of every released shape are read, and one that can't be
//! read hides no other.
//!
//! `tests/stored/<shape>/` has the tables as the first release of that shape wrote them, in SQL;
//! [`shape_1`] has what they mean.

pub(crate) mod shape_1;

use crate::browser::Browser;
use crate::harness::{TestServer, client};
use crate::process::Process;
use contract::drafts::{CreateDraft, GetDraft, ListDrafts};
use contract::problem::Code;
use contract::table::UseCase as _;
use contract::transfer::BeginTransfer;
use domain::email::Email;
use domain::id::{BrowserId, DraftId};
use domain::time::Timestamp;
use domain::transfer::WAIT_HOURS;
use serde_json::Value;
use server::store::SqlStore;
use service::Portal;
use service::personas::PASSWORD;
use service::row::{Unreadable, UnreadableRow};
use service::store::{AccountHash, ListedDraft, Mode, Store as _, StoreError, Transaction};
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Row as _};
use tempfile::TempDir;

/// Columns with a compound value, by table.
const COMPOUND: [(&str, &str); 10] = [
    ("accounts", "ads_account"),
    ("ceremonies", "ceremony"),
    ("links", "face"),
    ("links", "tokens"),
    ("authorizations", "stored"),
    ("sign_ups", "sign_up"),
    ("drafts", "draft"),
    ("keyed_requests", "keyed"),
    ("unneeded_grants", "tokens"),
    ("letters", "letter"),
];

/// The tables of shape 1, which rows have that say no shape.
pub(crate) const SHAPE_1: [&str; 18] = [
    include_str!("../../stored/1/accounts.sql"),
    include_str!("../../stored/1/deletions.sql"),
    include_str!("../../stored/1/former_emails.sql"),
    include_str!("../../stored/1/activity.sql"),
    include_str!("../../stored/1/passkeys.sql"),
    include_str!("../../stored/1/ceremonies.sql"),
    include_str!("../../stored/1/links.sql"),
    include_str!("../../stored/1/transfers.sql"),
    include_str!("../../stored/1/sessions.sql"),
    include_str!("../../stored/1/session_places.sql"),
    include_str!("../../stored/1/authorizations.sql"),
    include_str!("../../stored/1/last_authorizations.sql"),
    include_str!("../../stored/1/sign_ups.sql"),
    include_str!("../../stored/1/drafts.sql"),
    include_str!("../../stored/1/counts.sql"),
    include_str!("../../stored/1/keyed_requests.sql"),
    include_str!("../../stored/1/unneeded_grants.sql"),
    include_str!("../../stored/1/letters.sql"),
];

pub(crate) fn url(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("portal.sqlite").display())
}

pub(crate) async fn sql(folder: &TempDir) -> SqlitePool {
    SqlitePool::connect(&url(folder)).await.unwrap()
}

/// A database that an earlier release has left.
pub(crate) async fn left_by_an_earlier_release(tables: &[&'static str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    SqlStore::open(&url(&folder)).await.unwrap().close().await;
    let pool = sql(&folder).await;
    for table in tables {
        sqlx::raw_sql(*table).execute(&pool).await.unwrap();
    }
    pool.close().await;
    folder
}

async fn reader(store: &SqlStore) -> Box<dyn Transaction> {
    store.begin(Mode::Read).await.unwrap()
}

#[tokio::test]
async fn every_row_of_every_released_shape_is_read() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let mut tx = reader(&store).await;
    for account in shape_1::accounts() {
        assert_eq!(tx.account(account.id).await.unwrap(), Some(account));
    }
    for former in shape_1::former_emails() {
        let found = tx.former_email(&former.email).await.unwrap();
        assert_eq!(found, Some(former));
    }
    for (account, due) in shape_1::deletions() {
        assert_eq!(tx.deletion_of(account).await.unwrap(), Some(due));
    }
    let activity = tx
        .activity_of(
            &AccountHash::of(shape_1::account_id(4)),
            Timestamp(0),
            None,
            9,
        )
        .await
        .unwrap();
    assert_eq!(activity, shape_1::activity());
    for passkey in shape_1::passkeys() {
        let found = tx.passkey(&passkey.id).await.unwrap();
        assert_eq!(found, Some(passkey));
    }
    for (browser, ceremony) in shape_1::ceremonies() {
        assert_eq!(tx.ceremony(&browser).await.unwrap(), Some(ceremony));
    }
    let links = shape_1::links().into_iter();
    for (link, grant) in links.chain(shape_1::links_by_health()) {
        let kept = tx.grant_of_link(link.account).await.unwrap();
        assert_eq!(kept, Some(grant));
        let found = tx.link_by_open_id(&link.open_id).await.unwrap();
        assert_eq!(found, Some(link));
    }
    for transfer in shape_1::transfers() {
        for side in [transfer.from, transfer.to] {
            let found = tx.transfer_of(side).await.unwrap();
            assert_eq!(found.as_ref(), Some(&transfer));
        }
    }
    for session in shape_1::sessions() {
        let found = tx.session(&session.token_hash).await.unwrap();
        assert_eq!(found, Some(session));
    }
    for authorization in shape_1::authorizations() {
        let browser = &authorization.authorization.browser;
        let last = tx.last_authorization(browser).await.unwrap();
        assert_eq!(last.as_ref(), Some(&authorization));
        let found = tx.authorization(authorization.id).await.unwrap();
        assert_eq!(found, Some(authorization));
    }
    for (browser, sign_up) in shape_1::sign_ups() {
        assert_eq!(tx.sign_up(&browser).await.unwrap(), Some(sign_up));
    }
    let drafts = tx.drafts(shape_1::account_id(1)).await.unwrap();
    assert_eq!(drafts, shape_1::drafts());
    for unneeded in shape_1::unneeded_grants() {
        let found = tx.unneeded_grants(&unneeded.open_id).await.unwrap();
        assert_eq!(found, [unneeded]);
    }
    for (key, count) in shape_1::counts() {
        assert_eq!(tx.count(&key).await.unwrap(), Some(count));
    }
    for request in shape_1::keyed_requests() {
        let found = tx.keyed_request(&request.id).await.unwrap();
        assert_eq!(found, Some(request));
    }
    for letter in shape_1::letters() {
        let found = tx.letter(letter.id).await.unwrap();
        assert_eq!(found, Some(letter));
    }
}

/// A release that hadn't got the columns for it wrote these: their grants go back as well.
#[tokio::test]
async fn a_proof_that_waited_before_the_columns_for_it_is_found() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let mut tx = reader(&store).await;
    let all = shape_1::authorizations();
    let waiting: Vec<_> = all.into_iter().filter(|it| it.waits().is_some()).collect();
    let (open_id, proven) = waiting[0].waits().unwrap();
    assert!(tx.is_grant_held(open_id).await.unwrap());
    assert_eq!(tx.waiting_proofs(proven).await.unwrap(), waiting);
    let earlier = Timestamp(proven.0 - 1);
    assert_eq!(tx.waiting_proofs(earlier).await.unwrap(), []);
}

/// The compound values of a column, by the rows' order.
async fn compound(folder: &TempDir, table: &str, column: &str) -> Vec<Value> {
    let query = format!("SELECT {column} FROM {table} ORDER BY 1");
    let pool = sql(folder).await;
    let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&pool).await;
    pool.close().await;
    let texts = rows.unwrap().into_iter().map(|row| row.get::<String, _>(0));
    texts
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect()
}

/// Whether all of `released` stands in `written` as it was. More may.
fn is_part_of(released: &Value, written: &Value) -> bool {
    match (released, written) {
        (Value::Object(released), Value::Object(written)) => {
            released.iter().all(|(name, field)| {
                let stands = written.get(name);
                stands.is_some_and(|written| is_part_of(field, written))
            })
        }
        (Value::Array(released), Value::Array(written)) => {
            let mut pairs = released.iter().zip(written);
            released.len() == written.len() && pairs.all(|(one, other)| is_part_of(one, other))
        }
        (released, written) => released == written,
    }
}

#[tokio::test]
async fn what_is_written_says_its_shape_and_has_all_of_that_shape() {
    let before = left_by_an_earlier_release(&SHAPE_1).await;
    let after = tempfile::tempdir().unwrap();
    let store = SqlStore::open(&url(&after)).await.unwrap();
    shape_1::put_all(&store).await;
    store.close().await;
    for (table, column) in COMPOUND {
        let released = compound(&before, table, column).await;
        let written = compound(&after, table, column).await;
        for value in &written {
            let says = value.get("shape").and_then(Value::as_u64);
            assert_eq!(says, value.is_object().then_some(1), "{table}.{column}");
        }
        for value in &released {
            assert!(
                written.iter().any(|written| is_part_of(value, written)),
                "{table}.{column}: another shape has another number: {value}"
            );
        }
    }
}

#[tokio::test]
async fn drafts_of_every_released_shape_stand_in_the_list() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    // A name of a length that isn't kept any more.
    let long = r#"{"stage":"finished","contents":{"campaign":{"name":"NAME"}},"version":3}"#
        .replace("NAME", &"ế".repeat(20_000));
    spoil(&folder, &long).await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let mut tx = reader(&store).await;
    let drafts = tx.drafts(shape_1::account_id(1)).await.unwrap();
    assert_eq!(drafts.len(), shape_1::drafts().len());
    assert_eq!(drafts[0].draft.contents.campaign.name, "ế".repeat(20_000));
    let all: Vec<ListedDraft> = drafts.into_iter().map(Into::into).collect();
    let listed = tx.listed_drafts(shape_1::account_id(1)).await.unwrap();
    assert_eq!(listed, all);
    drop(tx);
    drop(store);

    // As the release before wrote them beside the drafts, and still does while it is replaced.
    let pool = sql(&folder).await;
    let less = r#"UPDATE drafts SET summary = '{"name":"less","stage":"finished"}'"#;
    sqlx::query(less).execute(&pool).await.unwrap();
    pool.close().await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let listed = reader(&store).await;
    let listed = { listed }.listed_drafts(shape_1::account_id(1)).await;
    assert_eq!(listed.unwrap(), all);
}

/// Writes `draft` into the first draft's row.
async fn spoil(folder: &TempDir, draft: &str) -> DraftId {
    let id = shape_1::drafts()[0].id;
    let pool = sql(folder).await;
    let update = sqlx::query(
        "UPDATE drafts SET draft = $2, summary = CASE WHEN summary IS NULL THEN NULL ELSE $2 END
         WHERE id = $1",
    );
    let done = update.bind(id.to_string()).bind(draft.to_owned());
    done.execute(&pool).await.unwrap();
    pool.close().await;
    id
}

#[tokio::test]
async fn a_field_that_is_added_to_a_draft_is_empty_in_the_drafts_before_it() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    // As if each field of the form were new.
    let id = spoil(
        &folder,
        r#"{"stage":{"editing":{"step":"ad"}},"contents":{"campaign":{},"ad":{"name":"n"}},"version":3}"#,
    )
    .await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let found = reader(&store).await.draft(id).await.unwrap().unwrap();
    let mut expected = domain::draft::Draft {
        stage: domain::draft::Stage::Editing {
            step: domain::draft::Step::Ad,
        },
        version: 3,
        ..domain::draft::Draft::default()
    };
    expected.contents.ad.name = "n".to_owned();
    assert_eq!(found.draft, expected);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_an_error_that_names_it_and_quotes_nothing() {
    for (draft, why) in [
        ("burnt", Unreadable::Malformed),
        (
            r#"{"stage":"my secret","version":1}"#,
            Unreadable::Malformed,
        ),
        (
            r#"{"shape":2,"stage":"my secret"}"#,
            Unreadable::Newer { shape: 2, known: 1 },
        ),
    ] {
        let folder = left_by_an_earlier_release(&SHAPE_1).await;
        let id = spoil(&folder, draft).await;
        let store = SqlStore::open(&url(&folder)).await.unwrap();
        let refused = reader(&store).await.draft(id).await;
        let Err(StoreError::Unreadable(row)) = refused else {
            panic!("{draft}: {refused:?}");
        };
        let id = id.to_string();
        assert_eq!(
            row,
            UnreadableRow {
                table: "drafts",
                id: id.clone(),
                why: why.clone()
            }
        );
        assert_eq!(row.to_string(), format!("drafts {id} can't be read: {why}"));
        // The list has the others.
        let mut listed = reader(&store).await;
        let listed = listed.drafts(shape_1::account_id(1)).await.unwrap();
        assert_eq!(listed, shape_1::drafts()[1..]);
        let mut short = reader(&store).await;
        let short = short.listed_drafts(shape_1::account_id(1)).await.unwrap();
        let short: Vec<DraftId> = short.into_iter().map(|draft| draft.id).collect();
        let others: Vec<DraftId> = listed.into_iter().map(|draft| draft.id).collect();
        assert_eq!(short, others);
    }
}

/// `mật khẩu của tôi`, hashed as a keyboard gave it before passwords had one form: apart, and with
/// a space that doesn't break. By another implementation of argon2.
const HASHED_BEFORE: [(&str, &str); 2] = [
    (
        "ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i",
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$EfzDeol190HC9GncGVX6fB0F6E6HSNgLQ2+oaaIAp10",
    ),
    (
        "mật\u{a0}khẩu của tôi",
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$FpZdh6eYpVrnQk8WW3x2bTKOrV873NAS23gDAtewYfM",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn who_set_a_password_or_an_address_in_another_form_still_gets_in() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    let pool = sql(&folder).await;
    for (number, (_, hash)) in HASHED_BEFORE.iter().enumerate() {
        let update =
            sqlx::query("UPDATE accounts SET email = $2, password_hash = $3 WHERE id = $1")
                .bind(shape_1::account_id(4 + number).to_string())
                .bind(format!("le\u{302}{number}@ca\u{300}-phê.test"))
                .bind(*hash);
        update.execute(&pool).await.unwrap();
    }
    // Two accounts of one address, one in each form: neither loses it.
    let clash = "UPDATE accounts SET email = $2 WHERE id = $1";
    for (number, email) in [
        (6, "cafe\u{301}@portal.test"),
        (7, "café@portal.test"),
        (8, "caf@cà-phê.test"),
        (9, "caf@xn--c-ph-0na7d.test"),
    ] {
        let id = shape_1::account_id(number).to_string();
        sqlx::query(clash)
            .bind(id)
            .bind(email)
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.close().await;
    let server = Process::start(folder.path(), &[]);
    for (number, (typed, _)) in HASHED_BEFORE.into_iter().enumerate() {
        let addresses = [
            format!("lê{number}@cà-phê.test"),
            format!("Le\u{302}{number}@CÀ-PHÊ.test"),
            format!("lê{number}@xn--c-ph-0na7d.test"),
        ];
        for address in addresses {
            let mut browser = Browser::new(client(), &server.base);
            browser.log_in(&address, typed).await.unwrap();
            let mut browser = Browser::new(client(), &server.base);
            let wrong = browser.log_in(&address, "mat khau cua toi").await;
            assert_eq!(wrong.unwrap_err().code, Code::WrongCredentials);
        }
    }
    // The first of them from a keyboard that composes, too.
    let mut browser = Browser::new(client(), &server.base);
    browser
        .log_in("lê0@cà-phê.test", "mật khẩu của tôi")
        .await
        .unwrap();
    server.kill();
    let pool = sql(&folder).await;
    let kept = sqlx::query("SELECT email FROM accounts WHERE email LIKE 'caf%' ORDER BY id");
    let kept = kept.fetch_all(&pool).await.unwrap();
    let kept: Vec<String> = kept.into_iter().map(|row| row.get(0)).collect();
    assert_eq!(
        kept,
        [
            "cafe\u{301}@portal.test",
            "café@portal.test",
            "caf@cà-phê.test",
            "caf@xn--c-ph-0na7d.test"
        ]
    );
}

#[tokio::test]
async fn an_address_that_waits_in_another_form_becomes_an_account_that_is_found() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    let pool = sql(&folder).await;
    let letters = "UPDATE sign_ups SET sign_up = replace(sign_up, 'new1@portal.test',
        'lan@cà-phê.test')";
    sqlx::raw_sql(letters).execute(&pool).await.unwrap();
    pool.close().await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let browser = BrowserId("b1".to_owned());
    let waiting = reader(&store).await.sign_up(&browser).await.unwrap();
    assert_eq!(waiting.unwrap().email.as_str(), "lan@xn--c-ph-0na7d.test");
}

#[tokio::test]
async fn a_column_of_another_type_spoils_its_row_alone() {
    let folder = left_by_an_earlier_release(&SHAPE_1).await;
    let pool = sql(&folder).await;
    let spoil = "UPDATE drafts SET draft = x'ff', changed = 'never' WHERE id LIKE '%2'";
    sqlx::raw_sql(spoil).execute(&pool).await.unwrap();
    pool.close().await;
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    let mut tx = reader(&store).await;
    let listed = tx.drafts(shape_1::account_id(1)).await.unwrap();
    assert_eq!(listed.len(), shape_1::drafts().len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_is_told_of_a_row_that_cannot_be_read_and_its_owner_sees_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let server = Process::start(folder.path(), &[]);
    let mut browser = Browser::new(client(), &server.base);
    browser
        .log_in("linked@portal.test", PASSWORD)
        .await
        .unwrap();
    let ids = shape_1::drafts().into_iter().map(|draft| draft.id);
    let ids: Vec<DraftId> = ids.take(2).collect();
    for id in &ids {
        browser
            .ask(&CreateDraft {
                id: *id,
                copy_of: None,
            })
            .await
            .unwrap();
    }
    spoil(&folder, r#"{"stage":"a name of a campaign"}"#).await;

    let listed = browser.ask(&ListDrafts {}).await.unwrap().drafts;
    let listed: Vec<DraftId> = listed.into_iter().map(|draft| draft.id).collect();
    assert_eq!(listed, ids[1..]);
    let request = serde_json::to_vec(&GetDraft { id: ids[0] }).unwrap();
    let refused = browser.send(GetDraft::NAME, request).await.unwrap();
    assert_eq!(refused.problem().code, Code::Internal);

    let printed = server.kill();
    for told in [
        format!("left out of a list table=\"drafts\" id=\"{}\"", ids[0]),
        format!("cause=\"drafts {} can't be read: it isn't", ids[0]),
    ] {
        let line = printed.iter().find(|line| line.contains(&told));
        assert!(line.is_some(), "{told} in {printed:#?}");
    }
    let quoted = printed.iter().find(|line| line.contains("a name"));
    assert_eq!(quoted, None);
}

/// Who begins it is in a fresh session of an account without a link.
async fn begin_transfer(server: &TestServer, from: &str, to: &str) {
    let mut browser = server.browser_of(to).await;
    let begin = BeginTransfer {
        email: from.to_owned(),
        password: PASSWORD.to_owned(),
    };
    browser.ask(&begin).await.unwrap();
}

async fn is_linked(server: &TestServer, email: &str) -> bool {
    let mut tx = server.running.env.store.begin(Mode::Read).await.unwrap();
    let email = Email::parse(email).unwrap();
    let account = tx.account_by_email(&email).await.unwrap().unwrap();
    tx.link_of_account(account.id).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_cannot_be_read_moves_nothing_and_keeps_no_other_from_moving() {
    let server = TestServer::start().await;
    begin_transfer(&server, "linked@portal.test", "email-only@portal.test").await;
    server.advance(1);
    begin_transfer(&server, "someone-else@portal.test", "passkeys@portal.test").await;
    let pool = sql(&server.folder).await;
    let spoil = "UPDATE transfers SET open_id = x'ff' WHERE due = (SELECT min(due) FROM transfers)";
    sqlx::raw_sql(spoil).execute(&pool).await.unwrap();
    pool.close().await;
    // Nobody is kept out of an account by it.
    assert!(is_linked(&server, "linked@portal.test").await);
    assert!(!is_linked(&server, "email-only@portal.test").await);
    server.advance(u64::from(WAIT_HOURS) * 60);

    // The operator is told once, by the log and by the metric of sweeps.
    let portal = Portal::new(server.running.env.clone());
    let told = portal.sweep().await.unwrap_err().to_string();
    assert!(told.starts_with("transfers "), "{told}");
    portal.sweep().await.unwrap();
    for (email, linked) in [
        ("linked@portal.test", true),
        ("email-only@portal.test", false),
        ("someone-else@portal.test", false),
        ("passkeys@portal.test", true),
    ] {
        assert_eq!(is_linked(&server, email).await, linked, "{email}");
    }
    // And another one can be begun.
    begin_transfer(&server, "linked@portal.test", "email-only@portal.test").await;
}
