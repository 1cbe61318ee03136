//! Type the code that was sent: for a sign-up, for an address that an account is to get, or for another
//! password.
//!
//! What it says never depends on whether the address has an account (Invariant 7).

use crate::client::{Failure, use_client};
use crate::document::{self, announce, follow_heading};
use crate::form::{FailureBanner, Form, FormShell};
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{live, say};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Glyph, Link, PageHeading, ProblemPanel, Show,
    TextField, effect, focus_field,
};
use contract::check::Check as _;
use contract::problem::Code;
use contract::sign_up::{CodePurpose, CodeSent, GetSignUp, PendingCode};
use contract::sign_up::{ResendCode, VerifyEmail as Request};
use domain::input::Field;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

#[component]
pub fn VerifyEmail() -> impl IntoView {
    let waiting = Resource::of(GetSignUp {});
    let session = use_session();
    let go = StoredValue::new_local(Navigator::new());
    let show = move |PendingCode { sent }: PendingCode| match sent {
        Some(sent) => view! { <Waiting sent=sent/> }.into_any(),
        None if untrack(|| session.has_ended()) => {
            // What waited ended with the session: the log-in page says so, and leads back.
            let then = Some(Box::new(Route::AddEmail));
            go.with_value(|go| go.replace_soon(Route::LogIn { then }));
            ().into_any()
        }
        None => view! { <NoCode/> }.into_any(),
    };
    view! { <Loaded resource=waiting show=show/> }
}

/// Where an address is asked for again.
fn back(purpose: CodePurpose) -> Route {
    match purpose {
        CodePurpose::SignUp => Route::SignUp,
        CodePurpose::AddEmail | CodePurpose::ChangeEmail => Route::AddEmail,
        CodePurpose::ResetPassword => Route::ResetPassword,
    }
}

#[component]
fn NoCode(
    /// For what the code was that waits no more, where the page knows of one.
    #[prop(optional)]
    purpose: Option<CodePurpose>,
) -> impl IntoView {
    let session = use_session();
    let back = match (purpose, untrack(|| session.member())) {
        (Some(purpose), _) => back(purpose),
        (None, Some(_)) => Route::AddEmail,
        (None, None) => Route::SignUp,
    };
    view! {
        <ProblemPanel
            glyph=Glyph::Mail
            title=live(say::verify_email_none_title)
            text=live(say::verify_email_none_text)
        >
            <ButtonLink href=back.address() kind=ButtonKind::Primary>
                {say::verify_email_change}
            </ButtonLink>
            <ButtonLink href=Route::Home.address()>{say::go_home}</ButtonLink>
        </ProblemPanel>
    }
}

