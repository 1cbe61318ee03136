//! The end of an account that its owner wants deleted.

use crate::time::Timestamp;
use core::time::Duration;

/// Days for which its owner may change their mind. More than the hours for which a former address takes an
/// account back (`former_email`): whoever took it can't have it deleted before.
pub const GRACE_DAYS: u32 = 14;

/// When an account is deleted that somebody wants deleted now.
pub fn due(now: Timestamp) -> Timestamp {
    now.plus(Duration::from_hours(24 * u64::from(GRACE_DAYS)))
}
