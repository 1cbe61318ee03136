//! Drafts of campaigns.

use super::journeys::all_but_identity;
use super::person::{Person, begin, draft_id};
use super::{Host, Visit};
use contract::account::UnlinkTikTok;
use contract::authorization::Purpose;
use contract::drafts::{
    CreateDraft, DeleteDraft, DraftView, FinishDraft, GetDraft, ListDrafts, ReopenDraft, SaveDraft,
};
use contract::problem::Code;
use domain::authorization::{Outcome, ReturnTo};
use domain::currency::Currency;
use domain::draft::{Ad, AdGroup, BudgetMode, Campaign, Contents, Objective, Stage, Step};
use domain::id::DraftId;
use domain::input::{Fault, Field};
use domain::region::{Country, Language};

fn save(id: DraftId, version: u32, step: Step, contents: Contents) -> SaveDraft {
    SaveDraft {
        id,
        version,
        step,
        contents,
    }
}

/// A double click, a request that is sent again.
pub async fn a_draft_begun_twice_is_one<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let id = draft_id(1);
    let first = person.get(CreateDraft { id, copy_of: None }).await;
    let mut known = Contents::default();
    known.campaign.budget_mode = Some(BudgetMode::Daily);
    known.ad_group.location = "VN".into();
    assert_eq!(first.draft.contents, known);
    assert_eq!(
        first.draft.stage,
        Stage::Editing {
            step: Step::Campaign
        }
    );
    assert_eq!(person.get(CreateDraft { id, copy_of: None }).await, first);
    assert_eq!(person.get(ListDrafts {}).await.drafts.len(), 1);
    // Nor does it throw away what was typed meanwhile.
    person
        .get(save(id, first.draft.version, Step::Ad, all_but_identity()))
        .await;
    let again = person.get(CreateDraft { id, copy_of: None }).await;
    assert_eq!(again.draft.contents, all_but_identity());
}

/// Whatever is typed, valid or not.
pub async fn a_draft_is_kept_as_typed_and_two_tabs_cannot_overwrite_each_other<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let id = draft_id(1);
    let version = person.draft(1).await.draft.version;
    let wrong = Contents {
        campaign: Campaign {
            name: "  half a na".into(),
            budget: "not a number 😀".into(),
            budget_language: Some(Language::Thai),
            ..Campaign::default()
        },
        ad_group: AdGroup {
            location: "nowhere".into(),
            schedule_start: "soon".into(),
            ..AdGroup::default()
        },
        ad: Ad {
            text: "x".repeat(500),
            identity: Some("somebody else".into()),
            ..Ad::default()
        },
    };
    let saved = person
        .get(save(id, version, Step::AdGroup, wrong.clone()))
        .await;
    assert!(saved.version > version);
    let kept = person.get(GetDraft { id }).await.draft;
    assert_eq!(kept.contents, wrong);
    assert_eq!(
        kept.stage,
        Stage::Editing {
            step: Step::AdGroup
        }
    );
    assert_eq!(kept.version, saved.version);

    let stale = save(id, version, Step::Ad, all_but_identity());
    person.refused(stale, Code::DraftChanged).await;
    person
        .refused(FinishDraft { id, version }, Code::DraftChanged)
        .await;
    assert_eq!(person.get(GetDraft { id }).await.draft, kept);
    person
        .get(save(id, saved.version, Step::Ad, all_but_identity()))
        .await;
}

/// A draft is no place to store things.
pub async fn what_is_far_too_long_is_not_kept<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let view = person.draft(1).await;
    let version = view.draft.version;
    let mut contents = all_but_identity();
    contents.campaign.name = "x".repeat(60_000);
    let refused = save(view.id, version, Step::Ad, contents);
    let fault = Fault::TooLong { max: 512 };
    person
        .faulty(refused, &[(Field::CampaignName, fault)])
        .await;
    assert_eq!(person.get(GetDraft { id: view.id }).await, view);
    // A name that must be shortened by a word is kept until it is, and a list has its beginning.
    let mut contents = all_but_identity();
    contents.campaign.name = "ế".repeat(600);
    person
        .get(save(view.id, version, Step::Ad, contents.clone()))
        .await;
    let kept = person.get(GetDraft { id: view.id }).await.draft;
    assert_eq!(kept.contents, contents);
    let listed = person.get(ListDrafts {}).await.drafts;
    assert_eq!(listed[0].name, format!("{}…", "ế".repeat(100)));
}

