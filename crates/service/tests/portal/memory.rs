//! The store in memory keeps what the trait promises.

use crate::harness::{Browser, Memory, block_on};
use contract::account::GetProfile;
use contract::authorization::{AuthorizationStatus, GetAuthorization, Purpose};
use contract::drafts::CreateDraft;
use contract::session::GetSession;
use domain::authorization::{Outcome, ReturnTo};
use domain::email::Email;
use scenarios::{Host as _, Visit};
use serde_json::{Value, json};
use service::memory::{MemoryStore, World};
use service::row::Unreadable;
use service::store::{Mode, Store as _, StoreError};

const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[test]
fn what_is_not_committed_leaves_no_trace() {
    let portal = Memory::seeded();
    let before = block_on(portal.store.export());
    block_on(async {
        let mut tx = portal.store.begin(Mode::Write).await.unwrap();
        let owner = tx
            .account_by_email(&email("linked@portal.test"))
            .await
            .unwrap()
            .unwrap();
        tx.delete_link(owner.id).await.unwrap();
        assert_eq!(tx.link_of_account(owner.id).await.unwrap(), None);
        drop(tx);
    });
    assert_eq!(block_on(portal.store.export()), before);
}

#[test]
fn the_unique_rules_are_the_stores_own_as_well() {
    let portal = Memory::seeded();
    block_on(async {
        let mut tx = portal.store.begin(Mode::Read).await.unwrap();
        let free = tx
            .account_by_email(&email("email-only@portal.test"))
            .await
            .unwrap()
            .unwrap();
        let owner = tx
            .account_by_email(&email("linked@portal.test"))
            .await
            .unwrap()
            .unwrap();
        let link = tx.link_of_account(owner.id).await.unwrap().unwrap();
        let grant = tx.grant_of_link(owner.id).await.unwrap().unwrap();
        let mut same_tiktok = link.clone();
        same_tiktok.account = free.id;
        let mut same_account = link;
        same_account.open_id = domain::id::OpenId("another".to_owned());
        for link in [same_tiktok, same_account] {
            let mut tx = portal.store.begin(Mode::Write).await.unwrap();
            let refused = tx.insert_link(&link, &grant).await;
            assert!(matches!(refused, Err(StoreError::Conflict)));
        }
        let mut same_email = free;
        same_email.email = owner.email;
        let mut tx = portal.store.begin(Mode::Write).await.unwrap();
        let refused = tx.update_account(&same_email).await;
        assert!(matches!(refused, Err(StoreError::Conflict)));
        drop(tx);
        let mut tx = portal.store.begin(Mode::Write).await.unwrap();
        let refused = tx.insert_account(&same_email).await;
        assert!(matches!(refused, Err(StoreError::Conflict)));
    });
}

#[test]
fn a_reader_sees_the_world_as_it_was_and_writes_nothing() {
    let portal = Memory::seeded();
    block_on(async {
        let mut reader = portal.store.begin(Mode::Read).await.unwrap();
        let owner = reader
            .account_by_email(&email("linked@portal.test"))
            .await
            .unwrap()
            .unwrap();
        let mut writer = portal.store.begin(Mode::Write).await.unwrap();
        writer.delete_link(owner.id).await.unwrap();
        writer.commit().await.unwrap();
        assert!(reader.link_of_account(owner.id).await.unwrap().is_some());
        assert!(matches!(
            reader.delete_link(owner.id).await,
            Err(StoreError::Failed(_))
        ));
    });
}

#[test]
fn a_world_that_is_written_out_and_read_in_goes_on() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in("email-only@portal.test");
    let callback = portal.bring_back(&mut browser, TO_PROFILE, Visit::Authorize("unlinked"));
    let text = block_on(portal.store.export()).write().unwrap().to_string();
    let (world, unreadable) = World::read(serde_json::from_str(&text).unwrap()).unwrap();
    assert_eq!(world, *block_on(portal.store.export()));
    assert_eq!(unreadable, []);

    let mut env = portal.portal.env().clone();
    env.store = std::sync::Arc::new(MemoryStore::new(world));
    let portal = Memory {
        portal: service::Portal::new(env),
        ..portal
    };
    assert_eq!(
        portal.ask(&mut browser, &callback).unwrap().outcome,
        Outcome::Linked
    );
    assert!(
        portal
            .ask(&mut browser, &GetProfile {})
            .unwrap()
            .tiktok
            .is_some()
    );
}

