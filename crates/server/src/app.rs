//! What answers an address of the app: a page that can be used before the app is there, where the
//! address has one, and else the app's; with who is there.

use crate::host::Host;
use crate::{cookie, language};
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use contract::UseCase as _;
use contract::route::Route;
use contract::session::{GetSession, Session};
use domain::region::Language;
use domain::rollout::Availability;
use std::net::SocketAddr;

/// The name of the variant of an entry page: see `crates/xtask/node/entry.mjs`.
fn variant(language: Language, session: &Session) -> String {
    let mut name = language.tag().to_owned();
    if session.demonstration {
        name.push_str("-demonstration");
    }
    match session.tiktok {
        Availability::Available => {}
        Availability::OutsideMarket | Availability::NotYet => name.push_str("-gated"),
    }
    name
}

/// Answers an address of the app. Nobody's name stands in a page: it stays in the browser's cache, for
/// whoever sits there next.
pub(crate) async fn answer(host: &Host, asked: &Parts) -> Response {
    let headers = &asked.headers;
    let peer = asked.extensions.get::<ConnectInfo<SocketAddr>>();
    let caller = host.trusted.caller(headers, peer.map(|peer| peer.0));
    let query = asked.uri.query().unwrap_or_default();
    // The page's address doesn't tell what a guest chose: the app asks again where that counts.
    let known = host
        .portal
        .answer(GetSession::NAME, br#"{"region":null}"#, &caller)
        .await;
    let session: Option<Session> = known
        .reply
        .ok()
        .and_then(|reply| serde_json::from_slice(&reply).ok());
    let entry = session.as_ref().and_then(|session| {
        let path = entry_of(asked.uri.path(), query, session)?;
        let language = language::wanted(query, headers);
        host.assets.entry_page(&path, &variant(language, session))
    });
    let Some(page) = entry.or_else(|| host.assets.page()) else {
        return (StatusCode::NOT_FOUND, "Not found\n").into_response();
    };
    let guest = session.filter(|session| session.member.is_none());
    let mut answer = page.answer(&guest.as_ref().map(told).unwrap_or_default(), headers);
    cookie::set(answer.headers_mut(), &known.cookies);
    answer
}

/// The path of the entry page that an address may have for someone: a guest who comes without a path
/// is led to their home, and a member is led on from any page but the callback.
fn entry_of(path: &str, query: &str, session: &Session) -> Option<String> {
    let mut route = Route::parse(path, query)?;
    if route == Route::Home {
        route = session.home.clone();
    }
    let is_for_all = matches!(route, Route::TikTokCallback { .. });
    let path = route.path();
    let path = path.split('?').next().unwrap_or_default();
    (is_for_all || session.member.is_none()).then(|| path.to_owned())
}

/// What is known of a guest, as the app reads it (`src/boot.rs`).
fn told(session: &Session) -> String {
    let json = serde_json::to_string(session).unwrap_or_default();
    // Nothing in it ends the element.
    let json = json.replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"session\">{json}</script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_end_the_element_that_it_stands_in() {
        let session = Session {
            member: None,
            home: Route::TikTokCallback {
                query: "</script><script>".to_owned(),
            },
            tiktok: Availability::Available,
            region: None,
            demonstration: false,
        };
        assert_eq!(told(&session).matches('<').count(), 2);
    }
}
