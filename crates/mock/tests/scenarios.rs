//! The scenarios of the contract on the mock, and what tabs have stored: natively, and in a browser.

#![expect(clippy::panic, reason = "a test may fail")]

mod stored;

use bytes::Bytes;
use contract::authorization::CompleteAuthorization;
use contract::problem::Problem;
use http::header::LOCATION;
use http::{Request, Response, StatusCode};
use mock::{Jar, Machine, Mock};
use scenarios::{Failure, Host, PASSWORD, Sender, Visit};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tiktok_emulator::Rehearsal;
use tiktok_emulator::visitor::{Plan, Step, Visitor};

/// 2026-11-24T00:00:00Z.
const NOW_MS: i64 = 1_795_478_400_000;
/// Where the mock's TikTok sends the browser back to.
const CALLBACK: &str = "https://portal.test/tiktok/callback";

/// A machine whose clock stands still and whose chance is the same each time.
struct Still(AtomicU64);

const ORIGIN: &str = "https://portal.test";

impl Machine for Still {
    fn now_ms(&self) -> i64 {
        NOW_MS
    }

    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            // SplitMix64: what is drawn must differ, not be secret.
            let mut drawn = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let [.., last] = (drawn ^ (drawn >> 31)).to_be_bytes();
            *byte = last;
        }
    }

    fn user_agent(&self) -> Option<String> {
        None
    }

    fn origin(&self) -> String {
        ORIGIN.to_owned()
    }
}

/// What a test can't do without.
fn given<T, E: core::fmt::Debug>(result: Result<T, E>) -> T {
    match result {
        Ok(given) => given,
        Err(error) => panic!("{error:?}"),
    }
}

struct Tab(Mock);

/// One browser, and the person at it.
#[derive(Clone, Default)]
struct Browser {
    jar: Jar,
    person: Visitor,
}

impl Tab {
    async fn seeded() -> Self {
        let machine = Arc::new(Still(AtomicU64::new(1)));
        match Mock::open(machine, None).await {
            Ok(mock) => Self(mock),
            Err(error) => panic!("the mock can't be opened: {error}"),
        }
    }

    /// One page of TikTok's, as a response that the person can read.
    fn send(&self, browser: &mut Browser, request: &Request<Bytes>) -> Response<Bytes> {
        let form = String::from_utf8_lossy(request.body()).into_owned();
        let form = (!form.is_empty()).then_some(form);
        let (method, url) = (request.method().as_str(), request.uri().to_string());
        match self.0.visit(&mut browser.jar, method, &url, form) {
            mock::Visit::Page { html } => Response::new(Bytes::from(html)),
            mock::Visit::Left { query } => {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = StatusCode::FOUND;
                let Ok(back) = format!("{CALLBACK}?{query}").parse() else {
                    panic!("{query} is none");
                };
                response.headers_mut().insert(LOCATION, back);
                response
            }
        }
    }

    fn walk(&self, browser: &mut Browser, first: Request<Bytes>) -> Step {
        let mut request = first;
        loop {
            let response = self.send(browser, &request);
            match browser.person.read(&response) {
                Step::Send(next) => request = next,
                end @ (Step::Left(_) | Step::Stopped(_)) => return end,
            }
        }
    }
}

impl Host for Tab {
    type Browser = Browser;

    fn browser(&self) -> Browser {
        Browser::default()
    }

    async fn call(
        &self,
        browser: &mut Browser,
        Sender { page, key }: Sender<'_>,
        name: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Problem> {
        let jar = &mut browser.jar;
        self.0.answer(jar, page, key, name, &body).await
    }

    async fn at_tiktok(
        &self,
        browser: &mut Browser,
        authorize_url: &str,
        visit: Visit,
    ) -> Option<CompleteAuthorization> {
        let request = browser.person.visit(authorize_url, plan(visit));
        match self.walk(browser, request) {
            Step::Left(url) => Some(callback(&url)),
            Step::Stopped(_) | Step::Send(_) => None,
        }
    }

    async fn log_out_of_tiktok(&self, browser: &mut Browser, log_out_url: &str) {
        let request = browser.person.log_out(log_out_url);
        self.walk(browser, request);
    }

    fn origin(&self) -> String {
        ORIGIN.to_owned()
    }

    async fn letters_to(&self, email: &str) -> Vec<String> {
        let letters = self.0.letters().into_iter();
        letters
            .filter(|letter| letter.to == email)
            .map(|letter| letter.text)
            .collect()
    }

    async fn advance(&self, minutes: u64) {
        self.0.advance(minutes);
    }

    /// The mock does it with whatever is asked.
    async fn sweep(&self) {
        let mut jar = Jar::default();
        let asked = self.0.answer(&mut jar, None, None, "get_session", b"{}");
        assert!(asked.await.is_ok());
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

const fn rehearsal(failure: Failure) -> Rehearsal {
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

fn callback(url: &str) -> CompleteAuthorization {
    CompleteAuthorization {
        query: url
            .split_once('?')
            .map_or("", |(_, query)| query)
            .to_owned(),
    }
}

/// The tests of `stored`, for either place.
macro_rules! stored_tests {
    ($each:ident) => {
        $each! {
            every_released_world_goes_on,
            what_is_written_has_all_of_the_latest_released_layout,
            what_cannot_be_read_costs_itself_alone_and_is_named,
            who_set_a_password_or_an_address_in_another_form_still_gets_in,
            a_world_whose_persona_cannot_be_read_gets_a_new_one,
            a_world_of_a_later_layout_is_refused_and_says_so,
            a_text_without_a_world_is_refused,
        }
    };
}
use stored_tests;

#[cfg(target_arch = "wasm32")]
mod in_a_browser {
    use super::Tab;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    macro_rules! tests {
        ($($module:ident :: $name:ident;)+) => {$(
            #[wasm_bindgen_test]
            async fn $name() {
                scenarios::$name(&Tab::seeded().await).await;
            }
        )+};
    }

    scenarios::for_each!(tests);

    #[wasm_bindgen_test]
    async fn no_sequence_in_two_tabs_acts_for_another_than_is_shown() {
        let walked = scenarios::two_tabs(&Tab::seeded().await, 120, true).await;
        let tempted = walked.expect("no step that acts for another");
        assert!(tempted.refused > 50, "{tempted:?}");
    }

    macro_rules! stored {
        ($($name:ident,)+) => {$(
            #[wasm_bindgen_test]
            async fn $name() {
                crate::stored::$name().await;
            }
        )+};
    }

    crate::stored_tests!(stored);
}

#[cfg(not(target_arch = "wasm32"))]
mod natively {
    use super::Tab;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// Runs a future that waits for nothing but itself.
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..10_000 {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
        panic!("it waits for what nobody does");
    }

    macro_rules! tests {
        ($($module:ident :: $name:ident;)+) => {$(
            #[test]
            fn $name() {
                block_on(async {
                    scenarios::$name(&Tab::seeded().await).await;
                });
            }
        )+};
    }

    scenarios::for_each!(tests);

    #[test]
    fn no_sequence_in_two_tabs_acts_for_another_than_is_shown() {
        block_on(async {
            let walked = scenarios::two_tabs(&Tab::seeded().await, 600, true).await;
            let tempted = walked.expect("no step that acts for another");
            assert!(tempted.refused > 500, "{tempted:?}");
        });
    }

    macro_rules! stored {
        ($($name:ident,)+) => {$(
            #[test]
            fn $name() {
                block_on(crate::stored::$name());
            }
        )+};
    }

    crate::stored_tests!(stored);
}
