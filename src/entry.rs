//! What the ways in share: the terms that are agreed to, and the country or region.

use crate::choices;
use crate::form::Form;
use crate::text::{live, say};
use crate::ui::{Checkbox, Combobox, Link};
use domain::input::Field;
use leptos::prelude::*;

/// TikTok's own terms for businesses.
const TERMS: &str = "https://ads.tiktok.com/i18n/official/policy/terms";
/// TikTok's own policy on what it does with data of businesses.
const PRIVACY: &str = "https://ads.tiktok.com/i18n/official/policy/privacy";

/// The terms, to be agreed to by hand. They open beside the form, which stays as it is.
#[component]
pub fn TermsField(
    /// The form that judges it.
    form: Form,
    /// Whether they are agreed to.
    agreed: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Checkbox question=form.ask(Field::Terms).required() checked=agreed>
            {say::terms_agree} " "
            <Link href=TERMS.to_owned() new_tab=true>{say::terms_terms}</Link> " "
            {say::terms_and} " "
            <Link href=PRIVACY.to_owned() new_tab=true>{say::terms_privacy}</Link>
            <span class="visually-hidden">" " {say::terms_new_tab}</span>
        </Checkbox>
    }
}

/// The country or region of a guest.
#[component]
pub fn RegionField(
    /// The form that judges it.
    form: Form,
    /// Its code; empty while none is chosen.
    value: RwSignal<String>,
    /// Whether the form can't do without.
    #[prop(optional)]
    required: bool,
    /// Told when another was chosen.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let question = form.ask(Field::Region).hint(live(say::sign_up_region_hint));
    view! {
        <Combobox
            question=if required { question.required() } else { question }
            value=value
            options=choices::countries()
            no_match=live(say::no_match)
            placeholder=live(say::choose)
            autocomplete="off"
            on_change=on_change
        />
    }
}
