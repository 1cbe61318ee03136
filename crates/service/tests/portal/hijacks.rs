//! Pre-hijacking: an attacker prepares an account, and waits for its victim to move in (Sudhodanan
//! and Paverd, "Pre-hijacked accounts", 2022). Each attack that fits is tried.

use crate::harness::asking::{NEW_PASSWORD, begin, log_in, sign_up};
use crate::harness::{Browser, Memory};
use contract::account::{GetProfile, UnlinkTikTok};
use contract::authorization::{CreateAccount, LinkExisting, Purpose};
use contract::problem::Code;
use contract::sign_up::{AddEmail, ResetPassword, VerifyEmail};
use domain::authorization::{Outcome, ReturnTo};
use domain::region::Language;
use scenarios::{PASSWORD, Visit};

const VICTIM: &str = "victim@coffee.test";
const ATTACKERS_PASSWORD: &str = "the attacker's password";
const TO_PROFILE: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

fn add_victims_email() -> AddEmail {
    AddEmail {
        email: VICTIM.to_owned(),
        password: ATTACKERS_PASSWORD.to_owned(),
    }
}

/// The attacker signs up with the victim's address; the victim comes by TikTok, and later by e-mail.
#[test]
fn classic_federated_merge_an_unproven_address_is_merged_with_nothing() {
    let portal = Memory::seeded();
    let (mut attacker, mut victim) = (Browser::default(), Browser::default());
    portal
        .ask(&mut attacker, &sign_up(VICTIM, ATTACKERS_PASSWORD))
        .unwrap();
    let sent_to_victim = portal.newest_code(VICTIM);
    let log_in_attacker = log_in(VICTIM, ATTACKERS_PASSWORD);
    assert_eq!(
        portal.refused(&mut attacker, &log_in_attacker),
        Code::WrongCredentials
    );

    // The victim comes by TikTok: an account of their own, without an address.
    let sign_up_tiktok = Purpose::SignUp { terms: true };
    let visit = Visit::Authorize("unlinked");
    let completed = portal.authorize(&mut victim, sign_up_tiktok, visit);
    assert_eq!(completed.outcome, Outcome::SignedUp);
    assert_eq!(portal.member(&mut victim).unwrap().email, None);

    // The victim finds the attacker's code in the inbox: it is of no use in another browser.
    let code = VerifyEmail {
        code: sent_to_victim.clone(),
        ..VerifyEmail::default()
    };
    assert_eq!(portal.refused(&mut victim, &code), Code::NoCodePending);

    // The victim signs up by e-mail as well, with a password of their own.
    let mut by_email = Browser::default();
    portal
        .ask(&mut by_email, &sign_up(VICTIM, NEW_PASSWORD))
        .unwrap();
    let code = VerifyEmail {
        code: portal.newest_code(VICTIM),
        ..VerifyEmail::default()
    };
    portal.ask(&mut by_email, &code).unwrap();

    // Even with the code that was sent, the attacker gets nothing any more.
    let code = VerifyEmail {
        code: sent_to_victim,
        ..VerifyEmail::default()
    };
    assert_eq!(portal.refused(&mut attacker, &code), Code::InvalidInput);
    assert_eq!(portal.member(&mut attacker), None);
    assert_eq!(
        portal.refused(&mut attacker, &log_in_attacker),
        Code::WrongCredentials
    );
    portal
        .ask(&mut Browser::default(), &log_in(VICTIM, NEW_PASSWORD))
        .unwrap();
}

/// The attacker holds a session of the account, and keeps it alive until the victim has taken the
/// account over by a way to log in of their own.
#[test]
fn unexpired_session_a_new_way_to_log_in_ends_every_other_session() {
    let portal = Memory::seeded();
    let (mut attacker, mut victim) = (Browser::default(), Browser::default());
    let visit = Visit::Authorize("tiktok_only");
    for browser in [&mut attacker, &mut victim] {
        let completed = portal.authorize(browser, Purpose::LogIn, visit);
        assert_eq!(completed.outcome, Outcome::LoggedIn);
    }
    let add = AddEmail {
        email: VICTIM.to_owned(),
        password: NEW_PASSWORD.to_owned(),
    };
    portal.ask(&mut victim, &add).unwrap();
    assert!(
        portal.member(&mut attacker).is_some(),
        "nothing is proven yet"
    );
    let code = VerifyEmail {
        code: portal.newest_code(VICTIM),
        ..VerifyEmail::default()
    };
    portal.ask(&mut victim, &code).unwrap();
    assert!(
        portal.member(&mut victim).is_some(),
        "the one that did it stays"
    );
    assert_eq!(portal.member(&mut attacker), None);
    assert_eq!(
        portal.refused(&mut attacker, &GetProfile {}),
        Code::NotLoggedIn
    );
}

