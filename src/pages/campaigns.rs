//! The campaigns: drafts and finished ones, the last changed first.

use crate::autosave;
use crate::client::{Failure, use_client};
use crate::document;
use crate::form::{FailureBanner, Form};
use crate::intl;
use crate::json;
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::{CampaignScreen, Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonLink, Choice, Column, DataTable, Dialog,
    EmptyState, Glyph, Link, PageHeading, Show, Tabs, dynamic,
};
use contract::drafts::{CreateDraft, DeleteDraft, DraftList, DraftRow, ListDrafts};
use contract::session::AdsStage;
use domain::draft::Stage;
use domain::grant::GrantFault;
use domain::id::DraftId;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Campaigns() -> impl IntoView {
    let session = use_session();
    let stage = Memo::new(move |_| session.member().map(|member| member.ads_account));
    dynamic(move || {
        match stage.get() {
        Some(AdsStage::Missing) => view! { <NoAccount/> }.into_any(),
        Some(AdsStage::Created) => view! {
            <List>
                <Banner
                    kind=BannerKind::Warning
                    actions=|| view! { <Link href=Route::Welcome.address()>{say::go_welcome}</Link> }
                >
                    {say::campaigns_incomplete}
                </Banner>
            </List>
        }
        .into_any(),
        Some(AdsStage::Complete) | None => view! { <List>""</List> }.into_any(),
    }
    })
}

