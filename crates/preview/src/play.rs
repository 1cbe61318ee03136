//! Plays a script in the page: finds each element as a person would, waits until it is there, and
//! says which step couldn't be done.

use super::idle::{LOOK, PATIENCE, until_idle};
use super::record::{self, Recorder};
use super::script::Step;
use super::step_text;
use super::tool_text::tool;
use super::user_event::{at_tiktok, code_in, control, dispatch, fill, focus, leave, pressable};
use super::{address, message_keys};
use contract::problem::Problem;
use domain::input::FieldFault;
use leptos::prelude::*;
use portal::client::{StoredMock, TikTokAnswer, behavior, problem};
use portal::timer::pause;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit};

pub struct Player {
    /// Told of what was done, where it is to be kept.
    pub recorder: Option<Recorder>,
}

impl Player {
    /// Plays them in their order.
    ///
    /// # Errors
    ///
    /// The step that couldn't be done, and why.
    pub async fn play(&self, steps: &[Step]) -> Result<(), String> {
        record::set_playing(true);
        let played = self.play_all(steps).await;
        record::set_playing(false);
        played
    }

    async fn play_all(&self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            do_step(step)
                .await
                .map_err(|why| format!("{}: {why}", step_text::of(step)))?;
            if let Some(recorder) = self.recorder {
                recorder.push(step.clone());
            }
            until_idle().await;
        }
        Ok(())
    }
}

async fn do_step(step: &Step) -> Result<(), String> {
    match step {
        Step::Go(path) => go(path),
        Step::Press(name) => {
            let target = wait(|| pressable(name), tool::play_absent).await?;
            focus(&target);
            target.click();
            Ok(())
        }
        Step::Fill { field, text } => {
            let control = wait(|| control(field), tool::play_no_field).await?;
            fill(&control, text);
            Ok(())
        }
        Step::FillCode(field) => {
            let control = wait(|| control(field), tool::play_no_field).await?;
            let letters = StoredMock::default().letters().await;
            let code = letters.iter().find_map(|letter| code_in(&letter.text));
            fill(&control, &code.ok_or_else(tool::play_no_code)?);
            Ok(())
        }
        Step::Choose { field, value } => choose(field, value).await,
        Step::Check { field, on } => {
            let control = wait(|| control(field), tool::play_no_field).await?;
            let tick: HtmlInputElement = control.dyn_into().map_err(|_| tool::play_no_field())?;
            focus(&tick);
            if tick.checked() != *on {
                tick.click();
            }
            Ok(())
        }
        Step::TikTok { to, with } => {
            let done = || at_tiktok(to, with);
            wait(done, tool::play_not_at_tiktok).await
        }
        Step::Answer { tiktok, username } => {
            let answer = match tiktok {
                Some(name) => Some(TikTokAnswer::parse(name).ok_or_else(tool::play_no_answer)?),
                None => None,
            };
            behavior(|behavior| {
                behavior.answer = answer;
                if let Some(username) = username {
                    behavior.username.clone_from(username);
                }
            });
            Ok(())
        }
        Step::Advance(minutes) => {
            advance(*minutes);
            Ok(())
        }
        Step::Network(network) => {
            behavior(|behavior| behavior.network = *network);
            Ok(())
        }
        Step::Behave {
            latency_ms,
            failures,
        } => {
            behavior(|behavior| {
                behavior.latency_ms = *latency_ms;
                behavior.failures = *failures;
            });
            Ok(())
        }
        Step::Refuse(code) => {
            behavior(|behavior| behavior.refuse = Some(problem(*code)));
            Ok(())
        }
        Step::RefuseField { field, fault } => {
            let fault = FieldFault {
                field: *field,
                fault: fault.clone(),
            };
            behavior(|behavior| behavior.refuse = Some(Problem::fields(vec![fault])));
            Ok(())
        }
        Step::See(key) => {
            let sentence = message_keys::sentence(key).ok_or_else(tool::play_no_key)?;
            let seen = || {
                let mut worded = message_keys::worded().into_iter();
                worded
                    .any(|(element, own)| {
                        message_keys::is_said(&sentence, &own)
                            || message_keys::is_said(&sentence, &message_keys::words_of(&element))
                    })
                    .then_some(())
            };
            wait(seen, tool::play_unseen).await
        }
    }
}

/// Sets the clock of this page ahead, and with it the mock's.
fn advance(minutes: u64) {
    let advance = portal::json::member(&js_sys::global(), "portalAdvance");
    if let Ok(advance) = advance.dyn_into::<js_sys::Function>() {
        #[expect(clippy::cast_precision_loss, reason = "no clock is set ahead that far")]
        let milliseconds = JsValue::from_f64((minutes * 60_000) as f64);
        // It adds two numbers.
        let _ = advance.call1(&JsValue::UNDEFINED, &milliseconds);
    }
}

/// Opens a path as a link would.
fn go(path: &str) -> Result<(), String> {
    let body = document().body().ok_or_else(tool::play_absent)?;
    let link = document()
        .create_element("a")
        .map_err(|_| tool::play_absent())?;
    let address = address::address(path);
    // Neither is refused.
    let _ = link.set_attribute("href", &address);
    let _ = body.append_child(&link);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    link.remove();
    Ok(())
}

/// Looks until it is there.
async fn wait<T>(look: impl Fn() -> Option<T>, why: fn() -> String) -> Result<T, String> {
    for _ in 0..PATIENCE {
        if let Some(found) = look() {
            return Ok(found);
        }
        pause(LOOK).await;
    }
    Err(why())
}

async fn choose(field: &str, value: &str) -> Result<(), String> {
    let card = format!("input[type=radio][name=\"{field}\"][value=\"{value}\"]");
    let found = || {
        let card = document().query_selector(&card).ok().flatten();
        card.and_then(|card| card.dyn_into::<HtmlElement>().ok())
            .or_else(|| control(field))
    };
    let control = wait(found, tool::play_no_choice).await?;
    focus(&control);
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
        dispatch(&control, "change");
    } else if control.get_attribute("role").as_deref() == Some("combobox") {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        }
        dispatch(&control, "input");
        let options = KeyboardEventInit::new();
        options.set_bubbles(true);
        options.set_key("Enter");
        if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options) {
            // It refuses only an event that is under way.
            let _ = control.dispatch_event(&event);
        }
    } else {
        control.click();
    }
    leave(&control);
    Ok(())
}
