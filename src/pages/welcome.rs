//! Welcome to TikTok Ads Manager: what completes the ad account.

use crate::choices;
use crate::form::{Form, FormShell};
use crate::intl;
use crate::json;
use crate::layout::Loaded;
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::typed::Typed;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, DescriptionRow, Descriptions, Link, PageHeading,
    RadioCard, RadioCards, TextField,
};
use contract::ads::{AdsAccountView, CompleteAdsAccount, GetAdsAccount};
use contract::check::Check as _;
use domain::ads_account::{AdsAccount, Business, Completion, PaymentMethod};
use domain::input::Field;
use leptos::prelude::*;

#[component]
pub fn Welcome() -> impl IntoView {
    let account = Resource::of(GetAdsAccount {});
    let show = |AdsAccountView { account, .. }| match account {
        AdsAccount::Missing => view! { <Missing/> }.into_any(),
        AdsAccount::Created { business } => view! { <Finish business/> }.into_any(),
        AdsAccount::Complete {
            business,
            completion,
        } => view! { <Complete business completion/> }.into_any(),
    };
    view! { <Loaded resource=account show=show/> }
}

/// Nothing is there to be completed.
#[component]
fn Missing() -> impl IntoView {
    view! {
        <PageHeading text=live(say::welcome_title) lead=live(say::welcome_missing_lead)/>
        <div class="form-actions">
            <ButtonLink href=Route::CreateAdsAccount.address() kind=ButtonKind::Primary>
                {say::go_create_ads_account}
            </ButtonLink>
        </div>
    }
}

/// It is complete: what it is, and the way on.
#[component]
fn Complete(business: Business, completion: Completion) -> impl IntoView {
    let name = business.name.clone();
    view! {
        <PageHeading
            text=live(say::welcome_title)
            lead=live(move || say::welcome_complete_lead(&name))
        />
        <div class="form-actions">
            <ButtonLink href=Route::Campaigns.address() kind=ButtonKind::Primary>
                {say::go_campaigns}
            </ButtonLink>
        </div>
        <AdAccount business completion=Some(completion)/>
    }
}

/// What completes it is asked for.
#[component]
fn Finish(business: Business) -> impl IntoView {
    let website = RwSignal::new(String::new());
    let street_address = RwSignal::new(String::new());
    let city = RwSignal::new(String::new());
    let postal_code = RwSignal::new(String::new());
    let payment_method = RwSignal::new(String::new());
    let typed = Typed::keep(
        "welcome",
        vec![website, street_address, city, postal_code, payment_method],
    );
    let request = move || CompleteAdsAccount {
        website: website.get(),
        street_address: street_address.get(),
        city: city.get(),
        postal_code: postal_code.get(),
        payment_method: json::choice(&payment_method.get()),
    };
    let form = Form::new(move || request().check().err());
    let go = StoredValue::new_local(Navigator::new());
    let submit = move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |moved| {
            typed.forget();
            go.follow(&moved.to, History::Push).await;
        });
    };
    let payments = choices::cards(|| {
        // What most choose stands first.
        PaymentMethod::ALL
            .into_iter()
            .rev()
            .map(|method| {
                let (title, text) = text::payment_method(method);
                RadioCard::new(json::word(method), title, text)
            })
            .collect()
    });
    let name = business.name.clone();
    view! {
        <PageHeading
            text=live(say::welcome_title)
            lead=live(move || say::welcome_lead(&name))
        />
        <div class="welcome">
            <FormShell form=form on_submit=Callback::new(submit)>
                <TextField
                    field=form.optional(Field::Website).hint(live(say::welcome_website_hint))
                    value=website
                    kind="url"
                    inputmode="url"
                    autocomplete="url"
                />
                <TextField
                    field=form.field(Field::StreetAddress).required()
                    value=street_address
                    autocomplete="address-line1"
                />
                <div class="form-row">
                    <TextField
                        field=form.field(Field::City).required()
                        value=city
                        autocomplete="address-level2"
                    />
                    <TextField
                        field=form.optional(Field::PostalCode)
                        value=postal_code
                        autocomplete="postal-code"
                    />
                </div>
                <RadioCards
                    field=form.field(Field::PaymentMethod)
                    value=payment_method
                    options=payments
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true pending=form.pending()>
                        {say::welcome_finish}
                    </Button>
                </div>
            </FormShell>
            <AdAccount business completion=None/>
        </div>
        <p class="auth-switch">
            {say::ads_account_later} " "
            <Link href=Route::BusinessCenter.address()>{say::go_business_center}</Link>
        </p>
    }
}

/// What the ad account was made with.
#[component]
fn AdAccount(business: Business, completion: Option<Completion>) -> impl IntoView {
    let row = |field: Field, value: Signal<String>| {
        view! {
            <DescriptionRow label=live(move || text::label(field))>
                {move || value.get()}
            </DescriptionRow>
        }
    };
    let Business {
        name,
        industry,
        country,
        time_zone,
        currency,
        phone,
    } = business;
    let zone = choices::time_zone_words(time_zone.as_str());
    let address = completion.as_ref().map(|completion| {
        let parts = [
            Some(completion.street_address.as_str()),
            Some(completion.city.as_str()),
            completion.postal_code.as_deref(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let website = completion.as_ref().and_then(|it| it.website.clone());
    let payment = completion.map(|completion| completion.payment_method);
    view! {
        <Card title=live(say::welcome_account)>
            <Descriptions>
                {row(Field::BusinessName, Signal::stored(name))}
                {row(Field::Industry, live(move || text::industry(industry)))}
                {row(Field::Country, live(move || intl::country(country)))}
                {row(Field::TimeZone, Signal::stored(zone))}
                {row(Field::Currency, live(move || intl::currency_name(currency)))}
                {row(Field::Phone, Signal::stored(phone))}
                {website.map(|website| row(Field::Website, Signal::stored(website)))}
                {address.map(|address| row(Field::StreetAddress, Signal::stored(address)))}
                {payment.map(|method| {
                    row(Field::PaymentMethod, live(move || text::payment_method(method).0))
                })}
            </Descriptions>
        </Card>
    }
}
