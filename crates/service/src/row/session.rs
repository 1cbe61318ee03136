//! Sessions and counts: on the server, columns alone.

use super::Row;
use crate::store::{Session, Whereabouts};
use domain::device::{Browser, Device, System};
use domain::id::AccountId;
use domain::limit::Count;
use domain::region::Country;
use domain::session::SessionTimes;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct SessionRow {
    token_hash: String,
    account: AccountId,
    times: TimesRow,
    #[serde(default)]
    device: Option<DeviceRow>,
    #[serde(default)]
    country: Option<Country>,
}

/// A browser and its system, by their words.
#[derive(Serialize, Deserialize)]
pub(super) struct DeviceRow {
    browser: String,
    system: String,
}

#[derive(Serialize, Deserialize)]
struct TimesRow {
    begun: Timestamp,
    seen: Timestamp,
    authenticated: Timestamp,
}

impl Row for SessionRow {
    type Of = Session;
}

impl From<Session> for SessionRow {
    fn from(session: Session) -> Self {
        let Session {
            token_hash,
            account,
            times:
                SessionTimes {
                    begun,
                    seen,
                    authenticated,
                },
            whereabouts: Whereabouts { device, country },
        } = session;
        Self {
            token_hash,
            account,
            times: TimesRow {
                begun,
                seen,
                authenticated,
            },
            device: device.map(DeviceRow::from),
            country,
        }
    }
}

impl From<Device> for DeviceRow {
    fn from(Device { browser, system }: Device) -> Self {
        Self {
            browser: browser.word().to_owned(),
            system: system.word().to_owned(),
        }
    }
}

impl From<DeviceRow> for Device {
    fn from(DeviceRow { browser, system }: DeviceRow) -> Self {
        Self {
            browser: Browser::of_word(&browser),
            system: System::of_word(&system),
        }
    }
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        let SessionRow {
            token_hash,
            account,
            times:
                TimesRow {
                    begun,
                    seen,
                    authenticated,
                },
            device,
            country,
        } = row;
        Self {
            token_hash,
            account,
            times: SessionTimes {
                begun,
                seen,
                authenticated,
            },
            whereabouts: Whereabouts {
                device: device.map(Device::from),
                country,
            },
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct CountRow {
    since: Timestamp,
    tries: u32,
    /// Counts that don't say it lasted an hour at most.
    #[serde(default)]
    ends: Option<Timestamp>,
}

impl Row for CountRow {
    type Of = Count;
}

impl From<Count> for CountRow {
    fn from(Count { since, tries, ends }: Count) -> Self {
        Self {
            since,
            tries,
            ends: Some(ends),
        }
    }
}

impl From<CountRow> for Count {
    fn from(CountRow { since, tries, ends }: CountRow) -> Self {
        Self {
            since,
            tries,
            ends: ends.unwrap_or(since),
        }
    }
}
