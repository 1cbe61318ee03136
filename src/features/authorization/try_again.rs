//! A new authorization in the place of one that led nowhere.

use super::Departure;
use crate::form::FailureBanner;
use crate::navigate::Navigator;
use crate::route::Page as _;
use crate::text::say;
use crate::ui::{Button, ButtonKind, ButtonLink};
use contract::authorization::Purpose;
use leptos::prelude::*;

/// "Try again" for the same purpose, and "Back" to where it began. The failures of trying stand
/// above.
#[component]
pub fn TryAgain(
    purpose: Purpose,
    #[prop(default = say::retry)] label: fn() -> String,
) -> impl IntoView {
    let go = StoredValue::new_local(Navigator::new());
    let ask_first = Callback::new(move |()| go.with_value(|go| go.push(&purpose.confirmation())));
    let departure = Departure::new(Some(ask_first));
    let press = Callback::new(move |()| departure.begin(purpose));
    view! {
        <FailureBanner failure=departure.failure()/>
        <Button kind=ButtonKind::Primary pending=departure.pending() on_click=press>{label}</Button>
        <ButtonLink href=purpose.origin().address()>{say::back}</ButtonLink>
    }
}
