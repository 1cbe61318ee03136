//! What every form does: it shows all that is wrong at once and at its place, sends what is right
//! once, and loses nothing that was typed.
//!
//! A field is validated when it is left, then with every change, by the same `Check` that the host
//! asks. What only the host can decide comes back as faults of the same kind.

use crate::client::{Client, Failure, use_client};
use crate::json::{self, Unreadable};
use crate::route::{Page as _, Route};
use crate::session::{CurrentSession, use_session};
use crate::text::{self, live, say};
use crate::ui::{
    Banner, BannerKind, FieldProps, Link, Summary, SummaryItem, dynamic, effect, focus_field,
};
use contract::UseCase;
use contract::check::Check;
use contract::problem::Code;
use domain::input::{Field, FieldFault};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, EventTarget, ScrollIntoViewOptions, ScrollLogicalPosition};

type Follow = Pin<Box<dyn Future<Output = ()>>>;
/// What is done with a reply, once it is read.
type Done = Box<dyn FnOnce(JsValue) -> Result<Follow, Unreadable>>;

#[derive(Clone, Copy)]
pub struct Form {
    local: Signal<Vec<FieldFault>>,
    remote: RwSignal<Vec<FieldFault>>,
    left: RwSignal<Vec<Field>>,
    /// Left while something is being pressed; validated when the press is over.
    leaving: StoredValue<Vec<Field>>,
    pressed: StoredValue<bool>,
    submitted: RwSignal<bool>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    // Taken where the form is made: what follows a reply has no owner to ask for them.
    client: StoredValue<Client, LocalStorage>,
    session: CurrentSession,
}

impl Form {
    /// A form whose fields `check` validates as they are typed: mostly
    /// `move || request().check().err()`.
    pub fn new(check: impl Fn() -> Option<Vec<FieldFault>> + Send + Sync + 'static) -> Self {
        Self::of(Signal::derive(move || check().unwrap_or_default()))
    }

    fn of(local: Signal<Vec<FieldFault>>) -> Self {
        let form = Self {
            local,
            remote: RwSignal::new(Vec::new()),
            left: RwSignal::new(Vec::new()),
            leaving: StoredValue::new(Vec::new()),
            pressed: StoredValue::new(false),
            submitted: RwSignal::new(false),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            client: StoredValue::new_local(use_client()),
            session: use_session(),
        };
        let down = window_event_listener(ev::pointerdown, move |_| form.set_pressed(true));
        // The click comes after its press.
        let release = move || set_timeout(move || form.set_pressed(false), Duration::ZERO);
        let up = window_event_listener(ev::pointerup, move |_| release());
        let cancel = window_event_listener(ev::pointercancel, move |_| release());
        on_cleanup(move || {
            down.remove();
            up.remove();
            cancel.remove();
        });
        form
    }

