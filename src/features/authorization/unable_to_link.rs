//! "Unable to link": the dialog of journey J4x, which logs out of TikTok and authorizes again.

use super::Departure;
use crate::client::{Client, use_client};
use crate::features::account_bond::AccountBond;
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{BondEnd, BondState, Button, ButtonKind, Dialog, Glyph, Link, Show};
use contract::authorization::Purpose;
use leptos::prelude::*;
use std::time::Duration;
use web_sys::Window;

/// How often it is looked whether TikTok's log-out is closed. A window of another origin tells
/// nothing by itself.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// "Unable to link": the TikTok account is linked to another business account. Logging out of
/// TikTok makes room for another one; here nothing changes. Whose the other account is, isn't told,
/// and the proof of the TikTok account went with the refusal: so neither has a
/// face here.
#[component]
pub fn UnableToLink(
    /// What is tried again.
    purpose: Purpose,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Told when the session is too old to change what logs in.
    #[prop(into)]
    on_confirm_first: Callback<()>,
) -> impl IntoView {
    let departure = Departure::new(Some(on_confirm_first));
    let waiting = RwSignal::new(None::<String>);
    let client = StoredValue::new_local(use_client());
    let go_on = move || {
        if let Some(url) = waiting.try_update(Option::take).flatten() {
            client.with_value(|client| departure.leave(client, &url));
        }
    };
    let log_out = move |()| {
        let window = client.with_value(Client::window_for_log_out);
        departure.begin_then(purpose, move |client, begun| {
            if client.log_out_of_tiktok(window.as_ref(), &begun.log_out_url) {
                waiting.try_set(Some(begun.authorize_url));
                if let Some(window) = window {
                    when_closed(window, go_on);
                }
            } else {
                departure.leave(&client, &begun.authorize_url);
            }
        });
    };
    view! {
        <Dialog
            title=live(say::unable_to_link_title)
            close_label=live(say::close)
            on_close=on_close
        >
            <AccountBond
                state=BondState::Broken
                business=BondEnd::unknown(live(say::bond_another), Some(Glyph::User))
            />
            <p><strong>{say::unable_to_link_text}</strong></p>
            <p>{say::unable_to_link_hint}</p>
            <FailureBanner failure=departure.failure()/>
            <Show
                when=move || waiting.with(Option::is_some)
                fallback=move || view! {
                    <p class="muted small">{say::unable_to_link_stay}</p>
                    <div class="dialog-actions">
                        <Button kind=ButtonKind::Secondary on_click=on_close>{say::cancel}</Button>
                        <Button
                            kind=ButtonKind::Primary
                            pending=departure.pending()
                            on_click=Callback::new(log_out)
                        >
                            {say::unable_to_link_log_out}
                        </Button>
                    </div>
                }
            >
                <p role="status">{say::unable_to_link_waiting}</p>
                <div class="dialog-actions">
                    <Button on_click=Callback::new(move |()| go_on())>
                        {say::unable_to_link_go_on}
                    </Button>
                </div>
            </Show>
            <p>
                {say::move_link_offer} " "
                <Link href=Route::MoveLink.address()>{say::move_link}</Link>
            </p>
        </Dialog>
    }
}

/// Goes on when a window is closed. A browser may call a window closed as soon as it belongs to
/// another origin: what counts is that the focus is here again, too.
fn when_closed(window: Window, then: impl Fn() + 'static) {
    let handle = StoredValue::new_local(None::<IntervalHandle>);
    let look = move || {
        let is_here = document().has_focus().unwrap_or(true);
        if window.closed().unwrap_or(true) && is_here {
            if let Some(handle) = handle.try_get_value().flatten() {
                handle.clear();
            }
            then();
        }
    };
    if let Ok(started) = set_interval_with_handle(look, LOOK_EVERY) {
        handle.set_value(Some(started));
        on_cleanup(move || started.clear());
    }
}
