//! What a member may store and ask for is bounded: no request of a few bytes is answered by many.

use crate::harness::asking::NEW_PASSWORD;
use crate::harness::{Browser, Memory, block_on};
use async_trait::async_trait;
use contract::drafts::{CreateDraft, DraftList, ListDrafts, SaveDraft};
use contract::my_data::{DataPart, GetMyData};
use contract::problem::Code;
use contract::session::GetSession;
use contract::table::{NAMES, UseCase as _};
use domain::ads_account::{AdsAccount, Completion, PaymentMethod};
use domain::draft::{Contents, Step};
use domain::email::Email;
use domain::id::{AccountId, DraftId};
use domain::limit::{LIST_BY_ACCOUNT, SAVE_BY_ACCOUNT};
use domain::passkey::PASSKEYS_MAX;
use domain::session::SESSIONS_MAX;
use domain::time::Timestamp;
use scenarios::{Host as _, PASSWORD, Sender};
use serde_json::{Value, json};
use service::store::{Mode, Passkey, Session, Store, StoreError, Stored, Transaction, Visit};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// Bytes at most of any answer.
const ANSWER_MAX: usize = 256_000;
/// Bytes at most of the longest list.
const LIST_MAX: usize = 150_000;
/// Drafts of one account at most.
const DRAFTS: u128 = 200;

/// A character of four bytes, which every field takes.
const HEAVY: &str = "\u{20000}";

fn heavy(characters: usize) -> String {
    HEAVY.repeat(characters)
}

fn draft_id(number: u128) -> DraftId {
    DraftId(Uuid::from_u128(number))
}

/// As heavy as a draft is kept, with the heaviest name.
fn heaviest() -> Contents {
    let mut contents = Contents::default();
    contents.campaign.name = heavy(640);
    contents.ad_group.name = heavy(640);
    contents.ad.landing_page = "a".repeat(2_080);
    contents
}

fn saving(number: u128, version: u32, contents: Contents) -> SaveDraft {
    SaveDraft {
        id: draft_id(number),
        version,
        step: Step::AdGroup,
        contents,
    }
}

/// With an id of 1023 bytes, the most that WebAuthn allows.
fn heaviest_passkey(account: AccountId, number: usize) -> Passkey {
    Passkey {
        id: format!("{number:0>1364}"),
        account,
        name: heavy(60),
        algorithm: -257,
        public_key: "a".repeat(1_000),
        counter: u32::MAX,
        backup_eligible: true,
        backed_up: false,
        created: Timestamp(i64::MAX),
        used: Some(Timestamp(i64::MAX)),
    }
}

