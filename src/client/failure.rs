//! Why a call has no reply.

use crate::json::Unreadable;
use contract::problem::{Code, Problem};

/// Why a call has no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The host refused the request.
    Problem(Box<Problem>),
    /// The host can't be reached.
    Offline,
    /// The response isn't what the contract says.
    Unreadable,
    /// The browser has no passkeys, or none for this page.
    NoPasskeys,
}

impl From<Unreadable> for Failure {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

impl Failure {
    /// The code of the host's problem, where there is one.
    pub fn code(&self) -> Option<Code> {
        self.problem().map(|problem| problem.code)
    }

    /// The host's problem, where there is one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Offline | Self::Unreadable | Self::NoPasskeys => None,
        }
    }
}
