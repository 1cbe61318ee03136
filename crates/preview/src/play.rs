//! Plays a script in the page: finds each element as a person would, waits until it is there, and
//! says which step couldn't be done.

use super::hands::{at_tiktok, code_in, control, fill, focus, leave, pressable, tell};
use super::record::Recorder;
use super::script::Step;
use super::wording;
use super::words::tool;
use super::{address, keys};
use contract::problem::Problem;
use core::cell::Cell;
use core::time::Duration;
use domain::input::FieldFault;
use leptos::prelude::*;
use portal::client::{Network, StoredMock, TikTokAnswer, behavior, is_waiting, problem};
use portal::timer::pause;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(10);
/// After so many looks what hasn't come won't.
const PATIENCE: u32 = 800;

thread_local! {
    /// Whether what happens on the page is a script's doing.
    static PLAYING: Cell<bool> = const { Cell::new(false) };
}

/// Whether what happens on the page is a script's doing.
pub fn is_playing() -> bool {
    PLAYING.get()
}

/// Plays steps.
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
        PLAYING.set(true);
        let played = self.play_all(steps).await;
        PLAYING.set(false);
        played
    }

    async fn play_all(&self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            do_step(step)
                .await
                .map_err(|why| format!("{}: {why}", wording::of(step)))?;
            if let Some(recorder) = self.recorder {
                recorder.push(step.clone());
            }
            settled().await;
        }
        Ok(())
    }
}

/// Until nothing is under way: no reply is waited for, and what follows from it stands there.
pub async fn settled() {
    let mut quiet = 0;
    for _ in 0..PATIENCE {
        quiet = if is_waiting() || is_busy() {
            0
        } else {
            quiet + 1
        };
        if quiet > 3 {
            break;
        }
        pause(LOOK).await;
    }
}

/// As [`settled`], and what was typed is kept by the host, where it is at all.
pub async fn settled_and_saved() {
    settled().await;
    let saving = keys::sentence("campaign_saving").unwrap_or_default();
    for _ in 0..PATIENCE {
        let is_fine = behavior(|behavior| behavior.network == Network::Fine);
        let is_saving = keys::worded().iter().any(|(_, words)| *words == saving);
        if !(is_fine && is_saving) {
            break;
        }
        pause(LOOK).await;
    }
    settled().await;
}

fn is_busy() -> bool {
    let network = behavior(|behavior| behavior.network);
    let loads = document().get_element_by_id("loading").is_some();
    let busy = document().query_selector("[aria-busy=true]");
    (loads || matches!(busy, Ok(Some(_)))) && network == Network::Fine
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
            let sentence = keys::sentence(key).ok_or_else(tool::play_no_key)?;
            let seen = || {
                let mut worded = keys::worded().into_iter();
                worded
                    .any(|(element, own)| {
                        keys::is_said(&sentence, &own)
                            || keys::is_said(&sentence, &keys::words_of(&element))
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
        tell(&control, "change");
    } else if control.get_attribute("role").as_deref() == Some("combobox") {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        }
        tell(&control, "input");
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
