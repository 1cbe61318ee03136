//! Waits until the app is idle, as somebody who looks at it would.

use super::message_keys;
use core::time::Duration;
use leptos::prelude::*;
use portal::client::{behavior, is_waiting};
use portal::timer::pause;

/// The time between two looks at the page.
pub const LOOK: Duration = Duration::from_millis(10);
/// So many looks: what hasn't come by then is given up.
pub const PATIENCE: u32 = 800;

/// Until nothing is under way: no reply is waited for, and what follows from it stands there.
pub async fn until_idle() {
    let mut quiet = 0;
    for _ in 0..PATIENCE {
        quiet = if is_waiting() || is_busy() {
            0
        } else {
            quiet + 1
        };
        if quiet > 3 {
            break;
        }
        pause(LOOK).await;
    }
}

/// As [`until_idle`], and what was typed is kept by the host, where it is at all.
pub async fn until_saved() {
    until_idle().await;
    let saving = message_keys::sentence("campaign_saving").unwrap_or_default();
    for _ in 0..PATIENCE {
        let is_fine = behavior(|behavior| behavior.network.answers());
        let is_saving = message_keys::worded()
            .iter()
            .any(|(_, words)| *words == saving);
        if !(is_fine && is_saving) {
            break;
        }
        pause(LOOK).await;
    }
    until_idle().await;
}

fn is_busy() -> bool {
    let answers = behavior(|behavior| behavior.network.answers());
    let loads = document().get_element_by_id("loading").is_some();
    let busy = document().query_selector("[aria-busy=true]");
    (loads || matches!(busy, Ok(Some(_)))) && answers
}
