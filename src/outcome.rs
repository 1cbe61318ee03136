//! Where the end of an authorization at TikTok leads, where it began, and how it is tried again.

use crate::form::FailureBanner;
use crate::route::{CampaignScreen, ProfileDialog, Route, query};
use crate::session::Go;
use crate::text::say;
use crate::tiktok::Departure;
use crate::ui::{Button, ButtonKind, ButtonLink};
use contract::authorization::{CompleteAuthorization, Completed, Purpose};
use domain::authorization::{Outcome, ReturnTo};
use leptos::prelude::*;

/// "Try again" for the same purpose, and "Back" to where it began. The failures of trying stand
/// above.
#[component]
pub fn TryAgain(
    /// What for.
    purpose: Purpose,
    /// The words of the button.
    #[prop(default = say::retry)]
    label: fn() -> String,
) -> impl IntoView {
    let go = StoredValue::new_local(Go::new());
    let ask_first = Callback::new(move |()| go.with_value(|go| go.to(&confirm(purpose))));
    let departure = Departure::new(Some(ask_first));
    let press = Callback::new(move |()| departure.begin(purpose));
    view! {
        <FailureBanner failure=departure.failure()/>
        <Button kind=ButtonKind::Primary pending=departure.pending() on_click=press>{label}</Button>
        <ButtonLink href=origin(Some(purpose)).address()>{say::back}</ButtonLink>
    }
}

/// The page of an end: where it leads when there is nothing to say, or its own.
pub fn route(completed: &Completed) -> Route {
    let Completed {
        outcome,
        purpose,
        to,
    } = *completed;
    let own = || Route::TikTokOutcome { outcome };
    let on = || to.map_or_else(|| origin(purpose), Route::from);
    match outcome {
        Outcome::SignedUp | Outcome::LoggedIn => to.map_or(Route::Home, Route::from),
        Outcome::ChooseAccount => Route::ChooseAccount,
        Outcome::ConfirmNeeded | Outcome::SessionEnded => Route::FinishLink,
        Outcome::Confirmed => on(),
        Outcome::Linked => match purpose {
            Some(Purpose::Link {
                to: ReturnTo::Profile,
            }) => profile(ProfileDialog::Linked),
            Some(
                Purpose::Link {
                    to: ReturnTo::Ad { .. },
                }
                | Purpose::SignUp { .. }
                | Purpose::LogIn
                | Purpose::Confirm,
            )
            | None => on(),
        },
        Outcome::AlreadyLinked => match purpose {
            Some(Purpose::Link { to }) => unable_to_link(to),
            Some(Purpose::SignUp { .. } | Purpose::LogIn | Purpose::Confirm) | None => own(),
        },
        // It leads back to where it began, but first it says why nothing changes there.
        Outcome::AlreadyYours
        | Outcome::AccountHasLink
        | Outcome::ConfirmedByAnother
        | Outcome::Cancelled
        | Outcome::ScopeDenied
        | Outcome::TikTokFailed
        | Outcome::NotAvailable
        | Outcome::Expired
        | Outcome::OtherBrowser
        | Outcome::Unknown => own(),
    }
}

/// "Unable to link", over the page that the link was for.
pub fn unable_to_link(back: ReturnTo) -> Route {
    match back {
        ReturnTo::Profile => profile(ProfileDialog::UnableToLink),
        ReturnTo::Ad { draft } => Route::Campaign {
            draft,
            screen: CampaignScreen::UnableToLink,
        },
    }
}

/// Where an authorization began.
pub fn origin(purpose: Option<Purpose>) -> Route {
    match purpose {
        Some(Purpose::SignUp { .. }) => Route::SignUp,
        Some(Purpose::LogIn) => Route::LogIn { then: None },
        Some(
            Purpose::Link {
                to: ReturnTo::Profile,
            }
            | Purpose::Confirm,
        ) => Route::Profile { dialog: None },
        Some(Purpose::Link {
            to: ReturnTo::Ad { draft },
        }) => Route::Campaign {
            draft,
            screen: CampaignScreen::Ad,
        },
        None => Route::Home,
    }
}

/// Where the owner of a session proves again who they are, before such an authorization.
pub fn confirm(purpose: Purpose) -> Route {
    match purpose {
        // The ad asks by itself, once its link is asked for.
        Purpose::Link {
            to: ReturnTo::Ad { .. },
        }
        | Purpose::SignUp { .. }
        | Purpose::LogIn => origin(Some(purpose)),
        Purpose::Link {
            to: ReturnTo::Profile,
        }
        | Purpose::Confirm => profile(ProfileDialog::Confirm),
    }
}

const fn profile(dialog: ProfileDialog) -> Route {
    Route::Profile {
        dialog: Some(dialog),
    }
}

/// What TikTok's redirect brought.
pub fn brought(query: &str) -> CompleteAuthorization {
    let given = |name: &str| query::value(query, name);
    CompleteAuthorization {
        state: given("state").unwrap_or_default(),
        code: given("code"),
        scopes: given("scopes"),
        error: given("error"),
        error_description: given("error_description"),
    }
}