/// The rows of a seeded world in which two people are logged in, one of them with two drafts.
fn rows() -> Value {
    let portal = Memory::seeded();
    portal.logged_in("email-only@portal.test");
    let mut browser = portal.logged_in("linked@portal.test");
    for id in [FIRST, SECOND] {
        let id = id.parse().unwrap();
        portal
            .ask(&mut browser, &CreateDraft { id, copy_of: None })
            .unwrap();
    }
    block_on(portal.store.export()).write().unwrap()
}

const FIRST: &str = "0190cafe-0000-7000-8000-000000000001";
const SECOND: &str = "0190cafe-0000-7000-8000-000000000002";

#[test]
fn a_row_that_cannot_be_read_costs_itself_alone_and_is_named() {
    let mut rows = rows();
    rows["drafts"][FIRST]["draft"]["stage"] = "burnt".into();
    rows["drafts"][SECOND]["tint"] = "a field of a later release".into();
    let (world, unreadable) = World::read(rows.clone()).unwrap();
    let [lost] = &unreadable[..] else {
        panic!("{unreadable:?}");
    };
    assert_eq!(
        lost.to_string(),
        format!("drafts {FIRST} can't be read: it isn't what its shape says")
    );
    let mut left = world.write().unwrap();
    assert!(left["drafts"].get(FIRST).is_none());
    left["drafts"][FIRST] = rows["drafts"][FIRST].clone();
    left["drafts"][SECOND] = rows["drafts"][SECOND].clone();
    assert_eq!(left, rows);
}

#[test]
fn an_account_that_cannot_be_read_takes_along_what_belongs_to_it() {
    let mut rows = rows();
    let drafts = rows["drafts"].as_object().unwrap();
    let owner = drafts[FIRST]["account"].as_str().unwrap().to_owned();
    rows["accounts"][&owner]["shape"] = 2.into();
    let (world, mut unreadable) = World::read(rows).unwrap();
    let newer = Unreadable::Newer { shape: 2, known: 1 };
    assert_eq!(unreadable.remove(0).why, newer);
    let orphans: Vec<_> = unreadable.iter().map(|row| row.table).collect();
    assert_eq!(
        orphans,
        ["links", "sessions", "sessions", "drafts", "drafts"]
    );
    assert!(unreadable.iter().all(|row| row.why == Unreadable::Orphan));
    let left = world.write().unwrap();
    assert_eq!(left["drafts"], json!({}));
    let others = left["sessions"].as_object().unwrap();
    assert_eq!(
        others.len(),
        4,
        "that of the other member, and three phones"
    );
    assert!(others.values().all(|it| it["account"] != owner));
}

#[test]
fn no_token_and_no_secret_is_printed_with_what_is_stored() {
    let portal = Memory::seeded();
    let mut browser = Browser::default();
    portal.authorize(&mut browser, Purpose::LogIn, Visit::Authorize("unlinked"));
    let world = block_on(portal.store.export());
    let tokens: Vec<String> = world
        .write()
        .unwrap()
        .get("links")
        .and_then(|links| links.as_object().cloned())
        .unwrap()
        .values()
        .filter_map(|link| {
            link.pointer("/grant/access_token")?
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    assert!(!tokens.is_empty());
    let printed = format!("{world:?}");
    for token in tokens {
        assert!(!printed.contains(&token), "{token} is printed");
    }
}

#[test]
fn a_sweep_takes_what_has_ended_and_nothing_else() {
    let portal = Memory::seeded();
    let mut idle = portal.logged_in("email-only@portal.test");
    let mut used = portal.logged_in("email-only@portal.test");
    portal.authorize(&mut used, Purpose::LogIn, Visit::Cancel("unlinked"));
    block_on(portal.advance(23 * 60));
    assert!(portal.member(&mut used).is_some());
    block_on(portal.advance(60));
    block_on(portal.portal.sweep()).unwrap();
    assert_eq!(portal.member(&mut idle), None);
    assert!(portal.member(&mut used).is_some());
    let status = portal.ask(&mut used, &GetAuthorization {}).unwrap().status;
    let cancelled = AuthorizationStatus::Ended {
        outcome: Outcome::Cancelled,
    };
    assert_eq!(status, cancelled, "a day is kept");

    block_on(portal.advance(11 * 60 + 1));
    assert!(
        portal
            .ask(&mut used, &GetSession::default())
            .unwrap()
            .member
            .is_some()
    );
    block_on(portal.portal.sweep()).unwrap();
    let status = portal.ask(&mut used, &GetAuthorization {}).unwrap().status;
    assert_eq!(status, AuthorizationStatus::None);
    assert!(portal.member(&mut used).is_some());
    assert!(portal.ask(&mut used, &GetProfile {}).is_ok());
}
