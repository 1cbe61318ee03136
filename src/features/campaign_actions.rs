//! What is done to campaigns and ends in one that is edited.

use crate::client::{Client, Failure, use_client};
use crate::document;
use crate::json;
use crate::navigate::Navigator;
use crate::route::{CampaignScreen, Route};
use crate::session::{CurrentSession, use_session};
use crate::text::say;
use contract::UseCase;
use contract::drafts::{CreateDraft, DraftRow, DraftView, ReopenDraft};
use domain::id::DraftId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One at a time, however many buttons there are for them.
#[derive(Clone, Copy)]
pub struct CampaignActions {
    client: StoredValue<Client, LocalStorage>,
    session: CurrentSession,
    go: StoredValue<Navigator, LocalStorage>,
    /// A draft in which nobody has typed, if there is one: a new one needn't be stored then.
    untouched: Signal<Option<DraftId>>,
    /// The id of a draft that is being begun, chosen before it is asked for: asked twice, it is
    /// begun once.
    new: StoredValue<Option<DraftId>>,
    pub pending: RwSignal<bool>,
    pub failure: RwSignal<Option<Failure>>,
}

impl CampaignActions {
    /// To be called where a component begins.
    pub fn new(untouched: impl Fn() -> Option<DraftId> + Send + Sync + 'static) -> Self {
        Self {
            client: StoredValue::new_local(use_client()),
            session: use_session(),
            go: StoredValue::new_local(Navigator::new()),
            untouched: Signal::derive(untouched),
            new: StoredValue::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    pub fn create(self) {
        if let Some(draft) = self.untouched.get_untracked() {
            return self.open(draft);
        }
        let Some(id) = self.new.get_value().or_else(random_draft) else {
            self.failure.set(Some(Failure::Unreadable));
            return;
        };
        self.new.set_value(Some(id));
        self.ask(CreateDraft { id, copy_of: None }, None);
    }

    pub fn duplicate(self, of: DraftId) {
        let Some(id) = random_draft() else {
            self.failure.set(Some(Failure::Unreadable));
            return;
        };
        let copy_of = Some(of);
        self.ask(CreateDraft { id, copy_of }, Some(say::campaigns_copied));
    }

    /// Makes what was finished a draft again.
    pub fn edit_again(self, row: &DraftRow) {
        let (id, version) = (row.id, row.version);
        self.ask(ReopenDraft { id, version }, None);
    }

    fn open(self, draft: DraftId) {
        self.go.with_value(|go| {
            go.push(&Route::Campaign {
                draft,
                screen: CampaignScreen::Campaign,
            });
        });
    }

    fn ask<R>(self, request: R, done: Option<fn() -> String>)
    where
        R: UseCase<Reply = DraftView>,
    {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        let client = self.client.get_value();
        let go = self.go.get_value();
        spawn_local(async move {
            match client.call(&request).await {
                Ok(view) => {
                    if let Some(done) = done {
                        document::show_toast(untrack(done));
                    }
                    go.push(&Route::Campaign {
                        draft: view.id,
                        screen: CampaignScreen::Campaign,
                    });
                }
                Err(failure) => {
                    self.session.on_failure(&failure);
                    self.failure.try_set(Some(failure));
                }
            }
            self.pending.try_set(false);
        });
    }
}

/// A random id. The browser's own maker of such is missing where the page came over plain HTTP.
fn random_draft() -> Option<DraftId> {
    use wasm_bindgen::JsCast as _;
    let crypto = json::member(&js_sys::global(), "crypto");
    let fill = json::member(&crypto, "getRandomValues");
    let fill: js_sys::Function = fill.dyn_into().ok()?;
    let place = js_sys::Uint8Array::new_with_length(16);
    fill.call1(&crypto, &place).ok()?;
    let mut bytes = [0; 16];
    place.copy_to(&mut bytes);
    Some(DraftId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
}
