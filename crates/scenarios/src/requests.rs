//! Requests as such: bodies that are none, names that are none, sentinels, and forms.

use super::person::{NEW_PASSWORD, Person, sign_up};
use super::{Host, PASSWORD, Sender};
use contract::account::UpdateProfile;
use contract::problem::Code;
use contract::session::{GetSession, LogIn};
use contract::sign_up::{SignUp, VerifyEmail};
use contract::table::NAMES;
use domain::input::{Fault, Field};
use domain::region::Language;

/// Never a 500.
pub async fn a_body_that_is_no_request_is_malformed<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let deep = "[".repeat(10_000);
    let bodies: [&[u8]; 12] = [
        b"",
        b"{",
        b"null",
        b"7",
        b"\"text\"",
        b"[]",
        b"not json",
        b"{\"no_such_member\": 1}",
        b"{} {}",
        b"\xff\xfe{}",
        b"{\"email\": \"\xc3\x28\"}",
        deep.as_bytes(),
    ];
    for name in NAMES {
        for body in bodies {
            let answer = host
                .call(&mut person.browser, Sender::default(), name, body.to_vec())
                .await;
            let shown = String::from_utf8_lossy(body.get(..40).unwrap_or(body)).into_owned();
            let Err(problem) = answer else {
                panic!("{name} takes {shown}");
            };
            assert_eq!(problem.code, Code::MalformedRequest, "{name} {shown}");
            assert_eq!(problem.status, 400, "{name} {shown}");
        }
    }
    assert!(person.member().await.is_some(), "and nothing happened");
}

/// Whatever it is called.
pub async fn an_unknown_use_case_is_not_found<H: Host>(host: &H) {
    let mut person = Person::new(host);
    for name in ["drop_tables", "get_sessions", "get_session_", "sweep"] {
        let answer = host
            .call(&mut person.browser, Sender::default(), name, b"{}".to_vec())
            .await;
        assert_eq!(answer.err().unwrap().code, Code::NotFound, "{name}");
    }
}

/// Invariant 9: there is no way to say an address, so none can be followed.
pub async fn a_place_to_go_is_never_an_address<H: Host>(host: &H) {
    let mut person = Person::new(host);
    for evil in [
        "\"//evil\"",
        "\"https:evil\"",
        "\"\\\\evil\"",
        "\"%2f%2fevil\"",
        "\"/profile\"",
        "{\"place\": \"https://evil.example\"}",
        "{\"place\": \"//evil\"}",
        "{\"place\": \"ad\", \"draft\": \"//evil\"}",
        "{\"place\": \"ad\", \"draft\": \"../../evil\"}",
    ] {
        let body = format!(
            "{{\"email\": \"email-only@portal.test\", \"password\": \"{PASSWORD}\", \"then\": {evil}}}"
        );
        let answer = host
            .call(
                &mut person.browser,
                Sender::default(),
                "log_in",
                body.into_bytes(),
            )
            .await;
        assert_eq!(
            answer.err().map(|it| it.code),
            Some(Code::MalformedRequest),
            "{evil}"
        );
    }
    assert_eq!(person.member().await, None);

    let mut member = Person::logged_in(host, "email-only@portal.test").await;
    for evil in [
        "\"//evil\"",
        "{\"back\": \"//evil\"}",
        "{\"back\": \"https:evil\"}",
        "{\"back\": \"\\\\evil\"}",
        "{\"back\": \"ad\", \"draft\": \"%2f%2fevil\"}",
    ] {
        let body = format!("{{\"purpose\": {{\"kind\": \"link\", \"to\": {evil}}}}}");
        let answer = host
            .call(
                &mut member.browser,
                Sender::default(),
                "begin_authorization",
                body.into_bytes(),
            )
            .await;
        assert_eq!(
            answer.err().map(|it| it.code),
            Some(Code::MalformedRequest),
            "{evil}"
        );
    }
}

/// So that every bad day can be reached by hand.
pub async fn every_sentinel_provokes_its_failure<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    for (email, name, code, waits) in [
        (
            "server-error@portal.test",
            "Server error",
            Code::Internal,
            false,
        ),
        (
            "unavailable@portal.test",
            "Unavailable",
            Code::Unavailable,
            false,
        ),
        (
            "too-many@portal.test",
            "Too many",
            Code::TooManyRequests,
            true,
        ),
    ] {
        let log_in = LogIn {
            email: email.into(),
            password: PASSWORD.into(),
            then: None,
        };
        let problem = person.refused(log_in, code).await;
        assert_eq!(problem.retry_after_s.is_some(), waits, "{email}");
        person.refused(sign_up(email), code).await;
        let update = UpdateProfile {
            name: name.into(),
            language: Language::English,
        };
        person.refused(update, code).await;
    }
    assert_eq!(
        person.profile().await.name,
        "",
        "what failed changed nothing"
    );
    assert_eq!(
        host.letters_to("server-error@portal.test").await,
        Vec::<String>::new()
    );

    let mut guest = Person::new(host);
    guest.get(sign_up("new@coffee.test")).await;
    let spent = VerifyEmail {
        code: "999999".into(),
        ..VerifyEmail::default()
    };
    guest.faulty(spent, &[(Field::Code, Fault::Spent)]).await;
    // It isn't counted: the code that was sent still works.
    let code = super::person::newest_code(host, "new@coffee.test").await;
    guest
        .get(VerifyEmail {
            code,
            ..VerifyEmail::default()
        })
        .await;
    assert!(guest.get(GetSession::default()).await.demonstration);
}

/// In the order of the form.
pub async fn a_form_tells_every_fault_at_once<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let empty = [
        (Field::Region, Fault::Missing),
        (Field::Email, Fault::Missing),
        (Field::Password, Fault::Missing),
        (Field::Terms, Fault::NotAgreed),
    ];
    person.faulty(SignUp::default(), &empty).await;
    let wrong = SignUp {
        region: "Vietnam".into(),
        email: "mai@coffee".into(),
        password: "short".into(),
        terms: false,
        language: Language::Vietnamese,
    };
    let faults = [
        (Field::Region, Fault::NotAChoice),
        (Field::Email, Fault::Malformed),
        (Field::Password, Fault::TooShort { min: 10 }),
        (Field::Terms, Fault::NotAgreed),
    ];
    person.faulty(wrong, &faults).await;
    let like_email = SignUp {
        password: "New@Coffee.test".into(),
        ..sign_up("new@coffee.test")
    };
    person
        .faulty(like_email, &[(Field::Password, Fault::LikeEmail)])
        .await;
    for common in ["1234567890", "PassWord12", "          "] {
        let common = SignUp {
            password: common.into(),
            ..sign_up("new@coffee.test")
        };
        person
            .faulty(common, &[(Field::Password, Fault::Common)])
            .await;
    }
    let too_long = SignUp {
        password: NEW_PASSWORD.repeat(10),
        ..sign_up("new@coffee.test")
    };
    person
        .faulty(too_long, &[(Field::Password, Fault::TooLong { max: 128 })])
        .await;
    assert_eq!(
        host.letters_to("new@coffee.test").await,
        Vec::<String>::new()
    );

    let empty = [
        (Field::Email, Fault::Missing),
        (Field::Password, Fault::Missing),
    ];
    person.faulty(LogIn::default(), &empty).await;
    person
        .faulty(VerifyEmail::default(), &[(Field::Code, Fault::Missing)])
        .await;
}
