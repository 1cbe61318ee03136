//! Set another password, by a fresh session.

use super::email::BackToProfile;
use crate::document;
use crate::features::confirm::ConfirmOverForm;
use crate::features::sign_up_fields::ChosenPasswordField;
use crate::form::{Form, FormShell};
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, ButtonLink, PageHeading};
use contract::account::{ChangePassword as Request, GetProfile, Profile};
use domain::email::Email;
use domain::input::Field;
use domain::link::LogInMethods;
use leptos::prelude::*;

#[component]
pub fn ChangePassword() -> impl IntoView {
    let read = Resource::of(GetProfile {});
    let show = |profile: Profile| match profile.email {
        Some(email) => {
            let (methods, is_stale) = (profile.methods, profile.confirm_first);
            view! { <NewPassword email methods is_stale/> }.into_any()
        }
        None => view! { <NoPassword/> }.into_any(),
    };
    view! { <Loaded resource=read show=show/> }
}

/// There is none that could be another.
#[component]
fn NoPassword() -> impl IntoView {
    view! {
        <PageHeading text=live(say::change_password) lead=live(say::problem_email_missing)/>
        <div class="form-actions">
            <ButtonLink href=Route::AddEmail.address() kind=ButtonKind::Primary>
                {say::go_add_email}
            </ButtonLink>
            <BackToProfile/>
        </div>
    }
}

#[component]
fn NewPassword(
    email: String,
    methods: LogInMethods,
    /// Whether the session is too old for this.
    is_stale: bool,
) -> impl IntoView {
    let email = StoredValue::new(Email::parse(&email).ok());
    let new_password = RwSignal::new(String::new());
    let request = move || Request {
        new_password: new_password.get(),
    };
    let form =
        Form::new(move || email.with_value(|email| request().check_for(email.as_ref()).err()));
    let go = StoredValue::new_local(Navigator::new());
    let submit = Callback::new(move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |_| {
            document::show_toast(say::reset_password_done());
            go.replace(&Route::Profile { dialog: None });
        });
    });
    view! {
        <PageHeading text=live(say::change_password) lead=live(say::change_password_lead)/>
        <div class="narrow">
            <FormShell form=form on_submit=submit>
                <ChosenPasswordField form=form field=Field::NewPassword value=new_password/>
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                        {say::change_password}
                    </Button>
                    <BackToProfile/>
                </div>
            </FormShell>
        </div>
        <ConfirmOverForm form=form field=Field::NewPassword value=new_password asked=RwSignal::new(is_stale) methods submit/>
    }
}
