//! A world as the tab stores it: written as rows, and read with as little lost as can be.

use super::World;
use crate::row::{
    self, AccountRow, ActivityRow, AuthorizationRow, CeremonyRow, CountRow, FormerEmailRow,
    KeyedRequestRow, LinkRow, OwnedDraftRow, PasskeyRow, Row, SessionRow, SignUpRow,
    StoredLetterRow, TransferRow, UnneededGrantRow, Unreadable, UnreadableRow,
};
use crate::store::{Account, former_email_id};
use domain::email::Email;
use domain::id::{AccountId, BrowserId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A world as it is stored: the rows of each table by their keys.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Tables {
    accounts: Table,
    deletions: Table,
    former_emails: Table,
    activity: Table,
    passkeys: Table,
    ceremonies: Table,
    links: Table,
    transfers: Table,
    sessions: Table,
    authorizations: Table,
    last: Table,
    /// Each with the moment at which it was put.
    sign_ups: Table,
    drafts: Table,
    counts: Table,
    keyed_requests: Table,
    unneeded_grants: Table,
    letters: Table,
}

type Table = BTreeMap<String, Value>;

fn table<'a, R: Row>(things: impl Iterator<Item = (String, &'a R::Of)>) -> serde_json::Result<Table>
where
    R::Of: 'a,
{
    things
        .map(|(key, thing)| Ok((key, row::write::<R>(thing)?)))
        .collect()
}

/// Reads rows, and gathers those that can't be read.
#[derive(Default)]
struct Reader {
    unreadable: Vec<UnreadableRow>,
}

impl Reader {
    fn leave_out(&mut self, table: &'static str, id: String, why: Unreadable) {
        self.unreadable.push(UnreadableRow { table, id, why });
    }

    /// What a row is; nothing where it can't be read.
    fn row<R: Row>(&mut self, table: &'static str, key: &str, stored: Value) -> Option<R::Of> {
        row::read::<R>(stored)
            .map_err(|why| self.leave_out(table, key.to_owned(), why))
            .ok()
    }

    /// A value that has no shape of its own; nothing where it is another.
    fn parsed<T: DeserializeOwned>(
        &mut self,
        table: &'static str,
        key: &str,
        stored: Value,
    ) -> Option<T> {
        serde_json::from_value(stored)
            .map_err(|_| self.leave_out(table, key.to_owned(), Unreadable::Malformed))
            .ok()
    }

    /// The rows of a table that can be read, by the keys that `key` finds in them.
    fn table<R: Row, K: Ord>(
        &mut self,
        table: &'static str,
        rows: Table,
        key: impl Fn(&R::Of) -> K,
    ) -> BTreeMap<K, R::Of> {
        rows.into_iter()
            .filter_map(|(id, stored)| self.row::<R>(table, &id, stored))
            .map(|thing| (key(&thing), thing))
            .collect()
    }

    /// Leaves out what belongs to an account that isn't there, as foreign keys would.
    fn keep_owned<K: Ord + ToString, T>(
        &mut self,
        table: &'static str,
        things: &mut BTreeMap<K, T>,
        is_owned: impl Fn(&T) -> bool,
    ) {
        things.retain(|key, thing| {
            let is_owned = is_owned(thing);
            if !is_owned {
                self.leave_out(table, key.to_string(), Unreadable::Orphan);
            }
            is_owned
        });
    }
}

/// Brings addresses into the spelling by which they are looked up now. One that somebody else has
/// in that spelling stays.
fn respell_addresses(accounts: &mut BTreeMap<AccountId, Account>) {
    let mut taken: BTreeSet<Email> = accounts
        .values()
        .filter_map(|it| it.email.clone())
        .collect();
    for account in accounts.values_mut() {
        let now = account
            .email
            .as_ref()
            .and_then(|it| Email::respelled(it.as_str()));
        if let Some(now) = now.filter(|now| taken.insert(now.clone())) {
            account.email = Some(now);
        }
    }
}

impl World {
    /// The rows of all of it.
    pub fn write(&self) -> serde_json::Result<Value> {
        let Self {
            accounts,
            deletions,
            former_emails,
            activity,
            passkeys,
            ceremonies,
            links,
            transfers,
            sessions,
            authorizations,
            last,
            sign_ups,
            drafts,
            counts,
            keyed_requests,
            unneeded_grants,
            letters,
        } = self;
        let sign_ups = sign_ups.iter().map(|(browser, (sign_up, put))| {
            let row = row::write::<SignUpRow>(sign_up)?;
            Ok((browser.0.clone(), serde_json::to_value((row, put))?))
        });
        let last = last.iter().map(|(browser, id)| {
            let id = serde_json::to_value(id)?;
            Ok((browser.0.clone(), id))
        });
        let deletions = deletions.iter().map(|(account, due)| {
            let due = serde_json::to_value(due)?;
            Ok((account.to_string(), due))
        });
        serde_json::to_value(Tables {
            accounts: table::<AccountRow>(by_text(accounts))?,
            deletions: deletions.collect::<serde_json::Result<_>>()?,
            former_emails: table::<FormerEmailRow>(by_text(former_emails))?,
            activity: table::<ActivityRow>(by_text(activity))?,
            passkeys: table::<PasskeyRow>(by_text(passkeys))?,
            ceremonies: table::<CeremonyRow>(
                ceremonies
                    .iter()
                    .map(|(browser, it)| (browser.0.clone(), it)),
            )?,
            links: table::<LinkRow>(by_text(links))?,
            transfers: table::<TransferRow>(by_text(transfers))?,
            sessions: table::<SessionRow>(by_text(sessions))?,
            authorizations: table::<AuthorizationRow>(by_text(authorizations))?,
            last: last.collect::<serde_json::Result<_>>()?,
            sign_ups: sign_ups.collect::<serde_json::Result<_>>()?,
            drafts: table::<OwnedDraftRow>(by_text(drafts))?,
            counts: table::<CountRow>(by_text(counts))?,
            keyed_requests: table::<KeyedRequestRow>(by_text(keyed_requests))?,
            unneeded_grants: table::<UnneededGrantRow>(by_text(unneeded_grants))?,
            letters: table::<StoredLetterRow>(by_text(letters))?,
        })
    }

