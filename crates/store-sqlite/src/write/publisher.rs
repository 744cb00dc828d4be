//! Publishes journal entries in their order. A commit that seemed to fail may have been written all the same: its entries are
//! looked up in the journal afterwards.

use async_trait::async_trait;
use domain::journal::JournalEvent;
use store::{
    StoreResult,
    sql::{
        database::{Connection, query},
        records,
        write::{
            connection::WriteConnection,
            publisher::{Finished, Publisher},
        },
    },
};
use tokio::sync::broadcast;

/// Knows which entries were published.
pub(crate) struct FilePublisher {
    journal: broadcast::Sender<JournalEvent>,
    latest: i64,
    /// Whether there may be entries that were not published.
    pub(super) is_in_doubt: bool,
}

impl FilePublisher {
    /// Publishes what is written from now on.
    pub(crate) async fn new(journal: broadcast::Sender<JournalEvent>, db: &mut dyn Connection) -> StoreResult<Self> {
        let latest = query("select coalesce(max(seq), 0) from journal").fetch_value(db).await?;
        Ok(Self { journal, latest: latest.unwrap_or_default(), is_in_doubt: false })
    }

    fn send(&mut self, entry: &JournalEvent) {
        self.latest = entry.seq;
        // It is no error that nobody subscribes.
        let _ = self.journal.send(entry.clone());
    }
}

#[async_trait]
impl Publisher for FilePublisher {
    async fn publish(&mut self, connection: &mut dyn WriteConnection, finished: Finished) {
        for entry in finished.entries() {
            self.send(entry);
        }
        self.is_in_doubt |= finished.is_in_doubt();
        finished.answer();
        self.catch_up(connection).await;
    }

    /// If there may be entries that were not published: publishes them. Tries again next time if they cannot be read.
    async fn catch_up(&mut self, connection: &mut dyn WriteConnection) {
        if !self.is_in_doubt {
            return;
        }
        let Ok(db) = connection.get().await else { return };
        if let Ok(entries) = entries_after(db, self.latest).await {
            self.is_in_doubt = false;
            for entry in &entries {
                self.send(entry);
            }
        }
    }
}

async fn entries_after(db: &mut dyn Connection, seq: i64) -> StoreResult<Vec<JournalEvent>> {
    let found = query("select seq, doc from journal where seq > $1 order by seq").bind(seq).fetch_all(db).await?;
    found.iter().map(records::event).collect()
}
