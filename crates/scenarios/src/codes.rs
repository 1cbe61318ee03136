//! Codes by e-mail: how often they can be typed, asked for and believed.

use super::Host;
use super::person::{Person, code_in, newest_code, other_than, sign_up};
use contract::problem::Code;
use contract::route::Route;
use contract::sign_up::{GetSignUp, ResendCode, VerifyEmail};
use domain::input::{Fault, Field};

fn typed(code: &str) -> VerifyEmail {
    VerifyEmail {
        code: code.into(),
        ..VerifyEmail::default()
    }
}

const fn spent() -> [(Field, Fault); 1] {
    [(Field::Code, Fault::Spent)]
}

/// After the fifth even the right one is refused, and a new one helps.
pub async fn wrong_codes_are_counted_and_the_fifth_is_the_last<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(sign_up("new@coffee.test")).await;
    let code = newest_code(host, "new@coffee.test").await;
    let wrong = other_than(&code);
    for malformed in ["", "12345", "abcdef"] {
        let problem = person.refused(typed(malformed), Code::InvalidInput).await;
        assert_eq!(
            problem.fields.len(),
            1,
            "what is no code isn't counted: {malformed}"
        );
    }
    for left in (0..5).rev() {
        person
            .faulty(typed(&wrong), &[(Field::Code, Fault::Wrong { left })])
            .await;
    }
    person.faulty(typed(&code), &spent()).await;
    assert_eq!(person.member().await, None);

    host.advance(1).await;
    person.get(ResendCode::default()).await;
    let code = newest_code(host, "new@coffee.test").await;
    // However it is spaced.
    let (start, end) = code.split_at(3);
    let moved = person.get(typed(&format!(" {start} {end} "))).await;
    assert_eq!(moved.to, Route::CreateAdsAccount);
}

/// And a new one helps.
pub async fn a_code_lives_ten_minutes<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(sign_up("new@coffee.test")).await;
    let code = newest_code(host, "new@coffee.test").await;
    host.advance(10).await;
    person.faulty(typed(&code), &spent()).await;
    let sent = person.get(ResendCode::default()).await;
    assert!((1..=60).contains(&sent.resend_after_s), "{sent:?}");
    let code = newest_code(host, "new@coffee.test").await;
    host.advance(9).await;
    assert_eq!(person.get(typed(&code)).await.to, Route::CreateAdsAccount);
}

/// Before that, it says how long to wait.
pub async fn another_code_comes_after_a_minute_and_kills_the_first<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(sign_up("new@coffee.test")).await;
    let first = newest_code(host, "new@coffee.test").await;
    let problem = person
        .refused(ResendCode::default(), Code::TooManyRequests)
        .await;
    let wait = problem.retry_after_s.unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(host.letters_to("new@coffee.test").await.len(), 1);

    host.advance(1).await;
    person.get(ResendCode::default()).await;
    assert_eq!(host.letters_to("new@coffee.test").await.len(), 2);
    let second = newest_code(host, "new@coffee.test").await;
    if first != second {
        // It was right once: it costs no try, however often.
        for _ in 0..6 {
            person
                .faulty(typed(&first), &[(Field::Code, Fault::Superseded)])
                .await;
        }
    }
    person.get(typed(&second)).await;
}

/// An answer that was lost is asked for again: there is one letter, and its code counts.
pub async fn a_sign_up_that_is_sent_again_sends_one_letter<H: Host>(host: &H) {
    let email = "new@coffee.test";
    let mut person = Person::new(host);
    let first = person.get(sign_up(email)).await;
    let again = person.get(sign_up(email)).await;
    assert_eq!(first.email, again.email);
    assert_eq!(host.letters_to(email).await.len(), 1);
    // A minute later another is wanted.
    host.advance(1).await;
    person.get(sign_up(email)).await;
    assert_eq!(host.letters_to(email).await.len(), 2);
    let code = newest_code(host, email).await;
    person.get(typed(&code)).await;
}

/// Nobody's inbox is filled. What counts beside the address is the network's business.
pub async fn codes_to_one_address_are_limited<H: Host>(host: &H) {
    let email = "new@coffee.test";
    let mut person = Person::new(host);
    for _ in 0..4 {
        person.get(sign_up(email)).await;
        host.advance(1).await;
    }
    person.get(ResendCode::default()).await;
    host.advance(1).await;
    for _ in 0..2 {
        let problem = person
            .refused(ResendCode::default(), Code::TooManyRequests)
            .await;
        let wait = problem.retry_after_s.unwrap();
        assert!(
            (3_000..=3_600).contains(&wait),
            "an hour from the first: {wait}"
        );
    }
    person.refused(sign_up(email), Code::TooManyRequests).await;
    assert_eq!(host.letters_to(email).await.len(), 5);
    // What was sent still works, and other addresses aren't touched.
    let code = newest_code(host, email).await;
    person.get(typed(&code)).await;
    Person::new(host).sign_up("other@coffee.test").await;
}