    /// The world of these rows, and the rows that it can't be read from, which it is without.
    ///
    /// # Errors
    ///
    /// These are no tables.
    pub fn read(stored: Value) -> Result<(Self, Vec<UnreadableRow>), Unreadable> {
        let tables: Tables = serde_json::from_value(stored).map_err(|_| Unreadable::Malformed)?;
        let mut reader = Reader::default();
        let mut accounts = reader.table::<AccountRow, _>("accounts", tables.accounts, |it| it.id);
        respell_addresses(&mut accounts);
        let deletions = tables.deletions.into_iter().filter_map(|(account, due)| {
            let id = Value::String(account.clone());
            let id: AccountId = reader.parsed("deletions", &account, id)?;
            let due = reader.parsed("deletions", &account, due)?;
            // It goes with its account, which is told already.
            accounts.contains_key(&id).then_some((id, due))
        });
        let deletions = deletions.collect();
        let mut former_emails =
            reader.table::<FormerEmailRow, _>("former_emails", tables.former_emails, |it| {
                former_email_id(&it.email)
            });
        let activity = reader.table::<ActivityRow, _>("activity", tables.activity, |it| it.id);
        let mut passkeys =
            reader.table::<PasskeyRow, _>("passkeys", tables.passkeys, |it| it.id.clone());
        let ceremonies = tables.ceremonies.into_iter().filter_map(|(browser, row)| {
            let ceremony = reader.row::<CeremonyRow>("ceremonies", &browser, row)?;
            Some((BrowserId(browser), ceremony))
        });
        let ceremonies = ceremonies.collect();
        let mut links = reader.table::<LinkRow, _>("links", tables.links, |(link, _)| link.account);
        let mut transfers =
            reader.table::<TransferRow, _>("transfers", tables.transfers, |it| it.from);
        let mut sessions =
            reader.table::<SessionRow, _>("sessions", tables.sessions, |it| it.token_hash.clone());
        let authorizations =
            reader
                .table::<AuthorizationRow, _>("authorizations", tables.authorizations, |it| it.id);
        let last = tables.last.into_iter().filter_map(|(browser, id)| {
            let id = reader.parsed("last", &browser, id)?;
            // It goes with its authorization, which is told already.
            authorizations
                .contains_key(&id)
                .then_some((BrowserId(browser), id))
        });
        let last = last.collect();
        let sign_ups = tables.sign_ups.into_iter().filter_map(|(browser, stored)| {
            let (row, put) = reader.parsed("sign_ups", &browser, stored)?;
            let sign_up = reader.row::<SignUpRow>("sign_ups", &browser, row)?;
            Some((BrowserId(browser), (sign_up, put)))
        });
        let sign_ups = sign_ups.collect();
        let mut drafts = reader.table::<OwnedDraftRow, _>("drafts", tables.drafts, |it| it.id);
        let counts = tables.counts.into_iter().filter_map(|(key, row)| {
            let count = reader.row::<CountRow>("counts", &key, row)?;
            Some((key, count))
        });
        let counts = counts.collect();
        let keyed_requests =
            reader.table::<KeyedRequestRow, _>("keyed_requests", tables.keyed_requests, |it| {
                it.id.clone()
            });
        let unneeded_grants =
            reader.table::<UnneededGrantRow, _>("unneeded_grants", tables.unneeded_grants, |it| {
                it.grant.id()
            });
        let letters = reader.table::<StoredLetterRow, _>("letters", tables.letters, |it| it.id);
        reader.keep_owned("former_emails", &mut former_emails, |it| {
            accounts.contains_key(&it.account)
        });
        reader.keep_owned("passkeys", &mut passkeys, |it| {
            accounts.contains_key(&it.account)
        });
        reader.keep_owned("links", &mut links, |(link, _)| {
            accounts.contains_key(&link.account)
        });
        reader.keep_owned("transfers", &mut transfers, |it| {
            accounts.contains_key(&it.from) && accounts.contains_key(&it.to)
        });
        reader.keep_owned("sessions", &mut sessions, |it| {
            accounts.contains_key(&it.account)
        });
        reader.keep_owned("drafts", &mut drafts, |it| {
            accounts.contains_key(&it.account)
        });
        let world = Self {
            accounts,
            deletions,
            former_emails,
            activity,
            passkeys,
            ceremonies,
            links,
            transfers,
            sessions,
            authorizations,
            last,
            sign_ups,
            drafts,
            counts,
            keyed_requests,
            unneeded_grants,
            letters,
        };
        Ok((world, reader.unreadable))
    }
}

fn by_text<K: ToString, T>(things: &BTreeMap<K, T>) -> impl Iterator<Item = (String, &T)> {
    things.iter().map(|(key, thing)| (key.to_string(), thing))
}
