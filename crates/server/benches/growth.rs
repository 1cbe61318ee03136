//! What a use costs among few accounts and among many:
//! `cargo bench -p server --profile server --bench growth [-- --accounts 1000000]`.
//! It takes ten minutes, is no part of the tests, and fails where anything costs more than it may.
//!
//! Two databases of SQLite hold a thousand accounts and as many as is asked for, each with a session
//! and a draft, half of them with a link. The service answers over each in turn, in this process and
//! without HTTP, which would hide what grows. What is compared is the median of all rounds.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what can't be set up can't be measured, and time is what is measured"
)]

#[path = "../tests/suite/visit.rs"]
mod visit;

use contract::UseCase;
use contract::authorization::{BeginAuthorization, Begun, CompleteAuthorization, Purpose};
use contract::drafts::ListDrafts;
use contract::session::{GetSession, LogIn};
use domain::ads_account::{AdsAccount, Business};
use domain::authorization::{ReturnTo, TikTokProfile};
use domain::business::Industry;
use domain::currency::Currency;
use domain::draft::Draft;
use domain::email::Email;
use domain::grant::GrantHealth;
use domain::id::{AccountId, DraftId, OpenId};
use domain::region::{Country, Language, TimeZone};
use domain::session::SessionTimes;
use domain::time::{Timestamp, minutes};
use server::config::Config;
use server::machine::{HostClock, Machine};
use server::start::{Running, start};
use service::Portal;
use service::env::{Caller, Clock as _, Cookie};
use service::store::{Account, Grant, Link, Mode, Session, StoredDraft, Whereabouts};
use sha2::{Digest as _, Sha256};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tiktok_emulator::visitor::{Plan, Visitor};
use uuid::Uuid;
use visit::visit;

const FEW: u32 = 1_000;
const MANY: u32 = 1_000_000;
const ROUNDS: usize = 7;
/// How many times as much anything may cost among many.
const GROWTH_MAX: f64 = 1.2;
/// Accounts that are stored in one transaction.
const BATCH: u32 = 10_000;
const PASSWORD: &str = "a long new password";
/// Those who come in turn.
const VISITORS: u32 = 500;
/// Those who come back again and again.
const REGULARS: u32 = 16;

/// A portal with so many accounts.
struct Peopled {
    portal: Portal,
    accounts: u32,
    next: u32,
    links: u32,
    client: reqwest::Client,
    running: Running,
    _folder: TempDir,
}

fn number_of(account: u32) -> AccountId {
    // Spread, as those are that are drawn at random.
    let spread = Sha256::digest(account.to_be_bytes());
    let (first, _) = spread.split_first_chunk().unwrap();
    AccountId(Uuid::from_bytes(*first))
}

fn token(account: u32) -> String {
    hex::encode(Sha256::digest(format!("session {account}")))
}

fn session(account: u32, at: Timestamp) -> Session {
    Session {
        token_hash: hex::encode(Sha256::digest(token(account))),
        account: number_of(account),
        times: SessionTimes::begin(at),
        whereabouts: Whereabouts::default(),
    }
}

impl Peopled {
    async fn of(accounts: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html>").unwrap();
        let database = format!("sqlite:{}", folder.path().join("portal.sqlite").display());
        let assets = folder.path().display().to_string();
        let config = Config::read(&|name| match name {
            "PORTAL_ADDRESS" => Some("127.0.0.1:0".to_owned()),
            "PORTAL_DATABASE_URL" => Some(database.clone()),
            "PORTAL_ASSETS" => Some(assets.clone()),
            _ => None,
        })
        .unwrap();
        // It stands still, so that none of the sessions gets old.
        let clock = Arc::new(HostClock::fixed(Machine::real().clock.now()));
        let machine = Machine {
            clock,
            ..Machine::real()
        };
        let running = start(&config, machine).await.unwrap();
        let peopled = Self {
            portal: Portal::new(running.env.clone()),
            accounts,
            next: 0,
            links: 0,
            client: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
            running,
            _folder: folder,
        };
        peopled.people().await;
        peopled
    }

