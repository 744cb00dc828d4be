//! Publishes journal entries in their order. A commit that seemed to fail may have been written all the same: its entries are
//! looked up in the journal afterwards.

use super::connection::WriteConnection;
use crate::{fault::fault, rows};
use domain::journal::JournalEvent;
use sqlx::SqliteConnection;
use store::StoreResult;
use tokio::sync::broadcast;

/// Knows which entries were published.
pub(super) struct Publisher {
    journal: broadcast::Sender<JournalEvent>,
    latest: i64,
    /// Whether there may be entries that were not published.
    pub(super) is_in_doubt: bool,
}

impl Publisher {
    /// Publishes what is written from now on.
    pub(super) async fn new(journal: broadcast::Sender<JournalEvent>, connection: &mut WriteConnection) -> Self {
        let latest = match connection.get().await {
            Ok(db) => sqlx::query_scalar("select coalesce(max(seq), 0) from journal").fetch_one(db).await.ok(),
            Err(_) => None,
        };
        // Nothing is published twice if the number is not known.
        Self { journal, latest: latest.unwrap_or(i64::MAX), is_in_doubt: false }
    }

    /// Publishes entries.
    pub(super) fn send(&mut self, entries: &[JournalEvent]) {
        for entry in entries {
            self.latest = entry.seq;
            // It is no error that nobody subscribes.
            let _ = self.journal.send(entry.clone());
        }
    }

    /// If there may be entries that were not published: publishes them. Tries again next time if they cannot be read.
    pub(super) async fn catch_up(&mut self, connection: &mut WriteConnection) {
        if !self.is_in_doubt {
            return;
        }
        let Ok(db) = connection.get().await else { return };
        if let Ok(entries) = entries_after(db, self.latest).await {
            self.is_in_doubt = false;
            self.send(&entries);
        }
    }
}

async fn entries_after(db: &mut SqliteConnection, seq: i64) -> StoreResult<Vec<JournalEvent>> {
    let found = sqlx::query("select seq, doc from journal where seq > ? order by seq").bind(seq);
    found.fetch_all(db).await.map_err(fault)?.iter().map(rows::event).collect()
}
