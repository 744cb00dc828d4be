//! The queries of the background workers.

use crate::{StoreResult, StuckSlot};
use async_trait::async_trait;
use domain::{
    Timestamp,
    device::command::Command,
    mail::Mail,
    slot::reminder::{ReminderPolicy, ReminderRule},
    types::ids::{CommandId, DeviceId, InvitationId, PersonId},
};

/// What workers look for.
#[async_trait]
pub trait WorkStore {
    /// Queued mails that are due, earliest first.
    async fn due_mails(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Mail>>;
    /// Mails that were being sent when the process ended.
    async fn interrupted_mails(&self) -> StoreResult<Vec<Mail>>;
    /// When the next mail is due.
    async fn next_mail_at(&self) -> StoreResult<Option<Timestamp>>;
    /// Devices that fell silent: enrolled ones without contact since `silent_before`, enrolling ones since `stalled_before`.
    async fn silent_devices(
        &self,
        silent_before: Timestamp,
        stalled_before: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<DeviceId>>;
    /// Active invitations whose time has run out.
    async fn expired_invitations(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<(PersonId, InvitationId)>>;
    /// Commands whose time has run out.
    async fn expired_commands(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// Commands that a device may be given now: not leased, not at their end, oldest first.
    async fn waiting_commands(&self, device: DeviceId, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// Rows that a reminder may be due for by `rule` at `now`, in the order of the moments from which they have been stuck,
    /// beyond `after`. Whether it is due is decided with the whole person at hand.
    async fn remindable_slots(
        &self,
        rule: ReminderRule,
        now: Timestamp,
        after: Option<StuckSlot>,
        limit: u32,
    ) -> StoreResult<Vec<StuckSlot>>;
    /// Of which causes people are reminded.
    async fn find_reminders(&self) -> StoreResult<ReminderPolicy>;
    /// Keeps of which causes people are reminded.
    async fn save_reminders(&self, policy: &ReminderPolicy) -> StoreResult<()>;
    /// A device's commands that have not come to their end.
    async fn open_commands(&self, device: DeviceId) -> StoreResult<Vec<Command>>;
    /// A device's latest commands, newest first.
    async fn list_commands(&self, device: DeviceId, limit: u32) -> StoreResult<Vec<Command>>;
    /// A command.
    async fn find_command(&self, id: CommandId) -> StoreResult<Option<Command>>;
}
