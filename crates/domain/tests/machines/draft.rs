//! A draft: what it begins with, `save`, `finish`, `reopen`, `choose_identity` and `drop_identity` in
//! every stage, and the check of each step.

use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::business::Industry;
use domain::currency::Currency;
use domain::draft::{
    Ad, AdGroup, BudgetMode, CallToAction, Campaign, Contents, DRAFT_BYTES_MAX, Delivery, Draft,
    DraftRefusal, LISTED_NAME_MAX, Objective, OptimizationGoal, Stage, Step, Surroundings, ad_text,
    ad_text_weight, name,
};
use domain::input::{Fault, Field, FieldFault};
use domain::moment::offset;
use domain::region::{Country, TimeZone};
use domain::time::Timestamp;
use std::sync::LazyLock;

/// Of an account in Vietnam, on the last day of 2025.
fn linked() -> Surroundings<'static> {
    static ZONE: LazyLock<TimeZone> =
        LazyLock::new(|| TimeZone::parse("Asia/Ho_Chi_Minh").unwrap());
    Surroundings {
        currency: Currency::USD,
        identity: Some("open"),
        now: Timestamp(1_767_139_200_000),
        time_zone: &ZONE,
        offset,
    }
}

fn right() -> Contents {
    Contents {
        campaign: Campaign {
            objective: Some(Objective::WebConversions),
            name: "Tết".into(),
            budget_mode: Some(BudgetMode::Daily),
            budget: "50".into(),
            budget_language: None,
        },
        ad_group: AdGroup {
            name: "Huế".into(),
            location: "VN".into(),
            optimization_goal: Some(OptimizationGoal::Click),
            schedule_start: "2026-02-01T08:00".into(),
            schedule_end: String::new(),
        },
        ad: Ad {
            name: "Cà phê".into(),
            identity_on: true,
            delivery: Some(Delivery::BusinessAccount),
            identity: Some("open".into()),
            ads_only: false,
            text: "Cà phê sáng".into(),
            call_to_action: Some(CallToAction::LearnMore),
            landing_page: "shop.example".into(),
        },
    }
}

fn editing(contents: Contents) -> Draft {
    Draft {
        stage: Stage::Editing {
            step: Step::Campaign,
        },
        contents,
        version: 3,
    }
}

fn finished() -> Draft {
    Draft {
        stage: Stage::Finished,
        ..editing(right())
    }
}

fn faults(contents: &Contents) -> Vec<(Field, Fault)> {
    let found = contents.check(linked()).into_iter();
    found
        .map(|FieldFault { field, fault }| (field, fault))
        .collect()
}

#[test]
fn a_save_keeps_anything_while_it_is_edited_and_names_the_version_it_knew() {
    for (draft, version, result) in [
        (editing(right()), 3, Ok(())),
        (editing(right()), 2, Err(DraftRefusal::Changed)),
        (editing(right()), 4, Err(DraftRefusal::Changed)),
        (finished(), 3, Err(DraftRefusal::Finished)),
        (finished(), 2, Err(DraftRefusal::Finished)),
    ] {
        let mut changed = draft.clone();
        let wrong = Contents::default();
        assert_eq!(
            changed.save(wrong.clone(), Step::Ad, version),
            result,
            "{version}"
        );
        if result.is_ok() {
            assert_eq!(changed.contents, wrong);
            assert_eq!(changed.stage, Stage::Editing { step: Step::Ad });
            assert_eq!(changed.version, 4);
        } else {
            assert_eq!(changed, draft, "a refused save changes nothing");
        }
    }
}

#[test]
fn what_is_finished_is_edited_again_by_who_has_seen_it_finished() {
    for (draft, version, result) in [
        (finished(), 3, Ok(())),
        (finished(), 2, Err(DraftRefusal::Changed)),
        (editing(right()), 3, Err(DraftRefusal::Changed)),
        (editing(right()), 2, Err(DraftRefusal::Changed)),
    ] {
        let mut changed = draft.clone();
        assert_eq!(changed.reopen(version), result, "{version}");
        if result.is_ok() {
            assert_eq!(
                changed,
                Draft {
                    version: 4,
                    ..editing(right())
                }
            );
        } else {
            assert_eq!(changed, draft, "a refusal changes nothing");
        }
    }
}

