//! Sentinels: inputs that provoke one documented failure each, in any host but production, so that
//! every bad day can be reached by hand. They are matched whole, in any field of any request.

use contract::problem::{Code, Problem};
use serde_json::Value;

/// Answers as a server that made a mistake.
pub const SERVER_ERROR: [&str; 2] = ["server-error@portal.test", "Server error"];
/// Answers as a server that can't answer now.
pub const UNAVAILABLE: [&str; 2] = ["unavailable@portal.test", "Unavailable"];
/// Answers as if it had been tried too often.
pub const TOO_MANY: [&str; 2] = ["too-many@portal.test", "Too many"];
/// A code that has expired.
pub const SPENT_CODE: &str = "999999";

/// Seconds that [`TOO_MANY`] says to wait.
const WAIT_S: u32 = 30;

/// The failure that a request asks for.
pub(crate) fn provoked(request: &Value) -> Option<Problem> {
    match request {
        Value::String(text) => {
            let text = text.trim();
            if SERVER_ERROR.contains(&text) {
                Some(Problem::new(Code::Internal))
            } else if UNAVAILABLE.contains(&text) {
                Some(Problem::new(Code::Unavailable))
            } else if TOO_MANY.contains(&text) {
                Some(Problem::wait(WAIT_S))
            } else {
                None
            }
        }
        Value::Array(items) => items.iter().find_map(provoked),
        Value::Object(members) => members.values().find_map(provoked),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
