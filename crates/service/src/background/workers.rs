//! Starts and stops the background workers: publisher, hearing, sweeper, contacts, reminders, jobs that invite people, imports,
//! mail worker, and the one that writes last uses. Each is supervised: it returns an error when it failed, and is started again.

use crate::{
    Rollcall, ServiceResult,
    apple::PushWorker,
    background::{
        import_worker::run_imports,
        invite_worker::run_invite_jobs,
        mail_worker::MailWorker,
        retention::run_retention,
        servers::{hear_servers, on_duty, run_standing, tell_servers},
    },
    live::LiveEvent,
    supervision::{stopped, supervise},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    task::JoinHandle,
};

/// Pause between two sweeps.
const SWEEP_INTERVAL: Duration = Duration::from_secs(30);

/// Pause between two writes of contacts. Short, so that few of them are due each time.
const CONTACT_INTERVAL: Duration = Duration::from_secs(5);
/// Pause between two times at which it is noted that the server is there; well below [`domain::types::hearing::HEARING_PAUSE_S`].
const HEARING_INTERVAL: Duration = Duration::from_secs(30);

/// Pause between two rounds of reminders. Their intervals are days, so it need not be short.
const REMINDER_INTERVAL: Duration = Duration::from_mins(5);

/// Pause between two rounds in which certificates of phones are renewed. They are valid for two years.
const IDENTITY_INTERVAL: Duration = Duration::from_hours(1);

/// Pause between two rounds in which admins are warned that the push certificate expires.
const WARNING_INTERVAL: Duration = Duration::from_hours(1);

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

/// Pause between two writes of last uses.
const LAST_USES_INTERVAL: Duration = Duration::from_mins(1);

impl Rollcall {
    /// Starts the background workers.
    pub fn spawn_workers(self: &Arc<Self>) -> Workers {
        let (stop, stopped) = watch::channel(false);
        // Subscribe before the workers start, so that none of their commits is missed.
        let mut journal = Some(self.store.subscribe());
        let mut tasks = vec![
            self.spawn("journal", &stopped, move |rollcall, stop| {
                let (journal, missed) =
                    journal.take().map_or_else(|| (rollcall.store.subscribe(), true), |j| (j, false));
                publish_journal(rollcall, journal, missed, stop)
            }),
            self.spawn_on_duty("hearing", &stopped, run_hearing),
            self.spawn_on_duty("sweeper", &stopped, run_sweeper),
            self.spawn("contacts", &stopped, run_contacts),
            self.spawn_on_duty("reminders", &stopped, run_reminders),
            self.spawn_on_duty("invitations", &stopped, run_invite_jobs),
            self.spawn_on_duty("imports", &stopped, run_imports),
            self.spawn("mail", &stopped, |rollcall, stop| MailWorker::new(rollcall).run(stop)),
            self.spawn("last_uses", &stopped, write_last_uses),
            self.spawn_on_duty("pushes", &stopped, |rollcall, stop| PushWorker::new(rollcall).run(stop)),
            self.spawn_on_duty("identities", &stopped, run_identities),
            self.spawn_on_duty("push_warnings", &stopped, run_push_warnings),
            self.spawn_on_duty("retention", &stopped, run_retention),
        ];
        if self.servers.is_shared() {
            tasks.extend(self.spawn_among_servers(&stopped));
        }
        Workers { stop, tasks }
    }

    /// Starts the workers by which servers know of each other.
    fn spawn_among_servers(self: &Arc<Self>, stop: &watch::Receiver<bool>) -> [JoinHandle<()>; 3] {
        let mut news = Some(self.store.hear_servers());
        [
            self.spawn("servers", stop, run_standing),
            self.spawn("telling", stop, tell_servers),
            self.spawn("hearing_servers", stop, move |rollcall, stop| {
                let news = news.take().unwrap_or_else(|| rollcall.store.hear_servers());
                hear_servers(rollcall, news, stop)
            }),
        ]
    }

    /// Starts a worker that works on one server at a time: the one that leads.
    fn spawn_on_duty<F: Future<Output = ServiceResult<()>> + Send>(
        self: &Arc<Self>,
        name: &'static str,
        stop: &watch::Receiver<bool>,
        worker: impl Fn(Arc<Self>, watch::Receiver<bool>) -> F + Clone + Send + 'static,
    ) -> JoinHandle<()> {
        self.spawn(name, stop, move |rollcall, stop| on_duty(rollcall, stop, worker.clone()))
    }

