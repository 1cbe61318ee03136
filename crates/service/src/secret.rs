//! What is drawn at random, and the hashes under which it is kept.

use crate::env::Randomness;
use domain::id::BrowserId;
use domain::sign_up::CODE_DIGITS;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// 256 bits in hex: the value of a cookie.
pub(crate) fn token(randomness: &dyn Randomness) -> String {
    let mut bytes = [0; 32];
    randomness.fill(&mut bytes);
    hex::encode(bytes)
}

/// The hash under which a token is kept: it tells which one it is, and can't be used as it.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// One hash of several things, which other things in other places don't have.
pub(crate) fn fingerprint(things: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for thing in things {
        // As long for each of the hosts.
        hash.update((thing.len() as u64).to_be_bytes());
        hash.update(thing);
    }
    hex::encode(hash.finalize())
}

/// Which browser a secret belongs to.
pub(crate) fn browser_id(secret: &str) -> BrowserId {
    BrowserId(hash(secret))
}

/// A random id of 122 bits: it can't be guessed, so it may stand for a `state`.
pub(crate) fn id(randomness: &dyn Randomness) -> Uuid {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Six digits, each as likely as any other.
pub(crate) fn code(randomness: &dyn Randomness) -> String {
    let mut code = String::with_capacity(CODE_DIGITS);
    while code.len() < CODE_DIGITS {
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
