//! "Unlink TikTok account?": what stops when the link ends, and the way there when it is the last
//! way to log in (Invariant 3).

use crate::client::{Client, Failure, use_client};
use crate::features::account_bond::{AccountBond, my_end, tiktok_end};
use crate::form::FailureBanner;
use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, use_session};
use crate::text::{live, say};
use crate::ui::{BondState, Button, ButtonKind, ButtonLink, Dialog};
use contract::account::{Profile, UnlinkTikTok};
use contract::problem::Code;
use domain::authorization::TikTokProfile;
use domain::link::{UnlinkRefusal, unlink};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The end of a link, under way. It outlives its dialog: a password may be asked for in between.
#[derive(Clone, Copy)]
pub struct Unlinking {
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    on_unlinked: Callback<Profile>,
    on_confirm_first: Callback<()>,
    on_stale: Callback<()>,
    client: StoredValue<Client, LocalStorage>,
    session: CurrentSession,
}

impl Unlinking {
    /// To be made where a component begins. `on_stale` is told when there was no link any more.
    pub fn new(
        on_unlinked: Callback<Profile>,
        on_confirm_first: Callback<()>,
        on_stale: Callback<()>,
    ) -> Self {
        Self {
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            on_unlinked,
            on_confirm_first,
            on_stale,
            client: StoredValue::new_local(use_client()),
            session: use_session(),
        }
    }

    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why the link didn't end.
    pub fn failure(self) -> Signal<Option<Failure>> {
        self.failure.into()
    }

    /// Asks the host, once at a time.
    pub fn begin(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        let call = self
            .client
            .with_value(|client| client.call(&UnlinkTikTok {}));
        spawn_local(async move {
            let reply = call.await;
            // The page may be gone by now; then there is nobody left to tell.
            self.pending.try_set(false);
            match reply {
                Ok(profile) => {
                    let _ = self.on_unlinked.try_run(profile);
                }
                Err(failure) => self.refuse(failure),
            }
        });
    }

    fn refuse(self, failure: Failure) {
        self.session.on_failure(&failure);
        let code = failure.problem().map(|problem| problem.code);
        let told = match code {
            Some(Code::ConfirmFirst) => self.on_confirm_first,
            Some(Code::NotLinked) => self.on_stale,
            Some(_) | None => {
                self.failure.try_set(Some(failure));
                return;
            }
        };
        let _ = told.try_run(());
    }
}

#[component]
pub fn Unlink(
    profile: Profile,
    unlinking: Unlinking,
    /// Told when the user wants to leave it.
    on_close: Callback<()>,
) -> impl IntoView {
    match (unlink(profile.methods), profile.tiktok) {
        (Ok(_), Some(tiktok)) => view! { <ConfirmUnlink tiktok unlinking on_close/> }.into_any(),
        (Err(UnlinkRefusal::LastLogInMethod), Some(tiktok)) => {
            view! { <LastWay tiktok on_close/> }.into_any()
        }
        (Err(UnlinkRefusal::NotLinked), Some(_)) | (Ok(_) | Err(_), None) => {
            view! { <NotLinked on_close/> }.into_any()
        }
    }
}

/// The link that the dialog would be about is no more.
#[component]
pub fn NotLinked(on_close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog title=live(say::tiktok_account) close_label=live(say::close) on_close=on_close>
            <p>{say::problem_not_linked}</p>
            <div class="dialog-actions">
                <Button kind=ButtonKind::Primary on_click=on_close>{say::close}</Button>
            </div>
        </Dialog>
    }
}

#[component]
fn ConfirmUnlink(
    tiktok: TikTokProfile,
    unlinking: Unlinking,
    on_close: Callback<()>,
) -> impl IntoView {
    let name = tiktok.display_name.clone();
    let press = Callback::new(move |()| unlinking.begin());
    view! {
        <Dialog title=live(say::unlink_title) close_label=live(say::close) on_close=on_close>
            <FailureBanner failure=unlinking.failure()/>
            <AccountBond state=BondState::Open tiktok=tiktok_end(tiktok) business=my_end()/>
            <p>{move || say::unlink_text(&name)}</p>
            <ul class="consequences">
                <li>{say::unlink_identity}</li>
                <li>{say::unlink_running}</li>
                <li>{say::unlink_log_in}</li>
            </ul>
            <div class="dialog-actions">
                <Button on_click=on_close>{say::unlink_keep}</Button>
                <Button kind=ButtonKind::Danger pending=unlinking.pending() on_click=press>
                    {say::profile_unlink}
                </Button>
            </div>
        </Dialog>
    }
}

/// Without it nobody could log in any more: first there must be another way.
#[component]
fn LastWay(tiktok: TikTokProfile, on_close: Callback<()>) -> impl IntoView {
    let name = tiktok.display_name;
    view! {
        <Dialog title=live(say::unlink_last_first) close_label=live(say::close) on_close=on_close>
            <p><strong>{say::unlink_last_title}</strong></p>
            <p>{move || say::unlink_last_text(&name)}</p>
            <div class="dialog-actions">
                <Button on_click=on_close>{say::cancel}</Button>
                <ButtonLink href=Route::Passkeys.address()>{say::passkey_add}</ButtonLink>
                <ButtonLink href=Route::AddEmail.address() kind=ButtonKind::Primary>
                    {say::profile_set_email}
                </ButtonLink>
            </div>
        </Dialog>
    }
}
