//! What a request's headers ask for: a kind, a coding, and whether it has changed.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, IF_NONE_MATCH};

/// Whether `Accept` lets HTML through (RFC 9110, 12.5.1): of the ranges that hold it the most precise
/// decides. Whoever says nothing takes anything, as programs and link previews do.
pub(crate) fn takes_html(headers: &HeaderMap) -> bool {
    let ranges: Vec<_> = headers
        .get_all(ACCEPT)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .collect();
    let weight = |held: &[&str]| {
        ranges.iter().find_map(|range| {
            let (name, parameters) = range.split_once(';').unwrap_or((range, ""));
            let is_held = held
                .iter()
                .any(|held| name.trim_end().eq_ignore_ascii_case(held));
            is_held.then(|| {
                parameters
                    .split(';')
                    .filter_map(|parameter| parameter.split_once('='))
                    .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                    .map_or(1.0, |(_, weight)| {
                        weight.trim().parse::<f32>().unwrap_or(0.0)
                    })
            })
        })
    };
    ranges.is_empty()
        || weight(&["text/html"])
            .or_else(|| weight(&["text/*"]))
            // Java writes the second for the first.
            .or_else(|| weight(&["*/*", "*"]))
            .is_some_and(|weight| weight > 0.0)
}

/// Whether `If-None-Match` names what there is.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(IF_NONE_MATCH).iter().any(|known| {
        let known = known.to_str().unwrap_or_default();
        known.split(',').any(|known| {
            let known = known.trim();
            known.strip_prefix("W/").unwrap_or(known) == tag
        })
    })
}

/// Whether `Accept-Encoding` names brotli, and not to refuse it.
pub(crate) fn takes_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT_ENCODING).iter().any(|accept| {
        let accept = accept.to_str().unwrap_or_default();
        accept.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            name.trim().eq_ignore_ascii_case("br")
                && weight
                    .trim()
                    .parse::<f32>()
                    .is_ok_and(|weight| weight > 0.0)
        })
    })
}
