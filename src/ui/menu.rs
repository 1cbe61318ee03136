//! A button that opens a short list of things to do and places to go.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Glyph, Icon};

/// A menu button and its menu, by the WAI-ARIA pattern: arrows move, Home and End jump, Escape
/// and Tab close, a choice closes. Where something stands below the menu, Tab leads there.
#[component]
pub fn Menu(
    /// The name of the field of its ids, unique on a page.
    #[prop(into)]
    name: String,
    /// The words of the button, where its content is not words.
    #[prop(into)]
    label: Signal<String>,
    /// What is seen on the button; without it, three dots.
    #[prop(optional, into)]
    trigger: Option<ViewFnOnce>,
    /// What stands above the menu, to be read alone.
    #[prop(optional, into)]
    head: Option<ViewFnOnce>,
    /// Fields below the menu, which stays open while they are used.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    /// Told whenever it opens.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// `MenuLink`s, `MenuButton`s and `MenuDivider`s.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let popup = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Div>::new();
    let mut list_id = name;
    list_id.insert_str(0, "menu-");

    let items = move || {
        list.get_untracked()
            .map(|list| items_of(&list))
            .unwrap_or_default()
    };
    // The list is shown before something in it can be focused, and an effect would come later.
    let show = move |index: Option<usize>| {
        open.set(true);
        if let Some(on_open) = on_open {
            on_open.run(());
        }
        if let Some((popup, list)) = popup.get_untracked().zip(list.get_untracked()) {
            popup.set_hidden(false);
            let items = items();
            let item = index.and_then(|index| items.get(index.min(items.len().saturating_sub(1))));
            let _ = item.map_or_else(|| list.focus(), web_sys::HtmlElement::focus);
        }
    };
    let hide = move |back: bool| {
        open.set(false);
        if back && let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };

    let button_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "Enter" | " " => {
            event.prevent_default();
            show(Some(0));
        }
        "ArrowUp" => {
            event.prevent_default();
            show(Some(usize::MAX));
        }
        _ => {}
    };
    let has_foot = foot.is_some();
    let popup_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            hide(true);
        }
    };
    let list_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Tab" && (!has_foot || event.shift_key()) {
            hide(true);
        } else {
            go_about(&items(), &event);
        }
    };
    let focus_out = move |event: ev::FocusEvent| {
        // A focused item that leaves with its page sends this when all else is gone.
        if open.try_get_untracked().is_some() && !goes_within(&event, root) {
            open.set(false);
        }
    };

    view! {
        <div class="menu" node_ref=root on:focusout=focus_out>
            <button
                class="menu-button"
                type="button"
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=list_id.clone()
                aria-label=move || label.get()
                on:keydown=button_key
                on:click=move |_| if open.get_untracked() { hide(true) } else { show(None) }
            >
                {seen(trigger)}
            </button>
            <div
                class="menu-popup"
                node_ref=popup
                prop:hidden=move || !open.get()
                on:keydown=popup_key
            >
                {head.map(|head| view! { <div class="menu-head">{head.run()}</div> })}
                <div
                    class="menu-list"
                    role="menu"
                    tabindex="-1"
                    node_ref=list
                    id=list_id
                    aria-label=move || label.get()
                    on:keydown=list_key
                    on:click=move |_| hide(true)
                >
                    {children()}
                </div>
                // A press between its fields takes the focus no further than here.
                {foot.map(|foot| view! { <div class="menu-foot" tabindex="-1">{foot.run()}</div> })}
            </div>
        </div>
    }
}

/// What is seen on the button. The dots are no glyph of `Icon`: all of those travel to guests, who
/// meet no such menu.
fn seen(trigger: Option<ViewFnOnce>) -> AnyView {
    match trigger {
        Some(trigger) => view! {
            {trigger.run()}
            <Icon glyph=Glyph::ChevronDown/>
        }
        .into_any(),
        None => view! {
            <svg class="icon menu-dots" viewBox="0 0 24 24" aria-hidden="true">
                <path d="M5 12h.01M12 12h.01M19 12h.01"></path>
            </svg>
        }
        .into_any(),
    }
}

/// Gives the focus to the item that a key leads to, where it leads to one.
fn go_about(items: &[web_sys::HtmlElement], event: &ev::KeyboardEvent) {
    let focused = document().active_element();
    let at = items
        .iter()
        .position(|item| focused.as_ref() == Some(item.as_ref()));
    let end = items.len().saturating_sub(1);
    let Some(next) = next_item(&event.key(), at, end) else {
        return;
    };
    event.prevent_default();
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}

/// Whether the focus stays within `root`.
fn goes_within(event: &ev::FocusEvent, root: NodeRef<html::Div>) -> bool {
    let to = event
        .related_target()
        .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    root.get_untracked()
        .is_some_and(|root| root.contains(to.as_ref()))
}

/// The item to which a key leads, from the one at `at` in a list that ends with `end`.
pub(super) fn next_item(key: &str, at: Option<usize>, end: usize) -> Option<usize> {
    match key {
        "ArrowDown" => Some(at.map_or(0, |at| if at == end { 0 } else { at + 1 })),
        "ArrowUp" => Some(at.map_or(end, |at| if at == 0 { end } else { at - 1 })),
        "Home" => Some(0),
        "End" => Some(end),
        _ => None,
    }
}

/// The items of a menu in their order.
fn items_of(list: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}

/// An item that leads elsewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional, into)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=move || href.get()>
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            <span>{children()}</span>
        </a>
    }
}

/// An item that does something here.
#[component]
pub fn MenuButton(
    #[prop(into)] on_click: Callback<()>,
    #[prop(optional, into)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="menu-item"
            role="menuitem"
            type="button"
            tabindex="-1"
            on:click=move |_| on_click.run(())
        >
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            <span>{children()}</span>
        </button>
    }
}

/// A line between two groups of items.
#[component]
pub fn MenuDivider() -> impl IntoView {
    view! { <div class="menu-divider" role="separator"></div> }
}
