//! Autosave of a draft: what is typed is saved after a pause, tried again after a failure, and never
//! saved over a version that this tab hasn't seen.
//!
//! An autosave outlives its page, so that a request under way is finished after the page is left.
//! What isn't saved yet is also written to the tab's storage, where it survives a reload or a
//! log-in.

mod unsaved;

use crate::client::{Client, Failure};
use crate::session::CurrentSession;
use contract::drafts::{CreateDraft, DraftView, GetDraft, SaveDraft, Saved};
use contract::problem::Code;
use core::cell::RefCell;
use core::time::Duration;
use domain::draft::{Contents, Draft, Stage, Step};
use domain::id::DraftId;
use domain::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use unsaved::Unsaved;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long after the last input it is saved.
const PAUSE: Duration = Duration::from_millis(700);
/// How long after a failure it is tried again, unless the host says.
const RETRY: Duration = Duration::from_secs(4);

/// Whether what is typed is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    Saved {
        /// When, where something was typed since the page was opened.
        at: Option<Timestamp>,
    },
    Saving,
    Failed(Failure),
    /// It can't be: the draft was changed elsewhere, into this one.
    ChangedElsewhere(Box<DraftView>),
    /// It can't be: the draft was deleted elsewhere.
    Deleted,
}

#[derive(Clone)]
pub struct Autosave(Rc<Inner>);

struct Inner {
    draft: DraftId,
    client: Client,
    session: CurrentSession,
    save_status: ArcRwSignal<SaveStatus>,
    notes: RefCell<Notes>,
}

#[derive(Default)]
struct Notes {
    /// What the host has.
    saved: Contents,
    version: u32,
    /// What it doesn't have.
    unsaved: Option<Unsaved>,
    /// What it may have: the answer was lost.
    sent: Option<Contents>,
    timer: Option<TimeoutHandle>,
    under_way: bool,
    /// Those who wait for the end of what is under way.
    waiting: Vec<js_sys::Function>,
}

thread_local! {
    static AUTOSAVES: RefCell<Vec<Autosave>> = const { RefCell::new(Vec::new()) };
}

/// Waits until no draft is being saved, so that what is read of them next is up to date.
pub async fn settle_all() {
    let autosaves = AUTOSAVES.with_borrow(Clone::clone);
    for autosave in autosaves {
        // A failure is shown where it was typed.
        autosave.settle().await;
    }
}

impl Autosave {
    /// The one autosave of a draft in this tab, for those whom the client's page was drawn for.
    pub fn of(draft: DraftId, client: Client, session: CurrentSession) -> Self {
        AUTOSAVES.with_borrow_mut(|autosaves| {
            // One that was opened for somebody else can't save for its owner.
            let known = autosaves.iter().find(|autosave| {
                autosave.0.draft == draft && autosave.0.client.is_of_same_page(&client)
            });
            if let Some(known) = known {
                return known.clone();
            }
            let new = Self(Rc::new(Inner {
                draft,
                client,
                session,
                save_status: ArcRwSignal::new(SaveStatus::Saved { at: None }),
                notes: RefCell::default(),
            }));
            autosaves.push(new.clone());
            new
        })
    }

    /// Reactive: follows each save.
    pub fn save_status(&self) -> SaveStatus {
        self.0.save_status.get()
    }

    /// The version that the host has.
    pub fn version(&self) -> u32 {
        self.0.notes.borrow().version
    }

    /// Begins with what the host has; gives what the page shows: what was typed here and couldn't
    /// be saved, where there is such, or else that.
    pub fn open(&self, view: &DraftView) -> Contents {
        let draft = &view.draft;
        let is_editing = matches!(draft.stage, Stage::Editing { .. });
        let unsaved = self.unsaved().or_else(|| unsaved::read(self.0.draft));
        let Some(mine) = unsaved.filter(|mine| is_editing && mine.contents != draft.contents)
        else {
            self.take(draft);
            return draft.contents.clone();
        };
        let is_newer = mine.version != draft.version;
        let contents = mine.contents.clone();
        {
            let mut notes = self.0.notes.borrow_mut();
            notes.saved = draft.contents.clone();
            notes.version = draft.version;
            notes.unsaved = Some(mine);
        }
        self.set_status(if is_newer {
            SaveStatus::ChangedElsewhere(Box::new(view.clone()))
        } else {
            SaveStatus::Saving
        });
        contents
    }

