//! A day and a time.

use leptos::prelude::*;

use super::{TextField, field::Question};

/// A labelled day and time, `YYYY-MM-DDThh:mm`, in no time zone: the page says which is meant.
#[component]
pub fn DateTimeField(
    /// What is asked; its hint tells the time zone.
    question: Question,
    /// What is chosen.
    value: RwSignal<String>,
) -> impl IntoView {
    view! { <TextField question value kind="datetime-local"/> }
}
