//! Wrong attempts at several servers.

use crate::support::TestDatabase;
use domain::types::ids::ServerId;
use futures::future::join_all;
use store::{AttemptBucket, AttemptPlaces, AttemptStore as _, ServerCard, ServerStore as _, Taking};
use store_postgres::PostgresStore;
use uuid::Uuid;

const ONE: AttemptBucket = AttemptBucket { id: [1; 16], failures: 3, window_s: 60 };
const OTHER: AttemptBucket = AttemptBucket { id: [2; 16], failures: 5, window_s: 60 };

/// Two servers on one database.
async fn servers(database: &TestDatabase) -> [PostgresStore; 2] {
    [PostgresStore::open(&database.url()).await.unwrap(), PostgresStore::open(&database.url()).await.unwrap()]
}

/// Takes places that are there.
async fn take(store: &PostgresStore, buckets: &[AttemptBucket]) -> AttemptPlaces {
    match store.take_places(buckets).await.unwrap() {
        Taking::Taken(places) => places,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_attempts_at_once_no_more_are_judged_than_a_bucket_allows() {
    let Some(database) = TestDatabase::new().await else { return };
    let servers = servers(&database).await;
    for _ in 0..5 {
        let takings = (0..40).map(|n| {
            // In both orders, so that one that does not sort its rows waits for another that waits for it.
            let buckets = if n % 4 < 2 { [ONE, OTHER] } else { [OTHER, ONE] };
            let store = &servers[n % 2];
            async move { store.take_places(&buckets).await.unwrap() }
        });
        let takings = join_all(takings).await;
        let taken = takings.iter().filter_map(|taking| match taking {
            Taking::Taken(places) => Some(places.clone()),
            Taking::Pending => None,
            full @ Taking::Full { .. } => panic!("{full:?}"),
        });
        let taken: Vec<_> = taken.collect();
        assert_eq!(taken.len(), 3);
        // All were right.
        join_all(taken.iter().map(|places| servers[1].end_attempt(places, false))).await;
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
    assert_eq!(other.take_places(&[ONE, OTHER]).await.unwrap(), Taking::Pending);
    // 2. The third is wrong, too.
    one.end_attempt(&taken[2], true).await.unwrap();
    let Taking::Full { bucket, left_s } = other.take_places(&[OTHER, ONE]).await.unwrap() else { panic!() };
    assert_eq!(bucket, ONE.id);
    assert!((1..=60).contains(&left_s), "{left_s}");
    // 3. Those that were refused took no place in the other bucket.
    for _ in 0..5 {
        take(&one, &[OTHER]).await;
    }
    assert_eq!(one.take_places(&[OTHER]).await.unwrap(), Taking::Pending);
    // 4. The window ends: what is told of it afterwards changes nothing in the next one.
    database.run("update attempts set until = 0").await;
    for _ in 0..3 {
        take(&other, &[ONE]).await;
        one.end_attempt(&taken[2], false).await.unwrap();
    }
    assert_eq!(other.take_places(&[ONE]).await.unwrap(), Taking::Pending);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn windows_that_ended_are_removed() {
    let Some(database) = TestDatabase::new().await else { return };
    let [one, _] = servers(&database).await;
    take(&one, &[ONE, OTHER]).await;
    database.run("update attempts set until = 0 where taken = 1 and bucket::text like '0101%'").await;
    let card = ServerCard { id: ServerId(Uuid::from_u128(1)), place: "here".to_owned(), version: "1".to_owned() };
    one.stand(&card).await.unwrap();
    database.run("do $$ begin assert (select count(*) from attempts) = 1; end $$").await;
}
