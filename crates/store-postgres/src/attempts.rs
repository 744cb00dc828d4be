//! Wrong attempts, counted by all servers together. Each statement takes its rows in the order of their ids, so that none waits
//! for another one that waits for it. A statement may be repeated after its connection was lost: it changes nothing then, but for the
//! end of an attempt while others are being judged.

use crate::{PostgresStore, servers::NOW};
use async_trait::async_trait;
use store::{
    AttemptBucket, AttemptId, AttemptPlaces, AttemptStore, BucketId, JUDGED_WITHIN_S, NoPlace, StoreResult, Taking,
    sql::{
        SqlStore as _,
        database::{Readers, Row, Statement, get, query},
    },
};
use uuid::Uuid;

/// Ended windows that are removed at once.
const FORGOTTEN_AT_ONCE: u64 = 10_000;
/// A window that began later than this, in milliseconds from now, is from before the clock was set back.
const CLOCK_TOLERANCE_MS: i64 = 60_000;

/// A bucket that was asked for a place.
struct Asked {
    bucket: BucketId,
    since: i64,
    is_taken: bool,
    is_full: bool,
    left_ms: i64,
}

#[async_trait]
impl AttemptStore for PostgresStore {
    async fn take_places(&self, attempt: AttemptId, buckets: &[AttemptBucket]) -> StoreResult<Taking> {
        let mut buckets = buckets.to_vec();
        buckets.sort_unstable_by_key(|bucket| bucket.id);
        let rows = taking(attempt, &buckets).fetch_all(self.readers()).await?;
        let asked = rows.iter().map(read).collect::<StoreResult<Vec<Asked>>>()?;
        let (taken, missing): (Vec<&Asked>, Vec<&Asked>) = asked.iter().partition(|bucket| bucket.is_taken);
        let full = missing.iter().find(|bucket| bucket.is_full);
        Ok(Taking {
            places: AttemptPlaces(taken.iter().map(|bucket| (bucket.bucket, bucket.since)).collect()),
            missing: match full {
                Some(full) => Some(NoPlace::Full { bucket: full.bucket, left_s: seconds(full.left_ms) }),
                None => (!missing.is_empty()).then_some(NoPlace::Pending),
            },
        })
    }

    async fn end_attempt(&self, places: &AttemptPlaces, is_wrong: bool) -> StoreResult<()> {
        if !places.0.is_empty() {
            ending(places, is_wrong).fetch_all(self.readers()).await?;
        }
        Ok(())
    }
}

/// Takes a place in each bucket that has one. A window that has ended begins anew, and attempts that nobody ended in time count
/// no more.
fn taking(attempt: AttemptId, buckets: &[AttemptBucket]) -> Statement<'static> {
    let mut statement =
        query("insert into attempts as known (bucket, since, until, taken, wrong, allowed, latest, at) values ");
    for (at, bucket) in buckets.iter().enumerate() {
        statement.push(if at > 0 { ", (" } else { "(" }).push_bind(Uuid::from_bytes(bucket.id));
        statement.push(&format!(", {NOW}, {NOW} + ")).push_bind(bucket.window_s.saturating_mul(1000));
        statement.push(", 1, 0, ").push_bind(i64::from(bucket.failures));
        statement.push(", ").push_bind(Uuid::from_bytes(attempt)).push(&format!(", {NOW})"));
    }
    let has_ended = format!("(known.until <= excluded.since or known.since > excluded.since + {CLOCK_TOLERANCE_MS})");
    let or_anew = |anew: &str, known: &str| format!("case when {has_ended} then {anew} else {known} end");
    let judged = format!("excluded.at - {JUDGED_WITHIN_S} * 1000");
    let taken = or_anew("0", &format!("case when known.at < {judged} then known.wrong else known.taken end"));
    // Whoever asks again after a lost connection has it.
    let has_room = format!("(known.latest <> excluded.latest and {taken} < excluded.allowed)");
    let if_room = |then: &str, or: &str| format!("case when {has_room} then {then} else {or} end");
    statement.push(&format!(
        " on conflict (bucket) do update set since = {}, until = {}, taken = {}, wrong = {}, \
         allowed = excluded.allowed, latest = {}, at = {} \
         returning bucket, since, (latest = ",
        or_anew("excluded.since", "known.since"),
        or_anew("excluded.until", "known.until"),
        if_room(&format!("{taken} + 1"), &taken),
        or_anew("0", "known.wrong"),
        if_room("excluded.latest", "known.latest"),
        if_room("excluded.at", "known.at"),
    ));
    statement.push_bind(Uuid::from_bytes(attempt));
    statement.push(&format!(
        ")::int::bigint as is_taken, (wrong >= allowed)::int::bigint as is_full, until - {NOW} as left_ms"
    ));
    statement
}

/// Ends an attempt. A window in which nothing is left ends, too.
fn ending(places: &AttemptPlaces, is_wrong: bool) -> Statement<'static> {
    let mut statement = query("with mine as (select bucket from attempts where ");
    for (at, (bucket, since)) in places.0.iter().enumerate() {
        statement.push(if at > 0 { " or (bucket = " } else { "(bucket = " }).push_bind(Uuid::from_bytes(*bucket));
        statement.push(" and since = ").push_bind(*since).push(")");
    }
    let change = if is_wrong {
        "wrong = least(attempts.wrong + 1, attempts.taken)"
    } else {
        "taken = greatest(attempts.taken - 1, attempts.wrong), \
         until = case when attempts.taken <= 1 and attempts.wrong = 0 then attempts.since else attempts.until end"
    };
    statement.push(&format!(
        " order by bucket for update) update attempts set {change} from mine where attempts.bucket = mine.bucket",
    ));
    statement
}

fn read(row: &Row) -> StoreResult<Asked> {
    Ok(Asked {
        bucket: get::<Uuid>(row, "bucket")?.into_bytes(),
        since: get(row, "since")?,
        is_taken: get::<i64>(row, "is_taken")? != 0,
        is_full: get::<i64>(row, "is_full")? != 0,
        left_ms: get(row, "left_ms")?,
    })
}

/// Whole seconds, rounded up, one at least: whoever comes back then is let in.
fn seconds(ms: i64) -> i64 {
    ms.saturating_add(999).div_euclid(1000).max(1)
}

/// Removes windows that have ended.
pub(crate) async fn forget_ended(readers: &dyn Readers) -> StoreResult<()> {
    loop {
        // The clock as a subquery: it is read once, so that the index finds where to end.
        let ended = query(format!(
            "with ended as (delete from attempts where bucket in \
             (select bucket from attempts where until <= (select {NOW}) order by until limit $1 for update skip locked) \
             returning 1) select count(*) from ended",
        ));
        if ended.bind(i64::try_from(FORGOTTEN_AT_ONCE).unwrap_or(i64::MAX)).fetch_count(readers).await?
            < FORGOTTEN_AT_ONCE
        {
            return Ok(());
        }
    }
}
