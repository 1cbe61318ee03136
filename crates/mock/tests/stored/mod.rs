//! What tabs have stored: `<shape>.json` is a world as the first release of that layout wrote it,
//! with each row in every state.

use crate::{Still, given};
use mock::{BrowserState, Mock};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Every layout that was released, the latest last.
const RELEASED: [&str; 1] = [include_str!("2.json")];

fn latest() -> Value {
    given(serde_json::from_str(RELEASED[RELEASED.len() - 1]))
}

fn read(stored: &Value) -> (BrowserState, Vec<String>) {
    given(BrowserState::read(&stored.to_string()))
}

fn written(state: &BrowserState) -> Value {
    given(serde_json::from_str(&given(state.write())))
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

async fn open(state: BrowserState) -> Mock {
    let machine = Arc::new(Still(AtomicU64::new(2)));
    given(Mock::open(machine, Some(state.saved)).await)
}

async fn ask(mock: &Mock, state: &mut BrowserState, name: &str) -> Value {
    let reply = mock.answer(&mut state.jar, None, None, name, b"{}").await;
    given(serde_json::from_slice(&given(reply)))
}

pub(crate) async fn every_released_world_goes_on() {
    for text in RELEASED {
        let (mut state, lost) = given(BrowserState::read(text));
        assert_eq!(lost, [""; 0]);
        let mock = open(state.clone()).await;
        assert_eq!(mock.letters().len(), 2);
        let session = ask(&mock, &mut state, "get_session").await;
        assert_eq!(session["member"]["email"], "email-only@portal.test");
        let profile = ask(&mock, &mut state, "get_profile").await;
        assert_eq!(profile["tiktok"]["username"], "unlinked");
        let drafts = ask(&mock, &mut state, "list_drafts").await;
        assert_eq!(drafts["drafts"].as_array().map(Vec::len), Some(1));
    }
}

pub(crate) async fn what_is_written_has_all_of_the_latest_released_layout() {
    let released = latest();
    let (state, _) = read(&released);
    let jar = state.jar.clone();
    let saved = open(state).await.save().await;
    let written = written(&BrowserState { saved, jar });
    assert!(
        is_part_of(&released, &written),
        "another layout has another number"
    );
}

pub(crate) async fn what_cannot_be_read_costs_itself_alone_and_is_named() {
    let mut stored = latest();
    let drafts = stored["world"]["world"]["drafts"].as_object();
    let id = given(
        drafts
            .and_then(|drafts| drafts.keys().next())
            .ok_or("no draft"),
    )
    .clone();
    stored["world"]["world"]["drafts"][&id]["draft"]["stage"] = json!("burnt");
    stored["world"]["letters"][0]["to"] = json!(7);
    stored["world"]["tiktok"]["sessions"] = json!("burnt");
    let (mut state, lost) = read(&stored);
    assert_eq!(
        lost,
        [
            &*format!("drafts {id} can't be read: it isn't what its shape says"),
            "a letter can't be read: it isn't what its shape says",
            "TikTok's world can't be read: it isn't what its shape says",
        ]
    );
    let mock = open(state.clone()).await;
    assert_eq!(mock.letters().len(), 1);
    let session = ask(&mock, &mut state, "get_session").await;
    assert_eq!(session["member"]["email"], "email-only@portal.test");

    stored["jar"] = json!("burnt");
    let (mut state, lost) = read(&stored);
    assert_eq!(lost.len(), 4);
    let session = ask(&mock, &mut state, "get_session").await;
    assert_eq!(session["member"], json!(null));
}

pub(crate) async fn who_set_a_password_or_an_address_in_another_form_still_gets_in() {
    let mut stored = latest();
    let accounts = stored["world"]["world"]["accounts"].as_object_mut();
    let account = given(
        accounts
            .and_then(|accounts| {
                accounts
                    .values_mut()
                    .find(|it| it["email"] == "email-only@portal.test")
            })
            .ok_or("no account"),
    );
    account["email"] = json!("le\u{302}@cà-phê.test");
    // `mật khẩu của tôi`, apart, by another implementation of argon2.
    account["password_hash"] = json!(
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$EfzDeol190HC9GncGVX6fB0F6E6HSNgLQ2+oaaIAp10"
    );
    let (mut state, _) = read(&stored);
    let mock = open(state.clone()).await;
    for (email, password) in [
        ("lê@cà-phê.test", "mật khẩu của tôi"),
        (
            "lê@xn--c-ph-0na7d.test",
            "ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i",
        ),
    ] {
        let log_in = json!({"email": email, "password": password}).to_string();
        given(
            mock.answer(&mut state.jar, None, None, "log_in", log_in.as_bytes())
                .await,
        );
    }
}

pub(crate) async fn a_world_whose_persona_cannot_be_read_gets_a_new_one() {
    let mut stored = latest();
    let rows = &mut stored["world"]["world"];
    let sessions = rows["sessions"].as_object();
    let session = given(
        sessions
            .and_then(|all| all.values().find(|it| it["token_hash"] != "5e55"))
            .ok_or("no session"),
    );
    let account = session["account"].as_str().unwrap_or_default().to_owned();
    rows["accounts"][&account]["language"] = json!("tlh");
    let (mut state, lost) = read(&stored);
    // The account, and with it the link, the session and the draft.
    assert_eq!(lost.len(), 4, "{lost:?}");
    let mock = open(state.clone()).await;
    let guest = ask(&mock, &mut state, "get_session").await;
    assert_eq!(guest["member"], json!(null));
    let log_in = json!({"email": "email-only@portal.test", "password": scenarios::PASSWORD});
    let body = log_in.to_string();
    given(
        mock.answer(&mut state.jar, None, None, "log_in", body.as_bytes())
            .await,
    );
}

pub(crate) async fn a_world_of_a_later_layout_is_refused_and_says_so() {
    let mut stored = latest();
    stored["world"]["shape"] = json!(3);
    let refused = BrowserState::read(&stored.to_string()).map(drop);
    assert_eq!(
        refused.map_err(|why| why.to_string()),
        Err("the stored world can't be read: its shape is 3, and this release reads up to 2; a new one begins".to_owned())
    );
}

pub(crate) async fn a_text_without_a_world_is_refused() {
    for text in [
        "",
        "{}",
        "[]",
        r#"{"world":{"shape":2}}"#,
        r#"{"world":{"shape":1,"world":{}}}"#,
    ] {
        assert!(BrowserState::read(text).is_err(), "{text}");
    }
}
