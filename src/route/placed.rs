//! Where a route stands in the address of the page: it is the address. A page around the app that
//! isn't served for every path puts it elsewhere by [`place`].

use contract::route::Route;
use core::cell::Cell;

/// How addresses of the page are made of routes, and read.
#[derive(Clone, Copy)]
pub struct Placement {
    /// The address of a link to a route, from the route's path and query.
    pub address: fn(path: &str) -> String,
    /// The route of the page's address, from that one's path and query (without the `?`).
    pub route: fn(path: &str, query: &str) -> Option<Route>,
}

thread_local! {
    static PLACEMENT: Cell<Option<Placement>> = const { Cell::new(None) };
}

/// Puts routes there, before the app is mounted.
pub fn place(placement: Placement) {
    PLACEMENT.set(Some(placement));
}

/// The address of a link to a route.
pub(super) fn address(route: &Route) -> String {
    let path = route.path();
    match PLACEMENT.get() {
        Some(placement) => (placement.address)(&path),
        None => path,
    }
}

/// The route of the page's address, from that one's path and query (without the `?`).
pub fn of_address(path: &str, query: &str) -> Option<Route> {
    match PLACEMENT.get() {
        Some(placement) => (placement.route)(path, query),
        None => Route::parse(path, query),
    }
}
