//! The page "Log in to TikTok". It sends `POST /login`.

use super::{Input, Page, Scene, alert, escape, fill};
use bytes::Bytes;
use http::{Response, StatusCode};

/// What was typed and what is to be said about it.
#[derive(Default)]
pub(crate) struct Typed<'a> {
    pub(crate) username: &'a str,
    /// The username and the password don't fit.
    pub(crate) is_wrong: bool,
    /// Said before all else.
    pub(crate) notice: Option<&'a str>,
}

pub(crate) fn page(scene: &Scene<'_>, typed: &Typed<'_>) -> Response<Bytes> {
    let words = scene.words;
    let why = scene
        .app()
        .map(|app| {
            let sentence = fill(words.log_in_to_continue, "{app}", &app.name);
            format!("<p>{sentence}</p>\n")
        })
        .unwrap_or_default();
    let fault = typed.is_wrong.then_some(words.wrong_password);
    let username = Input {
        name: "username",
        label: words.username,
        kind: "text",
        autocomplete: "username",
        value: typed.username,
        rule: "",
        fault: None,
    };
    let password = Input {
        name: "password",
        label: words.password,
        kind: "password",
        autocomplete: "current-password",
        value: "",
        rule: "",
        fault: None,
    };
    let body = format!(
        "{why}{alert}{form}{username}{password}\
         <button type=\"submit\" class=\"primary\">{log_in}</button>\n\
         </form>\n\
         <p><a href=\"{sign_up}\">{no_account}</a></p>\n\
         {help}",
        alert = alert(fault.or(typed.notice)),
        form = scene.form("/login"),
        username = username.html(),
        password = password.html(),
        log_in = words.log_in,
        sign_up = scene.link("/signup"),
        no_account = words.no_account,
        help = help(scene),
    );
    scene.page(&Page {
        status: if typed.is_wrong {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        },
        language_link: Some("/login"),
        ..Page::new("log-in", words.log_in_title, body)
    })
}

/// The accounts that are there from the start, where the host tells their password.
fn help(scene: &Scene<'_>) -> String {
    let (Some(password), words) = (&scene.config.hint, scene.words) else {
        return String::new();
    };
    let accounts: Vec<_> = scene
        .config
        .accounts
        .iter()
        .map(|account| format!("<code>{}</code>", escape(&account.username)))
        .collect();
    format!(
        "<aside class=\"help\">\n<p>{} {}</p>\n<p>{} <code>{}</code></p>\n</aside>\n",
        words.accounts_here,
        accounts.join(", "),
        words.password_of_all,
        escape(password),
    )
}
