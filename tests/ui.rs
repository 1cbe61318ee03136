//! The parts that take more than a press: by keyboard alone, in a real browser.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use domain::region::Language;
use leptos::{mount::mount_to, prelude::*, task::tick};
use portal::ui::{
    Avatar, Bond, BondEnd, BondState, Button, Choice, Column, Combobox, DataTable, DateTimeField,
    Dialog, FieldProps, Menu, MenuButton, MenuDivider, MenuLink, MoneyField, PasswordField,
    PhoneField, ProgressBar, SelectField, Summary, SummaryItem, Tabs, TextArea, TextField, Toast,
    plain,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A place in the page that holds one view and goes with it.
struct Stage {
    root: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    async fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let mounted = mount_to(root.clone(), view);
        tick().await;
        Self {
            root,
            _mounted: Box::new(mounted),
        }
    }

    fn find<T: JsCast>(&self, selector: &str) -> T {
        let found = self.root.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("no {selector}"))
            .unchecked_into()
    }

    fn has(&self, selector: &str) -> bool {
        self.root.query_selector(selector).unwrap().is_some()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.root.query_selector_all(selector).unwrap();
        (0..all.length())
            .map(|at| all.get(at).unwrap().text_content().unwrap())
            .collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn focused() -> Element {
    document().active_element().unwrap()
}

/// Presses a key where the focus is, and says whether the browser may still act on it.
async fn press(key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    let passed = focused().dispatch_event(&event).unwrap();
    tick().await;
    passed
}

async fn type_into(input: &HtmlInputElement, text: &str) {
    input.focus().unwrap();
    input.set_value(text);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("input", &init).unwrap();
    input.dispatch_event(&event).unwrap();
    tick().await;
}

async fn countries(value: RwSignal<String>) -> (Stage, HtmlInputElement) {
    let stage = Stage::show(move || {
        let options = ["Thái Lan", "Nhật Bản", "Việt Nam"]
            .into_iter()
            .zip(["TH", "JP", "VN"]);
        let options: Vec<_> = options
            .map(|(label, value)| Choice::new(value, label))
            .collect();
        view! { <Combobox
            field=FieldProps::new("country", "Country")
            value
            options
            no_match="None"
        /> }
    })
    .await;
    let input: HtmlInputElement = stage.find("[role=combobox]");
    input.focus().unwrap();
    (stage, input)
}

#[wasm_bindgen_test]
async fn a_country_is_found_without_its_marks_and_chosen_by_enter() {
    let value = RwSignal::new(String::new());
    let (stage, input) = countries(value).await;
    type_into(&input, "viet").await;
    assert_eq!(stage.texts("[role=option]"), ["Việt Nam"]);
    let active = input.get_attribute("aria-activedescendant").unwrap();
    assert!(stage.has(&format!("#{active}[role=option]")));
    assert!(
        !press("Enter").await,
        "the form must not be submitted by the choice"
    );
    assert_eq!(value.get_untracked(), "VN");
    assert_eq!(input.value(), "Việt Nam");
    assert_eq!(
        input.get_attribute("aria-expanded").as_deref(),
        Some("false")
    );
    assert!(
        press("Enter").await,
        "a closed list leaves Enter to the form"
    );
}

#[wasm_bindgen_test]
async fn a_code_finds_its_country_before_those_whose_names_hold_it() {
    let value = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        let options = vec![
            Choice::new("AU", "Australia"),
            Choice::new("US", "United States"),
        ];
        view! { <Combobox
            field=FieldProps::new("country", "Country")
            value
            options
            no_match="None"
        /> }
    })
    .await;
    let input: HtmlInputElement = stage.find("[role=combobox]");
    type_into(&input, "us").await;
    assert_eq!(stage.texts("[role=option]"), ["United States", "Australia"]);
}

