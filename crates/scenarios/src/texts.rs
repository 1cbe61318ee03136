//! What people type: in the forms that their keyboards give, with what nobody sees in it.

use super::Host;
use super::passwords::reset;
use super::person::{Person, ads_account, code_in, completion, newest_code, sign_up};
use contract::account::UpdateProfile;
use contract::problem::Code;
use contract::route::Route;
use contract::session::{ConfirmPassword, LogIn};
use contract::sign_up::{SignUp, VerifyEmail};
use domain::ads_account::AdsAccount;
use domain::input::{Fault, Field};

/// As one keyboard gives it, and as another does.
const ADDRESS: [&str; 4] = [
    "lan@cà-phê.test",
    "Lan@CA\u{300}-PHE\u{302}。Test",
    "lan@xn--c-ph-0na7d.test",
    "lan@XN--C-PH-0NA7D.test",
];
/// Where mail is sent to.
const KEPT: &str = "lan@xn--c-ph-0na7d.test";
/// What a page shows.
const SHOWN: &str = ADDRESS[0];
const PASSWORD: [&str; 3] = [
    "mật khẩu của tôi",
    "ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i",
    "mật\u{a0}khẩu\u{3000}của\u{a0}tôi",
];

/// Each finds the other, and there is one account.
pub async fn an_address_and_a_password_are_one_from_every_keyboard<H: Host>(host: &H) {
    for (set, others) in [(0, [1, 2]), (1, [0, 2]), (2, [0, 1])] {
        let email = format!("{set}{}", ADDRESS[set]);
        let mut person = Person::new(host);
        let sent = person
            .get(SignUp {
                password: PASSWORD[set].into(),
                ..sign_up(&email)
            })
            .await;
        let shown = format!("{set}{SHOWN}");
        assert_eq!(sent.email, shown);
        let code = newest_code(host, &format!("{set}{KEPT}")).await;
        // A client may say what it was shown, or what was typed.
        let meant = if set == 0 { sent.email } else { email.clone() };
        person
            .get(VerifyEmail {
                email: Some(meant),
                code,
            })
            .await;
        let member = person.member().await.unwrap();
        assert_eq!(member.name, shown);
        assert_eq!(member.email.as_ref(), Some(&shown));
        assert_eq!(person.profile().await.email, Some(shown));
        for other in others {
            for address in ADDRESS {
                let mut again = Person::new(host);
                again
                    .log_in(&format!("{set}{address}"), PASSWORD[other])
                    .await;
                let password = PASSWORD[other].to_owned();
                again.get(ConfirmPassword { password }).await;
                assert_eq!(
                    again.member().await.map(|it| it.account),
                    Some(member.account)
                );
            }
        }
        let wrong = LogIn {
            email: email.clone(),
            password: "mat khau cua toi".into(),
            then: None,
        };
        Person::new(host)
            .refused(wrong, Code::WrongCredentials)
            .await;
    }
    let kept = format!("0{KEPT}");
    let letters = host.letters_to(&kept).await.len();
    Person::new(host)
        .get(sign_up(&format!("0{}", ADDRESS[1])))
        .await;
    let told = host.letters_to(&kept).await;
    assert_eq!(told.len(), letters + 1);
    assert_eq!(
        told.last().and_then(|letter| code_in(letter)),
        None,
        "the address has an account: its owner is told so"
    );
}

/// Before the `@` letters abroad need SMTPUTF8 of every server on the way: it is said at once that a
/// code mightn't come. In the domain they are sent as A-labels.
pub async fn a_code_is_sent_only_where_every_server_takes_it<H: Host>(host: &H) {
    let mut person = Person::new(host);
    let fault = |character| [(Field::Email, Fault::Forbidden { character })];
    person.faulty(sign_up("Lê@coffee.test"), &fault('ê')).await;
    person.faulty(sign_up("用户@例子.test"), &fault('用')).await;
    person.faulty(reset("Lê@coffee.test"), &fault('ê')).await;
    assert_eq!(host.letters_to("lê@coffee.test").await.len(), 0);
    let mut member = Person::new(host);
    member.sign_up("user@xn--fsqu00a.test").await;
    assert_eq!(
        member.profile().await.email.as_deref(),
        Some("user@例子.test")
    );
    // Cyrillic that looks like Latin is shown as what it is.
    let sent = person.get(sign_up("user@аррӏе.test")).await;
    assert_eq!(sent.email, "user@xn--80ak6aa92e.test");
}

