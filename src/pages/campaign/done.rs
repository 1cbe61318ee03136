//! A finished campaign: what it says, to be read, and what can be done with it.

use super::Rows;
use super::editor::DraftEditor;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::ui::{ButtonKind, ButtonLink, Card, Glyph, Icon, PageHeading};
use domain::draft::Step;
use leptos::prelude::*;

#[component]
pub fn Finished(editor: DraftEditor) -> impl IntoView {
    let card = |step| {
        view! { <Card title=live(move || text::step(step))><Rows editor step/></Card> }.into_any()
    };
    view! {
        <div class="done-head">
            <span class="done-mark"><Icon glyph=Glyph::Check/></span>
            <PageHeading text=editor.name() lead=live(say::done_lead)/>
        </div>
        <p class="muted">{say::done_publish_text}</p>
        <div class="row">
            <ButtonLink kind=ButtonKind::Primary href=Route::Campaigns.address()>
                {say::done_back}
            </ButtonLink>
        </div>
        {Step::ALL.into_iter().map(card).collect_view()}
    }
}
