//! What a page reads from the host.
//!
//! It is not leptos's own resource: suspense, transitions and a reader that follows signals are
//! more than a page needs that reads once, and they weigh as much as three screens.

use crate::client::{Failure, use_client};
use contract::UseCase;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

/// What came of it, without its type: what a resource does is compiled once, and not for each type
/// that is read.
type Read = Result<Rc<dyn Any>, Failure>;
type Reader = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Read>>>>;

/// What a page reads, and what has come of it.
pub struct Resource<T> {
    under_way: UnderWay,
    what: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
struct UnderWay {
    reader: StoredValue<Reader, LocalStorage>,
    came: RwSignal<Option<Read>, LocalStorage>,
    /// Counts how often it was read: only the last time counts.
    turn: StoredValue<u32>,
    /// The page, with which a fetch ends. Held weakly: it holds this.
    page: StoredValue<Option<WeakOwner>>,
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resource<T> {}

impl<T: Clone + 'static> Resource<T> {
    /// Reads, by a call that is begun anew each time. To be made where a component begins.
    pub fn new<F>(read: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let reader: Reader = Rc::new(move || {
            let read = read();
            Box::pin(async move { read.await.map(|it| Rc::new(it) as Rc<dyn Any>) })
        });
        Self {
            under_way: UnderWay::begin(reader),
            what: PhantomData,
        }
    }

    /// Reads the reply of a use case. To be made where a component begins.
    pub fn of<R>(request: R) -> Self
    where
        R: UseCase<Reply = T> + Serialize,
        T: DeserializeOwned,
    {
        let client = use_client();
        Self::new(move || client.call(&request))
    }

    /// What came of it; nothing while it is being read for the first time. Reactive.
    pub fn get(self) -> Option<Result<T, Failure>> {
        let read = self.under_way.came.get()?;
        // It holds what its reader gave, which is a `T`.
        Some(read.and_then(|it| it.downcast_ref().cloned().ok_or(Failure::Unreadable)))
    }

    /// Reads again. What came before stays until then.
    pub fn again(self) {
        self.under_way.read();
    }
}

impl UnderWay {
    fn begin(reader: Reader) -> Self {
        let new = Self {
            reader: StoredValue::new_local(reader),
            came: RwSignal::new_local(None),
            turn: StoredValue::new(0),
            page: StoredValue::new(Owner::current().map(|page| page.downgrade())),
        };
        new.read();
        new
    }

    fn read(self) {
        let (Some(reader), Some(page)) = (self.reader.try_get_value(), self.page.try_get_value())
        else {
            // The page is gone.
            return;
        };
        let read = match page.as_ref().and_then(WeakOwner::upgrade) {
            Some(page) => page.with(|| reader()),
            None => reader(),
        };
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        spawn_local(async move {
            let read = read.await;
            if self.turn.try_get_value() == Some(turn) {
                self.came.try_set(Some(read));
            }
        });
    }
}
