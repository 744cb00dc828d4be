//! Wrong attempts at several servers.

use crate::support::TestDatabase;
use domain::types::ids::ServerId;
use futures::future::join_all;
use std::sync::atomic::{AtomicU8, Ordering};
use store::{
    AttemptBucket, AttemptId, AttemptPlaces, AttemptStore as _, NoPlace, ServerCard, ServerStore as _, Taking,
};
use store_postgres::PostgresStore;
use uuid::Uuid;

const ONE: AttemptBucket = AttemptBucket { id: [1; 16], failures: 3, window_s: 60 };
const OTHER: AttemptBucket = AttemptBucket { id: [2; 16], failures: 5, window_s: 60 };

/// Two servers on one database.
async fn servers(database: &TestDatabase) -> [PostgresStore; 2] {
    [PostgresStore::open(&database.url()).await.unwrap(), PostgresStore::open(&database.url()).await.unwrap()]
}

/// An attempt of its own.
fn attempt() -> AttemptId {
    static MADE: AtomicU8 = AtomicU8::new(0);
    [MADE.fetch_add(1, Ordering::Relaxed); 16]
}

async fn ask(store: &PostgresStore, buckets: &[AttemptBucket]) -> Taking {
    store.take_places(attempt(), buckets).await.unwrap()
}

/// Takes places that are there.
async fn take(store: &PostgresStore, buckets: &[AttemptBucket]) -> AttemptPlaces {
    let taking = ask(store, buckets).await;
    assert_eq!((taking.missing, taking.places.0.len()), (None, buckets.len()));
    taking.places
}

/// Asks for places of which one is not there, and gives back the others; why it is not there.
async fn refused(store: &PostgresStore, buckets: &[AttemptBucket]) -> Option<NoPlace> {
    let taking = ask(store, buckets).await;
    store.end_attempt(&taking.places, false).await.unwrap();
    taking.missing
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_attempts_at_once_no_more_are_judged_than_a_bucket_allows() {
    let Some(database) = TestDatabase::new().await else { return };
    let servers = servers(&database).await;
    for _ in 0..5 {
        let takings = (0..40).map(|n| {
            // In both orders, so that one that does not sort its rows waits for another that waits for it.
            let buckets = if n % 4 < 2 { [ONE, AttemptBucket { failures: 50, ..OTHER }] } else { [OTHER, ONE] };
            let store = &servers[n % 2];
            async move { ask(store, &buckets).await }
        });
        let takings = join_all(takings).await;
        assert!(takings.iter().all(|taking| !matches!(taking.missing, Some(NoPlace::Full { .. }))));
        let taken = takings.iter().filter(|taking| taking.places.0.iter().any(|(bucket, _)| *bucket == ONE.id)).count();
        assert_eq!(taken, 3);
        // All were right.
        join_all(takings.iter().map(|taking| servers[1].end_attempt(&taking.places, false))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_is_full_for_all_servers_until_its_window_ends() {
    let Some(database) = TestDatabase::new().await else { return };
    let [one, other] = servers(&database).await;
    // 1. Two wrong, and one that is being judged: nobody knows yet.
    let mut taken = Vec::new();
    for store in [&one, &other, &one] {
        taken.push(take(store, &[ONE]).await);
    }
    one.end_attempt(&taken[0], true).await.unwrap();
    other.end_attempt(&taken[1], true).await.unwrap();
    assert_eq!(refused(&other, &[ONE, OTHER]).await, Some(NoPlace::Pending));
    // 2. The third is wrong, too.
    one.end_attempt(&taken[2], true).await.unwrap();
    let Some(NoPlace::Full { bucket, left_s }) = refused(&other, &[OTHER, ONE]).await else { panic!() };
    assert_eq!(bucket, ONE.id);
    assert!((1..=60).contains(&left_s), "{left_s}");
    // 3. The window ends: what is told of it afterwards changes nothing in the next one.
    database.run("update attempts set until = 0").await;
    for _ in 0..3 {
        take(&other, &[ONE]).await;
        one.end_attempt(&taken[2], false).await.unwrap();
    }
    assert_eq!(refused(&other, &[ONE]).await, Some(NoPlace::Pending));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attempt_that_is_repeated_or_ended_twice_counts_once() {
    let Some(database) = TestDatabase::new().await else { return };
    let [one, _] = servers(&database).await;
    let first = take(&one, &[ONE]).await;
    one.end_attempt(&first, true).await.unwrap();
    one.end_attempt(&first, true).await.unwrap();
    // One is wrong: two may be judged. Asking again for one of them takes no other place.
    let second = attempt();
    for _ in 0..3 {
        assert_eq!(one.take_places(second, &[ONE]).await.unwrap().missing, None);
    }
    let third = take(&one, &[ONE]).await;
    assert_eq!(refused(&one, &[ONE]).await, Some(NoPlace::Pending));
    // However often it is given back, the wrong one stays.
    for _ in 0..5 {
        one.end_attempt(&third, false).await.unwrap();
    }
    take(&one, &[ONE]).await;
    take(&one, &[ONE]).await;
    assert_eq!(refused(&one, &[ONE]).await, Some(NoPlace::Pending));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_of_a_killed_server_count_for_a_minute_and_a_window_without_wrong_ones_ends() {
    let Some(database) = TestDatabase::new().await else { return };
    let [one, _] = servers(&database).await;
    let wrong = take(&one, &[ONE]).await;
    one.end_attempt(&wrong, true).await.unwrap();
    for _ in 0..2 {
        take(&one, &[ONE]).await;
    }
    assert_eq!(refused(&one, &[ONE]).await, Some(NoPlace::Pending));
    database.run("update attempts set at = at - 61000").await;
    let [second, third] = [take(&one, &[ONE]).await, take(&one, &[ONE]).await];
    assert_eq!(refused(&one, &[ONE]).await, Some(NoPlace::Pending));
    // The wrong one is still counted.
    for places in [second, third] {
        one.end_attempt(&places, false).await.unwrap();
    }
    database.run("do $$ begin assert (select taken = 1 and wrong = 1 from attempts); end $$").await;
    let right = take(&one, &[OTHER]).await;
    one.end_attempt(&right, false).await.unwrap();
    database.run("do $$ begin assert (select count(*) from attempts where until <= since) = 1; end $$").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn windows_that_ended_are_removed() {
    let Some(database) = TestDatabase::new().await else { return };
    let [one, _] = servers(&database).await;
    take(&one, &[ONE, OTHER]).await;
    database.run("update attempts set until = 0 where bucket::text like '0101%'").await;
    let card = ServerCard { id: ServerId(Uuid::from_u128(1)), place: "here".to_owned(), version: "1".to_owned() };
    one.stand(&card).await.unwrap();
    database.run("do $$ begin assert (select count(*) from attempts) = 1; end $$").await;
}
