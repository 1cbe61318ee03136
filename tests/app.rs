//! The app in a real browser, over the service in the tab: what a person sees and does, found by
//! its words.

#![cfg(all(target_arch = "wasm32", feature = "mock"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use contract::problem::Problem;
use domain::region::Language;
use js_sys::{Object, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::{Owner, document, request_animation_frame, window};
use portal::app::App;
use portal::client::{MockBehavior, Network, StoredMock};
use portal::text;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, HtmlElement, HtmlIFrameElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const PASSWORD: &str = "Portal-demo-2026";
/// Frames after which what hasn't come won't.
const PATIENCE: u32 = 1_200;

/// A tab that nobody has used, opened at an address.
struct Tab {
    root: HtmlElement,
    /// Ends all of the app, which would go on following links.
    owner: Owner,
    _mounted: Box<dyn std::any::Any>,
}

impl Tab {
    fn open(path: &str) -> Self {
        for storage in [window().local_storage(), window().session_storage()] {
            storage.unwrap().unwrap().clear().unwrap();
        }
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(path))
            .unwrap();
        // What boot.js leaves.
        let words = JsValue::from_str(include_str!("../locales/en.json"));
        set("portalLocale", &Promise::resolve(&words));
        set("portalLocales", &Object::new());
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let owner = Owner::new();
        let mounted = owner.with(|| mount_to(root.clone(), App));
        Self {
            root,
            owner,
            _mounted: Box::new(mounted),
        }
    }

    /// Waits for the page of this heading.
    async fn at(&self, heading: &str) {
        self.until(&format!("the page \"{heading}\""), || {
            self.texts("h1")
                .iter()
                .any(|it| it == heading)
                .then_some(())
        })
        .await;
    }

    /// The field of this label.
    async fn field(&self, label: &str) -> HtmlInputElement {
        self.until(&format!("the field \"{label}\""), || {
            let labelled = self.with_words("label", label)?;
            document()
                .get_element_by_id(&labelled.get_attribute("for")?)?
                .dyn_into()
                .ok()
        })
        .await
    }

    async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.focus().unwrap();
        field.set_value(text);
        let bubbles = web_sys::EventInit::new();
        bubbles.set_bubbles(true);
        let typed = web_sys::Event::new_with_event_init_dict("input", &bubbles).unwrap();
        field.dispatch_event(&typed).unwrap();
    }

    async fn press(&self, words: &str) {
        let found = || self.with_words("button", words);
        self.until(&format!("the button \"{words}\""), found)
            .await
            .click();
    }

    async fn follow(&self, words: &str) {
        let found = || self.with_words("a", words);
        self.until(&format!("the link \"{words}\""), found)
            .await
            .click();
    }

    async fn log_in(&self, email: &str, password: &str) {
        self.at("Log in").await;
        self.fill("Email address", email).await;
        self.fill("Password", password).await;
        self.press("Log in").await;
    }

    fn with_words(&self, selector: &str, words: &str) -> Option<HtmlElement> {
        let all = self.root.query_selector_all(selector).unwrap();
        (0..all.length())
            .filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok())
            .find(|it| {
                let text = it.text_content().unwrap_or_default();
                text.trim().trim_end_matches('*') == words
            })
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.root.query_selector_all(selector).unwrap();
        (0..all.length())
            .filter_map(|at| all.get(at)?.text_content())
            .collect()
    }

    /// Looks at each frame until it is there.
    async fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        for _ in 0..PATIENCE {
            if let Some(found) = look() {
                return found;
            }
            frame().await;
        }
        let shown = self.root.text_content().unwrap_or_default();
        panic!("{what} never came; there is: {shown}")
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.root.remove();
    }
}

fn set(name: &str, value: &JsValue) {
    Reflect::set(&window(), &JsValue::from_str(name), value).unwrap();
}

async fn frame() {
    let next = Promise::new(&mut |resolve, _| {
        request_animation_frame(move || {
            resolve.call0(&JsValue::UNDEFINED).unwrap();
        });
    });
    JsFuture::from(next).await.unwrap();
}

fn path() -> String {
    window().location().pathname().unwrap()
}

