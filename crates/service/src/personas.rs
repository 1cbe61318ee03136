//! Personas: seeded accounts whose names say the state that they show. In production they don't
//! exist.

use crate::env::{Busy, Env};
use crate::store::{
    Account, AccountHash, Activity, Grant, Link, Mode, Passkey, Session, StoreError, Transaction,
    Whereabouts,
};
use domain::activity::Event;
use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::authorization::TikTokProfile;
use domain::business::Industry;
use domain::currency::Currency;
use domain::device::{Browser, Device, System};
use domain::email::Email;
use domain::grant::{GrantFault, GrantHealth};
use domain::id::{AccountId, ActivityId, OpenId};
use domain::region::{Country, Language, TimeZone};
use domain::session::SessionTimes;
use domain::time::{Timestamp, minutes};
use uuid::Uuid;

/// The password of all, at TikTok and here.
pub const PASSWORD: &str = "Portal-demo-2026";

/// A TikTok account that is there from the start.
#[derive(Clone, Copy, Debug)]
pub struct TikTokPersona {
    pub username: &'static str,
    pub display_name: &'static str,
    /// Whether only its followers see what it shows.
    pub is_private: bool,
    /// Whether it is a TikTok business account.
    pub is_business: bool,
    pub meaning: &'static str,
}

pub const TIKTOK: [TikTokPersona; 7] = [
    TikTokPersona {
        username: "unlinked",
        display_name: "Mai Coffee",
        is_private: false,
        is_business: true,
        meaning: "linked to nobody",
    },
    TikTokPersona {
        username: "linked_elsewhere",
        display_name: "Sông Hương Tea",
        is_private: false,
        is_business: true,
        meaning: "linked to another business account, someone-else@portal.test",
    },
    TikTokPersona {
        username: "linked_already",
        display_name: "Hội An Lanterns",
        is_private: false,
        is_business: true,
        meaning: "linked to linked@portal.test",
    },
    TikTokPersona {
        username: "tiktok_only",
        display_name: "Phở Corner",
        is_private: false,
        is_business: true,
        meaning: "logs in to a business account that has no password",
    },
    TikTokPersona {
        username: "personal_account",
        display_name: "Linh",
        is_private: false,
        is_business: false,
        meaning: "a personal account, linked to nobody",
    },
    TikTokPersona {
        username: "private_account",
        display_name: "Minh",
        is_private: true,
        is_business: false,
        meaning: "a private account, linked to nobody",
    },
    TikTokPersona {
        username: "authorization_ended",
        display_name: "Đà Lạt Flowers",
        is_private: false,
        is_business: true,
        meaning: "linked to authorization-ended@portal.test, and to be authorized again",
    },
];

/// A business account that is there from the start.
#[derive(Clone, Copy, Debug)]
pub struct BusinessPersona {
    /// Its e-mail address, if it has one.
    pub email: Option<&'static str>,
    /// The TikTok account that is linked to it.
    pub tiktok: Option<&'static str>,
    pub country: &'static str,
    /// The name of its business.
    pub business: &'static str,
    /// Why TikTok doesn't accept the authorization of its link any more.
    pub fault: Option<GrantFault>,
    /// The names of its passkeys, which no authenticator has.
    pub passkeys: &'static [&'static str],
    pub meaning: &'static str,
}

