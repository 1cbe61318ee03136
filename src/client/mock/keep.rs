//! The mock of this tab: opened from what was kept, kept again after each answer, so that a reload
//! and a second tab find the same world.

use super::machine::Tab;
use crate::json;
use crate::storage;
use ::mock::{Answer, Jar, Mock, Saved, Sent, Visit};
use async_lock::Mutex;
use contract::problem::{Code, Problem};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const KEY: &str = "portal.mock";

/// What is kept of this browser.
#[derive(Serialize, Deserialize)]
struct Kept {
    world: Saved,
    jar: Jar,
}

/// The mock and its browser, as they were when they were last kept.
struct Open {
    mock: Mock,
    jar: Jar,
    kept: Option<String>,
    unkept: bool,
}

/// The mock of this tab. Its clones share it.
#[derive(Clone, Default)]
pub struct Keep {
    open: Arc<Mutex<Option<Open>>>,
    /// Whether it is forgotten with the last clone.
    unkept: bool,
}

impl Keep {
    /// A world of its own, which nobody keeps.
    pub fn aside() -> Self {
        Self {
            unkept: true,
            ..Self::default()
        }
    }

    /// Answers one use case.
    pub(super) async fn answer(&self, name: &str, body: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut guard = self.open.lock().await;
        let open = fresh(&mut guard, self.unkept).await?;
        let reply = open.mock.answer(&mut open.jar, name, body).await;
        open.keep().await;
        reply
    }

    /// Opens a page of TikTok's, or sends a form of it.
    pub(super) async fn visit(
        &self,
        method: &str,
        url: &str,
        form: Option<String>,
    ) -> Result<Visit, Problem> {
        let mut guard = self.open.lock().await;
        let open = fresh(&mut guard, self.unkept).await?;
        let visit = open.mock.visit(&mut open.jar, method, url, form);
        open.keep().await;
        Ok(visit)
    }

    /// Goes to TikTok and answers there, unseen.
    pub(super) async fn answer_at_tiktok(
        &self,
        url: &str,
        answer: Answer,
        username: &str,
    ) -> Result<Visit, Problem> {
        let mut guard = self.open.lock().await;
        let open = fresh(&mut guard, self.unkept).await?;
        let visit = open
            .mock
            .answer_at_tiktok(&mut open.jar, url, answer, username);
        open.keep().await;
        Ok(visit)
    }

    /// The whole world and this browser's cookies, in JSON.
    pub async fn export(&self) -> String {
        let mut guard = self.open.lock().await;
        match fresh(&mut guard, self.unkept).await {
            Ok(open) => open.text().await,
            Err(_) => String::new(),
        }
    }

    /// Puts a world in the place of this one; whether it is one.
    pub async fn import(&self, text: &str) -> bool {
        let mut guard = self.open.lock().await;
        let is_world = serde_json::from_str::<Kept>(text).is_ok();
        if is_world {
            storage::write(KEY, text);
            *guard = None;
        }
        is_world
    }

    /// The letters, the newest first.
    pub async fn letters(&self) -> Vec<Sent> {
        let mut guard = self.open.lock().await;
        match fresh(&mut guard, self.unkept).await {
            Ok(open) => open.mock.letters().into_iter().rev().collect(),
            Err(_) => Vec::new(),
        }
    }

    /// Sets the clock ahead.
    pub async fn advance(&self, minutes: u64) {
        let mut guard = self.open.lock().await;
        if let Ok(open) = fresh(&mut guard, self.unkept).await {
            open.mock.advance(minutes);
            open.keep().await;
        }
    }

    /// Forgets everything; the next call finds the personas alone.
    pub async fn reset(&self) {
        let mut guard = self.open.lock().await;
        storage::remove(KEY);
        *guard = None;
    }
}

/// The mock as another tab may have left it meanwhile.
async fn fresh(open: &mut Option<Open>, unkept: bool) -> Result<&mut Open, Problem> {
    let kept = if unkept { None } else { storage::read(KEY) };
    let stale = open.as_ref().is_none_or(|open| open.kept != kept);
    if stale {
        let read = kept
            .as_deref()
            .and_then(|text| serde_json::from_str::<Kept>(text).ok());
        let (world, jar) = read.map_or((None, Jar::default()), |read| (Some(read.world), read.jar));
        let mock = Mock::open(Arc::new(Tab), world)
            .await
            .map_err(|_| Problem::new(Code::Internal))?;
        *open = Some(Open {
            mock,
            jar,
            kept,
            unkept,
        });
    }
    open.as_mut().ok_or_else(|| Problem::new(Code::Internal))
}

impl Open {
    async fn keep(&mut self) {
        if self.unkept {
            return;
        }
        let text = self.text().await;
        // Where nothing can be stored, the world lives as long as the page.
        if storage::write(KEY, &text) {
            self.kept = Some(text);
        }
    }

    async fn text(&self) -> String {
        json::write(&Kept {
            world: self.mock.save().await,
            jar: self.jar.clone(),
        })
    }
}
