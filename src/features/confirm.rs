//! "Confirm that it's you": what changes the ways to log in asks for one of them again.

use crate::client::Failure;
use crate::features::account_badge::MemberBadge;
use crate::features::authorization::Departure;
use crate::features::passkey::ConfirmByPasskey;
use crate::form::{FailureBanner, Form};
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Dialog, Link, PasswordField, Show, effect, focus_field,
};
use contract::authorization::Purpose;
use contract::check::Check as _;
use contract::problem::Code;
use contract::session::ConfirmPassword;
use domain::input::Field;
use domain::link::LogInMethods;
use leptos::prelude::*;

#[component]
pub fn ConfirmDialog(
    /// The ways there are to confirm it.
    methods: LogInMethods,
    /// Told once it is confirmed here. From TikTok one comes back by the outcome's page.
    #[prop(into)]
    on_confirmed: Callback<()>,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog title=live(say::confirm_title) close_label=live(say::close) on_close=on_close>
            {if methods.email_and_password {
                view! {
                    <p>{say::confirm_password_text}</p>
                    <MemberBadge/>
                    <ConfirmByPassword on_confirmed=on_confirmed on_close=on_close/>
                }
                .into_any()
            } else if methods.tiktok {
                view! { <p>{say::confirm_tiktok_text}</p> }.into_any()
            } else {
                view! { <p>{say::confirm_passkey_text}</p> }.into_any()
            }}
            <ConfirmWithoutPassword methods on_confirmed/>
        </Dialog>
    }
}

/// The ways to confirm it in which nothing is typed. TikTok stands in for a password that there isn't.
#[component]
pub fn ConfirmWithoutPassword(methods: LogInMethods, on_confirmed: Callback<()>) -> impl IntoView {
    let by_tiktok = methods.tiktok && !methods.email_and_password;
    let by_passkey = methods.passkeys > 0;
    view! {
        {by_tiktok.then(|| view! { <ConfirmByTikTok/> })}
        {by_passkey.then(|| view! { <ConfirmByPasskey on_confirmed/> })}
    }
}

/// Whether the host refuses something until it is confirmed who sits here.
pub fn is_wanted(failure: Option<&Failure>) -> bool {
    failure.and_then(Failure::code) == Some(Code::ConfirmFirst)
}

/// The dialog whenever the host refuses a form for want of it.
#[component]
pub fn ConfirmFirst(
    form: Form,
    /// Whether it is open.
    asked: RwSignal<bool>,
    methods: LogInMethods,
    /// Told once it is confirmed, after the dialog is gone.
    on_confirmed: Callback<()>,
    /// Told when the user has left it.
    on_leave: Callback<()>,
) -> impl IntoView {
    effect(move || {
        if form.failure().with(|failure| is_wanted(failure.as_ref())) {
            form.forget();
            asked.set(true);
        }
    });
    let end = move |then: Callback<()>| {
        Callback::new(move |()| {
            asked.set(false);
            then.run(());
        })
    };
    let (confirmed, leave) = (end(on_confirmed), end(on_leave));
    move || {
        let is_asked = asked.get();
        is_asked.then(|| view! { <ConfirmDialog methods on_confirmed=confirmed on_close=leave/> })
    }
}

/// The same over a form: from the start where its session is too old, or when the host says so. Once it is
/// confirmed, what was typed goes out by itself.
#[component]
pub fn ConfirmOverForm(
    form: Form,
    /// The one thing that the form asks for.
    field: Field,
    value: RwSignal<String>,
    /// Whether it is asked for: at first, whether the session is too old.
    asked: RwSignal<bool>,
    methods: LogInMethods,
    submit: Callback<()>,
) -> impl IntoView {
    // A dialog that was there from the start has nowhere to give the focus back to.
    let leave = Callback::new(move |()| {
        request_animation_frame(move || {
            focus_field(field.name());
        });
    });
    let confirmed = Callback::new(move |()| {
        if value.with_untracked(String::is_empty) {
            leave.run(());
        } else {
            submit.run(());
        }
    });
    view! { <ConfirmFirst form asked methods on_confirmed=confirmed on_leave=leave/> }
}

/// The password, and what came of it.
#[component]
pub fn ConfirmByPassword(
    /// Told once it was right.
    #[prop(into)]
    on_confirmed: Callback<()>,
    /// Told when the user wants to leave it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let request = move || ConfirmPassword {
        password: password.get(),
    };
    let form = Form::new(move || request().check().err());
    let session = use_session();
    let email = move || session.member().and_then(|member| member.email);
    let submit = move || {
        form.submit(&untrack(request), async move |_| {
            // The dialog may have been left meanwhile.
            let _ = on_confirmed.try_run(());
        });
    };
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <Refusal failure=form.failure()/>
            // What is shown of whose it is, is no field: by this one, password managers know.
            <input type="text" name="username" autocomplete="username" value=email readonly hidden/>
            <PasswordField
                field=form.field(Field::Password).required()
                value=password
                show_label=live(say::password_show)
                hide_label=live(say::password_hide)
            />
            <p>
                <a
                    class="link"
                    href=Route::ResetPassword.address()
                    on:click=move |_| session.typed_email().set(untrack(email).unwrap_or_default())
                >
                    {say::log_in_forgotten}
                </a>
            </p>
            <div class="dialog-actions">
                <Button on_click=on_close>{say::cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                    {say::confirm}
                </Button>
            </div>
        </form>
    }
}

/// Why the password wasn't accepted: only it was asked for, so only it can be wrong.
#[component]
fn Refusal(failure: Signal<Option<Failure>>) -> impl IntoView {
    let is_wrong = Memo::new(move |_| failure.with(|failure| is_wrong_password(failure.as_ref())));
    view! {
        <Show
            when=move || is_wrong.get()
            fallback=move || view! { <FailureBanner failure=failure/> }
        >
            <Banner kind=BannerKind::Problem>{say::confirm_wrong_password}</Banner>
        </Show>
    }
}

fn is_wrong_password(failure: Option<&Failure>) -> bool {
    let problem = failure.and_then(Failure::problem);
    problem.is_some_and(|problem| problem.code == Code::WrongCredentials)
}

/// The button that has TikTok confirm who sits here, with what came of pressing it.
#[component]
pub fn ConfirmByTikTok() -> impl IntoView {
    let departure = Departure::new(None);
    let press = Callback::new(move |()| departure.begin(Purpose::Confirm));
    view! {
        <FailureBanner failure=departure.failure()/>
        <Button kind=ButtonKind::TikTok pending=departure.pending() on_click=press>
            {say::confirm_with_tiktok}
        </Button>
        <Show when=move || departure.returned().get()>
            <Link href=Route::TikTokWaiting.address()>{say::tiktok_nothing_back}</Link>
        </Show>
    }
}