#[wasm_bindgen_test]
async fn arrows_open_the_list_at_the_chosen_entry_and_go_around() {
    let value = RwSignal::new("VN".to_owned());
    let (stage, input) = countries(value).await;
    press("ArrowDown").await;
    assert_eq!(stage.texts(".combobox-active"), ["Việt Nam"]);
    press("ArrowDown").await;
    assert_eq!(stage.texts(".combobox-active"), ["Thái Lan"]);
    press("Escape").await;
    assert_eq!(
        (value.get_untracked().as_str(), input.value().as_str()),
        ("VN", "Việt Nam")
    );
    assert!(!stage.has("[role=option]"));
}

/// Types a text, leaves the field, and says what it keeps and shows.
async fn name_it(
    value: RwSignal<String>,
    input: &HtmlInputElement,
    text: &str,
) -> (String, String) {
    type_into(input, text).await;
    input.blur().unwrap();
    tick().await;
    (value.get_untracked(), input.value())
}

#[wasm_bindgen_test]
async fn leaving_a_combobox_takes_a_code_a_name_or_the_only_match_and_keeps_what_is_none() {
    let value = RwSignal::new("VN".to_owned());
    let stage = Stage::show(move || {
        let options = vec![
            Choice::new("AO", "Angola"),
            Choice::new("AT", "Áo").also_called(vec!["Austria".to_owned()]),
            Choice::new("CI", "Bờ Biển Ngà").also_called(vec!["Côte d’Ivoire".to_owned()]),
            Choice::new("GE", "Gruzia").also_called(vec!["Georgia".to_owned()]),
            Choice::new("GS", "Nam Georgia").also_called(vec!["South Georgia".to_owned()]),
            Choice::new("JP", "Nhật Bản").also_called(vec!["Japan".to_owned()]),
            Choice::new("VN", "Việt Nam").also_called(vec!["Vietnam".to_owned()]),
            Choice::new("Asia/Ho_Chi_Minh", "Asia/Ho Chi Minh"),
        ];
        view! { <Combobox field=FieldProps::new("country", "Country") value options no_match="None"/> }
    })
    .await;
    let input: HtmlInputElement = stage.find("[role=combobox]");
    for (text, kept, shown) in [
        ("JP", "JP", "Nhật Bản"),
        ("vn", "VN", "Việt Nam"),
        ("ＪＰ", "JP", "Nhật Bản"),
        ("nhat ban", "JP", "Nhật Bản"),
        // Without its mark it is another's code.
        ("Áo", "AT", "Áo"),
        ("ao", "AO", "Angola"),
        ("Vietnam", "VN", "Việt Nam"),
        ("viet nam ", "VN", "Việt Nam"),
        ("Cote d'Ivoire", "CI", "Bờ Biển Ngà"),
        // A name of its own, though another has it within.
        ("Georgia", "GE", "Gruzia"),
        ("gruz", "GE", "Gruzia"),
        ("ho chi", "Asia/Ho_Chi_Minh", "Asia/Ho Chi Minh"),
        // Two have it, then none.
        ("georg", "georg", "georg"),
        ("Atlantis", "Atlantis", "Atlantis"),
        ("", "", ""),
    ] {
        let left = name_it(value, &input, text).await;
        assert_eq!((left.0.as_str(), left.1.as_str()), (kept, shown), "{text}");
    }
}

/// The languages that the page may speak.
const LANGUAGES: [(Language, &str); 9] = [
    (Language::Vietnamese, include_str!("../locales/vi.json")),
    (Language::Indonesian, include_str!("../locales/id.json")),
    (Language::Malay, include_str!("../locales/ms.json")),
    (Language::Thai, include_str!("../locales/th.json")),
    (Language::Japanese, include_str!("../locales/ja.json")),
    (Language::Korean, include_str!("../locales/ko.json")),
    (
        Language::SimplifiedChinese,
        include_str!("../locales/zh-Hans.json"),
    ),
    (
        Language::TraditionalChinese,
        include_str!("../locales/zh-Hant.json"),
    ),
    (Language::English, include_str!("../locales/en.json")),
];

