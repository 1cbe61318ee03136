//! Letters on their way.

use crate::harness::{BEGINNING, Memory, block_on};
use domain::email::Email;
use domain::id::LetterId;
use domain::region::Language;
use domain::time::{Timestamp, minutes};
use service::delivery::{self, Claimed, DeliveryFailure, LEASE};
use service::letter::{Letter, News};
use service::store::{LetterState, Mode, Store as _, StoredLetter};
use uuid::Uuid;

const CODE: u128 = 1;
const NEWS: u128 = 2;

/// A code and news, in this order.
async fn written(portal: &Memory) {
    let mut tx = portal.store.begin(Mode::Write).await.unwrap();
    let code = News::Code {
        code: "123456".to_owned(),
        minutes: 10,
    };
    for (id, news) in [(CODE, code), (NEWS, News::EmailAdded)] {
        let letter = StoredLetter {
            id: LetterId(Uuid::from_u128(id)),
            letter: Letter {
                to: Email::parse("mai@coffee.test").unwrap(),
                language: Language::Vietnamese,
                news,
            },
            written: BEGINNING,
            tries: 0,
            state: LetterState::Waiting { due: BEGINNING },
        };
        tx.put_letter(&letter).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn claim(portal: &Memory, now: Timestamp) -> Vec<StoredLetter> {
    let Claimed { letters, .. } = delivery::claim(&portal.store, now, 10).await.unwrap();
    letters
}

fn ids(letters: &[StoredLetter]) -> Vec<u128> {
    letters.iter().map(|it| it.id.0.as_u128()).collect()
}

fn passing() -> DeliveryFailure {
    DeliveryFailure::Passing("the mail server answered 421".to_owned())
}

#[test]
fn who_claims_a_letter_has_it_alone_until_the_lease_ends() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        assert_eq!(ids(&claim(&portal, BEGINNING).await), [NEWS, CODE]);
        assert_eq!(claim(&portal, BEGINNING).await, []);
        // Whoever had them has ended.
        let again = claim(&portal, BEGINNING.plus(LEASE)).await;
        assert_eq!(ids(&again), [NEWS, CODE]);
        assert!(again.iter().all(|it| it.tries == 2));
    });
}

#[test]
fn who_was_too_slow_over_a_letter_says_nothing_of_it_any_more() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        let slow = claim(&portal, BEGINNING).await;
        let late = BEGINNING.plus(LEASE);
        let others = claim(&portal, late).await;
        for letter in slow {
            delivery::failed(&portal.store, letter, passing(), late)
                .await
                .unwrap();
        }
        // The others have theirs alone for as long as before, and what they sent stays sent.
        assert_eq!(claim(&portal, late.plus(minutes(1))).await, []);
        for letter in others.clone() {
            delivery::sent(&portal.store, letter.id).await.unwrap();
        }
        for letter in others {
            delivery::failed(&portal.store, letter, passing(), late)
                .await
                .unwrap();
        }
        assert_eq!(claim(&portal, late.plus(LEASE)).await, []);
    });
}

#[test]
fn a_letter_that_has_gone_is_kept_nowhere() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        for letter in claim(&portal, BEGINNING).await {
            delivery::sent(&portal.store, letter.id).await.unwrap();
        }
        let world = portal.store.export().await.write().unwrap().to_string();
        assert!(!world.contains("mai@coffee.test"), "{world}");
    });
}

#[test]
fn news_are_tried_for_three_days_and_then_kept_for_an_operator_who_can_send_them_again() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        let mut now = BEGINNING;
        let mut tries = 0;
        loop {
            now = now.plus(minutes(1));
            let claimed = claim(&portal, now).await;
            for letter in claimed {
                tries += u32::from(letter.id.0.as_u128() == NEWS);
                delivery::failed(&portal.store, letter, passing(), now)
                    .await
                    .unwrap();
            }
            if !delivery::dead(&portal.store).await.unwrap().is_empty() {
                break;
            }
        }
        assert_eq!(now.since(BEGINNING).as_secs() / 3600, 71);
        assert_eq!(tries, 80);
        let dead = delivery::dead(&portal.store).await.unwrap();
        assert_eq!(ids(&dead), [NEWS]);
        assert_eq!(claim(&portal, now.plus(minutes(1_000))).await, []);

        let id = LetterId(Uuid::from_u128(NEWS));
        assert!(delivery::send_again(&portal.store, id, now).await.unwrap());
        assert!(!delivery::send_again(&portal.store, id, now).await.unwrap());
        assert_eq!(ids(&claim(&portal, now).await), [NEWS]);
        assert_eq!(delivery::dead(&portal.store).await.unwrap(), []);
    });
}

#[test]
fn a_code_that_has_ended_is_not_sent() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        let late = BEGINNING.plus(minutes(10));
        let claimed = delivery::claim(&portal.store, late, 10).await.unwrap();
        assert_eq!((ids(&claimed.letters), claimed.ended), (vec![NEWS], 1));
    });
}

#[test]
fn what_a_mail_server_refuses_for_good_is_not_tried_again() {
    let portal = Memory::seeded();
    block_on(async {
        written(&portal).await;
        for letter in claim(&portal, BEGINNING).await {
            let lasting = DeliveryFailure::Lasting("the mail server answered 550".to_owned());
            delivery::failed(&portal.store, letter, lasting, BEGINNING)
                .await
                .unwrap();
        }
        assert_eq!(claim(&portal, BEGINNING.plus(minutes(60))).await, []);
        // Whoever waited for the code has asked again.
        assert_eq!(ids(&delivery::dead(&portal.store).await.unwrap()), [NEWS]);
        sweep_after_a_month(&portal).await;
    });
}

/// A month later an operator has had time enough.
async fn sweep_after_a_month(portal: &Memory) {
    portal.clock.advance(minutes(29 * 24 * 60));
    portal.portal.sweep().await.unwrap();
    assert_eq!(delivery::dead(&portal.store).await.unwrap().len(), 1);
    portal.clock.advance(minutes(2 * 24 * 60));
    portal.portal.sweep().await.unwrap();
    assert_eq!(delivery::dead(&portal.store).await.unwrap(), []);
}