    async fn people(&self) {
        let env = &self.running.env;
        let hash = env.passwords.hash(PASSWORD.as_bytes()).await.unwrap();
        let now = env.clock.now();
        for first in (0..self.accounts).step_by(BATCH as usize) {
            let mut tx = env.store.begin(Mode::Write).await.unwrap();
            for account in first..(first + BATCH).min(self.accounts) {
                let id = number_of(account);
                tx.insert_account(&Account {
                    id,
                    email: Email::parse(&email(account)).ok(),
                    password_hash: Some(hash.clone()),
                    name: Some(format!("Person {account}")),
                    region: Some(Country::VN),
                    language: Language::Vietnamese,
                    ads_account: AdsAccount::Created {
                        business: business(),
                    },
                    created: now,
                    email_added: None,
                })
                .await
                .unwrap();
                tx.put_session(&session(account, now)).await.unwrap();
                let draft = StoredDraft {
                    id: DraftId(id.0),
                    account: id,
                    draft: Draft::default(),
                    changed: now,
                };
                tx.put_draft(&draft).await.unwrap();
                if account % 2 == 1 {
                    let (link, grant) = link(account, now);
                    tx.insert_link(&link, &grant).await.unwrap();
                }
            }
            tx.commit().await.unwrap();
        }
    }

    /// That somebody is there is noted once in some minutes, which takes longer than to look: it is done
    /// before anything is measured.
    async fn come(&mut self) {
        let visitors: Vec<_> = (0..VISITORS).map(|_| self.someone()).collect();
        for who in visitors.into_iter().chain(0..REGULARS) {
            self.ask(&member(who), &GetSession::default()).await;
        }
    }

    /// The next of [`VISITORS`], who lie far from each other.
    fn someone(&mut self) -> u32 {
        self.next = (self.next + 1) % VISITORS;
        // Those of the second half are linked.
        self.next * (self.accounts / 2 / VISITORS)
    }

    async fn ask<R: UseCase>(&self, caller: &Caller, request: &R) -> (R::Reply, Vec<Cookie>) {
        let body = serde_json::to_vec(request).unwrap();
        let answer = self.portal.answer(R::NAME, &body, caller).await;
        let reply = answer.reply.unwrap();
        (serde_json::from_slice(&reply).unwrap(), answer.cookies)
    }

    async fn session_checks(&mut self, count: u32, is_regular: bool) -> Duration {
        let who: Vec<_> = (0..count)
            .map(|number| {
                if is_regular {
                    number % REGULARS
                } else {
                    self.someone()
                }
            })
            .map(member)
            .collect();
        let begun = Instant::now();
        for caller in &who {
            self.ask(caller, &GetSession::default()).await;
        }
        begun.elapsed() / count
    }

    async fn log_ins(&mut self, count: u32) -> Duration {
        let requests: Vec<_> = (0..count)
            .map(|_| LogIn {
                email: email(self.someone()),
                password: PASSWORD.to_owned(),
                then: None,
            })
            .collect();
        let begun = Instant::now();
        for request in &requests {
            self.ask(&Caller::default(), request).await;
        }
        begun.elapsed() / count
    }

    async fn pages_of_drafts(&mut self, count: u32) -> Duration {
        let who: Vec<_> = (0..count).map(|_| member(self.someone())).collect();
        let begun = Instant::now();
        for caller in &who {
            self.ask(caller, &ListDrafts::default()).await;
        }
        begun.elapsed() / count
    }

    /// What is measured is the way back from TikTok, with the exchange.
    async fn links(&mut self, count: u32) -> Duration {
        let mut took = Duration::ZERO;
        for _ in 0..count {
            // Of two neighbours one has no link. With it the session gets another token.
            let account = self.accounts / 2 + self.links * 2;
            self.links += 1;
            let mut caller = member(account);
            let request = BeginAuthorization {
                purpose: Purpose::Link {
                    to: ReturnTo::Profile,
                },
                region: Some(Country::VN),
                language: Language::English,
            };
            let (there, cookies): (Begun, _) = self.ask(&caller, &request).await;
            caller.browser = cookies.into_iter().find_map(|cookie| match cookie {
                Cookie::SetBrowser(secret) => Some(secret),
                Cookie::SetSession(_)
                | Cookie::ClearSession
                | Cookie::SetProof(_)
                | Cookie::SetSignUp(_) => None,
            });
            let back = self.at_tiktok(&there.authorize_url, account).await;
            let begun = Instant::now();
            self.ask(&caller, &back).await;
            took += begun.elapsed();
        }
        took / count
    }

    async fn at_tiktok(&self, url: &str, account: u32) -> CompleteAuthorization {
        let plan = Plan::SignUp {
            username: format!("person{account}"),
            display_name: format!("person{account}"),
            password: PASSWORD.to_owned(),
        };
        let visit = visit(&self.client, &mut Visitor::new(), url, plan).await;
        visit.unwrap().unwrap()
    }

