//! Going to a page of the app, and following where a host leads.

use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, use_session};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::rc::Rc;

/// What becomes of the page that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Back returns to it.
    Push,
    /// The new page takes its entry in the history: Back skips it.
    Replace,
}

type Navigate = dyn Fn(&str, NavigateOptions);

#[derive(Clone)]
pub struct Navigator {
    navigate: Rc<Navigate>,
    session: CurrentSession,
}

impl Navigator {
    /// Takes the router and the session from the context: to be called where a component begins.
    pub fn new() -> Self {
        Self {
            navigate: Rc::new(use_navigate()),
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

    fn go(&self, route: &Route, history: History) {
        let options = NavigateOptions {
            replace: match history {
                History::Push => false,
                History::Replace => true,
            },
            ..NavigateOptions::default()
        };
        (self.navigate)(&route.address(), options);
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
