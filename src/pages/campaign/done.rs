//! A finished campaign: what it says, to be read, and what can be done with it.

use super::Rows;
use super::editor::DraftEditor;
use crate::features::campaign_actions::CampaignActions;
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::ui::{Button, ButtonKind, ButtonLink, Card, Glyph, Icon, PageHeading};
use domain::draft::Step;
use leptos::prelude::*;

#[component]
pub fn Finished(editor: DraftEditor) -> impl IntoView {
    let card = |step| {
        view! { <Card title=live(move || text::step(step))><Rows editor step/></Card> }.into_any()
    };
    let actions = CampaignActions::new(|| None);
    let edit_again = move |()| editor.edit_again(actions.failure);
    let duplicate = move |()| actions.duplicate(editor.draft);
    view! {
        <div class="done-head">
            <span class="done-mark"><Icon glyph=Glyph::Check/></span>
            <PageHeading text=editor.name() lead=live(say::done_lead)/>
        </div>
        <p class="muted">{say::done_publish_text}</p>
        <FailureBanner failure=actions.failure/>
        <div class="row">
            <ButtonLink kind=ButtonKind::Primary href=Route::Campaigns.address()>
                {say::done_back}
            </ButtonLink>
            <Button pending=editor.finishing on_click=Callback::new(edit_again)>
                {say::campaigns_edit_again}
            </Button>
            <Button pending=actions.pending on_click=Callback::new(duplicate)>
                {say::campaigns_duplicate}
            </Button>
        </div>
        {Step::ALL.into_iter().map(card).collect_view()}
    }
}
