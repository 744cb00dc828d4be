//! The same work for many items: several at once, so that the store's writer can group their commits.

use crate::{ServiceError, ServiceResult};
use std::future::Future;
use tokio::task::{JoinError, JoinSet};
use tracing::Instrument as _;

/// Items that are worked on at the same time.
const AT_ONCE: usize = 16;

/// Runs `act` for each of `items`, [`AT_ONCE`] at the same time, and returns the results in the order of `items`. It runs to
/// completion even if the caller stops waiting, as when a browser closes the connection.
///
/// # Errors
/// The first error of `act`: items that have not begun by then are left out.
pub(crate) async fn each<I, T, F>(items: Vec<I>, act: impl Fn(I) -> F + Send + 'static) -> ServiceResult<Vec<T>>
where
    I: Send + 'static,
    T: Send + 'static,
    F: Future<Output = ServiceResult<T>> + Send + 'static,
{
    let all = async move {
        let mut results: Vec<Option<T>> = items.iter().map(|_| None).collect();
        let mut running = JoinSet::new();
        for (at, item) in items.into_iter().enumerate() {
            if running.len() >= AT_ONCE {
                store_result(&mut results, running.join_next().await)?;
            }
            let acting = act(item);
            running.spawn(async move { (at, acting.await) }.in_current_span());
        }
        while !running.is_empty() {
            store_result(&mut results, running.join_next().await)?;
        }
        Ok(results.into_iter().flatten().collect())
    };
    tokio::spawn(all.in_current_span()).await.map_err(|error| ServiceError::internal(&error))?
}

/// What a [`JoinSet`] returns for a task that worked on the item at an index.
type JoinResult<T> = Option<Result<(usize, ServiceResult<T>), JoinError>>;

/// Puts the result of a finished task at the index of its item.
fn store_result<T>(results: &mut [Option<T>], joined: JoinResult<T>) -> ServiceResult<()> {
    if let Some(joined) = joined {
        let (at, result) = joined.map_err(|error| ServiceError::internal(&error))?;
        results[at] = Some(result?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    use tokio::sync::Barrier;

    /// Each item waits until a full batch is at work, and notes how many are.
    #[tokio::test]
    async fn a_batch_is_at_work_at_the_same_time_and_results_keep_their_order() {
        let (batch, running, most) = (Barrier::new(AT_ONCE), AtomicUsize::new(0), AtomicUsize::new(0));
        let shared = Arc::new((batch, running, most));
        let seen = Arc::clone(&shared);
        let results = each((0..AT_ONCE * 3).collect(), move |item| {
            let shared = Arc::clone(&shared);
            async move {
                let (batch, running, most) = &*shared;
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                batch.wait().await;
                running.fetch_sub(1, Ordering::SeqCst);
                Ok(item)
            }
        });
        assert_eq!(results.await.unwrap(), (0..AT_ONCE * 3).collect::<Vec<_>>());
        assert_eq!(seen.2.load(Ordering::SeqCst), AT_ONCE);
    }

    #[tokio::test]
    async fn the_first_error_is_returned_and_no_other_item_begins() {
        let begun = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&begun);
        let results = each((0..1000).collect(), move |_: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            async { Err::<(), _>(ServiceError::Unavailable) }
        });
        assert_eq!(results.await, Err(ServiceError::Unavailable));
        assert!(seen.load(Ordering::SeqCst) <= AT_ONCE);
    }
}
