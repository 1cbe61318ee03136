//! What the ways in share: the address, a password that is chosen, the terms that are agreed to, and the
//! country or region.

use crate::choices;
use crate::form::Form;
use crate::text::{live, say};
use crate::ui::{Checkbox, Combobox, Link, PasswordField, TextField};
use domain::input::Field;
use domain::strength::Strength;
use leptos::prelude::*;

/// The e-mail address that logs in.
#[component]
pub fn EmailField(
    /// The form that validates it.
    form: Form,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <TextField
            field=form.field(Field::Email).required()
            value=value
            inputmode="email"
            autocomplete="username"
        />
    }
}

/// What logs in to an account that is there.
#[component]
pub fn CredentialsFields(
    /// The form that validates them.
    form: Form,
    email: RwSignal<String>,
    password: RwSignal<String>,
) -> impl IntoView {
    view! {
        <EmailField form=form value=email/>
        <PasswordField
            field=form.field(Field::Password).required()
            value=password
            show_label=live(say::password_show)
            hide_label=live(say::password_hide)
        />
    }
}

/// A password that is being chosen, with how hard it is to guess.
#[component]
pub fn ChosenPasswordField(
    /// The form that validates it.
    form: Form,
    /// The field that asks for it.
    field: Field,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <PasswordField
            field=form.field(field).hint(live(say::password_hint)).required()
            value=value
            show_label=live(say::password_show)
            hide_label=live(say::password_hide)
            autocomplete="new-password"
        />
        <StrengthHint value/>
    }
}

/// It has its place before anything is typed, so that nothing moves.
#[component]
fn StrengthHint(value: RwSignal<String>) -> impl IntoView {
    let strength = Memo::new(move |_| {
        value.with(|password| (!password.is_empty()).then(|| Strength::of(password)))
    });
    let words = move || match strength.get() {
        None => String::new(),
        Some(Strength::Weak) => say::strength_weak(),
        Some(Strength::Fair) => say::strength_fair(),
        Some(Strength::Strong) => say::strength_strong(),
    };
    let level = move || match strength.get() {
        None => "none",
        Some(Strength::Weak) => "weak",
        Some(Strength::Fair) => "fair",
        Some(Strength::Strong) => "strong",
    };
    view! { <p class="strength" data-strength=level role="status">{words}</p> }
}

/// TikTok's own terms for businesses.
const TERMS: &str = "https://ads.tiktok.com/i18n/official/policy/terms";
/// TikTok's own policy on what it does with data of businesses.
const PRIVACY: &str = "https://ads.tiktok.com/i18n/official/policy/privacy";

/// The terms, to be agreed to by hand. They open beside the form, which stays as it is.
#[component]
pub fn TermsField(
    /// The form that validates it.
    form: Form,
    /// Whether they are agreed to.
    agreed: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Checkbox field=form.field(Field::Terms).required() checked=agreed>
            {move || with_links(&say::terms_agree(PRIVACY_MARK, TERMS_MARK))}
            <span class="visually-hidden">" " {say::terms_new_tab}</span>
        </Checkbox>
    }
}

/// Stand for the links in their sentence, whose order is the language's: characters that no
/// language has.
const TERMS_MARK: &str = "\u{e000}";
const PRIVACY_MARK: &str = "\u{e001}";

fn with_links(sentence: &str) -> Vec<AnyView> {
    let link = |url: &str, words: fn() -> String| {
        view! { <Link href=url.to_owned() new_tab=true>{words}</Link> }.into_any()
    };
    let part = |part: &str| match part {
        TERMS_MARK => link(TERMS, say::terms_terms),
        PRIVACY_MARK => link(PRIVACY, say::terms_privacy),
        words => words.to_owned().into_any(),
    };
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((at, mark)) = rest.match_indices(['\u{e000}', '\u{e001}']).next() {
        let (before, after) = rest.split_at(at);
        parts.extend([part(before), part(mark)]);
        rest = after.get(mark.len()..).unwrap_or_default();
    }
    parts.push(part(rest));
    parts
}

/// The country or region of a guest.
#[component]
pub fn RegionField(
    /// The form that validates it.
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
    let field = form
        .field(Field::Region)
        .hint(live(say::sign_up_region_hint));
    view! {
        <Combobox
            field=if required { field.required() } else { field }
            value=value
            options=choices::countries()
            no_match=live(say::no_match)
            placeholder=live(say::choose)
            autocomplete="country-name"
            on_change=on_change
        />
    }
}