    /// Starts a worker, and starts it again whenever it fails.
    fn spawn<F: Future<Output = ServiceResult<()>> + Send>(
        self: &Arc<Self>,
        name: &'static str,
        stop: &watch::Receiver<bool>,
        mut worker: impl FnMut(Arc<Self>, watch::Receiver<bool>) -> F + Send + 'static,
    ) -> JoinHandle<()> {
        let (rollcall, stop) = (Arc::clone(self), stop.clone());
        tokio::spawn(async move {
            let start = || worker(Arc::clone(&rollcall), stop.clone());
            supervise(&rollcall.worker_states, name, stop.clone(), start).await;
        })
    }
}

/// Publishes the journal entries of the store through the hub, in order. `missed`: there may have been entries before.
async fn publish_journal(
    rollcall: Arc<Rollcall>,
    mut journal: broadcast::Receiver<domain::journal::JournalEvent>,
    missed: bool,
    mut stop: watch::Receiver<bool>,
) -> ServiceResult<()> {
    if missed {
        publish_gap(&rollcall);
    }
    loop {
        let entry = tokio::select! {
            entry = journal.recv() => entry,
            () = stopped(&mut stop) => return Ok(()),
        };
        match entry {
            Ok(entry) => {
                // Written by this server or by another one.
                if let Some(device) = entry.event.device_id {
                    rollcall.register.forget(device);
                }
                rollcall.attention.changed();
                rollcall.hub.publish(&entry);
            }
            Err(broadcast::error::RecvError::Lagged(_)) => publish_gap(&rollcall),
            Err(broadcast::error::RecvError::Closed) => return Ok(()),
        }
        rollcall.worker_states.works("journal");
    }
}

/// Some entries were not published. Any of them may have queued a mail or changed a view.
fn publish_gap(rollcall: &Rollcall) {
    rollcall.register.forget_all();
    rollcall.attention.changed();
    rollcall.hub.mail.notify_one();
    rollcall.hub.send_here(LiveEvent::Missed);
}

async fn run_sweeper(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    // The process may have ended between an enrollment and the comparison, and older versions did not compare.
    rollcall.compare_all_hardware().await?;
    loop {
        // First of all, so that nobody is taken for silent because the machine slept.
        rollcall.note_hearing().await?;
        rollcall.sweep().await?;
        rollcall.worker_states.works("sweeper");
        tokio::select! {
            () = tokio::time::sleep(SWEEP_INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

async fn run_contacts(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        tokio::select! {
            () = tokio::time::sleep(CONTACT_INTERVAL) => {}
            // What remains is written when the last poll has ended.
            () = stopped(&mut stop) => return Ok(()),
        }
        rollcall.write_due_contacts().await?;
        rollcall.worker_states.works("contacts");
    }
}

/// Notes that the server is there, however long a sweep takes.
async fn run_hearing(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        rollcall.note_hearing().await?;
        rollcall.worker_states.works("hearing");
        tokio::select! {
            () = tokio::time::sleep(HEARING_INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

/// Also runs as soon as the rules change, so that an admin sees their effect at once.
async fn run_reminders(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        // A round may take long. Each reminder in it is committed by itself, so it is safe to stop between two.
        let count = tokio::select! {
            round = rollcall.queue_due_reminders() => round?,
            () = stopped(&mut stop) => return Ok(()),
        };
        rollcall.worker_states.works("reminders");
        if count > 0 {
            tracing::info!(count, "Reminders were queued in the outbox");
        }
        tokio::select! {
            () = tokio::time::sleep(REMINDER_INTERVAL) => rollcall.note_hearing().await?,
            () = rollcall.hub.reminders.notified() => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

async fn run_identities(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        // Each phone is decided for itself, so it is safe to stop between two.
        tokio::select! {
            round = rollcall.renew_identities() => round?,
            () = stopped(&mut stop) => return Ok(()),
        }
        rollcall.worker_states.works("identities");
        tokio::select! {
            () = tokio::time::sleep(IDENTITY_INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

async fn run_push_warnings(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        // A mail that is cut off is sent again with the next round.
        tokio::select! {
            round = rollcall.warn_of_push_certificate() => drop(round?),
            () = stopped(&mut stop) => return Ok(()),
        }
        rollcall.worker_states.works("push_warnings");
        tokio::select! {
            () = tokio::time::sleep(WARNING_INTERVAL) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

/// Also writes once more at the end.
async fn write_last_uses(rollcall: Arc<Rollcall>, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
    loop {
        let ended = tokio::select! {
            () = tokio::time::sleep(LAST_USES_INTERVAL) => false,
            () = stopped(&mut stop) => true,
        };
        rollcall.write_last_uses().await?;
        rollcall.worker_states.works("last_uses");
        if ended {
            return Ok(());
        }
    }
}
