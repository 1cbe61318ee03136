//! What the screens of a draft share: its fields, what surrounds them, and the ways between them.

use super::typed::Typed;
use crate::autosave::{Autosave, SaveStatus};
use crate::client::{Client, Failure, use_client};
use crate::document;
use crate::form::Form;
use crate::intl;
use crate::navigate::Navigator;
use crate::route::{CampaignScreen, Route};
use crate::session::{CurrentSession, use_session};
use crate::text;
use crate::ui::{Progress, effect, focus_field};
use contract::drafts::{DraftView, FinishDraft, GetDraft, ReopenDraft};
use domain::draft::{Contents, Stage, Step, Surroundings};
use domain::id::DraftId;
use domain::input::{Field, FieldFault};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;

/// The id of what says how far it is saved.
pub(super) const SAVE_STATUS: &str = "save-status";

/// A draft that is being edited.
#[derive(Clone, Copy)]
pub struct DraftEditor {
    pub(super) draft: DraftId,
    typed: StoredValue<Typed>,
    /// The draft as the host had it, and what surrounds it.
    pub(super) view: RwSignal<DraftView>,
    pub(super) contents: Memo<Contents>,
    /// Whether it is being finished, or the end of it taken back.
    pub(super) finishing: RwSignal<bool>,
    /// Whether the preview is open over a step, where there is no room for it beside.
    pub(super) previewing: RwSignal<bool>,
    /// The steps that were left since the page was opened; all of them once they were reviewed.
    left: RwSignal<Vec<Step>>,
    autosave: StoredValue<Autosave, LocalStorage>,
    /// The field to which the next screen leads.
    aim: RwSignal<Option<Field>>,
    client: StoredValue<Client, LocalStorage>,
    go: StoredValue<Navigator, LocalStorage>,
    session: CurrentSession,
}

/// The step of a screen.
pub(super) const fn step(screen: CampaignScreen) -> Option<Step> {
    match screen {
        CampaignScreen::Campaign => Some(Step::Campaign),
        CampaignScreen::AdGroup => Some(Step::AdGroup),
        CampaignScreen::Ad | CampaignScreen::UnableToLink => Some(Step::Ad),
        CampaignScreen::Review => None,
    }
}

impl DraftEditor {
    /// To be made where a component begins. Keeps what is typed while `open` is a step.
    pub(super) fn new(autosave: Autosave, view: DraftView, open: Memo<CampaignScreen>) -> Self {
        let typed = Typed::new(&autosave.open(&view));
        let draft = view.id;
        let view = RwSignal::new(view);
        let step_before = StoredValue::new(None::<Step>);
        let contents = Memo::new(move |_| {
            let linked = view.with(|view| view.identity.as_ref().map(|it| it.identity_id.clone()));
            typed.contents(linked)
        });
        let editor = Self {
            draft,
            typed: StoredValue::new(typed),
            view,
            contents,
            finishing: RwSignal::new(false),
            previewing: RwSignal::new(false),
            left: RwSignal::new(Vec::new()),
            autosave: StoredValue::new_local(autosave),
            aim: RwSignal::new(None),
            client: StoredValue::new_local(use_client()),
            go: StoredValue::new_local(Navigator::new()),
            session: use_session(),
        };
        effect(move || {
            let contents = contents.get();
            let open = step(open.get_untracked());
            if let (Some(step), false) = (open, untrack(|| editor.is_finished())) {
                editor
                    .autosave
                    .with_value(|autosave| autosave.write(&contents, step));
            }
        });
        effect(move || {
            let left = match step(open.get()) {
                Some(_) => step_before.get_value().into_iter().collect(),
                None => Step::ALL.to_vec(),
            };
            step_before.set_value(step(open.get_untracked()));
            editor.left.update(|known| known.extend(left));
        });
        editor
    }

    pub(super) fn typed(self) -> Typed {
        self.typed.get_value()
    }

    /// How far it is saved. Reactive.
    pub(super) fn save_status(self) -> SaveStatus {
        self.autosave.with_value(Autosave::save_status)
    }

    /// Whether it is finished. Reactive.
    pub(super) fn is_finished(self) -> bool {
        self.view.with(|view| view.draft.stage == Stage::Finished)
    }

    /// What is wrong with a step. Reactive.
    pub(super) fn faults(self, step: Step) -> Vec<FieldFault> {
        self.contents.with(|contents| {
            self.view.with(|view| {
                let surroundings = Surroundings {
                    currency: view.currency,
                    identity: view.identity.as_ref().map(|it| it.identity_id.as_str()),
                    now: intl::now(),
                    time_zone: &view.time_zone,
                    offset: intl::offset_at,
                };
                contents.check_step(step, surroundings)
            })
        })
    }

    /// What the campaign is called. Reactive.
    pub(super) fn name(self) -> Signal<String> {
        Signal::derive(move || {
            let name = self
                .contents
                .with(|contents| contents.campaign.name.clone());
            text::campaign(&name)
        })
    }

    /// How far one is with a step that isn't open. Reactive.
    pub(super) fn progress(self, step: Step) -> Progress {
        if self.faults(step).is_empty() {
            Progress::Complete
        } else if self.left.with(|left| left.contains(&step)) {
            Progress::Faulty
        } else if self.contents.with(|contents| contents.is_begun(step)) {
            Progress::Begun
        } else {
            Progress::Ahead
        }
    }

    /// The form of a step. Where something led here, it shows what is wrong, and the focus is there.
    pub(super) fn form(self, step: Step) -> Form {
        let form = Form::new(move || Some(self.faults(step)));
        if let Some(field) = untrack(|| self.aim.get()) {
            self.aim.set(None);
            // After the page's heading has had the focus.
            request_animation_frame(move || {
                form.validate(self.faults_now(step));
                request_animation_frame(move || {
                    focus_field(field.name());
                });
            });
        }
        form
    }

