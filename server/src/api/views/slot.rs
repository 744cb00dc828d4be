//! Rows of the Mobile devices view as the API shows them.

use domain::{
    Timestamp,
    actor::Actor,
    device::{EnrollmentStep, Ownership, Platform, hardware::Relatives, lost::LostState},
    invitation::Delivery,
    journal::{EventKind, JournalEvent},
    slot::{
        SlotDevice, SlotStatus,
        attention::{Attention, Cause, NextStep},
    },
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{SlotDetail, SlotView},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A row of the Mobile devices view: an invitation item, or a device item once a device answered
#[derive(Debug, Serialize, ToSchema)]
pub struct Slot {
    /// Identity; stays while what stands in the row changes.
    id: SlotId,
    /// Whose row it is.
    person_id: PersonId,
    /// Name of the person.
    name: String,
    /// Email of the person.
    email: String,
    /// The invitation that stands in it, or that its device enrolled with.
    invitation_id: InvitationId,
    /// Whether that invitation still enrolls devices.
    invitation_active: bool,
    /// What became of the latest mail of the invitation.
    delivery: Delivery,
    /// State of the row.
    status: SlotStatus,
    /// Since when.
    status_since: Timestamp,
    /// Why it is stuck, and what to do.
    attention: Option<AttentionView>,
    /// Reminders that went out since it has been stuck.
    reminders: u8,
    /// When the row appeared.
    created_at: Timestamp,
    /// The device, when it is a device item.
    device: Option<SlotDeviceView>,
    /// Whether the stored row is damaged: then the fields above hold only what is known of it.
    damaged: bool,
}

impl From<SlotView> for Slot {
    fn from(item: SlotView) -> Self {
        let row = item.row;
        Self {
            id: row.id,
            person_id: row.person_id,
            name: row.person_name,
            email: row.email,
            invitation_id: row.invitation_id,
            invitation_active: row.invitation_active,
            delivery: row.delivery,
            status: row.status,
            status_since: row.status_since,
            attention: item.attention.map(AttentionView::from),
            reminders: row.reminded.map_or(0, |reminded| reminded.times),
            created_at: row.created_at,
            device: row.device.map(SlotDeviceView::from),
            damaged: row.is_damaged,
        }
    }
}

/// Why a row is stuck, and what to do
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attention)]
pub struct AttentionView {
    /// Why.
    cause: Cause,
    /// One plain sentence.
    sentence: String,
    /// What to do.
    next: NextStep,
}

impl From<Attention> for AttentionView {
    fn from(attention: Attention) -> Self {
        Self { cause: attention.cause, sentence: attention.sentence, next: attention.next }
    }
}

/// The device of a row, as it is listed
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlotDevice)]
pub struct SlotDeviceView {
    /// Identity.
    id: DeviceId,
    /// Maker and model; `null` when it did not tell.
    name: Option<String>,
    /// Serial number.
    serial: Option<String>,
    /// Version of the operating system.
    os_version: String,
    /// What it runs.
    platform: Platform,
    /// Whose it is.
    ownership: Ownership,
    /// The step its enrollment is at.
    step: EnrollmentStep,
    /// What keeps it from being active, in words.
    missing: Vec<String>,
    /// What the agent said went wrong.
    error: Option<String>,
    /// Last contact of any kind.
    last_contact_at: Timestamp,
    /// When a renewal was asked for that the device has not answered.
    renew_requested_at: Option<Timestamp>,
    /// Lost mode: what was asked for and what the device confirmed.
    lost: LostState,
    /// When the wipe was asked for that waits for it.
    wipe_requested_at: Option<Timestamp>,
    /// Other devices with the same serial number or IMEI.
    relatives: Relatives,
}

impl From<SlotDevice> for SlotDeviceView {
    fn from(device: SlotDevice) -> Self {
        Self {
            id: device.id,
            name: device.name,
            serial: device.serial,
            os_version: device.os_version,
            platform: device.platform,
            ownership: device.ownership,
            step: device.step,
            missing: device.missing,
            error: device.error,
            last_contact_at: device.last_contact_at,
            renew_requested_at: device.renew_requested_at,
            lost: device.lost,
            wipe_requested_at: device.wipe_requested_at,
            relatives: device.relatives,
        }
    }
}

/// A row with everything that happened in it
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotWithTimeline {
    /// The row.
    #[serde(flatten)]
    slot: Slot,
    /// What happened, newest first; at most 200 entries.
    timeline: Vec<TimelineEntry>,
}

impl From<SlotDetail> for SlotWithTimeline {
    fn from(detail: SlotDetail) -> Self {
        Self { slot: detail.item.into(), timeline: detail.timeline.into_iter().map(TimelineEntry::from).collect() }
    }
}

/// Something that happened
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Place in the journal.
    seq: i64,
    /// When.
    at: Timestamp,
    /// Who did it.
    actor: Actor,
    /// What happened.
    event: EventKind,
}

impl From<JournalEvent> for TimelineEntry {
    fn from(entry: JournalEvent) -> Self {
        Self { seq: entry.seq, at: entry.event.at, actor: entry.event.actor, event: entry.event.kind }
    }
}
