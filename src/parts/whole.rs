//! Parts that all are in the one module, as in builds for development and in the preview.

use super::screens::{Part, Parted};
use crate::route::Route;
use core::convert::Infallible;
use leptos::prelude::*;

pub(super) async fn load(_: Part) -> Result<(), Infallible> {
    Ok(())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "as in split.rs, where a part may be missing"
)]
pub(super) fn draw(page: Parted, route: Memo<Option<Route>>) -> Option<AnyView> {
    Some(match page {
        Parted::Arriving(page) => page.draw(),
        Parted::Linking(page) => page.draw(),
        Parted::Ads(page) => page.draw(),
        Parted::Settings(page) => page.draw(route),
        Parted::Security(page) => page.draw(),
        Parted::Wizard(page) => page.draw(route),
    })
}
