//! Slots and devices as the API shows them.

use domain::{
    Timestamp,
    actor::Actor,
    device::{
        AgentError, Device, DeviceState, EnrollmentStep, KnownCapabilities, Ownership, Platform,
        capabilities::Capabilities,
        lost::{LostMode, LostState, LostText},
    },
    invitation::Delivery,
    journal::{EventKind, JournalEvent},
    protocol::StateReport,
    slot::{
        SlotDevice, SlotStatus,
        attention::{Attention, Cause, NextStep},
    },
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{CommandView, InventoryView, SlotDetail, SlotItem, TimedReport, ToldAt},
};
use serde::Serialize;
use std::collections::BTreeMap;
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
}

impl From<SlotItem> for Slot {
    fn from(item: SlotItem) -> Self {
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

/// Everything about a device
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Device)]
pub struct DeviceView {
    /// Identity.
    id: DeviceId,
    /// Its row in the Mobile devices view.
    slot_id: SlotId,
    /// Whose enrollment it is.
    person_id: PersonId,
    /// The invitation that it enrolled with, last.
    invitation_id: InvitationId,
    /// Where it stands.
    state: DeviceState,
    /// Since when.
    state_since: Timestamp,
    /// What it runs.
    platform: Platform,
    /// Whose it is.
    ownership: Ownership,
    /// Maker.
    manufacturer: String,
    /// Model.
    model: String,
    /// Version of the operating system.
    os_version: String,
    /// Serial number.
    serial: Option<String>,
    /// Version of the agent.
    agent_version: String,
    /// The step its enrollment is at.
    step: EnrollmentStep,
    /// Why the agent cannot go on.
    error: Option<AgentError>,
    /// Required permissions that the agent does not hold.
    missing_permissions: Vec<String>,
    /// What it can do; `null` when it told nothing of it.
    capabilities: Option<CapabilitiesView>,
    /// Lost mode.
    lost: LostView,
    /// When it became active for the first time in this enrollment.
    enrolled_at: Option<Timestamp>,
    /// First contact.
    created_at: Timestamp,
    /// Last contact of any kind.
    last_contact_at: Timestamp,
    /// The latest heartbeat.
    report: Option<ReportView>,
    /// The latest technical information.
    inventory: Option<TechnicalInformation>,
    /// The latest commands, newest first.
    commands: Vec<CommandView>,
}

impl DeviceView {
    /// The device of a row; `None` when the row is an invitation item.
    pub fn of(detail: SlotDetail) -> Option<Self> {
        let device: Device = detail.device?;
        Some(Self {
            id: device.id,
            slot_id: device.slot_id,
            person_id: device.person_id,
            invitation_id: device.invitation_id,
            state: device.state,
            state_since: device.state_since,
            platform: device.platform,
            ownership: device.ownership,
            manufacturer: device.info.manufacturer,
            model: device.info.model,
            os_version: device.info.os_version,
            serial: device.info.serial,
            agent_version: device.agent_version,
            step: device.progress.step,
            error: device.progress.error,
            missing_permissions: device.missing_permissions,
            capabilities: device.capabilities.map(CapabilitiesView::from),
            lost: device.lost.into(),
            enrolled_at: device.enrolled_at,
            created_at: device.created_at,
            last_contact_at: device.last_contact_at,
            report: detail.report.map(ReportView::from),
            inventory: detail.inventory.map(TechnicalInformation::from),
            commands: detail.commands,
        })
    }
}

/// What a device can do, and when it said so
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnownCapabilities)]
pub struct CapabilitiesView {
    /// When.
    at: Timestamp,
    /// What it said.
    #[serde(flatten)]
    told: Capabilities,
}

impl From<KnownCapabilities> for CapabilitiesView {
    fn from(known: KnownCapabilities) -> Self {
        Self { at: known.at, told: known.told }
    }
}

/// Lost mode: where it stands, and what the screen shows
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LostMode)]
pub struct LostView {
    /// Where it stands.
    #[serde(flatten)]
    state: LostState,
    /// What the screen shows, while lost mode is on and that is known.
    shown: Option<LostText>,
}

impl From<LostMode> for LostView {
    fn from(lost: LostMode) -> Self {
        Self { state: lost.state(), shown: lost.on.and_then(|on| on.text) }
    }
}

/// A heartbeat and when it came
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub struct ReportView {
    /// When.
    at: Timestamp,
    /// What it said, and what earlier ones said that it does not repeat.
    #[serde(flatten)]
    report: StateReport,
    /// When each part was said.
    told_at: ToldAt,
}

impl From<TimedReport> for ReportView {
    fn from(timed: TimedReport) -> Self {
        Self { at: timed.at, report: timed.report, told_at: timed.told }
    }
}

/// A device's technical information
#[derive(Debug, Serialize, ToSchema)]
pub struct TechnicalInformation {
    /// When it was reported last.
    at: Timestamp,
    /// Version of its schema.
    schema_version: u32,
    /// Groups of facts: group, then name and value.
    groups: BTreeMap<String, BTreeMap<String, String>>,
    /// Since when each group has been as it is.
    since: BTreeMap<String, Timestamp>,
}

impl From<InventoryView> for TechnicalInformation {
    fn from(view: InventoryView) -> Self {
        let since = view.groups.iter().map(|group| (group.name.clone(), group.since)).collect();
        let groups = view.groups.into_iter().map(|group| (group.name, group.facts.into_iter().collect()));
        Self { at: view.at, schema_version: view.schema_version, groups: groups.collect(), since }
    }
}
