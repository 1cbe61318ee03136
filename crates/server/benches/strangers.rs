//! Whether the time of an answer tells a stranger who has an account (Invariant 7):
//! `cargo bench -p server --profile server --bench strangers`. It compares the server with itself, takes five
//! minutes and is no part of the tests, which compare words and letters.
//!
//! At each entry that takes an address, addresses that have an account and others are tried in turn, 500
//! times each. The medians may not lie further apart than the middle half of either's times.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what can't be set up can't be measured, and time is what is measured"
)]

#[path = "portal/clock.rs"]
mod clock;
mod portal;

use contract::UseCase;
use contract::account::ChangeEmail;
use contract::sign_up::{ResetPassword, SignUp};
use contract::transfer::BeginTransfer;
use domain::region::Language;
use portal::{Server, log_in, sqlite};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Tries of either kind at each entry.
const TRIES: usize = 500;
/// Tries in a row: an address has its limits.
const IN_A_ROW: usize = 5;
/// Minutes until the next ones: of wrong passwords in a row it is known for a week.
const BETWEEN: u32 = 8 * 24 * 60;
/// What is tried at each entry where a password is chosen.
const CHOSEN: &str = "a long new password";
/// It has an account, which isn't that of whoever changes an address.
const KNOWN: &str = "someone-else@portal.test";

/// The times of one kind of address.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    /// The time that so many hundredths of them are below.
    fn percentile(&self, hundredths: usize) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        times.get(times.len() * hundredths / 100).copied().unwrap()
    }

    fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// How far the middle half of them reaches.
    fn spread(&self) -> Duration {
        self.percentile(75).saturating_sub(self.percentile(25))
    }
}

async fn time<R: UseCase>(server: &Server, peer: &str, cookies: &str, request: &R) -> Duration {
    let begun = Instant::now();
    let answer = server.send(peer, cookies, request).await;
    let status = answer.status();
    let body = answer.bytes().await.unwrap();
    let took = begun.elapsed();
    // A wrong password is all that is ever wrong.
    assert!(matches!(status.as_u16(), 200 | 422), "{status} {body:?}");
    took
}

/// Whether known and unknown addresses take as long at an entry. `for_member` says that one has to be logged
/// in, and `request` what is asked with an address.
async fn is_even<R: UseCase>(
    server: &Server,
    entry: &str,
    for_member: bool,
    request: impl Fn(&str) -> R,
) -> bool {
    let (mut known, mut unknown) = (Times::default(), Times::default());
    let mut cookies = String::new();
    for number in 0..TRIES {
        let peer = format!("198.51.100.{}", number % 250);
        if number % IN_A_ROW == 0 {
            server.put_forward(BETWEEN).await;
            if for_member {
                cookies = server.log_in(&peer).await;
            }
        }
        let nobody = format!("nobody{number}@portal.test");
        let mut both = [(KNOWN, &mut known), (&nobody, &mut unknown)];
        // Whatever comes second may find something warm.
        if number % 2 == 1 {
            both.reverse();
        }
        for (email, times) in both {
            times
                .0
                .push(time(server, &peer, &cookies, &request(email)).await);
        }
    }
    let apart = known.median().abs_diff(unknown.median());
    let spread = known.spread().min(unknown.spread());
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{entry}, {TRIES} times each: {:.2} ms where the address has an account, {:.2} ms where it has none \
         (medians); {:.2} ms apart, of a spread of {:.2} ms.",
        ms(known.median()),
        ms(unknown.median()),
        ms(apart),
        ms(spread)
    );
    apart < spread
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<!DOCTYPE html>").unwrap();
    let this = Path::new(env!("CARGO_BIN_EXE_server"));
    let server = Server::start(this, folder.path(), &sqlite(folder.path()));
    let language = Language::English;
    let log_in = |email: &str| log_in(email, "not the password");
    let sign_up = |email: &str| SignUp {
        email: email.to_owned(),
        password: CHOSEN.to_owned(),
        region: "VN".to_owned(),
        terms: true,
        language,
    };
    let reset = |email: &str| ResetPassword {
        email: email.to_owned(),
        new_password: CHOSEN.to_owned(),
        language,
    };
    let change = |email: &str| ChangeEmail {
        new_email: email.to_owned(),
    };
    let transfer = |email: &str| BeginTransfer {
        email: email.to_owned(),
        password: "not the password".to_owned(),
    };
    let all = [
        is_even(&server, "Log-in with a wrong password", false, log_in).await,
        is_even(&server, "Sign-up", false, sign_up).await,
        is_even(&server, "Password forgotten", false, reset).await,
        is_even(&server, "Address changed", true, change).await,
        is_even(&server, "Link moved, with a wrong password", true, transfer).await,
    ];
    if all.iter().all(|is_even| *is_even) {
        ExitCode::SUCCESS
    } else {
        println!("That tells who has an account.");
        ExitCode::FAILURE
    }
}
