//! The list and what finds something in it.

use super::Row;
use crate::features::campaign_actions::CampaignActions;
use crate::intl;
use crate::text::{self, live, say};
use crate::ui::{
    Button, ButtonKind, Choice, Column, DataTable, FieldProps, Glyph, Icon, SelectField, Show,
    Skeleton, Tabs, field_id, focus_field, plain,
};
use contract::drafts::{DraftList, DraftRow};
use domain::draft::Stage;
use domain::input::Field;
use leptos::prelude::*;

/// The name of the field of what is searched for.
const SEARCH: &str = "search_campaigns";
/// Rows of the outline.
const OUTLINED: usize = 5;

/// Which of the campaigns are shown, and in which order.
#[derive(Clone, Copy)]
pub struct ListFilter {
    search: RwSignal<String>,
    /// The word of an [`Order`].
    order: RwSignal<String>,
    /// The word of a [`Kind`].
    kind: RwSignal<String>,
}

impl ListFilter {
    pub fn of_all() -> Self {
        Self {
            search: RwSignal::new(String::new()),
            order: RwSignal::new(Order::Changed.word().to_owned()),
            kind: RwSignal::new(Kind::All.word().to_owned()),
        }
    }
}

#[derive(Clone, Copy)]
enum Order {
    Changed,
    Name,
}

impl Order {
    const ALL: [Self; 2] = [Self::Changed, Self::Name];

    const fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Name => "name",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Changed => say::campaigns_changed(),
            Self::Name => text::label(Field::CampaignName),
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    All,
    Drafts,
    Finished,
}

impl Kind {
    const ALL: [Self; 3] = [Self::All, Self::Drafts, Self::Finished];

    const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Drafts => "drafts",
            Self::Finished => "finished",
        }
    }

    fn words(self) -> String {
        match self {
            Self::All => say::campaigns_all(),
            Self::Drafts => say::campaigns_drafts(),
            Self::Finished => say::campaigns_stage_finished(),
        }
    }
}

/// Whether a row is of the kind of that word.
fn holds(kind: &str, row: &DraftRow) -> bool {
    let own = match row.stage {
        Stage::Editing { .. } => Kind::Drafts,
        Stage::Finished => Kind::Finished,
    };
    kind == Kind::All.word() || kind == own.word()
}

/// What stands over the list, from the start: a search, an order, and tabs, which say how many there
/// are once that is known.
#[component]
pub fn Toolbar(
    /// All campaigns, once they are read.
    drafts: Signal<Option<Vec<DraftRow>>>,
    filter: ListFilter,
    children: Children,
) -> impl IntoView {
    let kinds = move || {
        let kind = |kind: Kind| {
            let count = drafts.with(|drafts| {
                let drafts = drafts.as_ref()?.iter();
                u32::try_from(drafts.filter(|row| holds(kind.word(), row)).count()).ok()
            });
            let label = match count {
                Some(count) => format!("{} {}", kind.words(), intl::number(count)),
                None => kind.words(),
            };
            Choice::new(kind.word(), label)
        };
        Kind::ALL.map(kind).into()
    };
    let orders = || {
        Order::ALL
            .map(|order| Choice::new(order.word(), order.words()))
            .into()
    };
    let search = filter.search;
    view! {
        <div class="campaigns-tools">
            <div class="campaigns-search" role="search">
                <label class="visually-hidden" for=field_id(SEARCH)>{say::campaigns_search}</label>
                <Icon glyph=Glyph::Search/>
                <input
                    class="input"
                    id=field_id(SEARCH)
                    name=SEARCH
                    type="search"
                    autocomplete="off"
                    placeholder=say::campaigns_search
                    prop:value=move || search.get()
                    on:input:target=move |event| search.set(event.target().value())
                />
            </div>
            <SelectField
                field=FieldProps::new("campaigns_order", live(say::campaigns_sort))
                value=filter.order
                options=Signal::derive(orders)
                compact=true
            />
        </div>
        <Tabs
            name="campaigns"
            label=live(say::campaigns_stage)
            tabs=Signal::derive(kinds)
            value=filter.kind
        >
            {children()}
        </Tabs>
    }
}

fn columns() -> Vec<Column> {
    let column = |name, hides_name| Column { name, hides_name };
    vec![
        column(say::step_campaign as fn() -> String, false),
        column(say::campaigns_stage, false),
        column(say::campaign_budget_title, false),
        column(say::ad_group_schedule_title, false),
        column(say::campaigns_changed, false),
        column(say::campaigns_actions, true),
    ]
}

/// The campaigns, all or those that are looked for.
#[component]
pub fn Table(
    list: DraftList,
    filter: ListFilter,
    actions: CampaignActions,
    doomed: RwSignal<Option<DraftRow>>,
) -> impl IntoView {
    let currency = list.currency;
    let drafts = StoredValue::new(list.drafts);
    let wanted = Memo::new(move |_| filter.search.with(|search| plain(search)));
    let is_shown = move |row: &DraftRow| {
        filter.kind.with(|kind| holds(kind, row))
            && wanted.with(|wanted| plain(&text::campaign(&row.name)).contains(wanted))
    };
    let is_empty = Memo::new(move |_| drafts.with_value(|rows| !rows.iter().any(is_shown)));
    // In another order they are other rows; those that aren't looked for are only hidden.
    let rows = move || {
        let mut rows = drafts.get_value();
        if filter.order.with(|order| order == Order::Name.word()) {
            let compare = intl::counting_collator();
            rows.sort_by(|one, other| {
                compare(&text::campaign(&one.name), &text::campaign(&other.name))
            });
        }
        let row = move |row: DraftRow| {
            let hidden = {
                let row = row.clone();
                Signal::derive(move || !is_shown(&row))
            };
            view! { <Row row currency hidden actions doomed/> }.into_any()
        };
        rows.into_iter().map(row).collect_view()
    };
    let searches = move || filter.search.with(|search| !search.is_empty());
    view! {
        <div class="campaigns-table" hidden=move || is_empty.get()>
            <DataTable caption=live(say::campaigns_title) columns=columns()>{rows}</DataTable>
        </div>
        <div class="campaigns-none" role="status">
            <Show when=move || is_empty.get()>
                <p>
                    {move || if searches() { say::no_match() } else { say::campaigns_none_here() }}
                </p>
                <Show when=searches>
                    <Button
                        kind=ButtonKind::Quiet
                        on_click=Callback::new(move |()| {
                            filter.search.set(String::new());
                            // The button goes.
                            focus_field(SEARCH);
                        })
                    >
                        {say::campaigns_clear_search}
                    </Button>
                </Show>
            </Show>
        </div>
    }
}

/// Where the rows will stand, while they are read.
#[component]
pub fn Outline() -> impl IntoView {
    let row = |_| {
        let cell = || view! { <td role="cell"><span class="skeleton-line"></span></td> }.into_any();
        view! { <tr role="row">{columns().iter().map(|_| cell()).collect_view()}</tr> }.into_any()
    };
    view! {
        <Skeleton label=live(say::loading) lines=0/>
        <div class="campaigns-table campaigns-outline" aria-hidden="true">
            <DataTable caption=live(say::campaigns_title) columns=columns()>
                {(0..OUTLINED).map(row).collect_view()}
            </DataTable>
        </div>
    }
}
