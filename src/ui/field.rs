//! What all fields share: the frame of label, hint and problem around a control, and the ids that
//! tie them together.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Glyph, Icon, dynamic};

/// One entry of a list to choose from: the value that is kept and the words that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept when the entry is chosen.
    pub value: String,
    /// What is shown for it.
    pub label: String,
}

impl Choice {
    /// An entry that keeps `value` and shows `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// The id of the control of the field `name`.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// Moves the focus to the control of the field `name`, and says whether there was one.
pub fn focus_field(name: &str) -> bool {
    let control = document()
        .get_element_by_id(&field_id(name))
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    match control {
        Some(control) => control.focus().is_ok(),
        None => false,
    }
}

/// The id of the hint below the label of the field `name`.
pub(super) fn hint_id(name: &str) -> String {
    format!("field-{name}-hint")
}

/// The id of the problem of the field `name`.
pub(super) fn error_id(name: &str) -> String {
    format!("field-{name}-error")
}

/// The value of `aria-describedby`: the hint, if the field has one, and the problem while there
/// is one.
pub(super) fn described_by(
    name: &'static str,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> Signal<Option<String>> {
    Signal::derive(move || match (has_hint, error.with(Option::is_some)) {
        (false, false) => None,
        (true, false) => Some(hint_id(name)),
        (false, true) => Some(error_id(name)),
        (true, true) => Some(format!("{} {}", hint_id(name), error_id(name))),
    })
}

/// The value of `aria-invalid`: absent while all is well.
pub(super) fn invalid(error: Signal<Option<String>>) -> Signal<Option<&'static str>> {
    Signal::derive(move || error.with(Option::is_some).then_some("true"))
}

/// The value of `aria-required`. The native `required` would add the browser's own bubbles.
pub(super) fn required_state(required: bool) -> Option<&'static str> {
    required.then_some("true")
}

/// Tells whoever wants to know. A browser that takes a focused control from the page sends its
/// last `blur` when the page's callbacks are already gone: then there is nobody left to tell.
pub(super) fn tell(callback: Option<Callback<()>>) {
    if let Some(callback) = callback {
        let _ = callback.try_run(());
    }
}

/// The frame around one control: for fields of a kind that is not here yet.
#[component]
pub fn Field(
    /// The name of the field; the control has the id that follows from it.
    name: &'static str,
    /// What is asked for.
    label: Signal<String>,
    /// What helps to answer.
    hint: Option<Signal<String>>,
    /// What is wrong with the answer.
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    required: bool,
    /// Small, its label heard but not seen.
    #[prop(optional)]
    compact: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class=("field-compact", compact)>
            <label class="field-label" for=field_id(name)>
                {move || label.get()}
                {required.then(|| view! { <span class="field-required" aria-hidden="true">"*"</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id(name)>{move || hint.get()}</p> })}
            {children()}
            <FieldError name error/>
        </div>
    }
}

/// The problem of a field, in words, below its control.
#[component]
pub fn FieldError(
    /// The name of the field.
    name: &'static str,
    /// The problem, while there is one.
    error: Signal<Option<String>>,
) -> impl IntoView {
    dynamic(move || {
        let shown = error.get().map(|problem| {
            view! {
                <p class="field-error" id=error_id(name)>
                    <Icon glyph=Glyph::Problem/>
                    <span>{problem}</span>
                </p>
            }
        });
        shown.into_any()
    })
}