#[test]
fn a_copy_begins_anew_with_the_same_under_a_name_that_is_counted() {
    let name_of_copy = |name: &str| {
        let mut contents = right();
        name.clone_into(&mut contents.campaign.name);
        let original = Draft {
            stage: Stage::Finished,
            ..editing(contents.clone())
        };
        let copy = original.copied();
        assert_eq!((copy.stage, copy.version), (Draft::default().stage, 1));
        contents
            .campaign
            .name
            .clone_from(&copy.contents.campaign.name);
        assert_eq!(copy.contents, contents);
        copy.contents.campaign.name
    };
    for (name, copied) in [
        ("", ""),
        ("  ", "  "),
        ("Tết", "Tết (2)"),
        (" Tết\nmới ", "Tết mới (2)"),
        ("Tết (2)", "Tết (3)"),
        ("Tết (999)", "Tết (1000)"),
        ("Tết (2027)", "Tết (2027) (2)"),
        ("Tết (1)", "Tết (1) (2)"),
        ("Tết (0)", "Tết (0) (2)"),
        ("Tết (x)", "Tết (x) (2)"),
        ("Tết (+2)", "Tết (+2) (2)"),
        ("Tết ()", "Tết () (2)"),
        ("(2)", "(2) (2)"),
        ("Tết(2)", "Tết(2) (2)"),
    ] {
        assert_eq!(name_of_copy(name), copied, "{name:?}");
    }
    let cut = format!("{} (2)", "ế".repeat(508));
    assert_eq!(name_of_copy(&"ế".repeat(512)), cut);
    assert_eq!(name_of_copy(&"ế".repeat(640)), cut);
    let next = format!("{} (10)", "ế".repeat(507));
    assert_eq!(name_of_copy(&format!("{} (9)", "ế".repeat(508))), next);
}

#[test]
fn a_copy_can_be_saved_however_long_its_original_is() {
    for letter in ["a", "\"", "ế", "咖", "𠮷"] {
        for length in 1..640 {
            let mut contents = right();
            contents.ad.landing_page = "x".repeat(2_100);
            contents.ad_group.name = letter.repeat(length);
            contents.ad.name = letter.repeat(640);
            contents.campaign.name = letter.repeat(500);
            let mut draft = editing(right());
            if draft.save(contents, Step::Ad, 3).is_ok() {
                let mut copy = draft.copied();
                let same = copy.contents.clone();
                assert_eq!(copy.save(same, Step::Ad, 1), Ok(()), "{letter} {length}");
            }
        }
    }
}

/// A draft of which every text is `letter`, as often as each is kept at most.
fn longest(letter: char) -> Contents {
    let of = |chars| String::from(letter).repeat(chars);
    Contents {
        campaign: Campaign {
            name: of(640),
            budget: of(64),
            ..right().campaign
        },
        ad_group: AdGroup {
            name: of(640),
            location: of(64),
            schedule_start: of(64),
            schedule_end: of(64),
            ..right().ad_group
        },
        ad: Ad {
            name: of(640),
            identity: Some(of(128)),
            text: of(512),
            landing_page: of(2_100),
            ..right().ad
        },
    }
}

type Change = fn(&mut Contents);

fn refused(contents: Contents) -> Vec<(Field, Fault)> {
    let saved = editing(right()).save(contents, Step::Ad, 3);
    if let Err(DraftRefusal::Faults(faults)) = saved {
        faults.into_iter().map(|it| (it.field, it.fault)).collect()
    } else {
        assert_eq!(saved, Ok(()));
        Vec::new()
    }
}

