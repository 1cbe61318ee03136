//! How the app starts.

/// Mounts the app. A panic ends the module by a trap, and boot.js shows the reload panel.
pub fn start() {
    leptos::mount::mount_to_body(crate::app::App);
}
