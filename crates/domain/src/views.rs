//! Read models of the console and the REST API: rows and details, ready to be rendered.

use crate::{
    Timestamp,
    actor::Actor,
    device::{
        AgentError, Device,
        command::{CommandKind, CommandNote, CommandState},
    },
    invitation::{Invitation, InvitationState},
    journal::JournalEvent,
    protocol::{Inventory, StateReport},
    slot::{SlotRow, attention::Attention},
    types::ids::{AccountId, CommandId, InvitationId, PersonId, SessionId, SlotId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row of the Mobile devices view, with what is computed when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    /// The row.
    pub row: SlotRow,
    /// Why it is stuck.
    pub attention: Option<Attention>,
    /// Whether its credentials may be shown: while the invitation is active and has no enrolled device.
    pub shows_credentials: bool,
}

/// A row of the Invitations view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The invitation.
    pub invitation: Invitation,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person.
    pub email: String,
    /// Devices that enrolled with it and were not deleted.
    pub devices: u64,
    /// Whether the stored invitation cannot be read: what is missing here is not known.
    pub is_damaged: bool,
}

/// A row of the People view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Identity.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag.
    pub locale: String,
    /// When added.
    pub created_at: Timestamp,
    /// The active invitation.
    pub invitation: Option<InvitationId>,
    /// The active invitation's state.
    pub invitation_state: Option<InvitationState>,
    /// Devices that were not deleted.
    pub devices: u64,
}

/// Everything about one row: the device detail page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlotDetail {
    /// The row itself.
    pub item: SlotView,
    /// The device, when it is a device item.
    pub device: Option<Device>,
    /// Its latest heartbeat.
    pub report: Option<TimedReport>,
    /// Its latest inventory.
    pub inventory: Option<InventoryView>,
    /// Its latest commands, newest first.
    pub commands: Vec<CommandView>,
    /// What happened, newest first; at most 200 entries.
    pub timeline: Vec<JournalEvent>,
}

/// A device's latest heartbeat and when it was received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimedReport {
    /// When it was received.
    pub at: Timestamp,
    /// The heartbeat, with values from earlier ones where it has none.
    pub report: StateReport,
    /// When each part was reported.
    #[serde(rename = "told")]
    pub reported_at: ReportedAt,
}

impl TimedReport {
    /// A heartbeat as it was received.
    pub fn new(at: Timestamp, report: StateReport) -> Self {
        Self { at, reported_at: ReportedAt::of(&report, at), report }
    }

    /// This heartbeat, and of an earlier one the parts that it leaves out. A part replaces the earlier one as a whole; a
    /// position does so only if it was not taken before.
    #[must_use]
    pub fn after(self, earlier: Self) -> Self {
        let Self { at, report: new, reported_at: new_at } = self;
        let (old, old_at) = (earlier.report, earlier.reported_at);
        let is_older = new.location.zip(old.location).is_some_and(|(new, old)| new.at < old.at);
        let (location, location_at) = match new.location {
            Some(place) if !is_older => (Some(place), new_at.location),
            _ => (old.location, old_at.location),
        };
        let reported_at = ReportedAt {
            battery: new_at.battery.or(old_at.battery),
            network: new_at.network.or(old_at.network),
            storage: new_at.storage.or(old_at.storage),
            permissions: new_at.permissions.or(old_at.permissions),
            location: location_at,
        };
        let report = StateReport {
            seq: new.seq,
            battery: new.battery.or(old.battery),
            network: new.network.or(old.network),
            storage: new.storage.or(old.storage),
            permissions: new.permissions.or(old.permissions),
            admin_active: new.admin_active.or(old.admin_active),
            location,
            lost_mode: new.lost_mode.or(old.lost_mode),
            capabilities: new.capabilities.or(old.capabilities),
        };
        Self { at, report, reported_at }
    }

    /// Removes a position that was taken before `before`; false when there is none.
    pub fn forget_position_before(&mut self, before: Timestamp) -> bool {
        let is_old = self.report.location.is_some_and(|place| place.at < before);
        if is_old {
            self.report.location = None;
            self.reported_at.location = None;
        }
        is_old
    }
}

/// When a device told each part of its state: a heartbeat may leave out what an earlier one said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ToldAt))]
pub struct ReportedAt {
    /// Battery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battery: Option<Timestamp>,
    /// Kind of network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Timestamp>,
    /// Storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<Timestamp>,
    /// Permissions, that to administer the device among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Timestamp>,
    /// Position; the position itself has the time at which it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Timestamp>,
}

