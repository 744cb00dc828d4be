//! Limits on wrong attempts. An attempt takes its place before it is judged, so that attempts at the same moment cannot
//! all pass; a right one, and one that was never judged, gives its place back. An ordinary rate limiter counts every
//! attempt, but an admin may enroll thirty tablets by PIN in a row.

use crate::environment::Environment;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// Buckets that are remembered. Beyond that, room is made by dropping ended ones, and then the emptiest.
const MAX_BUCKETS: usize = 100_000;
/// How much room is made at once: this part of the buckets.
const ROOM: usize = 8;
/// While every bucket is full, others wait for this long, in seconds.
const NO_ROOM_S: u64 = 60;
/// A bucket that began later than this, in seconds from now, is from before the clock was set back.
const CLOCK_TOLERANCE_S: i64 = 60;

/// What is limited, as a keyed hash: whoever fills buckets cannot choose them, and none takes more room than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct BucketKey(pub(crate) [u8; 16]);

/// How many wrong attempts are allowed within a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Wrong attempts until the bucket is full.
    pub(crate) failures: u32,
    /// Length of the window in seconds, from the first wrong attempt.
    pub(crate) window_s: i64,
}

/// A bucket that an attempt takes a place in.
pub(crate) type Want = (BucketKey, Limit);

#[derive(Clone, Copy)]
struct Bucket {
    since: Timestamp,
    limit: Limit,
    /// Attempts that were wrong.
    wrong: u32,
    /// Attempts that were not judged yet.
    pending: u32,
}

impl Bucket {
    /// When the bucket is empty again.
    const fn until(&self) -> Timestamp {
        self.since.plus_seconds(self.limit.window_s)
    }

    fn has_ended(&self, now: Timestamp) -> bool {
        self.until() <= now || self.since > now.plus_seconds(CLOCK_TOLERANCE_S)
    }

    const fn is_full(&self) -> bool {
        self.wrong >= self.limit.failures
    }

    /// Seconds until it is empty again, rounded up: whoever comes back then is let in.
    fn seconds_left(&self, now: Timestamp) -> u64 {
        let left_ms = self.until().as_millis().saturating_sub(now.as_millis());
        u64::try_from(left_ms).unwrap_or(0).div_ceil(1000).max(1)
    }
}

/// A bucket that is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full {
    /// The bucket.
    pub(crate) key: BucketKey,
    /// Its limit.
    pub(crate) limit: Limit,
    /// When its window began.
    pub(crate) since: Timestamp,
}

impl Full {
    /// When the bucket is empty again.
    pub(crate) const fn until(&self) -> Timestamp {
        self.since.plus_seconds(self.limit.window_s)
    }
}

/// Why an attempt may not be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// A bucket is full.
    Full(Blocked),
    /// As many attempts as are left are being judged.
    Pending,
}

/// The next attempt may be made in `retry_after_s` seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Blocked {
    /// The full bucket; `None` when there is no room for another one.
    pub(crate) full: Option<Full>,
    /// How long to wait.
    pub(crate) retry_after_s: u64,
}

struct Table {
    buckets: HashMap<BucketKey, Bucket>,
    max: usize,
    /// When no room could be made, because every bucket was full.
    no_room_at: Option<Timestamp>,
}

/// Counts wrong attempts in buckets.
pub(crate) struct Limiter {
    table: Mutex<Table>,
    /// Tells that an attempt was judged.
    judged: Notify,
    /// Tells whoever counts the same elsewhere of a wrong attempt.
    tell: Box<dyn Fn(Full) + Send + Sync>,
}

impl Limiter {
    /// Counts what happens here.
    pub(crate) fn new() -> Self {
        Self::with_room_for(MAX_BUCKETS)
    }

    /// Counts what happens here, and tells of it.
    pub(crate) fn telling(tell: impl Fn(Full) + Send + Sync + 'static) -> Self {
        Self { tell: Box::new(tell), ..Self::new() }
    }

    fn with_room_for(max: usize) -> Self {
        let table = Table { buckets: HashMap::new(), max, no_room_at: None };
        Self { table: Mutex::new(table), judged: Notify::new(), tell: Box::new(|_| {}) }
    }

