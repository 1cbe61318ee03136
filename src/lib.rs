//! The app: shows and asks, never decides.

pub mod ui;
