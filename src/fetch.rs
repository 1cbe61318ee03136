//! A request to the place that this page came from.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

pub struct Answer {
    pub status: u16,
    pub text: String,
}

impl Answer {
    pub const fn is_ok(&self) -> bool {
        200 <= self.status && self.status < 300
    }
}

/// Fetches an address. It throws where no answer came, or not all of it.
pub async fn fetch(address: &str, how: &RequestInit) -> Result<Answer, JsValue> {
    let answer = leptos::prelude::window().fetch_with_str_and_init(address, how);
    let answer: Response = JsFuture::from(answer).await?.unchecked_into();
    let text = JsFuture::from(answer.text()?).await?;
    Ok(Answer {
        status: answer.status(),
        text: text.as_string().unwrap_or_default(),
    })
}
