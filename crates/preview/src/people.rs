//! Those who act in the preview, by the personas that every mock begins with.

use portal::client::personas;

/// Who answers at TikTok where nobody else is named.
pub const SOMEBODY: &str = "unlinked";

/// The whole address of a persona whose part before the `@` is known.
pub fn email_of(persona: &str) -> Option<&'static str> {
    let emails = personas::BUSINESS.iter().filter_map(|it| it.email);
    emails
        .into_iter()
        .find(|email| email.split('@').next() == Some(persona))
}

/// The account at TikTok of the one who logs in by it alone.
pub fn without_email() -> Option<&'static str> {
    let mut all = personas::BUSINESS.iter();
    all.find(|it| it.email.is_none()).and_then(|it| it.tiktok)
}

/// The address of the one whose account is linked.
pub fn linked() -> &'static str {
    let mut all = personas::BUSINESS.iter().filter(|it| it.tiktok.is_some());
    all.find_map(|it| it.email).unwrap_or_default()
}

/// What a business may be called: as the first persona's.
pub fn name_of_business() -> &'static str {
    personas::BUSINESS.first().map_or("", |it| it.business)
}
