//! The end of an authorization: what the user decided, as a redirect to the app.

use crate::answer::see_other;
use crate::call::Call;
use crate::form::Form;
use crate::pages::problem::Problem;
use crate::pages::{self, Scene};
use crate::redirect::{refusal, with_query};
use crate::rehearsal::Rehearsal;
use crate::resume::resume;
use crate::scope::{self, Scope};
use crate::session::Browser;
use crate::world::{Answer, Code, Pending};
use bytes::Bytes;
use http::Response;

/// `POST /consent`, from a page of this browser's.
pub(crate) fn decide(call: &mut Call<'_>, browser: &Browser, form: &Form) -> Response<Bytes> {
    let id = form.text("authorization");
    let Some(pending) = call.world.pending.get(id).cloned() else {
        return resume(call, browser, Some(id), None);
    };
    if let Some(answer) = &pending.answer {
        return repeat(call, browser, id, answer);
    }
    let out_of_date = Some(browser.words.out_of_date);
    let Some(username) = browser.username(call) else {
        return resume(call, browser, Some(id), out_of_date);
    };
    let is_tester = call
        .config
        .app(&pending.client_key)
        .is_some_and(|app| app.admits(&username));
    // Another tab may have switched the account since the page was shown.
    if !is_tester || form.text("account") != username {
        return resume(call, browser, Some(id), out_of_date);
    }
    let answer = match (form.text("decision"), form.text("rehearse")) {
        ("cancel", _) => cancel(&pending),
        ("authorize", word) => {
            let granted: Vec<_> = pending
                .scopes
                .iter()
                .copied()
                .filter(|scope| {
                    let is_on = form.all("scope").any(|word| word == scope.as_str());
                    is_on || !scope.is_toggleable()
                })
                .collect();
            let rehearsal = Rehearsal::parse(word);
            if rehearsal == Some(Rehearsal::NeverBack) {
                return never_back(call, browser);
            }
            accept(call, &pending, &username, &granted, rehearsal)
        }
        _ => return resume(call, browser, Some(id), out_of_date),
    };
    let response = see_other(&answer.location);
    if let Some(pending) = call.world.pending.get_mut(id) {
        pending.answer = Some(answer);
    }
    response
}

/// The answer to a button that was pressed twice: the same one, as long as it is of use.
fn repeat(call: &Call<'_>, browser: &Browser, id: &str, answer: &Answer) -> Response<Bytes> {
    let is_used = answer
        .code
        .as_ref()
        .and_then(|code| call.world.codes.get(code))
        .is_some_and(|code| code.grant.is_some());
    if is_used {
        resume(call, browser, Some(id), None)
    } else {
        see_other(&answer.location)
    }
}

/// The browser goes back with a code, or with the failure that is rehearsed.
pub(crate) fn accept(
    call: &mut Call<'_>,
    pending: &Pending,
    username: &str,
    granted: &[Scope],
    rehearsal: Option<Rehearsal>,
) -> Answer {
    if let Some(word) = rehearsal.and_then(Rehearsal::error_word) {
        return refuse(
            pending,
            word,
            "This failure was chosen on the consent page.",
        );
    }
    call.world.approve(&pending.client_key, username, granted);
    let code = format!("{}*0!{}.va", call.secret(), call.tail());
    let life = match rehearsal {
        Some(Rehearsal::ExpiredCode) => 0,
        Some(_) | None => call.config.lifetimes.code_s,
    };
    let scopes = scope::join(granted);
    let mut members = vec![("code", code.as_str()), ("scopes", scopes.as_str())];
    members.extend(pending.state.as_deref().map(|state| ("state", state)));
    let location = with_query(&pending.redirect_uri, &members);
    let kept = Code {
        client_key: pending.client_key.clone(),
        redirect_uri: pending.redirect_uri.clone(),
        challenge: pending.challenge.clone(),
        username: username.to_owned(),
        asked: pending.scopes.clone(),
        granted: granted.to_vec(),
        expires_ms: call.until(life),
        rehearsal,
        grant: None,
    };
    call.world.codes.insert(code.clone(), kept);
    Answer {
        location,
        code: Some(code),
    }
}

fn cancel(pending: &Pending) -> Answer {
    refuse(
        pending,
        "access_denied",
        "User did not authorize the scope request",
    )
}

fn refuse(pending: &Pending, word: &str, why: &str) -> Answer {
    Answer {
        location: refusal(&pending.redirect_uri, pending.state.as_deref(), word, why),
        code: None,
    }
}

fn never_back(call: &Call<'_>, browser: &Browser) -> Response<Bytes> {
    let scene = Scene {
        config: call.config,
        words: browser.words,
        csrf: "",
        authorization: None,
    };
    pages::problem::page(&scene, &Problem::Rehearsed)
}
