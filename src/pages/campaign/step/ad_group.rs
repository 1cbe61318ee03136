//! The ad group: whom the ad reaches, and when.

use super::Actions;
use crate::choices;
use crate::form::FormShell;
use crate::intl;
use crate::json;
use crate::pages::campaign::editor::DraftEditor;
use crate::pages::campaign::summary::audience;
use crate::pages::campaign::typed::{name_by, named};
use crate::route::CampaignScreen;
use crate::text::{self, live, say};
use crate::ui::{Card, Combobox, DateTimeField, PageHeading, RadioCard, RadioCards, TextField};
use domain::draft::{OptimizationGoal, Step};
use domain::input::Field;
use domain::moment::moment;
use leptos::prelude::*;

#[component]
pub fn AdGroupStep(editor: DraftEditor) -> impl IntoView {
    let form = editor.form(Step::AdGroup);
    let typed = editor.typed();
    let zone = move || {
        editor
            .view
            .with(|view| choices::time_zone_with_offset(view.time_zone.as_str()))
    };
    let goals = choices::cards(|| {
        OptimizationGoal::ALL
            .into_iter()
            .map(|goal| {
                let text = match goal {
                    OptimizationGoal::Click => say::ad_group_goal_click_text(),
                    OptimizationGoal::Conversion => say::ad_group_goal_conversion_text(),
                    OptimizationGoal::Reach => say::ad_group_goal_reach_text(),
                };
                RadioCard::new(json::word(goal), text::optimization_goal(goal), text)
            })
            .collect()
    });
    name_by(
        typed.ad_group_name,
        live(move || {
            editor.contents.with(|it| {
                let (place, goal) = audience(&it.ad_group);
                named(place, &goal)
            })
        }),
    );
    let go_on = move |()| editor.go_on(form, Step::AdGroup, CampaignScreen::Ad);
    view! {
        <PageHeading text=live(|| text::step(Step::AdGroup)) lead=live(say::ad_group_lead)/>
        <FormShell form on_submit=Callback::new(go_on)>
            <Card title=live(say::ad_group_audience_title)>
                <Combobox
                    field=form.field(Field::Location).hint(live(say::ad_group_location_hint)).required()
                    value=typed.location
                    options=choices::countries()
                    no_match=live(say::no_match)
                    placeholder=live(say::choose)
                />
                <RadioCards
                    field=form.field(Field::OptimizationGoal)
                    value=typed.optimization_goal
                    options=goals
                />
                <TextField
                    field=form.field(Field::AdGroupName).hint(live(say::ad_group_name_hint)).required()
                    value=typed.ad_group_name
                />
            </Card>
            <Card
                title=live(say::ad_group_schedule_title)
                text=live(move || say::ad_group_schedule_text(&zone()))
            >
                <div class="form-row">
                    <DateTimeField
                        field=form.field(Field::ScheduleStart).hint(live(move || {
                            start_hint(&typed.schedule_start.get())
                        })).required()
                        value=typed.schedule_start
                    />
                    <DateTimeField
                        field=form.optional(Field::ScheduleEnd).hint(live(move || {
                            let end = typed.schedule_end.get();
                            match moment(&end) {
                                Ok(_) => say::ad_group_end_read(&intl::wall_clock(&end)),
                                Err(_) => say::ad_group_end_hint(),
                            }
                        }))
                        value=typed.schedule_end
                    />
                </div>
            </Card>
            <Actions editor
                on_back=Callback::new(move |()| editor.turn(Step::Campaign))
            />
        </FormShell>
    }
}

/// When it begins, as it is read; with a question where the year may be a slip.
fn start_hint(typed: &str) -> String {
    let Ok(start) = moment(typed) else {
        return say::ad_group_start_hint();
    };
    let read = say::ad_group_start_read(&intl::wall_clock(typed));
    if start.days_after(intl::now()) > 366 {
        say::ad_group_start_far(&read)
    } else {
        read
    }
}
