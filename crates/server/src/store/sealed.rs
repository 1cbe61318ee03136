//! Which columns hold secrets, and where each of them stands.

use crate::sealer::{Place, SealError, Sealer};
use domain::id::{AuthorizationId, OpenId};
use serde_json::Value;
use service::letter::Letter;
use service::row::{self, AuthorizationRow, GrantRow, LetterRow, Row, Unreadable, key_of};
use service::store::{
    Grant, Link, Sealable, StoreError, Stored, StoredAuthorization, UnneededGrant,
};

/// A table with secrets. What is read of it has the columns `id`, `open_id` and `secret`.
pub(super) struct SealedTable {
    pub(super) name: &'static str,
    /// Those behind `$1`, at most `$2` of them.
    pub(super) read: &'static str,
    /// `$2` in the place of `$3`, where the row `$1` still is of the TikTok account `$4`.
    pub(super) write: &'static str,
    /// Where in the JSON secrets are, by its pointers (RFC 6901), and the place of each.
    /// How many rows there are in which the secret is like `$1`, in the column `counted`.
    pub(super) count: &'static str,
    pub(super) secrets: for<'a> fn(id: &'a str, open_id: &'a str) -> Vec<(&'static str, Place<'a>)>,
}

pub(super) const TABLES: [SealedTable; 4] = [
    SealedTable {
        name: "links",
        read: "SELECT account AS id, open_id, tokens AS secret FROM links
               WHERE account > $1 ORDER BY account LIMIT $2",
        write: "UPDATE links SET tokens = $2 WHERE account = $1 AND tokens = $3 AND open_id = $4",
        count: "SELECT COUNT(*) AS counted FROM links WHERE tokens LIKE $1",
        secrets: |id, open_id| vec![("", of_link(id, open_id))],
    },
    SealedTable {
        name: "unneeded_grants",
        read: "SELECT id, open_id, tokens AS secret FROM unneeded_grants
               WHERE id > $1 ORDER BY id LIMIT $2",
        write: "UPDATE unneeded_grants SET tokens = $2
                WHERE id = $1 AND tokens = $3 AND open_id = $4",
        count: "SELECT COUNT(*) AS counted FROM unneeded_grants WHERE tokens LIKE $1",
        secrets: |id, open_id| vec![("", of_unneeded(id, open_id))],
    },
    SealedTable {
        name: "authorizations",
        read: "SELECT id, '' AS open_id, stored AS secret FROM authorizations
               WHERE id > $1 ORDER BY id LIMIT $2",
        // Its secrets are of no TikTok account.
        write: "UPDATE authorizations SET stored = $2 WHERE id = $1 AND stored = $3 AND $4 = ''",
        count: "SELECT COUNT(*) AS counted FROM authorizations WHERE stored LIKE $1",
        secrets: |id, _| {
            let [(_, verifier), (_, grant)] = of_authorization(id);
            vec![("/verifier", verifier), ("/grant", grant)]
        },
    },
    SealedTable {
        name: "letters",
        read: "SELECT id, '' AS open_id, letter AS secret FROM letters
               WHERE id > $1 ORDER BY id LIMIT $2",
        write: "UPDATE letters SET letter = $2 WHERE id = $1 AND letter = $3 AND $4 = ''",
        count: "SELECT COUNT(*) AS counted FROM letters WHERE letter LIKE $1",
        secrets: |id, _| vec![("", of_letter(id))],
    },
];

/// The grant of a link: in no other account's row, and of no other TikTok account.
pub(super) fn of_link<'a>(account: &'a str, open_id: &'a str) -> Place<'a> {
    Place {
        column: "links.tokens",
        row: account,
        open_id,
    }
}

pub(super) fn of_unneeded<'a>(id: &'a str, open_id: &'a str) -> Place<'a> {
    Place {
        column: "unneeded_grants.tokens",
        row: id,
        open_id,
    }
}

/// The secrets within `authorizations.stored`, by their members. A row has a TikTok account only while
/// a proof waits in it.
pub(super) fn of_authorization(id: &str) -> [(&'static str, Place<'_>); 2] {
    let place = |column| Place {
        column,
        row: id,
        open_id: "",
    };
    [
        ("verifier", place("authorizations.stored.verifier")),
        ("grant", place("authorizations.stored.grant")),
    ]
}

