//! Invariant 1 in a race: many business accounts link one TikTok account at once, and one wins. On
//! PostgreSQL they come to three servers.

use crate::browser::Browser;
use crate::database::{Database, on_each_database};
use crate::harness::{NOW, TestServer};
use contract::account::GetProfile;
use contract::authorization::{CompleteAuthorization, Purpose};
use domain::ads_account::AdsAccount;
use domain::authorization::{Outcome, ReturnTo};
use domain::email::Email;
use domain::id::AccountId;
use domain::region::{Country, Language};
use domain::session::SessionTimes;
use domain::time::Timestamp;
use service::personas::PASSWORD;
use service::store::{Account, Mode, Session, Whereabouts};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tiktok_emulator::visitor::Plan;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Business accounts in a race.
const RACERS: usize = 200;
const ROUNDS: usize = 20;
/// There the rounds are alike: one lock of all servers decides. `PORTAL_RACE_ROUNDS` has it do more.
const ROUNDS_ON_POSTGRES: usize = 4;
const SERVERS_ON_POSTGRES: usize = 3;

pub(crate) const LINK: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

/// Someone with an account and a session, in a browser of their own.
struct Racer {
    account: AccountId,
    /// Which server they come to.
    server: usize,
    browser: Browser,
}

/// An account that has an address and was there before.
pub(crate) fn member(number: usize, email: &str) -> Account {
    Account {
        id: AccountId(Uuid::from_u128(1_000_000 + number as u128)),
        email: Email::parse(email).ok(),
        password_hash: Some("none".to_owned()),
        name: None,
        region: Some(Country::VN),
        language: Language::English,
        ads_account: AdsAccount::Missing,
        created: NOW,
        email_added: None,
    }
}

/// A session that is as fresh as can be, by its token.
pub(crate) fn session_of(account: AccountId, token: &str, now: Timestamp) -> Session {
    Session {
        token_hash: hex::encode(Sha256::digest(token.as_bytes())),
        account,
        times: SessionTimes::begin(now),
        whereabouts: Whereabouts::default(),
    }
}

/// A browser with such a session, at one of the servers.
pub(crate) fn browser_with(server: &TestServer, by: usize, token: String) -> Browser {
    let mut browser = browser_at(server, by);
    let cookie = "__Host-portal-session".to_owned();
    browser.cookies.insert(cookie, token);
    browser
}

/// Accounts and sessions, put into the store in one go: how they came there isn't what is raced.
async fn racers(server: &TestServer, count: usize) -> Vec<Racer> {
    let mut racers = Vec::new();
    let mut tx = server.running.env.store.begin(Mode::Write).await.unwrap();
    for number in 0..count {
        let account = member(number, &format!("racer{number}@race.test"));
        let token = format!("{number:064x}");
        let session = session_of(account.id, &token, NOW);
        tx.insert_account(&account).await.unwrap();
        tx.put_session(&session).await.unwrap();
        let by = number % server.all().len();
        racers.push(Racer {
            account: account.id,
            server: by,
            browser: browser_with(server, by, token),
        });
    }
    tx.commit().await.unwrap();
    racers
}

fn browser_at(server: &TestServer, by: usize) -> Browser {
    let address = server.all()[by].address;
    server.browser().moved_to(&format!("http://{address}"))
}

/// Browsers at TikTok in which a new account is logged in, one for each server: what an emulator calls
/// an account depends on its name alone.
async fn contested(server: &TestServer, username: &str) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for by in 0..server.all().len() {
        browsers.push(contested_at(browser_at(server, by), username).await);
    }
    browsers
}

async fn contested_at(mut browser: Browser, username: &str) -> Browser {
    let begun = browser.begin(Purpose::LogIn).await.unwrap();
    let plan = Plan::SignUp {
        username: username.to_owned(),
        display_name: username.to_owned(),
        password: PASSWORD.to_owned(),
    };
    browser.at_tiktok(&begun.authorize_url, plan).await;
    browser
}

/// Everyone goes to TikTok and comes back as the same account, as far as the callback.
async fn line_up(
    racers: &mut Vec<Racer>,
    contested: &[Browser],
) -> Vec<(Racer, CompleteAuthorization)> {
    let mut on_their_way = JoinSet::new();
    for mut racer in racers.drain(..) {
        racer.browser.visitor = contested[racer.server].visitor.clone();
        on_their_way.spawn(async move {
            let begun = racer.browser.begin(LINK).await.unwrap();
            let back = racer
                .browser
                .at_tiktok(&begun.authorize_url, Plan::Return)
                .await;
            (racer, back)
        });
    }
    on_their_way.join_all().await
}

on_each_database! {
    of_two_hundred_who_link_one_tiktok_account_at_once_one_wins;
}

async fn of_two_hundred_who_link_one_tiktok_account_at_once_one_wins(database: Database) {
    let (rounds, servers) = match &database {
        Database::Sqlite(_) => (ROUNDS, 1),
        Database::Postgres { .. } => {
            let more = std::env::var("PORTAL_RACE_ROUNDS").ok();
            let more = more.map(|rounds| rounds.parse().unwrap());
            (more.unwrap_or(ROUNDS_ON_POSTGRES), SERVERS_ON_POSTGRES)
        }
    };
    let server = TestServer::start_on(database, servers).await;
    // A winner has a link, and races no more.
    let mut waiting = racers(&server, RACERS + rounds).await;
    for round in 0..rounds {
        let username = format!("contested{round}");
        let contested = contested(&server, &username).await;
        let mut racing: Vec<_> = waiting.drain(..RACERS).collect();
        let lined_up = line_up(&mut racing, &contested).await;

        let start = Arc::new(Barrier::new(RACERS));
        let mut race = JoinSet::new();
        for (mut racer, back) in lined_up {
            let start = Arc::clone(&start);
            race.spawn(async move {
                start.wait().await;
                // `ask` refuses an answer of 500 and above.
                let completed = racer.browser.ask(&back).await.unwrap();
                (racer, completed.outcome)
            });
        }
        let mut winners = Vec::new();
        for (mut racer, outcome) in race.join_all().await {
            if outcome == Outcome::Linked {
                winners.push(racer);
            } else {
                assert_eq!(outcome, Outcome::AlreadyLinked, "round {round}");
                // From another browser: of one only so many authorizations may begin.
                racer.browser.cookies.remove("__Host-portal-browser");
                waiting.push(racer);
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");

        let mut winner = winners.pop().unwrap();
        let mut tx = server.running.env.store.begin(Mode::Read).await.unwrap();
        let link = tx.link_of_account(winner.account).await.unwrap().unwrap();
        let owner = tx.link_by_open_id(&link.open_id).await.unwrap().unwrap();
        assert_eq!(owner, link, "round {round}");
        drop(tx);
        let profile = winner.browser.ask(&GetProfile {}).await.unwrap();
        assert_eq!(profile.tiktok.unwrap().username, Some(username));
    }
    // Who lost has lost nothing else: session and account are as they were.
    for racer in &mut waiting {
        let profile = racer.browser.ask(&GetProfile {}).await.unwrap();
        assert_eq!(profile.tiktok, None);
    }
}
