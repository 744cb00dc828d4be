//! Devices: phones and tablets that have sent their first information.

pub mod capabilities;
pub mod command;
pub mod hardware;
pub mod limit;
pub mod lost;

use crate::{
    Timestamp,
    device::{
        capabilities::{Capabilities, Limitation},
        hardware::Relatives,
        lost::LostMode,
    },
    types::{
        ids::{CommandId, DeviceId, InvitationId, PersonId, SlotId},
        lenient,
        text::visible,
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a device runs.
    Platform {
        /// Android phones and tablets.
        Android = "android", "Android";
        /// iPhones.
        Ios = "ios", "iPhone";
        /// iPads.
        Ipados = "ipados", "iPad";
        /// The reference agent on a Linux host.
        Linux = "linux", "Linux";
    }
}

text_enum! {
    /// Who owns the device.
    Ownership {
        /// Belongs to the organisation.
        Company = "company", "Company";
        /// Belongs to the person.
        Personal = "personal", "Personal";
    }
}

text_enum! {
    /// The state of a device.
    DeviceState {
        /// Stopped somewhere after installing the app or profile.
        Pending = "pending", "Pending…";
        /// Information is arriving.
        Enrolling = "enrolling", "Enrolling";
        /// Works, and reports in time.
        Active = "active", "Active MDM";
        /// The agent lost a permission that it needs.
        PermissionsLost = "permissions_lost", "Permissions lost";
        /// No contact for longer than the threshold.
        NotSynchronizing = "not_synchronizing", "Not synchronizing";
        /// Profile or app removed.
        Unenrolled = "unenrolled", "Unenrolled";
        /// Erased at the request of an admin.
        Wiped = "wiped", "Wiped";
        /// The same person enrolled the same hardware again, as another device.
        Replaced = "replaced", "Replaced";
    }
}

text_enum! {
    /// The steps of an enrollment, in their order.
    EnrollmentStep {
        /// The agent holds its own secret.
        Contacted = "contacted", "Connected";
        /// The agent asks for permissions.
        Permissions = "permissions", "Permissions";
        /// The agent asks to administer the device.
        Admin = "admin", "Device administration";
        /// The agent sends its first inventory.
        Inventory = "inventory", "Technical information";
        /// The agent has nothing left to do.
        Done = "done", "Finished";
    }
}

impl EnrollmentStep {
    /// Place among the steps, counted from 1.
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// How many steps there are.
    pub const COUNT: usize = Self::ALL.len();
}

text_enum! {
    /// Who ended a device's enrollment.
    UnenrolledBy {
        /// The agent unenrolled the device, or the profile was removed on it.
        Device = "device", "the device";
        /// An admin asked the device to leave.
        Admin = "admin", "an admin";
        /// The same phone was enrolled for another person.
        EnrolledElsewhere = "enrolled_elsewhere", "an enrollment for another person";
    }
}

text_enum! {
    /// Why a device cannot be asked to call. Only those that are woken by pushes have this.
    PushTrouble {
        /// The push service says that nobody is there any more.
        NotReachable = "not_reachable", "Not reachable";
        /// The device listens for a push certificate that is not ours any more.
        OldTopic = "old_topic", "Old push certificate";
    }
}

impl Platform {
    /// Whether devices of this platform are managed by Apple's MDM protocol, and not by an agent.
    pub const fn is_apple(self) -> bool {
        matches!(self, Self::Ios | Self::Ipados)
    }

    /// The permissions that an agent on this platform needs, in the words of the agent protocol.
    pub const fn required_permissions(self) -> &'static [&'static str] {
        match self {
            Self::Android => &["location", "notifications", "device_admin"],
            Self::Ios | Self::Ipados | Self::Linux => &[],
        }
    }
}

/// What a device says about itself when it enrolls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceInfo {
    /// Maker.
    #[serde(default, deserialize_with = "lenient::text")]
    pub manufacturer: String,
    /// Model.
    #[serde(default, deserialize_with = "lenient::text")]
    pub model: String,
    /// Version of the operating system.
    #[serde(default, deserialize_with = "lenient::text")]
    pub os_version: String,
    /// Serial number, where the platform gives it to the agent.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub serial: Option<String>,
}

impl DeviceInfo {
    /// Maker and model as one name; `None` when the device reported neither, or nothing visible.
    pub fn name(&self) -> Option<String> {
        let name = if self.model.to_lowercase().starts_with(&self.manufacturer.to_lowercase()) {
            self.model.clone()
        } else {
            format!("{} {}", self.manufacturer, self.model)
        };
        let name = name.trim().to_owned();
        (!visible(&name).is_empty()).then_some(name)
    }
}

/// What went wrong on the device, in the agent's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentError {
    /// Stable code.
    #[serde(default, deserialize_with = "lenient::text")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub code: String,
    /// Sentence for a person.
    #[serde(default, deserialize_with = "lenient::text")]
    pub message: String,
}

/// How far an enrollment has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The step the agent is at.
    pub step: EnrollmentStep,
    /// Part of the step that is done, 0 to 100.
    pub percent: Option<u8>,
    /// Why the agent cannot go on.
    pub error: Option<AgentError>,
}

/// A requested renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// When it was requested.
    pub requested_at: Timestamp,
    /// When the device came back because of it.
    pub answered_at: Option<Timestamp>,
}

/// What a device can do, as it reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedCapabilities {
    /// When it was reported.
    pub at: Timestamp,
    /// The report.
    #[serde(rename = "told")]
    pub reported: Capabilities,
}

/// The end of an enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unenrollment {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: UnenrolledBy,
}

