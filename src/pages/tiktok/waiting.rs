//! Nothing came back from TikTok: its page was closed, or showed an error of its own. What has
//! come back by now leads on to its own page.

use crate::features::authorization::TryAgain;
use crate::intl;
use crate::layout::Loaded;
use crate::navigate::Navigator;
use crate::resource::Resource;
use crate::route::{Page as _, Route};
use crate::text::{live, say};
use crate::ui::{ButtonKind, ButtonLink, Glyph, ProblemPanel, Skeleton, effect};
use contract::authorization::{AuthorizationStatus, GetAuthorization, LastAuthorization, Purpose};
use leptos::prelude::*;

#[component]
pub fn Waiting() -> impl IntoView {
    let last = Resource::of(GetAuthorization {});
    let show = |LastAuthorization {
                    purpose,
                    to,
                    status,
                    ..
                }: LastAuthorization| match status {
        AuthorizationStatus::None => view! { <Nothing/> }.into_any(),
        AuthorizationStatus::Pending { left_s } => {
            view! { <Pending purpose=purpose left_s=left_s/> }.into_any()
        }
        AuthorizationStatus::Proved { .. } | AuthorizationStatus::Ended { .. } => {
            view! { <CameBack to=to/> }.into_any()
        }
    };
    view! { <Loaded resource=last show=show/> }
}

#[component]
fn Pending(purpose: Option<Purpose>, left_s: u32) -> impl IntoView {
    let until = intl::in_seconds(left_s);
    view! {
        <ProblemPanel
            glyph=Glyph::Clock
            title=live(say::waiting_title)
            text=live(move || say::waiting_text(&intl::time(until)))
        >
            {purpose.map(|purpose| view! { <TryAgain purpose=purpose/> })}
        </ProblemPanel>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <ProblemPanel
            glyph=Glyph::Info
            title=live(say::waiting_none_title)
            text=live(say::waiting_none_text)
        >
            <ButtonLink href=Route::Home.address() kind=ButtonKind::Primary>{say::go_home}</ButtonLink>
        </ProblemPanel>
    }
}

#[component]
fn CameBack(to: Route) -> impl IntoView {
    let go = StoredValue::new_local(Navigator::new());
    effect(move || go.with_value(|go| go.replace(&to)));
    view! { <Skeleton label=live(say::loading)/> }
}
