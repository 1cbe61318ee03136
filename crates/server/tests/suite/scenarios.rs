//! The contract's scenarios, over HTTP, on either kind of database. On PostgreSQL two servers play: one
//! does what is asked for, and the other, which has only the database in common with it, tells what is
//! so. What the first kept to itself would be missing there.

use crate::browser::Browser;
use crate::database::{Database, Kind};
use crate::harness::TestServer;
use crate::visit::exchange;
use contract::authorization::CompleteAuthorization;
use contract::problem::Problem;
use scenarios::{Failure, Host, PASSWORD, Sender, Visit};
use service::Portal;
use tiktok_emulator::Rehearsal;
use tiktok_emulator::visitor::{Plan, Step};

impl Host for TestServer {
    type Browser = Browser;

    fn browser(&self) -> Browser {
        self.browser()
    }

    async fn call(
        &self,
        browser: &mut Browser,
        sender: Sender<'_>,
        name: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Problem> {
        let reads = ["get_", "list_", "read_"];
        let by = match self.beside.first() {
            Some(other) if reads.iter().any(|reads| name.starts_with(reads)) => other,
            Some(_) | None => &self.running,
        };
        browser.turn_to(&format!("http://{}", by.address));
        let answer = browser.send_from(sender, name, body).await.unwrap();
        if answer.status == 200 {
            Ok(answer.body.to_vec())
        } else {
            Err(answer.problem())
        }
    }

    async fn at_tiktok(
        &self,
        browser: &mut Browser,
        authorize_url: &str,
        visit: Visit,
    ) -> Option<CompleteAuthorization> {
        browser
            .try_at_tiktok(authorize_url, plan(visit))
            .await
            .unwrap()
    }

    async fn log_out_of_tiktok(&self, browser: &mut Browser, log_out_url: &str) {
        let request = browser.visitor.log_out(log_out_url);
        let response = exchange(&self.client, request).await.unwrap();
        let step = browser.visitor.read(&response);
        assert!(matches!(step, Step::Stopped(_)), "it ends at TikTok");
    }

    fn origin(&self) -> String {
        self.running.public_url.clone()
    }

    async fn letters_to(&self, email: &str) -> Vec<String> {
        let newest_first = self.letters_to(email).into_iter();
        newest_first.rev().map(|letter| letter.text).collect()
    }

    async fn advance(&self, minutes: u64) {
        self.advance(minutes);
    }

    async fn sweep(&self) {
        let portal = Portal::new(self.running.env.clone());
        portal.sweep().await.unwrap();
    }
}

fn plan(visit: Visit) -> Plan {
    let password = PASSWORD.to_owned();
    match visit {
        Visit::Authorize(username) => Plan::authorize(username, PASSWORD),
        Visit::Return => Plan::Return,
        Visit::Cancel(username) => Plan::Cancel {
            username: username.to_owned(),
            password,
        },
        Visit::DenyProfile(username) => Plan::Deny {
            username: username.to_owned(),
            password,
            scope: "user.info.profile".to_owned(),
        },
        Visit::CreateAccount(username, display_name) => Plan::SignUp {
            username: username.to_owned(),
            display_name: display_name.to_owned(),
            password,
        },
        Visit::Fail(username, failure) => Plan::Rehearse {
            username: username.to_owned(),
            password,
            rehearse: rehearsal(failure).as_str().to_owned(),
        },
    }
}

fn rehearsal(failure: Failure) -> Rehearsal {
    match failure {
        Failure::ServerError => Rehearsal::ServerError,
        Failure::CodeExpired => Rehearsal::ExpiredCode,
        Failure::TokenFails => Rehearsal::TokenFails,
        Failure::UserInfoFails => Rehearsal::UserInfoFails,
        Failure::RemovedLater => Rehearsal::RemovedLater,
        Failure::ScopeRemovedLater => Rehearsal::ScopeRemovedLater,
        Failure::NeverComesBack => Rehearsal::NeverBack,
    }
}

async fn host(kind: Kind) -> TestServer {
    let servers = match kind {
        Kind::Sqlite => 1,
        Kind::Postgres => 2,
    };
    TestServer::start_on(Database::of(kind).await, servers).await
}

macro_rules! tests {
    ($($module:ident::$name:ident;)+) => {
        mod sqlite {$(
            #[tokio::test]
            async fn $name() {
                scenarios::$name(&super::host(super::Kind::Sqlite).await).await;
            }
        )+}
        mod postgres {$(
            #[tokio::test]
            async fn $name() {
                scenarios::$name(&super::host(super::Kind::Postgres).await).await;
            }
        )+}
    };
}

scenarios::for_each!(tests);
