//! The last step: everything on one page, what is missing where it is missing, and the way to finish.

use super::Rows;
use super::editor::DraftEditor;
use crate::client::Failure;
use crate::form::FailureBanner;
use crate::route::Page as _;
use crate::text::{self, live, say};
use crate::ui::{Button, ButtonKind, PageHeading};
use domain::draft::Step;
use domain::input::FieldFault;
use leptos::prelude::*;

#[component]
pub fn Review(editor: DraftEditor) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let is_ready = Memo::new(move |_| {
        Step::ALL
            .into_iter()
            .all(|step| editor.faults(step).is_empty())
    });
    let lead = move || {
        if is_ready.get() {
            say::review_lead()
        } else {
            say::review_missing_lead()
        }
    };
    let go_on = move |()| {
        if is_ready.get_untracked() {
            editor.finish(failure);
        } else {
            editor.open_first_fault();
        }
    };
    let words = move || {
        if is_ready.get() {
            say::campaign_finish()
        } else {
            say::review_fix()
        }
    };
    let card = move |step| view! { <ReviewCard editor step/> }.into_any();
    view! {
        <PageHeading text=live(say::step_review) lead=live(lead)/>
        <FailureBanner failure/>
        {Step::ALL.into_iter().map(card).collect_view()}
        <p class="muted small">{say::review_undo}</p>
        <div class="form-actions wizard-actions">
            <Button on_click=Callback::new(move |()| editor.turn(Step::Ad))>{say::back}</Button>
            {super::preview_button(editor)}
            <Button
                kind=ButtonKind::Primary
                pending=editor.finishing
                on_click=Callback::new(go_on)
            >
                {words}
            </Button>
        </div>
    }
}

/// What a step says, under what it lacks.
#[component]
fn ReviewCard(editor: DraftEditor, step: Step) -> impl IntoView {
    let href = move || editor.route(step.into()).address();
    let fault = move |FieldFault { field, fault }: FieldFault| {
        view! {
            <li>
                <a
                    class="link"
                    href=href()
                    on:click=move |_| {
                        editor.save_as_open(step);
                        editor.aim_at(field);
                    }
                >
                    {say::labelled(&text::label(field), &text::fault(field, &fault))}
                </a>
            </li>
        }
        .into_any()
    };
    let faults = Memo::new(move |_| editor.faults(step));
    view! {
        <section class="card">
            <div class="row row-between">
                <h2 class="card-title">{move || text::step(step)}</h2>
                <a class="link" href=href() on:click=move |_| editor.save_as_open(step)>
                    <span aria-hidden="true">{say::review_edit}</span>
                    <span class="visually-hidden">
                        {move || say::review_edit_named(&text::step(step))}
                    </span>
                </a>
            </div>
            {move || {
                let faults = faults.get();
                (!faults.is_empty())
                    .then(|| {
                        view! {
                            <ul class="review-faults">
                                {faults.into_iter().map(fault).collect_view()}
                            </ul>
                        }
                    })
            }}
            <Rows editor step/>
        </section>
    }
}
