//! The client of a host: the server over HTTP, or the mock in this tab.

mod failure;
mod http;
#[cfg(feature = "mock")]
pub mod mock;
mod patience;
mod repeat;

#[cfg(feature = "mock")]
pub use self::mock::*;

pub use failure::Failure;
pub use patience::is_slow;

use self::patience::Patience;
use self::repeat::Keyed;
use crate::json;
use contract::UseCase;
use contract::problem::Code;
use contract::session::NOBODY;
use domain::id::AccountId;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use wasm_bindgen::JsValue;

/// A reply under way: JSON, parsed but not yet of a type. Code that doesn't depend on the type of a
/// reply uses this, so that it is compiled once.
pub type PendingReply = Pin<Box<dyn Future<Output = Result<JsValue, Failure>>>>;

/// The host of this build, as one page asks it.
#[derive(Clone)]
pub struct Client {
    pub host: Host,
    /// For whom the page was drawn; nothing for what is no page.
    page: Option<String>,
    /// How often a request was refused because somebody else is there.
    refused: RwSignal<u32>,
}

#[derive(Clone)]
pub enum Host {
    /// The server that this page came from.
    Http,
    /// The service in this tab.
    #[cfg(feature = "mock")]
    Mock(MockClient),
}

impl Client {
    /// The mock where the build has it, else the server.
    pub fn new() -> Self {
        #[cfg(feature = "mock")]
        let host = Host::Mock(MockClient::new());
        #[cfg(not(feature = "mock"))]
        let host = Host::Http;
        Self {
            host,
            page: None,
            refused: RwSignal::new(0),
        }
    }

    /// The client of a page that is drawn for an account, or for nobody. Each request says so, and
    /// the host refuses it where somebody else is there.
    #[must_use]
    pub fn of_page(&self, account: Option<AccountId>) -> Self {
        let page = account.map_or_else(|| NOBODY.to_owned(), |account| account.to_string());
        Self {
            page: Some(page),
            ..self.clone()
        }
    }

    /// Whether both ask for the same account.
    pub fn is_of_same_page(&self, other: &Self) -> bool {
        self.page == other.page
    }

    /// How often a request was refused because somebody else is there. Reactive.
    pub fn refused(&self) -> u32 {
        self.refused.get()
    }

    /// Calls a use case. A fetch that is begun under an owner is aborted with it, since a page that
    /// is gone needs no reply. What an event handler begins has no owner and is finished.
    pub fn call<R: UseCase + Serialize>(
        &self,
        request: &R,
    ) -> impl Future<Output = Result<R::Reply, Failure>> + use<R>
    where
        R::Reply: DeserializeOwned,
    {
        let answer = self.send(R::NAME, json::write(request));
        async move { Ok(json::take(answer.await?)?) }
    }

    /// As [`Self::call`], by name and in JSON. An answer that takes too long is none: `Offline`. The
    /// same request after that has one effect with it.
    pub fn send(&self, name: &'static str, body: String) -> PendingReply {
        let client = self.clone();
        let abort = http::Abort::under_owner();
        Box::pin(async move {
            let _patience = Patience::begin(abort.after_all());
            let page = client.page.as_deref();
            let keyed = Keyed::of(name, page, &body);
            let key = keyed.as_ref().map(|keyed| keyed.key.as_str());
            let mut was_refused = false;
            let reply = loop {
                let reply = match &client.host {
                    Host::Http => http::post(name, [page, key], &body, &abort).await,
                    #[cfg(feature = "mock")]
                    Host::Mock(mock) => mock.answer(name, [page, key], body.clone()).await,
                };
                let code = reply.as_ref().err().and_then(Failure::code);
                // The refusal brought a cookie: its user may have deleted the one before, or may
                // have allowed cookies since.
                if code == Some(Code::CookiesRefused) && !was_refused {
                    was_refused = true;
                    continue;
                }
                if code == Some(Code::OtherAccount) {
                    client.refused.try_update(|refused| *refused += 1);
                }
                break reply;
            };
            if let Some(keyed) = keyed {
                keyed.end(&reply);
            }
            Ok(json::parse(&reply?)?)
        })
    }

    /// Whether the browser says that it keeps cookies. One that says so may refuse the host's.
    pub fn keeps_cookies(&self) -> bool {
        match &self.host {
            // web-sys has no name for it.
            Host::Http => json::member(&window().navigator(), "cookieEnabled") != JsValue::FALSE,
            #[cfg(feature = "mock")]
            Host::Mock(_) => behavior(|behavior| behavior.network != Network::NoCookies),
        }
    }

    /// Leaves for TikTok's authorize page.
    pub fn leave_to(&self, authorize_url: &str) {
        match &self.host {
            Host::Http => {
                if let Some(window) = web_sys::window() {
                    // It refuses only what is no address.
                    let _ = window.location().assign(authorize_url);
                }
            }
            #[cfg(feature = "mock")]
            Host::Mock(mock) => mock.open(authorize_url),
        }
    }

    /// A window for TikTok's log-out page, which doesn't redirect and can't be framed. It is opened
    /// empty while the press of the button is handled, or the browser would block it. The mock needs
    /// none.
    pub fn window_for_log_out(&self) -> Option<web_sys::Window> {
        match &self.host {
            Host::Http => {
                let features = "popup,width=480,height=640";
                let window = web_sys::window()?
                    .open_with_url_and_target_and_features("", "tiktok-log-out", features)
                    .ok()
                    .flatten()?;
                // By it TikTok's page could lead this one elsewhere. Whether the window is closed
                // is seen without it.
                let _ = window.set_opener(&JsValue::NULL);
                Some(window)
            }
            #[cfg(feature = "mock")]
            Host::Mock(_) => None,
        }
    }

    /// Ends TikTok's session in this browser. Whether that takes until the window is closed.
    pub fn log_out_of_tiktok(&self, window: Option<&web_sys::Window>, log_out_url: &str) -> bool {
        match &self.host {
            Host::Http => {
                if let Some(window) = window {
                    // It refuses only what is no address.
                    let _ = window.location().assign(log_out_url);
                }
                true
            }
            #[cfg(feature = "mock")]
            Host::Mock(mock) => {
                mock.log_out(log_out_url);
                false
            }
        }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

/// The client that the app provides.
pub fn use_client() -> Client {
    // Every component stands below the app, which provides it.
    use_context::<Client>().unwrap_or_default()
}
