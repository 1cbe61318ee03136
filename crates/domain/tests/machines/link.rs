//! The link: every bond, every standing, every set of methods.

use domain::id::{AccountId, OpenId};
use domain::link::{
    Bonds, LinkRefusal, Linking, LogInMethods, Privilege, UnlinkRefusal, link, privilege, unlink,
};
use domain::session::Standing;
use uuid::Uuid;

#[test]
fn a_link_is_made_only_where_both_sides_are_free() {
    let me = AccountId(Uuid::from_u128(1));
    let another = AccountId(Uuid::from_u128(2));
    let this = OpenId("this".into());
    let that = OpenId("that".into());
    let bonds = |owner, linked: Option<&OpenId>| Bonds {
        owner,
        linked: linked.cloned(),
    };
    for (bonds, result) in [
        (bonds(None, None), Ok(Linking::Make)),
        (bonds(Some(me), Some(&this)), Ok(Linking::Already)),
        (bonds(Some(me), None), Ok(Linking::Already)),
        (bonds(None, Some(&this)), Ok(Linking::Already)),
        (bonds(None, Some(&that)), Err(LinkRefusal::AccountHasLink)),
        (bonds(Some(another), None), Err(LinkRefusal::AlreadyLinked)),
        // Both sides are taken: the TikTok account is what the user can change.
        (
            bonds(Some(another), Some(&that)),
            Err(LinkRefusal::AlreadyLinked),
        ),
    ] {
        assert_eq!(link(me, &this, &bonds), result, "{bonds:?}");
    }
}

#[test]
fn only_a_fresh_session_may_change_what_logs_in() {
    for (standing, granted) in [
        (Standing::Fresh, Privilege::Granted),
        (Standing::Stale, Privilege::ConfirmFirst),
        (Standing::Ended, Privilege::LogInFirst),
    ] {
        assert_eq!(privilege(standing), granted);
    }
}

#[test]
fn the_last_way_to_log_in_stays() {
    let methods = |email_and_password, tiktok| LogInMethods {
        email_and_password,
        tiktok,
    };
    for (before, result) in [
        (methods(true, true), Ok(methods(true, false))),
        (methods(false, true), Err(UnlinkRefusal::LastLogInMethod)),
        (methods(true, false), Err(UnlinkRefusal::NotLinked)),
        (methods(false, false), Err(UnlinkRefusal::NotLinked)),
    ] {
        assert_eq!(unlink(before), result, "{before:?}");
    }
}