#[test]
fn what_is_far_too_long_is_not_even_kept() {
    assert_eq!(refused(longest('a')), []);
    let name = || Fault::TooLong { max: 512 };
    let one_more: [(Change, Field, Fault); 10] = [
        (|it| it.campaign.name.push('a'), Field::CampaignName, name()),
        (
            |it| it.campaign.budget.push('a'),
            Field::Budget,
            Fault::Malformed,
        ),
        (|it| it.ad_group.name.push('a'), Field::AdGroupName, name()),
        (
            |it| it.ad_group.location.push('a'),
            Field::Location,
            Fault::NotAChoice,
        ),
        (
            |it| it.ad_group.schedule_start.push('a'),
            Field::ScheduleStart,
            Fault::Malformed,
        ),
        (
            |it| it.ad_group.schedule_end.push('a'),
            Field::ScheduleEnd,
            Fault::Malformed,
        ),
        (|it| it.ad.name.push('a'), Field::AdName, name()),
        (
            |it| it.ad.identity = Some("a".repeat(129)),
            Field::Identity,
            Fault::NotAChoice,
        ),
        (
            |it| it.ad.text.push('a'),
            Field::AdText,
            Fault::TooLong { max: 100 },
        ),
        (
            |it| it.ad.landing_page.push('a'),
            Field::LandingPage,
            Fault::TooLong { max: 2048 },
        ),
    ];
    for (change, field, fault) in one_more {
        let mut contents = longest('a');
        change(&mut contents);
        assert_eq!(refused(contents), [(field, fault)]);
    }
    // All that is too long is told at once, and nothing of it is kept.
    let mut contents = right();
    contents.campaign.name = "a".repeat(60_000);
    contents.ad.name = "a".repeat(60_000);
    let mut draft = editing(right());
    assert!(draft.save(contents.clone(), Step::Ad, 3).is_err());
    assert_eq!(draft, editing(right()));
    let both = [(Field::CampaignName, name()), (Field::AdName, name())];
    assert_eq!(refused(contents), both);
}

/// Bytes of what is kept, as the wire has it.
fn weight(contents: &Contents) -> usize {
    serde_json::to_vec(contents).unwrap().len()
}

#[test]
fn a_draft_takes_less_than_8_kb_in_any_script() {
    for letter in ['a', '"', '\\', '\n', '\u{1}', 'ế', '咖', '\u{20000}'] {
        let mut contents = longest(letter);
        // Whoever shortens what is named, as far as they are told to, gets there.
        for (field, fault) in refused(contents.clone()) {
            let heavy = [
                (Field::CampaignName, &mut contents.campaign.name),
                (Field::AdGroupName, &mut contents.ad_group.name),
                (Field::AdName, &mut contents.ad.name),
                (Field::AdText, &mut contents.ad.text),
                (Field::LandingPage, &mut contents.ad.landing_page),
            ];
            let mut texts = heavy.into_iter();
            let (_, text) = texts.find(|(it, _)| *it == field).unwrap();
            let fits = |max: &u32| fault == Fault::TooLong { max: *max };
            let max = (0..2_100).find(fits).unwrap() as usize;
            assert!(text.chars().count() > max, "{letter:?} {field:?}");
            *text = text.chars().take(max).collect();
        }
        assert_eq!(refused(contents.clone()), [], "{letter:?}");
        assert!(weight(&contents) < 8 * 1024, "{letter:?}");
        assert!(
            weight(&contents) > DRAFT_BYTES_MAX - 1_000 || letter == 'a',
            "{letter:?}: more was taken away than had to be"
        );
    }
}

#[test]
fn whatever_can_be_finished_can_be_kept() {
    let mut contents = right();
    for name in [
        &mut contents.campaign.name,
        &mut contents.ad_group.name,
        &mut contents.ad.name,
    ] {
        *name = "咖".repeat(512);
    }
    contents.ad.text = "咖".repeat(50);
    contents.ad.landing_page = format!("https://shop.example/{}", "a".repeat(2_027));
    contents.ad_group.schedule_end = "2026-03-01T08:00".to_owned();
    assert_eq!(faults(&contents), []);
    assert_eq!(refused(contents), []);
}

#[test]
fn a_list_shows_the_beginning_of_a_long_name() {
    let of = |name: String| {
        let mut draft = editing(right());
        draft.contents.campaign.name = name;
        draft.summary().name
    };
    let longest = "ế".repeat(LISTED_NAME_MAX);
    assert_eq!(of(longest.clone()), longest);
    assert_eq!(of("ế".repeat(LISTED_NAME_MAX + 1)), format!("{longest}…"));
    assert_eq!(of("  \u{1}Tết\n2027 \t".to_owned()), "Tết 2027");
    assert_eq!(of(" \u{1} ".to_owned()), "");
    assert_eq!(editing(right()).summary().stage, editing(right()).stage);
    assert_eq!(finished().summary().stage, Stage::Finished);
}

