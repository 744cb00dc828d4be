//! The Mobile devices view and the device detail.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    aggregate::PersonAggregate,
    device::command::Command,
    list::{Page, SlotQuery},
    slot::{
        SlotRow,
        attention::{Cause, attention},
    },
    types::ids::{DeviceId, SlotId},
    views::{CommandView, InventoryGroup, InventoryView, SlotDetail, SlotView, StoredInventory},
};

/// Most entries of a timeline that are shown.
const TIMELINE_LENGTH: u32 = 200;
/// Most commands of a device that are shown.
const COMMANDS_SHOWN: u32 = 50;

impl Rollcall {
    /// A page of the Mobile devices view.
    pub async fn list_slots(&self, query: SlotQuery) -> ServiceResult<Page<SlotView>> {
        Ok(self.store.list_slots(&query, self.environment.now()).await?.map(|row| self.slot_item(row)))
    }

    /// How many rows need attention now, for each cause in its order, including causes without rows.
    pub async fn attention_counts(&self) -> ServiceResult<Vec<(Cause, u64)>> {
        let count = async |now| Ok(self.store.attention_counts(now).await?);
        self.attention.get(|| self.environment.now(), count).await
    }

    fn slot_item(&self, row: SlotRow) -> SlotView {
        let row = self.with_contact(row);
        // Of a damaged row not enough is known.
        let attention = (!row.is_damaged).then(|| attention(&row, self.environment.now())).flatten();
        let shows_credentials = row.invitation_active && !row.status.is_enrolled();
        SlotView { row, attention, shows_credentials }
    }

    /// Everything about one row.
    ///
    /// # Errors
    /// The row no longer exists.
    pub async fn slot(&self, id: SlotId) -> ServiceResult<SlotDetail> {
        let row = self.store.find_slot(id).await?.ok_or(ServiceError::NotFound)?;
        let timeline = self.store.timeline(&row, TIMELINE_LENGTH).await?;
        let Some(device) = row.device.as_ref().map(|d| d.id) else {
            return Ok(SlotDetail {
                item: self.slot_item(row),
                device: None,
                report: None,
                inventory: None,
                commands: Vec::new(),
                timeline,
            });
        };
        let aggregate = self.store.load_device(device).await?.map(|aggregate| self.with_contacts(aggregate));
        Ok(SlotDetail {
            item: self.slot_item(row),
            device: aggregate.as_ref().and_then(|a: &PersonAggregate| a.device(device)).cloned(),
            report: self.store.find_report(device).await?,
            inventory: self.store.find_inventory(device).await?.map(|known| inventory_view(&known)),
            commands: self.device_commands(device).await?,
            timeline,
        })
    }

    /// Everything about a device's row.
    ///
    /// # Errors
    /// The device was deleted.
    pub async fn device_slot(&self, id: DeviceId) -> ServiceResult<SlotDetail> {
        let aggregate = self.store.load_device(id).await?.ok_or(ServiceError::NotFound)?;
        let slot = aggregate.device(id).map(|d| d.slot_id).ok_or(ServiceError::NotFound)?;
        self.slot(slot).await
    }

    /// A device's latest commands, newest first.
    pub async fn device_commands(&self, id: DeviceId) -> ServiceResult<Vec<CommandView>> {
        Ok(self.store.list_commands(id, COMMANDS_SHOWN).await?.into_iter().map(command_view).collect())
    }
}

pub(super) fn command_view(command: Command) -> CommandView {
    CommandView {
        note: command.note(),
        id: command.id,
        kind: command.kind,
        state: command.state,
        requested_by: command.requested_by,
        requested_at: command.requested_at,
        expires_at: command.expires_at,
        finished_at: command.finished_at,
        error: command.error,
        late_answer_at: command.late_answer_at,
    }
}

/// Formats inventory values as text: strings as they are, everything else as JSON.
fn inventory_view(known: &StoredInventory) -> InventoryView {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let groups = known.inventory.groups.iter().map(|(name, facts)| InventoryGroup {
        name: name.clone(),
        since: known.since.get(name).copied().unwrap_or(known.at),
        facts: facts.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
    });
    InventoryView { at: known.at, schema_version: known.inventory.schema_version, groups: groups.collect() }
}