/// And of any width.
pub async fn a_code_is_read_in_the_digits_of_any_script<H: Host>(host: &H) {
    for (email, zero) in [
        ("wide@coffee.test", '０'),
        ("arabic@coffee.test", '٠'),
        ("thai@coffee.test", '๐'),
        ("burmese@coffee.test", '၀'),
    ] {
        let mut person = Person::new(host);
        person.get(sign_up(email)).await;
        let code: String = newest_code(host, email)
            .await
            .bytes()
            .filter_map(|digit| char::from_u32(u32::from(zero) + u32::from(digit - b'0')))
            .collect();
        let code = format!("\u{200e}{code}\u{200b}");
        assert_eq!(
            person
                .get(VerifyEmail {
                    code,
                    ..VerifyEmail::default()
                })
                .await
                .to,
            Route::CreateAdsAccount
        );
    }
}

/// Composed, on one line, without what shows nothing; and what turns the text around is named.
pub async fn a_text_is_kept_as_it_is_seen<H: Host>(host: &H) {
    let mut person = Person::new(host);
    person.sign_up("new@coffee.test").await;
    let name = |name: &str| UpdateProfile {
        name: name.into(),
        ..UpdateProfile::default()
    };
    for (typed, kept) in [
        ("Le\u{302}\u{200b} Mai", "Lê Mai"),
        ("Mai\nLan", "Mai Lan"),
        ("\u{1112}\u{1161}\u{11ab}", "한"),
        ("ร้าน\u{200b}กาแฟ", "ร้านกาแฟ"),
        ("קפה\u{200f}!", "קפה\u{200f}!"),
        ("\u{3164}", ""),
    ] {
        person.get(name(typed)).await;
        assert_eq!(person.profile().await.name, kept, "{typed:?}");
    }
    let character = '\u{202e}';
    person
        .faulty(
            name("Mai\u{202e}naL"),
            &[(Field::Name, Fault::Forbidden { character })],
        )
        .await;

    let business = |business_name: &str| contract::ads::CreateAdsAccount {
        business_name: business_name.into(),
        phone: "＋８４（９０）１２３－４５６７".into(),
        ..ads_account()
    };
    for nothing in [
        "\u{3164}",
        "\u{2800}",
        "\u{115f}\u{1160}",
        "\u{200b}",
        "\u{e0020}",
    ] {
        person
            .faulty(business(nothing), &[(Field::BusinessName, Fault::Missing)])
            .await;
    }
    for (typed, character) in [("カフェ☆スター✨", "✨"), ("Mai ❤️ tea", "❤️")] {
        let character = character.to_owned();
        person
            .faulty(
                business(typed),
                &[(Field::BusinessName, Fault::Emoji { character })],
            )
            .await;
    }
    person.get(business("カフェ☆スター ♪ Cafe\u{301}")).await;
    let mut complete = completion();
    complete.street_address = "1\u{200b} Le\u{302} Lo\u{31b}\u{323}i\n(2)".into();
    complete.postal_code = "５３０００".into();
    person.get(complete).await;
    let AdsAccount::Complete {
        business,
        completion,
    } = person.get(contract::ads::GetAdsAccount {}).await.account
    else {
        panic!("it isn't complete");
    };
    assert_eq!(business.name, "カフェ☆スター ♪ Café");
    assert_eq!(business.phone, "+84901234567");
    assert_eq!(completion.street_address, "1 Lê Lợi (2)");
    assert_eq!(completion.postal_code.as_deref(), Some("53000"));
}
