//! Passkeys as the browser has them (`navigator.credentials`, Web Authentication). One is asked for at a time: a
//! browser refuses a second request while the first waits.

use crate::client::Failure;
use crate::json::member;
use crate::text::say;
use contract::passkeys::{AddPasskey, Assertion, NewPasskey, PasskeyRequest};
use contract::problem::{Code, Problem};
use domain::passkey::CEREMONY_LIFE_MINUTES;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

thread_local! {
    static UNDER_WAY: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// `NoPasskeys` where this page can't ask for any, whatever the host says.
pub fn check() -> Result<(), Failure> {
    let knows = member(&window(), "PublicKeyCredential").is_function();
    if knows {
        Ok(())
    } else {
        Err(Failure::NoPasskeys)
    }
}

/// Makes a passkey, which has no name yet.
pub async fn create(options: NewPasskey) -> Result<AddPasskey, Failure> {
    let algorithms = options.algorithms.into_iter().map(|number| {
        // A number of COSE's, all of them small.
        let number = i32::try_from(number).unwrap_or_default();
        object(&[("type", public_key()), ("alg", number.into())])
    });
    let name = JsValue::from_str(&options.user_name);
    let made = ask(
        "create",
        &[
            ("challenge", decode(&options.challenge)),
            (
                "rp",
                object(&[
                    ("id", JsValue::from_str(&options.rp_id)),
                    ("name", JsValue::from_str(&untrack(say::app_name))),
                ]),
            ),
            (
                "user",
                object(&[
                    ("id", decode(&options.user_id)),
                    ("name", name.clone()),
                    ("displayName", name),
                ]),
            ),
            ("pubKeyCredParams", algorithms.collect::<Array>().into()),
            ("excludeCredentials", credentials(options.exclude)),
            (
                "authenticatorSelection",
                object(&[
                    ("residentKey", "required".into()),
                    ("requireResidentKey", JsValue::TRUE),
                    ("userVerification", "required".into()),
                ]),
            ),
        ],
    )
    .await?;
    let response = member(&made, "response");
    let get = |method: &str| {
        let function = member(&response, method).dyn_into::<Function>().ok();
        function.and_then(|function| function.call0(&response).ok())
    };
    let algorithm = get("getPublicKeyAlgorithm").and_then(|number| number.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number of COSE's, which is whole and small"
    )]
    let algorithm = algorithm.unwrap_or_default() as i64;
    Ok(AddPasskey {
        name: String::new(),
        client_data: encode(&member(&response, "clientDataJSON")),
        authenticator_data: get("getAuthenticatorData").map_or_else(String::new, |it| encode(&it)),
        public_key: get("getPublicKey").map_or_else(String::new, |it| encode(&it)),
        algorithm,
    })
}

/// Has a passkey sign.
pub async fn sign(request: PasskeyRequest) -> Result<Assertion, Failure> {
    let used = ask(
        "get",
        &[
            ("challenge", decode(&request.challenge)),
            ("rpId", JsValue::from_str(&request.rp_id)),
            ("allowCredentials", credentials(request.allow)),
            ("userVerification", "required".into()),
        ],
    )
    .await?;
    let response = member(&used, "response");
    let handle = member(&response, "userHandle");
    Ok(Assertion {
        id: encode(&member(&used, "rawId")),
        client_data: encode(&member(&response, "clientDataJSON")),
        authenticator_data: encode(&member(&response, "authenticatorData")),
        signature: encode(&member(&response, "signature")),
        user_handle: handle.is_object().then(|| encode(&handle)),
    })
}

/// Ends what is being asked for, whose page is gone.
pub fn abort() {
    if let Some(controller) = UNDER_WAY.take() {
        controller.abort();
    }
}

async fn ask(method: &str, options: &[(&str, JsValue)]) -> Result<JsValue, Failure> {
    abort();
    let container = member(&window().navigator(), "credentials");
    let ask = member(&container, method).dyn_into::<Function>();
    let (Ok(ask), Ok(controller)) = (ask, AbortController::new()) else {
        return Err(Failure::NoPasskeys);
    };
    let options = object(options);
    let life = i32::try_from(CEREMONY_LIFE_MINUTES * 60_000).unwrap_or(i32::MAX);
    set(&options, "timeout", &life.into());
    let how = object(&[
        ("publicKey", options),
        ("signal", controller.signal().into()),
    ]);
    UNDER_WAY.set(Some(controller));
    let asked = ask.call1(&container, &how).map_err(|why| failure(&why))?;
    let answer = JsFuture::from(Promise::resolve(&asked)).await;
    let answer = answer.map_err(|why| failure(&why))?;
    // A browser that knows no passkeys gives none.
    if answer.is_object() {
        Ok(answer)
    } else {
        Err(Failure::NoPasskeys)
    }
}

/// What an exception says: not much, so that no page learns what passkeys there are.
fn failure(exception: &JsValue) -> Failure {
    let name = member(exception, "name").as_string();
    let code = match name.as_deref() {
        // A frame, or an origin without a domain.
        Some("SecurityError" | "NotSupportedError") => return Failure::NoPasskeys,
        Some("InvalidStateError") => Code::PasskeyExists,
        Some(_) | None => Code::PasskeyRefused,
    };
    Failure::Problem(Box::new(Problem::new(code)))
}

fn public_key() -> JsValue {
    "public-key".into()
}

fn credentials(ids: Vec<String>) -> JsValue {
    let all = ids.into_iter();
    let all = all.map(|id| object(&[("type", public_key()), ("id", decode(&id))]));
    all.collect::<Array>().into()
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // A new object takes everything.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Bytes of base64url; none of what is none.
fn decode(text: &str) -> JsValue {
    let text = text.replace('-', "+").replace('_', "/");
    let binary = window().atob(&text).unwrap_or_default();
    // `atob` gives a byte in each character.
    let bytes: Vec<u8> = binary.chars().map(|byte| byte as u8).collect();
    Uint8Array::from(bytes.as_slice()).into()
}

/// A buffer in base64url without padding.
fn encode(buffer: &JsValue) -> String {
    let bytes = Uint8Array::new(buffer).to_vec();
    let binary: String = bytes.into_iter().map(char::from).collect();
    let text = window().btoa(&binary).unwrap_or_default();
    text.trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_")
}
