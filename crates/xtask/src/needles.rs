//! What must never be found in the production app: demonstration accounts, inputs that
//! provoke a failure, and secrets.

/// Each of these is in the preview, or the list is out of date.
pub(crate) const DEMONSTRATION: [&str; 17] = [
    "Portal-demo-2026",
    "@portal.test",
    "email-only@",
    "someone-else@",
    "outside@",
    "authorization-ended@",
    "server-error@",
    "too-many@",
    "linked_elsewhere",
    "linked_already",
    "tiktok_only",
    "personal_account",
    "private_account",
    "authorization_ended",
    "Hội An Lanterns",
    "Phở Corner",
    "Đà Lạt Flowers",
];

/// Secrets, and the shapes that tokens have: nowhere in what a browser gets.
pub(crate) const SECRET: [&str; 5] = [
    "client_secret",
    "TIKTOK_CLIENT_SECRET",
    "access_token",
    "refresh_token",
    "$argon2id$",
];
