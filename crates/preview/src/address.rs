//! Where a route stands in the address of a preview: it lies on any host of static files, in any
//! folder, and its one page must be found again after a reload. So the route stands in the query,
//! behind `at`, and before it what the page was opened with.

use core::cell::RefCell;
use leptos::prelude::window;
use portal::route::{self, Placement, Route, query};

/// The name of the route in the query.
pub const AT: &str = "at";

thread_local! {
    static BEFORE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Puts the app's routes behind `before`: the page's own path, and how it is looked at.
pub fn place_behind(before: String) {
    BEFORE.set(before);
    route::place(Placement { address, route });
}

/// The address of a path of the app, in this page.
pub fn address(path: &str) -> String {
    BEFORE.with_borrow(|before| format!("{before}{}", at(path)))
}

/// The end of a query that stands for a path, its own query behind it.
pub fn at(path: &str) -> String {
    format!("{AT}={}", path.replacen('?', "&", 1))
}

/// The route of the page's address.
fn route(_path: &str, query: &str) -> Option<Route> {
    let path = query::value(query, AT).unwrap_or_else(|| "/".to_owned());
    // What stands behind it is the route's own.
    let query = format!("&{query}");
    let rest = query.split_once("&at=").map_or("", |(_, rest)| rest);
    let rest = rest.split_once('&').map_or("", |(_, rest)| rest);
    Route::parse(&path, rest)
}

/// Where the app is now.
pub fn here() -> Option<Route> {
    let query = window().location().search().unwrap_or_default();
    route("", query.trim_start_matches('?'))
}

/// The path of this page, wherever it lies.
pub fn folder() -> String {
    window().location().pathname().unwrap_or_default()
}

/// A page of the tools: they stand beside the app's routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Gallery,
    /// One scene in several looks at once.
    Comparison,
    /// The flows and their transitions.
    Map,
    /// The parts of the interface.
    Components,
}

impl Tool {
    pub const ALL: [Self; 4] = [Self::Gallery, Self::Comparison, Self::Map, Self::Components];

    pub const fn path(self) -> &'static str {
        match self {
            Self::Gallery => "/preview",
            Self::Comparison => "/preview/beside",
            Self::Map => "/preview/map",
            Self::Components => "/preview/components",
        }
    }
}
