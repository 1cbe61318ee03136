//! One of many, found by typing: countries, time zones, currencies.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Choice, Glyph, Icon, effect,
    field::{FieldFrame, FieldProps, notify},
};

/// A labelled list that is searched by typing, by the WAI-ARIA combobox pattern: arrows move,
/// Enter chooses, Escape takes back what was typed, leaving the field chooses an exact match.
#[component]
pub fn Combobox(
    field: FieldProps,
    /// The value of the chosen entry; empty while none is.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What is said when nothing matches.
    #[prop(into)]
    no_match: Signal<String>,
    /// What stands there while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Told when another entry was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let state = State::new(field.name, value, options, on_change);
    let State {
        open,
        active,
        matches,
        ..
    } = state;
    let input = NodeRef::<html::Input>::new();
    let list_id = format!("field-{}-list", field.name);

    effect(move || {
        if let (true, Some(active)) = (open.get(), active.get()) {
            // The list may be about to be drawn.
            request_animation_frame(move || show_option(&state.option_id(active)));
        }
    });

    let keydown = move |event: ev::KeyboardEvent| {
        // Enter and Escape belong to an input method while it composes a word.
        if !event.is_composing() && state.press(&event.key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <FieldFrame field>
            <div class="combobox">
                <input
                    class="input"
                    id=field.id()
                    name=field.name
                    type="text"
                    role="combobox"
                    autocomplete=autocomplete
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=list_id.clone()
                    aria-activedescendant=move || {
                        let active = active.get().filter(|_| open.get());
                        active.map(|active| state.option_id(active))
                    }
                    aria-required=field.required_state()
                    aria-invalid=move || field.invalid()
                    aria-describedby=move || field.described_by()
                    placeholder=move || placeholder.map(|words| words.get())
                    node_ref=input
                    prop:value=move || state.shown()
                    on:input:target=move |event| state.search(event.target().value())
                    // A browser that fills it in may never come to it, and so never leaves it.
                    on:change=move |_| state.leave()
                    on:keydown=keydown
                    on:click=move |_| {
                        if !open.get_untracked() {
                            state.open_list();
                            // What stands there is replaced by what is typed next.
                            if let Some(input) = input.get_untracked() {
                                input.select();
                            }
                        }
                    }
                    on:blur=move |_| {
                        state.leave();
                        field.left();
                    }
                />
                <Icon glyph=Glyph::ChevronDown/>
                <div
                    class="combobox-popup"
                    class=("combobox-open", move || open.get())
                    // A press in the list must not take the focus from the input.
                    on:mousedown=|event| event.prevent_default()
                >
                    <ul class="combobox-list" role="listbox" id=list_id aria-label=move || field.label.get()>
                        {move || {
                            let shown = if open.get() { matches.get() } else { Vec::new() };
                            shown.into_iter().enumerate().map(|entry| option(state, entry)).collect_view()
                        }}
                    </ul>
                    <p class="combobox-none" role="status">
                        {move || (open.get() && matches.with(Vec::is_empty)).then(|| no_match.get())}
                    </p>
                </div>
            </div>
        </FieldFrame>
    }
}

/// One entry of the list.
fn option(state: State, (index, choice): (usize, Choice)) -> AnyView {
    let Choice { value: own, label } = choice;
    let chosen = {
        let own = own.clone();
        move || {
            if state.value.with(|value| *value == own) {
                "true"
            } else {
                "false"
            }
        }
    };
    view! {
        <li
            class="combobox-option"
            class=("combobox-active", move || state.active.get() == Some(index))
            id=state.option_id(index)
            role="option"
            aria-selected=chosen
            on:click=move |_| state.choose(&own)
        >
            <span>{label}</span>
            <Icon glyph=Glyph::Check/>
        </li>
    }
    .into_any()
}

/// What a combobox knows while it is used.
#[derive(Clone, Copy)]
struct State {
    name: &'static str,
    value: RwSignal<String>,
    options: Signal<Vec<Choice>>,
    on_change: Option<Callback<()>>,
    /// What is being typed; `None` shows the chosen entry.
    typed: RwSignal<Option<String>>,
    open: RwSignal<bool>,
    /// The entry that Enter would choose, as a place among the matches.
    active: RwSignal<Option<usize>>,
    matches: Memo<Vec<Choice>>,
}

impl State {
    fn new(
        name: &'static str,
        value: RwSignal<String>,
        options: Signal<Vec<Choice>>,
        on_change: Option<Callback<()>>,
    ) -> Self {
        let typed = RwSignal::new(None::<String>);
        let matches = Memo::new(move |_| {
            let wanted = typed.with(|typed| typed.as_deref().map(plain).unwrap_or_default());
            options.with(|options| find(options, &wanted))
        });
        Self {
            name,
            value,
            options,
            on_change,
            typed,
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            matches,
        }
    }

    fn option_id(self, index: usize) -> String {
        format!("field-{}-option-{index}", self.name)
    }

    fn shown(self) -> String {
        if let Some(typed) = self.typed.get() {
            return typed;
        }
        self.value.with(|value| {
            self.options.with(|options| {
                let chosen = options.iter().find(|choice| choice.value == *value);
                chosen
                    .map(|choice| choice.label.clone())
                    .unwrap_or_default()
            })
        })
    }

    fn open_list(self) {
        let chosen = self.value.with_untracked(|value| {
            self.matches
                .with_untracked(|all| all.iter().position(|choice| choice.value == *value))
        });
        self.active.set(chosen);
        self.open.set(true);
    }

    fn close_list(self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn search(self, typed: String) {
        let first = (!typed.trim().is_empty()).then_some(0);
        self.typed.set(Some(typed));
        self.active.set(first);
        self.open.set(true);
    }

    fn choose(self, value: &str) {
        self.typed.set(None);
        self.close_list();
        if self.value.with_untracked(|old| old != value) {
            self.value.set(value.to_owned());
            notify(self.on_change);
        }
    }

    /// Moves by one, around the ends.
    fn step(self, forward: bool) {
        if !self.open.get_untracked() {
            self.open_list();
            if self.active.get_untracked().is_some() {
                return;
            }
        }
        let count = self.matches.with_untracked(Vec::len);
        let Some(last) = count.checked_sub(1) else {
            return;
        };
        self.active.update(|active| {
            *active = Some(match (*active, forward) {
                (None, true) => 0,
                (None, false) => last,
                (Some(at), true) => {
                    if at >= last {
                        0
                    } else {
                        at + 1
                    }
                }
                (Some(at), false) => at.checked_sub(1).unwrap_or(last),
            });
        });
    }

    /// Whether the key was one of the list's.
    fn press(self, key: &str) -> bool {
        let open = self.open.get_untracked();
        match key {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            "Enter" if open => {
                let active = self
                    .active
                    .get_untracked()
                    .and_then(|active| self.matches.with_untracked(|all| all.get(active).cloned()));
                match active {
                    Some(choice) => self.choose(&choice.value),
                    None => self.close_list(),
                }
            }
            "Escape" if open || self.typed.with_untracked(Option::is_some) => {
                self.typed.set(None);
                self.close_list();
            }
            _ => return false,
        }
        true
    }

    /// Leaving keeps what is certain: nothing typed clears, an exact match is chosen, and
    /// anything else falls back to what was chosen before.
    fn leave(self) {
        // See `tell`: the last `blur` may come when all of this is gone.
        let Some(typed) = self.typed.try_get_untracked() else {
            return;
        };
        if let Some(typed) = typed {
            let typed = plain(&typed);
            if typed.is_empty() {
                self.choose("");
            } else {
                let exact = self.options.with_untracked(|options| {
                    let same = |choice: &&Choice| plain(&choice.label) == typed;
                    options.iter().find(same).map(|choice| choice.value.clone())
                });
                if let Some(exact) = exact {
                    self.choose(&exact);
                }
            }
        }
        self.typed.set(None);
        self.close_list();
    }
}

/// The entry that is what is wanted, by its words or its value; then those that begin with it, then
/// those that have it elsewhere.
fn find(options: &[Choice], wanted: &str) -> Vec<Choice> {
    if wanted.is_empty() {
        return options.to_vec();
    }
    let mut same = Vec::new();
    let mut first = Vec::new();
    let mut then = Vec::new();
    for choice in options {
        let label = plain(&choice.label);
        if label == wanted || plain(&choice.value) == wanted {
            same.push(choice.clone());
        } else if label.starts_with(wanted) {
            first.push(choice.clone());
        } else if label.contains(wanted) {
            then.push(choice.clone());
        }
    }
    same.append(&mut first);
    same.append(&mut then);
    same
}

/// A text without case, marks and separators, so that "viet nam" finds "Việt Nam" and
/// "ho chi minh" finds `Asia/Ho_Chi_Minh`.
fn plain(text: &str) -> String {
    let apart = js_sys::JsString::from(text.trim()).normalize("NFD");
    String::from(apart.to_lower_case())
        .chars()
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .map(|letter| match letter {
            'đ' => 'd',
            '_' | '/' | '-' => ' ',
            other => other,
        })
        .collect()
}

/// Scrolls the list as far as it must to show an option.
fn show_option(id: &str) {
    let Some(option) = document().get_element_by_id(id) else {
        return;
    };
    let Some(popup) = option.closest(".combobox-popup").ok().flatten() else {
        return;
    };
    let (Ok(option), Ok(popup)) = (
        option.dyn_into::<web_sys::HtmlElement>(),
        popup.dyn_into::<web_sys::HtmlElement>(),
    ) else {
        return;
    };
    let (top, bottom) = (
        option.offset_top(),
        option.offset_top() + option.offset_height(),
    );
    if top < popup.scroll_top() {
        popup.set_scroll_top(top);
    } else if bottom > popup.scroll_top() + popup.client_height() {
        popup.set_scroll_top(bottom - popup.client_height());
    }
}
