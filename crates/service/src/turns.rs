//! Turns: work on the same thing is done one after the other, in the order in which it came.
//!
//! Optimistic versions decide what is written, and hold across processes. Alone they waste work where many change the
//! same thing at once: of thirty devices that enroll by one QR code in one moment, one wins each round and the others
//! load and decide again. A turn is only an order; nothing relies on it for being right.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// A line of waiting tasks for each key that is worked on. Keys that nobody works on take no memory.
pub(crate) struct Turns<K: Eq + Hash + Copy>(Mutex<HashMap<K, Line>>);

/// The line of one key. The mutex of tokio is fair: whoever comes first is served first.
type Line = Arc<tokio::sync::Mutex<()>>;

/// A turn. It ends when it is dropped.
pub(crate) struct Turn<'a, K: Eq + Hash + Copy> {
    // Fields are dropped in this order: the next in line goes on before this one leaves.
    _guard: OwnedMutexGuard<()>,
    _place: Place<'a, K>,
}

impl<K: Eq + Hash + Copy> Turns<K> {
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    /// Waits for the turn to work on `key`. Whoever stops waiting leaves the line.
    pub(crate) async fn take(&self, key: K) -> Turn<'_, K> {
        let line = Arc::clone(self.lines().entry(key).or_default());
        let place = Place { turns: self, key, line: Some(Arc::clone(&line)) };
        Turn { _guard: line.lock_owned().await, _place: place }
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<K, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line of a key, of a task that waits or works.
struct Place<'a, K: Eq + Hash + Copy> {
    turns: &'a Turns<K>,
    key: K,
    line: Option<Line>,
}

impl<K: Eq + Hash + Copy> Drop for Place<'_, K> {
    fn drop(&mut self) {
        let mut lines = self.turns.lines();
        // Dropped under the lock, so that the last one to leave sees that it is the last.
        self.line = None;
        if lines.get(&self.key).is_some_and(|line| Arc::strong_count(line) == 1) {
            lines.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    #[tokio::test]
    async fn turns_of_one_key_are_taken_in_order_and_other_keys_do_not_wait() {
        let turns = Turns::new();
        let first = turns.take(1).await;
        let mut second = Box::pin(turns.take(1));
        let mut third = Box::pin(turns.take(1));
        assert!(second.as_mut().now_or_never().is_none());
        assert!(third.as_mut().now_or_never().is_none());
        assert!(turns.take(2).now_or_never().is_some(), "another key is free");
        drop(first);
        assert!(third.as_mut().now_or_never().is_none(), "the second came before");
        let second = second.now_or_never().unwrap();
        assert!(third.as_mut().now_or_never().is_none());
        drop(second);
        assert!(third.now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_key_that_nobody_works_on_is_forgotten() {
        let turns = Turns::new();
        let working = turns.take(1).await;
        let mut waiting = Box::pin(turns.take(1));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(waiting);
        assert_eq!(turns.lines().len(), 1, "one still works on it");
        drop(working);
        assert!(turns.lines().is_empty());
        let working = turns.take(1).await;
        let mut waiting = Box::pin(turns.take(1));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(working);
        drop(waiting.now_or_never().unwrap());
        assert!(turns.lines().is_empty());
    }
}
