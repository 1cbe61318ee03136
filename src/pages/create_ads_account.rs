//! Create a TikTok Ads Manager account: name the business (journeys J1, J2 and J6).
//!
//! What can't be changed later stands together right above "Sign up", as it will be. What is typed
//! outlives a reload of the tab.

mod country_defaults;
mod phone_reading;

use self::phone_reading::Reading;
use crate::choices;
use crate::features::deletion::DeletionBanner;
use crate::features::sign_up_fields::TermsField;
use crate::form::{Form, FormShell};
use crate::intl;
use crate::json;
use crate::layout::Loaded;
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::storage;
use crate::text::{self, live, say};
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonLink, Combobox, DescriptionRow, Descriptions,
    Link, PageHeading, PhoneField, SelectField, TextField, effect,
};
use contract::ads::{AdsAccountView, CreateAdsAccount as Request, GetAdsAccount};
use contract::check::Check as _;
use domain::ads_account::AdsAccount;
use domain::currency::Currency;
use domain::input::Field;
use domain::region::{Country, TimeZone};
use leptos::prelude::*;

#[component]
pub fn CreateAdsAccount() -> impl IntoView {
    let account = Resource::of(GetAdsAccount {});
    let show = |AdsAccountView { account, region }| match account {
        AdsAccount::Missing => view! { <NewAccount region/> }.into_any(),
        AdsAccount::Created { business } => view! {
            <Exists
                text=live(move || say::ads_account_created_text(&business.name))
                to=Route::Welcome
                label=say::go_welcome
            />
        }
        .into_any(),
        AdsAccount::Complete { business, .. } => view! {
            <Exists
                text=live(move || say::ads_account_complete_text(&business.name))
                to=Route::Campaigns
                label=say::go_campaigns
            />
        }
        .into_any(),
    };
    view! {
        <DeletionBanner/>
        <Loaded resource=account show=show/>
    }
}

/// It is made: nothing here can make a second one.
#[component]
fn Exists(text: Signal<String>, to: Route, label: fn() -> String) -> impl IntoView {
    view! {
        <PageHeading text=live(say::ads_account_exists_title) lead=text/>
        <ButtonLink href=to.address() kind=ButtonKind::Primary wide=true>{label}</ButtonLink>
    }
}

#[derive(Clone, Copy)]
struct Typed {
    business_name: RwSignal<String>,
    industry: RwSignal<String>,
    country: RwSignal<String>,
    time_zone: RwSignal<String>,
    currency: RwSignal<String>,
    phone: RwSignal<String>,
    terms: RwSignal<bool>,
}

impl Typed {
    fn new(request: Request) -> Self {
        Self {
            business_name: RwSignal::new(request.business_name),
            industry: RwSignal::new(request.industry.map(json::word).unwrap_or_default()),
            country: RwSignal::new(request.country),
            time_zone: RwSignal::new(request.time_zone),
            currency: RwSignal::new(request.currency),
            phone: RwSignal::new(request.phone),
            terms: RwSignal::new(request.terms),
        }
    }

    /// The calling code of the country.
    fn calling_code(self) -> String {
        let country = Country::parse(&self.country.get()).ok();
        country
            .and_then(country_defaults::calling_code)
            .unwrap_or_default()
    }

    /// As it is sent.
    fn request(self) -> Request {
        Request {
            business_name: self.business_name.get(),
            industry: json::choice(&self.industry.get()),
            country: self.country.get(),
            time_zone: self.time_zone.get(),
            currency: self.currency.get(),
            phone: self.phone.get(),
            terms: self.terms.get(),
        }
    }
}

/// What a country proposes: its time zone and its currency.
fn proposal(country: Country) -> (String, String) {
    let own = intl::own_time_zone();
    let zones = intl::time_zones_of(country);
    let zone = country_defaults::time_zone(country, own.as_deref(), &zones);
    (
        zone.map(|zone| zone.as_str().to_owned())
            .unwrap_or_default(),
        country_defaults::currency(country).as_str().to_owned(),
    )
}

/// A form that nobody has touched yet.
fn untouched(region: Option<Country>) -> Request {
    let Some(region) = region else {
        return Request::default();
    };
    let (time_zone, currency) = proposal(region);
    Request {
        country: region.as_str().to_owned(),
        time_zone,
        currency,
        ..Request::default()
    }
}

/// What this tab keeps of the form, for one account alone.
fn kept(key: &str) -> Option<Request> {
    json::read(&storage::read_in_tab(key)?).ok()
}

fn keep(key: &str, request: Request) {
    let request = Request {
        // A yes is given by hand each time.
        terms: false,
        ..request
    };
    storage::write_in_tab(key, &json::write(&request));
}

