//! The preview: every screen, state and flow of the app, for those who design it. The app runs in a
//! page of its own (an address with `bare`), over the service in the tab; around it stand the
//! director's panel, the gallery, the map of flows and the components.

// What all share.
pub mod address;
pub mod people;
pub mod protocol;
pub mod scenes;
pub mod script;
pub mod state;
pub mod step_text;
pub mod tool_text;

// In the page of the app.
pub mod annotations;
pub mod app;
pub mod idle;
pub mod marks;
pub mod message_keys;
pub mod play;
pub mod record;
pub mod user_event;

// Around it.
pub mod comparison;
pub mod components;
pub mod director;
pub mod frame;
pub mod gallery;
pub mod heading;
pub mod map;
pub mod stage;
pub mod stage_controller;
pub mod tools;

use leptos::prelude::*;
use state::State;

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        leptos::logging::error!("{panic}");
        portal::boot::break_down();
    }));
    let query = window().location().search().unwrap_or_default();
    let state = State::parse(query.trim_start_matches('?'));
    if state.bare {
        app::start(state);
    } else {
        tools::start(state);
    }
}
