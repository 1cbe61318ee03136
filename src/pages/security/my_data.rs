//! What is kept of the account, to read and to download, and the account's end.
//!
//! The data is read as the host sends it, without a type: what is drawn of it is a list of places in it, and all
//! of it goes into the file.

use super::email::BackToProfile;
use super::passkeys::Described;
use super::sessions::{Entry, Place};
use crate::client::{Client, Failure, use_client};
use crate::document;
use crate::features::confirm::{ConfirmDialog, ConfirmFirst, is_wanted};
use crate::form::{FailureBanner, Form};
use crate::intl;
use crate::json::{self, member};
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    Button, ButtonKind, Card, DescriptionRow, Descriptions, Dialog, PageHeading, Show, effect,
};
use contract::UseCase as _;
use contract::account::{GetProfile, Profile};
use contract::my_data::{DeleteAccount, GetMyData};
use domain::deletion::GRACE_DAYS;
use domain::input::Field;
use domain::link::LogInMethods;
use domain::region::{Country, Language};
use domain::time::Timestamp;
use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;

#[component]
pub fn MyData() -> impl IntoView {
    let read = Resource::of(GetProfile {});
    let show = |profile: Profile| view! { <Opened methods=profile.methods/> }.into_any();
    view! {
        <PageHeading text=live(say::my_data) lead=live(say::my_data_lead)/>
        <Loaded resource=read show=show/>
        <div class="form-actions"><BackToProfile/></div>
    }
}

#[component]
fn Opened(methods: LogInMethods) -> impl IntoView {
    let session = use_session();
    let client = StoredValue::new_local(use_client());
    let data = RwSignal::new_local(None::<JsValue>);
    let gathering = RwSignal::new(false);
    let not_gathered = RwSignal::new(None::<Failure>);
    let show = Callback::new(move |()| {
        if gathering.get_untracked() {
            return;
        }
        gathering.set(true);
        not_gathered.set(None);
        let client = client.get_value();
        spawn_local(async move {
            match gather(&client).await {
                Ok(all) => {
                    data.try_set(Some(all));
                    // The button that had the focus has gone.
                    request_animation_frame(document::follow_heading);
                }
                Err(why) => {
                    session.on_failure(&why);
                    not_gathered.try_set(Some(why));
                }
            }
            // The page may be gone by now.
            gathering.try_set(false);
        });
    });
    let is_asked = RwSignal::new(false);
    let deletion = Form::new(|| None);
    let delete = Callback::new(move |()| {
        deletion.send(&DeleteAccount {}, async move |_| {
            document::show_toast(say::delete_account_done());
            session.refresh().await;
            is_asked.try_set(false);
            // The button that opened the dialog has gone.
            request_animation_frame(document::follow_heading);
        });
    });
    let confirming_to_show = RwSignal::new(false);
    effect(move || {
        if not_gathered.with(|why| is_wanted(why.as_ref())) {
            not_gathered.set(None);
            confirming_to_show.set(true);
        }
    });
    let confirmed = Callback::new(move |()| {
        confirming_to_show.set(false);
        show.run(());
    });
    let close = Callback::new(move |()| confirming_to_show.set(false));
    let confirming_to_delete = RwSignal::new(false);
    let leave = Callback::new(move |()| is_asked.set(false));
    let stays = Memo::new(move |_| {
        let member = session.member();
        member.is_some_and(|member| member.deletion.is_none())
    });
    view! {
        <FailureBanner failure=not_gathered/>
        {move || match data.get() {
            Some(all) => view! { <Shown all/> }.into_any(),
            None => view! {
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary pending=gathering on_click=show>
                        {say::my_data_show}
                    </Button>
                </div>
            }
            .into_any(),
        }}
        <Show when=move || stays.get()>
            <Card title=live(say::delete_account) text=live(grace)>
                <div class="form-actions">
                    <Button
                        kind=ButtonKind::Danger
                        on_click=Callback::new(move |()| is_asked.set(true))
                    >
                        {say::delete_account}
                    </Button>
                </div>
            </Card>
        </Show>
        {move || {
            let is_open = is_asked.get() && !confirming_to_delete.get();
            is_open.then(|| view! { <Asked deletion delete leave/> })
        }}
        {move || confirming_to_show.get().then(|| {
            view! { <ConfirmDialog methods on_confirmed=confirmed on_close=close/> }
        })}
        // What comes of it is told in the dialog before, which is back then.
        <ConfirmFirst
            form=deletion
            asked=confirming_to_delete
            methods
            on_confirmed=delete
            on_leave=leave
        />
    }
}

fn grace() -> String {
    say::delete_account_text(&intl::number(GRACE_DAYS))
}

