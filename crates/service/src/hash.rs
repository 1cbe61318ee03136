//! The hashes under which secrets are kept.

use hmac::digest::InvalidLength;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest, Sha256};

/// The hash under which a token is kept: it tells which one it is, and can't be used as it.
pub(crate) fn of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// One hash of several things, which other things in other places don't have.
pub(crate) fn of_all(things: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for thing in things {
        // As long for each of the hosts.
        hash.update((thing.len() as u64).to_be_bytes());
        hash.update(thing);
    }
    hex::encode(hash.finalize())
}

/// What is kept of a code. Of a mere hash a million tries tell the code; the key is a secret that
/// only a browser has.
pub(crate) fn keyed(secret: &str, code: &str) -> Result<String, InvalidLength> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(code.as_bytes());
    Ok(hex::encode(mac.finalize().into_bytes()))
}
