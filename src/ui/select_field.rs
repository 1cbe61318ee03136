//! One of a few, by the browser's own list.

use leptos::prelude::*;

use super::{
    Choice, Glyph, Icon,
    field::{FieldFrame, FieldProps, holds, notify},
};

/// A labelled list of a few entries. For long lists there is `Combobox`.
#[component]
pub fn SelectField(
    field: FieldProps,
    /// The value of the chosen entry; empty while none is.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What stands there while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// Small, its label heard but not seen: for bars.
    #[prop(optional)]
    compact: bool,
    /// Told when another entry was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <FieldFrame field compact>
            <div class="select-field">
                <select
                    class="input"
                    id=field.id()
                    name=field.name
                    aria-required=field.required_state()
                    aria-invalid=move || field.invalid()
                    aria-describedby=move || field.described_by()
                    use:holds=value.into()
                    on:change:target=move |event| {
                        value.set(event.target().value());
                        notify(on_change);
                        field.left();
                    }
                >
                    {placeholder.map(|placeholder| view! {
                        <option value="" prop:selected=move || value.with_untracked(String::is_empty)>
                            {move || placeholder.get()}
                        </option>
                    })}
                    {move || options.get().into_iter().map(|Choice { value: own, label, .. }| {
                        // For entries that come anew.
                        let is_chosen = {
                            let own = own.clone();
                            move || value.with_untracked(|value| *value == own)
                        };
                        view! { <option value=own prop:selected=is_chosen>{label}</option> }.into_any()
                    }).collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown/>
            </div>
        </FieldFrame>
    }
}
