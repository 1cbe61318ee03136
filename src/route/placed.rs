//! Where a route stands in the address of the page. In production it is the address. A preview lies
//! on any host of static files, in any folder, and its one page must be found again after a reload:
//! there the route stands in the query, behind `at`, and before it what the page was opened with.

use super::Route;

#[cfg(not(feature = "preview"))]
impl Route {
    /// What a link to it says.
    pub fn address(&self) -> String {
        self.path()
    }

    /// The route of a page's address, in its two parts: the query without its `?`.
    pub fn of_address(path: &str, query: &str) -> Option<Self> {
        Self::parse(path, query)
    }
}

#[cfg(feature = "preview")]
impl Route {
    /// What a link to it says.
    pub fn address(&self) -> String {
        format!("{}{}", before(), at(&self.path()))
    }

    /// The route of a page's address, in its two parts: the query without its `?`.
    pub fn of_address(_path: &str, query: &str) -> Option<Self> {
        let path = super::query::value(query, AT).unwrap_or_else(|| "/".to_owned());
        // What stands behind it is the route's own.
        let query = format!("&{query}");
        let rest = query.split_once("&at=").map_or("", |(_, rest)| rest);
        let rest = rest.split_once('&').map_or("", |(_, rest)| rest);
        Self::parse(&path, rest)
    }
}

/// The name of the route in the query of a preview.
#[cfg(feature = "preview")]
pub const AT: &str = "at";

/// The end of a preview's query that stands for a path, its own query behind it.
#[cfg(feature = "preview")]
pub fn at(path: &str) -> String {
    format!("{AT}={}", path.replacen('?', "&", 1))
}

#[cfg(feature = "preview")]
thread_local! {
    static BEFORE: core::cell::RefCell<String> = const { core::cell::RefCell::new(String::new()) };
}

/// What stands before the route in every address of this page: the page's own path, and how it is
/// looked at.
#[cfg(feature = "preview")]
pub fn before() -> String {
    BEFORE.with_borrow(Clone::clone)
}

/// Says so, once, before the app is there.
#[cfg(feature = "preview")]
pub fn set_before(address: String) {
    BEFORE.set(address);
}

/// A page of the preview's tools: they aren't the app's, and stand beside its routes.
#[cfg(feature = "preview")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Every scene.
    Gallery,
    /// One scene in several looks at once.
    Beside,
    /// The flows and their transitions.
    Map,
    /// The parts of the interface.
    Components,
}

#[cfg(feature = "preview")]
impl Tool {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gallery, Self::Beside, Self::Map, Self::Components];

    /// Its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Gallery => "/preview",
            Self::Beside => "/preview/beside",
            Self::Map => "/preview/map",
            Self::Components => "/preview/components",
        }
    }
}