#[test]
fn a_list_shows_of_what_is_typed_what_can_be_read() {
    let summary = editing(right()).summary();
    assert_eq!(summary.location, Some(Country::VN));
    assert_eq!(summary.schedule_start, "2026-02-01T08:00");
    assert_eq!((&*summary.budget, &*summary.schedule_end), ("50", ""));
    // So that it stays short whatever an older release has kept.
    let mut contents = right();
    contents.campaign.budget = "1".repeat(65);
    contents.ad_group.location = "Vietnam".into();
    contents.ad_group.schedule_end = "later".into();
    let summary = editing(contents).summary();
    assert_eq!((&*summary.budget, summary.location), ("", None));
    assert_eq!(summary.schedule_end, "");
    assert!(!summary.untouched);
    assert!(Draft::default().summary().untouched);
}

#[test]
fn a_draft_is_finished_when_every_step_is_right_and_once() {
    let faulty = editing(Contents::default());
    let told = DraftRefusal::Faults(Contents::default().check(linked()));
    for (draft, version, result) in [
        (editing(right()), 3, Ok(())),
        (editing(right()), 2, Err(DraftRefusal::Changed)),
        (faulty.clone(), 3, Err(told)),
        (faulty, 2, Err(DraftRefusal::Changed)),
        (finished(), 3, Err(DraftRefusal::Finished)),
    ] {
        let mut changed = draft.clone();
        assert_eq!(changed.finish(version, linked()), result);
        if result.is_ok() {
            assert_eq!((changed.stage, changed.version), (Stage::Finished, 4));
        } else {
            assert_eq!(changed, draft, "a refused finish changes nothing");
        }
    }
}

#[test]
fn a_new_link_chooses_the_identity_and_opens_the_ad() {
    let mut draft = editing(Contents::default());
    assert_eq!(draft.choose_identity("open"), Ok(()));
    assert_eq!(draft.contents.ad.identity.as_deref(), Some("open"));
    assert_eq!(draft.contents.ad.delivery, Some(Delivery::BusinessAccount));
    assert!(draft.contents.ad.identity_on);
    assert_eq!(
        (draft.stage, draft.version),
        (Stage::Editing { step: Step::Ad }, 4)
    );

    let mut done = finished();
    assert_eq!(done.choose_identity("other"), Err(DraftRefusal::Finished));
    assert_eq!(done, finished());
}

#[test]
fn an_unlink_drops_its_own_identity_and_no_other() {
    let mut draft = editing(right());
    draft.drop_identity("other");
    assert_eq!(draft, editing(right()));
    draft.drop_identity("open");
    assert_eq!((draft.contents.ad.identity, draft.version), (None, 4));
}

#[test]
fn an_empty_draft_tells_every_fault_at_once_in_the_order_of_the_steps() {
    let fields: Vec<_> = faults(&Contents::default())
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(
        fields,
        [
            Field::Objective,
            Field::CampaignName,
            Field::BudgetMode,
            Field::Budget,
            Field::Location,
            Field::OptimizationGoal,
            Field::AdGroupName,
            Field::ScheduleStart,
            Field::Identity,
            Field::AdText,
            Field::CallToAction,
            Field::LandingPage,
            Field::AdName,
        ]
    );
    assert_eq!(faults(&right()), []);
}