#[wasm_bindgen_test]
async fn every_country_and_currency_has_names_of_its_own_in_every_language() {
    let owner = Owner::new();
    for (language, words) in LANGUAGES {
        assert!(portal::text::speak(language, words));
        let (countries, currencies) = owner.with(|| {
            (
                portal::choices::countries().get_untracked(),
                portal::choices::currencies().get_untracked(),
            )
        });
        assert!(countries.len() > 200 && currencies.len() > 50);
        for options in [countries, currencies] {
            let mut owners = std::collections::BTreeMap::new();
            for choice in &options {
                for name in core::iter::once(&choice.label).chain(&choice.other_names) {
                    let owner = owners.entry(plain(name)).or_insert(&choice.value);
                    assert_eq!(*owner, &choice.value, "{name} in {}", language.tag());
                }
            }
        }
    }
}

/// Counts what is written to a control from now on.
fn watch(control: &Element) -> js_sys::Function {
    let watch = js_sys::Function::new_with_args(
        "control",
        "let kind = Object.getPrototypeOf(control);
        let { get, set } = Object.getOwnPropertyDescriptor(kind, 'value');
        let writes = 0;
        let value = {
            get() { return get.call(this); },
            set(text) { writes += 1; set.call(this, text); },
        };
        Object.defineProperty(control, 'value', { configurable: true, ...value });
        return () => writes;",
    );
    watch
        .call1(&JsValue::NULL, control)
        .unwrap()
        .unchecked_into()
}

fn writes(count: &js_sys::Function) -> String {
    let count = count.call0(&JsValue::NULL).unwrap();
    String::from(
        js_sys::Number::unchecked_from_js(count)
            .to_string_with_radix(10)
            .unwrap(),
    )
}

