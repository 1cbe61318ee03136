//! The pages around the app: which one an address means, and the bar above all of them.

use super::address::{self, Tool};
use super::comparison::Comparison;
use super::components::Components;
use super::gallery::Gallery;
use super::map::Map;
use super::stage::Stage;
use super::state::State;
use super::tool_text::{choose_other, is_vietnamese, tool};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use portal::route::Route;
use portal::{boot, text};
use wasm_bindgen_futures::spawn_local;

pub fn start(state: State) {
    if let Some(page) = document().document_element() {
        // It refuses only names that are none.
        let _ = page.set_attribute("lang", if is_vietnamese() { "vi" } else { "en" });
    }
    spawn_local(async move {
        // The parts that the app shares with the tools have words of the app's.
        text::begin().await;
        if let Some(page) = document().document_element() {
            // As above: the tools' own language.
            let _ = page.set_attribute("lang", if is_vietnamese() { "vi" } else { "en" });
        }
        boot::stop_waiting();
        mount_to_body(move || view! { <Page state/> });
    });
}

/// The address of a tool.
pub fn address_of(tool: Tool) -> String {
    format!("{}?{}", address::folder(), address::at(tool.path()))
}

fn name(tool: Tool) -> String {
    match tool {
        Tool::Gallery => tool::gallery(),
        Tool::Comparison => tool::beside(),
        Tool::Map => tool::map(),
        Tool::Components => tool::components(),
    }
}

#[component]
fn Page(state: State) -> impl IntoView {
    let here = Tool::ALL
        .into_iter()
        .find(|tool| state.at.as_deref() == Some(tool.path()));
    let title = here.map_or_else(tool::stage, name);
    document().set_title(&format!("{title} · {}", tool::title()));
    let links = Tool::ALL.map(|tool| {
        let current = (here == Some(tool)).then_some("page");
        view! { <li><a href=address_of(tool) aria-current=current>{name(tool)}</a></li> }
    });
    let stage = State {
        at: Some(Route::LogIn { then: None }.path()),
        ..State::default()
    };
    let other = move |_| {
        choose_other();
        // It refuses nothing here.
        let _ = window().location().reload();
    };
    view! {
        <header class="tool-bar">
            <nav aria-label=tool::title>
                <ul>
                    <li>
                        <a href=stage.address() aria-current=here.is_none().then_some("page")>
                            {tool::stage()}
                        </a>
                    </li>
                    {links.collect_view()}
                </ul>
            </nav>
            <button class="button button-quiet" type="button" on:click=other lang=move || {
                if is_vietnamese() { "en" } else { "vi" }
            }>
                {if is_vietnamese() { "English" } else { "Tiếng Việt" }}
            </button>
        </header>
        <main class="tool-main" class=("tool-main-stage", here.is_none())>
            {match here {
                Some(Tool::Gallery) => view! { <Gallery state=StoredValue::new(state)/> }.into_any(),
                Some(Tool::Comparison) => view! { <Comparison state=StoredValue::new(state)/> }.into_any(),
                Some(Tool::Map) => view! { <Map/> }.into_any(),
                Some(Tool::Components) => view! { <Components/> }.into_any(),
                None => view! { <Stage state/> }.into_any(),
            }}
        </main>
    }
}
