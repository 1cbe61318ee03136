//! What `tests/stored/1` means: a row of every kind, with each variant of each state; what may be
//! absent both given and absent.
//!
//! The lists are those of its release, so that a later one may add to them.

use domain::activity::Event;
use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::authorization::{
    Authorization, Intent, Outcome, Phase, Proof, ReturnTo, TikTokProfile,
};
use domain::business::Industry;
use domain::currency::Currency;
use domain::device::{Browser, Device, System};
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, Delivery, Draft, Objective,
    OptimizationGoal, Stage, Step,
};
use domain::email::Email;
use domain::former_email::FormerEmail;
use domain::grant::{GrantFault, GrantHealth};
use domain::id::{AccountId, ActivityId, AuthorizationId, BrowserId, DraftId, OpenId};
use domain::limit::Count;
use domain::passkey::{self, Ceremony};
use domain::region::{Country, Language, TimeZone};
use domain::session::SessionTimes;
use domain::sign_up::{self, Purpose, SignUp};
use domain::time::Timestamp;
use domain::transfer::Transfer;
use service::letter::{Letter, News};
use service::store::{
    Account, AccountHash, Activity, Grant, KeyedAnswer, KeyedRequest, LetterState, Link, Passkey,
    Sealable, Session, StoredAuthorization, StoredDraft, StoredLetter, Told, UnneededGrant,
    Whereabouts,
};

/// When the rows were written.
pub(crate) const NOW: Timestamp = Timestamp(1_795_478_400_000);

fn uuid(number: usize) -> String {
    format!("0190cafe-0000-7000-8000-{number:012x}")
}

pub(crate) fn account_id(number: usize) -> AccountId {
    uuid(number).parse().unwrap()
}

fn draft_id(number: usize) -> DraftId {
    uuid(number).parse().unwrap()
}

fn authorization_id(number: usize) -> AuthorizationId {
    uuid(number).parse().unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "what may be absent is given")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn business(number: usize, industry: Industry) -> Business {
    let (country, time_zone, currency) = if number.is_multiple_of(2) {
        ("VN", "Asia/Ho_Chi_Minh", Currency::VND)
    } else {
        ("US", "America/Los_Angeles", Currency::USD)
    };
    Business {
        name: format!("Sông \"Hương\" {number}"),
        industry,
        country: Country::parse(country).unwrap(),
        time_zone: TimeZone::parse(time_zone).unwrap(),
        currency,
        phone: "+84901234567".to_owned(),
    }
}

const LANGUAGES: [Language; 9] = [
    Language::English,
    Language::Vietnamese,
    Language::Indonesian,
    Language::Malay,
    Language::Thai,
    Language::Japanese,
    Language::Korean,
    Language::SimplifiedChinese,
    Language::TraditionalChinese,
];

const INDUSTRIES: [Industry; 21] = [
    Industry::Apparel,
    Industry::Appliances,
    Industry::Apps,
    Industry::Automotive,
    Industry::Baby,
    Industry::Beauty,
    Industry::BusinessServices,
    Industry::Education,
    Industry::Electronics,
    Industry::FinancialServices,
    Industry::FoodAndBeverage,
    Industry::Games,
    Industry::Health,
    Industry::Home,
    Industry::Media,
    Industry::Pets,
    Industry::RealEstate,
    Industry::Retail,
    Industry::Sports,
    Industry::Travel,
    Industry::Other,
];

