//! What this browser keeps for us: the language, the theme, the region. It may keep nothing.

fn local() -> Option<web_sys::Storage> {
    // It throws where the user has forbidden it.
    web_sys::window()?.local_storage().ok().flatten()
}

/// What was kept under a key.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps it; whether it could be.
pub fn write(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub fn remove(key: &str) {
    if let Some(storage) = local() {
        // Nothing to forget is as good.
        let _ = storage.remove_item(key);
    }
}

fn tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What this tab kept: what is typed on a page, until it is sent. Never a secret.
pub fn read_in_tab(key: &str) -> Option<String> {
    tab()?.get_item(key).ok().flatten()
}

/// Keeps it for as long as the tab is open; whether it could be.
pub fn write_in_tab(key: &str, value: &str) -> bool {
    tab().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets all that the tab kept, but for what stands under `but`.
pub fn clear_tab(but: &str) {
    let kept = read_in_tab(but);
    if let Some(storage) = tab() {
        // Nothing to forget is as good.
        let _ = storage.clear();
    }
    if let Some(kept) = kept {
        write_in_tab(but, &kept);
    }
}

/// Forgets what the tab kept.
pub fn remove_in_tab(key: &str) {
    if let Some(storage) = tab() {
        // Nothing to forget is as good.
        let _ = storage.remove_item(key);
    }
}
