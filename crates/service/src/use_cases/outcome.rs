//! What an authorization leads to: the reply that tells how it ended.

use crate::call::Call;
use crate::refusal::Reply;
use crate::store::Transaction;
use contract::authorization::{Completed, Purpose};
use contract::route::{CampaignScreen, ProfileDialog, Route};
use domain::authorization::{Intent, Outcome, ReturnTo};

/// The same reply for the first callback and for every one after it (invariant 5).
pub(super) async fn completed(
    call: &Call<'_>,
    tx: &mut dyn Transaction,
    intent: &Intent,
    outcome: Outcome,
) -> Reply<Completed> {
    let home = call.home(tx).await?;
    Ok(Completed {
        outcome,
        to: destination(purpose(intent), outcome, home),
    })
}

/// The page or the dialog that an authorization leads to: the one place that decides it.
pub(super) fn destination(purpose: Purpose, outcome: Outcome, home: Route) -> Route {
    match outcome {
        Outcome::SignedUp | Outcome::LoggedIn => home,
        Outcome::ChooseAccount => Route::ChooseAccount,
        Outcome::ConfirmNeeded | Outcome::SessionEnded => Route::FinishLink,
        Outcome::Confirmed => purpose.origin(),
        Outcome::Linked => dialog(purpose, ProfileDialog::Linked, CampaignScreen::Ad)
            .unwrap_or_else(|| purpose.origin()),
        Outcome::AlreadyLinked => dialog(
            purpose,
            ProfileDialog::UnableToLink,
            CampaignScreen::UnableToLink,
        )
        .unwrap_or(Route::TikTokOutcome { outcome }),
        // A page of its own says why nothing changed, and leads back to the origin.
        Outcome::AlreadyYours
        | Outcome::AccountHasLink
        | Outcome::ConfirmedByAnother
        | Outcome::Cancelled
        | Outcome::ScopeDenied
        | Outcome::TikTokFailed
        | Outcome::NotAvailable
        | Outcome::Expired
        // Another browser learns nothing of what this was for.
        | Outcome::OtherBrowser
        | Outcome::Unknown => Route::TikTokOutcome { outcome },
    }
}

/// What opens over the page that a link was for.
fn dialog(purpose: Purpose, dialog: ProfileDialog, screen: CampaignScreen) -> Option<Route> {
    match purpose {
        Purpose::Link {
            to: ReturnTo::Profile,
        } => Some(Route::Profile {
            dialog: Some(dialog),
        }),
        Purpose::Link {
            to: ReturnTo::Ad { draft },
        } => Some(Route::Campaign { draft, screen }),
        Purpose::SignUp { .. } | Purpose::LogIn | Purpose::Confirm => None,
    }
}

pub(super) fn purpose(intent: &Intent) -> Purpose {
    match intent {
        Intent::SignUp => Purpose::SignUp { terms: true },
        Intent::LogIn => Purpose::LogIn,
        Intent::Link { return_to, .. } => Purpose::Link { to: *return_to },
        Intent::Confirm { .. } => Purpose::Confirm,
    }
}
