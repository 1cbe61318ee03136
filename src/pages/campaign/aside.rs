//! What stands beside a step: what follows from it.

use super::editor::DraftEditor;
use super::preview::Preview;
use super::summary::ad_group;
use crate::intl;
use crate::text::{self, live, say};
use crate::ui::{DescriptionRow, Descriptions, dynamic};
use domain::draft::{BudgetMode, Step};
use leptos::prelude::*;

/// Days over which a daily budget is summed up where the campaign has no end.
const DAYS: i64 = 30;

/// Beside a step; beside the review where `step` is none.
pub(super) fn aside(editor: DraftEditor, step: Signal<Option<Step>>) -> AnyView {
    let show = move || match step.get() {
        Some(Step::Campaign) => view! { <Cost editor/> }.into_any(),
        Some(Step::AdGroup) => view! { <Audience editor/> }.into_any(),
        Some(Step::Ad) => view! { <Preview editor/> }.into_any(),
        None => view! { <Cost editor/> <Preview editor/> }.into_any(),
    };
    dynamic(show).into_any()
}

/// What it may cost. Nothing is forecast: it is what the budget allows.
#[component]
fn Cost(editor: DraftEditor) -> impl IntoView {
    let words = move || {
        let (campaign, currency) = (
            editor.contents.with(|contents| contents.campaign.clone()),
            editor.view.with(|view| view.currency),
        );
        let minor = campaign.budget(currency).ok()?;
        let amount = intl::money(minor, currency);
        let month = minor.checked_mul(DAYS);
        Some(match campaign.budget_mode? {
            BudgetMode::Daily => (
                say::campaign_budget_read_daily(&amount),
                month.map(|sum| say::cost_month(&intl::money(sum, currency), &DAYS.to_string())),
            ),
            BudgetMode::Total => (say::campaign_budget_read_total(&amount), None),
        })
    };
    view! {
        <section class="aside-card">
            <h2 class="aside-title">{say::cost_title}</h2>
            {move || match words() {
                Some((amount, month)) => view! {
                    <p class="cost-amount">{amount}</p>
                    {month.map(|month| view! { <p>{month}</p> })}
                }
                .into_any(),
                None => view! { <p>{say::cost_none}</p> }.into_any(),
            }}
            <p>{say::done_publish_text}</p>
        </section>
    }
}

/// Who may see it, and when.
#[component]
fn Audience(editor: DraftEditor) -> impl IntoView {
    let row = |(field, value)| {
        view! { <DescriptionRow label=live(move || text::label(field))>{value}</DescriptionRow> }
            .into_any()
    };
    let rows = move || {
        let rows = editor.contents.with(ad_group);
        // The name is what only its maker sees.
        let told = rows
            .into_iter()
            .skip(1)
            .filter(|(_, value)| !value.is_empty());
        told.map(row).collect_view()
    };
    view! {
        <section class="aside-card">
            <h2 class="aside-title">{say::audience_title}</h2>
            <Descriptions>
                {rows}
                <DescriptionRow label=live(say::audience_others)>{say::audience_everyone}</DescriptionRow>
            </Descriptions>
        </section>
    }
}
