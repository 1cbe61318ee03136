//! The same request, sent again because its answer was lost: one effect and one answer, by a key
//! (draft-ietf-httpapi-idempotency-key-header).

use crate::authorization::BeginAuthorization;
use crate::passkeys::{AskForPasskey, BeginPasskey};
use crate::session::LogOut;
use crate::table::UseCase as _;

/// The request header with the key: a string that no other request of this browser has, such as a
/// UUID, in quotes or without. Who sends a request again sends its key again.
pub const KEY_HEADER: &str = "idempotency-key";

/// Characters of a key at most.
pub const KEY_MAX: usize = 100;

/// How long an answer is kept for who asks again, in minutes.
pub const KEPT_MINUTES: u64 = 10;

/// Whether a use case takes a key. Those that change nothing need none. A log-out is one however
/// often it is asked for, and ends what is kept; an authorization, or a ceremony of a passkey, is
/// better begun anew than late.
pub fn takes_key(name: &str) -> bool {
    let reads = ["get_", "list_", "read_"];
    let others = [
        LogOut::NAME,
        BeginAuthorization::NAME,
        BeginPasskey::NAME,
        AskForPasskey::NAME,
    ];
    !others.contains(&name) && !reads.iter().any(|verb| name.starts_with(verb))
}

/// The key that the header's value holds; nothing where it is none.
pub fn key_of(header: &str) -> Option<&str> {
    let quoted = header
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let key = quoted.unwrap_or(header);
    let fits = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    ((1..=KEY_MAX).contains(&key.len()) && key.bytes().all(fits)).then_some(key)
}
