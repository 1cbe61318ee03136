//! Move the link of another account to this one: whoever is here proves the other one, too. It moves a day later.

use super::BackToProfile;
use crate::credentials;
use crate::document;
use crate::features::confirm::ConfirmOverForm;
use crate::features::passkey::use_passkey;
use crate::features::sign_up_fields::CredentialsFields;
use crate::form::{Form, FormShell};
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::Route;
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, PageHeading, Show};
use contract::account::{GetProfile, Profile};
use contract::check::Check as _;
use contract::passkeys::PasskeyPurpose;
use contract::transfer::{BeginTransfer, BeginTransferByPasskey};
use domain::input::Field;
use domain::link::LogInMethods;
use domain::transfer::WAIT_HOURS;
use leptos::prelude::*;

const PROFILE: Route = Route::Profile { dialog: None };

#[component]
pub fn MoveLink() -> impl IntoView {
    on_cleanup(credentials::abort);
    let read = Resource::of(GetProfile {});
    let go = StoredValue::new_local(Navigator::new());
    let show = move |profile: Profile| {
        if profile.tiktok.is_some() || profile.transfer.is_some() {
            // Nothing can be moved here: the settings say what is linked, or on its way.
            go.with_value(|go| go.replace_soon(PROFILE));
            return ().into_any();
        }
        let (methods, is_stale) = (profile.methods, profile.confirm_first);
        view! { <OtherAccount methods is_stale/> }.into_any()
    };
    let lead = || say::move_link_lead(&hours());
    view! {
        <PageHeading text=live(say::move_link) lead=live(lead)/>
        <Loaded resource=read show=show/>
    }
}

fn hours() -> String {
    intl::number(WAIT_HOURS)
}

/// What logs in to the account that has the link.
#[component]
fn OtherAccount(methods: LogInMethods, is_stale: bool) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let request = move || BeginTransfer {
        email: email.get(),
        password: password.get(),
    };
    let form = Form::new(move || request().check().err());
    let go = StoredValue::new_local(Navigator::new());
    let done = move || {
        document::show_toast(say::move_link_begun(&hours()));
        go.try_with_value(|go| go.replace(&PROFILE));
    };
    let submit = Callback::new(move |()| {
        form.submit(&untrack(request), async move |_| done());
    });
    let by_passkey = Callback::new(move |()| {
        use_passkey(form, PasskeyPurpose::LogIn, async move |assertion| {
            let request = BeginTransferByPasskey { assertion };
            if form.follow_up(&request).await.is_some() {
                done();
            }
        });
    });
    let asked = RwSignal::new(is_stale);
    view! {
        // The dialog asks for a password, too: each has its own while the other isn't there.
        <Show when=move || !asked.get()>
            <div class="narrow">
                <FormShell form=form on_submit=submit>
                    <CredentialsFields form email password/>
                    <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                        {say::move_link}
                    </Button>
                </FormShell>
                <p class="auth-or">{say::or}</p>
                <Button wide=true pending=form.pending() on_click=by_passkey>
                    {say::passkey_use}
                </Button>
                <div class="form-actions"><BackToProfile/></div>
            </div>
        </Show>
        <ConfirmOverForm form field=Field::Email value=email asked methods submit/>
    }
}