/// A letter as a whole: it may hold a code that is still valid.
pub(super) fn of_letter(id: &str) -> Place<'_> {
    Place {
        column: "letters.letter",
        row: id,
        open_id: "",
    }
}

/// The value by which a key is known again.
pub(super) fn of_probe(id: &str) -> Place<'_> {
    Place {
        column: "keys_that_sealed.probe",
        row: id,
        open_id: "",
    }
}

pub(super) fn failed(error: SealError) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn value<R: Row>(value: &R::Of) -> Stored<Value> {
    row::write::<R>(value).map_err(|error| StoreError::Failed(error.to_string()))
}

fn sealed<R: Row>(sealer: &Sealer, place: Place<'_>, secret: &R::Of) -> Stored<String> {
    let secret = value::<R>(secret)?;
    let text = sealer.seal(place, secret).map_err(failed)?;
    Ok(text.to_string())
}

/// A link's grant as it is stored.
pub(super) fn link(sealer: &Sealer, link: &Link, grant: &Grant) -> Stored<String> {
    let account = link.account.to_string();
    sealed::<GrantRow>(sealer, of_link(&account, &link.open_id.0), grant)
}

pub(super) fn unneeded(sealer: &Sealer, id: &str, unneeded: &UnneededGrant) -> Stored<String> {
    let OpenId(open_id) = &unneeded.open_id;
    sealed::<GrantRow>(sealer, of_unneeded(id, open_id), &unneeded.grant)
}

pub(super) fn letter(sealer: &Sealer, id: &str, letter: &Letter) -> Stored<String> {
    sealed::<LetterRow>(sealer, of_letter(id), letter)
}

/// An authorization as it is stored. A secret that is sealed already stays as it is.
pub(super) fn authorization(sealer: &Sealer, stored: &StoredAuthorization) -> Stored<String> {
    let mut value = self::value::<AuthorizationRow>(stored)?;
    seal_members(sealer, stored.id, &mut value)?;
    Ok(value.to_string())
}

fn seal_members(sealer: &Sealer, id: AuthorizationId, value: &mut Value) -> Stored<()> {
    for (member, place) in of_authorization(&id.to_string()) {
        let Some(secret) = value.get_mut(member) else {
            continue;
        };
        if !secret.is_null() && key_of(secret).is_none() {
            *secret = sealer.seal(place, secret.take()).map_err(failed)?;
        }
    }
    Ok(())
}

/// What came of sealing a secret with the newest key.
pub(super) enum Resealed {
    /// It was sealed with it before, or there is none.
    Already,
    Now,
    /// It stays as it is.
    Unreadable(Unreadable),
}

pub(super) fn reseal(sealer: &Sealer, place: Place<'_>, secret: &mut Value) -> Stored<Resealed> {
    if secret.is_null() || (key_of(secret).is_some() && key_of(secret) == sealer.newest()) {
        return Ok(Resealed::Already);
    }
    match sealer.open(place, secret.clone()) {
        Ok(opened) => {
            *secret = sealer.seal(place, opened).map_err(failed)?;
            Ok(Resealed::Now)
        }
        Err(why) => Ok(Resealed::Unreadable(why)),
    }
}

/// Opens the secrets of an authorization that can be opened.
pub(super) fn open_members(sealer: &Sealer, id: &str, value: &mut Value) {
    for (member, place) in of_authorization(id) {
        if let Some(secret) = value.get_mut(member)
            && let Ok(opened) = sealer.open(place, secret.clone())
        {
            *secret = opened;
        }
    }
}

/// Says of each secret that is still sealed why it is, and tells the operator.
pub(super) fn explain(sealer: &Sealer, stored: &mut StoredAuthorization) {
    let id = stored.id;
    let explain = |why: &mut Unreadable| {
        if let Unreadable::KeyMissing { key } = why
            && sealer.has(key)
        {
            let key = core::mem::take(key);
            *why = Unreadable::NotOpened { key };
        }
        tracing::error!(table = "authorizations", %id, %why, "a secret can't be opened");
    };
    if let Sealable::Sealed { why, .. } = &mut stored.verifier {
        explain(why);
    }
    if let Some(Sealable::Sealed { why, .. }) = &mut stored.grant {
        explain(why);
    }
}
