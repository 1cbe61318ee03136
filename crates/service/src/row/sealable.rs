//! Secrets within a row. A host that seals them puts `{"sealed": {"key": …}}` in the place of each, and
//! takes it away again before the row is read; where it can't, the row is read with the secret sealed.

use super::Unreadable;
use crate::store::Sealable;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The id of the key with which a value is sealed; nothing where it isn't.
pub fn key_of(stored: &Value) -> Option<&str> {
    stored.get("sealed")?.get("key")?.as_str()
}

/// A secret as it is stored.
pub(super) enum SealableRow<T> {
    Open(T),
    Sealed { sealed: Value, key: String },
}

impl<T: Serialize> Serialize for SealableRow<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Open(secret) => secret.serialize(serializer),
            Self::Sealed { sealed, .. } => sealed.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for SealableRow<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Value::deserialize(deserializer)?;
        if let Some(key) = key_of(&stored) {
            let key = key.to_owned();
            let sealed = stored;
            return Ok(Self::Sealed { sealed, key });
        }
        let secret = serde_json::from_value(stored).map_err(D::Error::custom)?;
        Ok(Self::Open(secret))
    }
}

impl<T> SealableRow<T> {
    pub(super) fn of<S>(secret: Sealable<S>, row: fn(S) -> T) -> Self {
        match secret {
            Sealable::Open(secret) => Self::Open(row(secret)),
            Sealable::Sealed { sealed, why: _ } => {
                let key = key_of(&sealed).unwrap_or_default().to_owned();
                Self::Sealed { sealed, key }
            }
        }
    }

    pub(super) fn read<S>(self, of: fn(T) -> S) -> Sealable<S> {
        match self {
            Self::Open(row) => Sealable::Open(of(row)),
            Self::Sealed { sealed, key } => {
                let why = Unreadable::KeyMissing { key };
                Sealable::Sealed { sealed, why }
            }
        }
    }
}
