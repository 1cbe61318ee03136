//! Settings > Personal Info > Profile (journeys J4 and J4x), with its dialogs.

use super::{Linked, NotLinked, PersonalInfo, ReviewLink, TikTokAccount, Unlink, Unlinking};
use crate::document;
use crate::features::authorization::{Departure, UnableToLink};
use crate::features::confirm::ConfirmDialog;
use crate::features::transfer::TransferBanner;
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::{Page as _, ProfileDialog, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{Avatar, Card, DescriptionRow, Descriptions, Link, PageHeading, Show};
use contract::account::{GetProfile, Profile as Read};
use contract::authorization::Purpose;
use domain::authorization::ReturnTo;
use domain::input::Field;
use domain::link::LogInMethods;
use leptos::prelude::*;

/// What a link from here is begun for.
const LINK: Purpose = Purpose::Link {
    to: ReturnTo::Profile,
};

#[component]
pub fn Profile(
    /// What is open over it.
    dialog: Memo<Option<ProfileDialog>>,
) -> impl IntoView {
    let read = Resource::of(GetProfile {});
    let again = Callback::new(move |()| read.again());
    view! {
        <Loaded resource=read show=move |read| view! { <Opened read dialog again/> }.into_any()/>
    }
}

/// What goes on by itself once the owner has confirmed who they are.
#[derive(Clone, Copy)]
enum Next {
    Nothing,
    Link,
    Unlink,
}

#[component]
fn Opened(read: Read, dialog: Memo<Option<ProfileDialog>>, again: Callback<()>) -> impl IntoView {
    let profile = RwSignal::new(read);
    let next = StoredValue::new(Next::Nothing);
    let go = StoredValue::new_local(Navigator::new());
    // A dialog that was left is not come back to.
    let open = move |dialog: Option<ProfileDialog>| {
        go.try_with_value(|go| go.replace(&Route::Profile { dialog }));
        if dialog.is_none() {
            // A dialog that was there from the start, or whose button has gone with the link, has
            // nowhere to give the focus back to.
            request_animation_frame(document::follow_heading);
        }
    };
    let close = Callback::new(move |()| open(None));
    let confirm_for = move |then| {
        Callback::new(move |()| {
            next.try_set_value(then);
            open(Some(ProfileDialog::Confirm));
        })
    };

    let departure = Departure::new(Some(confirm_for(Next::Link)));
    let was_unlinked = RwSignal::new(false);
    let unlinking = Unlinking::new(
        Callback::new(move |unlinked| {
            profile.try_set(unlinked);
            was_unlinked.try_set(true);
            open(None);
        }),
        confirm_for(Next::Unlink),
        // Somebody was faster, in another tab: what stands here is no longer so.
        Callback::new(move |()| {
            open(None);
            let _ = again.try_run(());
        }),
    );
    let confirmed = Callback::new(move |()| {
        let then = next.try_get_value().unwrap_or(Next::Nothing);
        next.try_set_value(Next::Nothing);
        match then {
            Next::Nothing => open(None),
            Next::Link => {
                open(None);
                departure.begin(LINK);
            }
            Next::Unlink => {
                open(Some(ProfileDialog::Unlink));
                unlinking.begin();
            }
        }
    });

    let dialogs = move || {
        let open = dialog.get()?;
        let read = profile.get();
        Some(match open {
            ProfileDialog::Linked => {
                view! { <Linked profile=read.tiktok on_close=close/> }.into_any()
            }
            ProfileDialog::UnableToLink => view! {
                <UnableToLink purpose=LINK on_close=close on_confirm_first=confirm_for(Next::Link)/>
            }
            .into_any(),
            ProfileDialog::Unlink => {
                view! { <Unlink profile=read unlinking on_close=close/> }.into_any()
            }
            ProfileDialog::ReviewLink => match read.tiktok {
                Some(profile) => {
                    view! { <ReviewLink profile unlinking on_close=close/> }.into_any()
                }
                None => view! { <NotLinked on_close=close/> }.into_any(),
            },
            ProfileDialog::Confirm => view! {
                <ConfirmDialog
                    methods=read.methods
                    on_confirmed=confirmed
                    on_close=close
                />
            }
            .into_any(),
        })
    };
    let transfer = Memo::new(move |_| profile.with(|profile| profile.transfer.clone()));
    let stopped = Callback::new(move |read| {
        profile.try_set(read);
    });
    let ask_unlink = Callback::new(move |()| open(Some(ProfileDialog::Unlink)));
    view! {
        <Head profile/>
        <TransferBanner transfer on_stopped=stopped/>
        <div class="sections">
            <TikTokAccount profile departure purpose=LINK was_unlinked on_unlink=ask_unlink/>
            <LogInCard profile/>
            <PersonalInfo profile/>
        </div>
        {dialogs}
    }
}

/// Whose profile it is.
#[component]
fn Head(profile: RwSignal<Read>) -> impl IntoView {
    let name = Memo::new(move |_| profile.with(|profile| profile.name.clone()));
    let email = Memo::new(move |_| profile.with(|profile| profile.email.clone()));
    let session = use_session();
    // Who gave no name is called by their address, or by their TikTok account.
    let called = Memo::new(move |_| session.member().map(|member| member.name));
    let face = Signal::derive(move || called.get().unwrap_or_else(|| name.get()));
    let words = move || {
        let parts = [
            Some(name.get()).filter(|name| !name.is_empty()),
            email.get(),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    };
    view! {
        <div class="profile-head">
            <Avatar name=face large=true/>
            <div class="profile-head-words">
                <PageHeading text=live(say::profile_title)/>
                <p class="muted">{words}</p>
            </div>
        </div>
    }
}

/// What logs in to the account.
#[component]
fn LogInCard(profile: RwSignal<Read>) -> impl IntoView {
    let methods = Memo::new(move |_| profile.with(|profile| profile.methods));
    let email = Memo::new(move |_| profile.with(|profile| profile.email.clone()));
    let region = move || {
        let region = profile.with(|profile| profile.region);
        region.map_or_else(say::profile_none, intl::country)
    };
    let set_email = move || {
        let words = move || {
            email.with(|email| match email {
                Some(_) => say::change_email(),
                None => say::profile_set_email(),
            })
        };
        view! { <Link href=Route::AddEmail.address()>{words}</Link> }
    };
    view! {
        <Card title=live(say::profile_log_in) text=live(move || summary(methods.get()))>
            <Descriptions>
                <DescriptionRow label=live(|| text::label(Field::Email)) action=set_email>
                    {move || email.get().unwrap_or_else(say::profile_none)}
                </DescriptionRow>
                <Show when=move || methods.get().email_and_password>
                    <DescriptionRow label=live(|| text::label(Field::Password))>
                        <Link href=Route::ChangePassword.address()>{say::change_password}</Link>
                    </DescriptionRow>
                </Show>
                <DescriptionRow label=live(say::passkeys)>
                    <Link href=Route::Passkeys.address()>{say::passkeys_see}</Link>
                </DescriptionRow>
                <DescriptionRow label=live(say::sessions)>
                    <Link href=Route::Sessions.address()>{say::sessions_see}</Link>
                </DescriptionRow>
                <DescriptionRow label=live(say::my_data)>
                    <Link href=Route::MyData.address()>{say::my_data_open}</Link>
                </DescriptionRow>
                <DescriptionRow label=live(|| text::label(Field::Region))>{region}</DescriptionRow>
            </Descriptions>
        </Card>
    }
}

fn summary(methods: LogInMethods) -> String {
    let has_passkey = methods.passkeys > 0;
    let without_passkeys = match (methods.email_and_password, methods.tiktok) {
        (true, true) => say::profile_log_in_by_both(),
        (true, false) => say::profile_log_in_by_email(),
        (false, true) if has_passkey => return say::profile_log_in_by_tiktok_or_passkey(),
        (false, true) => say::profile_log_in_by_tiktok(),
        (false, false) => return say::profile_log_in_by_passkey(),
    };
    if has_passkey {
        format!(
            "{without_passkeys} {}",
            say::profile_log_in_by_passkey_too()
        )
    } else {
        without_passkeys
    }
}
