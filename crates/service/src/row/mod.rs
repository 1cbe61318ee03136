//! What is stored: a row type for each thing that a store keeps, apart from the domain's types and
//! from the wire's. The server's database and the tab's storage hold the same rows.
//!
//! A row says the number of its shape beside its fields: `"shape": 1`. One that says none is of the
//! first. A row of a shape that this release doesn't know is refused and named, never misread.
//! Fields that a shape doesn't know are ignored.

mod account;
mod activity;
mod authorization;
mod draft;
mod keyed_request;
mod letter;
mod link;
mod passkey;
mod sealable;
mod session;
mod sign_up;
mod transfer;

pub use account::{AccountRow, AdsAccountRow, FormerEmailRow};
pub use activity::ActivityRow;
pub use authorization::AuthorizationRow;
pub use draft::{DraftRow, OwnedDraftRow, SummaryRow};
pub use keyed_request::KeyedRequestRow;
pub use letter::{LetterRow, StoredLetterRow};
pub use link::{GrantRow, LinkRow, ProfileRow, UnneededGrantRow};
pub use passkey::{CeremonyRow, PasskeyRow};
pub use sealable::key_of;
pub use session::{CountRow, SessionRow};
pub use sign_up::SignUpRow;
pub use transfer::TransferRow;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The field that says a row's shape.
const SHAPE: &str = "shape";

/// The shape in which something is stored.
pub trait Row: Serialize + DeserializeOwned + From<Self::Of> {
    /// What the portal makes of it.
    type Of: Clone + From<Self>;

    /// The number of the shape. A change that older rows don't fit raises it.
    const SHAPE: u32 = 1;

    /// Reads a row of an older shape.
    fn upgrade(older: u32, row: Value) -> Result<Self, Unreadable> {
        let _ = (older, row);
        Err(Unreadable::Malformed)
    }
}

/// Why a row can't be read. It quotes nothing: a row may hold a token or an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A later release wrote it.
    #[error("its shape is {shape}, and this release reads up to {known}")]
    Newer {
        /// The number that it says.
        shape: u64,
        /// The latest that is known here.
        known: u32,
    },
    /// A field is missing, of another type, or holds a value that there isn't.
    #[error("it isn't what its shape says")]
    Malformed,
    /// It belongs to another row, which isn't there or can't be read.
    #[error("what it belongs to isn't there")]
    Orphan,
    /// It is sealed, and there is no key of that id.
    #[error("it is sealed with the key `{key}`, which isn't there")]
    KeyMissing { key: String },
    /// It is sealed, and was moved from another row, changed, or sealed with another key of that id.
    #[error("the key `{key}` doesn't open it: it was changed, or moved here from another row")]
    NotOpened { key: String },
}

/// A row that can't be read, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table} {id} can't be read: {why}")]
pub struct UnreadableRow {
    /// The table, or the collection of the tab's world.
    pub table: &'static str,
    /// Its primary key. Where that was a secret or an address it is a hash.
    pub id: String,
    /// What is wrong with it.
    pub why: Unreadable,
}

/// `value` as it is stored now.
pub fn write<R: Row>(value: &R::Of) -> serde_json::Result<Value> {
    serde_json::to_value(Shaped::<R>(value.clone()))
}

/// What a stored value is, of whichever shape.
pub fn read<R: Row>(mut stored: Value) -> Result<R::Of, Unreadable> {
    // A value that is no object has no room for a number: the first shape has such values.
    let said = stored.as_object_mut().and_then(|row| row.remove(SHAPE));
    let shape = match said {
        None => 1,
        Some(shape) => shape.as_u64().ok_or(Unreadable::Malformed)?,
    };
    let known = R::SHAPE;
    let row = match u32::try_from(shape) {
        Ok(shape) if shape == known => {
            serde_json::from_value(stored).map_err(|_| Unreadable::Malformed)?
        }
        Ok(shape) if shape < known => R::upgrade(shape, stored)?,
        Ok(_) | Err(_) => return Err(Unreadable::Newer { shape, known }),
    };
    Ok(R::into(row))
}