/// Someone of whom as much is stored as can be.
fn heaviest_member(portal: &Memory) -> Browser {
    let mut browser = portal.logged_in("linked@portal.test");
    for number in 0..DRAFTS {
        let id = draft_id(number);
        let version = portal
            .ask(&mut browser, &CreateDraft { id, copy_of: None })
            .unwrap();
        let version = version.draft.version;
        portal
            .ask(&mut browser, &saving(number, version, heaviest()))
            .unwrap();
    }
    block_on(async {
        let mut tx = portal.store.begin(Mode::Write).await.unwrap();
        let email = Email::parse("linked@portal.test").unwrap();
        let mut account = tx.account_by_email(&email).await.unwrap().unwrap();
        account.name = domain::business::person_name(&heavy(80)).unwrap();
        let mut business = account.ads_account.business().unwrap().clone();
        business.name = domain::business::business_name(&heavy(100)).unwrap();
        let website = format!("https://a.example/{}", heavy(2_030));
        account.ads_account = AdsAccount::Complete {
            business,
            completion: Completion {
                website: Some(domain::address::web_address(&website).unwrap()),
                street_address: heavy(200),
                city: heavy(200),
                postal_code: Some(heavy(12)),
                payment_method: PaymentMethod::Manual,
            },
        };
        tx.update_account(&account).await.unwrap();
        let mut link = tx.link_of_account(account.id).await.unwrap().unwrap();
        link.profile.display_name = heavy(domain::input::SHOWN_NAME_MAX);
        link.profile.username = Some(heavy(domain::input::SHOWN_NAME_MAX));
        let grant = tx.grant_of_link(account.id).await.unwrap().unwrap();
        tx.update_link(&link, &grant).await.unwrap();
        for number in 0..PASSKEYS_MAX {
            tx.insert_passkey(&heaviest_passkey(account.id, number))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    });
    browser
}

/// What each use case of the table is asked with. One that reads something is asked for all of it.
fn request(name: &str) -> Value {
    let credentials = json!({"email": "nobody@portal.test", "password": NEW_PASSWORD});
    match name {
        "get_session" => json!({"region": "VN"}),
        "log_out" | "get_sign_up" | "resend_code" | "get_authorization" | "link_tiktok"
        | "unlink_tiktok" | "list_sessions" | "list_activity" | "get_profile"
        | "get_ads_account" | "list_drafts" | "delete_account" | "keep_account" => {
            json!({})
        }
        "list_passkeys" | "begin_passkey" | "stop_transfer" => json!({}),
        "add_passkey" => json!({
            "name": heavy(60), "client_data": "", "authenticator_data": "", "public_key": "",
            "algorithm": -7,
        }),
        "ask_for_passkey" => json!({"purpose": "confirm"}),
        "log_in_by_passkey" | "confirm_by_passkey" | "begin_transfer_by_passkey" => {
            json!({"assertion": {
                "id": "none", "client_data": "", "authenticator_data": "", "signature": "",
            }})
        }
        "get_my_data" => json!({"part": {"drafts": {}}}),
        "log_in" | "add_email" | "begin_transfer" => credentials,
        "reset_password" => json!({
            "email": "nobody@portal.test", "new_password": NEW_PASSWORD, "language": "en",
        }),
        "confirm_password" => json!({"password": PASSWORD}),
        "sign_up" => json!({
            "email": "new@portal.test", "password": NEW_PASSWORD, "region": "VN", "terms": true,
            "language": "en",
        }),
        "verify_email" => json!({"code": "123456"}),
        "begin_authorization" => json!({"purpose": "confirm", "region": null, "language": "en"}),
        "complete_authorization" => json!({"query": "code=1&state=1"}),
        "create_account" => json!({"terms": true, "region": "VN", "language": "en"}),
        "link_existing" => json!({"email": "nobody@portal.test", "password": NEW_PASSWORD}),
        "end_sessions" | "remove_passkey" => json!({"id": "none"}),
        "change_email" => json!({"new_email": "new@portal.test"}),
        "change_password" => json!({"new_password": NEW_PASSWORD}),
        "update_profile" => json!({"name": heavy(80), "language": "en"}),
        "create_ads_account" => json!({
            "business_name": heavy(100), "industry": "apparel", "country": "VN",
            "time_zone": "Asia/Ho_Chi_Minh", "currency": "VND", "phone": "0901234567",
            "terms": true,
        }),
        "read_phone" => json!({"country": "VN", "phone": "0901234567"}),
        "complete_ads_account" => json!({
            "website": "", "street_address": heavy(200), "city": heavy(200), "postal_code": "",
            "payment_method": "manual",
        }),
        "create_draft" | "get_draft" => json!({"id": draft_id(1)}),
        "save_draft" => serde_json::to_value(saving(1, 2, heaviest())).unwrap(),
        "finish_draft" | "reopen_draft" => json!({"id": draft_id(1), "version": 3}),
        "delete_draft" => json!({"id": draft_id(199)}),
        other => {
            panic!("say what {other} is asked with, and make what it reads as long as it gets")
        }
    }
}

/// The parts of what is kept, one after the other.
#[test]
fn no_part_of_the_data_is_heavier_than_256_kb() {
    let portal = Memory::seeded();
    heaviest_member(&portal);
    for _ in 0..2 * SESSIONS_MAX {
        portal.logged_in("linked@portal.test");
    }
    let mut browser = portal.logged_in("linked@portal.test");
    let mut next = Some(DataPart::Account);
    let mut drafts = 0;
    while let Some(part) = next {
        let data = portal.ask(&mut browser, &GetMyData { part }).unwrap();
        let bytes = serde_json::to_vec(&data).unwrap().len();
        assert!(bytes < ANSWER_MAX, "{part:?}: {bytes}");
        drafts += data.drafts.len() as u128;
        if let Some(account) = data.account {
            assert_eq!(account.passkeys.len(), PASSKEYS_MAX);
        }
        next = data.next;
    }
    assert_eq!(drafts, DRAFTS);
}

#[test]
fn no_answer_is_heavier_than_256_kb_whatever_is_stored() {
    let portal = Memory::seeded();
    let browser = heaviest_member(&portal);
    for name in NAMES {
        // Each as if it were the first: a log-out ends the session.
        let portal = portal.copy();
        let mut browser = browser.clone();
        let body = request(name).to_string().into_bytes();
        let answer = block_on(portal.call(&mut browser, Sender::default(), name, body));
        let reads = ["get_", "list_", "read_"]
            .iter()
            .any(|verb| name.starts_with(verb));
        match answer {
            Ok(reply) => {
                let bytes = reply.len();
                assert!(bytes <= ANSWER_MAX, "{name} is answered by {bytes} bytes");
            }
            Err(problem) => {
                assert!(!reads, "{name}: {problem:?}");
                assert_ne!(problem.code, Code::MalformedRequest, "{name}: {problem:?}");
            }
        }
    }
}

#[test]
fn a_list_of_the_most_and_longest_drafts_is_under_150_kb() {
    let portal = Memory::seeded();
    let mut browser = heaviest_member(&portal);
    for copy_of in [None, Some(draft_id(1))] {
        let id = draft_id(DRAFTS);
        let one_more = CreateDraft { id, copy_of };
        let refused = portal.refused(&mut browser, &one_more);
        assert_eq!(refused, Code::TooManyRequests);
    }
    let reply = block_on(portal.call(
        &mut browser,
        Sender::default(),
        ListDrafts::NAME,
        b"{}".to_vec(),
    ));
    let reply = reply.unwrap();
    assert!(reply.len() < LIST_MAX, "{} bytes", reply.len());
    let DraftList { drafts, .. } = serde_json::from_slice(&reply).unwrap();
    assert_eq!(drafts.len(), 200);
    for draft in drafts {
        assert_eq!(draft.name, format!("{}…", heavy(100)));
    }
}

#[test]
fn a_row_of_a_draft_takes_less_than_8_kb() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    let id = draft_id(1);
    let version = portal
        .ask(&mut browser, &CreateDraft { id, copy_of: None })
        .unwrap();
    let mut version = version.draft.version;
    for letter in ["a", "\"", "\n", "\u{1}", "ế", "咖", HEAVY] {
        let mut contents = heaviest();
        contents.campaign.name = letter.repeat(640);
        contents.ad_group.name = letter.repeat(640);
        contents.ad.name = letter.repeat(640);
        contents.ad.text = letter.repeat(512);
        contents.ad.landing_page = letter.repeat(2_100);
        let save = saving(1, version, contents);
        if let Ok(saved) = portal.ask(&mut browser, &save) {
            version = saved.version;
        }
        let rows = block_on(portal.store.export()).write().unwrap();
        let row = rows["drafts"].as_object().unwrap().values().next().unwrap();
        let bytes = row.to_string().len();
        assert!(bytes < 8 * 1024, "{letter:?}: {bytes} bytes");
    }
}

