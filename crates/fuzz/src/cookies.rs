//! The header `Cookie`, as the server reads it.

use crate::cookie::{Cookies, set};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};
use service::env::Cookie;

/// Headers, one a line: HTTP/1.1 allows one (RFC 6265, 5.4), HTTP/2 many (RFC 9113, 8.2.3).
///
/// # Panics
///
/// Where a value is read that isn't there or that none of ours has, where cookies of others or the
/// number of headers change anything, or where what is set is read otherwise.
pub fn cookies(input: &[u8]) {
    let lines: Vec<&[u8]> = input
        .split(|byte| *byte == b'\n')
        .filter(|line| HeaderValue::from_bytes(line).is_ok())
        .collect();
    let read = values(&headers(&lines));
    for value in read.iter().flatten() {
        assert!((1..=128).contains(&value.len()), "{value}");
        let is_ours = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        assert!(value.bytes().all(is_ours), "{value}");
        let pair = format!("={value}");
        let is_there = |line: &&[u8]| line.windows(pair.len()).any(|it| it == pair.as_bytes());
        assert!(lines.iter().any(is_there), "{value}");
    }

    assert_eq!(values(&headers(&[&lines.join(&b"; "[..])])), read);
    let others = [
        &b"theme=dark"[..],
        b"caf\xc3\xa9=\xe9; __Host-portal-session",
    ];
    let among: Vec<&[u8]> = [&others[..1], &lines, &others[1..]].concat();
    assert_eq!(values(&headers(&among)), read);

    let [browser, session, proof, sign_up] = read.clone();
    let all = [
        browser.map(Cookie::SetBrowser),
        session.map(Cookie::SetSession),
        proof.map(Cookie::SetProof),
        sign_up.map(Cookie::SetSignUp),
    ];
    let all: Vec<Cookie> = all.into_iter().flatten().collect();
    let mut answer = HeaderMap::new();
    set(&mut answer, &all);
    let kept = answer.get_all(SET_COOKIE).iter().map(HeaderValue::as_bytes);
    let kept: Vec<&[u8]> = kept
        .filter_map(|it| it.split(|b| *b == b';').next())
        .collect();
    assert_eq!(kept.len(), all.len());
    assert_eq!(values(&headers(&kept)), read);
}

fn headers(values: &[&[u8]]) -> HeaderMap {
    let values = values
        .iter()
        .filter_map(|it| HeaderValue::from_bytes(it).ok());
    values.map(|value| (COOKIE, value)).collect()
}

fn values(headers: &HeaderMap) -> [Option<String>; 4] {
    let Cookies {
        browser,
        session,
        proof,
        sign_up,
    } = Cookies::read(headers);
    [browser, session, proof, sign_up]
}
