//! One of many, found by typing: countries, time zones, currencies.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Choice, Glyph, Icon, effect,
    field::{FieldFrame, FieldProps, holds, notify},
};

/// A labelled list that is searched by typing, by the WAI-ARIA combobox pattern: arrows move,
/// Enter chooses, Escape takes back what was typed. Leaving the field chooses what was named: by its
/// code, a name, or as much of one as nothing else has. Anything else stays as it was typed, for a
/// rule to refuse.
#[component]
pub fn Combobox(
    field: FieldProps,
    /// The value of the chosen entry; empty while none is, and what was typed where that is none.
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
                    use:holds=Signal::derive(move || state.shown())
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
    let Choice {
        value: own, label, ..
    } = choice;
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
            let wanted = typed.with(|typed| Wanted::of(typed.as_deref().unwrap_or_default()));
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
            // Or a list would be drawn up that nobody may open: the names of all countries, and their
            // order, take a slow phone a tenth of a second.
            if value.is_empty() {
                return String::new();
            }
            self.options.with(|options| {
                let chosen = options.iter().find(|choice| choice.value == *value);
                chosen.map_or_else(|| value.clone(), |choice| choice.label.clone())
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

    /// Leaving chooses what was named, and keeps anything else as it was typed.
    fn leave(self) {
        // See `notify`: the last `blur` may come when all of this is gone.
        let Some(typed) = self.typed.try_get_untracked() else {
            return;
        };
        if let Some(typed) = typed {
            let named = self
                .options
                .with_untracked(|options| named(options, &Wanted::of(&typed)));
            self.choose(named.as_deref().unwrap_or(typed.trim()));
        }
        self.typed.set(None);
        self.close_list();
    }
}

/// How well an entry fits what is wanted, the best first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Code,
    Name,
    Beginning,
    Part,
}

/// What is looked for.
struct Wanted {
    /// As a code may be typed: with its marks, since "Áo" is Austria and `AO` isn't.
    code: String,
    /// As a name may be typed.
    name: String,
}

impl Wanted {
    fn of(text: &str) -> Self {
        Self {
            code: String::from(narrow(text, "NFKC").trim()),
            name: plain(text),
        }
    }
}

fn fit(choice: &Choice, wanted: &Wanted) -> Option<Fit> {
    if choice.value.eq_ignore_ascii_case(&wanted.code) {
        return Some(Fit::Code);
    }
    let wanted = wanted.name.as_str();
    let mut best = None;
    for name in core::iter::once(&choice.label).chain(&choice.other_names) {
        let name = plain(name);
        if name == wanted {
            return Some(Fit::Name);
        }
        // Names are short; what `contains` brings along for long texts weighs half a kilobyte.
        let begins = |(at, _)| name.get(at..).is_some_and(|rest| rest.starts_with(wanted));
        match name.char_indices().position(begins) {
            Some(0) => best = Some(Fit::Beginning),
            Some(_) => best = best.or(Some(Fit::Part)),
            None => {}
        }
    }
    best
}

/// The entries in which the wanted text is found, those that fit better first.
fn find(options: &[Choice], wanted: &Wanted) -> Vec<Choice> {
    if wanted.name.is_empty() {
        return options.to_vec();
    }
    let fits: Vec<_> = options.iter().map(|choice| fit(choice, wanted)).collect();
    let mut found = Vec::new();
    for best in [Fit::Code, Fit::Name, Fit::Beginning, Fit::Part] {
        for (choice, fit) in options.iter().zip(&fits) {
            if *fit == Some(best) {
                found.push(choice.clone());
            }
        }
    }
    found
}

/// The value of the entry that is named so: by its code, by a name that no other has, or as the
/// only one in which the text is found.
fn named(options: &[Choice], wanted: &Wanted) -> Option<String> {
    if wanted.name.is_empty() {
        return None;
    }
    let fits: Vec<_> = options
        .iter()
        .filter_map(|choice| Some((choice, fit(choice, wanted)?)))
        .collect();
    let only = |best: Fit| {
        let mut fitting = fits.iter().filter(|(_, fit)| *fit == best);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let named = only(Fit::Code).or_else(|| only(Fit::Name));
    let named = named.or_else(|| fits.first().filter(|_| fits.len() == 1));
    named.map(|(choice, _)| choice.value.clone())
}

/// A text without case, marks, widths and signs, so that "viet nam" finds "Việt Nam", "cote
/// d'ivoire" "Côte d’Ivoire", and "ho chi minh" `Asia/Ho_Chi_Minh`. The browser knows which those are.
pub fn plain(text: &str) -> String {
    let replace = |text: &js_sys::JsString, pattern, by| {
        text.replace_by_pattern(&js_sys::RegExp::new(pattern, "gu"), by)
    };
    let apart = narrow(text, "NFKD");
    let bare = replace(&apart, r"[\u0300-\u036f'\u2018\u2019\u02bb]", "");
    let bare = replace(&bare, r"\u0111", "d");
    let bare = replace(&bare, r"[^\p{L}\p{M}\p{N}+]+", " ");
    String::from(bare.trim())
}

fn narrow(text: &str, form: &str) -> js_sys::JsString {
    js_sys::JsString::from(text).normalize(form).to_lower_case()
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
