//! Log in by a passkey, which says by itself whose it is: nothing is typed.

use crate::credentials;
use crate::features::passkey::use_passkey;
use crate::form::{FailureBanner, Form};
use crate::json::member;
use crate::navigate::{History, Navigator};
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, Link, PageHeading};
use contract::passkeys::{LogInByPasskey as Request, PasskeyPurpose};
use leptos::prelude::*;

#[component]
pub fn LogInByPasskey(then: Option<Route>) -> impl IntoView {
    on_cleanup(credentials::abort);
    let form = Form::new(|| None);
    let go = StoredValue::new_local(Navigator::new());
    let log_in = Route::LogIn {
        then: then.clone().map(Box::new),
    };
    let then = StoredValue::new(then);
    let begin = Callback::new(move |()| {
        let go = go.get_value();
        let then = then.get_value();
        use_passkey(form, PasskeyPurpose::LogIn, async move |assertion| {
            if let Some(moved) = form.follow_up(&Request { assertion, then }).await {
                go.follow(&moved.to, History::Push).await;
            }
        });
    });
    // Who comes by a press has asked for it. From an address alone a browser may open no dialog.
    let activation = member(&window().navigator(), "userActivation");
    if activation.is_object() && member(&activation, "isActive").is_truthy() {
        begin.run(());
    }
    view! {
        <PageHeading text=live(say::log_in_by_passkey) lead=live(say::log_in_by_passkey_lead)/>
        <FailureBanner failure=form.failure()/>
        <Button kind=ButtonKind::Primary wide=true pending=form.pending() on_click=begin>
            {say::passkey_use}
        </Button>
        <p class="auth-switch">
            <Link href=log_in.address()>{say::log_in_another_way}</Link>
        </p>
    }
}
