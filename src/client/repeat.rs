//! Which request is the same again: one whose answer was lost keeps its key, so that the host does it
//! once.

use super::failure::Failure;
use crate::json;
use contract::problem::Code;
use contract::repeat::takes_key;
use core::cell::RefCell;
use wasm_bindgen::JsCast as _;

/// How many requests are remembered whose answers were lost.
const LOST_MAX: usize = 8;

thread_local! {
    /// The requests whose answers were lost, as numbers, with their keys; the newest first.
    static LOST: RefCell<Vec<(u64, String)>> = const { RefCell::new(Vec::new()) };
}

/// A request that changes something.
pub(super) struct Keyed {
    /// It stands for the request: a body may hold a password, which isn't to be kept.
    number: u64,
    pub(super) key: String,
}

impl Keyed {
    /// A key for a request: that of the same one whose answer was lost, or a new one.
    pub(super) fn of(name: &str, page: Option<&str>, body: &str) -> Option<Self> {
        if !takes_key(name) {
            return None;
        }
        let number = number(&[name, page.unwrap_or_default(), body]);
        let lost = LOST.with_borrow_mut(|lost| {
            let place = lost.iter().position(|(it, _)| *it == number)?;
            Some(lost.remove(place).1)
        });
        let key = lost.or_else(new_key)?;
        Some(Self { number, key })
    }

    /// Keeps the key where nobody knows what came of the request.
    pub(super) fn end(self, reply: &Result<String, Failure>) {
        let is_lost = match reply {
            Err(Failure::Offline) => true,
            Err(Failure::Problem(problem)) => problem.code == Code::Unavailable,
            Ok(_) | Err(Failure::Unreadable | Failure::NoPasskeys) => false,
        };
        LOST.with_borrow_mut(|lost| {
            if is_lost {
                lost.insert(0, (self.number, self.key));
                lost.truncate(LOST_MAX);
            } else {
                // Something else is true now: what was sent before, and is sent again after it, is
                // meant anew.
                lost.clear();
            }
        });
    }
}

/// A UUID in quotes. Over plain HTTP a browser makes none, and the request goes without a key.
fn new_key() -> Option<String> {
    let crypto = json::member(&js_sys::global(), "crypto");
    let make: js_sys::Function = json::member(&crypto, "randomUUID").dyn_into().ok()?;
    let id = make.call0(&crypto).ok()?.as_string()?;
    Some(["\"", &id, "\""].concat())
}

/// FNV-1a: it tells apart what one browser sends.
fn number(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