#[test]
fn saves_are_counted_by_account_and_go_on_when_the_time_is_over() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    let id = draft_id(1);
    let created = portal
        .ask(&mut browser, &CreateDraft { id, copy_of: None })
        .unwrap();
    let mut version = created.draft.version;
    let mut left = SAVE_BY_ACCOUNT.count - 1;
    // What is refused changes nothing, and isn't counted.
    let mut too_long = heaviest();
    too_long.campaign.name = "a".repeat(60_000);
    assert_eq!(
        portal.refused(&mut browser, &saving(1, version, too_long)),
        Code::InvalidInput
    );
    while left > 0 {
        let save = saving(1, version, Contents::default());
        version = portal.ask(&mut browser, &save).unwrap().version;
        left -= 1;
    }
    let save = saving(1, version, Contents::default());
    let refused = portal.ask(&mut browser, &save).unwrap_err();
    assert_eq!(refused.code, Code::TooManyRequests);
    assert_eq!(refused.retry_after_s, Some(600));
    // Neither in another session of the account nor by what else is kept of it.
    let mut elsewhere = portal.logged_in("linked@portal.test");
    assert_eq!(portal.refused(&mut elsewhere, &save), Code::TooManyRequests);
    // Reading goes on, and so does everyone else.
    portal.ask(&mut browser, &ListDrafts {}).unwrap();
    let mut other = portal.logged_in("email-only@portal.test");
    let id = draft_id(2);
    portal
        .ask(&mut other, &CreateDraft { id, copy_of: None })
        .unwrap();
    block_on(portal.advance(10));
    portal.ask(&mut browser, &save).unwrap();
}

