//! Removing what is old, in pieces that are found by an index.

use super::{
    SqlStore,
    database::{Connection, Row, Statement, get, query},
    documents::{ReportDoc, from_doc, to_doc},
    records,
};
use crate::{PrunedPositions, RetentionStore, StoreResult};
use async_trait::async_trait;
use domain::{Timestamp, types::ids::DeviceId, views::TimedReport};
use uuid::Uuid;

/// The index of mails that have ended.
const MAILS: &str = "mails_ended";

#[async_trait]
impl<S: SqlStore> RetentionStore for S {
    async fn prune_journal(&self, before: Timestamp, now: Timestamp, limit: u32) -> StoreResult<u64> {
        let arguments = (before.as_millis(), now.as_millis(), limit);
        self.writer().write(arguments, |arguments, db| Box::pin(prune_journal(db, *arguments))).await
    }

    async fn journal_start(&self) -> StoreResult<i64> {
        let start = query("select coalesce(min(seq), 0) from journal").fetch_value(self.readers()).await?;
        Ok(start.unwrap_or(0))
    }

    async fn prune_mails(&self, before: Timestamp, limit: u32) -> StoreResult<u64> {
        let arguments = (ended_mails(&self.index_hint(MAILS)), before, limit);
        let pruned = self.writer().write(arguments, |(sql, before, limit), db| {
            Box::pin(async move { query(sql.clone()).bind(*before).bind(*limit).execute(db).await })
        });
        pruned.await
    }

    async fn prune_positions(
        &self,
        before: Timestamp,
        after: Option<DeviceId>,
        limit: u32,
    ) -> StoreResult<PrunedPositions> {
        let found = reports_after(after, limit).fetch_all(self.readers()).await?;
        let last = found.last().map(|row| get(row, "id")).transpose()?.map(DeviceId);
        let old: Vec<OldPosition> = found.iter().filter_map(|row| OldPosition::of(row, before)).collect();
        if old.is_empty() {
            return Ok(PrunedPositions { last, removed: Vec::new() });
        }
        let removed = self.writer().write(old, |old, db| Box::pin(remove_positions(db, old))).await?;
        Ok(PrunedPositions { last, removed })
    }
}

const OLDEST: &str = "select seq, at from journal where seq < (select max(seq) from journal) order by seq limit $1";
const UP_TO: &str = "delete from journal where seq <= $1";

/// Entries are deleted from the beginning on, so that whoever read up to one knows whether something after it is gone.
async fn prune_journal(db: &mut dyn Connection, (before, now, limit): (i64, i64, u32)) -> StoreResult<u64> {
    let oldest = query(OLDEST).bind(limit).fetch_all(&mut *db).await?;
    let mut up_to = None;
    for entry in &oldest {
        let at: i64 = get(entry, "at")?;
        // One that a wrong clock wrote goes with those around it.
        if at >= before && at <= now {
            break;
        }
        if at < before {
            up_to = Some(get::<i64>(entry, "seq")?);
        }
    }
    match up_to {
        Some(up_to) => query(UP_TO).bind(up_to).execute(db).await,
        None => Ok(0),
    }
}

fn ended_mails(index_hint: &str) -> String {
    format!(
        "delete from mails where id in (select id from mails{index_hint} where state in ('sent', 'failed', 'superseded') \
         and created_at < $1 order by created_at, id limit $2)"
    )
}

fn reports_after(after: Option<DeviceId>, limit: u32) -> Statement<'static> {
    query("select device_id as id, at, seq, doc from telemetry where device_id > $1 order by device_id limit $2")
        .bind(after.map_or(Uuid::nil(), |id| id.0))
        .bind(limit)
}

/// A report whose position is to be removed, as it was read.
struct OldPosition {
    id: Uuid,
    at: i64,
    seq: i64,
    /// The document without the position.
    doc: String,
}

impl OldPosition {
    /// `None` when there is nothing to remove, or the report cannot be read: a new one takes its place.
    fn of(row: &Row, before: Timestamp) -> Option<Self> {
        let at = records::time(row, "at").ok()?;
        let mut report: TimedReport = from_doc::<ReportDoc>(get(row, "doc").ok()?).ok()?.timed(at);
        if !report.forget_position_before(before) {
            return None;
        }
        let doc = ReportDoc { report: report.report, reported_at: Some(report.reported_at) };
        Some(Self { id: get(row, "id").ok()?, at: at.as_millis(), seq: get(row, "seq").ok()?, doc: to_doc(&doc).ok()? })
    }
}

/// Writes the reports that are still those that were read; returns their devices.
async fn remove_positions(db: &mut dyn Connection, old: &[OldPosition]) -> StoreResult<Vec<DeviceId>> {
    let mut removed = Vec::with_capacity(old.len());
    for OldPosition { id, at, seq, doc } in old {
        let update = query("update telemetry set doc = $1 where device_id = $2 and at = $3 and seq = $4");
        if update.bind(doc).bind(*id).bind(*at).bind(*seq).execute(&mut *db).await? > 0 {
            removed.push(DeviceId(*id));
        }
    }
    Ok(removed)
}

/// The statements that look for what is old, for tests of an engine's plans; `index_hint` is the engine's for ended mails.
pub fn searches(index_hint: &str) -> [String; 3] {
    [OLDEST.to_owned(), ended_mails(index_hint), reports_after(None, 1).text().to_owned()]
}
