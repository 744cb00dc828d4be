//! The signal that ends everything long-lived: polls, live streams, the listener.

use tokio::sync::watch;

/// Signals that the server is shutting down. Clones share one signal.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Sender<bool>);

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// A new signal: the server is running.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Begins the shutdown. A second call changes nothing.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Waits until the shutdown begins; returns at once when it has begun.
    pub async fn begun(&self) {
        // Cannot fail, because `self` owns the sender; an error would mean the same.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}

/// Registers for SIGINT and SIGTERM; the returned future waits for one of them.
///
/// # Errors
/// The handlers cannot be registered.
pub fn termination_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_clone_gets_the_signal_even_late() {
        let shutdown = Shutdown::new();
        let early = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.begun().await }
        });
        shutdown.clone().begin();
        early.await.unwrap();
        shutdown.begun().await;
    }
}
