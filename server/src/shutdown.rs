//! The signal that everything long-lived ends by: polls, live streams, the listener.

use tokio::sync::watch;

/// Tells its holders when the server is going down. Clones share one signal.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Sender<bool>);

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// A signal that was not given yet.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Gives the signal; giving it again changes nothing.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Waits for the signal; returns at once when it was given.
    pub async fn begun(&self) {
        // The sender lives in `self`: an error cannot come, and would mean the same.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}

/// Listens for the operating system's wish that the process ends (SIGINT or SIGTERM); what is returned waits for it.
///
/// # Errors
/// The operating system does not take signal handlers.
pub fn asked_to_end() -> std::io::Result<impl Future<Output = ()> + Send> {
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
    async fn every_clone_hears_the_signal_even_late() {
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
