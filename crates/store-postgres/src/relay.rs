//! News from the journal: entries of this server and of all others that use the database, in one order, each once.
//!
//! There is one way from the journal to subscribers: whoever learns that there may be new entries reads those that were not
//! told of yet. Hints come from this server's own commits, from PostgreSQL's notifications, after every failure of the
//! connection that hears them, and from a clock, since a hint may be lost and an entry must not.

use crate::{fault::fault, readers::PostgresReaders, servers::NEWS, writing::CHANNEL};
use domain::journal::JournalEvent;
use sqlx::postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions};
use std::{
    sync::{
        Arc, Mutex as StdMutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{
    Outage, ServerNews, StoreError, StoreResult,
    sql::{
        damaged::unless_damaged,
        database::{Readers, get, query},
        records,
    },
};
use tokio::{
    sync::{Mutex, Notify, broadcast, watch},
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

/// Journal entries that a subscriber may be behind; one that falls further behind loses entries and has to start over.
const BACKLOG: usize = 8192;
/// Entries that are read at once.
const PIECE: usize = 1000;
/// How often the journal is looked at without a hint.
const LOOK: Duration = Duration::from_secs(5);
/// How long the journal may be out of reach before the server is not ready.
const AWAY: Duration = Duration::from_secs(30);
/// Pause after the connection that hears hints failed in another way than by being lost.
const PAUSE: Duration = Duration::from_millis(200);
/// Longest wait for another connection of this kind.
const WAIT: Duration = Duration::from_secs(5);
/// Longest wait for the tasks at the end.
const END: Duration = Duration::from_secs(5);

/// Hands out journal entries.
pub(crate) struct Relay {
    readers: PostgresReaders,
    journal: broadcast::Sender<JournalEvent>,
    /// What servers tell each other beside it.
    news: broadcast::Sender<ServerNews>,
    /// The number of the latest entry that was told of.
    told: Mutex<i64>,
    /// When the journal was read the last time.
    read_at: StdMutex<Instant>,
    hint: Notify,
    /// Whether news have been heard at all.
    listens: watch::Sender<bool>,
    is_closed: AtomicBool,
    tasks: StdMutex<Vec<JoinHandle<()>>>,
}

impl Relay {
    /// Hands out what is written after the entry with the number `head`.
    pub(crate) fn start(readers: PostgresReaders, options: PgConnectOptions, head: i64) -> Arc<Self> {
        let relay = Arc::new(Self {
            readers,
            journal: broadcast::channel(BACKLOG).0,
            news: broadcast::channel(BACKLOG).0,
            told: Mutex::new(head),
            read_at: StdMutex::new(Instant::now()),
            hint: Notify::new(),
            listens: watch::Sender::new(false),
            is_closed: AtomicBool::new(false),
            tasks: StdMutex::default(),
        });
        let tasks =
            vec![tokio::spawn(Self::tell(Arc::clone(&relay))), tokio::spawn(Self::hear(Arc::clone(&relay), options))];
        *relay.tasks.lock().unwrap_or_else(PoisonError::into_inner) = tasks;
        relay
    }

    /// Entries as they are committed from now on, in their order.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<JournalEvent> {
        self.journal.subscribe()
    }

    /// Waits until news are heard, so that nothing that is read from then on misses any; not for ever.
    pub(crate) async fn begin_to_hear(&self) {
        let mut listens = self.listens.subscribe();
        if timeout(WAIT, listens.wait_for(|listens| *listens)).await.is_err() {
            tracing::warn!("News of other servers are not heard yet");
        }
    }

    /// What servers tell each other from now on.
    pub(crate) fn hear_servers(&self) -> broadcast::Receiver<ServerNews> {
        self.news.subscribe()
    }

    /// Whether news are heard.
    ///
    /// # Errors
    /// The journal could not be read for too long.
    pub(crate) fn check(&self) -> StoreResult<()> {
        let read_at = *self.read_at.lock().unwrap_or_else(PoisonError::into_inner);
        if read_at.elapsed() <= AWAY {
            return Ok(());
        }
        Err(StoreError::unusable(Outage::Unreachable, format_args!("no news for {} seconds", AWAY.as_secs())))
    }

    /// Reads the entries that were not told of yet, and tells of them. When it returns, subscribers can have everything that
    /// was committed before it was called.
    pub(crate) async fn catch_up(&self) -> StoreResult<()> {
        // One at a time, so that nothing is told twice. Nothing waits between reading and telling: a caller that gives up
        // leaves no gap.
        let mut told = self.told.lock().await;
        loop {
            let read = query("select seq, doc from journal where seq > $1 order by seq limit $2").bind(*told);
            let found = read.bind(i64::try_from(PIECE).unwrap_or(i64::MAX)).fetch_all(self.readers()).await?;
            for row in &found {
                *told = get(row, "seq")?;
                if let Some(entry) = unless_damaged("journal", row, records::event)? {
                    // It is no error that nobody subscribes.
                    let _ = self.journal.send(entry);
                }
            }
            if found.len() < PIECE {
                *self.read_at.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                return Ok(());
            }
        }
    }

    fn readers(&self) -> &dyn Readers {
        &self.readers
    }

    /// Tells of new entries after hints, and now and then without one.
    async fn tell(self: Arc<Self>) {
        let mut is_behind = false;
        while !self.is_closed.load(Ordering::Acquire) {
            // What came meanwhile is one hint.
            let _ = timeout(LOOK, self.hint.notified()).await;
            match self.catch_up().await {
                Ok(()) if is_behind => {
                    is_behind = false;
                    tracing::info!("The journal can be read again");
                }
                Ok(()) => {}
                Err(StoreError::Closed) => return,
                Err(error) => {
                    if !is_behind {
                        tracing::error!(%error, "The journal cannot be read");
                    }
                    is_behind = true;
                    sleep(PAUSE).await;
                    self.hint.notify_one();
                }
            }
        }
    }

    /// Hears the hints of all servers.
    async fn hear(self: Arc<Self>, options: PgConnectOptions) {
        // A connection of its own, which is kept.
        let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None).acquire_timeout(WAIT);
        let pool = pool.connect_lazy_with(options);
        while !self.is_closed.load(Ordering::Acquire) {
            let Ok(mut listener) = PgListener::connect_with(&pool).await else {
                sleep(PAUSE).await;
                continue;
            };
            if let Err(error) = self.hear_by(&mut listener).await {
                tracing::warn!(error = %fault(error), "The connection that hears news of other servers failed");
                sleep(PAUSE).await;
            }
        }
    }

    /// Hears by one connection, until that fails. A connection that was lost is replaced by the driver.
    async fn hear_by(&self, listener: &mut PgListener) -> Result<(), sqlx::Error> {
        listener.listen_all([CHANNEL, NEWS]).await?;
        self.listens.send_replace(true);
        // First listen, then read: nothing falls between.
        self.tell_that_some_were_missed();
        loop {
            let Some(heard) = listener.try_recv().await? else {
                // The connection was lost and replaced.
                self.tell_that_some_were_missed();
                continue;
            };
            self.take(&heard);
            while let Some(heard) = listener.next_buffered() {
                self.take(&heard);
            }
        }
    }

    /// Nobody knows what was said meanwhile.
    fn tell_that_some_were_missed(&self) {
        // It is no error that nobody subscribes.
        let _ = self.news.send(ServerNews::Missed);
        self.hint.notify_one();
    }

    fn take(&self, heard: &PgNotification) {
        if heard.channel() == NEWS {
            let _ = self.news.send(ServerNews::Told(heard.payload().into()));
        } else {
            self.hint.notify_one();
        }
    }

    /// Ends the tasks, and returns those that end by themselves soon.
    pub(crate) fn stop(&self) -> Vec<JoinHandle<()>> {
        self.is_closed.store(true, Ordering::Release);
        self.hint.notify_one();
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(hearing) = tasks.pop() {
            hearing.abort();
        }
        tasks
    }

    /// Ends the tasks, and waits for that.
    pub(crate) async fn close(&self) {
        for task in self.stop() {
            let _ = timeout(END, task).await;
        }
    }
}