/// Not even that it exists.
pub async fn another_accounts_draft_is_not_there<H: Host>(host: &H) {
    let mut owner = Person::logged_in(host, "email-only@portal.test").await;
    let before = owner.draft(1).await;
    let id = draft_id(1);
    let version = before.draft.version;
    let mut other = Person::logged_in(host, "linked@portal.test").await;
    other.refused(GetDraft { id }, Code::NotFound).await;
    other
        .refused(CreateDraft { id, copy_of: None }, Code::NotFound)
        .await;
    other
        .refused(
            save(id, version, Step::Ad, all_but_identity()),
            Code::NotFound,
        )
        .await;
    other
        .refused(FinishDraft { id, version }, Code::NotFound)
        .await;
    other
        .refused(ReopenDraft { id, version }, Code::NotFound)
        .await;
    other.refused(copy(3, 1), Code::NotFound).await;
    other.get(DeleteDraft { id }).await;
    assert_eq!(other.get(ListDrafts {}).await.drafts, []);
    assert_eq!(owner.get(GetDraft { id }).await, before);
    // One that nobody has answers alike.
    let id = draft_id(2);
    other.refused(GetDraft { id }, Code::NotFound).await;
    other
        .refused(FinishDraft { id, version }, Code::NotFound)
        .await;
    other
        .refused(ReopenDraft { id, version }, Code::NotFound)
        .await;
    other.refused(copy(3, 2), Code::NotFound).await;
    other.get(DeleteDraft { id }).await;
}

/// Step by step, in the order of the forms.
pub async fn a_draft_is_finished_when_all_is_right_and_tells_every_fault_before<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let id = draft_id(1);
    let view = person.draft(1).await;
    let version = view.draft.version;
    let empty = [
        (Field::Objective, Fault::Missing),
        (Field::CampaignName, Fault::Missing),
        (Field::Budget, Fault::Missing),
        (Field::OptimizationGoal, Fault::Missing),
        (Field::AdGroupName, Fault::Missing),
        (Field::ScheduleStart, Fault::Missing),
        (Field::Identity, Fault::Missing),
        (Field::AdText, Fault::Missing),
        (Field::CallToAction, Fault::Missing),
        (Field::LandingPage, Fault::Missing),
        (Field::AdName, Fault::Missing),
    ];
    person.faulty(FinishDraft { id, version }, &empty).await;
    assert_eq!(
        person.get(GetDraft { id }).await,
        view,
        "a refused finish changes nothing"
    );

    // The link is there already: its identity is offered, and must be chosen.
    let identity = view.identity.unwrap();
    assert_eq!(identity.profile.display_name, "Hội An Lanterns");
    let mut contents = all_but_identity();
    contents.campaign.budget = "0".into();
    contents.ad_group.schedule_end = "2027-02-15T07:59".into();
    contents.ad.identity = Some("somebody else".into());
    contents.ad.text = "#tet".into();
    contents.ad.landing_page = "javascript:alert(1)".into();
    let version = person
        .get(save(id, version, Step::Ad, contents))
        .await
        .version;
    let minor = 1;
    let currency = Currency::VND;
    let wrong = [
        (Field::Budget, Fault::BelowMinimum { minor, currency }),
        (Field::ScheduleEnd, Fault::EndsBeforeStart),
        (Field::Identity, Fault::NotAChoice),
        (Field::AdText, Fault::Forbidden { character: '#' }),
        (Field::LandingPage, Fault::Malformed),
    ];
    person.faulty(FinishDraft { id, version }, &wrong).await;

    let mut contents = all_but_identity();
    contents.ad.identity = Some(identity.identity_id);
    let version = person
        .get(save(id, version, Step::Ad, contents.clone()))
        .await
        .version;
    let finished = person.get(FinishDraft { id, version }).await;
    assert_eq!(finished.draft.stage, Stage::Finished);
    let version = finished.draft.version;
    person
        .refused(FinishDraft { id, version }, Code::DraftFinished)
        .await;
    person
        .refused(save(id, version, Step::Ad, contents), Code::DraftFinished)
        .await;
}

fn copy(number: u128, of: u128) -> CreateDraft {
    CreateDraft {
        id: draft_id(number),
        copy_of: Some(draft_id(of)),
    }
}