/// Types a text key by key at the caret, as a keyboard would, while the page says something else
/// of the field each time.
async fn type_by_key(control: &HtmlElement, text: &str, meanwhile: impl Fn()) {
    control.focus().unwrap();
    let document: web_sys::HtmlDocument = document().unchecked_into();
    for key in text.chars() {
        let key = key.to_string();
        assert!(
            document
                .exec_command_with_show_ui_and_value("insertText", false, &key)
                .unwrap()
        );
        meanwhile();
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn what_is_typed_key_by_key_is_never_written_back_in_any_kind_of_field() {
    let text = || RwSignal::new(String::new());
    let (line, email, secret, money, phone, many) =
        (text(), text(), text(), text(), text(), text());
    let error = RwSignal::new(None::<String>);
    let label = RwSignal::new("Field".to_owned());
    let choices = RwSignal::new(vec![
        Choice::new("VN", "Việt Nam"),
        Choice::new("JP", "Japan"),
    ]);
    let (country, chosen) = (
        RwSignal::new("VN".to_owned()),
        RwSignal::new("VN".to_owned()),
    );
    let stage = Stage::show(move || {
        let field = move |name| FieldProps::new(name, label).hint(label).error(error);
        view! {
            <TextField field=field("line") value=line/>
            <TextField field=field("email") value=email kind="email"/>
            <PasswordField field=field("secret") value=secret show_label="Show" hide_label="Hide"/>
            <MoneyField field=field("money") value=money currency="VND"/>
            <PhoneField field=field("phone") value=phone code="+84"/>
            <TextArea field=field("many") value=many/>
            <Combobox field=field("country") value=country options=choices no_match="None"/>
            <SelectField field=field("chosen") value=chosen options=choices/>
        }
    })
    .await;
    // The page speaks another language, finds a fault, takes it back.
    let meanwhile = move || {
        error.update(|error| *error = error.take().xor(Some("Not so".to_owned())));
        label.update(|label| label.push('!'));
        choices.update(|choices| choices.iter_mut().for_each(|it| it.label.push('!')));
    };
    for (name, value, typed) in [
        ("line", line, "Cà phê Mai"),
        ("email", email, "lan@gmail.com"),
        ("secret", secret, "Roasted-beans-2026"),
        ("money", money, "1.250.000"),
        ("phone", phone, "090 123 45 67"),
        ("many", many, "Rang mỗi sáng.\nThơm cả ngày."),
    ] {
        let control: HtmlElement = stage.find(&format!("#field-{name}"));
        let count = watch(&control);
        type_by_key(&control, typed, meanwhile).await;
        assert_eq!(value.get_untracked(), typed, "{name}");
        // Within the text the caret stays where it is.
        let input: &HtmlInputElement = control.unchecked_ref();
        if name != "email" {
            input.set_selection_range(2, 2).unwrap();
            type_by_key(&control, "xy", meanwhile).await;
            assert_eq!(input.selection_start().unwrap(), Some(4), "{name}");
        }
        assert_eq!(writes(&count), "0", "{name}");
    }

    let control: HtmlInputElement = stage.find("#field-country");
    control.focus().unwrap();
    control.select();
    let count = watch(&control);
    type_by_key(&control, "japa", meanwhile).await;
    assert_eq!(
        (writes(&count), control.value().as_str()),
        ("0".to_owned(), "japa")
    );

    let control: Element = stage.find("#field-chosen");
    control.unchecked_ref::<HtmlInputElement>().set_value("JP");
    let count = watch(&control);
    let bubbles = web_sys::EventInit::new();
    bubbles.set_bubbles(true);
    let change = web_sys::Event::new_with_event_init_dict("change", &bubbles).unwrap();
    control.dispatch_event(&change).unwrap();
    meanwhile();
    tick().await;
    assert_eq!(
        (writes(&count), chosen.get_untracked().as_str()),
        ("0".to_owned(), "JP")
    );

    // What the page itself changes is shown.
    line.set("Anew".to_owned());
    chosen.set("VN".to_owned());
    tick().await;
    assert_eq!(
        stage.find::<HtmlInputElement>("#field-line").value(),
        "Anew"
    );
    assert_eq!(
        stage.find::<HtmlInputElement>("#field-chosen").value(),
        "VN"
    );
}

#[wasm_bindgen_test]
async fn half_of_a_date_stays_and_is_no_empty_answer() {
    let value = RwSignal::new("2026-11-28T10:00".to_owned());
    let stage = Stage::show(move || {
        view! { <DateTimeField field=FieldProps::new("start", "Start") value/> }
    })
    .await;
    let control: HtmlInputElement = stage.find("input");
    assert_eq!(control.value(), "2026-11-28T10:00");
    // What a control says whose month is being typed.
    js_sys::Function::new_with_args(
        "control",
        "Object.defineProperty(control, 'validity', { value: { badInput: true } });
        control.value = '';",
    )
    .call1(&JsValue::NULL, &control)
    .unwrap();
    let count = watch(&control);
    let input = web_sys::Event::new("input").unwrap();
    control.dispatch_event(&input).unwrap();
    tick().await;
    assert_eq!(writes(&count), "0");
    assert!(
        !value.get_untracked().is_empty(),
        "it isn't taken for no date"
    );
}

#[wasm_bindgen_test]
async fn a_menu_opens_by_key_goes_around_and_gives_the_focus_back() {
    let pressed = RwSignal::new(0);
    let stage = Stage::show(move || {
        view! {
            <Menu name="profile" label="Mai" trigger=|| "Mai">
                <MenuLink href="#settings">"User Settings"</MenuLink>
                <MenuButton on_click=move || pressed.update(|times| *times += 1)>"Log out"</MenuButton>
            </Menu>
        }
    })
    .await;
    let button: HtmlElement = stage.find(".menu-button");
    let popup: HtmlElement = stage.find(".menu-popup");
    assert!(popup.hidden());
    button.focus().unwrap();
    press("ArrowDown").await;
    assert!(!popup.hidden());
    assert_eq!(
        button.get_attribute("aria-expanded").as_deref(),
        Some("true")
    );
    assert_eq!(focused().text_content().as_deref(), Some("User Settings"));
    press("ArrowUp").await;
    assert_eq!(focused().text_content().as_deref(), Some("Log out"));
    press("Escape").await;
    assert!(popup.hidden());
    assert_eq!(focused(), *button.as_ref());

    press("ArrowUp").await;
    focused().unchecked_into::<HtmlElement>().click();
    tick().await;
    assert_eq!(pressed.get_untracked(), 1);
    assert!(popup.hidden());
}

#[wasm_bindgen_test]
async fn the_tab_key_leads_to_what_stands_below_a_menu() {
    let opened = RwSignal::new(0);
    let stage = Stage::show(move || {
        view! {
            <Menu
                name="profile"
                label="Mai"
                trigger=|| "Mai"
                foot=|| view! { <input id="below"/> }
                on_open=move || opened.update(|times| *times += 1)
            >
                <MenuLink href="#settings">"User Settings"</MenuLink>
            </Menu>
        }
    })
    .await;
    let button: HtmlElement = stage.find(".menu-button");
    let popup: HtmlElement = stage.find(".menu-popup");
    button.focus().unwrap();
    press("ArrowDown").await;
    assert_eq!(opened.get_untracked(), 1);
    press("Tab").await;
    assert!(!popup.hidden());
    stage.find::<HtmlElement>("#below").focus().unwrap();
    tick().await;
    assert!(!popup.hidden());
    press("Escape").await;
    assert!(popup.hidden());
    assert_eq!(focused(), *button.as_ref());
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_asks_to_be_closed_and_gives_the_focus_back() {
    let open = RwSignal::new(false);
    let stage = Stage::show(move || {
        view! {
            <Button on_click=move || open.set(true)>"Unlink"</Button>
            <Show when=move || open.get()>
                <Dialog title="Sure?" close_label="Close" on_close=move || open.set(false)>
                    <Button on_click=move || open.set(false)>"Cancel"</Button>
                </Dialog>
            </Show>
        }
    })
    .await;
    let button: HtmlElement = stage.find("button");
    button.focus().unwrap();
    button.click();
    tick().await;
    tick().await;
    assert!(stage.has("dialog[open]:modal"));
    assert_eq!(focused().text_content().as_deref(), Some("Cancel"));
    let cancel = web_sys::Event::new("cancel").unwrap();
    stage
        .find::<Element>("dialog")
        .dispatch_event(&cancel)
        .unwrap();
    tick().await;
    assert!(!stage.has("dialog"));
    assert_eq!(focused(), *button.as_ref());
}

#[wasm_bindgen_test]
async fn a_pending_button_keeps_the_focus_and_does_nothing() {
    let pressed = RwSignal::new(0);
    let pending = RwSignal::new(false);
    let stage = Stage::show(move || {
        view! { <Button pending on_click=move || pressed.update(|times| *times += 1)>"Save"</Button> }
    })
    .await;
    let button: HtmlElement = stage.find("button");
    button.focus().unwrap();
    button.click();
    pending.set(true);
    tick().await;
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
    assert_eq!(focused(), *button.as_ref());
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_problem_is_tied_to_its_field_and_the_summary_leads_there() {
    let value = RwSignal::new("an@".to_owned());
    let error = RwSignal::new(None::<String>);
    let items = Signal::derive(move || {
        let item = |message| SummaryItem {
            field: "email".to_owned(),
            message,
        };
        error.get().map(item).into_iter().collect::<Vec<_>>()
    });
    let stage = Stage::show(move || {
        view! {
            <Summary title="Look again" items/>
            <TextField field=FieldProps::new("email", "E-mail").error(error).hint("Yours") value/>
        }
    })
    .await;
    let input: HtmlInputElement = stage.find("input");
    assert_eq!(input.get_attribute("aria-invalid"), None);
    error.set(Some("Not an address".to_owned()));
    tick().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described = input.get_attribute("aria-describedby").unwrap();
    let words: Vec<_> = described
        .split(' ')
        .flat_map(|id| stage.texts(&format!("#{id}")))
        .collect();
    assert_eq!(words, ["Yours", "Not an address"]);
    stage.find::<HtmlElement>("[role=alert] a").click();
    assert_eq!(focused(), *input.as_ref());
}

#[wasm_bindgen_test]
async fn a_password_is_shown_on_request_only() {
    let value = RwSignal::new("secret".to_owned());
    let stage = Stage::show(move || {
        view! {
            <PasswordField
                field=FieldProps::new("password", "Password")
                value
                show_label="Show"
                hide_label="Hide"
            />
        }
    })
    .await;
    let input: HtmlInputElement = stage.find("input");
    let button: HtmlElement = stage.find("button");
    assert_eq!(input.type_(), "password");
    button.click();
    tick().await;
    assert_eq!(
        (input.type_().as_str(), input.value().as_str()),
        ("text", "secret")
    );
    assert_eq!(stage.texts(".tooltip-words"), ["Hide"]);
}

#[wasm_bindgen_test]
async fn an_arrow_with_alt_is_the_browsers_own() {
    let value = RwSignal::new("all".to_owned());
    let stage = Stage::show(move || {
        let tabs = vec![Choice::new("all", "All"), Choice::new("drafts", "Drafts")];
        view! { <Tabs name="back" label="Status" tabs value>"Nothing"</Tabs> }
    })
    .await;
    stage.find::<HtmlElement>("[tabindex='0']").focus().unwrap();
    let init = KeyboardEventInit::new();
    init.set_key("ArrowLeft");
    init.set_alt_key(true);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let back = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    assert!(focused().dispatch_event(&back).unwrap());
    assert_eq!(value.get_untracked(), "all");
    assert!(!press("ArrowLeft").await);
    assert_eq!(value.get_untracked(), "drafts");
}

#[wasm_bindgen_test]
async fn the_cross_of_what_was_done_gives_the_focus_back() {
    let words = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        view! {
            <button id="before">"Save"</button>
            <Toast words close_label="Close"/>
        }
    })
    .await;
    let before: HtmlElement = stage.find("#before");
    before.focus().unwrap();
    words.set("Saved".to_owned());
    tick().await;
    assert_eq!(focused(), *before.as_ref(), "it comes without the focus");
    let cross: HtmlElement = stage.find("[role=status] button");
    cross.focus().unwrap();
    cross.click();
    tick().await;
    assert!(!stage.has("[role=status] button"));
    assert_eq!(focused(), *before.as_ref());
}

#[wasm_bindgen_test]
async fn a_focused_control_may_leave_with_its_page() {
    let shown = RwSignal::new(true);
    let left = RwSignal::new(0);
    let stage = Stage::show(move || {
        view! {
            <Show when=move || shown.get()>
                {
                    let value = RwSignal::new("half a wo".to_owned());
                    let on_blur = Callback::new(move |()| left.update(|times| *times += 1));
                    view! {
                        <TextField field=FieldProps::new("name", "Name").on_left(on_blur) value/>
                        <Combobox
                            field=FieldProps::new("zone", "Zone").on_left(on_blur)
                            value
                            no_match="None"
                            options=Vec::new()
                        />
                    }
                }
            </Show>
        }
    })
    .await;
    for field in ["input[name=name]", "input[name=zone]"] {
        shown.set(true);
        tick().await;
        type_into(&stage.find(field), "typed").await;
        shown.set(false);
        tick().await;
        assert!(!stage.has("input"));
    }
    // Going from the one field to nowhere is not leaving it: it is gone.
    assert_eq!(left.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn arrows_open_the_tab_beside_and_come_round() {
    let value = RwSignal::new("all".to_owned());
    let stage = Stage::show(move || {
        let tabs = vec![Choice::new("all", "All"), Choice::new("drafts", "Drafts")];
        view! {
            <Tabs name="campaigns" label="Status" tabs value>
                {move || value.get()}
            </Tabs>
        }
    })
    .await;
    stage
        .find::<HtmlElement>("[role=tab][aria-selected=true]")
        .focus()
        .unwrap();
    assert!(!press("ArrowRight").await, "the page must not scroll");
    assert_eq!(focused().text_content().unwrap(), "Drafts");
    assert_eq!(stage.texts("[role=tabpanel]"), ["drafts"]);
    assert_eq!(stage.texts("[role=tab][tabindex='0']"), ["Drafts"]);
    let panel = stage.find::<Element>("[role=tabpanel]");
    assert_eq!(
        panel.get_attribute("aria-labelledby"),
        focused().get_attribute("id")
    );
    press("ArrowRight").await;
    assert_eq!(value.get_untracked(), "all");
    press("End").await;
    assert_eq!(value.get_untracked(), "drafts");
    assert!(press("ArrowDown").await, "the page may scroll");
}

async fn happen(target: &HtmlElement, name: &str) {
    let event = web_sys::Event::new(name).unwrap();
    target.dispatch_event(&event).unwrap();
    tick().await;
}

#[wasm_bindgen_test]
async fn what_was_done_is_told_until_it_is_put_away_or_its_time_is_over() {
    let words = RwSignal::new(String::new());
    let stage = Stage::show(move || view! { <Toast words close_label="Close"/> }).await;
    assert_eq!(stage.texts("[role=status]"), [""]);
    words.set("Deleted".to_owned());
    tick().await;
    assert_eq!(stage.texts("[role=status]"), ["Deleted"]);
    stage.find::<HtmlElement>("button").click();
    tick().await;
    assert_eq!(stage.texts("[role=status]"), [""]);
    words.set("Deleted".to_owned());
    tick().await;
    happen(&stage.find(".toast"), "animationend").await;
    assert_eq!(stage.texts("[role=status]"), [""]);
}

#[wasm_bindgen_test]
async fn escape_puts_away_what_a_control_is_called_until_it_is_left() {
    let value = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        view! {
            <PasswordField
                field=FieldProps::new("password", "Password")
                value
                show_label="Show password"
                hide_label="Hide password"
            />
        }
    })
    .await;
    let button: HtmlElement = stage.find("button");
    let name = button.get_attribute("aria-labelledby").unwrap();
    assert_eq!(stage.texts(&format!("#{name}")), ["Show password"]);
    button.focus().unwrap();
    press("Escape").await;
    assert!(stage.has(".tooltip-away"));
    button.blur().unwrap();
    tick().await;
    assert!(!stage.has(".tooltip-away"));
}

#[wasm_bindgen_test]
async fn a_menu_button_shows_what_it_is_given_and_an_arrow_or_dots_alone() {
    let stage = Stage::show(|| {
        view! {
            <Menu name="row" label="Actions for New Year"><MenuDivider/></Menu>
            <Menu name="account" label="Account" trigger=|| "M"><MenuDivider/></Menu>
        }
    })
    .await;
    assert_eq!(stage.texts(".menu-button"), ["", "M"]);
    assert!(stage.has("[aria-controls=menu-row] > .menu-dots:only-child"));
    assert!(stage.has("[aria-controls=menu-account] > .icon:not(.menu-dots)"));
}

#[wasm_bindgen_test]
async fn a_table_says_what_it_holds_and_names_every_column() {
    let stage = Stage::show(|| {
        let column = |name, hides_name| Column { name, hides_name };
        let columns = vec![
            column((|| "Name".to_owned()) as fn() -> String, false),
            column(|| "Actions".to_owned(), true),
        ];
        view! {
            <DataTable caption="Campaigns" columns>
                <tr role="row"><td role="cell">"New Year"</td><td role="cell"></td></tr>
            </DataTable>
        }
    })
    .await;
    assert_eq!(stage.texts("[role=table] > caption"), ["Campaigns"]);
    assert_eq!(stage.texts("[role=columnheader]"), ["Name", "Actions"]);
    assert_eq!(stage.texts(".visually-hidden"), ["Campaigns", "Actions"]);
}

#[wasm_bindgen_test]
async fn the_calling_code_stands_in_front_until_one_is_typed() {
    let value = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        view! { <PhoneField field=FieldProps::new("phone", "Phone number") value code="+84"/> }
    })
    .await;
    assert_eq!(stage.texts(".unit"), ["+84"]);
    let input: HtmlInputElement = stage.find("input");
    assert!(
        input
            .get_attribute("aria-describedby")
            .unwrap()
            .contains("field-phone-unit")
    );
    type_into(&input, "+1 415 555 0100").await;
    assert_eq!(stage.texts(".unit"), [""]);
    assert_eq!(value.get_untracked(), "+1 415 555 0100");
}

