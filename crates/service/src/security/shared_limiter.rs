//! Limits on wrong attempts that all servers of a database keep together. An attempt takes its place here first, which stops
//! most of a flood without a statement, and then in the database, so that attempts at several servers at the same moment
//! cannot all pass.

use super::limiter::{Attempt, Blocked, BucketKey, Full, Limiter, Want};
use crate::{ServiceError, environment::Environment};
use domain::Timestamp;
use std::{mem, sync::Arc, time::Duration};
use store::{AttemptBucket, AttemptPlaces, BucketId, Store, StoreError, Taking};
use tokio::{runtime::Handle, time::sleep};
use tracing::Instrument as _;

/// Pause before the next look, while other servers judge as many attempts as are left.
const PAUSE: Duration = Duration::from_millis(100);
/// Looks until an attempt is refused: others have some seconds to judge theirs.
const LOOKS: u32 = 30;
/// When to come back after that, in seconds.
const COME_BACK_S: u64 = 5;
/// Pauses before an end is told to a database that cannot be reached, in seconds. Without it, a right attempt counts until its
/// window ends.
const TELL_AGAIN_S: [u64; 6] = [1, 2, 4, 8, 16, 32];

/// Why an attempt may not be made now.
#[derive(Debug)]
pub(crate) enum NotNow {
    /// A limit refuses it.
    Blocked(Blocked),
    /// The database cannot count it.
    Uncounted(StoreError),
}

impl From<NotNow> for ServiceError {
    fn from(refused: NotNow) -> Self {
        match refused {
            NotNow::Blocked(Blocked { retry_after_s, .. }) => Self::TooManyAttempts { retry_after_s },
            NotNow::Uncounted(error) => error.into(),
        }
    }
}

/// Counts wrong attempts in buckets, together with the other servers.
pub(crate) struct SharedLimiter {
    here: Limiter,
    store: Arc<dyn Store>,
}

impl SharedLimiter {
    /// Counts what happens here in `here`, and in the database what all servers count.
    pub(crate) fn new(here: Limiter, store: Arc<dyn Store>) -> Self {
        Self { here, store }
    }

    /// Takes a place in each bucket, or in none. Where as many attempts as are left are being judged, it waits for them.
    ///
    /// # Errors
    /// A bucket is full, others take too long to judge theirs, or the database cannot be reached.
    pub(crate) async fn reserve(
        &self,
        wants: Vec<Want>,
        environment: &Environment,
    ) -> Result<SharedAttempt<'_>, NotNow> {
        let buckets: Vec<AttemptBucket> = wants.iter().map(shared).collect();
        let here = self.here.reserve(wants.clone(), environment).await.map_err(NotNow::Blocked)?;
        let refused = match self.take(&buckets).await {
            Ok(Taking::Taken(places)) => {
                let places = Places { store: Arc::clone(&self.store), taken: places };
                return Ok(SharedAttempt { here, places });
            }
            Ok(Taking::Pending) => NotNow::Blocked(Blocked { full: None, retry_after_s: COME_BACK_S }),
            Ok(Taking::Full { bucket, left_s }) => {
                NotNow::Blocked(self.full(&wants, bucket, left_s, environment.now()))
            }
            Err(error) => NotNow::Uncounted(error),
        };
        // It was not judged.
        here.give_back();
        Err(refused)
    }

    async fn take(&self, buckets: &[AttemptBucket]) -> Result<Taking, StoreError> {
        for _ in 1..LOOKS {
            match self.store.take_places(buckets).await? {
                Taking::Pending => sleep(PAUSE).await,
                taking => return Ok(taking),
            }
        }
        self.store.take_places(buckets).await
    }

    /// A bucket that is full in the database is full here, too: further attempts need no statement.
    fn full(&self, wants: &[Want], bucket: BucketId, left_s: i64, now: Timestamp) -> Blocked {
        let wanted = wants.iter().find(|(key, _)| key.0 == bucket);
        let full = wanted.map(|(key, limit)| Full {
            key: *key,
            limit: *limit,
            since: now.plus_seconds(left_s.saturating_sub(limit.window_s)),
        });
        if let Some(full) = full {
            self.here.fill(full);
        }
        Blocked { full, retry_after_s: u64::try_from(left_s).unwrap_or(1) }
    }

    /// Fills a bucket that was full before a restart.
    pub(crate) fn fill(&self, full: Full) {
        self.here.fill(full);
    }

    /// Counts an attempt that was wrong at another server, before the database is asked.
    pub(crate) fn count_elsewhere(&self, wrong: Full, now: Timestamp) {
        self.here.count_elsewhere(wrong, now);
    }
}

fn shared((BucketKey(key), limit): &Want) -> AttemptBucket {
    AttemptBucket { id: *key, failures: limit.failures, window_s: limit.window_s }
}

/// An attempt with its places. One that is dropped, because its request was cut off, counts as wrong.
pub(crate) struct SharedAttempt<'a> {
    here: Attempt<'a>,
    places: Places,
}

impl SharedAttempt<'_> {
    /// The attempt was right, or was never judged.
    pub(crate) fn give_back(mut self) {
        self.here.give_back();
        self.places.end(false);
    }

    /// The attempt was wrong. Returns the buckets that it filled, as far as this server counts.
    pub(crate) fn was_wrong(self) -> Vec<Full> {
        self.here.was_wrong()
    }
}

/// Places in the database.
struct Places {
    store: Arc<dyn Store>,
    taken: AttemptPlaces,
}

impl Places {
    /// Tells the database, while the caller goes on: until it knows, it counts the attempt.
    fn end(&mut self, is_wrong: bool) {
        let taken = mem::take(&mut self.taken);
        // Without a runtime the program ends.
        if !taken.0.is_empty()
            && let Ok(runtime) = Handle::try_current()
        {
            let store = Arc::clone(&self.store);
            runtime.spawn(async move { tell_end(&*store, &taken, is_wrong).await }.in_current_span());
        }
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        self.end(true);
    }
}

async fn tell_end(store: &dyn Store, places: &AttemptPlaces, is_wrong: bool) {
    let mut pauses = TELL_AGAIN_S.into_iter();
    while let Err(error) = store.end_attempt(places, is_wrong).await {
        let Some(seconds) = pauses.next().filter(|_| !matches!(error, StoreError::Closed)) else {
            tracing::warn!(%error, is_wrong, "The end of an attempt could not be counted: it counts until its window ends");
            return;
        };
        sleep(Duration::from_secs(seconds)).await;
    }
}