    /// Takes what the host has, and forgets what isn't saved.
    pub fn take(&self, draft: &Draft) {
        {
            let mut notes = self.0.notes.borrow_mut();
            notes.saved = draft.contents.clone();
            notes.version = draft.version;
            notes.unsaved = None;
            notes.sent = None;
        }
        self.cancel_timer();
        unsaved::forget(self.0.draft);
        self.set_status(SaveStatus::Saved { at: None });
    }

    /// Saves what was typed here in the place of what the host has.
    pub fn overwrite(&self, draft: &Draft) {
        {
            let mut notes = self.0.notes.borrow_mut();
            notes.saved = draft.contents.clone();
            notes.version = draft.version;
            if let Some(mine) = &mut notes.unsaved {
                mine.version = draft.version;
            }
        }
        self.set_status(SaveStatus::Saving);
        self.push();
    }

    /// Creates a deleted draft again, under its id, and saves what was typed here in it.
    pub fn create_anew(&self) {
        self.set_status(SaveStatus::Saving);
        let autosave = self.clone();
        spawn_local(async move {
            let id = autosave.0.draft;
            match autosave
                .0
                .client
                .call(&CreateDraft { id, copy_of: None })
                .await
            {
                Ok(view) => autosave.overwrite(&view.draft),
                Err(failure) => autosave.fail(failure),
            }
        });
    }

    pub fn write(&self, contents: &Contents, step: Step) {
        let is_new = {
            let notes = self.0.notes.borrow();
            let last = notes.unsaved.as_ref().map(|mine| &mine.contents);
            last.unwrap_or(&notes.saved) != contents
        };
        if is_new {
            self.note(contents.clone(), step);
        }
        // What was brought over from before the page was opened is still to be saved.
        if self.unsaved().is_some() && !self.is_stuck() {
            self.begin();
            self.push_after(PAUSE);
        }
    }

    /// Saves at once what isn't saved, with the step that is opened now.
    pub fn save_now(&self, step: Step) {
        let noted = {
            let mut notes = self.0.notes.borrow_mut();
            notes
                .unsaved
                .as_mut()
                .map(|mine| mine.step = step)
                .is_some()
        };
        if !noted {
            let saved = self.0.notes.borrow().saved.clone();
            self.note(saved, step);
        }
        if !self.is_stuck() {
            self.begin();
            self.push();
        }
    }

    /// Waits until nothing is under way; whether all is kept.
    pub async fn settle(&self) -> bool {
        let is_waiting = {
            let notes = self.0.notes.borrow();
            notes.under_way || notes.timer.is_some()
        };
        if is_waiting {
            self.push();
            let mut wait = |done: js_sys::Function, _| {
                self.0.notes.borrow_mut().waiting.push(done);
            };
            // It is only ever resolved.
            let _ = JsFuture::from(js_sys::Promise::new(&mut wait)).await;
        }
        self.0.notes.borrow().unsaved.is_none()
    }

    pub fn push(&self) {
        self.cancel_timer();
        let begins = {
            let mut notes = self.0.notes.borrow_mut();
            let begins = !notes.under_way;
            notes.under_way = true;
            begins
        };
        if begins {
            let autosave = self.clone();
            spawn_local(async move { autosave.deliver().await });
        }
    }

