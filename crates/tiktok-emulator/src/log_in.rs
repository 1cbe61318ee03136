//! Log in, switch the account, log out.

use crate::call::Call;
use crate::form::Form;
use crate::pages::{self, Scene};
use crate::resume::resume;
use crate::session::Browser;
use bytes::Bytes;
use http::{HeaderMap, Response};

/// `POST /login`, from a page of this browser's.
pub(crate) fn log_in(call: &mut Call<'_>, browser: &mut Browser, form: &Form) -> Response<Bytes> {
    let username = form.text("username");
    if let Some(profile) = call.authenticate(username, form.text("password")) {
        browser.log_in(call, &profile.username);
        return resume(call, browser, form.get("authorization"), None);
    }
    let csrf = browser.csrf();
    let scene = Scene {
        config: call.config,
        words: browser.words,
        csrf: &csrf,
        authorization: form
            .get("authorization")
            .and_then(|id| Some((id, call.world.pending.get(id)?))),
    };
    let typed = pages::log_in::Typed {
        username,
        is_wrong: true,
        notice: None,
    };
    pages::log_in::page(&scene, &typed)
}

/// `POST /switch`, from a page of this browser's: log out here, and choose another account for the
/// same authorization.
pub(crate) fn switch(call: &mut Call<'_>, browser: &mut Browser, form: &Form) -> Response<Bytes> {
    browser.log_out(call);
    resume(call, browser, form.get("authorization"), None)
}

/// `/logout`. As TikTok's, it needs no more than a GET: the worst that a stranger's link can do is
/// what it says.
pub(crate) fn log_out(call: &mut Call<'_>, headers: &HeaderMap, query: &Form) -> Response<Bytes> {
    let browser = Browser::enter(call, headers, query);
    let scene = Scene {
        config: call.config,
        words: browser.words,
        csrf: "",
        authorization: None,
    };
    let page = pages::log_out::page(&scene);
    browser.end(call, page)
}