pub const BUSINESS: [BusinessPersona; 7] = [
    BusinessPersona {
        email: Some("email-only@portal.test"),
        tiktok: None,
        country: "VN",
        business: "Mai Coffee",
        fault: None,
        passkeys: &[],
        meaning: "has no link",
    },
    BusinessPersona {
        email: Some("linked@portal.test"),
        tiktok: Some("linked_already"),
        country: "VN",
        business: "Hội An Lanterns",
        fault: None,
        passkeys: &[],
        meaning: "linked to linked_already",
    },
    BusinessPersona {
        email: None,
        tiktok: Some("tiktok_only"),
        country: "VN",
        business: "Phở Corner",
        fault: None,
        passkeys: &[],
        meaning: "logs in by tiktok_only alone and has no password",
    },
    BusinessPersona {
        email: Some("someone-else@portal.test"),
        tiktok: Some("linked_elsewhere"),
        country: "VN",
        business: "Sông Hương Tea",
        fault: None,
        passkeys: &[],
        meaning: "owns linked_elsewhere",
    },
    BusinessPersona {
        email: Some("outside@portal.test"),
        tiktok: None,
        country: "US",
        business: "Bay Bakery",
        fault: None,
        passkeys: &[],
        meaning: "outside the market that has the feature",
    },
    BusinessPersona {
        email: Some("authorization-ended@portal.test"),
        tiktok: Some("authorization_ended"),
        country: "VN",
        business: "Đà Lạt Flowers",
        fault: Some(GrantFault::Revoked),
        passkeys: &[],
        meaning: "linked to authorization_ended, whose authorization TikTok accepts no more",
    },
    BusinessPersona {
        email: Some("passkeys@portal.test"),
        tiktok: None,
        country: "VN",
        business: "Sài Gòn Juice",
        fault: None,
        passkeys: &["Mai’s phone", "Office laptop"],
        meaning: "has two passkeys, which can be seen and removed",
    },
];

/// How the tokens begin that TikTok never gave.
const SEEDED: &str = "seeded-";

/// Why the personas aren't there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Busy(#[from] Busy),
}

/// What the emulator will say of a TikTok account, by which a seeded link is the same account's.
pub struct AtTikTok {
    pub open_id: String,
    pub union_id: String,
    pub avatar_url: String,
}

/// Makes the business personas where they aren't yet. `at_tiktok` is asked by username.
pub async fn seed(
    env: &Env,
    at_tiktok: &(dyn Fn(&str) -> AtTikTok + Sync),
) -> Result<(), SeedError> {
    let password_hash = env.passwords.hash(PASSWORD.as_bytes()).await?;
    let now = env.clock.now();
    let mut tx = env.store.begin(Mode::Write).await?;
    for (persona, number) in BUSINESS.iter().zip(1..) {
        let account = account(persona, number, &password_hash, now);
        if tx.account(account.id).await?.is_some() {
            keep_seeded_link(&mut *tx, persona, account.id).await?;
            continue;
        }
        tx.insert_account(&account).await?;
        for (name, nth) in persona.passkeys.iter().zip(1..) {
            tx.insert_passkey(&passkey(name, nth, &account)).await?;
        }
        let tiktok = TIKTOK
            .iter()
            .find(|tiktok| Some(tiktok.username) == persona.tiktok);
        if let Some(tiktok) = tiktok {
            let known = at_tiktok(tiktok.username);
            tx.insert_link(
                &link(persona, account.id, tiktok, known, now),
                &grant(tiktok, now),
            )
            .await?;
            let session = session(&account, now);
            tx.put_session(&session).await?;
            // What was noted outlives a persona that was deleted and is made anew.
            let whose = AccountHash::of(account.id);
            let noted = tx.activity_of(&whose, Timestamp(0), None, 1).await?;
            if noted.is_empty() {
                for activity in activity(&account, number, session.whereabouts, now) {
                    tx.insert_activity(&activity).await?;
                }
            }
        }
    }
    Ok(tx.commit().await?)
}

/// A release before didn't say of a seeded link that TikTok isn't asked about it.
async fn keep_seeded_link(
    tx: &mut dyn Transaction,
    persona: &BusinessPersona,
    account: AccountId,
) -> Result<(), StoreError> {
    let grant = tx.grant_of_link(account).await?;
    let is_seeded = grant.is_some_and(|grant| grant.refresh_token.starts_with(SEEDED));
    if is_seeded {
        tx.set_grant_health(account, health(persona)).await?;
    }
    Ok(())
}

