//! One of a few that each need a sentence to be understood.

use leptos::prelude::*;

use super::field::{FieldError, FieldProps};

/// One card: the value that is kept, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioCard {
    /// What is kept when the card is chosen.
    pub value: String,
    pub title: String,
    /// What follows from it.
    pub text: String,
}

impl RadioCard {
    /// A card that keeps `value`.
    pub fn new(
        value: impl Into<String>,
        title: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            value: value.into(),
            title: title.into(),
            text: text.into(),
        }
    }
}

/// A set of cards of which one is chosen.
#[component]
pub fn RadioCards(
    field: FieldProps,
    /// The value of the chosen card; empty while none is.
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<RadioCard>>,
    /// Whether the label is heard but not seen, where a heading says it already.
    #[prop(optional)]
    hide_legend: bool,
) -> impl IntoView {
    let name = field.name;
    let card = move |(index, card): (usize, RadioCard)| {
        let RadioCard {
            value: own,
            title,
            text,
        } = card;
        // The first card has the field's id: that is where a problem leads.
        let id = if index == 0 {
            field.id()
        } else {
            format!("field-{name}-{index}")
        };
        let text_id = format!("field-{name}-{index}-text");
        let is_chosen = {
            let own = own.clone();
            move || value.with(|value| *value == own)
        };
        view! {
            <label class="radio-card">
                <input
                    class="radio-card-dot"
                    id=id
                    type="radio"
                    name=field.name
                    value=own.clone()
                    aria-describedby=text_id.clone()
                    prop:checked=is_chosen
                    on:change=move |_| {
                        value.set(own.clone());
                        field.left();
                    }
                />
                <span class="radio-card-words">
                    <span class="radio-card-title">{title}</span>
                    <span class="radio-card-text" id=text_id>{text}</span>
                </span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="radio-cards" aria-describedby=move || field.described_by()>
            <legend class="field-label" class=("visually-hidden", hide_legend)>
                {move || field.label.get()}
            </legend>
            {move || options.get().into_iter().enumerate().map(card).collect_view()}
            <FieldError name error=field.error/>
        </fieldset>
    }
}
