//! Going to a page of the app, and following where a host leads.

pub use crate::address::History;

use crate::address::Address;
use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, use_session};
use leptos::prelude::request_animation_frame;

#[derive(Clone, Copy)]
pub struct Navigator {
    address: Address,
    session: CurrentSession,
}

impl Navigator {
    /// Takes the address and the session from the context: to be called where a component begins.
    pub fn new() -> Self {
        Self {
            address: Address::here(),
            session: use_session(),
        }
    }

    /// Goes there; Back returns to the page that is left.
    pub fn push(&self, route: &Route) {
        self.go(route, History::Push);
    }

    /// Goes there; Back skips the page that is left.
    pub fn replace(&self, route: &Route) {
        self.go(route, History::Replace);
    }

    /// The same, after this turn: for a page that leads elsewhere while it is still being made.
    pub fn replace_soon(&self, route: Route) {
        let go = *self;
        request_animation_frame(move || go.replace(&route));
    }

    fn go(&self, route: &Route, history: History) {
        self.address.go(&route.address(), history);
    }

    /// Goes where a reply leads. Such a reply may have changed who is there, so the session is read
    /// anew before: the page's guard must not decide by what was.
    pub async fn follow(&self, to: &Route, history: History) {
        self.session.renew().await;
        self.go(to, history);
    }
}

impl Default for Navigator {
    fn default() -> Self {
        Self::new()
    }
}