impl ReportedAt {
    /// The parts that `report` contains, all at `at`.
    pub fn of(report: &StateReport, at: Timestamp) -> Self {
        let when = |is_reported: bool| is_reported.then_some(at);
        Self {
            battery: when(report.battery.is_some()),
            network: when(report.network.is_some()),
            storage: when(report.storage.is_some()),
            permissions: when(report.permissions.is_some() || report.admin_active.is_some()),
            location: when(report.location.is_some()),
        }
    }
}

/// A device's latest inventory, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredInventory {
    /// Identifies its content.
    pub etag: String,
    /// When the device last sent it.
    pub at: Timestamp,
    /// The facts.
    pub inventory: Inventory,
    /// Since when each group of facts is unchanged; groups that are not listed are known to be so only since `at`.
    pub since: BTreeMap<String, Timestamp>,
}

/// A device's technical information.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InventoryView {
    /// When it was reported last.
    pub at: Timestamp,
    /// Version of its schema.
    pub schema_version: u32,
    /// Groups of facts, in the agent's order.
    pub groups: Vec<InventoryGroup>,
}

/// A group of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InventoryGroup {
    /// Its name.
    pub name: String,
    /// Since when all of it is unchanged.
    pub since: Timestamp,
    /// Names and values.
    pub facts: Vec<(String, String)>,
}

/// A command as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandView {
    /// Identity.
    pub id: CommandId,
    /// What is asked.
    #[serde(flatten)]
    pub kind: CommandKind,
    /// Where it stands.
    pub state: CommandState,
    /// Who asked.
    pub requested_by: Actor,
    /// When.
    pub requested_at: Timestamp,
    /// When it is no longer offered.
    pub expires_at: Timestamp,
    /// When it came to its end.
    pub finished_at: Option<Timestamp>,
    /// Why the device could not.
    pub error: Option<AgentError>,
    /// What is to be known about it although it is done.
    pub note: Option<CommandNote>,
    /// When the device said that it had done it although it had been cancelled or had expired.
    pub late_answer_at: Option<Timestamp>,
}

/// A new invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewInvitation {
    /// The person.
    pub person_id: PersonId,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// Its row in the Mobile devices view.
    pub slot_id: SlotId,
}

/// The signed-in account and what the frame of the console shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Identity.
    pub account_id: AccountId,
    /// Email, also the name that the journal shows.
    pub email: String,
    /// True when mails are written to files because no mail server is configured.
    pub mail_to_files: bool,
    /// Version of the running server.
    pub server_version: String,
}

/// A signed-in browser of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Identity.
    pub id: SessionId,
    /// The browser's user agent.
    pub user_agent: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
    /// True for the session of this request.
    pub is_current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Battery, Location};

    fn report(at: i64, report: StateReport) -> TimedReport {
        TimedReport::new(Timestamp::from_millis(at), report)
    }

    fn place(latitude: f64, at: i64) -> Location {
        Location { latitude, longitude: 14.4, accuracy_m: None, at: Timestamp::from_millis(at) }
    }

    #[test]
    fn a_heartbeat_keeps_what_an_earlier_one_said_of_the_parts_that_it_leaves_out() {
        let permissions = |names: &[&str]| Some(names.iter().map(|name| ((*name).to_owned(), true)).collect());
        let battery = Some(Battery { level: 80, charging: true });
        let first = StateReport { seq: 1, battery, permissions: permissions(&["a", "b"]), ..StateReport::default() };
        let second =
            StateReport { seq: 2, permissions: permissions(&["b"]), lost_mode: Some(true), ..StateReport::default() };
        let whole = report(20, second).after(report(10, first));
        let expected = StateReport {
            seq: 2,
            battery,
            permissions: permissions(&["b"]),
            lost_mode: Some(true),
            ..StateReport::default()
        };
        assert_eq!((whole.at, whole.report), (Timestamp::from_millis(20), expected));
        let times = (whole.reported_at.battery, whole.reported_at.permissions, whole.reported_at.location);
        assert_eq!(times, (Some(Timestamp::from_millis(10)), Some(Timestamp::from_millis(20)), None));
    }

    #[test]
    fn a_position_never_replaces_one_that_was_taken_after_it() {
        let with = |seq, location| StateReport { seq, location: Some(location), ..StateReport::default() };
        for (taken, expected) in [(4, place(50.0, 5)), (5, place(51.0, 5)), (6, place(51.0, 6))] {
            let whole = report(20, with(2, place(51.0, taken))).after(report(10, with(1, place(50.0, 5))));
            assert_eq!(whole.report.location, Some(expected), "{taken}");
            let told = if taken < 5 { 10 } else { 20 };
            assert_eq!(whole.reported_at.location, Some(Timestamp::from_millis(told)));
        }
    }
}