    /// What is wrong with a field, once it was left or the form was sent.
    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let is_validated = self.submitted.get() || self.left.with(|left| left.contains(&field));
            let local = self.local.with(|faults| find(faults, field));
            let fault = local.filter(|_| is_validated);
            let fault = fault.or_else(|| self.remote.with(|faults| find(faults, field)));
            fault.map(|found| text::fault(field, &found.fault))
        })
    }

    /// To be told when a field is left.
    pub fn blur(self, field: Field) -> Callback<()> {
        Callback::new(move |()| {
            self.leaving.update_value(|leaving| leaving.push(field));
            if !self.pressed.get_value() {
                self.validate_left();
            }
        })
    }

    /// A press takes the focus before it is over: what is said of a field then would move the
    /// button from under the finger.
    fn set_pressed(self, pressed: bool) {
        self.pressed.try_set_value(pressed);
        if !pressed {
            self.validate_left();
        }
    }

    fn validate_left(self) {
        let leaving = self.leaving.try_update_value(core::mem::take);
        if let Some(leaving) = leaving.filter(|leaving| !leaving.is_empty()) {
            self.left.try_update(|left| left.extend(leaving));
        }
    }

    /// What is typed anew isn't what the host spoke of.
    fn retype(self, name: &str) {
        if self
            .remote
            .with_untracked(|faults| faults.iter().any(|it| it.field.name() == name))
        {
            self.remote
                .update(|faults| faults.retain(|it| it.field.name() != name));
        }
    }

    /// What a field asks, with all that this form says of it.
    pub fn field(self, field: Field) -> FieldProps {
        self.labelled(field, live(move || text::label(field)))
    }

    /// A field that may stay empty, and says so.
    pub fn optional(self, field: Field) -> FieldProps {
        self.labelled(field, live(move || say::optional(&text::label(field))))
    }

    fn labelled(self, field: Field, label: Signal<String>) -> FieldProps {
        FieldProps::new(field.name(), label)
            .error(self.error(field))
            .on_left(self.blur(field))
    }

    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why it wasn't accepted as a whole.
    pub fn failure(self) -> Signal<Option<Failure>> {
        self.failure.into()
    }

    /// Forgets what the host said the last time.
    pub fn forget(self) {
        self.remote.set(Vec::new());
        self.failure.set(None);
    }

    /// Shows every fault; whether there was one. The first takes the focus.
    pub fn validate(self, faults: Option<Vec<FieldFault>>) -> bool {
        self.submitted.set(true);
        match faults {
            Some(faults) if !faults.is_empty() => {
                focus_first(&faults);
                true
            }
            Some(_) | None => false,
        }
    }

    /// Sends a request if all is right, and does `done` with its reply. While one is under way,
    /// another is ignored.
    pub fn submit<R, Then>(self, request: &R, done: impl FnOnce(R::Reply) -> Then + 'static)
    where
        R: UseCase + Check + Serialize + 'static,
        R::Reply: DeserializeOwned,
        Then: Future<Output = ()> + 'static,
    {
        if self.pending.get_untracked() {
            return;
        }
        self.forget();
        if self.validate(request.check().err()) {
            return;
        }
        self.send(request, done);
    }

    /// As [`Self::submit`], for a request in which nothing is typed.
    pub fn send<R, Then>(self, request: &R, done: impl FnOnce(R::Reply) -> Then + 'static)
    where
        R: UseCase + Serialize + 'static,
        R::Reply: DeserializeOwned,
        Then: Future<Output = ()> + 'static,
    {
        let done = |reply| -> Result<Follow, Unreadable> { Ok(Box::pin(done(json::take(reply)?))) };
        self.post(R::NAME, json::write(request), Box::new(done));
    }

    /// Sends a request that belongs to the one before, within its `done`. No reply where it was refused, which
    /// is shown, or where the page is gone.
    pub async fn follow_up<R>(self, request: &R) -> Option<R::Reply>
    where
        R: UseCase + Serialize,
        R::Reply: DeserializeOwned,
    {
        let answer = self.client.try_with_value(|client| client.call(request))?;
        match answer.await {
            Ok(reply) => Some(reply),
            Err(failure) => {
                self.session.on_failure(&failure);
                self.refuse(failure);
                None
            }
        }
    }

    /// What sending is, whatever is sent.
    fn post(self, name: &'static str, body: String, done: Done) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        let answer = self.client.with_value(|client| client.send(name, body));
        let session = self.session;
        spawn_local(async move {
            let answer = answer.await;
            if self.pending.is_disposed() {
                // The page is gone, and with it all that `done` would touch. What the request
                // did, it did.
                session.catch_up().await;
                return;
            }
            match answer.and_then(|reply| Ok(done(reply)?)) {
                Ok(follow) => follow.await,
                Err(failure) => {
                    session.on_failure(&failure);
                    self.refuse(failure);
                }
            }
            // `done` may have left the page.
            self.pending.try_set(false);
        });
    }

    /// Shows why it wasn't accepted: at its fields where it says which.
    pub fn refuse(self, failure: Failure) {
        let faults = failure
            .problem()
            .filter(|problem| problem.code == Code::InvalidInput)
            .map(|problem| problem.fields.clone())
            .unwrap_or_default();
        if faults.is_empty() {
            self.failure.try_set(Some(failure));
        } else {
            self.remote.try_set(faults.clone());
            focus_first(&faults);
        }
    }

    /// The faults after the form was sent, where they are more than the one that has the focus.
    fn shown(self) -> Vec<SummaryItem> {
        if !self.submitted.get() {
            return Vec::new();
        }
        let mut faults = self.local.get();
        for fault in self.remote.get() {
            if find(&faults, fault.field).is_none() {
                faults.push(fault);
            }
        }
        if faults.len() < 2 {
            return Vec::new();
        }
        faults
            .iter()
            .map(|FieldFault { field, fault }| SummaryItem {
                field: field.name().to_owned(),
                message: say::labelled(&text::label(*field), &text::fault(*field, fault)),
            })
            .collect()
    }
}

fn find(faults: &[FieldFault], field: Field) -> Option<FieldFault> {
    faults.iter().find(|fault| fault.field == field).cloned()
}

/// The faults stand in the page only after the next turn, and the focus reads them.
fn focus_first(faults: &[FieldFault]) {
    if let Some(first) = faults.first() {
        let name = first.field.name();
        request_animation_frame(move || {
            focus_field(name);
        });
    }
}

/// A form's frame: why it wasn't accepted, all that is wrong, its fields, its buttons.
#[component]
pub fn FormShell(
    form: Form,
    /// Told when it is to be sent.
    #[prop(into)]
    on_submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    let top = NodeRef::<html::Div>::new();
    effect(move || {
        if form.failure.with(Option::is_some) {
            // It stands above a form that may be longer than the screen.
            request_animation_frame(move || {
                // By then the page may be gone: the session may have ended.
                if let Some(top) = top.try_get_untracked().flatten() {
                    top.scroll_into_view_with_scroll_into_view_options(&nearest());
                }
            });
        }
    });
    view! {
        <form
            class="form"
            method="post"
            novalidate
            on:input=move |event| {
                if let Some(input) = event.target() {
                    form.retype(&name_of(&input));
                }
            }
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            <div class="form-failure" node_ref=top>
                <FailureBanner failure=form.failure()/>
            </div>
            <Summary
                title=live(say::form_summary)
                items=Signal::derive(move || form.shown())
            />
            {children()}
        </form>
    }
}

/// No further than it takes to be seen.
fn nearest() -> ScrollIntoViewOptions {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options
}

fn name_of(control: &EventTarget) -> String {
    let element = control.dyn_ref::<Element>();
    element
        .and_then(|element| element.get_attribute("name"))
        .unwrap_or_default()
}

/// Why something wasn't done, and the way forward.
#[component]
pub fn FailureBanner(#[prop(into)] failure: Signal<Option<Failure>>) -> impl IntoView {
    dynamic(move || {
        let shown = failure.get().map(|failure| {
            let go = failure.problem().and_then(|problem| problem.go.clone());
            let reference = failure
                .problem()
                .filter(|problem| problem.code == Code::Internal)
                .and_then(|problem| problem.request_id.clone());
            let words = failure.clone();
            view! {
                <Banner kind=BannerKind::Problem>
                    <p>{move || text::failure(&words)}</p>
                    {reference.map(|id| view! { <p>{move || say::problem_request_id(&id)}</p> })}
                    {go.map(|route| view! { <p><RouteLink route/></p> })}
                </Banner>
            }
        });
        shown.into_any()
    })
}

/// A link to the page that a problem names.
#[component]
pub fn RouteLink(route: Route) -> impl IntoView {
    let address = route.address();
    view! { <Link href=address>{move || text::go_to(&route)}</Link> }
}