#[wasm_bindgen_test]
async fn a_guest_is_led_to_the_log_in_and_a_persona_to_its_campaigns() {
    let tab = Tab::open("/");
    tab.log_in("linked@portal.test", PASSWORD).await;
    tab.at("Campaigns").await;
    assert_eq!(path(), "/campaigns");
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_told_and_the_address_stays() {
    let tab = Tab::open("/log-in");
    tab.log_in("linked@portal.test", "not the password").await;
    tab.until("the refusal", || {
        let shown = tab.root.text_content().unwrap();
        shown.contains("don’t match").then_some(())
    })
    .await;
    let email = tab.field("Email address").await;
    assert_eq!(email.value(), "linked@portal.test");
    assert_eq!(path(), "/log-in");
}

#[wasm_bindgen_test]
async fn a_page_of_a_member_waits_for_the_log_in() {
    let tab = Tab::open("/settings/profile");
    tab.log_in("email-only@portal.test", PASSWORD).await;
    tab.at("Profile").await;
    assert_eq!(path(), "/settings/profile");
    let offered = || tab.with_words("button", "Link TikTok account");
    tab.until("the offer to link", offered).await;
}

#[wasm_bindgen_test]
async fn a_link_that_is_followed_writes_its_address_and_gives_the_focus_to_the_heading() {
    let tab = Tab::open("/log-in");
    tab.at("Log in").await;
    tab.follow("Sign up").await;
    tab.until("the address", || (path() == "/sign-up").then_some(()))
        .await;
    tab.until("the focus", || {
        let focused = document().active_element()?;
        (focused.tag_name() == "H1").then_some(())
    })
    .await;
    tab.until("the title", || {
        let title = document().title();
        title.ends_with(" · TikTok For Business").then_some(())
    })
    .await;
    window().history().unwrap().back().unwrap();
    tab.at("Log in").await;
}

/// The document in the frame of TikTok's pages.
fn tiktok() -> Option<Document> {
    let frame = document().query_selector("iframe.tiktok-frame").unwrap()?;
    frame
        .unchecked_into::<HtmlIFrameElement>()
        .content_document()
}

#[wasm_bindgen_test]
async fn a_page_of_tiktok_takes_what_is_pressed_from_the_moment_that_it_is_there() {
    let tab = Tab::open("/log-in");
    tab.press("Log in with TikTok").await;
    let page = tab.until("a frame with TikTok's pages", tiktok).await;
    // Elements of the frame's own realm.
    let at_once = |selector: &str| page.query_selector(selector).unwrap().unwrap();
    for name in ["username", "password"] {
        let field = at_once(&format!("[name={name}]"));
        field
            .unchecked_into::<HtmlInputElement>()
            .set_value("nobody");
    }
    let button = at_once("form[action*='/login'] [type=submit]");
    button.unchecked_into::<HtmlElement>().click();
    tab.until("what TikTok says of it", || {
        let page = tiktok()?;
        page.query_selector("[role=alert]").unwrap()
    })
    .await;
}

/// What another tab does in the same browser: another mock over the same storage.
async fn in_another_tab_logs_in(email: &str) {
    StoredMock::default().log_in(email).await.unwrap();
}

/// The browser tells this page of it as it tells every tab but the one that wrote: a document of the
/// same origin, in a frame, stands in for that tab.
async fn another_tab_tells() {
    let frame: HtmlIFrameElement = document()
        .create_element("iframe")
        .unwrap()
        .unchecked_into();
    document().body().unwrap().append_child(&frame).unwrap();
    let storage = frame.content_window().unwrap().local_storage();
    let storage = storage.unwrap().unwrap();
    storage
        .set_item("portal.session", &js_sys::Date::now().to_string())
        .unwrap();
    self::frame().await;
    frame.remove();
}

fn tell(event: &web_sys::Event) {
    window().dispatch_event(event).unwrap();
}

impl Tab {
    /// Whose settings are shown.
    async fn shows(&self, email: &str) {
        let shown = || {
            let shown = self.texts("main").concat();
            shown.contains(email).then_some(())
        };
        self.until(&format!("the settings of {email}"), shown).await;
    }

    async fn says_who_is_there(&self, email: &str) {
        let words = format!("You’re now logged in as \u{2068}{email}\u{2069}, because");
        let said = || {
            self.texts("[role=status]")
                .iter()
                .any(|it| it.starts_with(&words))
        };
        self.until("who is there now", || said().then_some(()))
            .await;
    }
}

#[wasm_bindgen_test]
async fn a_page_that_was_drawn_for_another_does_nothing_and_draws_itself_anew() {
    let tab = Tab::open("/settings/profile");
    tab.log_in("linked@portal.test", PASSWORD).await;
    tab.shows("linked@portal.test").await;
    tab.fill("Name (optional)", "Typed for another").await;
    in_another_tab_logs_in("email-only@portal.test").await;
    tab.press("Save").await;
    tab.says_who_is_there("email-only@portal.test").await;
    tab.shows("email-only@portal.test").await;
    assert_eq!(tab.field("Name (optional)").await.value(), "");
    // What was typed waits for whom it was typed.
    tab.fill("Name (optional)", "Typed by another").await;
    in_another_tab_logs_in("linked@portal.test").await;
    tab.press("Save").await;
    tab.shows("linked@portal.test").await;
    assert_eq!(
        tab.field("Name (optional)").await.value(),
        "Typed for another"
    );
}

#[wasm_bindgen_test]
async fn a_log_in_in_another_tab_reaches_this_one_at_once() {
    let tab = Tab::open("/settings/profile");
    tab.log_in("linked@portal.test", PASSWORD).await;
    tab.shows("linked@portal.test").await;
    in_another_tab_logs_in("email-only@portal.test").await;
    another_tab_tells().await;
    tab.shows("email-only@portal.test").await;
    tab.says_who_is_there("email-only@portal.test").await;
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_asks_who_is_there() {
    let back = web_sys::Event::new("pageshow").unwrap();
    Reflect::set(&back, &JsValue::from_str("persisted"), &JsValue::TRUE).unwrap();
    let in_front = web_sys::Event::new("visibilitychange").unwrap();
    let people = ["email-only@portal.test", "someone-else@portal.test"];
    let tab = Tab::open("/settings/profile");
    tab.log_in("linked@portal.test", PASSWORD).await;
    tab.shows("linked@portal.test").await;
    for (event, email) in [back, in_front].iter().zip(people) {
        in_another_tab_logs_in(email).await;
        tell(event);
        tab.shows(email).await;
    }
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_cookies_is_told_and_what_is_typed_stays() {
    const REFUSED: &str = "This browser blocks cookies";
    portal::client::behavior(|behavior| behavior.network = Network::NoCookies);
    let tab = Tab::open("/log-in");
    tab.at("Log in").await;
    let told = || {
        let alerts = tab.texts("[role=alert]");
        let told = alerts.iter().filter(|it| it.contains(REFUSED)).count();
        (told > 0).then_some(told)
    };
    tab.until("what to do, before anything is typed", told)
        .await;
    tab.log_in("linked@portal.test", PASSWORD).await;
    tab.until("what to do, where the form is", || {
        (told() == Some(2)).then_some(())
    })
    .await;
    assert_eq!(
        tab.field("Email address").await.value(),
        "linked@portal.test"
    );
    assert_eq!(tab.field("Password").await.value(), PASSWORD);
    tab.press("Log in with TikTok").await;
    tab.until("what to do, where the button is", || {
        (told() == Some(3)).then_some(())
    })
    .await;
    // They are allowed: the same press goes on, with what stands there.
    portal::client::behavior(|behavior| behavior.network = Network::Fine);
    tab.press("Log in").await;
    tab.at("Campaigns").await;
    tab.until("no more of it", || told().is_none().then_some(()))
        .await;
}

#[wasm_bindgen_test]
async fn an_address_that_is_none_says_so() {
    let tab = Tab::open("/nothing/here");
    tab.at("We can’t find this page").await;
}

/// Stands in for the clock of what takes long: keeps the timers of ten seconds and more.
struct LongTimers {
    real: [JsValue; 2],
}

impl LongTimers {
    fn begin() -> Self {
        let real = ["setTimeout", "clearTimeout"]
            .map(|name| Reflect::get(&window(), &JsValue::from_str(name)).unwrap());
        js_sys::eval(
            "const [set, clear] = [window.setTimeout, window.clearTimeout];
            window.longTimers = new Map();
            window.setTimeout = (run, time, ...rest) => {
                if (!(time >= 10_000)) return set.call(window, run, time, ...rest);
                const id = 1_000_000 + window.longTimers.size;
                window.longTimers.set(id, { run, time });
                return id;
            };
            window.clearTimeout = (id) => {
                if (window.longTimers.has(id)) window.longTimers.set(id, { time: 0 });
                else clear.call(window, id);
            };",
        )
        .unwrap();
        Self { real }
    }

    /// So many seconds are over.
    fn pass(seconds: u32) {
        js_sys::eval(&format!(
            "for (const [id, {{ run, time }}] of [...window.longTimers]) {{
                if (run && time <= {seconds}_000) {{
                    window.longTimers.set(id, {{ time: 0 }});
                    run();
                }}
            }}"
        ))
        .unwrap();
    }
}

impl Drop for LongTimers {
    fn drop(&mut self) {
        let [set_timeout, clear_timeout] = &self.real;
        set("setTimeout", set_timeout);
        set("clearTimeout", clear_timeout);
        portal::client::behavior(|behavior| *behavior = MockBehavior::default());
    }
}

impl Tab {
    fn says(&self, words: &str) -> bool {
        self.root.text_content().unwrap().contains(words)
    }
}

const SLOW: &str = "This is taking longer than usual";
const LOST: &str = "You’re offline.";

#[wasm_bindgen_test]
async fn a_request_that_is_never_answered_is_said_then_given_up_and_sent_again() {
    let tab = Tab::open("/log-in");
    tab.at("Log in").await;
    let _timers = LongTimers::begin();
    portal::client::behavior(|behavior| behavior.network = Network::Silent);
    tab.log_in("linked@portal.test", PASSWORD).await;
    // Those of other tests are there too, and were answered.
    tab.until("the request", || {
        let requests = portal::client::recorded_requests();
        let last = requests.last()?;
        (last.name == "log_in" && last.reply.is_none()).then_some(())
    })
    .await;
    assert!(!tab.says(SLOW));
    LongTimers::pass(10);
    tab.until("that it is slow", || tab.says(SLOW).then_some(()))
        .await;
    assert!(!tab.says(LOST));
    LongTimers::pass(30);
    tab.until("that it is given up", || {
        (tab.says(LOST) && !tab.says(SLOW)).then_some(())
    })
    .await;
    portal::client::behavior(|behavior| behavior.network = Network::Fine);
    tab.press("Log in").await;
    tab.at("Campaigns").await;
}

#[wasm_bindgen_test]
async fn the_first_load_is_given_up_too_and_offers_to_try_again() {
    let _timers = LongTimers::begin();
    portal::client::behavior(|behavior| behavior.network = Network::Silent);
    let tab = Tab::open("/log-in");
    tab.until("the request", || {
        let requests = portal::client::recorded_requests();
        let last = requests.last()?;
        (last.name == "get_session" && last.reply.is_none()).then_some(())
    })
    .await;
    frame().await;
    LongTimers::pass(30);
    tab.until("the way to try again", || {
        tab.with_words("button", "Try again")
    })
    .await;
    portal::client::behavior(|behavior| behavior.network = Network::Fine);
    tab.press("Try again").await;
    tab.at("Log in").await;
}

#[wasm_bindgen_test]
async fn a_language_that_cannot_be_loaded_is_told() {
    // The files of this release are gone: the tab knows none.
    let tab = Tab::open("/log-in");
    tab.at("Log in").await;
    let field = document().get_element_by_id("field-page_language").unwrap();
    let field: &web_sys::HtmlSelectElement = field.unchecked_ref();
    field.set_value("vi");
    let bubbles = web_sys::EventInit::new();
    bubbles.set_bubbles(true);
    let change = web_sys::Event::new_with_event_init_dict("change", &bubbles).unwrap();
    field.dispatch_event(&change).unwrap();
    tab.until("the words", || {
        tab.says("We couldn’t load that language.").then_some(())
    })
    .await;
    assert_eq!(field.value(), "en");
}

#[wasm_bindgen_test]
async fn a_wait_is_told_as_people_say_it_in_every_language() {
    let languages = [
        (
            include_str!("../locales/en.json"),
            "in 30 seconds",
            "minutes",
            "in 1 hour",
        ),
        (
            include_str!("../locales/vi.json"),
            "sau 30 giây",
            "phút",
            "sau 1 giờ",
        ),
        (
            include_str!("../locales/id.json"),
            "dalam 30 detik",
            "menit",
            "dalam 1 jam",
        ),
        (
            include_str!("../locales/ms.json"),
            "dalam 30 saat",
            "minit",
            "dalam 1 jam",
        ),
        (
            include_str!("../locales/th.json"),
            "30 วินาที",
            "นาที",
            "1 ชั่วโมง",
        ),
        (
            include_str!("../locales/ja.json"),
            "30 秒後",
            "分後",
            "1 時間後",
        ),
        (
            include_str!("../locales/ko.json"),
            "30초 후",
            "분 후",
            "1시간 후",
        ),
        (
            include_str!("../locales/zh-Hans.json"),
            "30秒",
            "分钟后",
            "1小时后",
        ),
        (
            include_str!("../locales/zh-Hant.json"),
            "30 秒後",
            "分鐘後",
            "1 小時後",
        ),
    ];
    let told = |wait_s| text::problem(&Problem::wait(wait_s));
    for (language, (words, seconds, minutes, hour)) in Language::ALL.into_iter().zip(languages) {
        assert!(text::speak(language, words));
        let tag = language.tag();
        assert!(told(30).contains(seconds), "{tag}: {}", told(30));
        assert!(told(61).contains(minutes), "{tag}: {}", told(61));
        for wait_s in [3_508, 3_600] {
            assert!(told(wait_s).contains(hour), "{tag}: {}", told(wait_s));
            assert!(!told(wait_s).contains("3,"), "{tag}: {}", told(wait_s));
        }
    }
    assert!(text::speak(
        Language::English,
        include_str!("../locales/en.json")
    ));
    assert_eq!(told(60), "Too many attempts. Try again in 1 minute.");
    assert_eq!(told(61), "Too many attempts. Try again in 2 minutes.");
    assert_eq!(told(3_000), "Too many attempts. Try again in 50 minutes.");
    assert_eq!(told(7_200), "Too many attempts. Try again in 2 hours.");
}
