//! The mock of this tab: opened from what was stored, stored again after each answer, so that a reload
//! and a second tab find the same world.

use super::behavior::{Network, behavior};
use super::machine::Tab;
use crate::storage;
use ::mock::{BrowserState, Jar, Mock, Sent, TikTokAnswer, Visit};
use async_lock::Mutex;
use contract::problem::{Code, Problem};
use leptos::logging;
use std::sync::Arc;

const KEY: &str = "portal.mock";
/// Where a world is set aside that this release can't read: another may.
const UNREADABLE_KEY: &str = "portal.mock.unreadable";

/// The mock and its browser, as they were last stored.
struct Open {
    mock: Mock,
    jar: Jar,
    stored: Option<String>,
    in_memory: bool,
}

/// The mock of this tab. Its clones share it.
#[derive(Clone, Default)]
pub struct StoredMock {
    open: Arc<Mutex<Option<Open>>>,
    /// Whether it lives in memory alone and ends with the last clone.
    in_memory: bool,
}

impl StoredMock {
    /// A world of its own, which is never stored.
    pub fn in_memory() -> Self {
        Self {
            in_memory: true,
            ..Self::default()
        }
    }

    pub(super) async fn answer(
        &self,
        [page, key]: [Option<&str>; 2],
        name: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, Problem> {
        let mut guard = self.open.lock().await;
        let open = fresh(&mut guard, self.in_memory).await?;
        let mut refused = Jar::default();
        let jar = if behavior(|behavior| behavior.network == Network::NoCookies) {
            &mut refused
        } else {
            &mut open.jar
        };
        let reply = open.mock.answer(jar, page, key, name, body).await;
        open.save().await;
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
        let open = fresh(&mut guard, self.in_memory).await?;
        let visit = open.mock.visit(&mut open.jar, method, url, form);
        open.save().await;
        Ok(visit)
    }

    /// Goes to TikTok and answers there, unseen.
    pub(super) async fn answer_at_tiktok(
        &self,
        url: &str,
        answer: TikTokAnswer,
        username: &str,
    ) -> Result<Visit, Problem> {
        let mut guard = self.open.lock().await;
        let open = fresh(&mut guard, self.in_memory).await?;
        let visit = open
            .mock
            .answer_at_tiktok(&mut open.jar, url, answer, username);
        open.save().await;
        Ok(visit)
    }

    /// The whole world and this browser's cookies, in JSON.
    pub async fn export(&self) -> String {
        let mut guard = self.open.lock().await;
        match fresh(&mut guard, self.in_memory).await {
            Ok(open) => open.text().await,
            Err(_) => String::new(),
        }
    }

    /// Puts a world in the place of this one; whether it is one.
    pub async fn import(&self, text: &str) -> bool {
        let mut guard = self.open.lock().await;
        let is_world = BrowserState::read(text).is_ok();
        if is_world {
            storage::write(KEY, text);
            *guard = None;
        }
        is_world
    }

    /// The letters, the newest first.
    pub async fn letters(&self) -> Vec<Sent> {
        let mut guard = self.open.lock().await;
        match fresh(&mut guard, self.in_memory).await {
            Ok(open) => open.mock.letters().into_iter().rev().collect(),
            Err(_) => Vec::new(),
        }
    }

    /// Sets the clock ahead.
    pub async fn advance(&self, minutes: u64) {
        let mut guard = self.open.lock().await;
        if let Ok(open) = fresh(&mut guard, self.in_memory).await {
            open.mock.advance(minutes);
            open.save().await;
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
async fn fresh(open: &mut Option<Open>, in_memory: bool) -> Result<&mut Open, Problem> {
    let stored = if in_memory { None } else { storage::read(KEY) };
    let stale = open.as_ref().is_none_or(|open| open.stored != stored);
    if stale {
        let read = stored.as_deref().and_then(readable);
        let (saved, jar) = read.map_or((None, Jar::default()), |read| (Some(read.saved), read.jar));
        let mock = Mock::open(Arc::new(Tab), saved)
            .await
            .map_err(|_| Problem::new(Code::Internal))?;
        *open = Some(Open {
            mock,
            jar,
            stored,
            in_memory,
        });
    }
    open.as_mut().ok_or_else(|| Problem::new(Code::Internal))
}

/// What is stored, without what can't be read of it. The console says what that is.
fn readable(text: &str) -> Option<BrowserState> {
    match BrowserState::read(text) {
        Ok((state, lost)) => {
            for line in lost {
                logging::warn!("{line}");
            }
            Some(state)
        }
        Err(error) => {
            logging::warn!("{error}");
            // Where it can't be set aside, it is lost.
            let _ = storage::write(UNREADABLE_KEY, text);
            None
        }
    }
}

impl Open {
    async fn save(&mut self) {
        if self.in_memory {
            return;
        }
        let text = self.text().await;
        // Where nothing can be stored, the world lives as long as the page.
        if !text.is_empty() && storage::write(KEY, &text) {
            self.stored = Some(text);
        }
    }

    async fn text(&self) -> String {
        let state = BrowserState {
            saved: self.mock.save().await,
            jar: self.jar.clone(),
        };
        state.write().unwrap_or_else(|error| {
            logging::error!("{error}");
            String::new()
        })
    }
}