/// The attacker hangs a way in of their own on an account under the victim's address.
#[test]
fn trojan_identifier_nothing_hangs_on_an_address_that_is_not_proven() {
    let portal = Memory::seeded();
    // By a sign-up that waits for its code.
    let mut attacker = Browser::default();
    portal
        .ask(&mut attacker, &sign_up(VICTIM, ATTACKERS_PASSWORD))
        .unwrap();
    assert_eq!(
        portal.refused(&mut attacker, &begin(TO_PROFILE)),
        Code::NotLoggedIn
    );
    let visit = Visit::Authorize("personal_account");
    let completed = portal.authorize(&mut attacker, Purpose::LogIn, visit);
    assert_eq!(completed.outcome, Outcome::ChooseAccount);
    let existing = LinkExisting {
        email: VICTIM.to_owned(),
        password: ATTACKERS_PASSWORD.to_owned(),
        ..LinkExisting::default()
    };
    assert_eq!(
        portal.refused(&mut attacker, &existing),
        Code::WrongCredentials
    );

    // By an account of the attacker's own, to which the victim's address is added.
    let create = CreateAccount {
        terms: true,
        ..CreateAccount::default()
    };
    portal.ask(&mut attacker, &create).unwrap();
    portal.ask(&mut attacker, &add_victims_email()).unwrap();
    let trojan = portal.newest_code(VICTIM);
    assert_eq!(
        portal.refused(&mut attacker, &UnlinkTikTok {}),
        Code::LastLogInMethod
    );
    let log_in_attacker = log_in(VICTIM, ATTACKERS_PASSWORD);
    let mut elsewhere = Browser::default();
    assert_eq!(
        portal.refused(&mut elsewhere, &log_in_attacker),
        Code::WrongCredentials
    );

    // The victim's address is still free for the victim, whose account has one way in.
    let mut victim = Browser::default();
    portal
        .ask(&mut victim, &sign_up(VICTIM, NEW_PASSWORD))
        .unwrap();
    let code = VerifyEmail {
        code: portal.newest_code(VICTIM),
        ..VerifyEmail::default()
    };
    portal.ask(&mut victim, &code).unwrap();
    let profile = portal.ask(&mut victim, &GetProfile {}).unwrap();
    assert_eq!(profile.tiktok, None);
    assert!(!profile.methods.tiktok);

    // And the code that the attacker sent off adds it to nothing any more.
    let code = VerifyEmail {
        code: trojan,
        ..VerifyEmail::default()
    };
    assert_eq!(portal.refused(&mut attacker, &code), Code::InvalidInput);
    assert_eq!(
        portal.ask(&mut attacker, &GetProfile {}).unwrap().email,
        None
    );
    let completed = portal.authorize(&mut Browser::default(), Purpose::LogIn, visit);
    assert_eq!(
        completed.outcome,
        Outcome::LoggedIn,
        "to the attacker's own account"
    );
    assert_ne!(portal.member(&mut attacker), portal.member(&mut victim));
}

/// The attacker asks for a password of their own on the victim's account, and hopes that the victim
/// types the code which that sends.
#[test]
fn a_reset_that_somebody_else_began_sets_no_password() {
    let portal = Memory::seeded();
    let email = "linked@portal.test";
    let reset = |password: &str| ResetPassword {
        email: email.to_owned(),
        new_password: password.to_owned(),
        language: Language::English,
    };
    let (mut attacker, mut victim) = (Browser::default(), Browser::default());
    portal
        .ask(&mut attacker, &reset(ATTACKERS_PASSWORD))
        .unwrap();
    let of_attacker = VerifyEmail {
        code: portal.newest_code(email),
        ..VerifyEmail::default()
    };
    // It is of no use in the victim's browser, neither before they have begun one of their own nor after.
    assert_eq!(
        portal.refused(&mut victim, &of_attacker),
        Code::NoCodePending
    );
    portal.ask(&mut victim, &reset(NEW_PASSWORD)).unwrap();
    let of_victim = VerifyEmail {
        code: portal.newest_code(email),
        ..VerifyEmail::default()
    };
    assert_eq!(
        portal.refused(&mut victim, &of_attacker),
        Code::InvalidInput
    );
    // Even with both codes, the attacker's ended when the victim asked.
    for code in [&of_attacker, &of_victim] {
        assert_eq!(portal.refused(&mut attacker, code), Code::InvalidInput);
    }
    portal.ask(&mut victim, &of_victim).unwrap();
    assert_eq!(portal.member(&mut attacker), None);
    assert_eq!(
        portal.refused(&mut attacker, &log_in(email, ATTACKERS_PASSWORD)),
        Code::WrongCredentials
    );
    portal
        .ask(&mut Browser::default(), &log_in(email, NEW_PASSWORD))
        .unwrap();
}

/// The attacker's TikTok account claims the victim's address, by every name that TikTok tells.
#[test]
fn non_verifying_provider_a_name_at_tiktok_is_no_address() {
    let portal = Memory::seeded();
    let mut attacker = Browser::default();
    let visit = Visit::CreateAccount("email_only", "email-only@portal.test");
    let completed = portal.authorize(&mut attacker, Purpose::LogIn, visit);
    assert_eq!(
        completed.outcome,
        Outcome::ChooseAccount,
        "nobody's account by a matching name"
    );
    assert_eq!(portal.member(&mut attacker), None);
    let create = CreateAccount {
        terms: true,
        ..CreateAccount::default()
    };
    portal.ask(&mut attacker, &create).unwrap();
    let member = portal.member(&mut attacker).unwrap();
    assert_eq!(member.email, None);
    let mut victim = portal.logged_in("email-only@portal.test");
    assert_ne!(portal.member(&mut victim).unwrap().account, member.account);
    assert_eq!(
        portal.ask(&mut victim, &GetProfile {}).unwrap().tiktok,
        None
    );
    // Nor does an address of the victim's become the attacker's way in.
    let log_in_attacker = log_in("email-only@portal.test", ATTACKERS_PASSWORD);
    assert_eq!(
        portal.refused(&mut attacker, &log_in_attacker),
        Code::WrongCredentials
    );
    assert_eq!(
        portal
            .ask(&mut attacker, &log_in("email-only@portal.test", PASSWORD))
            .map(|_| ()),
        Ok(())
    );
}
