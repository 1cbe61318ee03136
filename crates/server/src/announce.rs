//! What the server says when it starts.

use crate::config::Config;
use crate::start::Running;
use std::fmt::Write as _;

/// Where it is, and outside production who is there.
pub fn announcement(config: &Config, running: &Running) -> String {
    let mut text = format!("\nThe portal is at {}\n", running.public_url);
    // Writing into a String can't fail.
    if running.public_url != format!("http://{}", running.address) {
        let _ = writeln!(text, "It listens at {}", running.address);
    }
    if running.outbox.is_some() && cfg!(feature = "demo") {
        let _ = writeln!(
            text,
            "E-mails that go out: {0}/dev/outbox\nFor those who build it: {0}/dev",
            running.public_url
        );
    }
    if config.is_demonstration() {
        text.push_str(&personas());
    }
    text
}

#[cfg(not(feature = "demo"))]
fn personas() -> String {
    String::new()
}

#[cfg(feature = "demo")]
fn personas() -> String {
    use service::personas::{BUSINESS, PASSWORD, TIKTOK};
    let mut text = String::from("\nTikTok is an emulator here. Accounts at TikTok:\n");
    for persona in TIKTOK {
        let _ = writeln!(text, "  {:<26} {}", persona.username, persona.meaning);
    }
    text.push_str("Accounts at TikTok For Business:\n");
    for persona in BUSINESS {
        let name = persona.email.unwrap_or("(no email address)");
        let _ = writeln!(text, "  {name:<26} {}", persona.meaning);
    }
    let _ = writeln!(text, "The password of all: {PASSWORD}");
    text
}
