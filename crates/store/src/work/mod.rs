//! The queries of the background workers.

mod imports;

pub use imports::{Confirmation, ImportStore, StoredImport};

use crate::{StoreResult, StuckSlot};
use async_trait::async_trait;
use domain::{
    Timestamp,
    device::command::Command,
    invitation::job::{InviteJob, JobProgress, LineOutcome},
    mail::Mail,
    slot::reminder::{ReminderPolicy, ReminderRule},
    types::{
        hearing::Hearing,
        ids::{CommandId, DeviceId, InvitationId, InviteJobId, PersonId},
    },
};

/// Since when a device had no contact that is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilentBefore {
    /// One that is enrolled.
    pub silent: Timestamp,
    /// The same under Apple's MDM protocol; not later than `silent`.
    pub apple_silent: Timestamp,
    /// One that is enrolling.
    pub stalled: Timestamp,
    /// One that began to erase itself.
    pub erased: Timestamp,
}

/// Queries for due work, and the rules for reminders.
#[async_trait]
pub trait WorkStore {
    /// Queued mails that are due, earliest first.
    async fn due_mails(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Mail>>;
    /// Queued mails of an invitation, due or not.
    async fn waiting_mails(&self, invitation: InvitationId) -> StoreResult<Vec<Mail>>;
    /// Mails that are being sent, or were when their server ended.
    async fn sending_mails(&self) -> StoreResult<Vec<Mail>>;
    /// How many mails are queued, due or not.
    async fn count_queued_mails(&self) -> StoreResult<u64>;
    /// When the next mail is due.
    async fn next_mail_at(&self) -> StoreResult<Option<Timestamp>>;
    /// Devices that fell silent.
    async fn silent_devices(&self, before: SilentBefore, limit: u32) -> StoreResult<Vec<DeviceId>>;
    /// Active invitations past their expiry.
    async fn expired_invitations(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<(PersonId, InvitationId)>>;
    /// Unfinished commands past their expiry.
    async fn expired_commands(&self, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// Commands that can be offered to a device now: neither leased nor finished, oldest first.
    async fn waiting_commands(&self, device: DeviceId, now: Timestamp, limit: u32) -> StoreResult<Vec<Command>>;
    /// A page of rows for which a reminder by `rule` may be due, since their wait began at `cutoff` or earlier, after `after`
    /// (keyset pagination), stuck for longest first. Whether it is due is decided on the whole aggregate.
    async fn remindable_slots(
        &self,
        rule: ReminderRule,
        cutoff: Timestamp,
        after: Option<StuckSlot>,
        limit: u32,
    ) -> StoreResult<Vec<StuckSlot>>;
    /// The rules for reminders.
    async fn find_reminders(&self) -> StoreResult<ReminderPolicy>;
    /// Stores the rules for reminders.
    async fn save_reminders(&self, policy: &ReminderPolicy) -> StoreResult<()>;
    /// When the server was there to hear devices.
    async fn find_hearing(&self) -> StoreResult<Hearing>;
    /// Stores when the server was there.
    async fn save_hearing(&self, hearing: &Hearing) -> StoreResult<()>;
    /// A device's unfinished commands.
    async fn open_commands(&self, device: DeviceId) -> StoreResult<Vec<Command>>;
    /// A device's latest commands, newest first.
    async fn list_commands(&self, device: DeviceId, limit: u32) -> StoreResult<Vec<Command>>;
    /// A job that invites people, with its lines in order.
    async fn find_invite_job(&self, id: InviteJobId) -> StoreResult<Option<JobProgress>>;
    /// Jobs that have not ended, oldest first.
    async fn open_invite_jobs(&self) -> StoreResult<Vec<InviteJob>>;
    /// The outcome of a line of a job; `None` when it has none, or does not exist.
    async fn line_outcome(&self, id: InviteJobId, line: u32) -> StoreResult<Option<LineOutcome>>;
    /// A command.
    async fn find_command(&self, id: CommandId) -> StoreResult<Option<Command>>;
}
