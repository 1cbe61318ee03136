//! Business Center: what belongs to the business, and the ways to it.

use crate::client::{Client, Failure, use_client};
use crate::features::account_badge::AccountBadge;
use crate::intl;
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::ui::{ButtonKind, ButtonLink, Card, DescriptionRow, Descriptions, Link, PageHeading};
use contract::account::{GetProfile, Profile};
use contract::ads::GetAdsAccount;
use domain::ads_account::AdsAccount;
use domain::input::Field;
use leptos::prelude::*;

#[component]
pub fn BusinessCenter() -> impl IntoView {
    let client = StoredValue::new_local(use_client());
    let read = Resource::new(move || client.with_value(overview));
    let show = |(profile, ads_account): (Profile, AdsAccount)| {
        let business = ads_account.business().map(|business| business.name.clone());
        view! {
            <PageHeading
                text=live(say::business_center)
                lead=live(say::business_center_lead)
            />
            <div class="overview">
                <AdsManager ads_account/>
                <BusinessAccount profile business/>
            </div>
        }
        .into_any()
    };
    view! { <Loaded resource=read show=show/> }
}

/// Both are asked for at once.
fn overview(
    client: &Client,
) -> impl Future<Output = Result<(Profile, AdsAccount), Failure>> + use<> {
    let profile = client.call(&GetProfile {});
    let ads = client.call(&GetAdsAccount {});
    async move { Ok((profile.await?, ads.await?.account)) }
}

/// How far the Ads Manager account is, and what comes next.
#[component]
fn AdsManager(ads_account: AdsAccount) -> impl IntoView {
    let (words, to, label): (_, _, fn() -> String) = match ads_account {
        AdsAccount::Missing => (
            live(say::business_center_ads_missing),
            Route::CreateAdsAccount,
            say::go_create_ads_account,
        ),
        AdsAccount::Created { business } => (
            live(move || say::ads_account_created_text(&business.name)),
            Route::Welcome,
            say::go_welcome,
        ),
        AdsAccount::Complete { business, .. } => (
            live(move || say::ads_account_complete_text(&business.name)),
            Route::Campaigns,
            say::go_campaigns,
        ),
    };
    view! {
        <Card title=live(say::tiktok_ads_manager) text=words>
            <div class="form-actions">
                <ButtonLink href=to.address() kind=ButtonKind::Primary>{label}</ButtonLink>
            </div>
        </Card>
    }
}

/// The business account, and who is linked to it.
#[component]
fn BusinessAccount(profile: Profile, business: Option<String>) -> impl IntoView {
    let Profile {
        email,
        region,
        tiktok,
        ..
    } = profile;
    let settings = Route::Profile { dialog: None }.address();
    let is_linked = tiktok.is_some();
    let link = {
        let settings = settings.clone();
        move || {
            let words = if is_linked {
                say::business_center_manage
            } else {
                say::link_tiktok_account
            };
            view! { <Link href=settings.clone()>{words}</Link> }
        }
    };
    view! {
        <Card title=live(say::business_center_account)>
            <Descriptions>
                <DescriptionRow label=live(|| text::label(Field::BusinessName))>
                    {move || business.clone().unwrap_or_else(say::business_center_not_named)}
                </DescriptionRow>
                <DescriptionRow label=live(say::tiktok_account) action=link>
                    {match tiktok {
                        Some(profile) => view! { <AccountBadge profile/> }.into_any(),
                        None => view! {
                            <span class="fact-open">{say::business_center_not_linked}</span>
                        }
                        .into_any(),
                    }}
                </DescriptionRow>
                <DescriptionRow label=live(|| text::label(Field::Email))>
                    {move || email.as_ref().map_or_else(say::profile_none, ToString::to_string)}
                </DescriptionRow>
                <DescriptionRow label=live(|| text::label(Field::Region))>
                    {move || region.map_or_else(say::profile_none, intl::country)}
                </DescriptionRow>
            </Descriptions>
        </Card>
    }
}