    fn faults_now(self, step: Step) -> Option<Vec<FieldFault>> {
        self.contents.try_get_untracked()?;
        Some(untrack(|| self.faults(step)))
    }

    /// The route of a screen.
    pub(super) const fn route(self, screen: CampaignScreen) -> Route {
        Route::Campaign {
            draft: self.draft,
            screen,
        }
    }

    fn open(self, screen: CampaignScreen) {
        self.go.with_value(|go| go.push(&self.route(screen)));
    }

    /// Opens a screen in the place of the one that is open.
    pub(super) fn open_instead(self, screen: CampaignScreen) {
        self.go.try_with_value(|go| go.replace(&self.route(screen)));
    }

    pub(super) fn turn(self, to: Step) {
        self.save_as_open(to);
        self.open(to.into());
    }

    /// Saves at once; the list leads to this step then.
    pub(super) fn save_as_open(self, step: Step) {
        self.autosave.with_value(|autosave| autosave.save_now(step));
    }

    /// The next screen leads to a field.
    pub(super) fn aim_at(self, field: Field) {
        self.aim.set(Some(field));
    }

    /// Opens the next screen if this step is right.
    pub(super) fn go_on(self, form: Form, from: Step, to: CampaignScreen) {
        if !form.validate(self.faults_now(from)) {
            self.save_as_open(step(to).unwrap_or(from));
            self.open(to);
        }
    }

    /// Opens the first step that isn't right, at what is wrong.
    pub(super) fn open_first_fault(self) {
        let found = Step::ALL.into_iter().find_map(|step| {
            let faults = self.faults_now(step)?;
            faults.first().map(|fault| (step, fault.field))
        });
        if let Some((step, field)) = found {
            self.aim_at(field);
            self.turn(step);
        }
    }

    /// Saves what isn't saved; whether that is all.
    pub(super) async fn save(self, step: Step) -> bool {
        let Some(autosave) = self.autosave.try_get_value() else {
            return false;
        };
        autosave.save_now(step);
        let is_saved = autosave.settle().await;
        if !is_saved {
            look_at(SAVE_STATUS);
        }
        is_saved
    }

    /// Finishes it. What the host refuses is told; what it knows is shown then.
    pub(super) fn finish(self, failure: RwSignal<Option<Failure>>) {
        if self.finishing.get_untracked() {
            return;
        }
        self.finishing.set(true);
        failure.set(None);
        let client = self.client.get_value();
        spawn_local(async move {
            if self.save(Step::Ad).await
                && let Some(autosave) = self.autosave.try_get_value()
            {
                let request = FinishDraft {
                    id: self.draft,
                    version: autosave.version(),
                };
                match client.call(&request).await {
                    Ok(view) => {
                        // As the host has tidied it.
                        self.take(view);
                        // The page stays, and has another heading.
                        request_animation_frame(document::arrive_when_headed);
                    }
                    Err(refusal) => self.refused(refusal, failure).await,
                }
            }
            self.finishing.try_set(false);
        });
    }

    /// Takes the end of it back, so that it can be edited.
    pub(super) fn edit_again(self, failure: RwSignal<Option<Failure>>) {
        if self.finishing.get_untracked() {
            return;
        }
        self.finishing.set(true);
        failure.set(None);
        let client = self.client.get_value();
        let request = ReopenDraft {
            id: self.draft,
            version: self.view.with_untracked(|view| view.draft.version),
        };
        spawn_local(async move {
            match client.call(&request).await {
                Ok(view) => {
                    if self.autosave.try_get_value().is_some() {
                        self.open_instead(CampaignScreen::Campaign);
                        self.take(view);
                    }
                }
                Err(refusal) => self.refused(refusal, failure).await,
            }
            self.finishing.try_set(false);
        });
    }

    /// Tells why not, and shows what the host has by now: it was changed elsewhere, or the identity has
    /// gone. Nothing that is typed here is lost by it, since all of it was saved.
    async fn refused(self, refusal: Failure, failure: RwSignal<Option<Failure>>) {
        self.session.on_failure(&refusal);
        failure.try_set(Some(refusal));
        let Some(client) = self.client.try_get_value() else {
            return;
        };
        if let Ok(view) = client.call(&GetDraft { id: self.draft }).await
            && self.autosave.try_get_value().is_some()
        {
            let was_finished = untrack(|| self.is_finished());
            self.take(view);
            if untrack(|| self.is_finished()) != was_finished {
                self.open_instead(self.view.with_untracked(|view| view.draft.stage.into()));
                request_animation_frame(document::arrive_when_headed);
            }
        }
    }

    /// Tries again to save.
    pub(super) fn retry(self) {
        self.autosave.with_value(Autosave::push);
    }

    /// Creates it again after it was deleted elsewhere.
    pub(super) fn create_anew(self) {
        self.autosave.with_value(Autosave::create_anew);
    }

    /// Shows what the host has, and forgets what is typed here.
    pub(super) fn take(self, newer: DraftView) {
        self.autosave
            .with_value(|autosave| autosave.take(&newer.draft));
        let contents = newer.draft.contents.clone();
        self.view.set(newer);
        self.typed().fill(&contents);
    }

    /// Saves what is typed here in the place of what the host has.
    pub(super) fn overwrite(self, newer: DraftView) {
        self.autosave
            .with_value(|autosave| autosave.overwrite(&newer.draft));
        self.view.set(newer);
    }
}

/// Moves the focus to what says why it goes no further.
fn look_at(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(found) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // It refuses only what can't be focused.
        let _ = found.focus();
    }
}
