//! Keeps background workers running: one that fails or panics is started again after a pause, and its state can be asked
//! for. What the workers do is not here.

mod states;

pub use states::FailingWorker;
pub(crate) use states::WorkerStates;

use crate::ServiceResult;
use futures::FutureExt as _;
use std::{any::Any, panic::AssertUnwindSafe};
use tokio::sync::watch;

/// Runs a worker until it ends by itself or `stop` is set. `start` begins it, and begins it again after it failed.
pub(crate) async fn supervise<F: Future<Output = ServiceResult<()>>>(
    states: &WorkerStates,
    name: &'static str,
    mut stop: watch::Receiver<bool>,
    mut start: impl FnMut() -> F,
) {
    loop {
        let run = AssertUnwindSafe(async { start().await }).catch_unwind().await;
        let error = match run {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(panic) => format!("panicked: {}", panic_text(panic.as_ref())),
        };
        let pause = states.failed(name);
        tracing::error!(worker = name, %error, ?pause, "The worker {name} failed and will be started again");
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

/// Resolves when the workers have to stop.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ServiceError;
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    /// A worker that panics, then fails, then works until it is stopped.
    #[tokio::test(start_paused = true)]
    async fn a_worker_that_panics_or_fails_is_started_again() {
        let (stop, stopping) = watch::channel(false);
        let (working, mut works) = watch::channel(false);
        let (states, starts) = (Arc::new(WorkerStates::default()), AtomicU32::new(0));
        let seen = Arc::clone(&states);
        let supervised = tokio::spawn(async move {
            supervise(&seen, "test", stopping.clone(), || {
                let start = starts.fetch_add(1, Ordering::SeqCst);
                let (states, working, mut stopping) = (&seen, &working, stopping.clone());
                async move {
                    match start {
                        0 => panic!("on purpose"),
                        1 => return Err(ServiceError::Unavailable),
                        _ => {}
                    }
                    assert_eq!(states.failing().len(), 1, "it has not done anything yet");
                    states.works("test");
                    working.send_replace(true);
                    stopped(&mut stopping).await;
                    Ok(())
                }
            })
            .await;
        });
        works.wait_for(|works| *works).await.unwrap();
        assert!(states.failing().is_empty());
        stop.send_replace(true);
        supervised.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_worker_that_always_fails_is_told_and_can_be_stopped() {
        let (stop, stopping) = watch::channel(false);
        let states = Arc::new(WorkerStates::default());
        let (failures, mut failed) = watch::channel(0_u32);
        let seen = Arc::clone(&states);
        let supervised = tokio::spawn(async move {
            supervise(&seen, "test", stopping, || {
                failures.send_modify(|count| *count += 1);
                async { Err(ServiceError::Unavailable) }
            })
            .await;
        });
        failed.wait_for(|count| *count > 3).await.unwrap();
        assert!(states.failing().iter().any(|worker| worker.name == "test" && worker.times >= 3));
        stop.send_replace(true);
        supervised.await.unwrap();
    }

    #[test]
    fn a_panic_is_logged_with_its_text() {
        let text = |panic: Box<dyn Any + Send>| panic_text(panic.as_ref()).to_owned();
        assert_eq!(text(Box::new("a fixed text")), "a fixed text");
        assert_eq!(text(Box::new("a made text".to_owned())), "a made text");
        assert_eq!(text(Box::new(7)), "without a text");
    }
}
