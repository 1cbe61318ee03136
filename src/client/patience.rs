//! How long an answer is waited for: after a while the page says that it is slow, and in the end the
//! network is taken for lost.

use core::cell::Cell;
use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;

/// After so long it is said.
const SLOW: Duration = Duration::from_secs(10);
/// After so long nobody waits any more.
pub(super) const LOST: Duration = Duration::from_secs(30);

thread_local! {
    /// How many answers are slow.
    static SLOW_ANSWERS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Whether an answer that is waited for is slow. Reactive.
pub fn is_slow() -> bool {
    SLOW_ANSWERS.with(ArcRwSignal::get) > 0
}

fn count(change: fn(u32) -> u32) {
    SLOW_ANSWERS.with(|slow| slow.update(|slow| *slow = change(*slow)));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    Begun,
    Slow,
    Over,
}

/// The wait for one answer, which ends with this.
pub(super) struct Patience {
    timers: [Option<TimeoutHandle>; 2],
    wait: Rc<Cell<Wait>>,
}

impl Patience {
    /// Waits from now on; `lose` is called when it is over.
    pub(super) fn begin(lose: impl FnOnce() + 'static) -> Self {
        let wait = Rc::new(Cell::new(Wait::Begun));
        let noted = wait.clone();
        let slow = move || {
            // A timer of a page that stands in for the browser's may not be cleared.
            if noted.get() == Wait::Begun {
                noted.set(Wait::Slow);
                count(|slow| slow.saturating_add(1));
            }
        };
        Self {
            timers: [
                set_timeout_with_handle(slow, SLOW).ok(),
                set_timeout_with_handle(lose, LOST).ok(),
            ],
            wait,
        }
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        for timer in self.timers.iter().flatten() {
            timer.clear();
        }
        if self.wait.replace(Wait::Over) == Wait::Slow {
            count(|slow| slow.saturating_sub(1));
        }
    }
}
