//! The tab's clock and its cryptographic source, for the mock.

use ::mock::Machine;

pub(super) struct Tab;

impl Machine for Tab {
    fn now_ms(&self) -> i64 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "Date.now() is a whole number of milliseconds far below 2^53"
        )]
        let now = js_sys::Date::now() as i64;
        now
    }

    fn fill(&self, bytes: &mut [u8]) {
        let source = web_sys::window().and_then(|window| window.crypto().ok());
        if let Some(source) = source {
            // It refuses only more than 64 KiB at once.
            let _ = source.get_random_values_with_u8_array(bytes);
        }
    }

    fn user_agent(&self) -> Option<String> {
        web_sys::window()?.navigator().user_agent().ok()
    }

    fn origin(&self) -> String {
        let origin = web_sys::window().and_then(|window| window.location().origin().ok());
        origin.unwrap_or_default()
    }
}
