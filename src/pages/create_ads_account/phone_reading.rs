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

/// The number that is typed, as the host reads it; nothing until it has said so.
pub(super) fn of(country: RwSignal<String>, phone: RwSignal<String>) -> Signal<Option<ReadNumber>> {
    let client = StoredValue::new_local(use_client());
    let reading = RwSignal::new(None);
    let latest = StoredValue::new(0_u32);
    effect(move || {
        let request = ReadPhone {
            country: country.get(),
            phone: phone.get(),
        };
        reading.set(None);
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
                    if is_latest() {
                        reading.set(reply.ok());
                    }
                });
            }
        };
        set_timeout(ask, PAUSE);
    });
    reading.into()
}

/// What stands beside the field: how the number is read, or before that how one is written.
pub(super) fn hint(reading: Option<ReadNumber>) -> String {
    match reading {
        None => say::phone_hint(),
        Some(ReadNumber { number, is_known }) if is_known => say::phone_read(&number),
        Some(ReadNumber { number, .. }) => say::phone_read_unknown(&number),
    }
}
