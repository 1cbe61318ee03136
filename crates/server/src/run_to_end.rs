//! A future that is done where it is awaited, and to its end even if nobody awaits it any more.

use futures_util::FutureExt as _;
use futures_util::future::CatchUnwind;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::runtime::Handle;

/// Whoever hangs up drops what would have answered them; what has begun then goes on as a task. A task
/// from the beginning would do as well, but waking it and being woken by it takes longer than most
/// answers do.
pub(crate) struct RunToEnd<F: Future + Send + 'static>(Option<Pin<Box<Caught<F>>>>);

type Caught<F> = CatchUnwind<AssertUnwindSafe<F>>;

/// What a panic said.
pub(crate) struct Panicked(pub(crate) String);

pub(crate) fn run_to_end<F: Future + Send + 'static>(future: F) -> RunToEnd<F> {
    RunToEnd(Some(Box::pin(AssertUnwindSafe(future).catch_unwind())))
}

impl<F: Future + Send + 'static> Future for RunToEnd<F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(running) = &mut self.0 else {
            // It was polled after its end.
            return Poll::Pending;
        };
        running.as_mut().poll(context).map(|ended| {
            self.0 = None;
            ended.map_err(|panic| Panicked(said(&*panic)))
        })
    }
}

impl<F: Future + Send + 'static> Drop for RunToEnd<F> {
    fn drop(&mut self) {
        // Without a runtime the process is ending.
        if let Some((running, runtime)) = self.0.take().zip(Handle::try_current().ok()) {
            runtime.spawn(async move { drop(running.await) });
        }
    }
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn it_gives_what_comes_of_it() {
        assert_eq!(run_to_end(async { 7 }).await.ok(), Some(7));
    }

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let panicked = run_to_end(async { panic!("on {}", "purpose") }).await;
        let Err(Panicked(said)) = panicked;
        assert_eq!(said, "on purpose");
    }

    #[tokio::test]
    async fn one_that_nobody_awaits_any_more_goes_on_where_it_was() {
        let (go_on, may_go_on) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let (begun, mut has_begun) = oneshot::channel();
        let mut running = run_to_end(async move {
            begun.send(()).unwrap();
            may_go_on.await.unwrap();
            done.send("all of it").unwrap();
        });
        assert!((&mut running).now_or_never().is_none());
        has_begun.try_recv().unwrap();
        drop(running);
        go_on.send(()).unwrap();
        assert_eq!(is_done.await.unwrap(), "all of it");
    }
}
