//! Wrong attempts, counted by all servers together. Each statement takes its rows in the order of their ids, so that none waits
//! for another one that waits for it.

use crate::{PostgresStore, servers::NOW};
use async_trait::async_trait;
use store::{
    AttemptBucket, AttemptPlaces, AttemptStore, BucketId, StoreResult, Taking,
    sql::{
        SqlStore as _,
        database::{Connection, Row, Statement, get, query},
    },
};
use uuid::Uuid;

/// Ended windows that are removed at once.
const FORGOTTEN_AT_ONCE: i64 = 10_000;

/// A bucket, once a place in it was taken.
struct Counted {
    bucket: BucketId,
    since: i64,
    taken: i64,
    wrong: i64,
    left_ms: i64,
}

#[async_trait]
impl AttemptStore for PostgresStore {
    async fn take_places(&self, buckets: &[AttemptBucket]) -> StoreResult<Taking> {
        let mut buckets = buckets.to_vec();
        buckets.sort_unstable_by_key(|bucket| bucket.id);
        // 1. Take the places without asking first: whoever asks first may be overtaken.
        let rows = taking(&buckets).fetch_all(self.readers()).await?;
        let counted = rows.iter().map(read).collect::<StoreResult<Vec<Counted>>>()?;
        let allowed = |of: &Counted| {
            let bucket = buckets.iter().find(|bucket| bucket.id == of.bucket);
            bucket.map_or(0, |bucket| i64::from(bucket.failures))
        };
        let places = AttemptPlaces(counted.iter().map(|of| (of.bucket, of.since)).collect());
        if counted.iter().all(|of| of.taken <= allowed(of)) {
            return Ok(Taking::Taken(places));
        }
        // 2. One of them was not there any more. Until all are back, others find fewer places than there are.
        self.end_attempt(&places, false).await?;
        let full = counted.iter().find(|of| of.wrong >= allowed(of));
        Ok(full.map_or(Taking::Pending, |of| Taking::Full { bucket: of.bucket, left_s: seconds(of.left_ms) }))
    }

    async fn end_attempt(&self, places: &AttemptPlaces, is_wrong: bool) -> StoreResult<()> {
        if !places.0.is_empty() {
            ending(places, is_wrong).fetch_all(self.readers()).await?;
        }
        Ok(())
    }
}

/// Takes a place in each bucket. A window that has ended begins anew.
fn taking(buckets: &[AttemptBucket]) -> Statement<'static> {
    let mut statement = query("insert into attempts as known (bucket, since, until, taken, wrong) values ");
    for (at, bucket) in buckets.iter().enumerate() {
        statement.push(if at > 0 { ", (" } else { "(" }).push_bind(Uuid::from_bytes(bucket.id));
        statement.push(&format!(", {NOW}, {NOW} + ")).push_bind(bucket.window_s.saturating_mul(1000)).push(", 1, 0)");
    }
    let or_anew =
        |anew: &str, known: &str| format!("case when known.until <= excluded.since then {anew} else {known} end");
    statement.push(&format!(
        " on conflict (bucket) do update set since = {}, until = {}, taken = {}, wrong = {} \
         returning bucket, since, taken, wrong, until - {NOW} as left_ms",
        or_anew("excluded.since", "known.since"),
        or_anew("excluded.until", "known.until"),
        or_anew("1", "known.taken + 1"),
        or_anew("0", "known.wrong"),
    ));
    statement
}

fn ending(places: &AttemptPlaces, is_wrong: bool) -> Statement<'static> {
    let mut statement = query("with mine as (select bucket from attempts where ");
    for (at, (bucket, since)) in places.0.iter().enumerate() {
        statement.push(if at > 0 { " or (bucket = " } else { "(bucket = " }).push_bind(Uuid::from_bytes(*bucket));
        statement.push(" and since = ").push_bind(*since).push(")");
    }
    let change = if is_wrong { "wrong = attempts.wrong + 1" } else { "taken = attempts.taken - 1" };
    statement.push(&format!(
        " order by bucket for update) update attempts set {change} from mine where attempts.bucket = mine.bucket",
    ));
    statement
}

fn read(row: &Row) -> StoreResult<Counted> {
    Ok(Counted {
        bucket: get::<Uuid>(row, "bucket")?.into_bytes(),
        since: get(row, "since")?,
        taken: get(row, "taken")?,
        wrong: get(row, "wrong")?,
        left_ms: get(row, "left_ms")?,
    })
}

/// Whole seconds, rounded up, one at least: whoever comes back then is let in.
fn seconds(ms: i64) -> i64 {
    ms.saturating_add(999).div_euclid(1000).max(1)
}

/// Removes windows that have ended.
pub(crate) async fn forget_ended(db: &mut dyn Connection) -> StoreResult<()> {
    let ended = query(format!(
        "delete from attempts where bucket in \
         (select bucket from attempts where until <= {NOW} order by until limit $1 for update skip locked)",
    ));
    ended.bind(FORGOTTEN_AT_ONCE).execute(db).await?;
    Ok(())
}