/// Nothing given, everything given, and each industry and language.
pub(crate) fn accounts() -> Vec<Account> {
    let complete = |number, website, postal_code, payment_method| AdsAccount::Complete {
        business: business(number, Industry::Other),
        completion: Completion {
            website,
            street_address: "1 Example Street".to_owned(),
            city: "Huế".to_owned(),
            postal_code,
            payment_method,
        },
    };
    let mut accounts = vec![
        Account {
            id: account_id(1),
            email: Some(Email::parse("nguyễn@portal.test").unwrap()),
            password_hash: some("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA"),
            name: some("Nguyễn Thị Mai"),
            region: Some(Country::VN),
            language: Language::Vietnamese,
            ads_account: complete(
                1,
                some("https://example.test"),
                some("49000"),
                PaymentMethod::Manual,
            ),
            created: NOW,
            email_added: None,
        },
        Account {
            id: account_id(2),
            email: None,
            password_hash: None,
            name: None,
            region: None,
            language: Language::English,
            ads_account: AdsAccount::Missing,
            created: NOW,
            email_added: None,
        },
        Account {
            id: account_id(3),
            email: None,
            password_hash: None,
            name: None,
            region: None,
            language: Language::English,
            ads_account: complete(3, None, None, PaymentMethod::Automatic),
            created: NOW,
            email_added: None,
        },
    ];
    let languages = LANGUAGES.into_iter().cycle();
    for ((industry, language), number) in INDUSTRIES.into_iter().zip(languages).zip(4..) {
        accounts.push(Account {
            id: account_id(number),
            email: Some(Email::parse(&format!("account{number}@portal.test")).unwrap()),
            password_hash: some("hash"),
            name: None,
            region: None,
            language,
            ads_account: AdsAccount::Created {
                business: business(number, industry),
            },
            created: NOW,
            email_added: None,
        });
    }
    accounts.push(Account {
        id: account_id(25),
        email: Some(Email::parse("added@portal.test").unwrap()),
        password_hash: some("hash"),
        name: None,
        region: None,
        language: Language::English,
        ads_account: AdsAccount::Missing,
        created: NOW,
        email_added: Some(Timestamp(NOW.0 + 1)),
    });
    accounts
}

fn grant() -> Grant {
    Grant {
        access_token: "act.example".to_owned(),
        access_expires: Timestamp(NOW.0 + 1),
        refresh_token: "rft.example".to_owned(),
        refresh_expires: Timestamp(NOW.0 + 2),
        scopes: "user.info.basic,user.info.profile".to_owned(),
    }
}

fn known() -> TikTokProfile {
    TikTokProfile {
        display_name: "Mai's \"coffee\" ☕".to_owned(),
        username: some("mai"),
        avatar_url: some("https://p16.example/mai.jpeg"),
    }
}

fn unknown() -> TikTokProfile {
    TikTokProfile {
        display_name: "Mai".to_owned(),
        username: None,
        avatar_url: None,
    }
}

fn good(due: i64) -> GrantHealth {
    GrantHealth::Good {
        due: Timestamp(due),
    }
}

/// One of which TikTok told everything, one of which it told the least.
pub(crate) fn links() -> Vec<(Link, Grant)> {
    let links = [
        Link {
            account: account_id(1),
            open_id: OpenId("open-1".to_owned()),
            union_id: some("union-1"),
            profile: known(),
            linked: NOW,
            health: good(0),
        },
        Link {
            account: account_id(2),
            open_id: OpenId("open-2".to_owned()),
            union_id: None,
            profile: unknown(),
            linked: NOW,
            health: good(0),
        },
    ];
    links.map(|link| (link, grant())).into()
}

/// One about which TikTok is asked later, and two of which it doesn't take the grant, the last for a reason
/// that a later release knows.
pub(crate) fn links_by_health() -> Vec<(Link, Grant)> {
    let all = [
        (3, good(1_795_564_800_000)),
        (4, GrantHealth::Lost(GrantFault::ScopeMissing)),
        (5, GrantHealth::Lost(GrantFault::Revoked)),
    ];
    let links = all.map(|(number, health)| Link {
        account: account_id(number),
        open_id: OpenId(format!("open-{number}")),
        union_id: None,
        profile: unknown(),
        linked: NOW,
        health,
    });
    links.map(|link| (link, grant())).into()
}

pub(crate) fn sessions() -> Vec<Session> {
    let first = Session {
        token_hash: "5e55".to_owned(),
        account: account_id(1),
        times: SessionTimes {
            begun: NOW,
            seen: Timestamp(NOW.0 + 1),
            authenticated: Timestamp(NOW.0 + 2),
        },
        whereabouts: Whereabouts::default(),
    };
    let placed = Session {
        token_hash: "5e56".to_owned(),
        whereabouts: Whereabouts {
            device: Some(Device {
                browser: Browser::TikTok,
                system: System::Ios,
            }),
            country: Some(Country::VN),
        },
        ..first.clone()
    };
    // Of a browser that a later release knows.
    let unknown = Session {
        token_hash: "5e57".to_owned(),
        whereabouts: Whereabouts {
            device: Some(Device {
                browser: Browser::Other,
                system: System::Other,
            }),
            country: None,
        },
        ..first.clone()
    };
    vec![first, placed, unknown]
}

