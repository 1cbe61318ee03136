//! The gallery: every scene as a live thumbnail, by journeys.

use super::address::Tool;
use super::frame::Thumbnail;
use super::heading::ToolHeading;
use super::scenes;
use super::script::Script;
use super::state::State;
use super::tool_text::{self, fixed, tool};
use domain::region::Language;
use leptos::prelude::*;
use portal::text::language_name;
use portal::ui::{Choice, FieldProps, SelectField};

/// How a page of the tools looks at scenes, as its fields say.
#[derive(Clone, Copy)]
pub struct Looks {
    /// A language's tag; empty is the browser's.
    pub lang: RwSignal<String>,
    /// A theme; empty is the browser's.
    pub theme: RwSignal<String>,
    /// A width, in pixels.
    pub width: RwSignal<String>,
}

/// The widths that are offered, in pixels.
pub const WIDTHS: [u32; 4] = [320, 360, 768, 1280];

/// A language that nobody speaks, for what is longer than any.
pub const PSEUDO: &str = "en-XA";

/// The languages, and one for long words.
pub fn languages() -> Vec<Choice> {
    let all = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.tag(), language_name(language)));
    all.chain([Choice::new(PSEUDO, tool::pseudo())]).collect()
}

pub fn themes() -> Vec<Choice> {
    vec![
        Choice::new("light", tool::light()),
        Choice::new("dark", tool::dark()),
    ]
}

pub fn widths() -> Vec<Choice> {
    WIDTHS
        .map(|width| {
            Choice::new(
                width.to_string(),
                tool::pixels().replace("{}", &width.to_string()),
            )
        })
        .to_vec()
}

impl Looks {
    fn of(state: &State) -> Self {
        let width = state.width.unwrap_or(360).to_string();
        Self {
            lang: RwSignal::new(state.lang.clone().unwrap_or_else(|| "en".to_owned())),
            theme: RwSignal::new(state.theme.clone().unwrap_or_else(|| "light".to_owned())),
            width: RwSignal::new(width),
        }
    }

    fn state(self, scene: &str) -> State {
        State {
            scene: Some(scene.to_owned()),
            lang: Some(self.lang.get()),
            theme: Some(self.theme.get()),
            width: self.width.get().parse().ok(),
            ..State::default()
        }
    }
}

#[component]
pub fn Gallery(
    /// How it was opened.
    state: StoredValue<State>,
) -> impl IntoView {
    let looks = state.with_value(Looks::of);
    let journeys = scenes::all();
    let count: usize = journeys.iter().map(|journey| journey.scenes.len()).sum();
    let journeys = journeys.into_iter().map(|journey| {
        let id = format!("journey-{}", journey.name);
        let scenes = journey.scenes.into_iter();
        view! {
            <section class="tool-journey" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{tool_text::journey(&journey.name)}</h2>
                <ul class="tool-scenes">
                    {scenes.map(|scene| view! { <Scene scene looks/> }).collect_view()}
                </ul>
            </section>
        }
    });
    view! {
        <ToolHeading title=tool::gallery lead=tool::gallery_lead/>
        <div class="tool-looks">
            <SelectField
                field=FieldProps::new("gallery_language", fixed(tool::language))
                value=looks.lang
                options=Signal::derive(languages)
            />
            <SelectField
                field=FieldProps::new("gallery_theme", fixed(tool::theme))
                value=looks.theme
                options=Signal::derive(themes)
            />
            <SelectField
                field=FieldProps::new("gallery_width", fixed(tool::width))
                value=looks.width
                options=Signal::derive(widths)
            />
            <p class="muted" role="status">{tool::scenes().replace("{}", &count.to_string())}</p>
        </div>
        {journeys.collect_view()}
    }
}

#[component]
fn Scene(scene: Script, looks: Looks) -> impl IntoView {
    let name = StoredValue::new(scene.name.clone());
    let state = move || name.with_value(|name| looks.state(name));
    let width = Signal::derive(move || looks.width.get().parse().unwrap_or(360));
    let words = tool_text::scene(&scene.name);
    let beside = move || {
        State {
            at: Some(Tool::Comparison.path().to_owned()),
            ..state()
        }
        .address()
    };
    let title = words.clone();
    view! {
        <li class="tool-scene">
            <a href=move || state().address() aria-label=words.clone()>
                <Thumbnail
                    address=Signal::derive(move || state().address_of_app(None))
                    width
                    title=Signal::derive(move || title.clone())
                />
            </a>
            <p><a class="link" href=move || state().address()>{words}</a></p>
            <p class="small"><code>{scene.name}</code> " · " <a class="link" href=beside>{tool::beside()}</a></p>
        </li>
    }
}
