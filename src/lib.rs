//! The app: shows and asks, never decides.

pub mod boot;
pub mod start;

pub mod address;
pub mod app;
pub mod parts;
pub mod route;

pub mod client;
pub mod navigate;
pub mod resource;
pub mod session;

pub mod autosave;
pub mod credentials;
pub mod form;
pub mod text;

pub mod choices;
pub mod features;

pub mod layout;
pub mod pages;
pub mod ui;

pub mod document;
pub mod fetch;
pub mod intl;
pub mod json;
pub mod storage;
pub mod timer;
pub mod typed;
