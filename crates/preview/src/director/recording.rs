//! What was done, as a script: to be kept, shared, and played again step by step.

use super::world::{download, pick_file};
use crate::script::Script;
use crate::stage_controller::StageController;
use crate::step_text;
use crate::tool_text::tool;
use leptos::prelude::*;
use leptos::task::spawn_local;
use portal::ui::{Button, ButtonKind};

#[component]
pub fn Recording(controller: StageController) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let save = move |()| {
        let script = untrack(|| controller.recording());
        let text = serde_json::to_string_pretty(&script).unwrap_or_default();
        download("recording.json", &text);
    };
    let load = move |text: String| match serde_json::from_str::<Script>(&text) {
        Ok(script) => {
            wrong.set(None);
            controller.begin(|state| {
                state.scene = None;
                state.persona.clone_from(&script.persona);
                state.at = Some(script.at.clone());
            });
            controller.script.set(Some((script, 0)));
        }
        Err(error) => {
            let why = tool::recording_wrong().replace("{}", &error.to_string());
            wrong.set(Some(why));
        }
    };
    // Two at once would do each step twice.
    let playing = RwSignal::new(false);
    let play = move |count: usize| {
        wrong.set(None);
        let Some((script, done)) = controller.script.get_untracked() else {
            return;
        };
        if playing.get_untracked() {
            return;
        }
        playing.set(true);
        spawn_local(async move {
            let mut done = done;
            for step in script.steps.iter().skip(done).take(count) {
                if let Some(why) = controller.played(vec![step.clone()]).await {
                    wrong.set(Some(why));
                    break;
                }
                done += 1;
                controller.script.set(Some((script.clone(), done)));
            }
            playing.set(false);
        });
    };
    let steps = move || {
        let shown = controller.script.get();
        let (steps, done) = if let Some((script, done)) = shown {
            (script.steps, done)
        } else {
            let steps = controller.steps.get();
            let done = steps.len();
            (steps, done)
        };
        if steps.is_empty() {
            return view! { <p class="small muted">{tool::recording_empty()}</p> }.into_any();
        }
        let rows = steps.into_iter().enumerate().map(move |(place, step)| {
            let is_next = (place == done).then_some("step");
            view! { <li aria-current=is_next>{step_text::of(&step)}</li> }
        });
        view! { <ol class="tool-steps">{rows.collect_view()}</ol> }.into_any()
    };
    let loaded = move || controller.script.with(Option::is_some);
    view! {
        <p class="small muted">{tool::recording_hint()}</p>
        {steps}
        {move || wrong.get().map(|why| view! { <p class="field-error" role="alert">{why}</p> })}
        <div class="row">
            <Button kind=ButtonKind::Secondary on_click=Callback::new(save)>{tool::recording_save()}</Button>
            <Button kind=ButtonKind::Secondary on_click=Callback::new(move |()| pick_file(load))>
                {tool::recording_load()}
            </Button>
            <Show when=loaded>
                <Button kind=ButtonKind::Secondary pending=playing on_click=Callback::new(move |()| play(1))>
                    {tool::recording_next()}
                </Button>
                <Button kind=ButtonKind::Secondary pending=playing on_click=Callback::new(move |()| play(usize::MAX))>
                    {tool::recording_all()}
                </Button>
            </Show>
        </div>
    }
}
