//! What a campaign says, line by line.

use super::editor::DraftEditor;
use crate::intl;
use crate::text::{self, live, say};
use crate::ui::{DescriptionRow, Descriptions};
use domain::draft::{AdGroup, Contents, Step};
use domain::input::Field;
use domain::region::Country;
use leptos::prelude::*;

type Row = (Field, String);

/// What is filled in of a step. It follows what is typed, and the language.
#[component]
pub fn Rows(editor: DraftEditor, step: Step) -> impl IntoView {
    let row = |(field, value): Row| {
        view! { <DescriptionRow label=live(move || text::label(field))>{value}</DescriptionRow> }
            .into_any()
    };
    let rows = move || {
        let contents = editor.contents.get();
        let rows = match step {
            Step::Campaign => campaign(editor, &contents),
            Step::AdGroup => ad_group(&contents),
            Step::Ad => ad(editor, &contents),
        };
        let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
        filled.map(row).collect_view()
    };
    let ads_only = move || {
        let ad = editor.contents.with(|contents| {
            (step == Step::Ad && contents.ad.identity.is_some()).then_some(contents.ad.ads_only)
        });
        ad.map(|is_on| {
            let words = if is_on { say::done_on } else { say::done_off };
            view! { <DescriptionRow label=live(say::ad_ads_only)>{words}</DescriptionRow> }
        })
    };
    view! { <Descriptions>{rows} {ads_only}</Descriptions> }
}

fn campaign(editor: DraftEditor, contents: &Contents) -> Vec<Row> {
    let campaign = &contents.campaign;
    let currency = editor.view.with(|view| view.currency);
    let amount = campaign.budget(currency).map_or_else(
        |_| campaign.budget.clone(),
        |minor| intl::money(minor, currency),
    );
    let objective = campaign.objective.map(|it| text::objective(it).0);
    let mode = campaign.budget_mode.map(text::budget_mode);
    vec![
        (Field::Objective, objective.unwrap_or_default()),
        (Field::CampaignName, campaign.name.clone()),
        (Field::BudgetMode, mode.unwrap_or_default()),
        (Field::Budget, amount),
    ]
}

/// Where the people are whom it reaches, and what for.
pub(super) fn audience(group: &AdGroup) -> (Option<String>, String) {
    let goal = group.optimization_goal.map(text::optimization_goal);
    let place = Country::parse(&group.location).ok();
    (place.map(intl::country), goal.unwrap_or_default())
}

pub(super) fn ad_group(contents: &Contents) -> Vec<Row> {
    let group = &contents.ad_group;
    let (location, goal) = audience(group);
    let moment = |typed: &str| match typed.trim() {
        "" => String::new(),
        typed => intl::wall_clock(typed),
    };
    let start = moment(&group.schedule_start);
    let end = match moment(&group.schedule_end) {
        end if end.is_empty() && !start.is_empty() => say::done_no_end(),
        end => end,
    };
    vec![
        (Field::AdGroupName, group.name.clone()),
        (Field::Location, location.unwrap_or_default()),
        (Field::OptimizationGoal, goal),
        (Field::ScheduleStart, start),
        (Field::ScheduleEnd, end),
    ]
}

fn ad(editor: DraftEditor, contents: &Contents) -> Vec<Row> {
    let ad = &contents.ad;
    // The link may have ended since; the draft keeps its identity by id alone.
    let identity = editor.view.with(|view| {
        let linked = view.identity.as_ref();
        let same = linked.filter(|linked| Some(&linked.identity_id) == ad.identity.as_ref());
        same.map(|linked| linked.profile.display_name.clone())
    });
    let call = ad.call_to_action.map(text::call_to_action);
    vec![
        (Field::AdName, ad.name.clone()),
        (
            Field::Identity,
            identity.or_else(|| ad.identity.clone()).unwrap_or_default(),
        ),
        (Field::AdText, ad.text.clone()),
        (Field::CallToAction, call.unwrap_or_default()),
        (Field::LandingPage, ad.landing_page.clone()),
    ]
}
