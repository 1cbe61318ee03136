//! Passwords: argon2id in threads of its own, and only as many at once as there are cores.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use service::env::{Busy, Passwords, Randomness};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// How long a password waits for its turn.
const TURN: Duration = Duration::from_secs(10);

/// What a hash costs.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Memory, in units of 1024 bytes.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Cost {
    /// What OWASP asks for at least (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
    pub const OWASP: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// As little as argon2 takes: for tests that are about something else.
    pub const LEAST: Self = Self {
        memory_kib: Params::MIN_M_COST,
        passes: Params::MIN_T_COST,
    };
}

/// Why there are no passwords.
#[derive(Debug, thiserror::Error)]
#[error("argon2 can't be set up: {0}")]
pub struct SetUpError(String);

pub struct Argon2Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    randomness: Arc<dyn Randomness>,
    /// What is verified where there is no hash, so that it takes as long.
    nobodys: Arc<str>,
}

impl Argon2Passwords {
    /// Hashes at this cost.
    pub fn new(cost: Cost, randomness: Arc<dyn Randomness>) -> Result<Self, SetUpError> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None)
            .map_err(|error| SetUpError(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nobodys = [0; 32];
        randomness.fill(&mut nobodys);
        let nobodys = hash(&argon2, &nobodys, &salt(&*randomness))
            .ok_or_else(|| SetUpError("it doesn't hash".to_owned()))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            argon2,
            turns: Arc::new(Semaphore::new(cores)),
            randomness,
            nobodys: nobodys.into(),
        })
    }

    /// Does it in a thread where it disturbs nobody.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(TURN, turn)
            .await
            .map_err(|_| Busy)?
            .map_err(|_| Busy)?;
        let argon2 = self.argon2.clone();
        spawn_blocking(move || {
            let done = work(&argon2);
            // Whoever asked may have left meanwhile: the turn ends with the work.
            drop(turn);
            done
        })
        .await
        .map_err(|_| Busy)
    }
}

fn salt(randomness: &dyn Randomness) -> [u8; 16] {
    let mut salt = [0; 16];
    randomness.fill(&mut salt);
    salt
}

fn hash(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Option<String> {
    let hash = argon2.hash_password_with_salt(password, salt).ok()?;
    Some(hash.to_string())
}

#[async_trait]
impl Passwords for Argon2Passwords {
    async fn hash(&self, password: &[u8]) -> Result<String, Busy> {
        let salt = salt(&*self.randomness);
        let password = password.to_owned();
        self.work(move |argon2| hash(argon2, &password, &salt))
            .await?
            .ok_or(Busy)
    }

    async fn verify(&self, password: &[u8], hash: Option<&str>) -> Result<bool, Busy> {
        let is_somebodys = hash.is_some();
        let hash = hash.map_or_else(|| Arc::clone(&self.nobodys), Arc::from);
        let password = password.to_owned();
        let fits = self
            .work(move |argon2| {
                PasswordHash::new(&hash)
                    .is_ok_and(|hash| argon2.verify_password(&password, &hash).is_ok())
            })
            .await?;
        Ok(fits && is_somebodys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counter;

    impl Randomness for Counter {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn passwords(cost: Cost) -> Argon2Passwords {
        Argon2Passwords::new(cost, Arc::new(Counter)).unwrap()
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let passwords = passwords(Cost::LEAST);
        let hash = passwords.hash(b"correct horse").await.unwrap();
        assert!(
            passwords
                .verify(b"correct horse", Some(&hash))
                .await
                .unwrap()
        );
        assert!(!passwords.verify(b"wrong horse", Some(&hash)).await.unwrap());
        assert!(
            !passwords
                .verify(b"correct horse", Some("no hash"))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn hashes_cost_what_owasp_asks_for() {
        let hash = passwords(Cost::OWASP).hash(b"correct horse").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
    }

    #[tokio::test]
    async fn an_account_without_a_password_costs_as_much_and_fits_nothing() {
        let passwords = passwords(Cost::LEAST);
        // Even what was hashed for nobody: here the source draws sevens.
        assert!(!passwords.verify(&[7; 32], None).await.unwrap());
        let own = passwords.hash(b"correct horse").await.unwrap();
        let parameters = |hash: &str| hash.split('$').take(4).collect::<String>();
        assert_eq!(parameters(&passwords.nobodys), parameters(&own));
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_too_long_for_a_turn_is_told_that_it_is_busy() {
        let passwords = passwords(Cost::LEAST);
        let turns = passwords.turns.available_permits();
        let taken = passwords
            .turns
            .acquire_many(u32::try_from(turns).unwrap())
            .await;
        assert!(passwords.hash(b"correct horse").await.is_err());
        drop(taken);
        assert!(passwords.hash(b"correct horse").await.is_ok());
    }
}