    /// As many sessions have ended as are deleted.
    async fn sweep(&mut self, sessions: u32) -> Duration {
        let now = self.running.env.clock.now();
        let long_ago = Timestamp(now.0 - 30 * 24 * 60 * 60 * 1_000);
        let mut tx = self.running.env.store.begin(Mode::Write).await.unwrap();
        for number in 0..sessions {
            let ended = Session {
                token_hash: token(number),
                ..session(number, long_ago)
            };
            tx.put_session(&ended).await.unwrap();
        }
        tx.commit().await.unwrap();
        // Another sweep has just been made, or is under way.
        self.running.clock.advance(minutes(1));
        let begun = Instant::now();
        self.portal.sweep().await.unwrap();
        begun.elapsed()
    }
}

fn email(account: u32) -> String {
    format!("person{account}@growth.test")
}

fn member(account: u32) -> Caller {
    Caller {
        session: Some(token(account)),
        ..Caller::default()
    }
}

fn business() -> Business {
    Business {
        name: "Mai Coffee".to_owned(),
        industry: Industry::FoodAndBeverage,
        country: Country::VN,
        time_zone: TimeZone::parse("Asia/Ho_Chi_Minh").unwrap(),
        currency: Currency::VND,
        phone: "+84901234567".to_owned(),
    }
}

fn link(account: u32, at: Timestamp) -> (Link, Grant) {
    let link = Link {
        account: number_of(account),
        open_id: OpenId(format!("open-id-{account}")),
        union_id: None,
        profile: TikTokProfile::of("A shop", Some("a_shop"), None),
        linked: at,
        health: GrantHealth::Good {
            due: Timestamp(at.0 + 86_400_000),
        },
    };
    let grant = Grant {
        access_token: format!("access-token-of-{account}"),
        access_expires: Timestamp(at.0 + 86_400_000),
        refresh_token: format!("refresh-token-of-{account}"),
        refresh_expires: Timestamp(at.0 + 365 * 86_400_000),
        scopes: "user.info.basic,user.info.profile".to_owned(),
    };
    (link, grant)
}

#[derive(Clone, Copy)]
enum Use {
    RegularsSession,
    VisitorsSession,
    LogIn,
    Link,
    Drafts,
    Sweep,
}

impl Use {
    const ALL: [Self; 6] = [
        Self::RegularsSession,
        Self::VisitorsSession,
        Self::LogIn,
        Self::Link,
        Self::Drafts,
        Self::Sweep,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::RegularsSession => "a session check, of 16 people",
            Self::VisitorsSession => "a session check, of 500 people",
            Self::LogIn => "a log-in",
            Self::Link => "a link",
            Self::Drafts => "a page of drafts",
            Self::Sweep => "a sweep that deletes 500",
        }
    }

    async fn cost(self, of: &mut Peopled) -> Duration {
        match self {
            Self::RegularsSession => of.session_checks(4_000, true).await,
            Self::VisitorsSession => of.session_checks(4_000, false).await,
            Self::LogIn => of.log_ins(10).await,
            Self::Link => of.links(20).await,
            Self::Drafts => of.pages_of_drafts(400).await,
            Self::Sweep => of.sweep(500).await,
        }
    }
}

fn median(mut costs: Vec<Duration>) -> f64 {
    costs.sort();
    let middle = costs.get(costs.len() / 2).unwrap();
    middle.as_secs_f64() * 1e6
}

fn accounts() -> Option<u32> {
    let mut accounts = MANY;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--accounts" => accounts = words.next()?.parse().ok()?,
            // Cargo's own, for every bench.
            "--bench" => {}
            _ => return None,
        }
    }
    Some(accounts)
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(accounts) = accounts() else {
        println!("cargo bench … -- [--accounts 1000000]");
        return ExitCode::FAILURE;
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    println!("Storing {FEW} accounts, and {accounts}");
    let mut few = Peopled::of(FEW).await;
    let mut many = Peopled::of(accounts).await;
    let mut costs = Use::ALL.map(|what| (what, Vec::new(), Vec::new()));
    for _ in 0..ROUNDS {
        few.come().await;
        many.come().await;
        for (what, among_few, among_many) in &mut costs {
            among_few.push(what.cost(&mut few).await);
            among_many.push(what.cost(&mut many).await);
        }
    }
    let mut is_level = true;
    for (what, among_few, among_many) in costs {
        let (among_few, among_many) = (median(among_few), median(among_many));
        let growth = among_many / among_few;
        let told = if growth > GROWTH_MAX {
            "  too much"
        } else {
            ""
        };
        println!(
            "{:<30} {among_few:>9.1} µs {among_many:>9.1} µs {growth:>6.2} times{told}",
            what.name()
        );
        is_level &= growth <= GROWTH_MAX;
    }
    if is_level {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