/// A campaign that is finished, by someone whose TikTok account is linked.
async fn finished<H: Host>(person: &mut Person<'_, H>) -> DraftView {
    let DraftView {
        id,
        draft,
        identity,
        ..
    } = person.draft(1).await;
    let mut contents = all_but_identity();
    contents.ad.identity = identity.map(|identity| identity.identity_id);
    let saved = person
        .get(save(id, draft.version, Step::Ad, contents))
        .await;
    let version = saved.version;
    person.get(FinishDraft { id, version }).await
}

/// Nothing is published yet, so nothing is too late.
pub async fn what_was_finished_is_edited_again_and_finished_again<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let before = finished(&mut person).await;
    let (id, version) = (before.id, before.draft.version);
    // Of a page that was loaded before it was finished.
    let stale = ReopenDraft {
        id,
        version: version - 1,
    };
    person.refused(stale, Code::DraftChanged).await;
    assert_eq!(person.get(GetDraft { id }).await, before);

    let again = person.get(ReopenDraft { id, version }).await;
    assert_eq!(again.draft.contents, before.draft.contents);
    assert_eq!(
        again.draft.stage,
        Stage::Editing {
            step: Step::Campaign
        }
    );
    let version = again.draft.version;
    person
        .refused(ReopenDraft { id, version }, Code::DraftChanged)
        .await;
    let mut contents = again.draft.contents;
    contents.campaign.name = "Tết 2028".into();
    let version = person
        .get(save(id, version, Step::Campaign, contents))
        .await
        .version;
    let finished = person.get(FinishDraft { id, version }).await.draft;
    assert_eq!(finished.stage, Stage::Finished);
    assert_eq!(finished.contents.campaign.name, "Tết 2028");
}

/// Of what is finished as of what isn't, and nothing that is done to one is done to the other.
pub async fn a_copy_is_a_draft_of_its_own_under_a_name_of_its_own<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let original = finished(&mut person).await;
    let copied = person.get(copy(2, 1)).await;
    let mut expected = original.draft.contents.clone();
    expected.campaign.name = "Tết 2027 (2)".into();
    assert_eq!(copied.draft.contents, expected);
    assert_eq!(copied.draft.version, 1);
    assert_eq!(
        copied.draft.stage,
        Stage::Editing {
            step: Step::Campaign
        }
    );
    // Sent twice, it is copied once, whatever became of the original.
    person.get(DeleteDraft { id: draft_id(1) }).await;
    assert_eq!(person.get(copy(2, 1)).await, copied);
    person.refused(copy(3, 1), Code::NotFound).await;
    assert_eq!(person.get(ListDrafts {}).await.drafts.len(), 1);

    let next = person.get(copy(3, 2)).await.draft.contents;
    assert_eq!(next.campaign.name, "Tết 2027 (3)");
}

/// On the clocks of the account's time zone.
pub async fn a_schedule_that_cannot_be_kept_is_not_finished<H: Host>(host: &H) {
    // Its business is in Los Angeles.
    let mut person = Person::logged_in(host, "outside@portal.test").await;
    let id = draft_id(1);
    let mut version = person.draft(1).await.draft.version;
    for (start, end, field, fault) in [
        ("2020-01-15T08:00", "", Field::ScheduleStart, Fault::Past),
        (
            "2569-01-15T08:00",
            "",
            Field::ScheduleStart,
            Fault::TooFar { years: 10 },
        ),
        (
            "2027-03-14T02:30",
            "",
            Field::ScheduleStart,
            Fault::NoSuchTime,
        ),
        (
            "2027-11-07T02:00",
            "2027-11-07T01:30",
            Field::ScheduleEnd,
            Fault::EndsBeforeStart,
        ),
    ] {
        let mut contents = all_but_identity();
        contents.campaign.budget = "100".into();
        contents.ad_group.schedule_start = start.into();
        contents.ad_group.schedule_end = end.into();
        version = person
            .get(save(id, version, Step::AdGroup, contents))
            .await
            .version;
        let unlinked = (Field::Identity, Fault::Missing);
        let wrong = [(field, fault), unlinked];
        person.faulty(FinishDraft { id, version }, &wrong).await;
    }
}

/// No ad may run under an identity whose link has ended.
pub async fn an_unlink_takes_the_identity_out_of_the_drafts<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let id = draft_id(1);
    let view = person.draft(1).await;
    let mut contents = all_but_identity();
    contents.ad.identity = view.identity.map(|identity| identity.identity_id);
    let version = person
        .get(save(id, view.draft.version, Step::Ad, contents))
        .await
        .version;
    person.get(UnlinkTikTok {}).await;
    let after = person.get(GetDraft { id }).await;
    assert_eq!(after.identity, None);
    assert_eq!(after.draft.contents, all_but_identity());
    assert!(after.draft.version > version, "an open tab must notice");
    let version = after.draft.version;
    person
        .faulty(
            FinishDraft { id, version },
            &[(Field::Identity, Fault::Missing)],
        )
        .await;
}

