//! Side by side: one scene in several languages, themes and widths at once.

use super::frame::{AppFrame, height_of};
use super::gallery::{languages, themes, widths};
use super::heading::ToolHeading;
use super::scenes;
use super::state::State;
use super::tool_text::{self, fixed, tool};
use leptos::prelude::*;
use portal::ui::{Choice, FieldProps, SelectField};

#[component]
pub fn Comparison(
    /// How it was opened: its scene, and the looks to begin with, several divided by commas.
    state: StoredValue<State>,
) -> impl IntoView {
    let state = state.get_value();
    let list = |given: Option<String>, else_: &str| {
        let given = given.unwrap_or_else(|| else_.to_owned());
        RwSignal::new(given.split(',').map(str::to_owned).collect::<Vec<_>>())
    };
    let scene = RwSignal::new(state.scene.clone().unwrap_or_else(|| "log-in".to_owned()));
    let langs = list(state.lang.clone(), "en,vi");
    let lights = list(state.theme.clone(), "light");
    let wides = list(state.width.map(|width| width.to_string()), "360");
    let names = RwSignal::new(state.names);
    let scenes = || {
        let all = scenes::all().into_iter().flat_map(|journey| journey.scenes);
        all.map(|it| Choice::new(it.name.clone(), tool_text::scene(&it.name)))
            .collect::<Vec<_>>()
    };
    let all = move || {
        let mut frames = Vec::new();
        for lang in langs.get() {
            for theme in lights.get() {
                for width in wides.get() {
                    frames.push((lang.clone(), theme.clone(), width.parse().unwrap_or(360)));
                }
            }
        }
        frames
    };
    let frame = move |(lang, theme, width): (String, String, u32)| {
        let state = State {
            scene: Some(scene.get()),
            lang: Some(lang.clone()),
            theme: Some(theme.clone()),
            names: names.get(),
            ..State::default()
        };
        let caption = format!("{lang} · {theme} · {width} px");
        let title = caption.clone();
        view! {
            // It is scrolled where it is wider than the page.
            <figure class="tool-beside" tabindex="0">
                <figcaption>{caption}</figcaption>
                <div style:height=format!("{}px", height_of(width))>
                    <AppFrame
                        address=state.address_of_app(None)
                        width=Some(width)
                        title=Signal::derive(move || title.clone())
                    />
                </div>
            </figure>
        }
    };
    view! {
        <ToolHeading title=tool::beside lead=tool::beside_lead/>
        <div class="tool-looks">
            <SelectField
                field=FieldProps::new("beside_scene", fixed(tool::scene))
                value=scene
                options=Signal::derive(scenes)
            />
            <Several legend=tool::language chosen=langs options=languages()/>
            <Several legend=tool::theme chosen=lights options=themes()/>
            <Several legend=tool::width chosen=wides options=widths()/>
            <fieldset class="tool-several">
                <legend>{tool::names()}</legend>
                <label>
                    <input
                        type="checkbox"
                        prop:checked=names
                        on:change:target=move |event| names.set(event.target().checked())
                    />
                    {tool::names_hint()}
                </label>
            </fieldset>
        </div>
        <div class="tool-besides">{move || all().into_iter().map(frame).collect_view()}</div>
    }
}

/// Boxes of which several can be ticked.
#[component]
fn Several(
    legend: fn() -> String,
    chosen: RwSignal<Vec<String>>,
    options: Vec<Choice>,
) -> impl IntoView {
    let order: Vec<_> = options.iter().map(|choice| choice.value.clone()).collect();
    let order = StoredValue::new(order);
    let boxes = options.into_iter().map(|Choice { value, label, .. }| {
        let value = StoredValue::new(value);
        let is_chosen = move || chosen.with(|all| value.with_value(|own| all.contains(own)));
        let turn = move |on: bool| {
            chosen.update(|all| {
                value.with_value(|own| {
                    all.retain(|other| other != own);
                    if on {
                        all.push(own.clone());
                    }
                });
                order.with_value(|order| {
                    all.sort_by_key(|value| order.iter().position(|other| other == value));
                });
            });
        };
        view! {
            <label>
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change:target=move |event| turn(event.target().checked())
                />
                {label}
            </label>
        }
    });
    view! {
        <fieldset class="tool-several">
            <legend>{legend()}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}
