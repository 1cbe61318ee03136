//! The ad: whose name it carries, and what people see.

use super::Actions;
use super::identity::IdentityCard;
use crate::choices;
use crate::form::FormShell;
use crate::intl;
use crate::json;
use crate::pages::campaign::editor::DraftEditor;
use crate::pages::campaign::typed::name_by;
use crate::route::CampaignScreen;
use crate::text::{self, live, say};
use crate::ui::{Card, Choice, PageHeading, SelectField, TextArea, TextField};
use domain::draft::{self, AD_TEXT_MAX, CallToAction, Step, ad_text_weight};
use domain::input::{Field, shortened, tidy};
use leptos::prelude::*;

/// How much of its text names an ad.
const NAMED_BY_CHARS: usize = 40;

#[component]
pub fn AdStep(
    editor: DraftEditor,
    /// Whether "Unable to link" is open over it.
    unable_to_link: Signal<bool>,
) -> impl IntoView {
    let form = editor.form(Step::Ad);
    let typed = editor.typed();
    let calls = choices::choices(|| {
        CallToAction::ALL
            .into_iter()
            .map(|call| Choice::new(json::word(call), text::call_to_action(call)))
            .collect()
    });
    let used = move || {
        let used = typed.ad_text.with(|text| ad_text_weight(text));
        say::ad_text_hint(&intl::number(AD_TEXT_MAX), &intl::number(used))
    };
    name_by(
        typed.ad_name,
        live(move || {
            typed.ad_text.with(|text| {
                let words = shortened(&tidy(text), NAMED_BY_CHARS);
                draft::name(&words).unwrap_or_default()
            })
        }),
    );
    view! {
        <PageHeading text=live(|| text::step(Step::Ad)) lead=live(say::ad_lead)/>
        <FormShell form on_submit=Callback::new(move |()| editor.go_on(form, Step::Ad, CampaignScreen::Review))>
            <IdentityCard editor form unable_to_link/>
            <Card title=live(say::ad_content_title)>
                <TextArea
                    field=form.field(Field::AdText).hint(live(used)).required()
                    value=typed.ad_text
                />
                <SelectField
                    field=form.field(Field::CallToAction).required()
                    value=typed.call_to_action
                    options=calls
                    placeholder=live(say::choose)
                />
                <TextField
                    field=form.field(Field::LandingPage).hint(live(say::ad_landing_page_hint)).required()
                    value=typed.landing_page
                    kind="url"
                    autocomplete="url"
                />
                <TextField
                    field=form.field(Field::AdName).hint(live(say::ad_name_hint)).required()
                    value=typed.ad_name
                />
            </Card>
            <Actions editor on_back=Callback::new(move |()| editor.turn(Step::AdGroup))/>
        </FormShell>
    }
}
