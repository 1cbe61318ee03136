//! How the app looks: language, theme, width, size of text, names.

use crate::gallery::{languages, themes, widths};
use crate::stage_controller::StageController;
use crate::tool_text::{fixed, tool};
use leptos::prelude::*;
use portal::ui::{Choice, FieldProps, SelectField, Switch};

#[component]
pub fn Appearance(controller: StageController) -> impl IntoView {
    let lang = RwSignal::new(String::new());
    let theme = RwSignal::new(String::new());
    let width = RwSignal::new(String::new());
    let size = RwSignal::new(String::new());
    let clock = RwSignal::new(String::new());
    let names = RwSignal::new(false);
    let number = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
    Effect::new(move || {
        controller.state.with(|state| {
            lang.set(state.lang.clone().unwrap_or_default());
            theme.set(state.theme.clone().unwrap_or_default());
            width.set(number(state.width));
            size.set(number(state.text));
            clock.set(state.clock.clone().unwrap_or_default());
            names.set(state.names);
        });
    });
    let given = |value: RwSignal<String>| Some(value.get_untracked()).filter(|it| !it.is_empty());
    let look = move |()| {
        controller.look(move |state| {
            state.lang = given(lang);
            state.theme = given(theme);
            state.text = given(size).and_then(|it| it.parse().ok());
            state.clock = given(clock);
        });
    };
    // The frame only grows or shrinks.
    let resize = move |()| {
        let width = given(width).and_then(|it| it.parse().ok());
        controller.resize(width);
    };
    let sizes = || {
        [125, 150, 200]
            .map(|size| {
                Choice::new(
                    size.to_string(),
                    tool::percent().replace("{}", &size.to_string()),
                )
            })
            .to_vec()
    };
    let clocks = || vec![Choice::new("runs", tool::clock_runs())];
    Effect::new(move |before: Option<bool>| {
        let now = names.get();
        if before.is_some_and(|before| before != now)
            && controller.state.with_untracked(|state| state.names != now)
        {
            controller.look(move |state| state.names = now);
        }
        now
    });
    view! {
        <SelectField
            field=FieldProps::new("stage_language", fixed(tool::language))
            value=lang
            options=Signal::derive(languages)
            placeholder=fixed(tool::of_browser)
            on_change=Callback::new(look)
        />
        <SelectField
            field=FieldProps::new("stage_theme", fixed(tool::theme))
            value=theme
            options=Signal::derive(themes)
            placeholder=fixed(tool::of_browser)
            on_change=Callback::new(look)
        />
        <SelectField
            field=FieldProps::new("stage_width", fixed(tool::width))
            value=width
            options=Signal::derive(widths)
            placeholder=fixed(tool::width_full)
            on_change=Callback::new(resize)
        />
        <SelectField
            field=FieldProps::new("stage_text", fixed(tool::text_size))
            value=size
            options=Signal::derive(sizes)
            placeholder=fixed(tool::text_usual)
            on_change=Callback::new(look)
        />
        <SelectField
            field=FieldProps::new("stage_clock", fixed(tool::clock))
            value=clock
            options=Signal::derive(clocks)
            placeholder=fixed(tool::clock_stands)
            on_change=Callback::new(look)
        />
        <Switch
            field=FieldProps::new("stage_names", fixed(tool::names)).hint(fixed(tool::names_hint))
            checked=names
        />
    }
}
