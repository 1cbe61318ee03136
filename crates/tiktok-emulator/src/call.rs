//! One call: the settings, the world, the time and chance that a handler works with.

use crate::account::{Profile, normal_username, password_digest};
use crate::config::Config;
use crate::world::World;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a handler works with.
pub(crate) struct Call<'a> {
    pub(crate) config: &'a Config,
    pub(crate) world: &'a mut World,
    pub(crate) now_ms: i64,
    pub(crate) random: &'a mut dyn FnMut(&mut [u8]),
}

impl Call<'_> {
    /// The moment `seconds` from now.
    pub(crate) fn until(&self, seconds: u32) -> i64 {
        self.now_ms.saturating_add(i64::from(seconds) * 1000)
    }

    /// 256 random bits, in characters that need no encoding.
    pub(crate) fn secret(&mut self) -> String {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A number of four digits, as the ends of TikTok's codes and tokens.
    pub(crate) fn tail(&mut self) -> u16 {
        let mut bytes = [0; 2];
        (self.random)(&mut bytes);
        1000 + u16::from_be_bytes(bytes) % 9000
    }

    /// An id for TikTok's support: the time of day and 20 hex digits.
    pub(crate) fn log_id(&mut self) -> String {
        let mut bytes = [0; 10];
        (self.random)(&mut bytes);
        format!("{}{}", date_and_time(self.now_ms), hex::encode_upper(bytes))
    }

    /// The account of this username, configured or signed up.
    pub(crate) fn profile(&self, username: &str) -> Option<Profile> {
        let username = normal_username(username);
        let seeded = self
            .config
            .accounts
            .iter()
            .find(|account| normal_username(&account.username) == username);
        if let Some(account) = seeded {
            return Some(Profile {
                username,
                display_name: account.display_name.clone(),
                bio_description: account.bio_description.clone(),
                is_verified: account.is_verified,
            });
        }
        let created = self.world.accounts.get(&username)?;
        Some(Profile {
            display_name: created.display_name.clone(),
            bio_description: String::new(),
            is_verified: false,
            username,
        })
    }

    /// Who has this username and this password.
    pub(crate) fn authenticate(&self, username: &str, password: &str) -> Option<Profile> {
        let profile = self.profile(username)?;
        let seeded = self
            .config
            .accounts
            .iter()
            .find(|account| normal_username(&account.username) == profile.username);
        let is_right = match (seeded, self.world.accounts.get(&profile.username)) {
            (Some(account), _) => account.password == password,
            (None, Some(created)) => {
                created.password_digest == password_digest(&created.salt, password)
            }
            (None, None) => false,
        };
        is_right.then_some(profile)
    }
}

/// `20261124153038`, in UTC.
fn date_and_time(now_ms: i64) -> String {
    let seconds = now_ms.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The calendar repeats itself every 400 years, which have 146,097 days; counted from March, so
    // that the leap day is the last of its year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_id_begins_with_date_and_time() {
        for (ms, text) in [
            (0, "19700101000000"),
            (951_782_400_000, "20000229000000"),
            (1_795_534_238_000, "20261124153038"),
            (4_102_444_799_999, "20991231235959"),
        ] {
            assert_eq!(date_and_time(ms), text);
        }
    }
}
