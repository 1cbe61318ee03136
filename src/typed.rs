//! What is typed on a member's page and not sent yet, as this tab keeps it for that member alone:
//! over a reload, a log-in, a way to TikTok, and while somebody else is logged in. Never a secret.

use crate::session::use_session;
use crate::storage;
use crate::ui::effect;
use leptos::prelude::*;

/// What stands between two fields: nobody types it.
const SEPARATOR: char = '\u{1f}';

/// What is kept of a page's fields.
#[derive(Clone, Copy)]
pub struct Typed {
    key: StoredValue<String>,
    fields: StoredValue<Vec<RwSignal<String>>>,
    /// What needn't be kept: the host has it.
    sent: StoredValue<String>,
}

impl Typed {
    /// Puts into `fields`, which hold what the host has, what is kept of them, and keeps what is
    /// typed there. To be made where a component begins.
    pub fn keep(page: &str, fields: Vec<RwSignal<String>>) -> Self {
        let session = use_session();
        let member = untrack(|| session.member());
        let owner = member.map(|member| member.account.to_string());
        let key = format!("portal.typed.{page}.{}", owner.unwrap_or_default());
        let kept = storage::read_in_tab(&key);
        let typed = Self {
            key: StoredValue::new(key),
            sent: StoredValue::new(untrack(|| joined(&fields))),
            fields: StoredValue::new(fields),
        };
        if let Some(kept) = kept {
            typed.fields.with_value(|fields| {
                for (field, text) in fields.iter().zip(kept.split(SEPARATOR)) {
                    field.set(text.to_owned());
                }
            });
        }
        effect(move || {
            let now = typed.fields.with_value(|fields| joined(fields));
            typed.key.with_value(|key| {
                if typed.sent.with_value(|sent| *sent == now) {
                    storage::remove_in_tab(key);
                } else {
                    storage::write_in_tab(key, &now);
                }
            });
        });
        typed
    }

    /// The host has it.
    pub fn forget(self) {
        let now = self
            .fields
            .try_with_value(|fields| untrack(|| joined(fields)));
        if let Some(now) = now {
            self.sent.set_value(now);
            self.key.with_value(|key| storage::remove_in_tab(key));
        }
    }
}

fn joined(fields: &[RwSignal<String>]) -> String {
    let texts: Vec<_> = fields.iter().map(|field| field.get()).collect();
    texts.join(SEPARATOR.encode_utf8(&mut [0; 4]))
}
