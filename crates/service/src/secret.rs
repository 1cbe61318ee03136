//! What is drawn at random.

use crate::env::Randomness;
use crate::hash;
use domain::id::BrowserId;
use uuid::Uuid;

/// 256 bits in hex: the value of a cookie.
pub(crate) fn token(randomness: &dyn Randomness) -> String {
    let mut bytes = [0; 32];
    randomness.fill(&mut bytes);
    hex::encode(bytes)
}

/// Which browser a secret belongs to.
pub(crate) fn browser_id(secret: &str) -> BrowserId {
    BrowserId(hash::of(secret))
}

/// A random id of 122 bits: it can't be guessed, so it may stand for a `state`.
pub(crate) fn id(randomness: &dyn Randomness) -> Uuid {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// So many digits, each as likely as any other.
pub(crate) fn code(randomness: &dyn Randomness, digits: usize) -> String {
    let mut code = String::with_capacity(digits);
    while code.len() < digits {
        let mut byte = [0; 1];
        randomness.fill(&mut byte);
        let [byte] = byte;
        // 250 is the last multiple of ten: bytes above it would make low digits likelier.
        if byte < 250 {
            code.push(char::from(b'0' + byte % 10));
        }
    }
    code
}
