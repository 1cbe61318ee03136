//! What a page reads from the host.
//!
//! It stands where leptos's `LocalResource` would. A page reads once, or again when it is told to;
//! suspense, transitions and a reader that follows signals would cost 10 kB of the module in brotli
//! (docs/size-history.md).

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

/// The result without its type, so that what a resource does is compiled once and not for each type
/// that is read.
type Read = Result<Rc<dyn Any>, Failure>;
type Reader = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Read>>>>;

/// The reply of a use case, read when the page opens.
pub struct Resource<T> {
    under_way: UnderWay,
    what: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
struct UnderWay {
    reader: StoredValue<Reader, LocalStorage>,
    result: RwSignal<Option<Read>, LocalStorage>,
    /// Counts the reads: the result of any but the latest is dropped.
    latest: StoredValue<u32>,
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
    /// Calls `read` now and with each [`Self::again`]. To be made where a component begins: it ends
    /// with its owner.
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

    /// As [`Self::new`], for the reply to `request`.
    pub fn of<R>(request: R) -> Self
    where
        R: UseCase<Reply = T> + Serialize,
        T: DeserializeOwned,
    {
        let client = use_client();
        Self::new(move || client.call(&request))
    }

    /// The latest result; nothing until the first has come. Reactive.
    pub fn get(self) -> Option<Result<T, Failure>> {
        let read = self.under_way.result.get()?;
        // It holds what its reader gave, which is a `T`.
        Some(read.and_then(|it| it.downcast_ref().cloned().ok_or(Failure::Unreadable)))
    }

    /// Reads again. The result before stays until the new one comes.
    pub fn again(self) {
        self.under_way.read();
    }
}

impl UnderWay {
    fn begin(reader: Reader) -> Self {
        let new = Self {
            reader: StoredValue::new_local(reader),
            result: RwSignal::new_local(None),
            latest: StoredValue::new(0),
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
        let read_number = self.latest.get_value().wrapping_add(1);
        self.latest.set_value(read_number);
        spawn_local(async move {
            let read = read.await;
            if self.latest.try_get_value() == Some(read_number) {
                self.result.try_set(Some(read));
            }
        });
    }
}
