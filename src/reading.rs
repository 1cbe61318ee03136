//! What a page reads from the host.

use crate::client::{Failure, use_client};
use contract::UseCase;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

/// What came of it, without its type: what a resource does is compiled once, and not for each
/// type that is read.
type Read = Result<Rc<dyn Any>, Failure>;
type Reader = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Read>>>>;

/// What a page reads, and what has come of it.
pub struct Reading<T> {
    resource: LocalResource<Read>,
    what: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: Clone + 'static> Reading<T> {
    /// Reads, by a call that is begun anew each time. To be made where a component begins.
    pub fn new<F>(read: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let reader: Reader = Box::new(move || {
            let read = read();
            Box::pin(async move { read.await.map(|it| Rc::new(it) as Rc<dyn Any>) })
        });
        Self {
            resource: resource(reader),
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

    /// What came of it; nothing while it is being read. Reactive.
    pub fn get(self) -> Option<Result<T, Failure>> {
        let read = self.resource.get()?;
        // It holds what its reader gave, which is a `T`.
        Some(read.and_then(|it| it.downcast_ref().cloned().ok_or(Failure::Unreadable)))
    }

    /// Reads again.
    pub fn again(self) {
        self.resource.refetch();
    }
}

fn resource(reader: Reader) -> LocalResource<Read> {
    LocalResource::new(reader)
}