/// The way is to sign up.
pub async fn without_a_sign_up_there_is_no_code<H: Host>(host: &H) {
    let mut person = Person::new(host);
    assert_eq!(person.get(GetSignUp {}).await.sent, None);
    let problem = person.refused(typed("123456"), Code::NoCodePending).await;
    assert_eq!(problem.go, Some(Route::SignUp));
    person
        .refused(ResendCode::default(), Code::NoCodePending)
        .await;

    // A code is typed in the browser that asked for it.
    person.get(sign_up("new@coffee.test")).await;
    let code = newest_code(host, "new@coffee.test").await;
    let mut other = Person::new(host);
    other.refused(typed(&code), Code::NoCodePending).await;
    assert_eq!(other.get(GetSignUp {}).await.sent, None);
}

/// A slip in the address is put right by signing up again.
pub async fn only_the_newest_sign_up_of_a_browser_waits<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(sign_up("slip@coffee.test")).await;
    let slip = newest_code(host, "slip@coffee.test").await;
    person.get(sign_up("right@coffee.test")).await;
    let right = newest_code(host, "right@coffee.test").await;
    let sent = person.get(GetSignUp {}).await.sent.unwrap();
    assert_eq!(sent.email.as_str(), "right@coffee.test");
    if slip != right {
        person
            .faulty(typed(&slip), &[(Field::Code, Fault::Wrong { left: 4 })])
            .await;
    }
    person.get(typed(&right)).await;
    let email = person.member().await.unwrap().email.unwrap();
    assert_eq!(email.as_str(), "right@coffee.test");
}

/// It says how long to wait, however often.
pub async fn asking_for_a_code_too_soon_costs_nothing<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.get(sign_up("new@coffee.test")).await;
    for _ in 0..10 {
        let problem = person
            .refused(ResendCode::default(), Code::TooManyRequests)
            .await;
        let wait = problem.retry_after_s.unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
    }
    host.advance(1).await;
    person.get(ResendCode::default()).await;
    assert_eq!(host.letters_to("new@coffee.test").await.len(), 2);
}

/// Two browsers: the newest code alone counts, and whichever is first makes the account.
pub async fn two_sign_ups_of_one_address_make_one_account<H: Host>(host: &H) {
    let mut one = Person::new(host);
    let mut other = Person::new(host);
    one.get(sign_up("new@coffee.test")).await;
    let first = newest_code(host, "new@coffee.test").await;
    other.get(sign_up("new@coffee.test")).await;
    let second = newest_code(host, "new@coffee.test").await;
    one.faulty(typed(&first), &spent()).await;
    // Asking for another one ends the other's in turn.
    host.advance(1).await;
    one.get(ResendCode::default()).await;
    let third = newest_code(host, "new@coffee.test").await;
    other.faulty(typed(&second), &spent()).await;
    one.get(typed(&third)).await;
    assert!(one.member().await.is_some());
    assert_eq!(other.member().await, None);
    other.get(ResendCode::default()).await;
    let letters = host.letters_to("new@coffee.test").await;
    let newest = letters.last().unwrap();
    if let Some(code) = code_in(newest) {
        // Whatever was sent, it opens no second account.
        assert!(other.ask(typed(&code)).await.is_err());
    }
    assert_eq!(other.member().await, None);
}

/// Two tabs of one browser: what is typed on the page of an address whose place another took is
/// neither tried nor counted for that one.
pub async fn a_code_is_tried_for_the_address_that_the_page_shows<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let one = person.get(sign_up("one@coffee.test")).await.email;
    let code = newest_code(host, one.as_str()).await;
    let other = person.get(sign_up("other@coffee.test")).await.email;
    let others = newest_code(host, other.as_str()).await;
    let to = |email: &str, code: &str| VerifyEmail {
        email: Some(email.to_owned()),
        code: code.into(),
    };
    for code in [&code, &others, &other_than(&others)] {
        person.refused(to(&one, code), Code::NoCodePending).await;
    }
    host.advance(1).await;
    let again = ResendCode { email: Some(one) };
    person.refused(again, Code::NoCodePending).await;
    assert_eq!(host.letters_to(other.as_str()).await.len(), 1);
    let wrong = to(&other, &other_than(&others));
    person
        .faulty(wrong, &[(Field::Code, Fault::Wrong { left: 4 })])
        .await;
    person.get(to(&other, &others)).await;
    assert_eq!(person.member().await.unwrap().email, Some(other));
}
