//! The security activity: on the server, columns alone.

use super::Row;
use super::session::DeviceRow;
use crate::store::{AccountHash, Activity, Whereabouts};
use domain::activity::Event;
use domain::device::Device;
use domain::id::ActivityId;
use domain::region::Country;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct ActivityRow {
    id: ActivityId,
    account: String,
    at: Timestamp,
    event: Event,
    device: Option<DeviceRow>,
    country: Option<Country>,
}

impl Row for ActivityRow {
    type Of = Activity;
}

impl From<Activity> for ActivityRow {
    fn from(activity: Activity) -> Self {
        let Activity {
            id,
            account,
            at,
            event,
            whereabouts: Whereabouts { device, country },
        } = activity;
        Self {
            id,
            account: account.0,
            at,
            event,
            device: device.map(DeviceRow::from),
            country,
        }
    }
}

impl From<ActivityRow> for Activity {
    fn from(row: ActivityRow) -> Self {
        let ActivityRow {
            id,
            account,
            at,
            event,
            device,
            country,
        } = row;
        Self {
            id,
            account: AccountHash(account),
            at,
            event,
            whereabouts: Whereabouts {
                device: device.map(Device::from),
                country,
            },
        }
    }
}
