//! How the mock is to behave (what TikTok answers, how the network works, what the host refuses), and
//! the requests and replies meanwhile.

use ::mock::TikTokAnswer;
use contract::problem::{Code, Problem};
use core::cell::RefCell;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    #[default]
    Fine,
    Offline,
    /// What is asked arrives, and the reply doesn't come.
    Silent,
    /// All is well but that the browser keeps no cookies.
    NoCookies,
}

impl Network {
    pub const ALL: [Self; 4] = [Self::Fine, Self::Offline, Self::Silent, Self::NoCookies];

    /// Whether what is asked is answered.
    pub const fn answers(self) -> bool {
        match self {
            Self::Fine | Self::NoCookies => true,
            Self::Offline | Self::Silent => false,
        }
    }
}

/// A request to the host, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRequest {
    pub name: String,
    /// The request, in JSON.
    pub request: String,
    /// Whether it reached the host.
    pub arrived: bool,
    /// The reply or the problem, in JSON; nothing where none came.
    pub reply: Option<String>,
    /// The problem's code, where it was one.
    pub problem: Option<Code>,
}

#[derive(Clone, Debug, Default)]
pub struct MockBehavior {
    /// What TikTok answers; nothing where its pages are shown.
    pub answer: Option<TikTokAnswer>,
    /// The username at TikTok that answers.
    pub username: String,
    pub network: Network,
    /// Milliseconds before each reply.
    pub latency_ms: u32,
    /// Of a hundred requests, how many don't arrive.
    pub failures: u32,
    /// The problem with which the next request is refused.
    pub refuse: Option<Problem>,
    /// How many requests wait for their reply; those in silence don't count.
    pub(super) waiting: u32,
    /// How many were asked, for the chance of a failure.
    asked: u32,
    log: Vec<RecordedRequest>,
}

thread_local! {
    static BEHAVIOR: RefCell<MockBehavior> = RefCell::new(MockBehavior::default());
}

/// Reads or changes how the mock is to behave.
pub fn behavior<T>(change: impl FnOnce(&mut MockBehavior) -> T) -> T {
    BEHAVIOR.with_borrow_mut(change)
}

/// Whether a request is under way.
pub fn is_waiting() -> bool {
    behavior(|behavior| behavior.waiting > 0)
}

/// The last 200 requests, the newest last.
pub fn recorded_requests() -> Vec<RecordedRequest> {
    behavior(|behavior| behavior.log.clone())
}

/// What happens to a request before the service sees it.
pub(super) enum Simulated {
    Answered,
    Refused(Problem),
    Lost,
    Silent,
}

impl MockBehavior {
    /// Decides what happens to the next request.
    pub(super) fn simulate(&mut self) -> Simulated {
        self.asked += 1;
        match self.network {
            Network::Offline => return Simulated::Lost,
            Network::Silent => return Simulated::Silent,
            Network::Fine | Network::NoCookies => {}
        }
        // Spread evenly, and the same each time: the golden ratio of a hundred.
        if (self.asked.wrapping_mul(62) + 38) % 100 < self.failures {
            return Simulated::Lost;
        }
        self.refuse
            .take()
            .map_or(Simulated::Answered, Simulated::Refused)
    }

    /// Notes what came of it.
    pub(super) fn note(&mut self, asked: RecordedRequest) {
        const MOST: usize = 200;
        self.log.push(asked);
        let over = self.log.len().saturating_sub(MOST);
        self.log.drain(..over);
    }
}

/// A problem of this code, as the service would make it.
pub fn problem(code: Code) -> Problem {
    const WAIT_S: u32 = 30;
    if code == Code::TooManyRequests {
        Problem::wait(WAIT_S)
    } else {
        Problem::new(code)
    }
}
