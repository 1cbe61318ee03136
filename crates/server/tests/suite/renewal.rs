//! A grant is renewed by one request at a time, whoever wants it and on whatever server: TikTok takes a
//! refresh token once, and whoever came second would be told that it is none.

use crate::database::{Database, on_each_database};
use crate::harness::{NOW, TestServer};
use crate::metrics;
use contract::account::UnlinkTikTok;
use contract::authorization::Purpose;
use contract::problem::Code;
use contract::table::UseCase as _;
use domain::authorization::{Outcome, ReturnTo};
use domain::email::Email;
use domain::session::SessionTimes;
use domain::time::{Timestamp, minutes};
use service::Portal;
use service::env::{Caller, Env};
use service::personas::PASSWORD;
use service::store::{Mode, Session, Whereabouts};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tiktok_emulator::visitor::Plan;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const AT_ONCE: usize = 200;
const DAY: u64 = 24 * 60;
const OWNER: &str = "email-only@portal.test";
const LINK: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

on_each_database! {
    two_hundred_unlinks_and_the_sweeps_of_all_servers_renew_a_grant_once;
}

/// The servers on one database, all of which ask the TikTok of the first: each has one of its own.
fn portals(server: &TestServer) -> Vec<Portal> {
    let tiktok = &server.running.env.tiktok;
    let with_one_tiktok = |env: &Env| Env {
        tiktok: Arc::clone(tiktok),
        ..env.clone()
    };
    let all = server.all().into_iter();
    all.map(|it| Portal::new(with_one_tiktok(&it.env)))
        .collect()
}

/// Fresh sessions of the owner, a day from now.
async fn sessions(server: &TestServer, now: Timestamp) -> Vec<String> {
    let mut tx = server.running.env.store.begin(Mode::Write).await.unwrap();
    let owner = Email::parse(OWNER).unwrap();
    let owner = tx.account_by_email(&owner).await.unwrap().unwrap();
    let mut tokens = Vec::new();
    for number in 0..AT_ONCE {
        let token = format!("{number:064x}");
        let session = Session {
            token_hash: hex::encode(Sha256::digest(token.as_bytes())),
            account: owner.id,
            times: SessionTimes::begin(now),
            whereabouts: Whereabouts::default(),
        };
        tx.put_session(&session).await.unwrap();
        tokens.push(token);
    }
    tx.commit().await.unwrap();
    tokens
}

async fn two_hundred_unlinks_and_the_sweeps_of_all_servers_renew_a_grant_once(database: Database) {
    let servers = match &database {
        Database::Sqlite(_) => 1,
        Database::Postgres { .. } => 3,
    };
    let told = [("PORTAL_METRICS_ADDRESS", "127.0.0.1:0")];
    let server = TestServer::start_all_with(database, servers, &told).await;
    let mut owner = server.browser_of(OWNER).await;
    let begun = owner.begin(LINK).await.unwrap();
    let plan = Plan::authorize("unlinked", PASSWORD);
    let back = owner.at_tiktok(&begun.authorize_url, plan).await;
    assert_eq!(owner.ask(&back).await.unwrap().outcome, Outcome::Linked);

    // Its access token has ended meanwhile: nothing is revoked before it is renewed.
    server.advance(DAY);
    let tokens = sessions(&server, NOW.plus(minutes(DAY))).await;
    let portals = portals(&server);
    let start = Arc::new(Barrier::new(AT_ONCE + portals.len()));
    let mut race = JoinSet::new();
    let mut sweeps = JoinSet::new();
    for portal in portals.clone() {
        let start = Arc::clone(&start);
        sweeps.spawn(async move {
            start.wait().await;
            portal.sweep().await
        });
    }
    for (token, portal) in tokens.into_iter().zip(portals.into_iter().cycle()) {
        let start = Arc::clone(&start);
        race.spawn(async move {
            let caller = Caller {
                session: Some(token),
                networks: vec!["192.0.2.1".to_owned()],
                ..Caller::default()
            };
            start.wait().await;
            portal
                .answer(UnlinkTikTok::NAME, b"{}", &caller)
                .await
                .reply
        });
    }
    for swept in sweeps.join_all().await {
        swept.unwrap();
    }
    let mut unlinks = 0;
    for reply in race.join_all().await {
        let refused = reply.err().map(|problem| problem.code);
        // Its turn comes later; or it has come too late.
        let is_told = matches!(
            refused,
            None | Some(Code::Unavailable | Code::NotLinked | Code::NotLoggedIn)
        );
        assert!(is_told, "{refused:?}");
        unlinks += usize::from(refused.is_none());
    }
    // Those may all have come while a sweep renewed it.
    assert!(unlinks <= 1);
    let text = metrics::metrics(&server).await;
    for (endpoint, calls) in [("exchange", 1.0), ("renewal", 1.0)] {
        let series = format!("portal_tiktok_calls_total{{endpoint=\"{endpoint}\",outcome=\"ok\"}}");
        assert!(
            (metrics::value(&text, &series) - calls).abs() < 0.5,
            "{text}"
        );
    }
    let refused = "portal_tiktok_calls_total{endpoint=\"renewal\",outcome=\"refused\"}";
    assert!(metrics::value(&text, refused) < 0.5, "{text}");
}