#[component]
fn Asked(deletion: Form, delete: Callback<()>, leave: Callback<()>) -> impl IntoView {
    view! {
        <Dialog title=live(say::delete_account_title) close_label=live(say::close) on_close=leave>
            <FailureBanner failure=deletion.failure()/>
            <p>{grace}</p>
            <ul class="consequences">
                <li>{say::delete_account_drafts}</li>
                <li>{say::delete_account_tiktok}</li>
                <li>{say::delete_account_sessions}</li>
            </ul>
            <div class="dialog-actions">
                <Button on_click=leave>{say::cancel}</Button>
                <Button kind=ButtonKind::Danger pending=deletion.pending() on_click=delete>
                    {say::delete_account}
                </Button>
            </div>
        </Dialog>
    }
}

/// Asks for one part after the other, and puts them together.
async fn gather(client: &Client) -> Result<JsValue, Failure> {
    let all = Object::new();
    let set = |of: &Object, name: &str, value: &JsValue| {
        // A new object takes everything.
        let _ = Reflect::set(of, &JsValue::from_str(name), value);
    };
    let lists = ["drafts", "activity"].map(|name| (name, Array::new()));
    let mut part = JsValue::from_str("account");
    while !part.is_null() && !part.is_undefined() {
        let request = Object::new();
        set(&request, "part", &part);
        let body = JSON::stringify(&request).map_or_else(|_| String::new(), String::from);
        let reply = client.send(GetMyData::NAME, body).await?;
        let account = member(&reply, "account");
        if account.is_object() {
            set(&all, "account", &account);
        }
        for (name, list) in &lists {
            let more = member(&reply, name);
            if more.is_object() {
                for one in Array::from(&more).iter() {
                    list.push(&one);
                }
            }
        }
        part = member(&reply, "next");
    }
    for (name, list) in &lists {
        set(&all, name, list);
    }
    Ok(all.into())
}

/// What a place in the data holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Moment,
    Country,
    Language,
    Industry,
    Payment,
    List,
}

/// A line: its label, where it stands, what it holds.
type Line = (fn() -> String, &'static [&'static str], Kind);

const ACCOUNT: [Line; 5] = [
    (|| text::label(Field::Email), &["email"], Kind::Text),
    (|| text::label(Field::Name), &["name"], Kind::Text),
    (|| text::label(Field::Region), &["region"], Kind::Country),
    (
        || text::label(Field::Language),
        &["language"],
        Kind::Language,
    ),
    (say::my_data_created, &["created"], Kind::Moment),
];

const BUSINESS: [Line; 6] = [
    (
        || text::label(Field::BusinessName),
        &["business", "name"],
        Kind::Text,
    ),
    (
        || text::label(Field::Industry),
        &["business", "industry"],
        Kind::Industry,
    ),
    (
        || text::label(Field::Country),
        &["business", "country"],
        Kind::Country,
    ),
    (
        || text::label(Field::TimeZone),
        &["business", "time_zone"],
        Kind::Text,
    ),
    (
        || text::label(Field::Currency),
        &["business", "currency"],
        Kind::Text,
    ),
    (
        || text::label(Field::Phone),
        &["business", "phone"],
        Kind::Text,
    ),
];

const COMPLETION: [Line; 5] = [
    (
        || text::label(Field::Website),
        &["completion", "website"],
        Kind::Text,
    ),
    (
        || text::label(Field::StreetAddress),
        &["completion", "street_address"],
        Kind::Text,
    ),
    (
        || text::label(Field::City),
        &["completion", "city"],
        Kind::Text,
    ),
    (
        || text::label(Field::PostalCode),
        &["completion", "postal_code"],
        Kind::Text,
    ),
    (
        || text::label(Field::PaymentMethod),
        &["completion", "payment_method"],
        Kind::Payment,
    ),
];

const TIKTOK: [Line; 4] = [
    (
        || text::label(Field::Name),
        &["profile", "display_name"],
        Kind::Text,
    ),
    (say::my_data_username, &["profile", "username"], Kind::Text),
    (say::my_data_scopes, &["scopes"], Kind::List),
    (say::my_data_linked, &["linked"], Kind::Moment),
];

fn at(all: &JsValue, path: &[&str]) -> JsValue {
    path.iter()
        .fold(all.clone(), |value, name| member(&value, name))
}

/// In words; nothing where there is nothing.
fn words(value: &JsValue, kind: Kind) -> Option<String> {
    match kind {
        Kind::Text => value.as_string(),
        Kind::Moment => json::take::<Timestamp>(value.clone())
            .ok()
            .map(intl::date_time),
        Kind::Country => json::take::<Country>(value.clone()).ok().map(intl::country),
        Kind::Language => {
            let language = json::take::<Language>(value.clone()).ok()?;
            Some(text::language_name(language).to_owned())
        }
        Kind::Industry => json::choice(&value.as_string()?).map(text::industry),
        Kind::Payment => json::choice(&value.as_string()?).map(|it| text::payment_method(it).0),
        Kind::List => {
            let list = Array::is_array(value).then(|| Array::from(value))?;
            Some(String::from(list.join(", ")))
        }
    }
}

