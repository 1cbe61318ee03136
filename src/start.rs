//! How the app starts.

use crate::app::App;
use crate::boot;

/// Mounts the app. A panic ends the module by a trap, and boot.js shows the reload panel.
pub fn start() {
    match boot::root() {
        Some(root) => leptos::mount::mount_to(root, App).forget(),
        None => leptos::mount::mount_to_body(App),
    }
}
