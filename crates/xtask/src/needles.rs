//! What must never be found in the production app: demonstration accounts, inputs that
//! provoke a failure, and secrets.

/// Each of these is in the preview, or the list is out of date.
pub(crate) const DEMONSTRATION: [&str; 9] = [
    "Portal-demo-2026",
    "portal.test",
    "email-only@",
    "someone-else@",
    "outside@",
    "linked_elsewhere",
    "tiktok_only",
    "personal_account",
    "private_account",
];

/// Secrets, and the shapes that tokens have: nowhere in what a browser gets.
pub(crate) const SECRET: [&str; 4] = [
    "client_secret",
    "PORTAL_TIKTOK_CLIENT_SECRET",
    "refresh_token",
    "$argon2id$",
];
