//! Passwords: argon2id in threads of its own, only as many at once as there are cores, each in memory
//! that the next one uses again. A bounded number wait for their turn; the others are told at once.

use crate::span;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use async_trait::async_trait;
use prometheus_client::metrics::counter::Counter;
use service::env::{Busy, Passwords, Randomness};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tracing::Span;
use zeroize::Zeroizing;

/// How long a password waits for its turn.
const TURN: Duration = Duration::from_secs(10);
/// How many passwords wait for one core: what it hashes in that time, at 75 ms each. One more would
/// wait in vain.
const WAITING: usize = 128;
/// Blocks that a memory has room for at least. A piece of more than 32 MiB glibc takes from the
/// kernel by itself, and gives back as soon as it is freed; a smaller one it keeps from the second
/// time on (mallopt(3), `M_MMAP_THRESHOLD`). Room that nobody writes to takes none of the machine's.
const ROOM: usize = 33 * 1024;

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
    queue: Arc<Queue>,
    randomness: Arc<dyn Randomness>,
    /// What is verified where there is no hash, so that it takes as long.
    nobodys: Arc<str>,
    refused: Counter,
}

impl Argon2Passwords {
    /// Hashes at this cost.
    pub fn new(cost: Cost, randomness: Arc<dyn Randomness>) -> Result<Self, SetUpError> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None)
            .map_err(|error| SetUpError(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nobodys = [0; 32];
        randomness.fill(&mut nobodys);
        let nobodys = hash(&argon2, &nobodys, &salt(&*randomness), &mut Memory::new())
            .ok_or_else(|| SetUpError("it doesn't hash".to_owned()))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            argon2,
            queue: Arc::new(Queue::new(cores, cores * WAITING)),
            randomness,
            nobodys: nobodys.into(),
            refused: Counter::default(),
        })
    }

    /// The same, which counts those who are told that it is busy.
    #[must_use]
    pub(crate) fn counting(self, refused: Counter) -> Self {
        Self { refused, ..self }
    }

    /// How many are hashed now, and how many wait for it.
    pub(crate) fn queue(&self) -> (usize, usize) {
        let Queue { turns, most, .. } = &*self.queue;
        let people = self.queue.inside().people;
        let hashing = most.saturating_sub(turns.available_permits());
        (hashing, people.saturating_sub(hashing))
    }

    fn refuse(&self, span: &Span) -> Busy {
        self.refused.inc();
        span::failed(span, "busy");
        Busy
    }

    /// Does it in a thread where it disturbs nobody.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let span = span::password();
        let began = Instant::now();
        let place = Place::take(&self.queue).ok_or_else(|| self.refuse(&span))?;
        let turn = Arc::clone(&self.queue.turns).acquire_owned();
        let turn = tokio::time::timeout(TURN, turn)
            .await
            .map_err(|_| self.refuse(&span))?
            .map_err(|_| Busy)?;
        span::waited(&span, began.elapsed());
        spawn_blocking(move || {
            let mut memory = place.memory();
            let done = work(&mut memory);
            place.leave(memory);
            // Whoever asked may have left meanwhile: the turn ends with the work.
            drop(turn);
            done
        })
        .await
        .map_err(|_| Busy)
    }
}

/// What argon2 fills: [`Cost::memory_kib`] blocks of 1024 bytes.
type Memory = Vec<Block>;

/// Who hashes, and who waits for it.
struct Queue {
    turns: Arc<Semaphore>,
    /// How many turns there are.
    most: usize,
    /// How many may be in it, those who hash among them.
    places: usize,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    people: usize,
    /// What the next ones hash in: never more than there are turns.
    spare: Vec<Memory>,
}

impl Queue {
    fn new(turns: usize, waiting: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            most: turns,
            places: turns + waiting,
            inside: Mutex::default(),
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue. The last one who leaves it gives the memory back to the machine.
struct Place(Arc<Queue>);

impl Place {
    /// Nothing where the queue is full.
    fn take(queue: &Arc<Queue>) -> Option<Self> {
        let mut inside = queue.inside();
        if inside.people >= queue.places {
            return None;
        }
        inside.people += 1;
        Some(Self(Arc::clone(queue)))
    }

    /// What somebody left, or none yet: to be asked for by those alone whose turn it is.
    fn memory(&self) -> Memory {
        self.0.inside().spare.pop().unwrap_or_default()
    }

    fn leave(&self, memory: Memory) {
        self.0.inside().spare.push(memory);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.0.inside();
        inside.people -= 1;
        if inside.people == 0 {
            inside.spare = Vec::new();
        }
    }
}

fn salt(randomness: &dyn Randomness) -> [u8; 16] {
    let mut salt = [0; 16];
    randomness.fill(&mut salt);
    salt
}

/// The hash in PHC form.
fn hash(argon2: &Argon2<'_>, password: &[u8], salt: &[u8], memory: &mut Memory) -> Option<String> {
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(output(argon2, password, salt, memory)?),
    };
    Some(hash.to_string())
}

/// Whether it is the password of that hash, which says at what cost it was made.
fn verify(password: &[u8], hash: &str, memory: &mut Memory) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = Version::try_from(hash.version?).ok()?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
    // In a time that doesn't depend on where the two differ.
    Some(output(&argon2, password, &hash.salt?, memory)? == hash.hash?)
}