#[component]
fn Lines(of: JsValue, lines: Vec<Line>) -> impl IntoView {
    let rows = lines.into_iter().filter_map(|(label, path, kind)| {
        let value = at(&of, path);
        words(&value, kind)?;
        let value = StoredValue::new_local(value);
        let words = move || value.with_value(|value| words(value, kind));
        Some(view! { <DescriptionRow label=live(label)>{words}</DescriptionRow> })
    });
    let rows = rows.collect_view();
    view! { <Descriptions>{rows}</Descriptions> }
}

#[component]
fn Shown(all: JsValue) -> impl IntoView {
    let account = member(&all, "account");
    let tiktok = member(&account, "tiktok");
    let ads_account = member(&account, "ads_account");
    // It stands under the name of its state.
    let ads_account = ["created", "complete"]
        .map(|state| member(&ads_account, state))
        .into_iter()
        .find(JsValue::is_object);
    let former = list(&account, "former_emails");
    let former = former
        .into_iter()
        .filter_map(|it| member(&it, "email").as_string());
    let former: Vec<_> = former.collect();
    let drafts = list(&all, "drafts").into_iter().map(|draft| {
        let name = at(&draft, &["draft", "contents", "campaign", "name"]).as_string();
        let name = move || text::campaign(name.as_deref().unwrap_or_default());
        let changed = StoredValue::new_local(member(&draft, "changed"));
        view! {
            <li>
                <p><strong>{name}</strong></p>
                <p class="muted">
                    {move || changed.with_value(|changed| words(changed, Kind::Moment))}
                </p>
            </li>
        }
    });
    let drafts = drafts.collect_view();
    let passkeys = list(&account, "passkeys").into_iter();
    let passkeys = passkeys.filter_map(|it| json::take(it).ok());
    let passkeys = passkeys
        .map(|passkey| view! { <li><Described passkey/></li> })
        .collect_view();
    let has_passkeys = !passkeys.is_empty();
    let places = list(&account, "sessions").into_iter();
    let places = places.filter_map(|it| json::take(it).ok());
    let places = places
        .map(|listed| view! { <li><Place listed/></li> })
        .collect_view();
    let entries = list(&all, "activity").into_iter();
    let entries = entries.filter_map(|it| json::take(it).ok());
    let entries = entries.map(|entry| view! { <Entry entry/> }).collect_view();
    let has_drafts = !drafts.is_empty();
    let all = StoredValue::new_local(all);
    let download = Callback::new(move |()| all.with_value(save));
    view! {
        <div class="form-actions">
            <Button kind=ButtonKind::Primary on_click=download>{say::my_data_download}</Button>
        </div>
        <Card title=live(say::my_data_account)>
            <Lines of=account lines=ACCOUNT.to_vec()/>
            {(!former.is_empty()).then(|| view! {
                <Descriptions>
                    <DescriptionRow label=live(say::my_data_former)>
                        {former.join(", ")}
                    </DescriptionRow>
                </Descriptions>
            })}
        </Card>
        {ads_account.map(|of| view! {
            <Card title=live(say::tiktok_ads_manager)>
                <Lines of lines=[&BUSINESS[..], &COMPLETION[..]].concat()/>
            </Card>
        })}
        {tiktok.is_object().then(|| view! {
            <Card title=live(say::tiktok_account)>
                <Lines of=tiktok lines=TIKTOK.to_vec()/>
            </Card>
        })}
        {has_drafts.then(|| view! {
            <Card title=live(say::campaigns_title)><ul class="session-list">{drafts}</ul></Card>
        })}
        {has_passkeys.then(|| view! {
            <Card title=live(say::passkeys)><ul class="session-list">{passkeys}</ul></Card>
        })}
        <Card title=live(say::sessions_title)><ul class="session-list">{places}</ul></Card>
        <Card title=live(say::activity_title)><ul class="session-list">{entries}</ul></Card>
    }
}

fn list(of: &JsValue, name: &str) -> Vec<JsValue> {
    let list = member(of, name);
    if Array::is_array(&list) {
        Array::from(&list).to_vec()
    } else {
        Vec::new()
    }
}

/// Hands all of it over as a file.
fn save(all: &JsValue) {
    const INDENT: u32 = 2;
    let Ok(text) =
        JSON::stringify_with_replacer_and_space(all, &JsValue::NULL, &JsValue::from(INDENT))
    else {
        return;
    };
    let blob = web_sys::Blob::new_with_str_sequence(&Array::of1(&text));
    let Ok(address) = blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob)) else {
        return;
    };
    if let Ok(link) = document().create_element("a") {
        let link: web_sys::HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download("tiktok-for-business.json");
        link.click();
    }
    // It is read by then, or a moment later.
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        core::time::Duration::from_mins(1),
    );
}