#[test]
fn a_draft_begins_with_what_is_known_of_the_business_and_counts_as_untouched() {
    let business = Business {
        name: "Mai Coffee".into(),
        industry: Industry::FoodAndBeverage,
        country: Country::VN,
        time_zone: TimeZone::parse("Asia/Ho_Chi_Minh").unwrap(),
        currency: Currency::VND,
        phone: "+84912345678".into(),
    };
    let completion = |website: Option<&str>| Completion {
        website: website.map(Into::into),
        street_address: "1 Lê Lợi".into(),
        city: "Huế".into(),
        postal_code: None,
        payment_method: PaymentMethod::Manual,
    };
    let created = AdsAccount::Created {
        business: business.clone(),
    };
    let complete = |website| AdsAccount::Complete {
        business: business.clone(),
        completion: completion(website),
    };
    let site = "https://mai-coffee.example/";
    for (account, mode, location, landing_page) in [
        (AdsAccount::Missing, None, "", ""),
        (created, Some(BudgetMode::Daily), "VN", ""),
        (complete(None), Some(BudgetMode::Daily), "VN", ""),
        (complete(Some(site)), Some(BudgetMode::Daily), "VN", site),
    ] {
        let draft = Draft::begun(&account);
        let mut contents = Contents::default();
        contents.campaign.budget_mode = mode;
        location.clone_into(&mut contents.ad_group.location);
        landing_page.clone_into(&mut contents.ad.landing_page);
        assert_eq!(
            draft,
            Draft {
                contents,
                ..Draft::default()
            }
        );
        assert!(draft.summary().untouched);
    }
}

#[test]
fn a_step_is_begun_with_the_first_thing_that_no_draft_begins_with() {
    let fill: [(Step, Change); 10] = [
        (Step::Campaign, |it| {
            it.campaign.objective = Some(Objective::LeadGeneration);
        }),
        (Step::Campaign, |it| it.campaign.name.push('a')),
        (Step::Campaign, |it| it.campaign.budget.push('1')),
        (Step::AdGroup, |it| it.ad_group.name.push('a')),
        (Step::AdGroup, |it| {
            it.ad_group.optimization_goal = Some(OptimizationGoal::Click);
        }),
        (Step::AdGroup, |it| it.ad_group.schedule_start.push('2')),
        (Step::AdGroup, |it| it.ad_group.schedule_end.push('2')),
        (Step::Ad, |it| it.ad.name.push('a')),
        (Step::Ad, |it| it.ad.text.push('a')),
        (Step::Ad, |it| {
            it.ad.call_to_action = Some(CallToAction::ShopNow);
        }),
    ];
    for (begun, fill) in fill {
        let mut contents = Contents::default();
        fill(&mut contents);
        for step in Step::ALL {
            assert_eq!(contents.is_begun(step), step == begun, "{contents:?}");
        }
        assert!(!editing(contents).summary().untouched);
    }
}

#[test]
fn each_step_is_checked_alone() {
    let all: Vec<_> = Step::ALL
        .into_iter()
        .flat_map(|step| Contents::default().check_step(step, linked()))
        .collect();
    assert_eq!(all, Contents::default().check(linked()));
}

#[test]
fn an_ad_needs_the_identity_that_its_link_gives() {
    let ad = |identity_on, identity: Option<&str>| Contents {
        ad: Ad {
            identity_on,
            identity: identity.map(str::to_owned),
            ..right().ad
        },
        ..right()
    };
    let unlinked = Surroundings {
        identity: None,
        ..linked()
    };
    let fault = |fault| {
        vec![FieldFault {
            field: Field::Identity,
            fault,
        }]
    };
    for (contents, surroundings, result) in [
        (ad(true, Some("open")), linked(), vec![]),
        (
            ad(true, Some("another")),
            linked(),
            fault(Fault::NotAChoice),
        ),
        (ad(true, Some("open")), unlinked, fault(Fault::NotAChoice)),
        (ad(true, None), linked(), fault(Fault::Missing)),
        (ad(false, Some("open")), linked(), fault(Fault::Missing)),
        (ad(false, None), unlinked, fault(Fault::Missing)),
    ] {
        assert_eq!(contents.check(surroundings), result, "{:?}", contents.ad);
    }
}

