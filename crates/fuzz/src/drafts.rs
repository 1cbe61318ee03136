//! Drafts: what a page sends of one, and what is stored of it.

use contract::drafts::SaveDraft;
use domain::address::web_address;
use domain::currency::Currency;
use domain::draft::{Contents, Draft, DraftRefusal, LISTED_NAME_MAX, Stage, Step, Surroundings};
use domain::input::{Fault, Field, FieldFault, tidy};
use domain::moment::offset;
use domain::region::TimeZone;
use domain::time::Timestamp;
use domain::unicode::nfc;
use serde_json::Value;
use service::row::{self, DraftRow, SummaryRow};

/// 2026-11-29T00:00Z: the schedules of `seeds/drafts.txt` begin after it.
const NOW: Timestamp = Timestamp(1_795_910_400_000);
/// Bytes that a row takes at most.
const ROW_MAX: usize = 8_000;

/// The body of `save_draft`, or what is stored of a draft.
///
/// # Panics
///
/// Where a draft that is read and written is read otherwise, takes more room than is promised,
/// changes when it is saved or checked again, or can't be saved although it was shortened to what
/// fits.
pub fn drafts(input: &[u8]) {
    let Ok(sent) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    // As `Portal::answer` takes it: no request is an array.
    if sent.is_object()
        && let Ok(request) = serde_json::from_value::<SaveDraft>(sent.clone())
    {
        saves(request);
    }
    if let Ok(draft) = row::read::<DraftRow>(sent) {
        is_kept(&draft);
    }
}

fn saves(request: SaveDraft) {
    let SaveDraft { step, contents, .. } = request;
    let mut draft = Draft::default();
    match draft.save(contents.clone(), step, 1) {
        Ok(()) => saved(draft, step),
        Err(refusal) => {
            assert_eq!(draft, Draft::default());
            fits_when_shortened(contents, step, refusal);
        }
    }
}

fn saved(draft: Draft, step: Step) {
    assert_eq!((draft.stage, draft.version), (Stage::Editing { step }, 2));
    is_kept(&draft);
    let row = row::write::<DraftRow>(&draft).map(|row| row.to_string().len());
    assert!(row.is_ok_and(|bytes| bytes < ROW_MAX), "{draft:?}");
    let mut again = draft.clone();
    assert_eq!(again.save(draft.contents.clone(), step, 2), Ok(()));
    assert_eq!(again.contents, draft.contents);
    assert_eq!(
        again.save(Contents::default(), step, 2),
        Err(DraftRefusal::Changed)
    );
    finishes(draft);
}

/// As it is stored, as it is sent, and as a list shows it.
fn is_kept(draft: &Draft) {
    let stored = || {
        let row = row::write::<DraftRow>(draft).ok()?.to_string();
        row::read::<DraftRow>(serde_json::from_str(&row).ok()?).ok()
    };
    assert_eq!(stored().as_ref(), Some(draft));
    let sent = || serde_json::from_str(&serde_json::to_string(draft).ok()?).ok();
    assert_eq!(sent().as_ref(), Some(draft));
    let summary = draft.summary();
    assert!(summary.name.chars().count() <= LISTED_NAME_MAX + 1);
    assert!(!summary.name.contains(['\n', '\r', '\0']), "{summary:?}");
    let listed = || {
        let row = row::write::<SummaryRow>(&summary).ok()?.to_string();
        row::read::<SummaryRow>(serde_json::from_str(&row).ok()?).ok()
    };
    assert_eq!(listed().as_ref(), Some(&summary));
}

/// A page that does what it is told can save: what is malformed it leaves out, what is too long it
/// cuts. First each text is held to its own length, then all of them to that of a draft.
fn fits_when_shortened(mut contents: Contents, step: Step, mut refusal: DraftRefusal) {
    for _ in 0..2 {
        let DraftRefusal::Faults(faults) = refusal else {
            break;
        };
        assert!(!faults.is_empty());
        shorten(&mut contents, &faults);
        let mut draft = Draft::default();
        match draft.save(contents.clone(), step, 1) {
            Ok(()) => return saved(draft, step),
            Err(again) => refusal = again,
        }
    }
    assert_eq!(refusal, DraftRefusal::Faults(Vec::new()), "{contents:?}");
}

fn shorten(contents: &mut Contents, faults: &[FieldFault]) {
    let Contents {
        campaign,
        ad_group,
        ad,
    } = contents;
    let mut identity = ad.identity.take().unwrap_or_default();
    for (field, text) in [
        (Field::CampaignName, &mut campaign.name),
        (Field::Budget, &mut campaign.budget),
        (Field::AdGroupName, &mut ad_group.name),
        (Field::Location, &mut ad_group.location),
        (Field::ScheduleStart, &mut ad_group.schedule_start),
        (Field::ScheduleEnd, &mut ad_group.schedule_end),
        (Field::AdName, &mut ad.name),
        (Field::Identity, &mut identity),
        (Field::AdText, &mut ad.text),
        (Field::LandingPage, &mut ad.landing_page),
    ] {
        let told = faults.iter().filter(|fault| fault.field == field);
        for FieldFault { fault, .. } in told {
            let max = if let Fault::TooLong { max } = fault {
                *max
            } else {
                0
            };
            *text = nfc(text).chars().take(max as usize).collect();
        }
    }
    ad.identity = Some(identity);
}

/// A draft that is right stays right, and so does what was made of its texts.
fn finishes(mut draft: Draft) {
    let Ok(time_zone) = TimeZone::parse("Asia/Ho_Chi_Minh") else {
        return;
    };
    let identity = draft.contents.ad.identity.clone();
    let surroundings = Surroundings {
        currency: Currency::VND,
        identity: identity.as_deref(),
        now: NOW,
        time_zone: &time_zone,
        offset,
    };
    let before = draft.clone();
    match draft.finish(2, surroundings) {
        Ok(()) => {
            assert_eq!((draft.stage, draft.version), (Stage::Finished, 3));
            let typed = words(&before.contents).map(tidy);
            assert_eq!(words(&draft.contents), typed.each_ref().map(String::as_str));
            assert_eq!(draft.contents.check(surroundings), [], "{draft:?}");
            let budget = draft.contents.campaign.budget(Currency::VND);
            assert!(budget.as_ref().is_ok_and(|minor| *minor > 0), "{draft:?}");
            let address = web_address(&draft.contents.ad.landing_page);
            let again = address.clone().and_then(|address| web_address(&address));
            assert_eq!(again, address, "{draft:?}");
            is_kept(&draft);
            let changed = draft.save(Contents::default(), Step::Ad, 3);
            assert_eq!(changed, Err(DraftRefusal::Finished));
        }
        Err(refusal) => {
            let faults = before.contents.check(surroundings);
            assert!(!faults.is_empty());
            assert_eq!(refusal, DraftRefusal::Faults(faults));
            assert_eq!(draft, before);
        }
    }
}

/// What is written in words, and kept tidy once it is finished.
fn words(contents: &Contents) -> [&str; 5] {
    let Contents {
        campaign,
        ad_group,
        ad,
    } = contents;
    [
        &campaign.name,
        &ad_group.name,
        &ad.name,
        &ad.text,
        &ad.landing_page,
    ]
}
