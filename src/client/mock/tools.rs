//! The tools of a demonstration in the tab: the outbox, the accounts, the clock, a new start.

use super::keep::Keep;
use crate::client::{Client, use_client};
use crate::intl;
use crate::text::live;
use crate::text::say;
use crate::ui::{Button, ButtonKind, DescriptionRow, Descriptions, Dialog};
use ::mock::{Sent, personas};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Minutes that outlive every authorization, proof and fresh session.
const JUMP_MINUTES: u64 = 11;
const DAY_MINUTES: u64 = 24 * 60;

/// A button that opens the tools.
#[component]
pub fn Tools() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| open.set(true))>
            {say::demo_tools}
        </Button>
        <Show when=move || open.get()>
            <Drawer on_close=Callback::new(move |()| open.set(false))/>
        </Show>
    }
}

#[component]
fn Drawer(on_close: Callback<()>) -> impl IntoView {
    let keep = StoredValue::new_local(match use_client() {
        Client::Http => Keep::default(),
        Client::Mock(mock) => mock.keep(),
    });
    let letters = LocalResource::new(move || {
        let keep = keep.get_value();
        async move { keep.letters().await }
    });
    let advance = move |minutes: u64| {
        let keep = keep.get_value();
        spawn_local(async move { keep.advance(minutes).await });
    };
    let reset = move |()| {
        let keep = keep.get_value();
        spawn_local(async move {
            keep.reset().await;
            if let Some(window) = web_sys::window() {
                // It refuses nothing here.
                let _ = window.location().reload();
            }
        });
    };
    view! {
        <Dialog title=live(say::demo_tools) close_label=live(say::close) on_close=on_close>
            <section class="stack-tight">
                <h3>{say::demo_outbox}</h3>
                {move || letters.get().map(|letters| view! { <Letters letters/> })}
            </section>
            <Accounts/>
            <div class="row">
                <Button
                    kind=ButtonKind::Secondary
                    on_click=Callback::new(move |()| advance(JUMP_MINUTES))
                >
                    {say::demo_clock}
                </Button>
                <Button
                    kind=ButtonKind::Secondary
                    on_click=Callback::new(move |()| advance(DAY_MINUTES))
                >
                    {say::demo_clock_day}
                </Button>
                <Button kind=ButtonKind::Danger on_click=Callback::new(reset)>
                    {say::demo_reset}
                </Button>
            </div>
        </Dialog>
    }
}

/// Who can log in, here and at TikTok. Their names say what they show.
#[component]
fn Accounts() -> impl IntoView {
    let here = personas::BUSINESS.iter().filter_map(|it| it.email);
    let at_tiktok = personas::TIKTOK.iter().map(|it| it.username);
    view! {
        <section class="stack-tight">
            <h3>{say::demo_accounts}</h3>
            <p>{move || say::demo_password(personas::PASSWORD)}</p>
            <Descriptions>
                <DescriptionRow label=live(say::app_name)>
                    {here.collect::<Vec<_>>().join(", ")}
                </DescriptionRow>
                <DescriptionRow label=live(say::demo_tiktok)>
                    {at_tiktok.collect::<Vec<_>>().join(", ")}
                </DescriptionRow>
            </Descriptions>
        </section>
    }
}

#[component]
fn Letters(letters: Vec<Sent>) -> impl IntoView {
    if letters.is_empty() {
        return view! { <p>{say::demo_outbox_empty}</p> }.into_any();
    }
    letters
        .into_iter()
        .map(|letter| {
            let at = letter.at;
            view! {
                <article class="letter" lang=letter.language>
                    <h4>{letter.subject}</h4>
                    <p>{letter.to} " · " {move || intl::date_time(at)}</p>
                    <p class="letter-text">{letter.text}</p>
                </article>
            }
        })
        .collect_view()
        .into_any()
}