const OUTCOMES: [Outcome; 18] = [
    Outcome::SignedUp,
    Outcome::LoggedIn,
    Outcome::ChooseAccount,
    Outcome::Linked,
    Outcome::AlreadyYours,
    Outcome::AlreadyLinked,
    Outcome::AccountHasLink,
    Outcome::ConfirmNeeded,
    Outcome::SessionEnded,
    Outcome::Confirmed,
    Outcome::ConfirmedByAnother,
    Outcome::Cancelled,
    Outcome::ScopeDenied,
    Outcome::TikTokFailed,
    Outcome::NotAvailable,
    Outcome::Expired,
    Outcome::OtherBrowser,
    Outcome::Unknown,
];

/// Each intent, each state, each outcome.
pub(crate) fn authorizations() -> Vec<StoredAuthorization> {
    let account = account_id(1);
    let intents = [
        Intent::SignUp,
        Intent::LogIn,
        Intent::Link {
            account,
            return_to: ReturnTo::Profile,
        },
        Intent::Link {
            account,
            return_to: ReturnTo::Ad { draft: draft_id(1) },
        },
        Intent::Confirm { account },
    ];
    let proof = |union_id, profile| Proof {
        open_id: OpenId("open-3".to_owned()),
        union_id,
        profile,
        proven: Timestamp(NOW.0 + 3),
    };
    let phases = [
        Phase::Exchanging {
            since: Timestamp(NOW.0 + 4),
        },
        Phase::Proved {
            proof: proof(some("union-3"), known()),
            outcome: Outcome::ChooseAccount,
        },
        Phase::Proved {
            proof: proof(None, unknown()),
            outcome: Outcome::ConfirmNeeded,
        },
    ];
    let pending = intents.map(|intent| (intent, Phase::Pending));
    let under_way = phases.map(|phase| (Intent::LogIn, phase));
    let ended = OUTCOMES.map(|outcome| (Intent::LogIn, Phase::Ended { outcome }));
    let with_a_secret = Phase::Proved {
        proof: proof(None, unknown()),
        outcome: Outcome::ChooseAccount,
    };
    let all = pending.into_iter().chain(under_way).chain(ended);
    let all = all.chain([(Intent::LogIn, with_a_secret)]);
    all.zip(1..)
        .map(|((intent, phase), number)| StoredAuthorization {
            id: authorization_id(number),
            authorization: Authorization {
                intent,
                browser: BrowserId(format!("b{number}")),
                begun: NOW,
                phase,
            },
            verifier: Sealable::Open("verifier".to_owned()),
            region: number.is_multiple_of(2).then_some(Country::VN),
            language: Language::TraditionalChinese,
            grant: number.is_multiple_of(2).then(|| Sealable::Open(grant())),
            secret_hash: (number == 27).then(|| "secret".to_owned()),
        })
        .collect()
}

pub(crate) fn former_emails() -> Vec<FormerEmail> {
    vec![FormerEmail {
        email: Email::parse("before@portal.test").unwrap(),
        account: account_id(4),
        replaced: NOW,
    }]
}

/// Accounts that are to be deleted, and when: in 2100, so that no sweep of a test does it.
pub(crate) fn deletions() -> [(AccountId, Timestamp); 1] {
    [(account_id(4), Timestamp(4_102_444_800_000))]
}

/// The newest first. What a later release has a word for is left out.
pub(crate) fn activity() -> Vec<Activity> {
    let known = Whereabouts {
        device: Some(Device {
            browser: Browser::TikTok,
            system: System::Ios,
        }),
        country: Some(Country::VN),
    };
    let all = [
        (1, NOW.0 + 1, Event::LoggedInByPassword, known),
        (2, NOW.0, Event::AuthorizationLost, Whereabouts::default()),
    ];
    let all = all.map(|(number, at, event, whereabouts)| Activity {
        id: ActivityId(account_id(number).0),
        account: AccountHash::of(account_id(4)),
        at: Timestamp(at),
        event,
        whereabouts,
    });
    all.into()
}

