//! A day and a time.

use leptos::prelude::*;

use super::{TextField, field::FieldProps};

/// A labelled day and time, `YYYY-MM-DDThh:mm`, in no time zone: the page says which is meant.
#[component]
pub fn DateTimeField(
    /// What is asked; its hint tells the time zone.
    field: FieldProps,
    value: RwSignal<String>,
) -> impl IntoView {
    view! { <TextField field value kind="datetime-local"/> }
}
