//! Secrets at rest: sealed with a key of the operator's, for the place at which they stand.
//!
//! XChaCha20-Poly1305, whose nonces are long enough to be drawn. What is authenticated beside the text
//! is where it stands: table, column and row, and whose it is. So it opens nowhere else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::env::Randomness;
use service::row::{Unreadable, key_of};
use std::sync::Arc;
use zeroize::Zeroizing;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// The longest id of a key: it stands in each row.
const ID_MAX: usize = 32;
/// How it is sealed now.
const VERSION: u64 = 1;

/// The operator's keys by their ids. The first seals, each opens.
#[derive(Clone)]
pub struct Keys(Arc<[Key]>);

struct Key {
    id: String,
    bytes: Zeroizing<[u8; KEY_BYTES]>,
}

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

/// What is wrong with a list of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysError {
    /// Not an id, a colon and a key.
    Form,
    /// An id isn't 1 to 32 letters, digits, `-` and `.`.
    Id,
    /// Two keys have one id.
    Twice,
    /// A key isn't base64 of 32 bytes.
    Key,
}

impl Keys {
    /// Reads `id:base64,id:base64`.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let mut keys: Vec<Key> = Vec::new();
        for part in text.split(',') {
            let (id, key) = part.trim().split_once(':').ok_or(KeysError::Form)?;
            let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            if id.is_empty() || id.len() > ID_MAX || !id.bytes().all(is_fine) {
                return Err(KeysError::Id);
            }
            if keys.iter().any(|known| known.id == id) {
                return Err(KeysError::Twice);
            }
            let decoded = Zeroizing::new(BASE64.decode(key).map_err(|_| KeysError::Key)?);
            let bytes = decoded.as_slice().try_into().map_err(|_| KeysError::Key)?;
            keys.push(Key {
                id: id.to_owned(),
                bytes: Zeroizing::new(bytes),
            });
        }
        Ok(Self(keys.into()))
    }

    /// A new key, as the setting has it.
    pub fn draw(randomness: &dyn Randomness) -> Zeroizing<String> {
        let mut id = [0; 4];
        randomness.fill(&mut id);
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        randomness.fill(&mut *key);
        let key = Zeroizing::new(BASE64.encode(*key));
        Zeroizing::new(format!("{}:{}", hex::encode(id), *key))
    }

    /// The ids, in the order of the setting.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.id.as_str())
    }

    fn find(&self, id: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.id == id)
    }
}

/// Where a secret stands, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Table and column, and within a compound value the member.
    pub column: &'static str,
    /// The row's primary key.
    pub row: &'a str,
    /// The TikTok account, where the row has one.
    pub open_id: &'a str,
}

impl Place<'_> {
    fn authenticated(&self, key: &str) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&(VERSION, key, self.column, self.row, self.open_id))
    }
}

/// What stands in the place of a secret.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sealed: Envelope,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    /// The first member: by it the rows are found that a key has sealed.
    key: String,
    nonce: String,
    text: String,
    v: u64,
}

/// A value that can't be sealed. It quotes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret can't be sealed")]
pub struct SealError;

/// Seals and opens secrets. Without keys it leaves them as they are, and opens none.
#[derive(Clone)]
pub struct Sealer {
    keys: Option<Keys>,
    randomness: Arc<dyn Randomness>,
}

impl core::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Sealer")
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

impl Sealer {
    pub fn new(keys: Option<Keys>, randomness: Arc<dyn Randomness>) -> Self {
        Self { keys, randomness }
    }

    /// The id of the key that seals now.
    pub fn newest(&self) -> Option<&str> {
        self.keys.as_ref()?.ids().next()
    }

    /// The ids of the keys that open.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().flat_map(Keys::ids)
    }

    pub fn has(&self, id: &str) -> bool {
        self.keys
            .as_ref()
            .is_some_and(|keys| keys.find(id).is_some())
    }

    /// `secret` as it is stored.
    pub fn seal(&self, place: Place<'_>, secret: Value) -> Result<Value, SealError> {
        let Some(key) = self.keys.as_ref().and_then(|keys| keys.0.first()) else {
            return Ok(secret);
        };
        let plain = Zeroizing::new(serde_json::to_vec(&secret).map_err(|_| SealError)?);
        let mut nonce = [0; NONCE_BYTES];
        self.randomness.fill(&mut nonce);
        let authenticated = place.authenticated(&key.id).map_err(|_| SealError)?;
        let payload = Payload {
            msg: &plain,
            aad: &authenticated,
        };
        let text = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError)?;
        let sealed = Envelope {
            key: key.id.clone(),
            nonce: BASE64.encode(nonce),
            text: BASE64.encode(text),
            v: VERSION,
        };
        serde_json::to_value(Sealed { sealed }).map_err(|_| SealError)
    }

    /// The secret that is stored as `stored`. One that an earlier release stored, or a server without
    /// keys, isn't sealed.
    pub fn open(&self, place: Place<'_>, stored: Value) -> Result<Value, Unreadable> {
        if key_of(&stored).is_none() {
            return Ok(stored);
        }
        let sealed = serde_json::from_value(stored).map_err(|_| Unreadable::Malformed)?;
        let Sealed { sealed: envelope } = sealed;
        if envelope.v > VERSION {
            return Err(Unreadable::Newer {
                shape: envelope.v,
                known: 1,
            });
        }
        let key = self.keys.as_ref().and_then(|keys| keys.find(&envelope.key));
        let Some(key) = key else {
            return Err(Unreadable::KeyMissing { key: envelope.key });
        };
        self::open(key, place, &envelope).ok_or(Unreadable::NotOpened { key: envelope.key })
    }
}

fn open(key: &Key, place: Place<'_>, envelope: &Envelope) -> Option<Value> {
    let nonce: [u8; NONCE_BYTES] = BASE64.decode(&envelope.nonce).ok()?.try_into().ok()?;
    let text = BASE64.decode(&envelope.text).ok()?;
    let authenticated = place.authenticated(&key.id).ok()?;
    let payload = Payload {
        msg: &text,
        aad: &authenticated,
    };
    let plain = cipher(key).decrypt(&XNonce::from(nonce), payload).ok()?;
    serde_json::from_slice(&Zeroizing::new(plain)).ok()
}

/// It is made anew each time, which costs nothing, and zeroed when it is dropped.
fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.bytes).into())
}
