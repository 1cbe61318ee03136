//! The campaigns: drafts and finished ones, to be found, opened, copied and deleted.

mod row;
mod table;

pub use self::row::*;
pub use self::table::*;
use crate::autosave;
use crate::client::{Failure, use_client};
use crate::document;
use crate::features::campaign_actions::CampaignActions;
use crate::form::{FailureBanner, Form, RouteLink};
use crate::layout::failure_glyph;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonLink, Dialog, EmptyState, Glyph, Link,
    PageHeading, dynamic,
};
use contract::drafts::{DeleteDraft, DraftRow, ListDrafts};
use contract::session::AdsStage;
use domain::draft::Step;
use domain::grant::GrantFault;
use leptos::prelude::*;

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

/// What there is to show.
#[derive(Clone, PartialEq)]
enum Found {
    /// Campaigns, or nothing yet.
    Rows,
    /// None that anybody has typed in.
    None,
    Failure(Failure),
}

#[component]
fn List(
    /// What to know first.
    children: Children,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let data = Resource::new(move || {
        let client = client.clone();
        async move {
            // A draft that was just left is still on its way.
            autosave::settle_all().await;
            let mut list = client.call(&ListDrafts {}).await?;
            let untouched = list.take_untouched();
            Ok((list, untouched))
        }
    });
    let actions = CampaignActions::new(move || data.get()?.ok()?.1);
    let doomed = RwSignal::new(None::<DraftRow>);
    // It stays as it is when the list is read again.
    let filter = ListFilter::of_all();
    let found = Memo::new(move |_| match data.get() {
        Some(Ok((list, _))) if list.drafts.is_empty() => Found::None,
        Some(Ok(_)) | None => Found::Rows,
        Some(Err(failure)) => Found::Failure(failure),
    });
    let rows = move || match data.get() {
        Some(Ok((list, _))) => view! { <Table list filter actions doomed/> }.into_any(),
        Some(Err(_)) | None => view! { <Outline/> }.into_any(),
    };
    let drafts = move || Some(data.get()?.ok()?.0.drafts);
    let body = move || match found.get() {
        Found::Rows => view! {
            <Toolbar drafts=Signal::derive(drafts) filter>{dynamic(rows)}</Toolbar>
        }
        .into_any(),
        Found::None => view! { <Begin/> }.into_any(),
        Found::Failure(failure) => {
            session.on_failure(&failure);
            view! { <ListFailed failure on_retry=Callback::new(move |()| data.again())/> }
                .into_any()
        }
    };
    let fault = move || data.get()?.ok()?.0.authorize_again;
    view! {
        <div class="campaigns" class=("campaigns-empty", move || found.get() == Found::None)>
            <div class="campaigns-head">
                <PageHeading text=live(say::campaigns_title)/>
                <Button
                    kind=ButtonKind::Primary
                    glyph=Glyph::Plus
                    pending=actions.pending
                    on_click=Callback::new(move |()| actions.create())
                >
                    {say::campaigns_create}
                </Button>
            </div>
            {children()}
            <FailureBanner failure=actions.failure/>
            {dynamic(move || fault().map(|fault| view! { <AuthorizeAgain fault/> }).into_any())}
            {dynamic(body)}
        </div>
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

/// Before the first campaign: what making one takes.
#[component]
fn Begin() -> impl IntoView {
    let step = |step: Step| {
        let text = move || match step {
            Step::Campaign => say::campaigns_begin_campaign(),
            Step::AdGroup => say::campaigns_begin_ad_group(),
            Step::Ad => say::campaigns_begin_ad(),
        };
        view! {
            <li class="campaigns-step">
                <h3 class="campaigns-step-title">{move || text::step(step)}</h3>
                <p class="campaigns-step-text">{text}</p>
            </li>
        }
        .into_any()
    };
    view! {
        <EmptyState
            glyph=Glyph::Campaign
            title=live(say::campaigns_none_title)
            text=live(say::campaigns_none_text)
        >
            <ol class="campaigns-steps">{Step::ALL.map(step).collect_view()}</ol>
        </EmptyState>
    }
}

/// The list couldn't be read. It stands where the list would.
#[component]
fn ListFailed(failure: Failure, on_retry: Callback<()>) -> impl IntoView {
    // The button that was pressed goes with what couldn't be shown.
    on_cleanup(document::follow_heading);
    let go = failure.problem().and_then(|problem| problem.go.clone());
    view! {
        <EmptyState
            glyph=failure_glyph(&failure)
            title=live(say::load_failed_title)
            text=Signal::derive(move || text::failure(&failure))
        >
            <Button on_click=on_retry>{say::retry}</Button>
            {go.map(|route| view! { <RouteLink route/> })}
        </EmptyState>
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
