//! Limits on wrong attempts that all servers of a database keep together. An attempt takes its place here first, which stops
//! most of a flood without a statement, and then in the database, so that attempts at several servers at the same moment
//! cannot all pass.

use super::limiter::{Attempt, Blocked, BucketKey, Full, Limiter, Want};
use crate::{ServiceError, environment::Environment};
use domain::Timestamp;
use std::{mem, sync::Arc, time::Duration};
use store::{AttemptBucket, AttemptId, AttemptPlaces, BucketId, NoPlace, Store, StoreError};
use tokio::{runtime::Handle, time::sleep};
use tracing::Instrument as _;

/// Shortest pause before the next look, while other servers judge as many attempts as are left, in milliseconds. It is up to
/// twice as long, so that servers do not look at the same moments.
const PAUSE_MS: u64 = 60;
/// Looks until an attempt is refused: others have some seconds to judge theirs.
const LOOKS: u32 = 30;
/// Pauses before an end is told to a database that cannot be reached, in seconds.
const TELL_AGAIN_S: [u64; 6] = [1, 2, 4, 8, 16, 32];

/// Why an attempt may not be made now.
#[derive(Debug)]
pub(crate) enum NotNow {
    /// A limit refuses it.
    Blocked(Blocked),
    /// Other servers take too long to judge as many as are left. Nobody has made a mistake.
    Waiting,
    /// It cannot be counted.
    Uncounted(ServiceError),
}

impl From<NotNow> for ServiceError {
    fn from(refused: NotNow) -> Self {
        match refused {
            NotNow::Blocked(Blocked { retry_after_s, .. }) => Self::TooManyAttempts { retry_after_s },
            NotNow::Waiting => Self::Unavailable,
            NotNow::Uncounted(error) => error,
        }
    }
}

/// Counts wrong attempts in buckets, together with the other servers.
pub(crate) struct SharedLimiter {
    here: Limiter,
    store: Arc<dyn Store>,
}

/// What came of asking the database.
struct Asked {
    places: Places,
    missing: Option<NoPlace>,
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
        let mut here = self.here.reserve(wants.clone(), environment).await.map_err(NotNow::Blocked)?;
        if !self.store.is_shared() {
            return Ok(SharedAttempt { here, places: Places::none(Arc::clone(&self.store)) });
        }
        // Not judged before its places are taken: until then it gives them back, whatever happens.
        here.set_waiting(true);
        for _ in 0..LOOKS {
            let asked = self.ask(&wants, environment).await.map_err(NotNow::Uncounted)?;
            match asked.missing {
                None => {
                    here.set_waiting(false);
                    return Ok(SharedAttempt { here, places: asked.places.judged() });
                }
                Some(NoPlace::Full { bucket, left_s }) => {
                    return Err(NotNow::Blocked(self.full(&wants, bucket, left_s, environment.now())));
                }
                Some(NoPlace::Pending) => {
                    asked.places.end(false).await;
                    let jitter = environment.bytes::<1>().map_or(0, |[byte]| u64::from(byte) * PAUSE_MS / 256);
                    sleep(Duration::from_millis(PAUSE_MS + jitter)).await;
                }
            }
        }
        Err(NotNow::Waiting)
    }

    /// Asks the database for places. What it gives is given back if nobody waits for it any more.
    async fn ask(&self, wants: &[Want], environment: &Environment) -> Result<Asked, ServiceError> {
        let attempt: AttemptId = environment.bytes()?;
        let buckets: Vec<AttemptBucket> = wants.iter().map(shared).collect();
        let store = Arc::clone(&self.store);
        let asking = async move {
            let taking = store.take_places(attempt, &buckets).await?;
            let places = Places { store, taken: taking.places, is_wrong_if_dropped: false };
            Ok(Asked { places, missing: taking.missing })
        };
        tokio::spawn(asking.in_current_span()).await.map_err(|error| ServiceError::internal(&error))?
    }

    /// A bucket that is full in the database is full here, too: further attempts need no statement.
    fn full(&self, wants: &[Want], bucket: BucketId, left_s: i64, now: Timestamp) -> Blocked {
        let wanted = wants.iter().find(|(key, _)| key.0 == bucket);
        let full = wanted.map(|(key, limit)| Full {
            key: *key,
            limit: *limit,
            since: now.plus_seconds(left_s.min(limit.window_s) - limit.window_s),
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
    /// The attempt was right, or was never judged. In the database first: whoever waits here would find no place there.
    pub(crate) async fn give_back(mut self) {
        self.here.set_waiting(true);
        self.places.end(false).await;
        self.here.give_back();
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
    is_wrong_if_dropped: bool,
}

impl Places {
    /// None: nobody else counts.
    fn none(store: Arc<dyn Store>) -> Self {
        Self { store, taken: AttemptPlaces::default(), is_wrong_if_dropped: true }
    }

    /// The attempt is judged from now on: if it is cut off, it counts as wrong.
    fn judged(mut self) -> Self {
        self.is_wrong_if_dropped = true;
        self
    }

    /// Tells the database, and waits for the first try. Until the database knows, it counts the attempt.
    async fn end(mut self, is_wrong: bool) {
        self.is_wrong_if_dropped = is_wrong;
        if self.taken.0.is_empty() {
            return;
        }
        if self.store.end_attempt(&self.taken, is_wrong).await.is_ok() {
            self.taken = AttemptPlaces::default();
        }
    }
}

impl Drop for Places {
    fn drop(&mut self) {
        let (taken, is_wrong) = (mem::take(&mut self.taken), self.is_wrong_if_dropped);
        // Without a runtime the program ends.
        if !taken.0.is_empty()
            && let Ok(runtime) = Handle::try_current()
        {
            let store = Arc::clone(&self.store);
            runtime.spawn(async move { tell_end(&*store, &taken, is_wrong).await }.in_current_span());
        }
    }
}

async fn tell_end(store: &dyn Store, places: &AttemptPlaces, is_wrong: bool) {
    let mut pauses = TELL_AGAIN_S.into_iter();
    while let Err(error) = store.end_attempt(places, is_wrong).await {
        let Some(seconds) = pauses.next().filter(|_| !matches!(error, StoreError::Closed)) else {
            tracing::warn!(%error, is_wrong, "The end of an attempt could not be counted: it counts for another minute");
            return;
        };
        sleep(Duration::from_secs(seconds)).await;
    }
}
