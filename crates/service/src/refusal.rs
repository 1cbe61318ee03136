//! Why a use case isn't done: the problem that is told, and what only the log may know.

use crate::delivery::QueueFull;
use crate::env::Busy;
use crate::grants::GrantError;
use crate::row::{Unreadable, UnreadableRow};
use crate::store::StoreError;
use contract::problem::{Code, Problem};
use domain::input::FieldFault;

/// A problem, and its cause where that isn't the caller's to know.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) problem: Box<Problem>,
    pub(crate) cause: Option<String>,
    /// A unique rule of the store refused: another was faster, and what was read is stale.
    pub(crate) conflict: bool,
}

/// What a use case gives.
pub(crate) type Reply<T> = Result<T, Refusal>;

impl Refusal {
    pub(crate) fn caused(code: Code, cause: &dyn core::fmt::Display) -> Self {
        Self {
            problem: Box::new(Problem::new(code)),
            cause: Some(cause.to_string()),
            conflict: false,
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self {
            problem: Box::new(problem),
            cause: None,
            conflict: false,
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Problem::new(code).into()
    }
}

impl From<Vec<FieldFault>> for Refusal {
    fn from(fields: Vec<FieldFault>) -> Self {
        Problem::fields(fields).into()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            // What an operator can mend passes.
            StoreError::Unavailable(_)
            | StoreError::Unreadable(UnreadableRow {
                why: Unreadable::KeyMissing { .. },
                ..
            }) => Code::Unavailable,
            StoreError::Conflict | StoreError::Unreadable(_) | StoreError::Failed(_) => {
                Code::Internal
            }
        };
        let conflict = matches!(error, StoreError::Conflict);
        Self {
            conflict,
            ..Self::caused(code, &error)
        }
    }
}

impl From<QueueFull> for Refusal {
    fn from(full: QueueFull) -> Self {
        Self::caused(Code::Unavailable, &full)
    }
}

impl From<Busy> for Refusal {
    fn from(busy: Busy) -> Self {
        Self::caused(Code::Unavailable, &busy)
    }
}

impl From<GrantError> for Refusal {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Store(error) => error.into(),
            GrantError::TikTok(error) => error.into(),
            GrantError::InProgress => Self::caused(Code::Unavailable, &error),
        }
    }
}

impl From<login_kit::Error> for Refusal {
    fn from(error: login_kit::Error) -> Self {
        Self::caused(Code::TikTokUnavailable, &error)
    }
}