#[test]
fn lists_are_counted_by_account() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    for _ in 0..LIST_BY_ACCOUNT.count {
        portal.ask(&mut browser, &ListDrafts {}).unwrap();
    }
    assert_eq!(
        portal.refused(&mut browser, &ListDrafts {}),
        Code::TooManyRequests
    );
    let mut other = portal.logged_in("email-only@portal.test");
    portal.ask(&mut other, &ListDrafts {}).unwrap();
    block_on(portal.advance(10));
    portal.ask(&mut browser, &ListDrafts {}).unwrap();
}

/// A store that can only be read: the disk is full.
struct Full(Arc<dyn Store>);

#[async_trait]
impl Store for Full {
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>> {
        match mode {
            Mode::Read => self.0.begin(mode).await,
            Mode::Write => Err(StoreError::Unavailable("the disk is full".to_owned())),
        }
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        self.0.session(token_hash).await
    }

    async fn visit(&self, token_hash: &str) -> Stored<Option<Visit>> {
        self.0.visit(token_hash).await
    }
}

/// A store that notes what it is asked.
struct Noting {
    store: Arc<dyn Store>,
    asked: Mutex<Vec<&'static str>>,
}

impl Noting {
    fn note(&self, what: &'static str) {
        self.asked.lock().unwrap().push(what);
    }
}

#[async_trait]
impl Store for Noting {
    async fn begin(&self, mode: Mode) -> Stored<Box<dyn Transaction>> {
        self.note("begin");
        self.store.begin(mode).await
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<Session>> {
        self.note("session");
        self.store.session(token_hash).await
    }

    async fn visit(&self, token_hash: &str) -> Stored<Option<Visit>> {
        self.note("visit");
        self.store.visit(token_hash).await
    }
}

#[test]
fn a_session_check_is_one_read() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    let mut env = portal.portal.env().clone();
    let noting = Arc::new(Noting {
        store: env.store,
        asked: Mutex::default(),
    });
    env.store = Arc::clone(&noting) as Arc<dyn Store>;
    let portal = Memory {
        portal: service::Portal::new(env),
        ..portal
    };
    let asked = || core::mem::take(&mut *noting.asked.lock().unwrap());
    let check = GetSession { region: None };
    assert!(portal.ask(&mut browser, &check).unwrap().member.is_some());
    assert_eq!(asked(), ["visit"]);
    // Once a minute it is noted that somebody is there.
    block_on(portal.advance(1));
    portal.ask(&mut browser, &check).unwrap();
    assert_eq!(asked(), ["visit", "begin"]);
    portal.ask(&mut browser, &check).unwrap();
    assert_eq!(asked(), ["visit"]);
}

#[test]
fn a_list_that_cannot_be_counted_is_read_all_the_same() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("linked@portal.test");
    let mut env = portal.portal.env().clone();
    env.store = Arc::new(Full(env.store));
    let portal = Memory {
        portal: service::Portal::new(env),
        ..portal
    };
    portal.ask(&mut browser, &ListDrafts {}).unwrap();
}
