//! Invariant 7: what a stranger sees never depends on whether an e-mail address has an account.

use super::passwords::reset;
use super::person::{
    NEW_PASSWORD, Person, WRONG, code_in, newest_code, other_than, sign_up, without_id,
};
use super::{Host, Visit};
use contract::authorization::{LinkExisting, Purpose};
use contract::problem::Problem;
use contract::session::LogIn;
use contract::sign_up::{AddEmail, CodeSent, GetSignUp, ResendCode, VerifyEmail};
use contract::transfer::BeginTransfer;
use domain::authorization::Outcome;
use domain::sign_up::{CODE_DIGITS, RESET_CODE_DIGITS};

/// Someone has it; nobody has it.
const ADDRESSES: [&str; 2] = ["email-only@portal.test", "nobody@coffee.test"];

/// What is seen of a code that was sent, without the address itself.
fn seen(sent: Result<CodeSent, Problem>) -> Result<CodeSent, Problem> {
    match sent {
        Ok(sent) => Ok(CodeSent {
            email: "any@coffee.test".to_owned(),
            ..sent
        }),
        Err(problem) => Err(without_id(problem)),
    }
}

/// All that can be seen by typing wrong codes and asking for others, until nothing more is said.
async fn seen_by_guessing<H: Host>(
    person: &mut Person<'_, H>,
    email: &str,
    digits: usize,
) -> Vec<String> {
    let mut all = Vec::new();
    // A code that is right for neither: a decoy has none.
    let letters = person.host.letters_to(email).await;
    let code = letters.last().and_then(|letter| code_in(letter));
    let decoy = "1".repeat(digits);
    let wrong = other_than(code.as_deref().unwrap_or(&decoy));
    for _ in 0..7 {
        let refused = person
            .ask(VerifyEmail {
                code: wrong.clone(),
                ..VerifyEmail::default()
            })
            .await;
        all.push(format!("{:?}", refused.map_err(without_id)));
    }
    let waiting = person.get(GetSignUp {}).await.sent;
    all.push(format!("{:?}", waiting.map(|sent| seen(Ok(sent)))));
    all.push(format!(
        "{:?}",
        seen(person.ask(ResendCode::default()).await)
    ));
    person.host.advance(1).await;
    for _ in 0..2 {
        all.push(format!(
            "{:?}",
            seen(person.ask(ResendCode::default()).await)
        ));
    }
    let refused = person
        .ask(VerifyEmail {
            code: wrong,
            ..VerifyEmail::default()
        })
        .await;
    all.push(format!("{:?}", refused.map_err(without_id)));
    all
}

/// The e-mail alone tells, to its owner.
pub async fn a_sign_up_never_tells_whether_an_address_has_an_account<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::new(host);
        let sent = format!("{:?}", seen(person.ask(sign_up(email)).await));
        let guessed = seen_by_guessing(&mut person, email, CODE_DIGITS).await;
        told.push((sent, guessed));
        assert_eq!(person.member().await, None);
    }
    assert_eq!(told.first(), told.last());

    let has_code = |letters: Vec<String>| letters.iter().any(|letter| code_in(letter).is_some());
    let [owner, nobody] = ADDRESSES;
    let to_owner = host.letters_to(owner).await;
    assert_eq!(
        to_owner.len(),
        host.letters_to(nobody).await.len(),
        "as many letters"
    );
    assert!(
        !has_code(to_owner),
        "its owner gets no code that could open a second account"
    );
    assert!(has_code(host.letters_to(nobody).await));
}

/// As for a sign-up, only that it is the owner who gets the code.
pub async fn a_reset_never_tells_whether_an_address_has_an_account<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::new(host);
        let sent = format!("{:?}", seen(person.ask(reset(email)).await));
        let guessed = seen_by_guessing(&mut person, email, RESET_CODE_DIGITS).await;
        told.push((sent, guessed));
        assert_eq!(person.member().await, None);
    }
    assert_eq!(told.first(), told.last());

    let has_code = |letters: &[String]| letters.iter().any(|letter| code_in(letter).is_some());
    let [owner, nobody] = ADDRESSES;
    let (to_owner, to_nobody) = (host.letters_to(owner).await, host.letters_to(nobody).await);
    assert_eq!(to_owner.len(), to_nobody.len(), "as many letters");
    assert!(has_code(&to_owner));
    assert!(!has_code(&to_nobody), "there is nothing to open");
}

/// Nor does it when it is tried until it is refused.
pub async fn a_log_in_never_tells_whether_an_address_has_an_account<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::new(host);
        let mut answers = Vec::new();
        for _ in 0..12 {
            let log_in = LogIn {
                email: email.into(),
                password: WRONG.into(),
                then: None,
            };
            let problem = person.ask(log_in).await.unwrap_err();
            // A host whose clock runs may be a second further.
            answers.push((problem.code, problem.go, problem.retry_after_s.is_some()));
        }
        told.push(answers);
    }
    assert_eq!(told.first(), told.last());
    let ends: Vec<_> = told.iter().filter_map(|answers| answers.last()).collect();
    assert!(
        ends.iter().all(|(_, _, waits)| *waits),
        "trying ends: {ends:?}"
    );
}

/// Nor at the fork.
pub async fn linking_an_account_never_tells_whether_an_address_has_one<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::new(host);
        let visit = Visit::Authorize("unlinked");
        person
            .authorize_to(Purpose::LogIn, visit, Outcome::ChooseAccount)
            .await;
        let existing = LinkExisting {
            email: email.into(),
            password: WRONG.into(),
            ..LinkExisting::default()
        };
        told.push(without_id(person.ask(existing).await.unwrap_err()));
    }
    assert_eq!(told.first(), told.last());
}

/// Nor on the page that moves the link of another account.
pub async fn moving_a_link_never_tells_whether_an_address_has_an_account<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::logged_in(host, "passkeys@portal.test").await;
        let begin = BeginTransfer {
            email: email.into(),
            password: WRONG.into(),
        };
        told.push(without_id(person.ask(begin).await.unwrap_err()));
        assert_eq!(person.profile().await.transfer, None);
    }
    assert_eq!(told.first(), told.last());
}

/// Nor to someone who is logged in.
pub async fn adding_an_address_never_tells_whether_it_has_an_account<H: Host>(host: &H) {
    let mut told = Vec::new();
    for email in ADDRESSES {
        let mut person = Person::new(host);
        let visit = Visit::Authorize("tiktok_only");
        person
            .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
            .await;
        let add = AddEmail {
            email: email.into(),
            password: NEW_PASSWORD.into(),
        };
        let sent = format!("{:?}", seen(person.ask(add).await));
        let guessed = seen_by_guessing(&mut person, email, CODE_DIGITS).await;
        told.push((sent, guessed));
        assert_eq!(person.profile().await.email, None);
    }
    assert_eq!(told.first(), told.last());
    // And the address that nobody has can be proven in the end.
    let mut person = Person::new(host);
    let visit = Visit::Authorize("tiktok_only");
    person
        .authorize_to(Purpose::LogIn, visit, Outcome::LoggedIn)
        .await;
    let add = AddEmail {
        email: "free@coffee.test".into(),
        password: NEW_PASSWORD.into(),
    };
    person.get(add).await;
    let code = newest_code(host, "free@coffee.test").await;
    person
        .get(VerifyEmail {
            code,
            ..VerifyEmail::default()
        })
        .await;
}
