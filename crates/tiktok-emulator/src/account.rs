//! Accounts at TikTok, and the ids under which apps know them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// An account that is there from the start.
#[derive(Clone, Default)]
pub struct Account {
    /// Its username, without an `@`; in small letters.
    pub username: String,
    /// `display_name` of the user info.
    pub display_name: String,
    /// The password that its log-in page takes.
    pub password: String,
    /// Whether only its followers see what it shows.
    pub is_private: bool,
    /// Whether it is a TikTok business account.
    pub is_business: bool,
    /// What it says about itself.
    pub bio_description: String,
    /// Whether TikTok verified who it is.
    pub is_verified: bool,
}

impl core::fmt::Debug for Account {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Account")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// An account that was created on the emulator's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CreatedAccount {
    pub(crate) display_name: String,
    pub(crate) salt: String,
    /// Not the password itself: a world is exported and stored, and people type what they use.
    pub(crate) password_digest: String,
}

/// What pages and endpoints say about an account.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) username: String,
    pub(crate) display_name: String,
    pub(crate) bio_description: String,
    pub(crate) is_verified: bool,
}

/// The digest under which a created account's password is kept.
pub(crate) fn password_digest(salt: &str, password: &str) -> String {
    hex::encode(Sha256::digest(format!("{salt}\0{password}")))
}

/// A username as TikTok reads it.
pub(crate) fn normal_username(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('@').unwrap_or(text).to_ascii_lowercase()
}

/// The id under which the app with `client_key` knows an account: another one in each app, always
/// the same for one.
pub fn open_id(client_key: &str, username: &str) -> String {
    id(&["open_id", client_key, &normal_username(username)])
}

/// The id under which all apps of one developer know an account.
pub fn union_id(username: &str) -> String {
    id(&["union_id", &normal_username(username)])
}

/// TikTok's ids look like UUIDs.
fn id(parts: &[&str]) -> String {
    let digest = hex::encode(Sha256::digest(parts.join("\0")));
    let mut id = String::with_capacity(36);
    for (place, digit) in digest.chars().take(32).enumerate() {
        if [8, 12, 16, 20].contains(&place) {
            id.push('-');
        }
        id.push(digit);
    }
    id
}
