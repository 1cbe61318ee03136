//! The campaign: what it is for, and what it may cost.

use super::Actions;
use crate::choices;
use crate::form::FormShell;
use crate::intl;
use crate::json;
use crate::pages::campaign::editor::DraftEditor;
use crate::pages::campaign::typed::{name_by, named};
use crate::route::CampaignScreen;
use crate::text::{self, live, say};
use crate::ui::{Card, MoneyField, PageHeading, RadioCard, RadioCards, TextField};
use domain::currency::Currency;
use domain::draft::{BudgetMode, CAMPAIGN_BUDGET_MIN_USD, Campaign, Objective, Step};
use domain::input::Field;
use domain::money::amount;
use leptos::prelude::*;

#[component]
pub fn CampaignStep(editor: DraftEditor) -> impl IntoView {
    let form = editor.form(Step::Campaign);
    let typed = editor.typed();
    let currency = move || editor.view.with(|view| view.currency);
    let objectives = choices::cards(|| {
        Objective::ALL
            .into_iter()
            .map(|objective| {
                let (title, text) = text::objective(objective);
                RadioCard::new(json::word(objective), title, text)
            })
            .collect()
    });
    let modes = choices::cards(|| {
        BudgetMode::ALL
            .into_iter()
            .map(|mode| {
                let text = match mode {
                    BudgetMode::Daily => say::campaign_budget_daily_text(),
                    BudgetMode::Total => say::campaign_budget_total_text(),
                };
                RadioCard::new(json::word(mode), text::budget_mode(mode), text)
            })
            .collect()
    });
    name_by(
        typed.campaign_name,
        live(move || {
            let objective = editor.contents.with(|it| it.campaign.objective);
            let words = objective.map(|objective| text::objective(objective).0);
            named(words, &intl::date(intl::now()))
        }),
    );
    let go_on = move |()| editor.go_on(form, Step::Campaign, CampaignScreen::AdGroup);
    view! {
        <PageHeading text=live(|| text::step(Step::Campaign)) lead=live(say::campaign_lead)/>
        <FormShell form on_submit=Callback::new(go_on)>
            <Card>
                <RadioCards
                    field=form.field(Field::Objective)
                    value=typed.objective
                    options=objectives
                />
                <TextField
                    field=form.field(Field::CampaignName).hint(live(say::campaign_name_hint)).required()
                    value=typed.campaign_name
                />
            </Card>
            <Card>
                <div class="campaign-budget">
                    <RadioCards
                        field=form.field(Field::BudgetMode)
                        value=typed.budget_mode
                        options=modes
                    />
                    <MoneyField
                        field=form.field(Field::Budget).hint(live(move || {
                            editor.contents.with(|it| budget_hint(&it.campaign, currency()))
                        })).required()
                        value=typed.budget
                        currency=live(move || currency().as_str().to_owned())
                        on:input=move |_| typed.type_budget(text::language())
                    />
                </div>
            </Card>
            <Actions editor/>
        </FormShell>
    }
}

/// How the amount is read, so that nobody pays for a point in the wrong place; before there is
/// one, how one is written.
fn budget_hint(campaign: &Campaign, currency: Currency) -> String {
    let read = amount(&campaign.budget, currency, campaign.budget_language);
    match read {
        Ok(minor) => text::budget(minor, currency, campaign.budget_mode),
        Err(_) if currency == Currency::USD => {
            let minor = CAMPAIGN_BUDGET_MIN_USD * 10_i64.pow(currency.decimals());
            say::campaign_budget_hint_min(&intl::money(minor, currency))
        }
        Err(_) => {
            let minor = 1_000_000 * 10_i64.pow(currency.decimals());
            say::campaign_budget_hint(&intl::money(minor, currency))
        }
    }
}
