//! Parts that travel apart: what only one of these functions reaches is cut out of the module, and
//! fetched before the function is called (`crates/xtask/src/split.rs`).

#![expect(
    clippy::unnecessary_wraps,
    reason = "the error is for whoever asks for a part that isn't there"
)]

use super::screens::{Ads, Arriving, Linking, Part, Parted, Security, Settings, Wizard};
use crate::route::Route;
use core::cell::Cell;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

type Draw<P> = fn(P) -> AnyView;
type DrawWithin<P> = fn(P, Memo<Option<Route>>) -> AnyView;

thread_local! {
    // What draws the pages of a part, once it is there.
    static ARRIVING: Cell<Option<Draw<Arriving>>> = const { Cell::new(None) };
    static LINKING: Cell<Option<Draw<Linking>>> = const { Cell::new(None) };
    static ADS: Cell<Option<Draw<Ads>>> = const { Cell::new(None) };
    static SETTINGS: Cell<Option<DrawWithin<Settings>>> = const { Cell::new(None) };
    static SECURITY: Cell<Option<Draw<Security>>> = const { Cell::new(None) };
    static WIZARD: Cell<Option<DrawWithin<Wizard>>> = const { Cell::new(None) };
}

#[wasm_split(arriving, wasm_split_path = ::leptos::wasm_split, fallible)]
fn arriving() -> Result<Draw<Arriving>, SplitLoaderError> {
    Ok(Arriving::draw)
}

#[wasm_split(linking, wasm_split_path = ::leptos::wasm_split, fallible)]
fn linking() -> Result<Draw<Linking>, SplitLoaderError> {
    Ok(Linking::draw)
}

#[wasm_split(ads, wasm_split_path = ::leptos::wasm_split, fallible)]
fn ads() -> Result<Draw<Ads>, SplitLoaderError> {
    Ok(Ads::draw)
}

#[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
fn settings() -> Result<DrawWithin<Settings>, SplitLoaderError> {
    Ok(Settings::draw)
}

#[wasm_split(security, wasm_split_path = ::leptos::wasm_split, fallible)]
fn security() -> Result<Draw<Security>, SplitLoaderError> {
    Ok(Security::draw)
}

#[wasm_split(wizard, wasm_split_path = ::leptos::wasm_split, fallible)]
fn wizard() -> Result<DrawWithin<Wizard>, SplitLoaderError> {
    Ok(Wizard::draw)
}

/// Fetches a part unless it is there. One that couldn't be fetched is asked for again.
pub(super) async fn load(part: Part) -> Result<(), SplitLoaderError> {
    match part {
        Part::Arriving => ARRIVING.set(Some(arriving().await?)),
        Part::Linking => LINKING.set(Some(linking().await?)),
        Part::Ads => ADS.set(Some(ads().await?)),
        Part::Settings => SETTINGS.set(Some(settings().await?)),
        Part::Security => SECURITY.set(Some(security().await?)),
        Part::Wizard => WIZARD.set(Some(wizard().await?)),
    }
    Ok(())
}

/// The page, if its part is there.
pub(super) fn draw(page: Parted, route: Memo<Option<Route>>) -> Option<AnyView> {
    Some(match page {
        Parted::Arriving(page) => ARRIVING.get()?(page),
        Parted::Linking(page) => LINKING.get()?(page),
        Parted::Ads(page) => ADS.get()?(page),
        Parted::Settings(page) => SETTINGS.get()?(page, route),
        Parted::Security(page) => SECURITY.get()?(page),
        Parted::Wizard(page) => WIZARD.get()?(page, route),
    })
}
