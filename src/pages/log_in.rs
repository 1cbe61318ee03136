//! Log in: by TikTok (journeys J2 and J3), or by e-mail address and password (J6).

use crate::features::authorization::{Departure, TikTokButton};
use crate::features::sign_up_fields::CredentialsFields;
use crate::form::{Form, FormShell};
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Link, PageHeading, Show, dynamic};
use contract::authorization::Purpose;
use contract::check::Check as _;
use contract::session::LogIn as Request;
use contract::sign_up::GetSignUp;
use domain::rollout::Availability;
use leptos::prelude::*;

#[component]
pub fn LogIn(then: Option<Route>) -> impl IntoView {
    let session = use_session();
    let departure = Departure::new(None);
    let is_sent_here = then.is_some();
    let by_passkey = Route::LogInByPasskey {
        then: then.clone().map(Box::new),
    };
    // The tab in which it was asked for may be closed.
    let sign_up = Resource::of(GetSignUp {});
    let code_waiting = dynamic(move || {
        let waiting = sign_up.get().and_then(Result::ok);
        let shown = waiting.and_then(|waiting| waiting.sent).map(|sent| {
            view! {
                <Banner>
                    {move || say::log_in_code_waiting(sent.email.as_str())} " "
                    <Link href=Route::VerifyEmail.address()>{say::log_in_enter_code}</Link>
                </Banner>
            }
        });
        shown.into_any()
    });
    view! {
        <PageHeading text=live(say::log_in_title) lead=live(say::log_in_lead)/>
        <Show when=move || session.has_ended()>
            <Banner kind=BannerKind::Warning>{say::session_ended}</Banner>
        </Show>
        <Show when=move || is_sent_here && !session.has_ended()>
            <Banner>{say::log_in_first}</Banner>
        </Show>
        {code_waiting}
        <TikTokButton
            departure=departure
            purpose=Callback::new(|()| Some(Purpose::LogIn))
            label=live(say::tiktok_log_in)
            wide=true
            ungated=true
        />
        <Show when=move || session.tiktok() != Availability::Available>
            <p class="small muted">{say::gate_text} " " {say::log_in_gate}</p>
        </Show>
        <p class="auth-switch">
            <Link href=by_passkey.address()>{say::log_in_by_passkey}</Link>
        </p>
        <p class="auth-or">{say::or}</p>
        <Credentials then=then/>
        <p class="auth-switch">
            {say::log_in_new_here} " " <Link href=Route::SignUp.address()>{say::sign_up}</Link>
        </p>
    }
}

#[component]
fn Credentials(then: Option<Route>) -> impl IntoView {
    let email = use_session().typed_email();
    let password = RwSignal::new(String::new());
    let then = StoredValue::new(then);
    let request = move || Request {
        email: email.get(),
        password: password.get(),
        then: then.get_value(),
    };
    let form = Form::new(move || request().check().err());
    let go = StoredValue::new_local(Navigator::new());
    let submit = move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |moved| {
            go.follow(&moved.to, History::Push).await;
        });
    };
    view! {
        <FormShell form=form on_submit=Callback::new(submit)>
            <CredentialsFields form email password/>
            <Button
                kind=ButtonKind::Primary
                submit=true
                wide=true
                pending=form.pending()
            >
                {say::log_in}
            </Button>
        </FormShell>
        <p class="auth-switch">
            <Link href=Route::ResetPassword.address()>{say::log_in_forgotten}</Link>
        </p>
    }
}
