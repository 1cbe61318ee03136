//! The page "Create a TikTok account". It sends `POST /signup`.

use super::{Input, Page, Scene, alert};
use bytes::Bytes;
use http::{Response, StatusCode};

/// What was typed, and what is wrong with it, field by field.
#[derive(Default)]
pub(crate) struct Typed<'a> {
    pub(crate) username: &'a str,
    pub(crate) display_name: &'a str,
    pub(crate) username_fault: Option<&'a str>,
    pub(crate) display_name_fault: Option<&'a str>,
    pub(crate) password_fault: Option<&'a str>,
    /// Said before all else.
    pub(crate) notice: Option<&'a str>,
}

impl Typed<'_> {
    /// Whether anything is wrong.
    pub(crate) fn is_faulty(&self) -> bool {
        self.username_fault.is_some()
            || self.display_name_fault.is_some()
            || self.password_fault.is_some()
    }
}

pub(crate) fn page(scene: &Scene<'_>, typed: &Typed<'_>) -> Response<Bytes> {
    let words = scene.words;
    let inputs = [
        Input {
            name: "username",
            label: words.username,
            kind: "text",
            autocomplete: "username",
            value: typed.username,
            rule: words.username_rule,
            fault: typed.username_fault,
        },
        Input {
            name: "display_name",
            label: words.display_name,
            kind: "text",
            autocomplete: "nickname",
            value: typed.display_name,
            rule: words.display_name_rule,
            fault: typed.display_name_fault,
        },
        Input {
            name: "password",
            label: words.password,
            kind: "password",
            autocomplete: "new-password",
            value: "",
            rule: words.password_rule,
            fault: typed.password_fault,
        },
    ];
    let inputs: String = inputs.iter().map(Input::html).collect();
    let summary = typed.is_faulty().then_some(words.correct_fields);
    let body = format!(
        "<p>{no_real_password}</p>\n\
         {alert}{form}{inputs}\
         <button type=\"submit\" class=\"primary\">{sign_up}</button>\n\
         </form>\n\
         <p><a href=\"{log_in}\">{have_account}</a></p>\n",
        no_real_password = words.no_real_password,
        alert = alert(summary.or(typed.notice)),
        form = scene.form("/signup"),
        sign_up = words.sign_up,
        log_in = scene.link("/login"),
        have_account = words.have_account,
    );
    scene.page(&Page {
        status: if typed.is_faulty() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        },
        language_link: Some("/signup"),
        ..Page::new("sign-up", words.sign_up_title, body)
    })
}
