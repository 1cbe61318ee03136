//! What all fields share: the frame of label, hint and problem around a control, and the ids that
//! tie them together.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{Glyph, Icon, dynamic, effect};

/// One entry of a list to choose from: the value that is kept and the words that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept when the entry is chosen.
    pub value: String,
    /// What is shown for it.
    pub label: String,
    /// How else it is called.
    pub other_names: Vec<String>,
}

impl Choice {
    /// An entry that keeps `value` and shows `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            other_names: Vec::new(),
        }
    }

    /// With names by which it is found as well.
    #[must_use]
    pub fn also_called(self, other_names: Vec<String>) -> Self {
        Self {
            other_names,
            ..self
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

/// What every field has, whatever its control: what is asked for, what is wrong with the answer,
/// and who is told when the field is left.
#[derive(Clone, Copy)]
pub struct FieldProps {
    /// Its name; the control's id follows from it, so it is unique on a page.
    pub(super) name: &'static str,
    pub(super) label: Signal<String>,
    pub(super) hint: Option<Signal<String>>,
    pub(super) error: Signal<Option<String>>,
    pub(super) is_required: bool,
    on_left: Option<Callback<()>>,
}

impl FieldProps {
    /// A field of that name, with that label.
    pub fn new(name: &'static str, label: impl Into<Signal<String>>) -> Self {
        Self {
            name,
            label: label.into(),
            hint: None,
            error: Signal::stored(None),
            is_required: false,
            on_left: None,
        }
    }

    /// With what helps to answer.
    #[must_use]
    pub fn hint(self, hint: impl Into<Signal<String>>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// With what is wrong with the answer, while something is.
    #[must_use]
    pub fn error(self, error: impl Into<Signal<Option<String>>>) -> Self {
        Self {
            error: error.into(),
            ..self
        }
    }

    /// With an answer that is needed.
    #[must_use]
    pub fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }

    /// With somebody who is told when the field is left, or a choice is made.
    #[must_use]
    pub fn on_left(self, on_left: Callback<()>) -> Self {
        Self {
            on_left: Some(on_left),
            ..self
        }
    }

    pub(super) fn id(self) -> String {
        field_id(self.name)
    }

    /// The id of the hint below the control.
    pub(super) fn hint_id(self) -> String {
        format!("field-{}-hint", self.name)
    }

    /// The value of `aria-describedby`: the hint, if there is one, and the problem while there is
    /// one.
    pub(super) fn described_by(self) -> Option<String> {
        let has_error = self.error.with(Option::is_some);
        match (self.hint.is_some(), has_error) {
            (false, false) => None,
            (true, false) => Some(self.hint_id()),
            (false, true) => Some(error_id(self.name)),
            (true, true) => Some(format!("{} {}", self.hint_id(), error_id(self.name))),
        }
    }

    fn unit_id(self) -> String {
        format!("field-{}-unit", self.name)
    }

    /// The value of `aria-invalid`: absent while all is well.
    pub(super) fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// The value of `aria-required`. The native `required` would add the browser's own bubbles.
    pub(super) fn required_state(self) -> Option<&'static str> {
        self.is_required.then_some("true")
    }

    /// The field was left.
    pub(super) fn left(self) {
        notify(self.on_left);
    }
}

/// The id of the problem of the field `name`.
fn error_id(name: &str) -> String {
    format!("field-{name}-error")
}

/// Tells whoever wants to know. A browser that takes a focused control from the page sends its
/// last `blur` when the page's callbacks are already gone: then there is nobody left to tell.
pub(super) fn notify(callback: Option<Callback<()>>) {
    if let Some(callback) = callback {
        let _ = callback.try_run(());
    }
}

/// The frame around one control.
#[component]
pub(super) fn FieldFrame(
    field: FieldProps,
    /// Small, its label heard but not seen.
    #[prop(optional)]
    compact: bool,
    children: Children,
) -> impl IntoView {
    let FieldProps {
        name,
        label,
        hint,
        error,
        ..
    } = field;
    view! {
        <div class="field" class=("field-compact", compact)>
            <label class="field-label" for=field.id()>
                {move || label.get()}
            </label>
            {children()}
            {hint.map(|hint| {
                view! { <p class="field-hint" id=field.hint_id()>{move || hint.get()}</p> }
            })}
            <FieldError name error/>
        </div>
    }
}

/// Stands for what a control shows and can't give, such as half of a date: no rule takes it for an
/// answer, and it isn't taken for none.
const UNREADABLE: &str = "…";

/// What a control holds: text in Normalization Form C, whatever the keyboard writes, so that it is
/// counted as the host counts it. A password, hidden or not, is left to the host, which knows older
/// forms of it.
pub(super) fn typed(control: &HtmlInputElement) -> String {
    let text = control.value();
    if text.is_empty() && control.validity().bad_input() {
        UNREADABLE.to_owned()
    } else if text.is_ascii() || control.autocomplete().ends_with("password") {
        text
    } else {
        js_sys::JsString::from(text).normalize("NFC").into()
    }
}

/// A directive: the control shows `text`, whoever changes it. What it holds already isn't written,
/// since that would take away what the browser keeps beside it: the caret, the half of a date, a
/// word that an input method is composing.
pub(super) fn holds(control: Element, text: Signal<String>) {
    effect(move || {
        let text = text.get();
        // Text boxes and lists name these members as lines do.
        let control = control.unchecked_ref::<HtmlInputElement>();
        if typed(control) != text {
            control.set_value(&text);
        }
    });
}

/// What is special about a line of text.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// The `type` of the input.
    pub(super) kind: Signal<&'static str>,
    /// What the browser may fill in.
    pub(super) autocomplete: &'static str,
    /// Which keyboard a phone shows.
    pub(super) inputmode: Option<&'static str>,
    /// What stands in front of it: a currency, a calling code. It goes while it is empty.
    pub(super) unit: Option<Signal<String>>,
}

/// The control of every field of one line. A function, so that it is compiled once.
pub(super) fn line(field: FieldProps, value: RwSignal<String>, line: Line) -> AnyView {
    let Line {
        kind,
        autocomplete,
        inputmode,
        unit,
    } = line;
    // An address is typed into a line of text: a browser writes its own spelling of the domain into
    // `type="email"`, and the others another.
    let is_text = kind.get_untracked() == "text" && inputmode != Some("email");
    let described = move || {
        let others = field.described_by();
        match unit {
            None => others,
            Some(_) => Some(format!(
                "{} {}",
                field.unit_id(),
                others.unwrap_or_default()
            )),
        }
    };
    view! {
        {unit.map(|unit| {
            view! { <span class="unit" id=field.unit_id()>{move || unit.get()}</span> }
        })}
        <input
            class="input"
            class=("input-code", autocomplete == "one-time-code")
            id=field.id()
            name=field.name
            type=kind
            autocomplete=autocomplete
            inputmode=inputmode
            spellcheck=(!is_text || autocomplete != "off").then_some("false")
            autocapitalize=(!is_text).then_some("none")
            aria-required=field.required_state()
            aria-invalid=move || field.invalid()
            aria-describedby=described
            use:holds=value.into()
            on:input:target=move |event| value.set(typed(&event.target()))
            on:blur:target=move |event| {
                // Half of a date is typed without an `input`.
                let typed = typed(&event.target());
                if value.try_get_untracked().is_some_and(|value| value != typed) {
                    value.set(typed);
                }
                field.left();
            }
        />
    }
    .into_any()
}

/// The problem of a field, in words, below its control.
#[component]
pub fn FieldError(
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
