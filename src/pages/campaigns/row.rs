//! A campaign in the list.

use crate::features::campaign_actions::CampaignActions;
use crate::intl;
use crate::route::{Page as _, Route};
use crate::text::{self, say};
use crate::ui::{Link, Menu, MenuButton, MenuDivider, MenuLink};
use contract::drafts::DraftRow;
use domain::currency::Currency;
use domain::draft::Stage;
use leptos::prelude::*;

/// It opens wherever it is pressed, but for its menu: the link of its name is as large as it.
#[component]
pub fn Row(
    row: DraftRow,
    currency: Currency,
    hidden: Signal<bool>,
    actions: CampaignActions,
    doomed: RwSignal<Option<DraftRow>>,
) -> impl IntoView {
    let href = open(&row).address();
    let stage = row.stage;
    let (budget, mode) = (row.budget, row.budget_mode);
    let budget = move || budget.map(|minor| text::budget(minor, currency, mode));
    let changed = row.changed;
    let row = StoredValue::new(row);
    let name = move || row.with_value(|row| text::campaign(&row.name));
    let aim = move || row.with_value(aim);
    view! {
        <tr role="row" prop:hidden=move || hidden.get()>
            <th class="campaigns-name" role="rowheader" scope="row">
                <Link href=href.clone()>{name}</Link>
                <p class="campaigns-aim">{aim}</p>
            </th>
            <td role="cell">
                <span class="campaigns-stage" class=("campaigns-finished", stage == Stage::Finished)>
                    {move || text::stage(stage)}
                </span>
            </td>
            <td class="campaigns-budget" role="cell">{budget}</td>
            <td class="campaigns-schedule" role="cell">{move || row.with_value(schedule)}</td>
            <td class="campaigns-changed" role="cell">
                <span title=move || intl::date_time(changed)>{move || intl::ago(changed)}</span>
            </td>
            <td class="campaigns-actions" role="cell">
                <Menu
                    name=format!("campaign-{}", row.with_value(|row| row.id))
                    label=Signal::derive(move || say::campaigns_actions_named(&name()))
                >
                    <MenuLink href=href>{say::campaigns_open}</MenuLink>
                    {(stage == Stage::Finished).then(|| view! {
                        <MenuButton on_click=move |()| row.with_value(|row| actions.edit_again(row))>
                            {say::campaigns_edit_again}
                        </MenuButton>
                    })}
                    <MenuButton on_click=move |()| actions.duplicate(row.with_value(|row| row.id))>
                        {say::campaigns_duplicate}
                    </MenuButton>
                    <MenuDivider/>
                    <MenuButton on_click=move |()| doomed.set(Some(row.get_value()))>
                        {say::campaigns_delete}
                    </MenuButton>
                </Menu>
            </td>
        </tr>
    }
}

/// Where a row leads: to the step that was last open, or to what was finished.
fn open(row: &DraftRow) -> Route {
    Route::Campaign {
        draft: row.id,
        screen: row.stage.into(),
    }
}

/// What it is for, and where.
fn aim(row: &DraftRow) -> String {
    let objective = row.objective.map(|objective| text::objective(objective).0);
    let parts = objective.into_iter().chain(row.location.map(intl::country));
    parts.collect::<Vec<_>>().join(" · ")
}

/// On which days it runs.
fn schedule(row: &DraftRow) -> String {
    match (row.schedule_start.as_str(), row.schedule_end.as_str()) {
        ("", _) => String::new(),
        (start, "") => say::campaigns_from(&intl::wall_days(start, None)),
        (start, end) => intl::wall_days(start, Some(end)),
    }
}
