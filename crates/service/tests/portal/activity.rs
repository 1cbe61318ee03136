//! The security activity: nothing pushes out of sight what happened, and each wrong password is there.

use crate::harness::{Memory, block_on};
use contract::my_data::{DataPart, GetMyData};
use contract::problem::Code;
use contract::session::{ConfirmPassword, EndSessions, ListActivity, ListSessions, ListedActivity};
use domain::activity::{Event, LISTED};
use domain::email::Email;
use domain::id::ActivityId;
use domain::session::SESSIONS_MAX;
use domain::time::Timestamp;
use scenarios::Host as _;
use service::store::{AccountHash, Activity, Mode, Store as _, Whereabouts};
use uuid::Uuid;

const OWNER: &str = "email-only@portal.test";

fn events(portal: &Memory, browser: &mut crate::harness::Browser) -> Vec<Event> {
    let list = portal.ask(browser, &ListActivity::default()).unwrap();
    list.activity.iter().map(|it| it.event).collect()
}

#[test]
fn what_ends_no_session_is_noted_nowhere() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    let none = Some("none".to_owned());
    portal.ask(&mut browser, &EndSessions { id: none }).unwrap();
    portal.ask(&mut browser, &EndSessions { id: None }).unwrap();
    assert_eq!(events(&portal, &mut browser), [Event::LoggedInByPassword]);
}

#[test]
fn what_is_downloaded_in_one_go_is_noted_once_wherever_it_begins() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    for part in [
        DataPart::Drafts { after: None },
        DataPart::Activity { after: None },
        DataPart::Account,
        DataPart::Account,
    ] {
        portal.ask(&mut browser, &GetMyData { part }).unwrap();
        let noted = events(&portal, &mut browser);
        let downloads = noted.iter().filter(|it| **it == Event::DataDownloaded);
        assert_eq!(downloads.count(), 1, "{noted:?}");
    }
}

#[test]
fn a_wrong_password_in_a_session_is_noted() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    let wrong = ConfirmPassword {
        password: "not the password".to_owned(),
    };
    let code = portal.refused(&mut browser, &wrong);
    assert_eq!(code, Code::WrongCredentials);
    block_on(portal.advance(1));
    let noted = events(&portal, &mut browser);
    assert!(noted.contains(&Event::LogInFailed), "{noted:?}");
}

#[test]
fn older_entries_follow_page_by_page_each_once() {
    let portal = Memory::seeded();
    let mut browser = portal.logged_in(OWNER);
    let count = 2 * u128::from(LISTED) + 5;
    block_on(async {
        let mut tx = portal.store.begin(Mode::Write).await.unwrap();
        let email = Email::parse(OWNER).unwrap();
        let account = tx.account_by_email(&email).await.unwrap().unwrap();
        let now = domain::time::minutes(1);
        for number in 0..count {
            let activity =
                Activity {
                    id: ActivityId(Uuid::from_u128(number)),
                    account: AccountHash::of(account.id),
                    // Three of each moment.
                    at: crate::harness::BEGINNING.minus(now).plus(
                        std::time::Duration::from_millis(u64::try_from(number / 3).unwrap()),
                    ),
                    event: Event::LogInFailed,
                    whereabouts: Whereabouts::default(),
                };
            tx.insert_activity(&activity).await.unwrap();
        }
        tx.commit().await.unwrap();
    });
    let mut all: Vec<ListedActivity> = Vec::new();
    let mut after = None;
    let mut pages = 0;
    loop {
        let list = portal.ask(&mut browser, &ListActivity { after }).unwrap();
        all.extend(list.activity);
        pages += 1;
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, 3);
    // And the log-in.
    assert_eq!(u128::try_from(all.len()).unwrap(), count + 1);
    let times: Vec<Timestamp> = all.iter().map(|it| it.at).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
}

#[test]
fn of_too_many_sessions_those_that_were_not_used_for_longest_end() {
    let portal = Memory::seeded();
    let mut first = portal.logged_in(OWNER);
    block_on(portal.advance(1));
    for _ in 1..SESSIONS_MAX {
        portal.logged_in(OWNER);
    }
    assert!(portal.ask(&mut first, &ListSessions {}).is_ok());
    block_on(portal.advance(1));
    // The use of the first was noted, so one of the others is the one that wasn't used for longest.
    let mut one_more = portal.logged_in(OWNER);
    let list = portal.ask(&mut one_more, &ListSessions {}).unwrap();
    assert_eq!(list.sessions.len(), usize::try_from(SESSIONS_MAX).unwrap());
    assert!(list.sessions[0].is_this);
    assert!(portal.ask(&mut first, &ListSessions {}).is_ok());
}
