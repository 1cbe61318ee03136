//! The fork after TikTok: a TikTok account that is new here gets a business account (journey J2),
//! or is linked to one that is there (J3).

use crate::choices;
use crate::features::account_bond::{AccountBond, business_end, tiktok_end};
use crate::features::authorization::{Departure, GateBanner};
use crate::features::log_out::use_log_out;
use crate::features::sign_up_fields::{CredentialsFields, RegionField, TermsField};
use crate::form::{FailureBanner, Form, FormShell};
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::{History, Navigator};
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::ui::{
    BondState, Button, ButtonKind, ButtonLink, FieldProps, Glyph, Link, PageHeading, ProblemPanel,
    RadioCard, RadioCards, Show,
};
use contract::authorization::{
    AuthorizationStatus, CreateAccount, GetAuthorization, LastAuthorization, LinkExisting, Purpose,
};
use contract::check::Check as _;
use domain::authorization::TikTokProfile;
use domain::email::Email;
use domain::id::AuthorizationId;
use domain::region::Country;
use domain::rollout::Availability;
use leptos::prelude::*;

/// The values of the cards.
const CREATE: &str = "create";
const LINK: &str = "link";

#[component]
pub fn ChooseAccount() -> impl IntoView {
    let last = Resource::of(GetAuthorization {});
    let show = |LastAuthorization {
                    id,
                    purpose,
                    status,
                    ..
                }: LastAuthorization| match (purpose, status) {
        (
            Some(Purpose::LogIn),
            AuthorizationStatus::Proved {
                profile, left_s, ..
            },
        ) => view! { <Fork id=id profile=profile left_s=left_s/> }.into_any(),
        (
            Some(Purpose::LogIn | Purpose::SignUp { .. } | Purpose::Link { .. } | Purpose::Confirm)
            | None,
            AuthorizationStatus::None
            | AuthorizationStatus::Pending { .. }
            | AuthorizationStatus::Proved { .. }
            | AuthorizationStatus::Ended { .. },
        ) => view! { <Gone/> }.into_any(),
    };
    view! { <Loaded resource=last show=show/> }
}

/// No proof waits: it was used, is too old, or never came.
#[component]
fn Gone() -> impl IntoView {
    let session = use_session();
    // Whoever came back to it is logged in by now.
    let way = move || match session.member() {
        Some(_) => view! {
            <ButtonLink href=Route::Home.address() kind=ButtonKind::Primary>
                {say::outcome_go_on}
            </ButtonLink>
        }
        .into_any(),
        None => view! {
            <ButtonLink href=Route::LogIn { then: None }.address() kind=ButtonKind::Primary>
                {say::log_in}
            </ButtonLink>
        }
        .into_any(),
    };
    view! {
        <ProblemPanel
            glyph=Glyph::Clock
            title=live(say::choose_account_gone_title)
            text=live(say::choose_account_gone_text)
        >
            {way}
        </ProblemPanel>
    }
}

