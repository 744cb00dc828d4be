//! Starts and stops the background workers: publisher, sweeper, contacts, reminders, mail worker.

use crate::{Rollcall, background::mail_worker::MailWorker, live::LiveEvent};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    task::JoinHandle,
};

/// Pause between two sweeps.
const SWEEP_INTERVAL: Duration = Duration::from_secs(30);

/// Pause between two writes of contacts.
const CONTACT_INTERVAL: Duration = Duration::from_mins(1);

/// Pause between two rounds of reminders. Their intervals are days, so it need not be short.
const REMINDER_INTERVAL: Duration = Duration::from_mins(5);

/// The running workers.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Stops the workers gracefully: waits until each has finished its current item.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

impl Rollcall {
    /// Starts the background workers.
    pub fn spawn_workers(self: &Arc<Self>) -> Workers {
        let (stop, stopped) = watch::channel(false);
        // Subscribe before the workers start, so that none of their commits is missed.
        let journal = self.store.subscribe();
        let tasks = vec![
            tokio::spawn(publish_journal(Arc::clone(self), journal, stopped.clone())),
            tokio::spawn(run_sweeper(Arc::clone(self), stopped.clone())),
            tokio::spawn(run_contacts(Arc::clone(self), stopped.clone())),
            tokio::spawn(run_reminders(Arc::clone(self), stopped.clone())),
            tokio::spawn(MailWorker::new(Arc::clone(self)).run(stopped)),
        ];
        Workers { stop, tasks }
    }
}

/// Resolves when the workers have to stop.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Publishes the journal entries of the store through the hub, in order.
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
                // Some entries were dropped. Any of them may have queued a mail or changed a view.
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
            tracing::warn!(%error, "A sweep failed and will be retried");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_INTERVAL) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

async fn run_contacts(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(CONTACT_INTERVAL) => {}
            // What remains is written when the last poll has ended.
            () = stopped(&mut stop) => return,
        }
        if let Err(error) = rollcall.write_contacts().await {
            tracing::warn!(%error, "Contacts of devices could not be written and will be again");
        }
    }
}

/// Also runs as soon as the rules change, so that an admin sees their effect at once.
async fn run_reminders(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) {
    loop {
        // A round may take long. Each reminder in it is committed by itself, so it is safe to stop between two.
        let round = tokio::select! {
            round = rollcall.queue_due_reminders() => round,
            () = stopped(&mut stop) => return,
        };
        match round {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "Reminders were queued in the outbox"),
            Err(error) => tracing::warn!(%error, "A round of reminders failed and will be retried"),
        }
        tokio::select! {
            () = tokio::time::sleep(REMINDER_INTERVAL) => {}
            () = rollcall.hub.reminders.notified() => {}
            () = stopped(&mut stop) => return,
        }
    }
}