fn account(
    persona: &BusinessPersona,
    number: u128,
    password_hash: &str,
    now: Timestamp,
) -> Account {
    let email = persona.email.and_then(|email| Email::parse(email).ok());
    let country = Country::parse(persona.country).ok();
    let abroad = persona.country == "US";
    let business = country.zip(
        TimeZone::parse(if abroad {
            "America/Los_Angeles"
        } else {
            "Asia/Ho_Chi_Minh"
        })
        .ok(),
    );
    let ads_account = business.map_or(AdsAccount::Missing, |(country, time_zone)| {
        AdsAccount::Complete {
            business: Business {
                name: persona.business.to_owned(),
                industry: Industry::FoodAndBeverage,
                country,
                time_zone,
                currency: if abroad { Currency::USD } else { Currency::VND },
                phone: if abroad {
                    "+14155550100"
                } else {
                    "+84901234567"
                }
                .to_owned(),
            },
            completion: Completion {
                website: None,
                street_address: "1 Example Street".to_owned(),
                city: if abroad { "San Francisco" } else { "Huế" }.to_owned(),
                postal_code: None,
                payment_method: PaymentMethod::Automatic,
            },
        }
    });
    Account {
        id: AccountId(Uuid::from_u128(
            0x0190_0000_0000_7000_8000_0000_0000_0000 + number,
        )),
        password_hash: email.is_some().then(|| password_hash.to_owned()),
        email,
        name: None,
        region: country,
        // Whoever tries them out chose a language already, or reads this one.
        language: Language::English,
        ads_account,
        created: now,
        email_added: None,
    }
}

/// The first is on several devices and was used.
fn passkey(name: &str, nth: u64, account: &Account) -> Passkey {
    let is_first = nth == 1;
    Passkey {
        id: format!("seeded-{}-{nth}", account.id),
        account: account.id,
        name: name.to_owned(),
        algorithm: -7,
        public_key: String::new(),
        counter: 0,
        backup_eligible: is_first,
        backed_up: is_first,
        created: account.created.plus(minutes(nth)),
        used: is_first.then(|| account.created.plus(minutes(5))),
    }
}

/// Whoever is linked is logged in on a phone as well, so that a list of sessions can be seen. Nobody has its
/// token.
fn session(account: &Account, now: Timestamp) -> Session {
    Session {
        token_hash: format!("seeded-{}", account.id),
        account: account.id,
        times: SessionTimes::begin(now),
        whereabouts: Whereabouts {
            device: Some(Device {
                browser: Browser::SamsungInternet,
                system: System::Android,
            }),
            country: account.region,
        },
    }
}

/// What somebody on that phone did, so that a list of it can be seen.
fn activity(
    account: &Account,
    number: u128,
    whereabouts: Whereabouts,
    now: Timestamp,
) -> [Activity; 3] {
    let entry = |nth: u32, event| Activity {
        id: ActivityId(Uuid::from_u128(
            0x0190_0000_0000_7001_8000_0000_0000_0000 + (number << 8) + u128::from(nth),
        )),
        account: AccountHash::of(account.id),
        at: now.minus(minutes(u64::from(10 - nth))),
        event,
        whereabouts,
    };
    [
        entry(0, Event::SignedUp),
        entry(1, Event::Linked),
        entry(2, Event::LoggedInByTiktok),
    ]
}

/// TikTok, which never gave the tokens of a seeded link, isn't asked about them.
fn health(persona: &BusinessPersona) -> GrantHealth {
    /// The last moment of JavaScript's `Date`: in the tab it may pass through its numbers.
    const NEVER: Timestamp = Timestamp(8_640_000_000_000_000);
    match persona.fault {
        Some(fault) => GrantHealth::Lost(fault),
        None => GrantHealth::Good { due: NEVER },
    }
}

fn link(
    persona: &BusinessPersona,
    account: AccountId,
    tiktok: &TikTokPersona,
    AtTikTok {
        open_id,
        union_id,
        avatar_url,
    }: AtTikTok,
    now: Timestamp,
) -> Link {
    Link {
        account,
        open_id: OpenId(open_id),
        union_id: Some(union_id),
        profile: TikTokProfile {
            display_name: tiktok.display_name.to_owned(),
            username: Some(tiktok.username.to_owned()),
            avatar_url: Some(avatar_url),
        },
        linked: now,
        health: health(persona),
    }
}

/// TikTok never gave these tokens: a seeded link has no grant to use, and none to revoke.
fn grant(tiktok: &TikTokPersona, now: Timestamp) -> Grant {
    Grant {
        access_token: format!("{SEEDED}{}", tiktok.username),
        access_expires: now,
        refresh_token: format!("{SEEDED}{}", tiktok.username),
        refresh_expires: now,
        scopes: "user.info.basic,user.info.profile".to_owned(),
    }
}
