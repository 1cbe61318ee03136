//! How the app starts.

use crate::boot;

/// Mounts the app; a panic shows the reload panel.
pub fn start() {
    std::panic::set_hook(Box::new(|_| boot::break_down()));
    leptos::mount::mount_to_body(crate::app::App);
}
