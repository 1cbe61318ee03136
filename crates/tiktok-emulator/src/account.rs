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

/// The picture of an account: a small drawing that is always the same for one. It stands within its
/// address (RFC 2397), since neither a tab nor a test has a host that could serve it.
pub fn avatar_url(username: &str) -> String {
    let digest = Sha256::digest(["avatar", &normal_username(username)].join("\0"));
    let pick = |place: usize, of: usize| usize::from(digest.get(place).copied().unwrap_or(0)) % of;
    let hue = pick(0, 360 / 15) * 15;
    let skin = ["f1c9a5", "e0ac7e", "c68642", "8d5524"]
        .get(pick(1, 4))
        .copied()
        .unwrap_or("e0ac7e");
    // Short hair, long hair, a hat.
    let hair = [
        "M24 42c0-26 48-26 48 0-10-8-38-8-48 0z",
        "M22 66c-6-50 58-50 52 0-8 0-6-22-12-28-8 4-22 4-28 0-6 6-4 28-12 28z",
        "M18 38h60c0-4-8-6-12-7-3-17-33-17-36 0-4 1-12 3-12 7z",
    ]
    .get(pick(2, 3))
    .copied()
    .unwrap_or_default();
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96' width='96' height='96'>\
         <path fill='hsl({hue} 60% 78%)' d='M0 0h96v96H0z'/>\
         <path fill='hsl({shirt} 55% 42%)' d='M12 96c0-38 72-38 72 0z'/>\
         <circle fill='#{skin}' cx='48' cy='44' r='22'/>\
         <path fill='hsl({hue} 35% 22%)' d='{hair}'/></svg>",
        shirt = (hue + 150) % 360,
    );
    let mut url = String::from("data:image/svg+xml,");
    for character in drawing.chars() {
        match character {
            ' ' => url.push_str("%20"),
            '#' => url.push_str("%23"),
            '%' => url.push_str("%25"),
            '<' => url.push_str("%3C"),
            '>' => url.push_str("%3E"),
            plain => url.push(plain),
        }
    }
    url
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