fn output(
    argon2: &Argon2<'_>,
    password: &[u8],
    salt: &[u8],
    memory: &mut Memory,
) -> Option<Output> {
    let params = argon2.params();
    let blocks = params.block_count();
    memory.reserve_exact(blocks.max(ROOM).saturating_sub(memory.len()));
    memory.resize(blocks, Block::new());
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let mut bytes = Zeroizing::new([0; Output::MAX_LENGTH]);
    let bytes = bytes.get_mut(..length)?;
    let memory = memory.as_mut_slice();
    argon2
        .hash_password_into_with_memory(password, salt, bytes, memory)
        .ok()?;
    Output::new(bytes).ok()
}

#[async_trait]
impl Passwords for Argon2Passwords {
    async fn hash(&self, password: &[u8]) -> Result<String, Busy> {
        let salt = salt(&*self.randomness);
        let password = Zeroizing::new(password.to_owned());
        let argon2 = self.argon2.clone();
        self.work(move |memory| hash(&argon2, &password, &salt, memory))
            .await?
            .ok_or(Busy)
    }

    async fn verify(&self, password: &[u8], hash: Option<&str>) -> Result<bool, Busy> {
        let is_somebodys = hash.is_some();
        let hash = hash.map_or_else(|| Arc::clone(&self.nobodys), Arc::from);
        let password = Zeroizing::new(password.to_owned());
        let fits = self
            .work(move |memory| verify(&password, &hash, memory))
            .await?;
        Ok(fits == Some(true) && is_somebodys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

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

    #[tokio::test]
    async fn a_hash_that_was_made_at_another_cost_fits_as_well() {
        let params = Params::new(64, 3, 2, Some(24)).unwrap();
        let earlier = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = earlier
            .hash_password_with_salt(b"correct horse", b"sixteen bytes ..")
            .unwrap()
            .to_string();
        let passwords = passwords(Cost::LEAST);
        let fits = passwords.verify(b"correct horse", Some(&hash)).await;
        assert!(fits.unwrap());
        let fits = passwords.verify(b"wrong horse", Some(&hash)).await;
        assert!(!fits.unwrap());
    }

    #[tokio::test]
    async fn argon2s_own_function_knows_the_hash() {
        let hash = passwords(Cost::LEAST).hash(b"correct horse").await.unwrap();
        let argon2 = Argon2::default();
        assert!(argon2.verify_password(b"correct horse", &*hash).is_ok());
        assert!(argon2.verify_password(b"wrong horse", &*hash).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_too_long_for_a_turn_is_told_that_it_is_busy() {
        let passwords = passwords(Cost::LEAST);
        let turns = passwords.queue.turns.available_permits();
        let taken = passwords
            .queue
            .turns
            .acquire_many(u32::try_from(turns).unwrap())
            .await;
        assert!(passwords.hash(b"correct horse").await.is_err());
        assert_eq!(passwords.queue.inside().people, 0);
        drop(taken);
        assert!(passwords.hash(b"correct horse").await.is_ok());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_at_once_take_the_memory_of_those_whose_turn_it_is_and_leave_none() {
        let passwords = Arc::new(passwords(Cost::LEAST));
        let turns = passwords.queue.turns.available_permits();
        let last = Place::take(&passwords.queue).unwrap();
        let all = (0..64).map(|_| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.hash(b"correct horse").await.unwrap() })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        // Each memory that there ever was lies there now, since somebody is still inside.
        let memories = passwords.queue.inside().spare.len();
        assert!((1..=turns).contains(&memories), "{memories} for {turns}");
        drop(last);
        assert_eq!(passwords.queue.inside().spare.len(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn who_finds_the_queue_full_is_told_without_waiting() {
        let passwords = Argon2Passwords {
            queue: Arc::new(Queue::new(1, 1)),
            ..passwords(Cost::LEAST)
        };
        let begun = tokio::time::Instant::now();
        let places = [(); 2].map(|()| Place::take(&passwords.queue).unwrap());
        let refused = passwords.verify(b"correct horse", None).await;
        assert!(refused.is_err());
        assert_eq!(begun.elapsed(), Duration::ZERO);
        drop(places);
        assert!(passwords.hash(b"correct horse").await.is_ok());
    }
}
