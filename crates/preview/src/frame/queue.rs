//! A queue of thumbnails that are to be loaded: each is a whole app, and a page that opens all of them at once neither
//! paints nor has room for them. What was released frees its memory only a while later, so one that
//! found none is enqueued again.

use core::cell::{Cell, RefCell};
use core::time::Duration;
use portal::timer::pause;
use std::collections::VecDeque;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlIFrameElement;

/// So many are opened at once.
const AT_ONCE: u32 = 2;
/// The time between two looks, and how many looks one is given to stand there.
const LOOK: Duration = Duration::from_millis(50);
const PATIENCE: u32 = 300;
/// Until one that found no room tries again.
const REST: Duration = Duration::from_millis(1_500);

/// The address of an empty frame.
const NOTHING: &str = "about:blank";

thread_local! {
    static WAITING: RefCell<VecDeque<(HtmlIFrameElement, String)>> =
        const { RefCell::new(VecDeque::new()) };
    static OPENING: Cell<u32> = const { Cell::new(0) };
}

/// Opens an address in a frame when its turn comes.
pub(super) fn enqueue(frame: &HtmlIFrameElement, address: String) {
    WAITING.with_borrow_mut(|waiting| {
        waiting.retain(|(other, _)| other != frame);
        waiting.push_back((frame.clone(), address));
    });
    next();
}

/// Lets go of what a frame shows.
pub(super) fn release(frame: &HtmlIFrameElement) {
    WAITING.with_borrow_mut(|waiting| waiting.retain(|(other, _)| other != frame));
    frame.set_src(NOTHING);
}

/// Whether a frame shows anything.
pub(super) fn is_opened(frame: Option<&HtmlIFrameElement>) -> bool {
    let address = frame.and_then(|frame| frame.get_attribute("src"));
    address.is_some_and(|address| address != NOTHING)
}

fn next() {
    if OPENING.get() >= AT_ONCE {
        return;
    }
    let Some((frame, address)) = WAITING.with_borrow_mut(VecDeque::pop_front) else {
        return;
    };
    OPENING.set(OPENING.get() + 1);
    frame.set_src(&address);
    spawn_local(async move {
        let mut end = End::Waits;
        for _ in 0..PATIENCE {
            pause(LOOK).await;
            end = look(&frame, &address);
            if end != End::Waits {
                break;
            }
        }
        OPENING.set(OPENING.get().saturating_sub(1));
        if end == End::Broken {
            frame.set_src(NOTHING);
            pause(REST).await;
            enqueue(&frame, address);
        }
        next();
    });
    next();
}

/// How far a frame has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Waits,
    Stands,
    Broken,
    /// It is gone, or was given something else to show.
    Left,
}

fn look(frame: &HtmlIFrameElement, address: &str) -> End {
    let wanted = frame.get_attribute("src");
    if !frame.is_connected() || wanted.as_deref() != Some(address) {
        return End::Left;
    }
    let Some(page) = frame.content_document() else {
        return End::Waits;
    };
    let stands = page
        .document_element()
        .is_some_and(|root| root.has_attribute("data-scene"));
    let crash = page.query_selector("#crash:not([hidden])");
    if stands {
        End::Stands
    } else if matches!(crash, Ok(Some(_))) {
        End::Broken
    } else {
        End::Waits
    }
}
