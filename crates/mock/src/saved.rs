//! What a tab stores of its world and of its browser, in JSON, so that both are there after a
//! reload and in the tab of a later release.
//!
//! What can't be read is left out and named; the rest is there.

use crate::jar::Jar;
use crate::mail::Sent;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::memory::World;
use service::row::Unreadable;

/// The number of the layout of [`Layout`]. The rows of the service's world have numbers of their
/// own ([`service::row`]), and so a change of theirs doesn't raise it.
const SHAPE: u32 = 2;

/// The whole world of a mock.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    pub(crate) world: World,
    pub(crate) tiktok: tiktok_emulator::World,
    pub(crate) ahead_ms: i64,
    pub(crate) letters: Vec<Sent>,
}

/// The world of a mock and the cookies of the browser at it.
#[derive(Clone, Debug)]
pub struct BrowserState {
    pub saved: Saved,
    pub jar: Jar,
}

/// Why a stored text gives no world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored world can't be read: {0}; a new one begins")]
pub struct UnreadableWorld(#[from] Unreadable);

/// A [`BrowserState`] as it is stored.
#[derive(Serialize, Deserialize)]
struct Document {
    world: Layout,
    #[serde(default)]
    jar: Value,
}

/// A [`Saved`] as it is stored.
#[derive(Serialize, Deserialize)]
struct Layout {
    shape: u32,
    world: Value,
    #[serde(default)]
    tiktok: Value,
    #[serde(default)]
    ahead_ms: i64,
    #[serde(default)]
    letters: Vec<Value>,
}

impl BrowserState {
    /// The text to store.
    ///
    /// # Errors
    ///
    /// It isn't to be had in JSON.
    pub fn write(&self) -> serde_json::Result<String> {
        let Self { saved, jar } = self;
        let Saved {
            world,
            tiktok,
            ahead_ms,
            letters,
        } = saved;
        serde_json::to_string(&Document {
            world: Layout {
                shape: SHAPE,
                world: world.write()?,
                tiktok: serde_json::to_value(tiktok)?,
                ahead_ms: *ahead_ms,
                letters: letters
                    .iter()
                    .map(serde_json::to_value)
                    .collect::<serde_json::Result<_>>()?,
            },
            jar: serde_json::to_value(jar)?,
        })
    }

    /// What a stored text holds, and a line on each part of it that can't be read.
    ///
    /// # Errors
    ///
    /// It holds no world, or one of a layout that this release doesn't know.
    pub fn read(text: &str) -> Result<(Self, Vec<String>), UnreadableWorld> {
        let document: Document = serde_json::from_str(text).map_err(|_| Unreadable::Malformed)?;
        let Document {
            world:
                Layout {
                    shape,
                    world,
                    tiktok,
                    ahead_ms,
                    letters,
                },
            jar,
        } = document;
        if shape > SHAPE {
            let shape = shape.into();
            return Err(Unreadable::Newer {
                shape,
                known: SHAPE,
            }
            .into());
        }
        if shape < SHAPE {
            // No release wrote one.
            return Err(Unreadable::Malformed.into());
        }
        let (world, unreadable) = World::read(world)?;
        let mut lost: Vec<String> = unreadable.iter().map(ToString::to_string).collect();
        let letters = letters
            .into_iter()
            .filter_map(|letter| part("a letter", letter, &mut lost))
            .collect();
        let saved = Saved {
            world,
            tiktok: part("TikTok's world", tiktok, &mut lost).unwrap_or_default(),
            ahead_ms,
            letters,
        };
        let jar = part("the cookies", jar, &mut lost).unwrap_or_default();
        Ok((Self { saved, jar }, lost))
    }
}

fn part<T: DeserializeOwned>(name: &str, stored: Value, lost: &mut Vec<String>) -> Option<T> {
    serde_json::from_value(stored)
        .map_err(|_| lost.push(format!("{name} can't be read: {}", Unreadable::Malformed)))
        .ok()
}
