//! Create an account.

use crate::account::{CreatedAccount, normal_username, password_digest};
use crate::call::Call;
use crate::form::Form;
use crate::pages::problem::Problem;
use crate::pages::sign_up::{self, Typed};
use crate::pages::{self, Scene};
use crate::resume::resume;
use crate::session::Browser;
use crate::words::Words;
use bytes::Bytes;
use http::Response;

/// `GET /signup`, and `POST /signup` with faults.
pub(crate) fn show(
    call: &Call<'_>,
    browser: &Browser,
    authorization: Option<&str>,
    typed: &Typed<'_>,
) -> Response<Bytes> {
    let csrf = browser.csrf();
    let pending = authorization.and_then(|id| Some((id, call.world.pending.get(id)?)));
    let scene = Scene {
        config: call.config,
        words: browser.words,
        csrf: &csrf,
        authorization: pending,
    };
    if authorization.is_some() && pending.is_none_or(|(_, pending)| pending.answer.is_some()) {
        return pages::problem::page(&scene, &Problem::Ended);
    }
    sign_up::page(&scene, typed)
}

/// `POST /signup`, from a page of this browser's: the account is there and logged in, or all that
/// is wrong is said at once.
pub(crate) fn sign_up(call: &mut Call<'_>, browser: &mut Browser, form: &Form) -> Response<Bytes> {
    let username = normal_username(form.text("username"));
    let display_name = form.text("display_name").trim();
    let password = form.text("password");
    let authorization = form.get("authorization");
    let typed = Typed {
        username: &username,
        display_name,
        username_fault: username_fault(call, &username, browser.words),
        display_name_fault: (!is_display_name(display_name))
            .then_some(browser.words.display_name_rule),
        password_fault: (!(8..=128).contains(&password.chars().count()))
            .then_some(browser.words.password_rule),
        notice: None,
    };
    if typed.is_faulty() {
        return show(call, browser, authorization, &typed);
    }
    let salt = call.secret();
    let account = CreatedAccount {
        display_name: display_name.to_owned(),
        password_digest: password_digest(&salt, password),
        salt,
    };
    call.world.accounts.insert(username.clone(), account);
    browser.log_in(call, &username);
    resume(call, browser, authorization, None)
}

fn username_fault(call: &Call<'_>, username: &str, words: &'static Words) -> Option<&'static str> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let is_username = (2..=24).contains(&username.len())
        && username.bytes().all(is_allowed)
        && !username.ends_with('.');
    if !is_username {
        Some(words.username_rule)
    } else if call.profile(username).is_some() {
        Some(words.username_taken)
    } else {
        None
    }
}

fn is_display_name(text: &str) -> bool {
    (1..=30).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}
