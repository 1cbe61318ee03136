//! Set another e-mail address, or a first one with a password for an account that logs in by TikTok alone.
//!
//! The address outlives an authorization at TikTok, where the owner confirms who they are; the password is
//! kept nowhere.

use crate::features::confirm::{ConfirmOverForm, ConfirmWithoutPassword};
use crate::features::sign_up_fields::{ChosenPasswordField, EmailField};
use crate::form::{Form, FormShell};
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::typed::Typed;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonLink, PageHeading, Show, TextField, focus_field,
};
use contract::account::{ChangeEmail, GetProfile, Profile};
use contract::check::Check as _;
use contract::problem::Code;
use contract::sign_up::AddEmail as Request;
use domain::email::Email;
use domain::former_email::UNDO_HOURS;
use domain::input::Field;
use domain::link::LogInMethods;
use leptos::prelude::*;

#[component]
pub fn AddEmail() -> impl IntoView {
    let read = Resource::of(GetProfile {});
    let show = |profile: Profile| {
        let (methods, is_stale) = (profile.methods, profile.confirm_first);
        match profile.email {
            Some(now) => view! { <OtherEmail now methods is_stale/> }.into_any(),
            None => view! { <NewLogIn methods is_stale/> }.into_any(),
        }
    };
    view! { <Loaded resource=read show=show/> }
}

/// There is one, which can be another.
#[component]
fn OtherEmail(
    now: String,
    methods: LogInMethods,
    /// Whether the session is too old for this.
    is_stale: bool,
) -> impl IntoView {
    let own = StoredValue::new(Email::parse(&now).ok());
    let email = RwSignal::new(String::new());
    let request = move || ChangeEmail {
        new_email: email.get(),
    };
    let form = Form::new(move || own.with_value(|own| request().check_for(own.as_ref()).err()));
    let go = StoredValue::new_local(Navigator::new());
    let submit = Callback::new(move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |_| {
            go.push(&Route::VerifyEmail);
        });
    });
    let hours = u32::try_from(UNDO_HOURS).unwrap_or(u32::MAX);
    let lead = live(move || say::change_email_lead(&now, &intl::number(hours)));
    view! {
        <PageHeading text=live(say::change_email) lead=lead/>
        <div class="narrow">
            <FormShell form=form on_submit=submit>
                <TextField
                    field=form.field(Field::NewEmail).required()
                    value=email
                    inputmode="email"
                    autocomplete="email"
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                        {say::send_code}
                    </Button>
                    <BackToProfile/>
                </div>
            </FormShell>
        </div>
        <ConfirmOverForm form=form field=Field::NewEmail value=email asked=RwSignal::new(is_stale) methods submit/>
    }
}

#[component]
pub(super) fn BackToProfile() -> impl IntoView {
    let profile = Route::Profile { dialog: None };
    view! { <ButtonLink href=profile.address()>{say::add_email_back}</ButtonLink> }
}

#[component]
fn NewLogIn(
    methods: LogInMethods,
    /// Whether the session is too old for this.
    is_stale: bool,
) -> impl IntoView {
    let is_stale = RwSignal::new(is_stale);
    let email = RwSignal::new(String::new());
    let typed = Typed::keep("add-email", vec![email]);
    let password = RwSignal::new(String::new());
    let request = move || Request {
        email: email.get(),
        password: password.get(),
    };
    let form = Form::new(move || request().check().err());
    let go = StoredValue::new_local(Navigator::new());
    let submit = move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |_| {
            typed.forget();
            go.push(&Route::VerifyEmail);
        });
    };
    // It may have become so while the form was being filled in.
    let confirm_first = Memo::new(move |_| {
        let failure = form.failure().get();
        let problem = failure.as_ref().and_then(|failure| failure.problem());
        is_stale.get() || problem.is_some_and(|problem| problem.code == Code::ConfirmFirst)
    });
    let confirmed = Callback::new(move |()| {
        form.forget();
        is_stale.set(false);
        // The button that had the focus has gone.
        focus_field(Field::Email.name());
    });
    view! {
        <PageHeading text=live(say::add_email_title) lead=live(say::add_email_lead)/>
        <div class="narrow">
            <Show when=move || confirm_first.get()>
                <Banner
                    kind=BannerKind::Warning
                    title=live(say::confirm_title)
                    actions=move || {
                        view! { <ConfirmWithoutPassword methods on_confirmed=confirmed/> }
                    }
                >
                    {say::add_email_confirm_text}
                </Banner>
            </Show>
            <FormShell form=form on_submit=Callback::new(submit)>
                <EmailField form=form value=email/>
                <ChosenPasswordField form=form field=Field::Password value=password/>
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                        {say::add_email_continue}
                    </Button>
                    <BackToProfile/>
                </div>
            </FormShell>
        </div>
    }
}
