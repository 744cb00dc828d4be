//! What runs beside the requests: telling watchers, sending mails, the watch.

use crate::{Rollcall, background::mail_worker::MailWorker, live::LiveEvent};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    task::JoinHandle,
};

/// Pause between two rounds of the watch.
const SWEEP_INTERVAL: Duration = Duration::from_secs(30);

/// Pause between two rounds of reminders, which count in days.
const REMINDER_INTERVAL: Duration = Duration::from_mins(5);

/// The running workers.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Lets the workers finish what they are at, and waits for them.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

impl Rollcall {
    /// Starts the workers.
    pub fn spawn_workers(self: &Arc<Self>) -> Workers {
        let (stop, stopped) = watch::channel(false);
        // Subscribed before anything can be committed by the workers, so that nothing is missed.
        let journal = self.store.subscribe();
        let tasks = vec![
            tokio::spawn(publish_journal(Arc::clone(self), journal, stopped.clone())),
            tokio::spawn(run_sweeper(Arc::clone(self), stopped.clone())),
            tokio::spawn(run_reminders(Arc::clone(self), stopped.clone())),
            tokio::spawn(MailWorker::new(Arc::clone(self)).run(stopped)),
        ];
        Workers { stop, tasks }
    }
}

/// Resolves when the workers are to stop.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Passes journal entries on to those who watch, in their order.
async fn publish_journal(
    rollcall: Arc<Rollcall>,
    mut journal: broadcast::Receiver<domain::journal::JournalEvent>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let entry = tokio::select! {
            entry = journal.recv() => entry,
            () = stopped(&mut stop) => return,
        };
        match entry {
            Ok(entry) => rollcall.hub.publish(&entry),
            Err(broadcast::error::RecvError::Lagged(_)) => {
                rollcall.hub.mail.notify_one();
                rollcall.hub.send(LiveEvent::Missed);
            }
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

async fn run_sweeper(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = rollcall.sweep().await {
            tracing::warn!(%error, "A round of the watch failed");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_INTERVAL) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

/// Reminds at once when the rules change, so that an admin sees what they do.
async fn run_reminders(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) {
    loop {
        // A round may be long, and every reminder in it is whole: it can end between two of them.
        let round = tokio::select! {
            round = rollcall.remind_once() => round,
            () = stopped(&mut stop) => return,
        };
        match round {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "Reminders were put into the outbox"),
            Err(error) => tracing::warn!(%error, "A round of reminders failed"),
        }
        tokio::select! {
            () = tokio::time::sleep(REMINDER_INTERVAL) => {}
            () = rollcall.hub.reminders.notified() => {}
            () = stopped(&mut stop) => return,
        }
    }
}
