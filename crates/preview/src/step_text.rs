//! The steps of a script in words, for those who read a recording.

use super::message_keys;
use super::script::Step;
use super::tool_text::tool;
use contract::problem::Problem;
use core::fmt::Display;
use domain::input::Field;
use portal::client::{Network, TikTokAnswer};
use portal::json;
use portal::text;
use std::collections::BTreeMap;

/// A step in words.
pub fn of(step: &Step) -> String {
    match step {
        Step::Go(path) => filled(&tool::step_go(), &[path]),
        Step::Press(_) if *step == Step::send() => tool::step_send(),
        Step::Press(name) => filled(&tool::step_press(), &[&pressed(name)]),
        Step::Fill { field, text } => filled(&tool::step_fill(), &[&label(field), text]),
        Step::FillCode(field) => filled(&tool::step_fill_code(), &[&label(field)]),
        Step::Choose { field, value } => filled(&tool::step_choose(), &[&label(field), value]),
        Step::Check { field, on: true } => filled(&tool::step_tick(), &[&label(field)]),
        Step::Check { field, on: false } => filled(&tool::step_untick(), &[&label(field)]),
        Step::TikTok { to, with } => at_tiktok(to, with),
        Step::Answer { tiktok, username } => answer(tiktok.as_deref(), username.as_deref()),
        Step::Advance(minutes) => filled(&tool::step_advance(), &[minutes]),
        Step::Network(network) => called(&tool::network(), network_words(*network)),
        Step::Behave {
            latency_ms,
            failures,
        } => {
            let latency = filled(&tool::milliseconds(), &[latency_ms]);
            let rate = filled(&tool::percent(), &[failures]);
            let rate = called(&tool::failures(), rate);
            format!("{}; {rate}", called(&tool::latency(), latency))
        }
        Step::Refuse(code) => called(&tool::refusal(), text::problem(&Problem::new(*code))),
        Step::RefuseField { field, fault } => {
            let fault = called(&text::label(*field), text::fault(*field, fault));
            called(&tool::refusal(), fault)
        }
        Step::See(key) => filled(&tool::step_see(), &[&words(key)]),
    }
}

/// How the network behaves, in words.
pub fn network_words(network: Network) -> String {
    match network {
        Network::Fine => tool::network_fine(),
        Network::Offline => tool::network_offline(),
        Network::Silent => tool::network_silent(),
        Network::NoCookies => tool::network_no_cookies(),
    }
}

/// What an answer of TikTok's is called.
pub fn answer_words(answer: TikTokAnswer) -> String {
    match answer {
        TikTokAnswer::Authorize => tool::answer_authorize(),
        TikTokAnswer::Cancel => tool::answer_cancel(),
        TikTokAnswer::Deny => tool::answer_deny(),
        TikTokAnswer::Leave => tool::answer_leave(),
        TikTokAnswer::Rehearse(rehearsal) => {
            tool::answer_rehearse().replace("{}", &rehearsal.as_str().replace('_', " "))
        }
    }
}

/// A sentence with values in the places of its `{}`, in their order.
fn filled(sentence: &str, values: &[&dyn Display]) -> String {
    let mut parts = sentence.split("{}");
    let first = parts.next().unwrap_or_default().to_owned();
    parts
        .zip(values)
        .fold(first, |text, (part, value)| format!("{text}{value}{part}"))
}

fn called(name: &str, value: impl Display) -> String {
    format!("{name}: {value}")
}

/// What is pressed, see [`Step::Press`].
fn pressed(name: &str) -> String {
    let (name, number) = match name.rsplit_once('#') {
        Some((name, number)) => (name, format!(" #{number}")),
        None => (name, String::new()),
    };
    let words = name
        .strip_prefix('=')
        .map_or_else(|| words(name), str::to_owned);
    words + &number
}

/// The sentence of a key, with dots where its arguments stand; the key where there is none.
fn words(key: &str) -> String {
    let Some(sentence) = message_keys::sentence(key) else {
        return key.to_owned();
    };
    let mut parts = sentence.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.split_once('}').map_or(part, |(_, after)| after);
        format!("{text}…{after}")
    })
}

/// What a field is called.
fn label(name: &str) -> String {
    json::choice::<Field>(name).map_or_else(|| name.to_owned(), text::label)
}

fn at_tiktok(to: &str, with: &BTreeMap<String, String>) -> String {
    let page = to.trim_start_matches('/');
    let with: Vec<_> = with
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let there = called(&tool::at_tiktok(), page);
    if with.is_empty() {
        there
    } else {
        format!("{there} ({})", with.join(", "))
    }
}

fn answer(tiktok: Option<&str>, username: Option<&str>) -> String {
    let answer = match tiktok {
        Some(name) => TikTokAnswer::parse(name).map_or_else(|| name.to_owned(), answer_words),
        None => tool::answer_none(),
    };
    let answer = called(&tool::answer(), answer);
    match username {
        Some(username) => format!("{answer} (@{username})"),
        None => answer,
    }
}
