//! Language and theme: chosen by whoever looks, kept in this browser.

use crate::storage;
use crate::text::{self, live, say};
use crate::ui::{Choice, FieldProps, Glyph, Icon, SelectField, effect};
use domain::region::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

const THEME: &str = "portal.theme";

#[component]
pub fn LanguageField() -> impl IntoView {
    let value = RwSignal::new(untrack(text::language).tag().to_owned());
    // The words may have come after this was made.
    effect(move || value.set(text::language().tag().to_owned()));
    let options = Signal::derive(|| {
        Language::ALL
            .into_iter()
            .map(|language| Choice::new(language.tag(), text::language_name(language)))
            .collect()
    });
    let has_failed = RwSignal::new(false);
    let choose = move |()| {
        has_failed.set(false);
        let Some(language) = Language::of_tag(&value.get_untracked()) else {
            return;
        };
        spawn_local(async move {
            if !text::choose(language).await {
                // Mostly a release came since, and the files of this one are gone.
                value.try_set(untrack(text::language).tag().to_owned());
                has_failed.try_set(true);
            }
        });
    };
    let problem = Signal::derive(move || has_failed.get().then(say::language_failed));
    view! {
        <SelectField
            field=FieldProps::new("page_language", live(say::menu_language)).error(problem)
            value=value
            options=options
            compact=true
            on_change=Callback::new(choose)
        />
    }
}

/// Chooses between light and dark.
#[component]
pub fn ThemeField() -> impl IntoView {
    let value = RwSignal::new(storage::read(THEME).unwrap_or_default());
    let options = Signal::derive(|| {
        vec![
            Choice::new("", say::theme_system()),
            Choice::new("light", say::theme_light()),
            Choice::new("dark", say::theme_dark()),
        ]
    });
    let choose = move |()| set_theme(&value.get_untracked());
    view! {
        <SelectField
            field=FieldProps::new("page_theme", live(say::theme))
            value=value
            options=options
            compact=true
            on_change=Callback::new(choose)
        />
    }
}

/// The same choice where there is room for it to be seen whole.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let value = RwSignal::new(storage::read(THEME).unwrap_or_default());
    let part = move |own: &'static str, glyph: Option<Glyph>, words: fn() -> String| {
        view! {
            <label class="theme-part">
                <input
                    class="visually-hidden"
                    type="radio"
                    name="page_theme"
                    value=own
                    prop:checked=move || value.with(|value| value == own)
                    on:change=move |_| {
                        set_theme(own);
                        value.set(own.to_owned());
                    }
                />
                {glyph.map(|glyph| view! { <Icon glyph/> })}
                <span class=("visually-hidden", glyph.is_some())>{words}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="theme-switch">
            <legend class="visually-hidden">{say::theme}</legend>
            {part("light", Some(Glyph::Sun), say::theme_light)}
            {part("dark", Some(Glyph::Moon), say::theme_dark)}
            {part("", None, say::theme_system)}
        </fieldset>
    }
}

fn set_theme(theme: &str) {
    let Some(page) = document().document_element() else {
        return;
    };
    // Neither refuses a name like this one.
    if theme.is_empty() {
        storage::remove(THEME);
        let _ = page.remove_attribute("data-theme");
    } else {
        storage::write(THEME, theme);
        let _ = page.set_attribute("data-theme", theme);
    }
}
