//! The end of a draft: what it says, to be read; or what it still needs.

use super::editor::DraftEditor;
use crate::intl;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonLink, Card, DescriptionRow, Descriptions,
    PageHeading,
};
use domain::draft::{Contents, Stage, Step};
use domain::input::{Field, FieldFault};
use domain::region::Country;
use leptos::prelude::*;

/// What is wrong yet, each entry leading to its step and field.
#[component]
pub fn Unfinished(editor: DraftEditor) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        Step::ALL
            .into_iter()
            .map(|step| (step, editor.faults(step)))
            .filter(|(_, faults)| !faults.is_empty())
            .collect::<Vec<_>>()
    });
    let lead = live(move || {
        if wrong.with(Vec::is_empty) {
            say::done_ready_lead()
        } else {
            say::done_unfinished_lead()
        }
    });
    let go_on = move |()| {
        let open = editor.view.with_untracked(|view| match view.draft.stage {
            Stage::Editing { step } => step,
            Stage::Finished => Step::Ad,
        });
        let first = wrong.with_untracked(|wrong| wrong.first().map(|(step, _)| *step));
        match first {
            Some(_) => editor.turn(open),
            None => editor.turn(Step::Ad),
        }
    };
    let fault = move |step: Step, FieldFault { field, fault }: FieldFault| {
        let href = editor.route(step.into()).address();
        view! {
            <li>
                <a class="link" href=href on:click=move |_| editor.aim_at(field)>
                    {say::labelled(&text::label(field), &text::fault(field, &fault))}
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <PageHeading text=live(say::done_unfinished_title) lead=lead/>
        {move || {
            wrong
                .get()
                .into_iter()
                .map(|(step, faults)| {
                    let faults = faults.into_iter().map(move |found| fault(step, found));
                    view! {
                        <Card title=live(move || text::step(step))>
                            <ul class="done-faults">{faults.collect_view()}</ul>
                        </Card>
                    }
                    .into_any()
                })
                .collect_view()
        }}
        <div class="form-actions">
            <Button kind=ButtonKind::Primary on_click=Callback::new(go_on)>{say::done_go_on}</Button>
        </div>
    }
}

#[component]
pub fn Finished(editor: DraftEditor) -> impl IntoView {
    let contents = move || editor.view.with(|view| view.draft.contents.clone());
    view! {
        <PageHeading
            text=live(move || contents().campaign.name)
            lead=live(say::done_lead)
        />
        <Banner kind=BannerKind::Info title=live(say::done_publish_title)>
            {say::done_publish_text}
        </Banner>
        {move || {
            let card = |step| view! { <StepCard editor step contents=contents()/> }.into_any();
            Step::ALL.into_iter().map(card).collect_view()
        }}
        <div class="form-actions">
            <ButtonLink kind=ButtonKind::Primary href=Route::Campaigns.address()>
                {say::done_back}
            </ButtonLink>
        </div>
    }
}

#[component]
fn StepCard(editor: DraftEditor, step: Step, contents: Contents) -> impl IntoView {
    let row = |(field, value): (Field, String)| {
        view! { <DescriptionRow label=live(move || text::label(field))>{value}</DescriptionRow> }
            .into_any()
    };
    let is_ads_only = contents.ad.ads_only;
    let ads_only = (step == Step::Ad).then(|| {
        let words = move || {
            if is_ads_only {
                say::done_on()
            } else {
                say::done_off()
            }
        };
        view! { <DescriptionRow label=live(say::ad_ads_only)>{words}</DescriptionRow> }
    });
    // They are words as well, so they follow the language.
    let rows = move || {
        let rows = match step {
            Step::Campaign => campaign(editor, &contents),
            Step::AdGroup => ad_group(&contents),
            Step::Ad => ad(editor, &contents),
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Card title=live(move || text::step(step))>
            <Descriptions>{rows} {ads_only}</Descriptions>
        </Card>
    }
}

type Rows = Vec<(Field, String)>;

fn campaign(editor: DraftEditor, contents: &Contents) -> Rows {
    let campaign = &contents.campaign;
    let currency = editor.view.with(|view| view.currency);
    let amount = campaign.budget(currency).map_or_else(
        |_| campaign.budget.clone(),
        |minor| intl::money(minor, currency),
    );
    let objective = campaign.objective.map(|it| text::objective(it).0);
    vec![
        (Field::Objective, objective.unwrap_or_default()),
        (Field::CampaignName, campaign.name.clone()),
        (
            Field::BudgetMode,
            campaign
                .budget_mode
                .map(text::budget_mode)
                .unwrap_or_default(),
        ),
        (Field::Budget, amount),
    ]
}

fn ad_group(contents: &Contents) -> Rows {
    let group = &contents.ad_group;
    let location = Country::parse(&group.location).map(intl::country);
    let goal = group.optimization_goal.map(text::optimization_goal);
    let end = if group.schedule_end.trim().is_empty() {
        say::done_no_end()
    } else {
        intl::wall_clock(&group.schedule_end)
    };
    vec![
        (Field::AdGroupName, group.name.clone()),
        (Field::Location, location.unwrap_or_default()),
        (Field::OptimizationGoal, goal.unwrap_or_default()),
        (
            Field::ScheduleStart,
            intl::wall_clock(&group.schedule_start),
        ),
        (Field::ScheduleEnd, end),
    ]
}

fn ad(editor: DraftEditor, contents: &Contents) -> Rows {
    let ad = &contents.ad;
    // The link may have ended since; the draft keeps its identity by id alone.
    let identity = editor.view.with(|view| {
        let linked = view.identity.as_ref();
        let same = linked.filter(|linked| Some(&linked.identity_id) == ad.identity.as_ref());
        same.map(|linked| linked.profile.display_name.clone())
    });
    vec![
        (Field::AdName, ad.name.clone()),
        (
            Field::Identity,
            identity.or_else(|| ad.identity.clone()).unwrap_or_default(),
        ),
        (Field::AdText, ad.text.clone()),
        (
            Field::CallToAction,
            ad.call_to_action
                .map(text::call_to_action)
                .unwrap_or_default(),
        ),
        (Field::LandingPage, ad.landing_page.clone()),
    ]
}
