//! The identity of an ad: the linked TikTok account, or the way to link one (journeys J5, J4x).

use crate::choices;
use crate::features::authorization::{Departure, TikTokButton, UnableToLink};
use crate::features::confirm::ConfirmDialog;
use crate::form::Form;
use crate::json;
use crate::layout::Loaded;
use crate::pages::campaign::editor::DraftEditor;
use crate::resource::Resource;
use crate::route::CampaignScreen;
use crate::text::{live, say};
use crate::ui::{
    Avatar, Card, FieldError, FieldProps, RadioCard, RadioCards, Show, Switch, effect,
};
use contract::account::{GetProfile, Profile};
use contract::authorization::Purpose;
use domain::authorization::{ReturnTo, TikTokProfile};
use domain::draft::{Delivery, Step};
use domain::input::Field;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// "Identity".
#[component]
pub fn IdentityCard(
    editor: DraftEditor,
    form: Form,
    /// Whether "Unable to link" is open over it.
    unable_to_link: Signal<bool>,
) -> impl IntoView {
    let typed = editor.typed();
    let purpose = Purpose::Link {
        to: ReturnTo::Ad {
            draft: editor.draft,
        },
    };
    let confirming = RwSignal::new(false);
    let confirm = Callback::new(move |()| {
        confirming.try_set(true);
    });
    let departure = Departure::new(Some(confirm));
    let linked = Memo::new(move |_| {
        let profile = |view: &contract::drafts::DraftView| {
            view.identity.as_ref().map(|it| it.profile.clone())
        };
        editor.view.with(profile)
    });
    choose(editor);
    let is_chosen = move || !typed.delivery.with(String::is_empty);
    let delivery = choices::cards(|| {
        vec![RadioCard::new(
            json::word(Delivery::BusinessAccount),
            say::ad_delivery_title(),
            say::ad_delivery_text(),
        )]
    });
    // It leaves by itself, once the draft is saved.
    let save_and_leave = move |()| {
        spawn_local(async move {
            // The page may have been left meanwhile.
            if editor.save(Step::Ad).await && departure.pending().try_get_untracked().is_some() {
                departure.begin(purpose);
            }
        });
        None
    };
    let link = move || {
        view! {
            <div class="stack">
                <p class="muted">{say::ad_link_account_text}</p>
                <div>
                    <TikTokButton
                        departure=departure
                        purpose=Callback::new(save_and_leave)
                        label=live(say::ad_link_account)
                    />
                </div>
            </div>
        }
    };
    let close = Callback::new(move |()| editor.open_instead(CampaignScreen::Ad));
    let leave = Callback::new(move |()| {
        confirming.try_set(false);
    });
    let confirmed = Callback::new(move |()| {
        confirming.try_set(false);
        // From "Unable to link" another account is wanted: that begins there.
        if unable_to_link.try_get_untracked() == Some(false) {
            departure.begin(purpose);
        }
    });
    view! {
        <Card>
            <Switch
                field=form.field(Field::Identity).hint(live(say::ad_identity_hint))
                checked=typed.identity_on
            />
            <Show when=move || typed.identity_on.get()>
                <RadioCards
                    field=FieldProps::new("delivery", live(say::ad_delivery))
                    value=typed.delivery
                    options=delivery
                    hide_legend=true
                />
                <Show when=is_chosen>
                    {move || match linked.get() {
                        Some(profile) => view! { <Chosen editor profile/> }.into_any(),
                        None => link().into_any(),
                    }}
                </Show>
                <p class="small muted">
                    {move || say::labelled(
                        &say::ad_custom_identity_title(),
                        &say::ad_custom_identity_text(),
                    )}
                </p>
            </Show>
            <FieldError name=Field::Identity.name() error=form.error(Field::Identity)/>
        </Card>
        <Show when=move || unable_to_link.get() && !confirming.get()>
            <UnableToLink purpose=purpose on_close=close on_confirm_first=confirm/>
        </Show>
        <Show when=move || confirming.get()>
            <Confirm on_confirmed=confirmed on_close=leave/>
        </Show>
    }
}

/// There is one way to deliver, so it comes with the switch; whoever has a link finds it on.
fn choose(editor: DraftEditor) {
    let typed = editor.typed();
    let is_begun = untrack(|| editor.contents.with(|contents| contents.is_begun(Step::Ad)));
    let is_linked = untrack(|| editor.view.with(|view| view.identity.is_some()));
    if is_linked && !is_begun {
        typed.identity_on.set(true);
    }
    effect(move || {
        if typed.identity_on.get() && untrack(|| typed.delivery.with(String::is_empty)) {
            typed.delivery.set(json::word(Delivery::BusinessAccount));
        }
    });
}

/// "Confirm that it's you", once it is known by what.
#[component]
fn Confirm(on_confirmed: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let read = Resource::of(GetProfile {});
    let show = move |profile: Profile| {
        view! { <ConfirmDialog methods=profile.methods on_confirmed on_close/> }.into_any()
    };
    view! { <Loaded resource=read show=show/> }
}

/// The linked account, under whose name the ad runs.
#[component]
fn Chosen(editor: DraftEditor, profile: TikTokProfile) -> impl IntoView {
    let TikTokProfile {
        display_name,
        username,
        avatar_url,
    } = profile;
    let name = display_name.clone();
    view! {
        <div class="identity" role="group" aria-label=say::ad_identity_linked>
            <Avatar
                name=Signal::stored(name)
                picture=Signal::stored(avatar_url)
                large=true
            />
            <div class="identity-words">
                <p class="identity-name">{display_name}</p>
                {username.map(|username| view! { <p class="muted">"@" {username}</p> })}
            </div>
            <span class="tag">{say::ad_identity_chosen}</span>
        </div>
        <Switch
            field=FieldProps::new("ads_only", live(say::ad_ads_only)).hint(live(say::ad_ads_only_hint))
            checked=editor.typed().ads_only
        />
    }
}