#[component]
fn NewAccount(region: Option<Country>) -> impl IntoView {
    let member = untrack(|| use_session().member());
    let account = member.map(|member| member.account.to_string());
    let key = StoredValue::new(format!(
        "portal.ads-account.{}",
        account.unwrap_or_default()
    ));
    let typed = Typed::new(
        key.with_value(|key| kept(key))
            .unwrap_or_else(|| untouched(region)),
    );
    effect(move || key.with_value(|key| keep(key, typed.request())));

    let form = Form::new(move || typed.request().check().err());
    let reading = phone_reading::of(typed.country, typed.phone);
    let go = StoredValue::new_local(Navigator::new());
    let submit = move |()| {
        let (go, key) = (go.get_value(), key.get_value());
        form.submit(&untrack(move || typed.request()), async move |moved| {
            storage::remove_in_tab(&key);
            go.follow(&moved.to, History::Push).await;
        });
    };
    view! {
        <PageHeading text=live(say::ads_account_title) lead=live(say::ads_account_lead)/>
        <FormShell form=form on_submit=Callback::new(submit)>
            <TextField
                field=form.field(Field::BusinessName).hint(live(say::ads_account_name_hint)).required()
                value=typed.business_name
                autocomplete="organization"
            />
            <IndustryField form value=typed.industry/>
            <PlaceFields form typed/>
            <PhoneField
                field=form.field(Field::Phone).hint(live(move || reading.hint())).required()
                value=typed.phone
                code=Signal::derive(move || typed.calling_code())
            />
            <Fixed typed reading/>
            <TermsField form=form agreed=typed.terms/>
            <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                {say::sign_up}
            </Button>
        </FormShell>
        <p class="auth-switch">
            {say::ads_account_later} " "
            <Link href=Route::BusinessCenter.address()>{say::go_business_center}</Link>
        </p>
    }
}

#[component]
fn IndustryField(form: Form, value: RwSignal<String>) -> impl IntoView {
    view! {
        <SelectField
            field=form.field(Field::Industry).required()
            value=value
            options=choices::industries()
            placeholder=live(say::choose)
        />
    }
}

/// Where the business is, and what follows from it until somebody chooses otherwise.
#[component]
fn PlaceFields(form: Form, typed: Typed) -> impl IntoView {
    let Typed {
        country,
        time_zone,
        currency,
        ..
    } = typed;
    let zone_is_chosen = StoredValue::new(false);
    let currency_is_chosen = StoredValue::new(false);
    let propose = move |()| {
        form.blur(Field::Country).run(());
        let Ok(chosen) = Country::parse(&country.get_untracked()) else {
            return;
        };
        let (zone, money) = proposal(chosen);
        if !zone_is_chosen.get_value() {
            time_zone.set(zone);
        }
        if !currency_is_chosen.get_value() {
            currency.set(money);
        }
    };
    let choose_zone = move |()| {
        zone_is_chosen.set_value(true);
        form.blur(Field::TimeZone).run(());
    };
    let choose_currency = move |()| {
        currency_is_chosen.set_value(true);
        form.blur(Field::Currency).run(());
    };
    view! {
        <Combobox
            field=form.field(Field::Country).required()
            value=country
            options=choices::countries()
            no_match=live(say::no_match)
            placeholder=live(say::choose)
            autocomplete="country-name"
            on_change=Callback::new(propose)
        />
        <div class="form-row">
            <Combobox
                field=form.field(Field::TimeZone).hint(live(say::ads_account_time_zone_hint)).required()
                value=time_zone
                options=choices::time_zones()
                no_match=live(say::no_match)
                placeholder=live(say::choose)
                on_change=Callback::new(choose_zone)
            />
            <Combobox
                field=form.field(Field::Currency).hint(live(say::ads_account_currency_hint)).required()
                value=currency
                options=choices::currencies()
                no_match=live(say::no_match)
                placeholder=live(say::choose)
                on_change=Callback::new(choose_currency)
            />
        </div>
    }
}

/// What can't be changed later, as it will be.
#[component]
fn Fixed(typed: Typed, reading: Reading) -> impl IntoView {
    let country = move || {
        let country = Country::parse(&typed.country.get()).ok();
        country.map(intl::country)
    };
    let time_zone = move || {
        let zone = TimeZone::parse(&typed.time_zone.get()).ok()?;
        Some(choices::time_zone_with_offset(zone.as_str()))
    };
    let currency = move || {
        let currency = Currency::from_code(&typed.currency.get());
        currency.map(choices::currency_words)
    };
    let name = move || {
        let name = typed.business_name.get().trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    view! {
        <section class="fixed-facts" aria-label=say::ads_account_fixed_title>
            <Banner kind=BannerKind::Warning title=live(say::ads_account_fixed_title)>
                {say::ads_account_fixed_text}
            </Banner>
            <Descriptions>
                <Fact field=Field::BusinessName value=Signal::derive(name)/>
                <Fact field=Field::Country value=Signal::derive(country)/>
                <Fact field=Field::TimeZone value=Signal::derive(time_zone)/>
                <Fact field=Field::Currency value=Signal::derive(currency)/>
                <Fact field=Field::Phone value=Signal::derive(move || reading.number())/>
            </Descriptions>
        </section>
    }
}

#[component]
fn Fact(field: Field, value: Signal<Option<String>>) -> impl IntoView {
    view! {
        <DescriptionRow label=live(move || text::label(field))>
            {move || match value.get() {
                Some(value) => view! { <span>{value}</span> }.into_any(),
                None => view! {
                    <span class="fact-open">{say::ads_account_still_open}</span>
                }
                .into_any(),
            }}
        </DescriptionRow>
    }
}
