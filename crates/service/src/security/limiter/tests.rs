//! What a limit lets through, at the same moment and over time.

use super::*;
use crate::environment::ManualClock;
use futures::{FutureExt as _, future::join_all};
use std::time::Duration;

const TWO: Limit = Limit { failures: 2, window_s: 60 };
const A: BucketKey = BucketKey([1; 16]);
const B: BucketKey = BucketKey([2; 16]);

fn clock() -> (ManualClock, Environment) {
    let clock = ManualClock::new(Timestamp::from_millis(1_000_000));
    (clock.clone(), Environment::with_clock(clock))
}

fn key(n: usize) -> BucketKey {
    let mut bytes = [9; 16];
    bytes[..8].copy_from_slice(&n.to_le_bytes());
    BucketKey(bytes)
}

/// Makes a wrong attempt; returns the buckets that it filled.
async fn fail(limiter: &Limiter, wants: &[Want], environment: &Environment) -> Vec<Full> {
    limiter.reserve(wants.to_vec(), environment).await.map_or_else(|_| panic!("blocked"), Attempt::was_wrong)
}

async fn blocked_for(limiter: &Limiter, wants: &[Want], environment: &Environment) -> Option<u64> {
    match limiter.reserve(wants.to_vec(), environment).await {
        Ok(attempt) => {
            attempt.give_back();
            None
        }
        Err(blocked) => Some(blocked.retry_after_s),
    }
}

#[tokio::test]
async fn a_bucket_is_full_after_too_many_wrong_attempts_until_its_window_ends() {
    let (clock, environment) = clock();
    let limiter = Limiter::new();
    let full = Full { key: A, limit: TWO, since: environment.now() };
    assert_eq!(fail(&limiter, &[(A, TWO)], &environment).await, []);
    clock.advance(Duration::from_secs(10));
    assert_eq!(fail(&limiter, &[(A, TWO)], &environment).await, [full]);
    assert_eq!(blocked_for(&limiter, &[(A, TWO)], &environment).await, Some(50));
    assert_eq!(blocked_for(&limiter, &[(B, TWO)], &environment).await, None);
    clock.advance(Duration::from_secs(50));
    assert_eq!(fail(&limiter, &[(A, TWO)], &environment).await, []);
    assert_eq!(blocked_for(&limiter, &[(A, TWO)], &environment).await, None);
}

#[tokio::test]
async fn of_many_attempts_at_once_no_more_are_judged_than_the_bucket_has_places() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    let attempts = (0..50).map(|_| async {
        let attempt = limiter.reserve(vec![(A, TWO)], &environment).await;
        // What judging takes: others come in the meantime.
        tokio::task::yield_now().await;
        attempt.map(Attempt::was_wrong).is_ok()
    });
    let judged = join_all(attempts).await.into_iter().filter(|judged| *judged).count();
    assert_eq!(judged, 2);
}

#[tokio::test]
async fn right_attempts_at_once_all_pass() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    let attempts = (0..50).map(|_| async {
        let attempt = limiter.reserve(vec![(A, TWO)], &environment).await;
        tokio::task::yield_now().await;
        attempt.map(Attempt::give_back).is_ok()
    });
    assert!(join_all(attempts).await.into_iter().all(|passed| passed));
    assert!(limiter.table().buckets.is_empty());
}

#[tokio::test]
async fn a_refused_attempt_takes_a_place_in_no_bucket_and_a_dropped_one_counts() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    for _ in 0..2 {
        drop(limiter.reserve(vec![(A, TWO)], &environment).await);
    }
    for _ in 0..5 {
        assert!(blocked_for(&limiter, &[(B, TWO), (A, TWO)], &environment).await.is_some());
    }
    assert_eq!(blocked_for(&limiter, &[(B, TWO)], &environment).await, None);
}

#[tokio::test]
async fn other_keys_never_push_out_a_full_bucket() {
    let (clock, environment) = clock();
    let limiter = Limiter::with_room_for(16);
    for _ in 0..2 {
        fail(&limiter, &[(A, TWO)], &environment).await;
    }
    // 500 others with one wrong attempt each: there is always room, and it is theirs that is taken.
    for n in 0..500 {
        fail(&limiter, &[(key(n), TWO)], &environment).await;
        assert!(limiter.table().buckets.len() <= 16);
    }
    assert!(blocked_for(&limiter, &[(A, TWO)], &environment).await.is_some());
    // All places are taken by full buckets: a new one waits, and none of them is forgotten.
    for n in 0..500 {
        for _ in 0..2 {
            let attempt = limiter.reserve(vec![(key(n), TWO)], &environment).await;
            drop(attempt);
        }
    }
    assert!(limiter.table().buckets.len() <= 16);
    assert!(blocked_for(&limiter, &[(A, TWO)], &environment).await.is_some());
    assert_eq!(blocked_for(&limiter, &[(key(9_999), TWO)], &environment).await, Some(NO_ROOM_S));
    clock.advance(Duration::from_secs(61));
    assert_eq!(blocked_for(&limiter, &[(key(9_999), TWO)], &environment).await, None);
}

