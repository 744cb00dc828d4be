//! Writes and shows the contacts of devices.

use crate::{Rollcall, ServiceResult};
use domain::{Timestamp, aggregate::PersonAggregate, journal::change::Change, slot::SlotRow, types::ids::DeviceId};
use tokio::time::Instant;

/// Contacts that are written in one change.
const AT_ONCE: usize = 1000;
/// How long a written contact is kept for the rows that show it, in seconds. Heartbeats are far more frequent.
const KEPT_S: i64 = 24 * 3600;

impl Rollcall {
    /// Writes all contacts that are not written yet, when the server stops.
    ///
    /// # Errors
    /// The store cannot write.
    pub async fn write_contacts(&self) -> ServiceResult<()> {
        self.write_these_contacts(&self.contacts.unwritten()).await
    }

    /// Writes the contacts that would soon be too far behind. A worker calls it every few seconds.
    ///
    /// # Errors
    /// The store cannot write; the next call tries again.
    pub(crate) async fn write_due_contacts(&self) -> ServiceResult<()> {
        self.contacts.forget_before(self.environment.now().plus_seconds(-KEPT_S));
        self.write_these_contacts(&self.contacts.due()).await
    }

    async fn write_these_contacts(&self, contacts: &[(DeviceId, Timestamp)]) -> ServiceResult<()> {
        if contacts.is_empty() {
            return Ok(());
        }
        let begun = Instant::now();
        for contacts in contacts.chunks(AT_ONCE) {
            // No conflict is possible: the change has no versioned rows.
            self.try_commit(Change { contacts: contacts.to_vec(), ..Change::default() }).await?;
            self.contacts.mark_written(contacts);
        }
        self.work_stats.contact_writes.observe_duration(begun.elapsed());
        Ok(())
    }

    /// A row with the latest contact of its device.
    pub(crate) fn with_contact(&self, mut row: SlotRow) -> SlotRow {
        if let Some(device) = row.device.as_mut() {
            device.last_contact_at = self.contacts.later(device.id, device.last_contact_at);
        }
        row
    }

    /// An aggregate with the latest contacts of its devices.
    pub(crate) fn with_contacts(&self, mut aggregate: PersonAggregate) -> PersonAggregate {
        for device in &mut aggregate.devices {
            device.last_contact_at = self.contacts.later(device.id, device.last_contact_at);
        }
        aggregate
    }
}