#[component]
fn Waiting(sent: CodeSent) -> impl IntoView {
    let client = StoredValue::new_local(use_client());
    let go = StoredValue::new_local(Navigator::new());
    let code = RwSignal::new(String::new());
    let address = StoredValue::new(sent.email);
    let purpose = sent.purpose;
    let request = move || Request {
        email: Some(address.get_value()),
        code: code.get(),
    };
    let form = Form::new(move || request().check().err());
    let countdown = Countdown::new(sent.resend_after_s);
    let resending = RwSignal::new(false);
    let resend_failure = RwSignal::new(None::<Failure>);
    let has_resent = RwSignal::new(false);
    let has_none = Memo::new(move |_| {
        let of = |failure: Option<Failure>| failure.as_ref().and_then(code_of);
        of(form.failure().get()) == Some(Code::NoCodePending)
            || of(resend_failure.get()) == Some(Code::NoCodePending)
    });
    effect(move || {
        if has_none.get() {
            follow_heading();
        }
    });

    let submit = move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |moved| {
            match purpose {
                CodePurpose::SignUp => {}
                CodePurpose::AddEmail => document::show_toast(say::profile_log_in_by_both()),
                CodePurpose::ChangeEmail => document::show_toast(say::change_email_done()),
                CodePurpose::ResetPassword => document::show_toast(say::reset_password_done()),
            }
            go.follow(&moved.to, History::Replace).await;
        });
    };
    let resend = move |()| {
        if resending.get_untracked() {
            return;
        }
        resending.set(true);
        resend_failure.set(None);
        let typed = code.get_untracked();
        let request = ResendCode {
            email: Some(address.get_value()),
        };
        let call = client.with_value(|client| client.call(&request));
        spawn_local(async move {
            match call.await {
                Ok(sent) => {
                    countdown.restart(sent.resend_after_s);
                    // The new letter can be read before the answer is here: its code stays.
                    if code.try_get_untracked().as_ref() == Some(&typed) {
                        code.try_set(String::new());
                        form.forget();
                    }
                    has_resent.try_set(true);
                    announce(&say::verify_email_resent(sent.email.as_str()));
                }
                Err(failure) => {
                    let wait = failure.problem().and_then(|problem| problem.retry_after_s);
                    countdown.restart(wait.unwrap_or(0));
                    resend_failure.try_set(Some(failure));
                }
            }
            resending.try_set(false);
            // The button that has the focus goes for as long as nothing can be sent.
            if countdown.runs() {
                focus_field(Field::Code.name());
            }
        });
    };

    let minutes = sent.code_life_minutes;
    let digits = sent.code_digits;
    let hint = move || say::verify_email_hint(&intl::number(digits));
    let lead = move || {
        address.with_value(|email| say::verify_email_lead(email.as_str(), &intl::number(minutes)))
    };
    let entry = move || {
        view! {
            <PageHeading text=live(say::verify_email_title) lead=live(lead)/>
            <Show when=move || has_resent.get()>
                <Banner>
                    {move || address.with_value(|email| say::verify_email_resent(email.as_str()))}
                </Banner>
            </Show>
            <FormShell form=form on_submit=Callback::new(submit)>
                <TextField
                    field=form.field(Field::Code).hint(live(hint)).required()
                    value=code
                    autocomplete="one-time-code"
                    inputmode="numeric"
                />
                <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                    {say::confirm}
                </Button>
            </FormShell>
            <div class="stack-tight">
                <p class="muted">{say::verify_email_missing}</p>
                <FailureBanner failure=resend_failure/>
                <div class="row resend">
                    <Show
                        when=move || countdown.is_over()
                        fallback=move || view! {
                            <p class="muted" role="timer">
                                {move || say::verify_email_resend_in(&intl::in_time(countdown.left()))}
                            </p>
                        }
                    >
                        <Button pending=resending on_click=Callback::new(resend)>
                            {say::verify_email_resend}
                        </Button>
                    </Show>
                </div>
            </div>
            <p class="auth-switch">
                <Link href=back(purpose).address()>{say::verify_email_change}</Link>
            </p>
        }
    };
    view! { <Show when=move || has_none.get() fallback=entry><NoCode purpose/></Show> }
}

fn code_of(failure: &Failure) -> Option<Code> {
    failure.problem().map(|problem| problem.code)
}

/// The seconds until another e-mail may be asked for.
#[derive(Clone, Copy)]
struct Countdown {
    left: RwSignal<u32>,
    /// When it is over, in milliseconds of the browser's clock: a tab that sleeps counts on.
    end: StoredValue<f64>,
}

impl Countdown {
    /// To be made where a component begins.
    fn new(seconds: u32) -> Self {
        let countdown = Self {
            left: RwSignal::new(seconds),
            end: StoredValue::new(end(seconds)),
        };
        let ticks = set_interval_with_handle(move || countdown.tick(), Duration::from_secs(1));
        if let Ok(ticks) = ticks {
            on_cleanup(move || ticks.clear());
        }
        countdown
    }

    fn restart(self, seconds: u32) {
        self.end.try_update_value(|it| *it = end(seconds));
        self.left.try_set(seconds);
    }

    fn tick(self) {
        let Some(end) = self.end.try_get_value() else {
            return;
        };
        let left = ((end - js_sys::Date::now()) / 1000.0).ceil().max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number that isn't negative, of an hour's seconds at most"
        )]
        let left = left as u32;
        if self.left.try_get_untracked().is_some_and(|it| it != left) {
            self.left.set(left);
        }
    }

    fn left(self) -> u32 {
        self.left.get()
    }

    /// Whether it isn't over, as far as the page is still there.
    fn runs(self) -> bool {
        self.left.try_get_untracked().is_some_and(|left| left > 0)
    }

    fn is_over(self) -> bool {
        self.left.get() == 0
    }
}

fn end(seconds: u32) -> f64 {
    js_sys::Date::now() + f64::from(seconds) * 1000.0
}
