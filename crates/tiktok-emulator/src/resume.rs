//! The page at which an authorization stands, for a browser that begins it or comes back to it.

use crate::call::Call;
use crate::pages::problem::Problem;
use crate::pages::{self, Scene};
use crate::session::Browser;
use bytes::Bytes;
use http::Response;

/// The log-in page, the consent page, or why the authorization can't go on. Without an
/// authorization: the log-in page, or who is logged in.
pub(crate) fn resume(
    call: &Call<'_>,
    browser: &Browser,
    authorization: Option<&str>,
    notice: Option<&str>,
) -> Response<Bytes> {
    let pending = authorization.and_then(|id| Some((id, call.world.pending.get(id)?)));
    let csrf = browser.csrf();
    let scene = Scene {
        config: call.config,
        words: browser.words,
        csrf: &csrf,
        authorization: pending,
    };
    if authorization.is_some() && pending.is_none_or(|(_, pending)| pending.answer.is_some()) {
        return pages::problem::page(&scene, &Problem::Ended);
    }
    let account = browser
        .username(call)
        .and_then(|username| call.profile(&username));
    match (account, scene.app()) {
        (None, _) => {
            let typed = pages::log_in::Typed {
                notice,
                ..pages::log_in::Typed::default()
            };
            pages::log_in::page(&scene, &typed)
        }
        (Some(account), None) => pages::log_out::logged_in(&scene, &account),
        (Some(account), Some(app)) if app.admits(&account.username) => {
            pages::consent::page(&scene, &account, notice)
        }
        (Some(account), Some(_)) => {
            let problem = Problem::NotATester {
                account: &account.username,
            };
            pages::problem::page(&scene, &problem)
        }
    }
}
