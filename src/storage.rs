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

/// Forgets it.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        // Nothing to forget is as good.
        let _ = storage.remove_item(key);
    }
}