#[test]
fn a_schedule_is_of_moments_that_exist_and_ends_after_it_starts() {
    let group = |start: &str, end: &str| Contents {
        ad_group: AdGroup {
            schedule_start: start.into(),
            schedule_end: end.into(),
            ..right().ad_group
        },
        ..right()
    };
    let start = |fault| vec![(Field::ScheduleStart, fault)];
    let end = |fault| vec![(Field::ScheduleEnd, fault)];
    let day = "2026-02-01T08:00";
    for (from, to, result) in [
        (day, "", vec![]),
        (day, "  ", vec![]),
        (day, "2026-02-01T08:01", vec![]),
        (day, "2027-01-01T00:00", vec![]),
        (" 2026-02-01T08:00 ", "", vec![]),
        ("2028-02-29T23:59", "", vec![]),
        (day, day, end(Fault::EndsBeforeStart)),
        (day, "2026-02-01T07:59", end(Fault::EndsBeforeStart)),
        (day, "2025-02-01T08:00", end(Fault::Past)),
        (day, "soon", end(Fault::Malformed)),
        ("", "", start(Fault::Missing)),
        ("", day, start(Fault::Missing)),
        ("2026-02-01", "", start(Fault::Malformed)),
        ("2026-02-01 08:00", "", start(Fault::Malformed)),
        ("2026-02-01T08:00:00", "", start(Fault::Malformed)),
        ("２026-02-01T08:0", "", start(Fault::Malformed)),
        ("2026-13-01T08:00", "", start(Fault::Malformed)),
        ("2026-00-01T08:00", "", start(Fault::Malformed)),
        ("2026-02-29T08:00", "", start(Fault::Malformed)),
        ("2026-04-31T08:00", "", start(Fault::Malformed)),
        ("2026-01-00T08:00", "", start(Fault::Malformed)),
        ("2100-02-29T08:00", "", start(Fault::Malformed)),
        ("2000-02-29T08:00", "", start(Fault::Past)),
        ("0000-01-01T00:00", "", start(Fault::Past)),
        // It is 07:00 in Vietnam.
        ("2025-12-31T06:59", "", start(Fault::Past)),
        ("2025-12-31T07:00", "", vec![]),
        // A year of the Thai calendar.
        ("2569-02-01T08:00", "", start(Fault::TooFar { years: 10 })),
        (day, "9999-12-31T23:59", end(Fault::TooFar { years: 10 })),
        ("2035-12-31T08:00", "", vec![]),
        ("2026-02-01T24:00", "", start(Fault::Malformed)),
        ("2026-02-01T08:60", "", start(Fault::Malformed)),
    ] {
        assert_eq!(faults(&group(from, to)), result, "{from:?} {to:?}");
    }
}

fn emoji(character: &str) -> Fault {
    Fault::Emoji {
        character: character.to_owned(),
    }
}

#[test]
fn a_schedule_goes_by_the_clocks_of_its_time_zone() {
    let fault = |field, fault| vec![(field, fault)];
    for (zone, start, end, result) in [
        // Clocks go from 2:00 to 3:00 on 8 March, and from 2:00 to 1:00 on 1 November.
        (
            "America/New_York",
            "2026-03-08T02:30",
            "",
            fault(Field::ScheduleStart, Fault::NoSuchTime),
        ),
        (
            "America/New_York",
            "2026-03-08T01:59",
            "2026-03-08T02:00",
            fault(Field::ScheduleEnd, Fault::NoSuchTime),
        ),
        (
            "America/New_York",
            "2026-03-08T01:59",
            "2026-03-08T03:00",
            vec![],
        ),
        (
            "America/New_York",
            "2026-11-01T01:30",
            "2026-11-01T01:30",
            vec![],
        ),
        (
            "America/New_York",
            "2026-11-01T01:45",
            "2026-11-01T01:15",
            vec![],
        ),
        (
            "America/New_York",
            "2026-11-01T02:00",
            "2026-11-01T01:59",
            fault(Field::ScheduleEnd, Fault::EndsBeforeStart),
        ),
        // By half an hour.
        (
            "Australia/Lord_Howe",
            "2026-10-04T02:15",
            "",
            fault(Field::ScheduleStart, Fault::NoSuchTime),
        ),
        ("Australia/Lord_Howe", "2026-10-04T02:30", "", vec![]),
        ("UTC", "2026-03-08T02:30", "", vec![]),
    ] {
        let zone = TimeZone::parse(zone).unwrap();
        let surroundings = Surroundings {
            time_zone: &zone,
            ..linked()
        };
        let mut contents = right();
        contents.ad_group.schedule_start = start.to_owned();
        contents.ad_group.schedule_end = end.to_owned();
        let found = contents.check(surroundings).into_iter();
        let found: Vec<_> = found.map(|it| (it.field, it.fault)).collect();
        assert_eq!(found, result, "{start} {end} {zone:?}");
    }
}