/// Used and not, on one device and on several.
pub(crate) fn passkeys() -> Vec<Passkey> {
    let phone = Passkey {
        id: "cGFzc2tleTE".to_owned(),
        account: account_id(1),
        name: "Mai's \"phone\" ☕".to_owned(),
        algorithm: -7,
        public_key: "a2V5MQ".to_owned(),
        counter: 0,
        backup_eligible: true,
        backed_up: true,
        created: NOW,
        used: Some(Timestamp(NOW.0 + 1)),
    };
    let security_key = Passkey {
        id: "cGFzc2tleTI".to_owned(),
        name: "YubiKey".to_owned(),
        algorithm: -8,
        public_key: "a2V5Mg".to_owned(),
        counter: u32::MAX,
        backup_eligible: false,
        backed_up: false,
        used: None,
        ..phone.clone()
    };
    let of_another = Passkey {
        id: "cGFzc2tleTM".to_owned(),
        account: account_id(2),
        name: "Windows Hello".to_owned(),
        algorithm: -257,
        public_key: "a2V5Mw".to_owned(),
        counter: 1,
        backup_eligible: true,
        ..security_key.clone()
    };
    vec![phone, security_key, of_another]
}

/// Two that wait until 2100, so that no sweep of a test moves them: one whose link is there, and one whose link went
/// with a release that knew of no transfers.
pub(crate) fn transfers() -> [Transfer; 2] {
    let due = Timestamp(4_102_444_800_000);
    [
        Transfer {
            from: account_id(1),
            to: account_id(6),
            open_id: OpenId("open-1".to_owned()),
            due,
        },
        Transfer {
            from: account_id(7),
            to: account_id(2),
            open_id: OpenId("open-gone".to_owned()),
            due: Timestamp(due.0 + 1),
        },
    ]
}

pub(crate) fn ceremonies() -> Vec<(BrowserId, Ceremony)> {
    let account = account_id(1);
    let all = [
        passkey::Purpose::Add { account },
        passkey::Purpose::LogIn,
        passkey::Purpose::Confirm { account },
    ];
    let all = all.into_iter().zip(1..).map(|(purpose, number)| {
        let ceremony = Ceremony {
            purpose,
            challenge: format!("challenge{number}"),
            begun: NOW,
        };
        (BrowserId(format!("b{number}")), ceremony)
    });
    all.collect()
}

/// Each purpose, each state, with a code and without.
pub(crate) fn sign_ups() -> Vec<(BrowserId, SignUp)> {
    let after = |older: &[&str], code, tries| sign_up::State::AwaitingCode {
        code,
        sent: NOW,
        tries,
        older: older.iter().map(|&code| code.to_owned()).collect(),
    };
    let awaiting = |code, tries| after(&[], code, tries);
    let new = Purpose::SignUp {
        region: Country::VN,
        language: Language::SimplifiedChinese,
    };
    let add = Purpose::AddEmail {
        account: account_id(2),
    };
    let reset = Purpose::ResetPassword {
        language: Language::Vietnamese,
    };
    let change = Purpose::ChangeEmail {
        account: account_id(2),
    };
    let all = [
        (new, awaiting(some("012345"), 0)),
        (new, awaiting(None, 5)),
        (add, awaiting(some("543210"), 1)),
        (add, sign_up::State::Verified),
        (new, after(&["111111", "222222"], some("333333"), 2)),
        (new, after(&["keyed1"], some("keyed2"), 1)),
        (reset, awaiting(some("keyed3"), 0)),
        (change, awaiting(some("keyed4"), 0)),
    ];
    all.into_iter()
        .zip(1..)
        .map(|((purpose, state), number)| {
            let sign_up = SignUp {
                email: Email::parse(&format!("new{number}@portal.test")).unwrap(),
                password_hash: (purpose != change).then(|| "hash".to_owned()),
                purpose,
                state,
                secret_hash: if number >= 6 { "secret" } else { "" }.to_owned(),
            };
            (BrowserId(format!("b{number}")), sign_up)
        })
        .collect()
}

