//! Leptos: the log-in and the sign-up as two views of one signal.

use gloo_net::http::{Request, Response};
use js_sys::{JSON, Object, Reflect};
use leptos::ev::{MouseEvent, SubmitEvent, popstate};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::HtmlAnchorElement;

const WRONG_CREDENTIALS: &str =
    "The email address and the password don’t match. Check both and try again.";
const OTHERWISE: &str = "That didn’t work. Try again.";

fn main() {
    mount_to_body(App);
}

fn here() -> String {
    window().location().pathname().unwrap_or_default()
}

#[component]
fn App() -> impl IntoView {
    let path = RwSignal::new(here());
    let follow = window_event_listener(popstate, move |_| path.set(here()));
    on_cleanup(move || follow.remove());
    let go = Callback::new(move |event: MouseEvent| {
        event.prevent_default();
        let link = event.current_target().and_then(|it| it.dyn_into().ok());
        if let (Some(link), Ok(history)) = (link, window().history()) {
            let link: HtmlAnchorElement = link;
            let _ = history.push_state_with_url(&"".into(), "", Some(&link.href()));
            path.set(here());
        }
    });
    move || {
        if path.get() == "/sign-up" {
            view! { <SignUp go=go/> }.into_any()
        } else {
            view! { <LogIn go=go/> }.into_any()
        }
    }
}

/// Logs in; gives the words of a refusal.
async fn log_in(email: String, password: String) -> Option<&'static str> {
    let Some(answer) = ask(&email, &password).await else {
        return Some(OTHERWISE);
    };
    if answer.ok() {
        return None;
    }
    let problem = answer.text().await.unwrap_or_default();
    Some(if problem.contains("\"wrong_credentials\"") {
        WRONG_CREDENTIALS
    } else {
        OTHERWISE
    })
}

async fn ask(email: &str, password: &str) -> Option<Response> {
    // The browser's own JSON: a crate for it would be the larger part of the module.
    let body = Object::new();
    Reflect::set(&body, &"email".into(), &email.into()).ok()?;
    Reflect::set(&body, &"password".into(), &password.into()).ok()?;
    let body: String = JSON::stringify(&body).ok()?.into();
    let request = Request::post("/api/log-in").header("content-type", "application/json");
    request.body(body).ok()?.send().await.ok()
}

#[component]
fn LogIn(go: Callback<MouseEvent>) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let pending = RwSignal::new(false);
    let refusal = RwSignal::new(None::<&'static str>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        pending.set(true);
        refusal.set(None);
        spawn_local(async move {
            let refused = log_in(email.get_untracked(), password.get_untracked()).await;
            pending.set(false);
            refusal.set(refused);
            if refused.is_none() {
                let _ = window().location().assign("/");
            }
        });
    };
    view! {
        <main>
            <h1>"Log in"</h1>
            <p>"Use your email address."</p>
            <form on:submit=submit>
                {move || refusal.get().map(|words| view! { <p role="alert">{words}</p> })}
                <Fields email=email password=password autocomplete="current-password"/>
                <button disabled=pending>"Log in"</button>
            </form>
            <p>
                "New to TikTok For Business? "
                <a href="/sign-up" on:click=move |event| go.run(event)>"Sign up"</a>
            </p>
        </main>
    }
}

#[component]
fn SignUp(go: Callback<MouseEvent>) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    view! {
        <main>
            <h1>"Sign up"</h1>
            <p>"Use your email address."</p>
            <form>
                <Fields email=email password=password autocomplete="new-password"/>
                <button>"Sign up"</button>
            </form>
            <p>
                "Already have an account? "
                <a href="/log-in" on:click=move |event| go.run(event)>"Log in"</a>
            </p>
        </main>
    }
}

#[component]
fn Fields(
    email: RwSignal<String>,
    password: RwSignal<String>,
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <label>
            "Email address "
            <input name="email" type="email" autocomplete="username" required bind:value=email/>
        </label>
        <label>
            "Password "
            <input
                name="password"
                type="password"
                autocomplete=autocomplete
                required
                bind:value=password
            />
        </label>
    }
}
