//! How a phone number is read, shown before it is sent for good. The host says it: the tables of all
//! countries' numbers would outweigh the app.

use crate::client::use_client;
use crate::text::say;
use crate::ui::effect;
use contract::ads::{ReadNumber, ReadPhone};
use contract::check::Check as _;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// After the last change: nobody asks about half a number.
const PAUSE: Duration = Duration::from_millis(300);

/// The number that is typed, as the host reads it.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// Nothing until the host has said so.
    number: RwSignal<Option<String>>,
    is_known: RwSignal<bool>,
}

pub(super) fn of(country: RwSignal<String>, phone: RwSignal<String>) -> Reading {
    let client = StoredValue::new_local(use_client());
    let reading = Reading {
        number: RwSignal::new(None),
        is_known: RwSignal::new(false),
    };
    let latest = StoredValue::new(0_u32);
    effect(move || {
        let request = ReadPhone {
            country: country.get(),
            phone: phone.get(),
        };
        reading.number.set(None);
        let number = latest.get_value().wrapping_add(1);
        latest.set_value(number);
        if request.check().is_err() {
            return;
        }
        // The page may be gone by then.
        let is_latest = move || latest.try_get_value() == Some(number);
        let ask = move || {
            if is_latest() {
                spawn_local(async move {
                    let reply = client.with_value(|client| client.call(&request)).await;
                    if let Ok(ReadNumber { number, is_known }) = reply
                        && is_latest()
                    {
                        reading.is_known.set(is_known);
                        reading.number.set(Some(number));
                    }
                });
            }
        };
        set_timeout(ask, PAUSE);
    });
    reading
}

impl Reading {
    /// As it will be kept. Reactive.
    pub(super) fn number(self) -> Option<String> {
        self.number.get()
    }

    /// What stands beside the field: how the number is read, or before that how one is written.
    /// Reactive.
    pub(super) fn hint(self) -> String {
        match self.number.get() {
            None => say::phone_hint(),
            Some(number) if self.is_known.get() => say::phone_read(&number),
            Some(number) => say::phone_read_unknown(&number),
        }
    }
}