/// A stored value within another, with a shape of its own.
struct Shaped<R: Row>(R::Of);

impl<R: Row> Serialize for Shaped<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        let row = R::from(self.0.clone());
        let mut row = serde_json::to_value(row).map_err(S::Error::custom)?;
        if let Some(row) = row.as_object_mut() {
            row.insert(SHAPE.to_owned(), R::SHAPE.into());
        }
        row.serialize(serializer)
    }
}

impl<'de, R: Row> Deserialize<'de> for Shaped<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Value::deserialize(deserializer)?;
        read::<R>(stored).map(Self).map_err(D::Error::custom)
    }
}

/// The row of an enum without fields: how each variant is spelled, and the way there and back. A
/// variant that isn't named here doesn't compile.
macro_rules! spelled {
    ($($row:ident of $of:ty { $($variant:ident = $text:literal,)+ })+) => {$(
        #[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
        enum $row {
            $(#[serde(rename = $text)] $variant,)+
        }

        impl From<$of> for $row {
            fn from(value: $of) -> Self {
                match value {
                    $(<$of>::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$row> for $of {
            fn from(row: $row) -> Self {
                match row {
                    $($row::$variant => <$of>::$variant,)+
                }
            }
        }
    )+};
}
use spelled;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What the portal makes of a row: a price.
    #[derive(Clone, Debug, PartialEq)]
    struct Price {
        minor: u64,
        currency: String,
    }

    /// Its second shape. The first said whole units, and no currency.
    #[derive(Serialize, Deserialize)]
    struct PriceRow {
        minor: u64,
        currency: String,
    }

    impl From<Price> for PriceRow {
        fn from(Price { minor, currency }: Price) -> Self {
            Self { minor, currency }
        }
    }

    impl From<PriceRow> for Price {
        fn from(PriceRow { minor, currency }: PriceRow) -> Self {
            Self { minor, currency }
        }
    }

    impl Row for PriceRow {
        type Of = Price;
        const SHAPE: u32 = 2;

        fn upgrade(_older: u32, row: Value) -> Result<Self, Unreadable> {
            let whole = row["price"].as_u64().ok_or(Unreadable::Malformed)?;
            Ok(Self {
                minor: whole * 100,
                currency: "USD".to_owned(),
            })
        }
    }

    fn price() -> Price {
        Price {
            minor: 700,
            currency: "USD".to_owned(),
        }
    }

    #[test]
    fn a_row_says_its_shape() {
        let stored = write::<PriceRow>(&price()).unwrap();
        assert_eq!(stored, json!({"shape": 2, "minor": 700, "currency": "USD"}));
        assert_eq!(read::<PriceRow>(stored), Ok(price()));
    }

    #[test]
    fn a_row_of_an_older_shape_is_upgraded() {
        assert_eq!(read::<PriceRow>(json!({"price": 7})), Ok(price()));
        assert_eq!(
            read::<PriceRow>(json!({"shape": 1, "price": 7})),
            Ok(price())
        );
    }

    #[test]
    fn a_row_of_a_later_shape_is_refused_and_says_so() {
        let later = json!({"shape": 3, "minor": 700, "currency": "USD"});
        let refused = Unreadable::Newer { shape: 3, known: 2 };
        assert_eq!(read::<PriceRow>(later), Err(refused.clone()));
        assert_eq!(
            refused.to_string(),
            "its shape is 3, and this release reads up to 2"
        );
    }

    #[test]
    fn a_row_that_is_not_what_it_says_is_refused() {
        for stored in [
            json!({"shape": 2, "minor": 700}),
            json!({"shape": "two", "minor": 700, "currency": "USD"}),
            json!({"shape": 1, "cost": 7}),
            json!(null),
        ] {
            assert_eq!(
                read::<PriceRow>(stored.clone()),
                Err(Unreadable::Malformed),
                "{stored}"
            );
        }
    }

    #[test]
    fn a_field_that_came_later_is_ignored() {
        let stored = json!({"shape": 2, "minor": 700, "currency": "USD", "tax": 1});
        assert_eq!(read::<PriceRow>(stored), Ok(price()));
    }
}
