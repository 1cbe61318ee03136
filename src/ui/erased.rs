//! What spares the browser code: each view, condition and effect is a type of its own to the
//! compiler, and what surrounds it would be compiled for it alone. Here it becomes one of a kind.

use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// A view that follows what it reads.
pub fn dynamic(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    fn erased(view: Arc<Mutex<dyn FnMut() -> AnyView + Send>>) -> AnyView {
        view.into_any()
    }
    erased(Arc::new(Mutex::new(view)))
}

/// An effect, as leptos has it.
pub fn effect(run: impl Fn() + 'static) {
    fn erased(run: Box<dyn Fn()>) {
        Effect::new(run);
    }
    erased(Box::new(run));
}

/// Its children while a condition holds, and else the fallback; as leptos has it.
#[component]
pub fn Show<When: Fn() -> bool + Send + Sync + 'static>(
    /// The condition. It is looked at whenever what it reads changes; the children are made anew
    /// only when its answer does.
    when: When,
    /// What is shown while it holds.
    children: ChildrenFn,
    /// What is shown while it doesn't.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    shown(Box::new(when), children, fallback)
}

fn shown(
    when: Box<dyn Fn() -> bool + Send + Sync>,
    children: ChildrenFn,
    fallback: ViewFn,
) -> AnyView {
    let holds = Memo::new(move |_| when());
    dynamic(move || {
        if holds.get() {
            children()
        } else {
            fallback.run()
        }
    })
}
