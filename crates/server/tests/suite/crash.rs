//! The server killed in the middle of its work: what it had answered is there when it is back, and
//! the unique rules hold.

use crate::browser::Browser;
use crate::harness::client;
use crate::process::Process;
use contract::account::GetProfile;
use contract::authorization::Purpose;
use domain::authorization::{Outcome, ReturnTo};
use service::personas::PASSWORD;
use sqlx::sqlite::SqlitePoolOptions;
use std::path::Path;
use std::sync::Arc;
use tiktok_emulator::visitor::Plan;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How often it is killed.
const KILLS: usize = 20;
/// People who sign up and link at once.
const STREAMS: usize = 4;
/// Answers after which it is killed: a few more each time, so that it is hit in every step.
const ANSWERS_LEAST: usize = 4;

/// Someone, and what the server has told them.
#[derive(Clone)]
struct Person {
    browser: Browser,
    email: String,
    password: String,
    /// The TikTok account of which it was said that it is linked.
    linked: Option<String>,
}

/// Someone signs up by e-mail and links a TikTok account. Each answer is counted; what was told is
/// given back when the connection breaks.
async fn live(mut browser: Browser, number: usize, answers: Arc<Semaphore>) -> Option<Person> {
    let email = format!("person{number}@crash.test");
    let password = format!("word-of-person-{number}");
    match browser
        .try_ask(&crate::browser::sign_up(&email, &password))
        .await
    {
        Ok(answer) => answer.unwrap(),
        Err(_) => return None,
    };
    answers.add_permits(1);
    let code = browser.code_in_outbox(&email).await?;
    let verify = contract::sign_up::VerifyEmail {
        code,
        ..contract::sign_up::VerifyEmail::default()
    };
    match browser.try_ask(&verify).await {
        Ok(answer) => answer.unwrap(),
        Err(_) => return None,
    };
    answers.add_permits(1);
    let mut person = Person {
        browser,
        email,
        password,
        linked: None,
    };
    let username = format!("person{number}");
    // Nothing of this was told yet, so the person stays as they are where it breaks.
    if link(&mut person.browser, &username).await.is_some() {
        answers.add_permits(1);
        person.linked = Some(username);
    }
    Some(person)
}

async fn link(browser: &mut Browser, username: &str) -> Option<()> {
    let purpose = Purpose::Link {
        to: ReturnTo::Profile,
    };
    let begun = browser
        .try_ask(&crate::browser::begin(purpose))
        .await
        .ok()?;
    let plan = Plan::SignUp {
        username: username.to_owned(),
        display_name: username.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let back = browser
        .try_at_tiktok(&begun.unwrap().authorize_url, plan)
        .await;
    let back = back.ok()?.unwrap();
    let completed = browser.try_ask(&back).await.ok()?.unwrap();
    // The server asks TikTok over HTTP, too, and both are the process that dies.
    (completed.outcome == Outcome::Linked).then_some(())
}

/// Lets people live until the server dies of it.
async fn stream(server: Process, round: usize) -> Vec<Person> {
    let answers = Arc::new(Semaphore::new(0));
    let client = client();
    let mut streams = JoinSet::new();
    for stream in 0..STREAMS {
        let (client, base, answers) = (client.clone(), server.base.clone(), Arc::clone(&answers));
        streams.spawn(async move {
            let mut people = Vec::new();
            for life in 0.. {
                let number = (round * STREAMS + stream) * 1_000 + life;
                let browser = Browser::new(client.clone(), &base);
                match live(browser, number, Arc::clone(&answers)).await {
                    Some(person) => people.push(person),
                    None => break,
                }
            }
            people
        });
    }
    let least = ANSWERS_LEAST + round;
    let reached = answers.acquire_many(u32::try_from(least).unwrap()).await;
    drop(reached.unwrap());
    server.kill();
    streams.join_all().await.into_iter().flatten().collect()
}

/// Everything that a person was told is so.
async fn check(person: &Person, base: &str) {
    let mut browser = person.browser.clone().moved_to(base);
    let mut profile = browser.ask(&GetProfile {}).await;
    if person.linked.is_none() && profile.is_err() {
        // A link was made, and the session's new token was lost with the answer.
        browser
            .log_in(&person.email, &person.password)
            .await
            .unwrap();
        profile = browser.ask(&GetProfile {}).await;
    }
    let profile = profile.unwrap();
    assert_eq!(profile.email.unwrap().as_str(), person.email);
    if let Some(username) = &person.linked {
        let tiktok = profile.tiktok.unwrap();
        assert_eq!(tiktok.username.as_ref(), Some(username));
    }
}

/// The unique rules, counted in the file.
async fn check_file(folder: &Path) {
    let url = format!("sqlite:{}", folder.join("portal.sqlite").display());
    let pool = SqlitePoolOptions::new().connect(&url).await.unwrap();
    let integrity: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(integrity, "ok");
    for broken in [
        "SELECT COUNT(*) - COUNT(DISTINCT open_id) FROM links",
        "SELECT COUNT(*) - COUNT(DISTINCT account) FROM links",
        "SELECT COUNT(email) - COUNT(DISTINCT email) FROM accounts",
        "SELECT COUNT(*) FROM links WHERE account NOT IN (SELECT id FROM accounts)",
        "SELECT COUNT(*) FROM sessions WHERE account NOT IN (SELECT id FROM accounts)",
        "SELECT COUNT(*) FROM accounts WHERE password_hash IS NULL
         AND id NOT IN (SELECT account FROM links)",
    ] {
        let count: i64 = sqlx::query_scalar(broken).fetch_one(&pool).await.unwrap();
        assert_eq!(count, 0, "{broken}");
    }
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_a_kill_and_the_unique_rules_hold() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for round in 0..KILLS {
        let server = Process::start(folder.path(), &[]);
        let people = stream(server, round).await;

        let server = Process::start(folder.path(), &[]);
        for person in &people {
            check(person, &server.base).await;
        }
        // By their password too; once, for it costs.
        if let Some(person) = people.first() {
            let mut elsewhere = Browser::new(client(), &server.base);
            elsewhere
                .log_in(&person.email, &person.password)
                .await
                .unwrap();
        }
        all.extend(people);
        server.kill();
        check_file(folder.path()).await;
    }
    let linked = all.iter().filter(|person| person.linked.is_some()).count();
    assert!(
        linked >= KILLS,
        "{linked} links were told of: the kills came too early"
    );

    let server = Process::start(folder.path(), &[]);
    for person in &all {
        check(person, &server.base).await;
    }
    server.kill();
}
