//! The passkeys of the account: added, and removed while another way to log in remains.

use super::email::BackToProfile;
use crate::credentials;
use crate::document;
use crate::features::confirm::{ConfirmFirst, ConfirmOverForm};
use crate::form::{FailureBanner, Form, FormShell};
use crate::intl;
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::text::{live, say};
use crate::ui::{Button, ButtonKind, Card, Dialog, PageHeading, TextField};
use contract::account::{GetProfile, Profile};
use contract::check::Check as _;
use contract::passkeys::{
    AddPasskey, BeginPasskey, ListPasskeys, ListedPasskey, PasskeyList, RemovePasskey,
};
use domain::input::Field;
use domain::link::LogInMethods;
use leptos::prelude::*;

#[component]
pub fn Passkeys() -> impl IntoView {
    on_cleanup(credentials::abort);
    let read = Resource::of(GetProfile {});
    let show = |profile: Profile| view! { <Overview methods=profile.methods/> }.into_any();
    view! {
        <PageHeading text=live(say::passkeys) lead=live(say::passkeys_lead)/>
        <Loaded resource=read show=show/>
        <div class="form-actions"><BackToProfile/></div>
    }
}

#[component]
fn Overview(methods: LogInMethods) -> impl IntoView {
    let read = Resource::of(ListPasskeys {});
    let changed = Callback::new(move |words: String| {
        read.again();
        document::show_toast(words);
        // The button that had the focus goes with what is read. A dialog has gone by then.
        request_animation_frame(document::arrive);
    });
    let show = move |list: PasskeyList| {
        // Those that were added and removed since the page was opened count, too.
        let methods = LogInMethods {
            passkeys: u32::try_from(list.passkeys.len()).unwrap_or(u32::MAX),
            ..methods
        };
        view! {
            <Listed passkeys=list.passkeys methods changed/>
            <Add methods changed/>
        }
        .into_any()
    };
    view! { <Loaded resource=read show=show/> }
}

#[component]
fn Listed(
    passkeys: Vec<ListedPasskey>,
    methods: LogInMethods,
    /// Told what was done.
    changed: Callback<String>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<ListedPasskey>);
    let removal = Form::new(|| None);
    let remove = Callback::new(move |()| {
        if let Some(ListedPasskey { id, .. }) = asked.get_untracked() {
            removal.send(&RemovePasskey { id }, async move |_| {
                asked.set(None);
                let _ = changed.try_run(say::passkey_removed());
            });
        }
    });
    let leave = Callback::new(move |()| {
        removal.forget();
        asked.set(None);
    });
    let confirming = RwSignal::new(false);
    let dialog = move || {
        let passkey = asked.get().filter(|_| !confirming.get())?;
        Some(view! { <Removal name=passkey.name removal remove leave/> })
    };
    if passkeys.is_empty() {
        return view! { <Card><p class="muted">{say::passkeys_none}</p></Card> }.into_any();
    }
    let rows = passkeys.into_iter();
    let rows = rows.map(move |passkey| view! { <OnePasskey passkey asked/> });
    view! {
        <Card text=live(say::review_passkeys)>
            <ul class="session-list">{rows.collect_view()}</ul>
        </Card>
        {dialog}
        <ConfirmFirst form=removal asked=confirming methods on_confirmed=remove on_leave=leave/>
    }
    .into_any()
}

#[component]
fn OnePasskey(passkey: ListedPasskey, asked: RwSignal<Option<ListedPasskey>>) -> impl IntoView {
    let name = passkey.name.clone();
    let asked_for = passkey.clone();
    let ask = Callback::new(move |()| asked.set(Some(asked_for.clone())));
    view! {
        <li class="row row-between">
            <Described passkey/>
            <Button on_click=ask>
                {say::passkey_remove}
                <span class="visually-hidden">" " {name}</span>
            </Button>
        </li>
    }
}

/// What a passkey is called, and when it was used.
#[component]
pub(super) fn Described(passkey: ListedPasskey) -> impl IntoView {
    let ListedPasskey {
        id: _,
        name,
        created,
        used,
        backed_up,
    } = passkey;
    let times = move || {
        let added = intl::date_time(created);
        used.map_or_else(
            || say::passkey_unused(&added),
            |used| say::passkey_times(&added, &intl::date_time(used)),
        )
    };
    let tag = backed_up.then(|| view! { <span class="tag">{say::passkey_synced}</span> });
    view! {
        <div>
            <p class="row"><strong>{name}</strong> {tag}</p>
            <p class="muted">{times}</p>
        </div>
    }
}

#[component]
fn Removal(
    name: String,
    removal: Form,
    remove: Callback<()>,
    leave: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog title=live(say::passkey_remove_title) close_label=live(say::close) on_close=leave>
            <FailureBanner failure=removal.failure()/>
            <p>{move || say::passkey_remove_text(&name)}</p>
            <div class="dialog-actions">
                <Button on_click=leave>{say::cancel}</Button>
                <Button kind=ButtonKind::Danger pending=removal.pending() on_click=remove>
                    {say::passkey_remove}
                </Button>
            </div>
        </Dialog>
    }
}

#[component]
fn Add(
    methods: LogInMethods,
    /// Told what was done.
    changed: Callback<String>,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let request = move || AddPasskey {
        name: name.get(),
        ..AddPasskey::default()
    };
    let form = Form::new(move || request().check().err());
    let submit = Callback::new(move |()| {
        let named = untrack(request);
        if form.validate(named.check().err()) {
            return;
        }
        if let Err(failure) = credentials::check() {
            return form.refuse(failure);
        }
        form.send(&BeginPasskey {}, async move |options| {
            let made = match credentials::create(options).await {
                Ok(made) => made,
                Err(failure) => return form.refuse(failure),
            };
            let request = AddPasskey {
                name: named.name,
                ..made
            };
            if form.follow_up(&request).await.is_some() {
                let _ = changed.try_run(say::passkey_added());
            }
        });
    });
    view! {
        <Card title=live(say::passkey_add) text=live(say::passkey_add_text)>
            <FormShell form=form on_submit=submit>
                <TextField
                    field=form.field(Field::Name).required().hint(live(say::passkey_name_hint))
                    value=name
                    autocomplete="off"
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                        {say::passkey_add}
                    </Button>
                </div>
            </FormShell>
        </Card>
        <ConfirmOverForm
            form=form
            field=Field::Name
            value=name
            asked=RwSignal::new(false)
            methods
            submit
        />
    }
}