#[tokio::test]
async fn an_attempt_that_is_dropped_while_it_waits_is_not_counted() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    let mut attempt = limiter.reserve(vec![(A, TWO)], &environment).await.unwrap_or_else(|_| panic!("blocked"));
    attempt.set_waiting(true);
    drop(attempt);
    assert!(limiter.table().buckets.is_empty());
    let mut attempt = limiter.reserve(vec![(A, TWO)], &environment).await.unwrap_or_else(|_| panic!("blocked"));
    attempt.set_waiting(true);
    attempt.set_waiting(false);
    drop(attempt);
    assert_eq!(limiter.table().buckets[&A].wrong, 1);
}

#[tokio::test]
async fn what_waits_for_a_judgement_goes_on_when_the_attempt_is_dropped() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    let one = Limit { failures: 1, window_s: 60 };
    let first = limiter.reserve(vec![(A, one)], &environment).await;
    let mut second = Box::pin(limiter.reserve(vec![(A, one)], &environment));
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    assert!(second.await.is_err());
}

#[tokio::test]
async fn a_bucket_from_before_the_clock_was_set_back_has_ended() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    for _ in 0..2 {
        fail(&limiter, &[(A, TWO)], &environment).await;
    }
    let earlier = |s: i64| Environment::with_clock(ManualClock::new(environment.now().plus_seconds(-s)));
    assert_eq!(blocked_for(&limiter, &[(A, TWO)], &earlier(CLOCK_TOLERANCE_S)).await, Some(120));
    assert_eq!(blocked_for(&limiter, &[(A, TWO)], &earlier(CLOCK_TOLERANCE_S + 1)).await, None);
}

#[tokio::test]
async fn attempts_that_are_being_judged_keep_their_places_when_the_window_ends() {
    let (clock, environment) = clock();
    let limiter = Limiter::new();
    let reserve = || limiter.reserve(vec![(A, TWO)], &environment);
    let first = reserve().await.unwrap();
    clock.advance(Duration::from_mins(1));
    let second = reserve().await.unwrap();
    assert!(reserve().now_or_never().is_none(), "two are being judged");
    clock.advance(Duration::from_mins(1));
    assert!(reserve().now_or_never().is_none(), "in the next window as well");
    first.give_back();
    let third = reserve().await.unwrap();
    assert!(reserve().now_or_never().is_none(), "one that is given back frees its own place alone");
    drop((second, third));
}

#[tokio::test]
async fn a_right_attempt_does_not_forget_the_wrong_ones() {
    let (_, environment) = clock();
    let limiter = Limiter::new();
    fail(&limiter, &[(A, TWO)], &environment).await;
    limiter.reserve(vec![(A, TWO)], &environment).await.unwrap().give_back();
    assert_eq!(fail(&limiter, &[(A, TWO)], &environment).await.len(), 1);
}

#[tokio::test]
async fn an_attempt_that_is_being_judged_makes_no_room_and_within_a_second_nobody_looks_again() {
    let (clock, environment) = clock();
    let limiter = Limiter::with_room_for(1);
    let judged = limiter.reserve(vec![(A, TWO)], &environment).await.unwrap();
    clock.advance(Duration::from_mins(1));
    assert_eq!(blocked_for(&limiter, &[(B, TWO)], &environment).await, Some(NO_ROOM_S));
    judged.was_wrong();
    assert_eq!(blocked_for(&limiter, &[(B, TWO)], &environment).await, Some(NO_ROOM_S));
    clock.advance(Duration::from_secs(1));
    assert_eq!(blocked_for(&limiter, &[(B, TWO)], &environment).await, None);
}

#[tokio::test]
async fn known_buckets_need_no_room() {
    let (_, environment) = clock();
    let limiter = Limiter::with_room_for(2);
    fail(&limiter, &[(A, TWO)], &environment).await;
    for n in 0..3 {
        limiter.fill(Full { key: key(n), limit: TWO, since: environment.now() });
    }
    assert_eq!(blocked_for(&limiter, &[(A, TWO)], &environment).await, None);
    assert_eq!(fail(&limiter, &[(A, TWO)], &environment).await.len(), 1, "its wrong attempt is known");
}

#[tokio::test]
async fn room_is_made_of_the_emptiest_buckets_and_the_oldest_of_those() {
    let (clock, environment) = clock();
    let three = Limit { failures: 3, window_s: 3600 };
    let limiter = Limiter::with_room_for(ROOM * 8);
    // Half of them with one wrong attempt, half with two.
    for n in 0..ROOM * 8 {
        for _ in 0..=n % 2 {
            fail(&limiter, &[(key(n), three)], &environment).await;
        }
        clock.advance(Duration::from_secs(1));
    }
    fail(&limiter, &[(A, three)], &environment).await;
    let table = limiter.table();
    let left: Vec<usize> = (0..ROOM * 8).filter(|n| table.buckets.contains_key(&key(*n))).collect();
    let dropped = |n: &usize| n.is_multiple_of(2) && *n < 16;
    assert_eq!(left, (0..ROOM * 8).filter(|n| !dropped(n)).collect::<Vec<_>>());
    assert!(table.buckets.contains_key(&A));
}
