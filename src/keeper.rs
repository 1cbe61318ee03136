//! Keeps what is typed in a draft: saves it a moment after it is typed, again when that failed, and
//! never over a version that it doesn't know.
//!
//! A keeper outlives its page: what is on its way arrives although the page is left. What isn't
//! saved is also kept in this tab, over a reload or a log-in, until it is.

mod unsaved;

use crate::client::{Client, Failure};
use crate::session::CurrentSession;
use contract::drafts::{DraftView, GetDraft, SaveDraft, Saved};
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

/// After so long without another key it is saved.
const PAUSE: Duration = Duration::from_millis(700);
/// After so long it is tried again.
const RETRY: Duration = Duration::from_secs(4);

/// How far what is typed is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// All of it.
    Kept {
        /// When, where something was typed since the page was opened.
        at: Option<Timestamp>,
    },
    /// It is about to be.
    UnderWay,
    /// It isn't.
    Failed(Failure),
    /// It can't be: the draft was changed elsewhere, into this one.
    Changed(Box<DraftView>),
}

/// The keeper of a draft.
#[derive(Clone)]
pub struct Keeper(Rc<Inside>);

struct Inside {
    draft: DraftId,
    client: Client,
    session: CurrentSession,
    keeping: ArcRwSignal<Keeping>,
    notes: RefCell<Notes>,
}

#[derive(Default)]
struct Notes {
    /// What the host has.
    kept: Contents,
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
    static KEEPERS: RefCell<Vec<Keeper>> = const { RefCell::new(Vec::new()) };
}

/// Waits until nothing that was typed in any draft is under way: what is read of them then has it.
pub async fn settle_all() {
    let keepers = KEEPERS.with_borrow(Clone::clone);
    for keeper in keepers {
        // What couldn't be kept is told where it was typed.
        keeper.settle().await;
    }
}

impl Keeper {
    /// The one keeper of a draft in this tab.
    pub fn of(draft: DraftId, client: Client, session: CurrentSession) -> Self {
        KEEPERS.with_borrow_mut(|keepers| {
            if let Some(known) = keepers.iter().find(|keeper| keeper.0.draft == draft) {
                return known.clone();
            }
            let new = Self(Rc::new(Inside {
                draft,
                client,
                session,
                keeping: ArcRwSignal::new(Keeping::Kept { at: None }),
                notes: RefCell::default(),
            }));
            keepers.push(new.clone());
            new
        })
    }

    /// How far what is typed is kept. Reactive.
    pub fn keeping(&self) -> Keeping {
        self.0.keeping.get()
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
            notes.kept = draft.contents.clone();
            notes.version = draft.version;
            notes.unsaved = Some(mine);
        }
        self.tell(if is_newer {
            Keeping::Changed(Box::new(view.clone()))
        } else {
            Keeping::UnderWay
        });
        contents
    }

    /// Takes what the host has, and forgets what isn't saved.
    pub fn take(&self, draft: &Draft) {
        {
            let mut notes = self.0.notes.borrow_mut();
            notes.kept = draft.contents.clone();
            notes.version = draft.version;
            notes.unsaved = None;
            notes.sent = None;
        }
        self.rest();
        unsaved::forget(self.0.draft);
        self.tell(Keeping::Kept { at: None });
    }

    /// Saves what was typed here in the place of what the host has.
    pub fn overwrite(&self, draft: &Draft) {
        {
            let mut notes = self.0.notes.borrow_mut();
            notes.kept = draft.contents.clone();
            notes.version = draft.version;
            if let Some(mine) = &mut notes.unsaved {
                mine.version = draft.version;
            }
        }
        self.tell(Keeping::UnderWay);
        self.push();
    }

    /// Something was typed.
    pub fn write(&self, contents: &Contents, step: Step) {
        let is_new = {
            let notes = self.0.notes.borrow();
            let last = notes.unsaved.as_ref().map(|mine| &mine.contents);
            last.unwrap_or(&notes.kept) != contents
        };
        if is_new {
            self.note(contents.clone(), step);
        }
        // What was brought over from before the page was opened is still to be saved.
        if self.unsaved().is_some() && !self.has_changed() {
            self.begin();
            self.push_after(PAUSE);
        }
    }

    /// Saves at once what isn't saved, with the step that is opened now.
    pub fn hurry(&self, step: Step) {
        let noted = {
            let mut notes = self.0.notes.borrow_mut();
            notes
                .unsaved
                .as_mut()
                .map(|mine| mine.step = step)
                .is_some()
        };
        if !noted {
            let kept = self.0.notes.borrow().kept.clone();
            self.note(kept, step);
        }
        if !self.has_changed() {
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

    /// Tries again what failed.
    pub fn push(&self) {
        self.rest();
        let begins = {
            let mut notes = self.0.notes.borrow_mut();
            let begins = !notes.under_way;
            notes.under_way = true;
            begins
        };
        if begins {
            let keeper = self.clone();
            spawn_local(async move { keeper.deliver().await });
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
            notes.kept = mine.contents.clone();
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
            self.tell(Keeping::UnderWay);
        } else {
            unsaved::forget(self.0.draft);
            let at = saved.map(|saved| saved.changed);
            self.tell(Keeping::Kept { at });
        }
    }

    /// The host doesn't have it; whether to go on all the same.
    async fn refused(&self, mine: &Unsaved, failure: Failure) -> bool {
        let code = failure.problem().map(|problem| problem.code);
        if matches!(code, Some(Code::DraftChanged | Code::DraftFinished)) {
            return self.compare(mine).await;
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
            self.tell(Keeping::Changed(Box::new(view)));
            false
        }
    }

    /// Says why it isn't saved, and tries again by itself where that may help.
    fn fail(&self, failure: Failure) {
        self.0.session.heed(&failure);
        let wait = failure.problem().and_then(|problem| problem.retry_after_s);
        let wait = wait.map_or(RETRY, |seconds| Duration::from_secs(seconds.into()));
        let may_pass = match failure.problem().map(|problem| problem.code) {
            Some(code) => matches!(
                code,
                Code::Unavailable | Code::Internal | Code::TooManyRequests
            ),
            None => true,
        };
        self.tell(Keeping::Failed(failure));
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

    fn has_changed(&self) -> bool {
        self.0
            .keeping
            .with_untracked(|keeping| matches!(keeping, Keeping::Changed(_)))
    }

    /// What failed stays failed until it doesn't.
    fn begin(&self) {
        let is_kept = self
            .0
            .keeping
            .with_untracked(|keeping| matches!(keeping, Keeping::Kept { .. }));
        if is_kept {
            self.tell(Keeping::UnderWay);
        }
    }

    fn tell(&self, now: Keeping) {
        if self.0.keeping.with_untracked(|keeping| *keeping != now) {
            self.0.keeping.set(now);
        }
    }

    fn push_after(&self, pause: Duration) {
        self.rest();
        let keeper = self.clone();
        let timer = set_timeout_with_handle(move || keeper.push(), pause).ok();
        self.0.notes.borrow_mut().timer = timer;
    }

    /// Nothing is due.
    fn rest(&self) {
        if let Some(timer) = self.0.notes.borrow_mut().timer.take() {
            timer.clear();
        }
    }
}