/// Empty, and with each choice.
pub(crate) fn drafts() -> Vec<StoredDraft> {
    let mut drafts = vec![Draft::default()];
    let editing = |step| Stage::Editing { step };
    let choices = [
        (
            Stage::Finished,
            Objective::WebConversions,
            BudgetMode::Daily,
            OptimizationGoal::Click,
            CallToAction::LearnMore,
        ),
        (
            editing(Step::Campaign),
            Objective::LeadGeneration,
            BudgetMode::Total,
            OptimizationGoal::Conversion,
            CallToAction::ShopNow,
        ),
        (
            editing(Step::AdGroup),
            Objective::AppPromotion,
            BudgetMode::Daily,
            OptimizationGoal::Reach,
            CallToAction::SignUp,
        ),
        (
            editing(Step::Ad),
            Objective::WebConversions,
            BudgetMode::Total,
            OptimizationGoal::Click,
            CallToAction::DownloadNow,
        ),
        (
            Stage::Finished,
            Objective::LeadGeneration,
            BudgetMode::Daily,
            OptimizationGoal::Conversion,
            CallToAction::ContactUs,
        ),
    ];
    drafts.extend(choices.map(
        |(stage, objective, budget_mode, optimization_goal, call_to_action)| Draft {
            stage,
            contents: Contents {
                campaign: Campaign {
                    objective: Some(objective),
                    name: "Tết \"2027\"".to_owned(),
                    budget_mode: Some(budget_mode),
                    budget: "50,5".to_owned(),
                    budget_language: None,
                },
                ad_group: AdGroup {
                    name: "Huế".to_owned(),
                    location: "VN".to_owned(),
                    optimization_goal: Some(optimization_goal),
                    schedule_start: "2026-12-24T08:00".to_owned(),
                    schedule_end: "2026-12-31T20:00".to_owned(),
                },
                ad: Ad {
                    name: "Cà phê".to_owned(),
                    identity_on: true,
                    delivery: Some(Delivery::BusinessAccount),
                    identity: some("open-1"),
                    ads_only: true,
                    text: "Ngon ☕".to_owned(),
                    call_to_action: Some(call_to_action),
                    landing_page: "https://example.test/tết".to_owned(),
                },
            },
            version: 2,
        },
    ));
    drafts
        .into_iter()
        .zip(1..)
        .map(|(draft, number)| StoredDraft {
            id: draft_id(number),
            account: account_id(1),
            draft,
            changed: Timestamp(NOW.0 - i64::try_from(number).unwrap()),
        })
        .collect()
}

/// What is to be revoked.
pub(crate) fn unneeded_grants() -> Vec<UnneededGrant> {
    vec![UnneededGrant {
        open_id: OpenId("open-4".to_owned()),
        grant: grant(),
        since: NOW,
    }]
}

pub(crate) fn counts() -> Vec<(String, Count)> {
    let count = Count {
        since: NOW,
        tries: 3,
        // It said none.
        ends: Timestamp(0),
    };
    let in_a_row = Count {
        since: NOW,
        tries: 100,
        ends: Timestamp(1_796_083_200_000),
    };
    vec![
        ("log_in_by_peer:203.0.113.1".to_owned(), count),
        ("log_in_by_email 5e55".to_owned(), in_a_row),
    ]
}