/// Without an ad account there is nothing to list, and one thing to do.
#[component]
fn NoAccount() -> impl IntoView {
    view! {
        <PageHeading text=live(say::campaigns_title)/>
        <EmptyState
            glyph=Glyph::Campaign
            title=live(say::campaigns_no_account_title)
            text=live(say::campaigns_no_account_text)
        >
            <ButtonLink kind=ButtonKind::Primary href=Route::CreateAdsAccount.address()>
                {say::go_create_ads_account}
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn List(
    /// What to know first.
    children: Children,
) -> impl IntoView {
    let client = use_client();
    let data = Resource::new(move || {
        let client = client.clone();
        async move {
            // A draft that was just left is still on its way.
            autosave::settle_all().await;
            client.call(&ListDrafts {}).await
        }
    });
    let creation = DraftCreation::new();
    let doomed = RwSignal::new(None::<DraftRow>);
    // It stays open when the list is read again.
    let kind = RwSignal::new(Kind::All.word().to_owned());
    let has_rows =
        Memo::new(move |_| matches!(data.get(), Some(Ok(list)) if !list.drafts.is_empty()));
    view! {
        <div class="campaigns-head">
            <PageHeading text=live(say::campaigns_title) lead=live(say::campaigns_lead)/>
            <Show when=move || has_rows.get()><CreateButton creation/></Show>
        </div>
        {children()}
        <FailureBanner failure=creation.failure/>
        <Loaded
            resource=data
            show=move |list: DraftList| {
                let fault = list.authorize_again.map(|fault| view! { <AuthorizeAgain fault/> });
                let drafts = if list.drafts.is_empty() {
                    view! {
                        <EmptyState
                            glyph=Glyph::Campaign
                            title=live(say::campaigns_none_title)
                            text=live(say::campaigns_none_text)
                        >
                            <CreateButton creation/>
                        </EmptyState>
                    }
                    .into_any()
                } else {
                    view! { <Table drafts=list.drafts kind doomed/> }.into_any()
                };
                view! { {fault}{drafts} }.into_any()
            }
        />
        {move || {
            doomed.get().map(|row| {
                let done = Callback::new(move |()| {
                    doomed.set(None);
                    data.again();
                    // The button that was pressed goes with its row. The dialog gives it the focus
                    // first, and nothing else takes one before.
                    request_animation_frame(document::arrive);
                    document::show_toast(say::campaigns_deleted());
                });
                view! {
                    <DeleteDialog
                        row=row
                        on_close=Callback::new(move |()| {
                            doomed.try_set(None);
                        })
                        on_deleted=done
                    />
                }
            })
        }}
    }
}

/// TikTok doesn't accept the authorization of the linked account any more.
#[component]
fn AuthorizeAgain(fault: GrantFault) -> impl IntoView {
    let to_profile = || {
        let href = Route::Profile { dialog: None }.address();
        view! { <Link href=href>{say::authorize_again}</Link> }
    };
    view! {
        <Banner kind=BannerKind::Warning actions=to_profile>
            <p>{move || text::grant_fault(fault)}</p>
            <p>{say::authorize_again_text}</p>
        </Banner>
    }
}

/// A campaign that is being begun.
#[derive(Clone, Copy)]
struct DraftCreation {
    /// The draft's id, chosen before it is asked for: asked twice, it is begun once.
    draft: RwSignal<Option<DraftId>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl DraftCreation {
    fn new() -> Self {
        Self {
            draft: RwSignal::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }
}

#[component]
fn CreateButton(creation: DraftCreation) -> impl IntoView {
    let client = StoredValue::new_local(use_client());
    let session = use_session();
    let go = StoredValue::new_local(Navigator::new());
    let create = move |()| {
        if creation.pending.get_untracked() {
            return;
        }
        let Some(draft) = creation.draft.get_untracked().or_else(random_draft) else {
            creation.failure.set(Some(Failure::Unreadable));
            return;
        };
        creation.draft.set(Some(draft));
        creation.pending.set(true);
        creation.failure.set(None);
        let client = client.get_value();
        let go = go.get_value();
        spawn_local(async move {
            match client
                .call(&CreateDraft {
                    id: draft,
                    copy_of: None,
                })
                .await
            {
                Ok(_) => go.push(&Route::Campaign {
                    draft,
                    screen: CampaignScreen::Campaign,
                }),
                Err(failure) => {
                    session.on_failure(&failure);
                    creation.failure.try_set(Some(failure));
                }
            }
            creation.pending.try_set(false);
        });
    };
    view! {
        <Button
            kind=ButtonKind::Primary
            glyph=Glyph::Plus
            pending=creation.pending
            on_click=Callback::new(create)
        >
            {say::campaigns_create}
        </Button>
    }
}

/// A random id. The browser's own maker of such is missing where the page came over plain HTTP.
fn random_draft() -> Option<DraftId> {
    use wasm_bindgen::JsCast as _;
    let crypto = json::member(&js_sys::global(), "crypto");
    let fill = json::member(&crypto, "getRandomValues");
    let fill: js_sys::Function = fill.dyn_into().ok()?;
    let place = js_sys::Uint8Array::new_with_length(16);
    fill.call1(&crypto, &place).ok()?;
    let mut bytes = [0; 16];
    place.copy_to(&mut bytes);
    Some(DraftId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
}

/// The rows, all or those of a kind.
#[component]
fn Table(
    drafts: Vec<DraftRow>,
    kind: RwSignal<String>,
    doomed: RwSignal<Option<DraftRow>>,
) -> impl IntoView {
    let kinds = || {
        Kind::ALL
            .map(|kind| Choice::new(kind.word(), kind.words()))
            .into()
    };
    let drafts = StoredValue::new(drafts);
    let rows = move || {
        let rows = drafts.with_value(|drafts| {
            let shown = drafts
                .iter()
                .filter(|row| kind.with(|kind| holds(kind, row)));
            shown.cloned().collect::<Vec<_>>()
        });
        if rows.is_empty() {
            return view! { <p class="campaigns-none">{say::campaigns_none_here}</p> }.into_any();
        }
        let row = move |row: DraftRow| view! { <Row row doomed/> }.into_any();
        view! {
            <DataTable caption=live(say::campaigns_title) columns=columns()>
                {rows.into_iter().map(row).collect_view()}
            </DataTable>
        }
        .into_any()
    };
    view! {
        <Tabs
            name="campaigns"
            label=live(say::campaigns_stage)
            tabs=Signal::derive(kinds)
            value=kind
        >
            {dynamic(rows)}
        </Tabs>
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

fn columns() -> Vec<Column> {
    let column = |name, hides_name| Column { name, hides_name };
    vec![
        column(say::step_campaign as fn() -> String, false),
        column(say::campaigns_stage, false),
        column(say::campaigns_changed, false),
        column(say::campaigns_actions, true),
    ]
}

#[component]
fn Row(row: DraftRow, doomed: RwSignal<Option<DraftRow>>) -> impl IntoView {
    let (stage, changed) = (row.stage, row.changed);
    let href = open(&row).address();
    let name = StoredValue::new(row.name.clone());
    let name = move || text::campaign(&name.get_value());
    let delete = move |()| doomed.set(Some(row.clone()));
    let words = move || match stage {
        Stage::Editing { step } => say::campaigns_stage_editing(&text::step(step)),
        Stage::Finished => say::campaigns_stage_finished(),
    };
    view! {
        <tr role="row">
            <th class="campaigns-name" role="rowheader" scope="row">
                <Link href=href>{name}</Link>
            </th>
            <td role="cell">
                <span class="tag" class=("campaigns-finished", stage == Stage::Finished)>{words}</span>
            </td>
            <td class="campaigns-changed" role="cell">{move || intl::date_time(changed)}</td>
            <td class="campaigns-actions" role="cell">
                <Button kind=ButtonKind::Quiet on_click=Callback::new(delete)>
                    <span aria-hidden="true">{say::campaigns_delete}</span>
                    <span class="visually-hidden">
                        {move || say::campaigns_delete_named(&name())}
                    </span>
                </Button>
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

#[component]
fn DeleteDialog(row: DraftRow, on_close: Callback<()>, on_deleted: Callback<()>) -> impl IntoView {
    let form = Form::new(|| None);
    let draft = row.id;
    let delete = move |()| {
        form.send(&DeleteDraft { id: draft }, async move |_| {
            on_deleted.try_run(());
        });
    };
    let name = row.name;
    view! {
        <Dialog
            title=live(say::campaigns_delete_title)
            close_label=live(say::close)
            on_close=on_close
        >
            <p>{move || say::campaigns_delete_text(&text::campaign(&name))}</p>
            <FailureBanner failure=form.failure()/>
            <div class="dialog-actions">
                <Button on_click=on_close>{say::cancel}</Button>
                <Button
                    kind=ButtonKind::Danger
                    pending=form.pending()
                    on_click=Callback::new(delete)
                >
                    {say::campaigns_delete}
                </Button>
            </div>
        </Dialog>
    }
}
