//! Set another password where the one before is forgotten. The code that proves the address is typed
//! on the page after it, and what is said never depends on whether the address has an account
//! (Invariant 7).

use crate::features::sign_up_fields::{ChosenPasswordField, EmailField};
use crate::form::{Form, FormShell};
use crate::navigate::Navigator;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Button, ButtonKind, Link, PageHeading};
use contract::check::Check as _;
use contract::sign_up::ResetPassword as Request;
use domain::input::Field;
use leptos::prelude::*;

#[component]
pub fn ResetPassword() -> impl IntoView {
    let go = StoredValue::new_local(Navigator::new());
    let email = use_session().typed_email();
    let new_password = RwSignal::new(String::new());
    let request = move || Request {
        email: email.get(),
        new_password: new_password.get(),
        language: text::language(),
    };
    let form = Form::new(move || request().check().err());
    let submit = move |()| {
        form.submit(&untrack(request), async move |_| {
            go.with_value(|go| go.push(&Route::VerifyEmail));
        });
    };
    view! {
        <PageHeading text=live(say::reset_password_title) lead=live(say::reset_password_lead)/>
        <FormShell form=form on_submit=Callback::new(submit)>
            <EmailField form=form value=email/>
            <ChosenPasswordField form=form field=Field::NewPassword value=new_password/>
            <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                {say::send_code}
            </Button>
        </FormShell>
        <p class="auth-switch">
            {say::reset_password_remembered} " "
            <Link href=Route::LogIn { then: None }.address()>{say::log_in}</Link>
        </p>
    }
}
