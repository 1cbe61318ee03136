//! The setup guide: what an account needs before its first ad, and which of it comes next. It is gone once
//! all is done.

use crate::intl;
use crate::route::{Page as _, Route};
use crate::text::{self, live, say};
use crate::ui::{ButtonKind, ButtonLink, Glyph, Icon};
use contract::account::Profile;
use contract::drafts::DraftRow;
use domain::ads_account::AdsAccount;
use domain::draft::Stage;
use domain::input::Field;
use domain::rollout::Availability;
use leptos::prelude::*;

/// Something that is set up once.
struct Task {
    name: fn() -> String,
    /// How it is done; nothing once it is.
    left: Option<Left>,
}

struct Left {
    /// What it is for.
    text: Signal<String>,
    to: Route,
    label: fn() -> String,
}

/// The tasks in their order.
fn tasks(profile: &Profile, ads_account: &AdsAccount, drafts: &[DraftRow]) -> Vec<Task> {
    let email = profile.email.is_none().then(|| Left {
        text: live(say::add_email_lead),
        to: Route::AddEmail,
        label: say::go_add_email,
    });
    let completion = |text| Left {
        text,
        to: Route::Welcome,
        label: say::go_welcome,
    };
    let (creation, completion) = match ads_account {
        AdsAccount::Missing => {
            let account = Left {
                text: live(say::business_center_ads_missing),
                to: Route::CreateAdsAccount,
                label: say::go_create_ads_account,
            };
            (
                Some(account),
                Some(completion(live(say::campaigns_incomplete))),
            )
        }
        AdsAccount::Created { business } => {
            let name = business.name.clone();
            let text = live(move || say::ads_account_created_text(&name));
            (None, Some(completion(text)))
        }
        AdsAccount::Complete { .. } => (None, None),
    };
    let link = profile.tiktok.is_none().then(|| Left {
        text: live(say::profile_not_linked_text),
        to: Route::Profile { dialog: None },
        label: say::link_tiktok_account,
    });
    let has_finished = drafts.iter().any(|row| row.stage == Stage::Finished);
    let campaign = (!has_finished).then(|| Left {
        text: live(say::campaigns_none_text),
        to: Route::Campaigns,
        label: say::go_campaigns,
    });
    // Where none can be linked, nobody is asked to.
    let is_gated = link.is_some() && profile.availability != Availability::Available;
    let link = (!is_gated).then_some(Task {
        name: say::tiktok_account,
        left: link,
    });
    let task = |name, left| Some(Task { name, left });
    let all = [
        // Whoever reads this has one.
        task(say::business_center_account as fn() -> String, None),
        task(|| text::label(Field::Email), email),
        task(say::guide_ad_account, creation),
        task(say::guide_address, completion),
        link,
        task(say::guide_campaign, campaign),
    ];
    all.into_iter().flatten().collect()
}

/// The guide; nothing once all is done.
pub(super) fn guide(
    profile: &Profile,
    ads_account: &AdsAccount,
    drafts: &[DraftRow],
) -> Option<AnyView> {
    let tasks = tasks(profile, ads_account, drafts);
    let next = tasks.iter().position(|task| task.left.is_some())?;
    let all = tasks.len();
    let done = tasks.iter().filter(|task| task.left.is_none()).count();
    let count = |count: usize| intl::number(u32::try_from(count).unwrap_or(u32::MAX));
    let progress = live(move || say::guide_progress(&count(all), &count(done)));
    let row = move |(place, Task { name, left }): (usize, Task)| {
        let is_done = left.is_none();
        let mark = is_done.then(|| {
            view! {
                <Icon glyph=Glyph::Check/>
                <span class="visually-hidden">{say::guide_done}</span>
            }
        });
        let open = left
            .filter(|_| place == next)
            .map(|Left { text, to, label }| {
                view! {
                    <p class="muted">{move || text.get()}</p>
                    <ButtonLink href=to.address() kind=ButtonKind::Primary>{label}</ButtonLink>
                }
            });
        view! {
            <li class="guide-task">
                <span class="guide-mark" class=("guide-marked", is_done)>{mark}</span>
                <div class="guide-words">
                    <h3 class="guide-name" class=("guide-next", place == next)>{name}</h3>
                    {open}
                </div>
            </li>
        }
        .into_any()
    };
    let rows = tasks.into_iter().enumerate().map(row).collect_view();
    Some(
        view! {
            <section class="card">
                <div class="row row-between">
                    <h2 class="card-title">{say::guide_title}</h2>
                    <span class="muted">{move || progress.get()}</span>
                </div>
                <progress
                    class="guide-bar"
                    max=all.to_string()
                    value=done.to_string()
                    aria-label=move || progress.get()
                ></progress>
                <ol class="lines">{rows}</ol>
            </section>
        }
        .into_any(),
    )
}
