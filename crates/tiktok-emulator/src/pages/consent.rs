//! The page "Authorize": who asks, for what, and as whom. It sends `POST /consent` and
//! `POST /switch`.

use super::{Page, Scene, alert, escape, fill, hidden};
use crate::account::{Profile, avatar_url};
use crate::rehearsal::Rehearsal;
use crate::scope::Scope;
use crate::words::Words;
use bytes::Bytes;
use http::Response;

/// The page for an account that is logged in.
pub(crate) fn page(scene: &Scene<'_>, account: &Profile, notice: Option<&str>) -> Response<Bytes> {
    let words = scene.words;
    let app = scene.app().map(|app| app.name.as_str()).unwrap_or_default();
    let asked = scene
        .authorization
        .map(|(_, pending)| pending.scopes.as_slice())
        .unwrap_or_default();
    let scopes: String = asked.iter().map(|scope| row(*scope, words)).collect();
    let body = format!(
        "<p class=\"lead\">{wants_access}</p>\n\
         {alert}\
         <section class=\"account\">\n\
         <img class=\"avatar\" alt=\"\" src=\"{avatar}\">\n\
         <p>{logged_in_as} <strong>{display_name}</strong> <span class=\"handle\">@{username}</span></p>\n\
         {switch}<button type=\"submit\">{switch_account}</button>\n</form>\n\
         </section>\n\
         {form}{as_whom}\
         <fieldset>\n<legend>{this_will_allow}</legend>\n{scopes}</fieldset>\n\
         {rehearsals}\
         <div class=\"buttons\">\n\
         <button type=\"submit\" class=\"primary\" name=\"decision\" value=\"authorize\">{authorize}</button>\n\
         <button type=\"submit\" name=\"decision\" value=\"cancel\">{cancel}</button>\n\
         </div>\n\
         </form>\n",
        wants_access = fill(words.wants_access, "{app}", app),
        alert = alert(notice),
        avatar = escape(&avatar_url(&account.username)),
        logged_in_as = words.logged_in_as,
        display_name = escape(&account.display_name),
        username = escape(&account.username),
        switch = scene.form("/switch"),
        switch_account = words.switch_account,
        form = scene.form("/consent"),
        as_whom = hidden("account", &account.username),
        this_will_allow = fill(words.this_will_allow, "{app}", app),
        rehearsals = rehearsals(words),
        authorize = words.authorize,
        cancel = words.cancel,
    );
    scene.page(&Page {
        language_link: Some("/consent"),
        ..Page::new("consent", words.consent_title, body)
    })
}

fn row(scope: Scope, words: &Words) -> String {
    let (id, sentence) = match scope {
        Scope::UserInfoBasic => ("scope-basic", words.basic_scope),
        Scope::UserInfoProfile => ("scope-profile", words.profile_scope),
        Scope::UserInfoStats => ("scope-stats", words.stats_scope),
        Scope::VideoList => ("scope-list", words.list_scope),
        Scope::VideoUpload => ("scope-upload", words.upload_scope),
        Scope::VideoPublish => ("scope-publish", words.publish_scope),
    };
    if scope.is_toggleable() {
        format!(
            "<div class=\"scope\">\n\
             <label for=\"{id}\">{sentence}</label>\n\
             <input type=\"checkbox\" role=\"switch\" id=\"{id}\" name=\"scope\" value=\"{scope}\" checked>\n\
             </div>\n",
            scope = scope.as_str(),
        )
    } else {
        format!(
            "<div class=\"scope\"><span>{sentence}</span> <small>{}</small></div>\n",
            words.basic_required
        )
    }
}

fn rehearsals(words: &Words) -> String {
    let option = |rehearsal: Rehearsal| {
        let sentence = sentence(rehearsal, words);
        format!(
            "<option value=\"{}\">{sentence}</option>\n",
            rehearsal.as_str()
        )
    };
    let options = Rehearsal::ALL.map(option).concat();
    format!(
        "<details>\n\
         <summary>{summary}</summary>\n\
         <div class=\"field\">\n\
         <label for=\"rehearse\">{label}</label>\n\
         <select id=\"rehearse\" name=\"rehearse\">\n\
         <option value=\"\" selected>{as_chosen}</option>\n\
         {options}\
         </select>\n\
         </div>\n\
         </details>\n",
        summary = words.rehearse,
        label = words.rehearse_label,
        as_chosen = words.as_chosen,
    )
}

fn sentence(rehearsal: Rehearsal, words: &Words) -> String {
    let sentence = match rehearsal {
        Rehearsal::ExpiredCode => words.expired_code,
        Rehearsal::TokenFails => words.token_fails,
        Rehearsal::TokenInvalid => words.token_invalid,
        Rehearsal::UserInfoLimited => words.user_info_limited,
        Rehearsal::UserInfoFails => words.user_info_fails,
        Rehearsal::RemovedLater => words.removed_later,
        Rehearsal::ScopeRemovedLater => words.scope_removed_later,
        Rehearsal::NeverBack => words.never_back,
        Rehearsal::InvalidRequest
        | Rehearsal::InvalidClient
        | Rehearsal::InvalidGrant
        | Rehearsal::InvalidScope
        | Rehearsal::UnauthorizedClient
        | Rehearsal::UnsupportedGrantType
        | Rehearsal::UnsupportedResponseType
        | Rehearsal::ServerError
        | Rehearsal::TemporarilyUnavailable => words.comes_back_with,
    };
    fill(sentence, "{error}", rehearsal.as_str())
}
