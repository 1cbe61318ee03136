//! Business Center: what is still to be set up, then what was worked on last and what is known of the
//! business.

mod guide;

use crate::choices;
use crate::client::{Client, Failure, use_client};
use crate::features::account_badge::AccountBadge;
use crate::intl;
use crate::layout::Loaded;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Card, DescriptionRow, Descriptions, Link, PageHeading};
use contract::account::{GetProfile, Profile};
use contract::ads::GetAdsAccount;
use contract::drafts::{DraftRow, ListDrafts};
use contract::session::AdsStage;
use domain::ads_account::{AdsAccount, Business};
use domain::input::Field;
use guide::guide;
use leptos::prelude::*;

/// How many campaigns are shown of those that were worked on last.
const RECENT: usize = 5;

/// All that the page shows.
#[derive(Clone)]
struct Overview {
    profile: Profile,
    ads_account: AdsAccount,
    drafts: Vec<DraftRow>,
}

#[component]
pub fn BusinessCenter() -> impl IntoView {
    let client = StoredValue::new_local(use_client());
    let session = use_session();
    // Without an ad account the host lists none.
    let has_drafts = move || {
        let stage = untrack(|| session.member()).map(|member| member.ads_account);
        match stage {
            Some(AdsStage::Created | AdsStage::Complete) => true,
            Some(AdsStage::Missing) | None => false,
        }
    };
    let read = Resource::new(move || client.with_value(|client| overview(client, has_drafts())));
    let show = |read: Overview| {
        let Overview {
            profile,
            ads_account,
            drafts,
        } = read;
        let guide = guide(&profile, &ads_account, &drafts);
        let recent = (!drafts.is_empty()).then(|| view! { <Recent drafts/> });
        let business = ads_account.business().cloned();
        view! {
            <PageHeading
                text=live(say::business_center)
                lead=live(say::business_center_lead)
            />
            <div class="overview">
                <div class="overview-work">{guide} {recent}</div>
                <Facts profile business/>
            </div>
        }
        .into_any()
    };
    view! { <Loaded resource=read show=show/> }
}

/// All are asked for at once.
fn overview(
    client: &Client,
    has_drafts: bool,
) -> impl Future<Output = Result<Overview, Failure>> + use<> {
    let profile = client.call(&GetProfile {});
    let ads = client.call(&GetAdsAccount {});
    let drafts = has_drafts.then(|| client.call(&ListDrafts {}));
    async move {
        Ok(Overview {
            profile: profile.await?,
            ads_account: ads.await?.account,
            drafts: match drafts {
                Some(drafts) => {
                    let mut list = drafts.await?;
                    list.take_untouched();
                    list.drafts
                }
                None => Vec::new(),
            },
        })
    }
}

/// The campaigns that were worked on last, with the way to all.
#[component]
fn Recent(drafts: Vec<DraftRow>) -> impl IntoView {
    let row = |row: DraftRow| {
        let DraftRow {
            id,
            name,
            stage,
            changed,
            ..
        } = row;
        let href = Route::Campaign {
            draft: id,
            screen: stage.into(),
        }
        .address();
        view! {
            <li class="row row-between">
                <div class="badge-words">
                    <Link href=href>{move || text::campaign(&name)}</Link>
                    <span class="muted">{move || intl::date_time(changed)}</span>
                </div>
                <span class="tag">{move || text::stage(stage)}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <Card title=live(say::business_center_recent)>
            <ul class="lines">{drafts.into_iter().take(RECENT).map(row).collect_view()}</ul>
            <p><Link href=Route::Campaigns.address()>{say::go_campaigns}</Link></p>
        </Card>
    }
}

/// What is known of the business, and who is linked to it.
#[component]
fn Facts(profile: Profile, business: Option<Business>) -> impl IntoView {
    let Profile {
        email,
        region,
        tiktok,
        ..
    } = profile;
    let settings = Route::Profile { dialog: None }.address();
    let manage = move || {
        view! { <Link href=settings.clone()>{say::business_center_manage}</Link> }
    };
    let business = business.map(|business| {
        let Business {
            name,
            currency,
            time_zone,
            ..
        } = business;
        view! {
            <DescriptionRow label=live(|| text::label(Field::BusinessName))>{name}</DescriptionRow>
            <DescriptionRow label=live(|| text::label(Field::Currency))>
                {move || intl::currency_name(currency)}
            </DescriptionRow>
            <DescriptionRow label=live(|| text::label(Field::TimeZone))>
                {move || choices::time_zone_with_offset(time_zone.as_str())}
            </DescriptionRow>
        }
        .into_any()
    });
    view! {
        <Card title=live(say::business_center_account)>
            <Descriptions>
                {business}
                <DescriptionRow label=live(say::tiktok_account) action=manage>
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
