//! E-mail addresses.

use domain::email::{EMAIL_MAX, Email};
use domain::input::{Fault, turns_text};

/// An address as it is typed.
///
/// # Panics
///
/// Where an address isn't of the shape that it promises, is read otherwise when it is read again,
/// shown or in capitals, or where room around it makes another address of it.
pub fn emails(input: &[u8]) {
    let typed = String::from_utf8_lossy(input);
    let read = Email::parse(&typed);
    let pasted = format!("\u{feff} {typed}\u{3000}");
    assert_eq!(Email::parse(&pasted), read, "{typed:?}");
    let new = Email::parse_new(&typed);
    let email = match read {
        Ok(email) => email,
        Err(fault) => {
            assert_eq!(new, Err(fault), "{typed:?}");
            return;
        }
    };
    let abroad = email.local().chars().find(|c| !c.is_ascii());
    let refused = abroad.map(|character| Fault::Forbidden { character });
    assert_eq!(new, refused.map_or(Ok(email.clone()), Err), "{typed:?}");
    shape(&email);
    let kept = Ok(email.clone());
    assert_eq!(Email::parse(email.as_str()), kept, "{typed:?}");
    assert_eq!(Email::respelled(email.as_str()), None, "{typed:?}");
    let capitals = email.as_str().to_ascii_uppercase();
    assert_eq!(Email::parse(&capitals), kept, "{typed:?}");
    let shown = email.shown();
    assert!(!shown.chars().any(turns_text), "{typed:?} {shown:?}");
    assert_eq!(Email::parse(&shown), kept, "{typed:?} {shown:?}");
    // What counts as one mailbox may be no address (`a.+b@…`), but is itself no other mailbox.
    if let Ok(mailbox) = Email::parse(&email.mailbox()) {
        assert_eq!(mailbox.mailbox(), email.mailbox(), "{typed:?}");
    }
}

fn shape(email: &Email) {
    let text = email.as_str();
    assert!(text.len() <= EMAIL_MAX as usize, "{text:?}");
    let parts: Vec<&str> = text.split('@').collect();
    let &[local, domain] = &parts[..] else {
        assert_eq!(parts.len(), 2, "{text:?}");
        return;
    };
    assert_eq!(local, email.local());
    assert!((1..=64).contains(&local.len()), "{text:?}");
    assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control()));
    assert!(!text.contains(|c: char| c.is_ascii_uppercase()), "{text:?}");
    let is_of_labels = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    assert!(domain.chars().all(is_of_labels), "{text:?}");
    assert!(domain.contains('.'), "{text:?}");
    let fits = |label: &str| (1..=63).contains(&label.len());
    assert!(domain.split('.').all(fits), "{text:?}");
}