/// The choice, with what each side of it asks for.
#[component]
fn Fork(
    /// The authorization that proved it.
    id: Option<AuthorizationId>,
    profile: TikTokProfile,
    left_s: u32,
) -> impl IntoView {
    let departure = Departure::new(None);
    let choice = RwSignal::new(String::new());
    // What is typed stays when the other side is looked at.
    let typed = Typed {
        authorization: id,
        region: RwSignal::new(String::new()),
        terms: RwSignal::new(false),
        email: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
    };
    // An address that isn't whole is nobody's yet.
    let linked_to = move || {
        let email = typed.email.get();
        let is_shown = choice.with(|choice| choice == LINK) && Email::parse(&email).is_ok();
        if is_shown { email } else { String::new() }
    };
    let until = intl::in_seconds(left_s);
    let cards = choices::cards(|| {
        vec![
            RadioCard::new(
                CREATE,
                say::choose_account_create_title(),
                say::choose_account_create_text(),
            ),
            RadioCard::new(
                LINK,
                say::choose_account_link_title(),
                say::choose_account_link_text(),
            ),
        ]
    });
    view! {
        <PageHeading
            text=live(say::choose_account_title)
            lead=live(say::choose_account_lead)
        />
        <AccountBond
            state=BondState::Waiting
            tiktok=tiktok_end(profile)
            business=business_end(Signal::derive(linked_to))
        />
        <div class="fork-account">
            <Button
                kind=ButtonKind::Quiet
                pending=departure.pending()
                on_click=Callback::new(move |()| departure.begin(Purpose::LogIn))
            >
                {say::choose_account_another}
            </Button>
            <Button kind=ButtonKind::Quiet on_click=use_log_out()>
                {say::choose_account_not_me}
            </Button>
        </div>
        <FailureBanner failure=departure.failure()/>
        <FailureBanner failure=use_session().log_out_failure()/>
        <RadioCards
            field=FieldProps::new("choice", live(say::choose_account_legend))
            value=choice
            options=cards
        />
        <p class="muted small">{say::choose_account_no_merge}</p>
        {move || choice.with(|choice| match choice.as_str() {
            CREATE => view! { <Create typed=typed/> }.into_any(),
            LINK => view! { <LinkForm typed=typed/> }.into_any(),
            _ => ().into_any(),
        })}
        <p class="auth-switch small">
            {move || say::choose_account_until(&intl::time(until))} " "
            <Link href=Route::LogIn { then: None }.address()>{say::choose_account_again}</Link>
        </p>
    }
}

/// What is typed on both sides, and for which proof.
#[derive(Clone, Copy)]
struct Typed {
    authorization: Option<AuthorizationId>,
    region: RwSignal<String>,
    terms: RwSignal<bool>,
    email: RwSignal<String>,
    password: RwSignal<String>,
}

#[component]
fn Create(typed: Typed) -> impl IntoView {
    let session = use_session();
    let go = StoredValue::new_local(Navigator::new());
    let Typed { region, terms, .. } = typed;
    let known = move || session.known().and_then(|session| session.region);
    // Once chosen it is known, and still can be changed.
    let asks_region =
        region.with_untracked(|region| !region.is_empty()) || untrack(known).is_none();
    let request = move || CreateAccount {
        authorization: typed.authorization,
        terms: terms.get(),
        region: region.with(|region| Country::parse(region).ok()),
        language: text::language(),
    };
    let form = Form::new(move || request().check().err());
    let submit = move |()| {
        let request = CreateAccount {
            region: untrack(|| request().region.or_else(known)),
            ..untrack(request)
        };
        let go = go.get_value();
        form.submit(&request, async move |moved| {
            // The proof is used: Back must not return to the fork.
            go.follow(&moved.to, History::Replace).await;
        });
    };
    let choose_region = move |()| {
        if let Ok(country) = Country::parse(&region.get_untracked()) {
            session.choose_region(country);
        }
    };
    view! {
        <FormShell form=form on_submit=Callback::new(submit)>
            {asks_region.then(|| view! {
                <RegionField form=form value=region on_change=Callback::new(choose_region)/>
            })}
            <Show when=move || session.tiktok() != Availability::Available>
                <GateBanner/>
            </Show>
            <TermsField form=form agreed=terms/>
            <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                {say::confirm}
            </Button>
        </FormShell>
    }
}

/// A business account that is there.
#[component]
fn LinkForm(typed: Typed) -> impl IntoView {
    let go = StoredValue::new_local(Navigator::new());
    let Typed {
        email, password, ..
    } = typed;
    let request = move || LinkExisting {
        authorization: typed.authorization,
        email: email.get(),
        password: password.get(),
    };
    let form = Form::new(move || request().check().err());
    let submit = move |()| {
        let go = go.get_value();
        form.submit(&untrack(request), async move |moved| {
            go.follow(&moved.to, History::Replace).await;
        });
    };
    view! {
        <FormShell form=form on_submit=Callback::new(submit)>
            <p class="muted">{say::choose_account_link_hint}</p>
            <CredentialsFields form email password/>
            <Button kind=ButtonKind::Primary submit=true wide=true pending=form.pending()>
                {say::confirm}
            </Button>
        </FormShell>
    }
}
