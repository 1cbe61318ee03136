//! What TikTok remembers: sessions, codes, tokens, created accounts. A host may write it down and
//! open it again.

use crate::account::CreatedAccount;
use crate::rehearsal::Rehearsal;
use crate::scope::Scope;
use crate::words::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that an emulator remembers. It opens again what it was written as.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct World {
    /// By the value of the cookie.
    pub(crate) sessions: BTreeMap<String, Session>,
    /// Authorizations under way, by the id that the pages' forms carry.
    pub(crate) pending: BTreeMap<String, Pending>,
    /// By the code itself; kept for a while after their end, so that a reuse is recognised.
    pub(crate) codes: BTreeMap<String, Code>,
    /// What users granted, by an id of ours.
    pub(crate) grants: BTreeMap<String, Grant>,
    pub(crate) access_tokens: BTreeMap<String, Token>,
    pub(crate) refresh_tokens: BTreeMap<String, Token>,
    /// Created on the pages, by username.
    pub(crate) accounts: BTreeMap<String, CreatedAccount>,
    /// Who authorized which app: they aren't asked again.
    pub(crate) approvals: Vec<Approval>,
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) username: Option<String>,
    /// The language that was chosen, if one was.
    pub(crate) language: Option<Language>,
    pub(crate) expires_ms: i64,
}

/// An authorization that waits for its user.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) client_key: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) state: Option<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) expires_ms: i64,
    /// Where the browser was sent, once it was, and with which code: a second press of the button
    /// must not lose the first one's code.
    pub(crate) answer: Option<Answer>,
}

/// Where a browser was sent at the end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) location: String,
    pub(crate) code: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) client_key: String,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<String>,
    pub(crate) username: String,
    pub(crate) asked: Vec<Scope>,
    pub(crate) granted: Vec<Scope>,
    pub(crate) expires_ms: i64,
    pub(crate) rehearsal: Option<Rehearsal>,
    /// The grant that came of it. A code that has one is used.
    pub(crate) grant: Option<String>,
}

/// What a user granted to an app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_key: String,
    pub(crate) username: String,
    pub(crate) asked: Vec<Scope>,
    pub(crate) granted: Vec<Scope>,
    pub(crate) rehearsal: Option<Rehearsal>,
    /// When its last refresh token dies, and it with it.
    pub(crate) expires_ms: i64,
}

/// A token of a grant.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) grant: String,
    pub(crate) expires_ms: i64,
}

/// A user's standing consent to an app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Approval {
    pub(crate) client_key: String,
    pub(crate) username: String,
    pub(crate) scopes: Vec<Scope>,
}

/// How long a code is remembered after its end.
const CODE_MEMORY_MS: i64 = 24 * 60 * 60 * 1000;

impl core::fmt::Debug for World {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("World")
            .field("sessions", &self.sessions.len())
            .field("codes", &self.codes.len())
            .field("grants", &self.grants.len())
            .field("accounts", &self.accounts.len())
            .finish_non_exhaustive()
    }
}

impl World {
    /// Forgets what has ended.
    pub(crate) fn sweep(&mut self, now_ms: i64) {
        self.sessions.retain(|_, it| it.expires_ms > now_ms);
        self.pending.retain(|_, it| it.expires_ms > now_ms);
        self.codes
            .retain(|_, it| it.expires_ms.saturating_add(CODE_MEMORY_MS) > now_ms);
        self.access_tokens.retain(|_, it| it.expires_ms > now_ms);
        self.refresh_tokens.retain(|_, it| it.expires_ms > now_ms);
        self.grants.retain(|_, it| it.expires_ms > now_ms);
    }

    /// The scopes to which a user agreed once and for all.
    pub(crate) fn approved(&self, client_key: &str, username: &str) -> &[Scope] {
        self.approvals
            .iter()
            .find(|it| it.client_key == client_key && it.username == username)
            .map_or(&[], |it| &it.scopes)
    }

    /// Remembers what a user agreed to last.
    pub(crate) fn approve(&mut self, client_key: &str, username: &str, scopes: &[Scope]) {
        self.forget_approval(client_key, username);
        self.approvals.push(Approval {
            client_key: client_key.to_owned(),
            username: username.to_owned(),
            scopes: scopes.to_vec(),
        });
    }

    /// Ends a grant with all of its tokens. The user's consent ends with the last grant.
    pub(crate) fn end_grant(&mut self, id: &str) {
        self.access_tokens.retain(|_, it| it.grant != id);
        self.refresh_tokens.retain(|_, it| it.grant != id);
        let Some(ended) = self.grants.remove(id) else {
            return;
        };
        let is_last = !self
            .grants
            .values()
            .any(|other| other.client_key == ended.client_key && other.username == ended.username);
        if is_last {
            self.forget_approval(&ended.client_key, &ended.username);
        }
    }

    /// Ends all that the user of a grant granted to its app.
    pub(crate) fn end_grants_beside(&mut self, id: &str) {
        let Some(named) = self.grants.get(id) else {
            return;
        };
        let ended: Vec<_> = self
            .grants
            .iter()
            .filter(|(_, it)| it.client_key == named.client_key && it.username == named.username)
            .map(|(id, _)| id.clone())
            .collect();
        for id in ended {
            self.end_grant(&id);
        }
    }

    fn forget_approval(&mut self, client_key: &str, username: &str) {
        self.approvals
            .retain(|it| it.client_key != client_key || it.username != username);
    }
}
