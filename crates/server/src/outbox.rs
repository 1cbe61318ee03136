//! The letters that went out, kept for those who build this. In production nothing is kept.

use domain::region::Language;
use serde::Serialize;
use service::env::Clock;
use service::letter::{Letter, Rendered};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept; the oldest go first.
const KEPT: usize = 1_000;

/// A letter that went out.
#[derive(Clone, Debug, Serialize)]
pub struct SentLetter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// When: milliseconds since 1970.
    pub at: i64,
    #[serde(skip)]
    pub language: Language,
}

/// The letters, newest first.
pub struct Outbox {
    clock: Arc<dyn Clock>,
    letters: Mutex<VecDeque<SentLetter>>,
}

impl Outbox {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            letters: Mutex::default(),
        }
    }

    pub(crate) fn record(&self, letter: &Letter, words: Rendered) {
        let sent = SentLetter {
            to: letter.to.to_string(),
            subject: words.subject,
            text: words.text,
            at: self.clock.now().0,
            language: letter.language,
        };
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.push_front(sent);
        letters.truncate(KEPT);
    }

    /// All that are kept, newest first.
    pub fn letters(&self) -> Vec<SentLetter> {
        let letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.iter().cloned().collect()
    }
}