#[wasm_bindgen_test]
async fn what_goes_on_has_a_name() {
    let stage = Stage::show(|| view! { <ProgressBar label="Linking"/> }).await;
    let bar: Element = stage.find("progress:not([value])");
    assert_eq!(bar.get_attribute("aria-label").as_deref(), Some("Linking"));
}

fn told(words: &str) -> Signal<String> {
    Signal::stored(words.to_owned())
}

fn drawing(id: &str) -> String {
    let svg = format!("%3Csvg xmlns='http://www.w3.org/2000/svg' id='{id}'/%3E");
    format!("data:image/svg+xml,{svg}")
}

#[wasm_bindgen_test]
async fn a_picture_that_does_not_come_leaves_the_letter_and_the_next_one_is_tried() {
    let picture = RwSignal::new(None::<String>);
    let stage = Stage::show(move || {
        view! { <Avatar name="mai" picture/> }
    })
    .await;
    assert!(!stage.has("img"));
    picture.set(Some(drawing("one")));
    tick().await;
    let asked: HtmlElement = stage.find("img");
    let attribute = |name| asked.get_attribute(name).unwrap();
    assert_eq!(
        ["alt", "loading", "referrerpolicy"].map(attribute),
        ["", "lazy", "no-referrer"]
    );
    happen(&asked, "error").await;
    assert!(!stage.has("img"));
    assert_eq!(stage.texts(".avatar"), ["M"]);
    picture.set(Some(drawing("two")));
    tick().await;
    assert!(stage.has("img"));
}

#[wasm_bindgen_test]
async fn a_bond_says_how_two_accounts_stand_and_shows_who_is_known() {
    let name = RwSignal::new(String::new());
    let stage = Stage::show(move || {
        let known = BondEnd {
            name: told("Mai"),
            detail: told("@mai"),
            ..BondEnd::unknown(told("TikTok"), None)
        };
        let typed = BondEnd {
            name: name.into(),
            ..BondEnd::unknown(told("Business"), None)
        };
        view! { <Bond state=BondState::Waiting label=told("Not linked") first=known second=typed/> }
    })
    .await;
    let bond: HtmlElement = stage.find("[role=group]");
    assert_eq!(bond.get_attribute("aria-label").unwrap(), "Not linked");
    assert_eq!(stage.texts(".bond-name"), ["TikTok", "Business"]);
    assert_eq!(stage.texts(".avatar"), ["M", "?"]);
    assert!(stage.has(".bond-unknown"));
    name.set("Phở".to_owned());
    tick().await;
    assert_eq!(stage.texts(".avatar"), ["M", "P"]);
    assert!(!stage.has(".bond-unknown"));
}