pub(crate) fn keyed_requests() -> Vec<KeyedRequest> {
    let replied = KeyedAnswer {
        told: Told::Reply(r#"{"to":"campaigns"}"#.to_owned()),
        account: Some(account_id(1)),
        session: some("s1"),
    };
    let refused = KeyedAnswer {
        told: Told::Problem(r#"{"code":"wrong_credentials","status":422}"#.to_owned()),
        account: None,
        session: None,
    };
    [("b1", None), ("b1", Some(replied)), ("b2", Some(refused))]
        .into_iter()
        .zip(1..)
        .map(|((browser, answer), number)| KeyedRequest {
            id: format!("k{number}"),
            browser: BrowserId(browser.to_owned()),
            fingerprint: format!("f{number}"),
            begun: NOW,
            answer,
        })
        .collect()
}

pub(crate) fn letters() -> Vec<StoredLetter> {
    let waiting = || LetterState::Waiting { due: NOW };
    let dead = || LetterState::Dead {
        why: "the mail server answered 550".to_owned(),
    };
    let tiktok = || "Mai Coffee".to_owned();
    let phone = || "Mai phone".to_owned();
    let code = News::Code {
        code: "123456".to_owned(),
        minutes: 10,
    };
    let reset_code = News::ResetCode {
        code: "123456".to_owned(),
        minutes: 10,
    };
    let lost = News::AuthorizationLost {
        tiktok: "Mai Coffee".to_owned(),
    };
    let undo_code = News::UndoCode {
        code: "123456".to_owned(),
        minutes: 10,
    };
    let all = [
        (Language::Vietnamese, code, 0, waiting()),
        (
            Language::TraditionalChinese,
            News::AccountExists,
            2,
            waiting(),
        ),
        (
            Language::English,
            News::Linked { tiktok: tiktok() },
            1,
            dead(),
        ),
        (
            Language::English,
            News::Unlinked { tiktok: tiktok() },
            1,
            dead(),
        ),
        (Language::English, News::EmailAdded, 0, waiting()),
        (
            Language::English,
            News::ManyFailures { tries: 10 },
            0,
            waiting(),
        ),
        (Language::Vietnamese, reset_code, 0, waiting()),
        (Language::Vietnamese, News::NoAccount, 0, waiting()),
        (Language::Vietnamese, News::PasswordChanged, 0, waiting()),
        (Language::Vietnamese, News::AddressHeld, 0, waiting()),
        (Language::Vietnamese, undo_code, 0, waiting()),
        (Language::Vietnamese, News::UndoTooLate, 0, waiting()),
        (Language::Vietnamese, News::EmailChanged, 0, waiting()),
        (Language::Vietnamese, News::EmailRemoved, 0, waiting()),
        (Language::Vietnamese, lost, 0, waiting()),
        (Language::Vietnamese, News::DeletionAsked, 0, waiting()),
        (Language::Vietnamese, News::DeletionStopped, 0, waiting()),
        (Language::Vietnamese, News::AccountDeleted, 0, waiting()),
        (
            Language::Vietnamese,
            News::PasskeyAdded { name: phone() },
            0,
            waiting(),
        ),
        (
            Language::Vietnamese,
            News::PasskeysRemoved { names: phone() },
            0,
            waiting(),
        ),
    ];
    let of_transfers = [
        News::TransferBegun { tiktok: tiktok() },
        News::TransferStopped { tiktok: tiktok() },
        News::Transferred { tiktok: tiktok() },
    ];
    let of_transfers = of_transfers.map(|news| (Language::Vietnamese, news, 0, waiting()));
    let letters = all.into_iter().chain(of_transfers).zip(1..);
    let letters = letters.map(|((language, news, tries, state), number)| StoredLetter {
        id: uuid(number).parse().unwrap(),
        letter: Letter {
            to: Email::parse("mai@coffee.test").unwrap(),
            language,
            news,
        },
        written: NOW,
        tries,
        state,
    });
    letters.collect()
}

/// Puts all of them into a store.
pub(crate) async fn put_all(store: &dyn service::store::Store) {
    let mut tx = store.begin(service::store::Mode::Write).await.unwrap();
    for account in accounts() {
        tx.insert_account(&account).await.unwrap();
    }
    for former in former_emails() {
        tx.put_former_email(&former).await.unwrap();
    }
    for (account, due) in deletions() {
        tx.put_deletion(account, due).await.unwrap();
    }
    for activity in activity() {
        tx.insert_activity(&activity).await.unwrap();
    }
    for passkey in passkeys() {
        tx.insert_passkey(&passkey).await.unwrap();
    }
    for (browser, ceremony) in ceremonies() {
        tx.put_ceremony(&browser, &ceremony).await.unwrap();
    }
    for (link, grant) in links() {
        tx.insert_link(&link, &grant).await.unwrap();
    }
    for transfer in transfers() {
        tx.insert_transfer(&transfer).await.unwrap();
    }
    for session in sessions() {
        tx.put_session(&session).await.unwrap();
    }
    for authorization in authorizations() {
        tx.put_authorization(&authorization).await.unwrap();
    }
    for (browser, sign_up) in sign_ups() {
        tx.put_sign_up(&browser, &sign_up, NOW).await.unwrap();
    }
    for draft in drafts() {
        tx.put_draft(&draft).await.unwrap();
    }
    for unneeded in unneeded_grants() {
        tx.put_unneeded_grant(&unneeded).await.unwrap();
    }
    for (key, count) in counts() {
        tx.put_count(&key, count).await.unwrap();
    }
    for request in keyed_requests() {
        tx.put_keyed_request(&request).await.unwrap();
    }
    for letter in letters() {
        tx.put_letter(&letter).await.unwrap();
    }
    tx.commit().await.unwrap();
}