/// And a draft that went away meanwhile spoils nothing.
pub async fn a_link_from_an_ad_needs_a_draft_of_ones_own<H: Host>(host: &H) {
    let mut other = Person::logged_in(host, "someone-else@portal.test").await;
    other.draft(1).await;
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    let to_ad = |number| Purpose::Link {
        to: ReturnTo::Ad {
            draft: draft_id(number),
        },
    };
    person.refused(begin(to_ad(1)), Code::NotFound).await;
    person.refused(begin(to_ad(2)), Code::NotFound).await;

    person.draft(3).await;
    let begun = person.begin(to_ad(3)).await;
    let callback = person.come_back(&begun, Visit::Authorize("unlinked")).await;
    person.get(DeleteDraft { id: draft_id(3) }).await;
    assert_eq!(person.get(callback).await.outcome, Outcome::Linked);
    assert!(person.profile().await.tiktok.is_some());
    person
        .refused(GetDraft { id: draft_id(3) }, Code::NotFound)
        .await;
}

/// The last changed first.
pub async fn drafts_are_listed_newest_first_and_deleted<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "email-only@portal.test").await;
    assert_eq!(person.get(ListDrafts {}).await.drafts, []);
    let first = person.draft(1).await;
    host.advance(1).await;
    person.draft(2).await;
    host.advance(1).await;
    let version = first.draft.version;
    person
        .get(save(
            draft_id(1),
            version,
            Step::Campaign,
            all_but_identity(),
        ))
        .await;
    let listed = person.get(ListDrafts {}).await.drafts;
    let ids: Vec<_> = listed.iter().map(|row| row.id).collect();
    assert_eq!(ids, [draft_id(1), draft_id(2)]);
    let names: Vec<_> = listed.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Tết 2027", ""]);

    person.get(DeleteDraft { id: draft_id(1) }).await;
    person.get(DeleteDraft { id: draft_id(1) }).await;
    person
        .refused(GetDraft { id: draft_id(1) }, Code::NotFound)
        .await;
    assert_eq!(person.get(ListDrafts {}).await.drafts.len(), 1);
}

/// In the money of the ad account; and what nobody has typed in can be told from what somebody has.
pub async fn a_list_tells_what_a_campaign_is_without_opening_it<H: Host>(host: &H) {
    let mut person = Person::logged_in(host, "linked@portal.test").await;
    let finished = finished(&mut person).await;
    host.advance(1).await;
    let untouched = person.draft(2).await;
    host.advance(1).await;
    let mut contents = Contents::default();
    contents.campaign.budget = "a lot".into();
    contents.ad_group.location = "nowhere".into();
    contents.ad_group.schedule_start = "soon".into();
    let version = person.draft(3).await.draft.version;
    person
        .get(save(draft_id(3), version, Step::AdGroup, contents))
        .await;

    let list = person.get(ListDrafts {}).await;
    assert_eq!(list.currency, finished.currency);
    assert_eq!(list.time_zone, finished.time_zone);
    let [odd, empty, full] = list.drafts.as_slice() else {
        panic!("{:?}", list.drafts);
    };
    assert_eq!(full.objective, Some(Objective::WebConversions));
    assert_eq!(full.budget, Some(1_250_000));
    assert_eq!(full.budget_mode, Some(BudgetMode::Daily));
    assert_eq!(full.location, Some(Country::VN));
    let ad_group = finished.draft.contents.ad_group;
    assert_eq!(full.schedule_start, ad_group.schedule_start);
    assert_eq!(full.schedule_end, ad_group.schedule_end);
    assert!(full.has_identity && !full.untouched);
    assert_eq!(full.version, finished.draft.version);

    assert_eq!(empty.id, untouched.id);
    assert!(empty.untouched && !empty.has_identity);
    assert_eq!(empty.location, Some(Country::VN));
    assert_eq!(empty.budget_mode, Some(BudgetMode::Daily));
    assert_eq!((odd.location, odd.budget_mode), (None, None));
    for row in [odd, empty] {
        assert_eq!((row.budget, row.objective), (None, None));
        assert_eq!((&*row.schedule_start, &*row.schedule_end), ("", ""));
    }
    assert!(!odd.untouched);
}
