//! Locking in a tab, where no thread can be left holding a lock.

use std::sync::PoisonError;

/// What a mutex guards is whole even where a thread that held it panicked: each change is one
/// assignment or one call.
pub(crate) fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
