//! What the app in its frame and the page around it say to each other, as JSON.

use super::script::Step;
use leptos::prelude::*;
use portal::json;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// What the page around the app can ask of it: `window.portalOrder(json)`, a promise of JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Play these, and say what went wrong, or null.
    Play(Vec<Step>),
    /// The letters that went out, the newest first.
    Letters,
    /// What was asked and replied.
    Asked,
    /// The mock's whole world, as text.
    Export,
    /// Put this world in its place and load again.
    Import(String),
    /// What the gallery must show.
    Wanted,
    /// What of it this page shows.
    Shown,
    /// Speak another language, by its tag, on the page as it is.
    Speak(String),
    Scenes,
    /// Every transition of the map.
    #[serde(rename = "edges")]
    Transitions,
}

/// What the app tells the page around it, unasked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notification {
    /// The script was played; why not, where it wasn't.
    Ready(Option<String>),
    /// Another step was done: all of them.
    Steps(Vec<Step>),
    /// Another page is there: its path.
    At(String),
}

/// Tells the page around the app, where there is one of our own.
pub fn notify(notification: &Notification) {
    let window = window();
    if let Ok(Some(parent)) = window.parent()
        && parent != window
    {
        let ours = window.location().origin().unwrap_or_default();
        // Another site that frames it isn't told, and the app needn't know.
        let _ = parent.post_message(&JsValue::from_str(&json::write(notification)), &ours);
    }
}