#[test]
fn where_nobody_knows_the_clocks_a_schedule_is_let_through() {
    let surroundings = Surroundings {
        offset: |_, _| None,
        ..linked()
    };
    let mut contents = right();
    contents.ad_group.schedule_start = "2026-03-08T02:30".to_owned();
    assert_eq!(contents.check(surroundings), []);
    contents.ad_group.schedule_end = "2026-03-08T02:29".to_owned();
    let backwards = FieldFault {
        field: Field::ScheduleEnd,
        fault: Fault::EndsBeforeStart,
    };
    assert_eq!(contents.check(surroundings), [backwards]);
}

#[test]
fn a_name_has_at_most_512_characters_and_no_emoji() {
    let longest = "ế".repeat(512);
    for (text, result) in [
        ("Tết 2026 – #1 {x}", Ok("Tết 2026 – #1 {x}")),
        ("  trimmed ", Ok("trimmed")),
        (longest.as_str(), Ok(longest.as_str())),
        (&"a".repeat(513), Err(Fault::TooLong { max: 512 })),
        ("", Err(Fault::Missing)),
        (" \t ", Err(Fault::Missing)),
        ("Coffee ☕", Err(emoji("☕"))),
        ("a\0b", Ok("ab")),
        ("a\nb", Ok("a b")),
        ("Te\u{302}\u{301}t", Ok("Tết")),
    ] {
        assert_eq!(name(text), result.map(str::to_owned), "{text:?}");
    }
}

#[test]
fn an_ad_text_weighs_at_most_a_hundred() {
    let too_long = || Err(Fault::TooLong { max: 100 });
    let forbidden = |character| Err(Fault::Forbidden { character });
    for (text, result) in [
        ("Cà phê sáng".to_owned(), Ok(11)),
        ("a".repeat(100), Ok(100)),
        ("ế".repeat(100), Ok(100)),
        ("a".repeat(101), too_long()),
        ("咖".repeat(50), Ok(100)),
        ("咖".repeat(51), too_long()),
        ("コ".repeat(50), Ok(100)),
        ("한".repeat(51), too_long()),
        (format!("{}a", "咖".repeat(50)), too_long()),
        (format!("  {}  ", "咖".repeat(50)), Ok(100)),
        (String::new(), Err(Fault::Missing)),
        ("50 % off #tet".to_owned(), forbidden('#')),
        ("{name}".to_owned(), forbidden('{')),
        ("name}".to_owned(), forbidden('}')),
        ("Yum 😋".to_owned(), Err(emoji("😋"))),
        ("one\ntwo".to_owned(), Ok(7)),
        ("e\u{302}\u{301}".repeat(100), Ok(100)),
        ("\u{1112}\u{1161}\u{11ab}".repeat(50), Ok(100)),
        ("か\u{3099}".repeat(50), Ok(100)),
        ("、。「」￥！〜〒㎡㈱㊗".to_owned(), Ok(22)),
        ("☆★♪→①…—“”±×".to_owned(), Ok(11)),
        ("ｶﾌｪ ﾊﾟ".to_owned(), Ok(6)),
    ] {
        let checked = ad_text(&text).map(|kept| ad_text_weight(&kept));
        assert_eq!(checked, result, "{text:?}");
    }
}

#[test]
fn a_budget_is_at_least_fifty_dollars_or_more_than_nothing() {
    let below = |minor, currency| Err(Fault::BelowMinimum { minor, currency });
    for (text, currency, result) in [
        ("50", Currency::USD, Ok(5_000)),
        ("50.00", Currency::USD, Ok(5_000)),
        ("49.99", Currency::USD, below(5_000, Currency::USD)),
        ("0", Currency::USD, below(5_000, Currency::USD)),
        ("1", Currency::VND, Ok(1)),
        ("0", Currency::VND, below(1, Currency::VND)),
        ("-50", Currency::USD, Err(Fault::Malformed)),
        ("", Currency::USD, Err(Fault::Missing)),
    ] {
        let campaign = Campaign {
            budget: text.to_owned(),
            ..Campaign::default()
        };
        assert_eq!(campaign.budget(currency), result, "{text:?} {currency:?}");
    }
}
