//! What answers an address of the app: a page that can be used before the app is there, where the
//! address has one, and else the app's; with who is there.

use crate::host::Host;
use crate::{cookie, language};
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use contract::authorization::{AuthorizationStatus, GetAuthorization, LastAuthorization, Purpose};
use contract::route::Route;
use contract::session::{GetSession, Session};
use contract::sign_up::{CodePurpose, GetSignUp, PendingCode};
use contract::{UseCase, table};
use domain::region::Language;
use domain::rollout::Availability;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::env::Caller;
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

/// Answers an address of the app. Where a page names somebody, no browser keeps it; what is kept names
/// nobody, for whoever sits there next.
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
    let session: Option<Session> = known.reply.as_deref().ok().and_then(read);
    let entry = match &session {
        Some(session) => entry_page(host, asked.uri.path(), query, session, &caller).await,
        None => None,
    };
    let (page, said) = entry.unzip();
    let page = page.and_then(|path| {
        let language = language::wanted(query, headers);
        let session = session.as_ref()?;
        host.assets.entry_page(&path, &variant(language, session))
    });
    let mut told = session.as_ref().map(told).unwrap_or_default();
    let mut answer = match (page, said.flatten(), host.assets.page()) {
        (Some(page), Some(said), _) => {
            told.push_str(&data(
                &format!("data-answers=\"{}\"", said.by),
                &said.answer,
            ));
            page.answer_to(&said.words, &told, headers)
        }
        (Some(page), None, _) | (None, _, Some(page)) => page.answer(&told, headers),
        (None, _, None) => return (StatusCode::NOT_FOUND, "Not found\n").into_response(),
    };
    cookie::set(answer.headers_mut(), &known.cookies);
    answer
}

/// What an entry page says of whoever asks for it.
struct Said {
    /// The path of the use case by which the app would ask.
    by: String,
    /// What it answers, in JSON.
    answer: String,
    /// Texts, by what stands for them in the page: see `crates/xtask/node/entry.mjs`.
    words: Vec<(&'static str, String)>,
}

/// The path of the entry page that an address may have for someone, with what it says of them: a guest
/// who comes without a path is led to their home, and a member is led on from any page but the callback.
/// Where nothing waits for whom it is about, a page has none.
async fn entry_page(
    host: &Host,
    path: &str,
    query: &str,
    session: &Session,
    caller: &Caller,
) -> Option<(String, Option<Said>)> {
    let mut route = Route::parse(path, query)?;
    if route == Route::Home {
        route = session.home.clone();
    }
    let is_for_all = matches!(route, Route::TikTokCallback { .. });
    if !is_for_all && session.member.is_some() {
        return None;
    }
    let said = if route == Route::VerifyEmail {
        Some(said_of_code(ask(host, &GetSignUp {}, caller).await?)?)
    } else if route == Route::ChooseAccount {
        Some(said_of_fork(
            ask(host, &GetAuthorization {}, caller).await?,
        )?)
    } else {
        None
    };
    let path = route.path();
    let path = path.split('?').next().unwrap_or_default();
    Some((path.to_owned(), said))
}

/// What a use case answers, as it is sent and as it is read.
async fn ask<R>(host: &Host, request: &R, caller: &Caller) -> Option<(String, R::Reply)>
where
    R: UseCase + Serialize,
    R::Reply: DeserializeOwned,
{
    let request = serde_json::to_vec(request).ok()?;
    let reply = host.portal.answer(R::NAME, &request, caller).await;
    let reply = reply.reply.ok()?;
    let read = read(&reply)?;
    Some((String::from_utf8(reply).ok()?, read))
}

fn read<T: DeserializeOwned>(reply: &[u8]) -> Option<T> {
    serde_json::from_slice(reply).ok()
}

/// Of an address that waits for its code.
fn said_of_code((answer, waiting): (String, PendingCode)) -> Option<Said> {
    let sent = waiting.sent?;
    // The page that is drawn leads back to the sign-up.
    if sent.purpose != CodePurpose::SignUp {
        return None;
    }
    Some(Said {
        by: table::path(GetSignUp::NAME),
        answer,
        words: vec![("email", sent.email)],
    })
}

/// Of a TikTok account that is new here, and waits for the choice.
fn said_of_fork((answer, last): (String, LastAuthorization)) -> Option<Said> {
    let (Some(Purpose::LogIn), AuthorizationStatus::Proved { profile, .. }) =
        (last.purpose, last.status)
    else {
        return None;
    };
    let username = profile.username.map(|username| format!("@{username}"));
    Some(Said {
        by: table::path(GetAuthorization::NAME),
        answer,
        words: vec![
            ("display_name", profile.display_name),
            ("username", username.unwrap_or_default()),
        ],
    })
}

/// Who is there, as `src/boot.rs` and `public/boot.js` read it: all that is known of a guest, and of a
/// member that somebody is.
fn told(session: &Session) -> String {
    if session.member.is_some() {
        return "<template id=\"member\"></template>".to_owned();
    }
    let json = serde_json::to_string(session).unwrap_or_default();
    data("id=\"session\"", &json)
}

/// JSON in a page, in an element with an attribute.
fn data(attribute: &str, json: &str) -> String {
    // Nothing in it ends the element.
    let json = json.replace('<', "\\u003c");
    format!("<script type=\"application/json\" {attribute}>{json}</script>")
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
