//! Sign up: by e-mail address and password (journey J6), or by TikTok (J1). Both ways ask for the
//! same terms, and the country or region decides whether TikTok's is there (J0).

use crate::features::authorization::{Departure, TikTokButton};
use crate::features::sign_up_fields::{ChosenPasswordField, EmailField, RegionField, TermsField};
use crate::form::{Form, FormShell};
use crate::navigate::Navigator;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Button, ButtonKind, Link, PageHeading, focus_field};
use contract::authorization::Purpose;
use contract::check::Check as _;
use contract::sign_up::SignUp as Request;
use domain::input::Field;
use domain::region::Country;
use leptos::prelude::*;

#[component]
pub fn SignUp() -> impl IntoView {
    let session = use_session();
    let departure = Departure::new(None);
    let go = StoredValue::new_local(Navigator::new());
    let known = untrack(|| session.known()).and_then(|session| session.region);
    let region = RwSignal::new(known.map(String::from).unwrap_or_default());
    let email = session.typed_email();
    let password = RwSignal::new(String::new());
    let terms = RwSignal::new(false);
    let request = move || Request {
        email: email.get(),
        password: password.get(),
        region: region.get(),
        terms: terms.get(),
        language: text::language(),
    };
    let form = Form::new(move || request().check().err());
    let submit = move |()| {
        form.submit(&untrack(request), async move |_| {
            go.with_value(|go| go.push(&Route::VerifyEmail));
        });
    };
    let choose_region = move |()| {
        if let Ok(country) = Country::parse(&region.get_untracked()) {
            session.choose_region(country);
        }
    };
    let with_tiktok = move |()| {
        if terms.get_untracked() {
            return Some(Purpose::SignUp { terms: true });
        }
        // The other fields are none of TikTok's: they aren't validated.
        form.blur(Field::Terms).run(());
        focus_field(Field::Terms.name());
        None
    };
    view! {
        <PageHeading text=live(say::sign_up_title) lead=live(say::sign_up_lead)/>
        <FormShell form=form on_submit=Callback::new(submit)>
            <RegionField
                form=form
                value=region
                required=true
                on_change=Callback::new(choose_region)
            />
            // Both ways need it, and TikTok's nothing else.
            <TermsField form=form agreed=terms/>
            <TikTokButton
                departure=departure
                purpose=Callback::new(with_tiktok)
                label=live(say::tiktok_sign_up)
                wide=true
            />
            <p class="auth-or">{say::or}</p>
            <EmailField form=form value=email/>
            <ChosenPasswordField form=form field=Field::Password value=password/>
            <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                {say::sign_up}
            </Button>
        </FormShell>
        <p class="auth-switch">
            {say::sign_up_have_account} " "
            <Link href=Route::LogIn { then: None }.address()>{say::log_in}</Link>
        </p>
    }
}