    /// Takes a place in each bucket, or in none. Where as many attempts as are left are being judged, it waits for them:
    /// they may turn out to be right.
    ///
    /// # Errors
    /// A bucket is full.
    pub(crate) async fn reserve(&self, wants: Vec<Want>, environment: &Environment) -> Result<Attempt<'_>, Blocked> {
        loop {
            // Registered before the look at the buckets, so that no judgement in between is missed.
            let judged = self.judged.notified();
            let taken = self.table().take(&wants, environment.now());
            match taken {
                Ok(()) => return Ok(Attempt { limiter: self, wants, is_waiting: false }),
                Err(Refusal::Full(blocked)) => return Err(blocked),
                Err(Refusal::Pending) => judged.await,
            }
        }
    }

    /// Fills a bucket that was full before a restart, or is full elsewhere.
    pub(crate) fn fill(&self, full: Full) {
        let Full { key, limit, since } = full;
        let mut table = self.table();
        let pending = table.buckets.get(&key).map_or(0, |known| known.pending);
        table.buckets.insert(key, Bucket { since, limit, wrong: limit.failures, pending });
    }

    /// Counts an attempt that was wrong at another server.
    pub(crate) fn count_elsewhere(&self, wrong: Full, now: Timestamp) {
        self.table().count(wrong, now);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn take(&mut self, wants: &[Want], now: Timestamp) -> Result<(), Refusal> {
        // 1. Look at all of them, so that a refused attempt takes a place in none.
        for (key, limit) in wants {
            let Some(bucket) = self.buckets.get(key).filter(|bucket| !bucket.has_ended(now) || bucket.pending > 0)
            else {
                continue;
            };
            let wrong = if bucket.has_ended(now) { 0 } else { bucket.wrong };
            if wrong >= limit.failures {
                let full = Full { key: *key, limit: *limit, since: bucket.since };
                return Err(Refusal::Full(Blocked { full: Some(full), retry_after_s: bucket.seconds_left(now) }));
            }
            if wrong + bucket.pending >= limit.failures {
                return Err(Refusal::Pending);
            }
        }
        let new = wants.iter().filter(|(key, _)| !self.buckets.contains_key(key)).count();
        if new > 0 && self.buckets.len() + new > self.max && !self.make_room(new, now) {
            return Err(Refusal::Full(Blocked { full: None, retry_after_s: NO_ROOM_S }));
        }
        // 2. Take a place in each.
        for (key, limit) in wants {
            let fresh = Bucket { since: now, limit: *limit, wrong: 0, pending: 0 };
            let bucket = self.buckets.entry(*key).or_insert(fresh);
            if bucket.has_ended(now) {
                *bucket = Bucket { pending: bucket.pending, ..fresh };
            }
            bucket.pending += 1;
        }
        Ok(())
    }

    fn count(&mut self, Full { key, limit, since }: Full, now: Timestamp) {
        if !self.buckets.contains_key(&key) && self.buckets.len() >= self.max && !self.make_room(1, now) {
            return;
        }
        let fresh = Bucket { since, limit, wrong: 0, pending: 0 };
        let bucket = self.buckets.entry(key).or_insert(fresh);
        if bucket.has_ended(now) {
            *bucket = Bucket { pending: bucket.pending, ..fresh };
        }
        bucket.wrong = bucket.wrong.saturating_add(1);
    }

    /// A bucket, as it is told of.
    fn full(&self, key: BucketKey) -> Option<Full> {
        self.buckets.get(&key).map(|bucket| Full { key, limit: bucket.limit, since: bucket.since })
    }

    /// Drops ended buckets, and then the emptiest ones, oldest first. Full ones and those of attempts that are being
    /// judged stay. False when there is no room all the same.
    fn make_room(&mut self, new: usize, now: Timestamp) -> bool {
        // Not at every attempt: looking through all buckets takes about a millisecond.
        if self.no_room_at.is_some_and(|at| now.seconds_since(at) < 1 && at <= now) {
            return false;
        }
        self.buckets.retain(|_, bucket| bucket.pending > 0 || !bucket.has_ended(now));
        let goal = self.max - (self.max / ROOM).max(new).min(self.max);
        let surplus = self.buckets.len().saturating_sub(goal);
        let droppable = self.buckets.iter().filter(|(_, bucket)| bucket.pending == 0 && !bucket.is_full());
        let mut droppable: Vec<_> = droppable.map(|(key, bucket)| (bucket.wrong, bucket.since, *key)).collect();
        if surplus > 0 && surplus < droppable.len() {
            droppable.select_nth_unstable(surplus);
        }
        for (_, _, key) in droppable.iter().take(surplus) {
            self.buckets.remove(key);
        }
        let has_room = self.buckets.len() + new <= self.max;
        self.no_room_at = (!has_room).then_some(now);
        if !has_room {
            tracing::warn!("Wrong attempts fill all {} places of a limit: others have to wait", self.max);
        }
        has_room
    }

    /// Ends an attempt; returns the bucket if a wrong one filled it.
    fn judge(&mut self, key: BucketKey, is_wrong: bool) -> Option<Full> {
        let bucket = self.buckets.get_mut(&key)?;
        bucket.pending = bucket.pending.saturating_sub(1);
        if is_wrong {
            bucket.wrong += 1;
        } else if bucket.pending == 0 && bucket.wrong == 0 {
            self.buckets.remove(&key);
            return None;
        }
        let filled = is_wrong && bucket.wrong == bucket.limit.failures;
        filled.then_some(Full { key, limit: bucket.limit, since: bucket.since })
    }
}

/// An attempt with its place in some buckets. One that is dropped, because its request was cut off, counts as wrong unless it
/// was still waiting to be judged.
pub(crate) struct Attempt<'a> {
    limiter: &'a Limiter,
    wants: Vec<Want>,
    is_waiting: bool,
}

impl Attempt<'_> {
    /// Says whether it still waits to be judged.
    pub(crate) const fn set_waiting(&mut self, is_waiting: bool) {
        self.is_waiting = is_waiting;
    }

    /// The attempt was right, or was never judged.
    pub(crate) fn give_back(mut self) {
        self.end(false);
    }

    /// The attempt was wrong. Returns the buckets that it filled.
    pub(crate) fn was_wrong(mut self) -> Vec<Full> {
        self.end(true)
    }

    fn end(&mut self, is_wrong: bool) -> Vec<Full> {
        let wants = std::mem::take(&mut self.wants);
        if wants.is_empty() {
            return Vec::new();
        }
        let mut table = self.limiter.table();
        let filled = wants.iter().filter_map(|(key, _)| table.judge(*key, is_wrong)).collect();
        let wrong: Vec<Full> = wants.iter().filter(|_| is_wrong).filter_map(|(key, _)| table.full(*key)).collect();
        drop(table);
        for wrong in wrong {
            (self.limiter.tell)(wrong);
        }
        self.limiter.judged.notify_waiters();
        filled
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.end(!self.is_waiting);
    }
}

#[cfg(test)]
mod tests;
