//! Devices as the API shows them.

use domain::{
    Timestamp,
    device::{
        AgentError, Device, DeviceState, EnrollmentStep, Ownership, Platform, ReportedCapabilities,
        capabilities::Capabilities,
        hardware::Relatives,
        lost::{LostMode, LostState, LostText},
    },
    protocol::StateReport,
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
    views::{CommandView, InventoryView, ReportedAt, SlotDetail, TimedReport},
};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

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
    /// When the wipe was asked for that waits for it.
    wipe_requested_at: Option<Timestamp>,
    /// Other devices with the same serial number or IMEI.
    relatives: Relatives,
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
            wipe_requested_at: device.wipe.map(|wipe| wipe.requested_at),
            relatives: device.relatives,
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
    reported: Capabilities,
}

impl From<ReportedCapabilities> for CapabilitiesView {
    fn from(known: ReportedCapabilities) -> Self {
        Self { at: known.at, reported: known.reported }
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
    told_at: ReportedAt,
}

impl From<TimedReport> for ReportView {
    fn from(timed: TimedReport) -> Self {
        Self { at: timed.at, report: timed.report, told_at: timed.reported_at }
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