    async fn deliver(&self) {
        while let Some(mine) = self.unsaved() {
            let request = SaveDraft {
                id: self.0.draft,
                version: mine.version,
                step: mine.step,
                contents: mine.contents.clone(),
            };
            let goes_on = match self.0.client.call(&request).await {
                Ok(saved) => {
                    self.acknowledge(&mine, saved.version, Some(saved));
                    true
                }
                Err(failure) => self.refused(&mine, failure).await,
            };
            if !goes_on {
                break;
            }
        }
        let waiting = {
            let mut notes = self.0.notes.borrow_mut();
            notes.under_way = false;
            core::mem::take(&mut notes.waiting)
        };
        for done in waiting {
            // The resolver of a promise never throws.
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    }

    /// The host has it. What was typed meanwhile follows.
    fn acknowledge(&self, mine: &Unsaved, version: u32, saved: Option<Saved>) {
        let rest = {
            let mut notes = self.0.notes.borrow_mut();
            notes.saved = mine.contents.clone();
            notes.version = version;
            notes.sent = None;
            if notes.unsaved.as_ref() == Some(mine) {
                notes.unsaved = None;
            }
            if let Some(rest) = &mut notes.unsaved {
                rest.version = version;
            }
            notes.unsaved.clone()
        };
        if let Some(rest) = rest {
            unsaved::write(self.0.draft, &rest);
            self.set_status(SaveStatus::Saving);
        } else {
            unsaved::forget(self.0.draft);
            let at = saved.map(|saved| saved.changed);
            self.set_status(SaveStatus::Saved { at });
        }
    }

    /// The host doesn't have it; whether to go on all the same.
    async fn refused(&self, mine: &Unsaved, failure: Failure) -> bool {
        let code = failure.code();
        if matches!(code, Some(Code::DraftChanged | Code::DraftFinished)) {
            return self.compare(mine).await;
        }
        if code == Some(Code::NotFound) {
            self.set_status(SaveStatus::Deleted);
            return false;
        }
        self.0.notes.borrow_mut().sent = Some(mine.contents.clone());
        self.fail(failure);
        false
    }

    /// It was changed since: elsewhere, or by ourselves, where an answer was lost.
    async fn compare(&self, mine: &Unsaved) -> bool {
        let request = GetDraft { id: self.0.draft };
        let view = match self.0.client.call(&request).await {
            Ok(view) => view,
            Err(failure) if failure.code() == Some(Code::NotFound) => {
                self.set_status(SaveStatus::Deleted);
                return false;
            }
            Err(failure) => {
                self.fail(failure);
                return false;
            }
        };
        let has = &view.draft.contents;
        let is_editing = matches!(view.draft.stage, Stage::Editing { .. });
        let is_ours = *has == mine.contents || self.0.notes.borrow().sent.as_ref() == Some(has);
        if is_editing && is_ours {
            let has = Unsaved {
                contents: has.clone(),
                ..mine.clone()
            };
            self.acknowledge(&has, view.draft.version, None);
            true
        } else {
            self.set_status(SaveStatus::ChangedElsewhere(Box::new(view)));
            false
        }
    }

    /// Says why it isn't saved, and tries again by itself where that may help.
    fn fail(&self, failure: Failure) {
        self.0.session.on_failure(&failure);
        let wait = failure.problem().and_then(|problem| problem.retry_after_s);
        let wait = wait.map_or(RETRY, |seconds| Duration::from_secs(seconds.into()));
        let may_pass = match failure.code() {
            Some(code) => matches!(
                code,
                Code::Unavailable | Code::Internal | Code::TooManyRequests
            ),
            None => true,
        };
        self.set_status(SaveStatus::Failed(failure));
        if may_pass {
            self.push_after(wait);
        }
    }

    fn note(&self, contents: Contents, step: Step) {
        let mine = {
            let mut notes = self.0.notes.borrow_mut();
            let version = notes
                .unsaved
                .as_ref()
                .map_or(notes.version, |mine| mine.version);
            let mine = Unsaved {
                version,
                step,
                contents,
            };
            notes.unsaved = Some(mine.clone());
            mine
        };
        unsaved::write(self.0.draft, &mine);
    }

    fn unsaved(&self) -> Option<Unsaved> {
        self.0.notes.borrow().unsaved.clone()
    }

    /// Whether somebody must decide before anything can be saved.
    fn is_stuck(&self) -> bool {
        self.0
            .save_status
            .with_untracked(|save_status| match save_status {
                SaveStatus::ChangedElsewhere(_) | SaveStatus::Deleted => true,
                SaveStatus::Saved { .. } | SaveStatus::Saving | SaveStatus::Failed(_) => false,
            })
    }

    /// What failed stays failed until it doesn't.
    fn begin(&self) {
        let is_saved = self
            .0
            .save_status
            .with_untracked(|save_status| matches!(save_status, SaveStatus::Saved { .. }));
        if is_saved {
            self.set_status(SaveStatus::Saving);
        }
    }

    fn set_status(&self, now: SaveStatus) {
        if self
            .0
            .save_status
            .with_untracked(|save_status| *save_status != now)
        {
            self.0.save_status.set(now);
        }
    }

    fn push_after(&self, pause: Duration) {
        self.cancel_timer();
        let autosave = self.clone();
        let timer = set_timeout_with_handle(move || autosave.push(), pause).ok();
        self.0.notes.borrow_mut().timer = timer;
    }

    fn cancel_timer(&self) {
        if let Some(timer) = self.0.notes.borrow_mut().timer.take() {
            timer.clear();
        }
    }
}