/// A wipe that was requested and has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingWipe {
    /// The command.
    pub command_id: CommandId,
    /// When it was requested.
    pub requested_at: Timestamp,
    /// When the device began with it.
    pub acknowledged_at: Option<Timestamp>,
}

/// A phone or tablet that has sent its first information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Identity.
    pub id: DeviceId,
    /// The person.
    pub person_id: PersonId,
    /// The invitation that it last enrolled with.
    pub invitation_id: InvitationId,
    /// Its row in the Mobile devices view.
    pub slot_id: SlotId,
    /// Its state.
    pub state: DeviceState,
    /// Since when.
    pub state_since: Timestamp,
    /// Its platform.
    pub platform: Platform,
    /// Who owns it.
    pub ownership: Ownership,
    /// Version of the agent.
    pub agent_version: String,
    /// What it reported about itself.
    pub info: DeviceInfo,
    /// How far its enrollment has come.
    pub progress: Progress,
    /// Required permissions that the agent does not hold.
    pub missing_permissions: Vec<String>,
    /// What it can do; `None` when not reported.
    #[serde(default)]
    pub capabilities: Option<ReportedCapabilities>,
    /// Lost mode: what was requested and what it confirmed.
    #[serde(default)]
    pub lost: LostMode,
    /// Its latest wipe, until that has ended.
    #[serde(default)]
    pub wipe: Option<PendingWipe>,
    /// Its IMEIs, as its technical information has them.
    #[serde(default)]
    pub imeis: Vec<String>,
    /// Other devices with the same hardware.
    #[serde(default)]
    pub relatives: Relatives,
    /// When its first inventory arrived.
    pub inventory_at: Option<Timestamp>,
    /// When it became active for the first time in this enrollment.
    pub enrolled_at: Option<Timestamp>,
    /// When it became active for the first time in any enrollment, if it has enrolled again since.
    #[serde(default)]
    pub known_since: Option<Timestamp>,
    /// First contact.
    pub created_at: Timestamp,
    /// Last contact of any kind. Stored apart from the device, since it changes all the time: see [`Device::is_quiet_change`].
    #[serde(default, skip_serializing)]
    pub last_contact_at: Timestamp,
    /// Highest sequence number of its state reports; older reports are late and change nothing. Stored with the report.
    #[serde(default, skip_serializing)]
    pub last_report_seq: u64,
    /// The latest renewal.
    pub renewal: Option<Renewal>,
    /// Why it cannot be asked to call, and since when.
    #[serde(default)]
    pub push_trouble: Option<(Timestamp, PushTrouble)>,
    /// When the certificate expires that it signs with, if it is managed that way.
    #[serde(default)]
    pub certificate_until: Option<Timestamp>,
    /// The end of its enrollment.
    pub unenrollment: Option<Unenrollment>,
    /// When an admin deleted it.
    pub deleted_at: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

impl Device {
    /// What is missing before this device is active, in words for an admin; empty when nothing is.
    pub fn missing(&self) -> Vec<String> {
        let permissions = self.missing_permissions.iter().map(|name| permission_label(name));
        let inventory = self.inventory_at.is_none().then(|| "technical information".to_owned());
        permissions.chain(inventory).collect()
    }

    /// Whether `after` is the same device with nothing but a later contact or report. Both are stored apart from the device,
    /// so that a device which works as before costs no more than that.
    pub fn is_quiet_change(&self, after: &Self) -> bool {
        let contact =
            Self { last_contact_at: after.last_contact_at, last_report_seq: after.last_report_seq, ..self.clone() };
        contact == *after
    }

    /// The permissions that its agent needs: those of its platform that it can be granted at all.
    pub fn required_permissions(&self) -> Vec<&'static str> {
        required_permissions(self.platform, self.capabilities.as_ref().map(|known| &known.reported))
    }

    /// Why it cannot carry out a command; `None` when it can, or when it reported nothing.
    pub fn limitation(&self, command: &str) -> Option<Limitation> {
        self.capabilities.as_ref()?.reported.limitation(command)
    }

    /// True when all necessary information is in.
    pub(crate) fn is_complete(&self) -> bool {
        self.progress.step == EnrollmentStep::Done && self.missing().is_empty()
    }
}

/// The permissions required on `platform` of an agent that reported `capabilities`.
pub fn required_permissions(platform: Platform, capabilities: Option<&Capabilities>) -> Vec<&'static str> {
    let can_grant = |name: &&str| capabilities.is_none_or(|reported| reported.can_grant(name));
    platform.required_permissions().iter().copied().filter(can_grant).collect()
}

/// A permission of the agent protocol in words for a person: `device_admin` is shown as `device admin`.
pub fn permission_label(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_counted_from_one() {
        let numbers: Vec<usize> = EnrollmentStep::ALL.iter().map(|step| step.number()).collect();
        assert_eq!(numbers, (1..=EnrollmentStep::COUNT).collect::<Vec<_>>());
    }

    #[test]
    fn a_device_is_named_by_maker_and_model() {
        let name = |manufacturer: &str, model: &str| {
            DeviceInfo { manufacturer: manufacturer.to_owned(), model: model.to_owned(), ..DeviceInfo::default() }
                .name()
        };
        assert_eq!(name("Google", "Pixel 8").as_deref(), Some("Google Pixel 8"));
        assert_eq!(name("samsung", "Samsung Galaxy").as_deref(), Some("Samsung Galaxy"), "not twice");
        assert_eq!(name("", "Pixel").as_deref(), Some("Pixel"));
        assert_eq!(name("Google", "").as_deref(), Some("Google"));
        for nothing in ["", " ", "\u{200b}"] {
            assert_eq!(name("", nothing), None, "{nothing:?}");
        }
    }
}
