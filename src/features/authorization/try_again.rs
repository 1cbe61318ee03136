//! A new authorization in the place of one that led nowhere.

use super::Departure;
use crate::form::FailureBanner;
use crate::navigate::Navigator;
use crate::route::Page as _;
use crate::text::say;
use crate::ui::{Button, ButtonKind, ButtonLink};
use contract::authorization::Purpose;
use domain::authorization::ReturnTo;
use leptos::prelude::*;

/// The act once more, for the same purpose, and the way back to where it began, both by name. The
/// failures of trying stand above.
#[component]
pub fn TryAgain(
    purpose: Purpose,
    /// What the act is called instead of by its purpose.
    #[prop(optional)]
    label: Option<fn() -> String>,
) -> impl IntoView {
    let go = StoredValue::new_local(Navigator::new());
    let ask_first = Callback::new(move |()| go.with_value(|go| go.push(&purpose.confirmation())));
    let departure = Departure::new(Some(ask_first));
    let press = Callback::new(move |()| departure.begin(purpose));
    view! {
        <FailureBanner failure=departure.failure()/>
        <Button kind=ButtonKind::Primary pending=departure.pending() on_click=press>{label.unwrap_or_else(|| again(purpose))}</Button>
        <ButtonLink href=purpose.origin().address()>{back(purpose)}</ButtonLink>
    }
}

const fn again(purpose: Purpose) -> fn() -> String {
    match purpose {
        Purpose::SignUp { .. } => say::tiktok_sign_up,
        Purpose::LogIn => say::tiktok_log_in,
        Purpose::Link { .. } => say::outcome_link_again,
        Purpose::Confirm => say::confirm_with_tiktok,
    }
}

/// The pages of a sign-up and a log-in are named as what was tried: there it says no more than that it
/// leads back.
const fn back(purpose: Purpose) -> fn() -> String {
    match purpose {
        Purpose::SignUp { .. } | Purpose::LogIn => say::back,
        Purpose::Link {
            to: ReturnTo::Ad { .. },
        } => say::go_ad,
        Purpose::Link {
            to: ReturnTo::Profile,
        }
        | Purpose::Confirm => say::go_profile,
    }
}
