//! The app: shows and asks, never decides.

pub mod start;

pub mod app;
pub mod route;

pub mod client;
pub mod navigate;
pub mod resource;
pub mod session;

pub mod autosave;
pub mod form;
pub mod text;
pub mod tiktok;

pub mod account_badge;
pub mod choices;
pub mod confirm;
pub mod entry;
pub mod outcome;

pub mod layout;
pub mod pages;
pub mod ui;

pub mod document;
pub mod intl;
pub mod json;
pub mod storage;
pub mod timer;
