//! The pages "Logged out" and, for a log-in that no app asked for, "Logged in".

use super::{Page, Scene, escape};
use crate::account::Profile;
use bytes::Bytes;
use http::Response;

/// "Logged out". Opened by a script, its window closes by itself.
pub(crate) fn page(scene: &Scene<'_>) -> Response<Bytes> {
    let words = scene.words;
    let body = format!("<p>{}</p>\n", words.logged_out);
    scene.page(&Page {
        closes: true,
        ..Page::new("logged-out", words.logged_out_title, body)
    })
}

/// "Logged in", with a way out.
pub(crate) fn logged_in(scene: &Scene<'_>, account: &Profile) -> Response<Bytes> {
    let words = scene.words;
    let body = format!(
        "<p>{logged_in_as} <strong>{display_name}</strong> <span class=\"handle\">@{username}</span></p>\n\
         {form}<button type=\"submit\">{log_out}</button>\n</form>\n",
        logged_in_as = words.logged_in_as,
        display_name = escape(&account.display_name),
        username = escape(&account.username),
        form = scene.form("/logout"),
        log_out = words.log_out,
    );
    scene.page(&Page {
        language_link: Some("/login"),
        ..Page::new("logged-in", words.logged_in_title, body)
    })
}
