//! The journal: the append-only list of everything that happened. It feeds the live views, the timeline of a slot and
//! the audit log, and replaying it reproduces the stored states ([`crate::journal::replay`]).

pub mod change;
pub mod replay;

use crate::{
    Timestamp,
    actor::Actor,
    device::{AgentError, EnrollmentStep, Ownership, Platform, PushTrouble, UnenrolledBy, command::CommandState},
    invitation::{DeactivationReason, OpenSignal},
    mail::MailKind,
    slot::attention::Cause,
    types::ids::{CommandId, DeviceId, InvitationId, MailId, PersonId, SlotId},
};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names and types of the fields are clear")]
pub enum EventKind {
    /// A person was added.
    PersonAdded { name: String, email: String },
    /// A person's name or email was corrected.
    PersonChanged { name: String, email: String },
    /// An invitation was made.
    InvitationCreated { expires_at: Option<Timestamp> },
    /// A mail was put into the outbox.
    MailQueued { mail_id: MailId, mail: MailKind },
    /// A mail could not be delivered yet and will be tried again.
    MailDelayed { mail_id: MailId, reason: String },
    /// The mail server took a mail.
    MailSent { mail_id: MailId, mail: MailKind, to: String },
    /// A mail was given up.
    MailFailed { mail_id: MailId, mail: MailKind, to: String, reason: String },
    /// The link was fetched, by whatever did it; no sign of a person.
    InvitationFetched { by: String },
    /// A person opened the invitation.
    InvitationOpened { signal: OpenSignal },
    /// The person chose ownership and platform on the landing page.
    InvitationAccepted { ownership: Ownership, platform: Platform },
    /// Someone looked at the credentials in the console or through the API.
    CredentialsShown,
    /// Too many devices came within an hour, and some were turned away.
    DevicesTurnedAway { per_hour: u32 },
    /// An admin lifted the limit on how many devices the invitation enrolls in an hour.
    PaceLifted,
    /// The invitation enrolls nothing any more.
    InvitationDeactivated { reason: DeactivationReason },
    /// A row appeared: an invitation item.
    SlotOpened,
    /// The row's invitation was replaced by another one of the same person.
    SlotHandedOver { from: InvitationId },
    /// The row became a device item.
    SlotBecameDevice,
    /// The row became an invitation item again.
    SlotBecameInvitation,
    /// The row went away.
    SlotClosed,
    /// A device sent its first information.
    DeviceContacted { platform: Platform, ownership: Ownership, model: String },
    /// A device that was known enrolled again.
    DeviceReenrolled { model: String },
    /// The first information after contact arrived, or the first after a stop: the device is enrolling.
    EnrollmentBegan,
    /// An enrollment came to another step, or something else keeps it from going on.
    EnrollmentProgressed { step: EnrollmentStep, missing: Vec<String>, error: Option<AgentError> },
    /// The first inventory of an enrollment arrived.
    InventoryReceived,
    /// All necessary information is in.
    DeviceActivated,
    /// An enrollment stopped on its way.
    EnrollmentStalled { step: EnrollmentStep },
    /// The agent lost permissions that it needs.
    PermissionsLost { missing: Vec<String> },
    /// The agent has all permissions again.
    PermissionsRestored,
    /// No contact for longer than the threshold.
    ContactLost { last_contact_at: Timestamp },
    /// The device is back.
    ContactRestored { permissions_lost: bool },
    /// An admin or a reminder asked to renew the device.
    RenewRequested,
    /// The person was reminded of a row that stays stuck; the mail stands beside this entry.
    PersonReminded { cause: Cause, number: u8 },
    /// The invitation that a device belongs to changed with a renewal.
    DeviceRebound { from: InvitationId },
    /// The agent took a new secret.
    SecretRotated,
    /// The phone signs with another certificate from now on.
    CertificateRenewed,
    /// Another phone signed with its certificate, and was refused.
    CertificateMisused,
    /// The push service says that the phone cannot be asked to call.
    PushRefused { trouble: PushTrouble },
    /// The phone can be asked to call again.
    PushRestored,
    /// Profile or app was removed.
    DeviceUnenrolled { by: UnenrolledBy },
    /// The device was erased at the request of an admin.
    DeviceWiped,
    /// The same person enrolled the same hardware again: this device is that one now.
    DeviceReplaced { by: DeviceId },
    /// The device is the same hardware as an earlier one of the same person.
    DeviceRecognised { earlier: DeviceId },
    /// Another device that is in use has the same serial number or IMEI.
    SameHardwareFound { twin: DeviceId },
    /// No other device that is in use has the same serial number or IMEI any more.
    SameHardwareGone,
    /// An admin deleted the device.
    DeviceDeleted { name: String },
    /// A command was asked for.
    CommandRequested { command_id: CommandId, command: String },
    /// The device fetched a command.
    CommandDelivered { command_id: CommandId, command: String },
    /// The device is at it.
    CommandAcknowledged { command_id: CommandId, command: String },
    /// The device has done it.
    CommandCompleted { command_id: CommandId, command: String },
    /// The device could not.
    CommandFailed { command_id: CommandId, command: String, reason: String },
    /// The device did not ask in time.
    CommandExpired { command_id: CommandId, command: String },
    /// The command was taken back.
    CommandCancelled { command_id: CommandId, command: String },
    /// The device has done it although it had been cancelled or had expired.
    CommandDoneLate { command_id: CommandId, command: String, state: CommandState },
    /// The device is in lost mode.
    LostModeBegan,
    /// The device is no longer in lost mode.
    LostModeEnded,
}

/// An entry before it is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// The person it is about.
    pub person_id: PersonId,
    /// The invitation, when it is about one.
    pub invitation_id: Option<InvitationId>,
    /// The row, when it is about one.
    pub slot_id: Option<SlotId>,
    /// The device, when it is about one.
    pub device_id: Option<DeviceId>,
    /// What happened.
    pub kind: EventKind,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEvent {
    /// Sequence number in the journal; only increases, and gaps mean nothing.
    pub seq: i64,
    /// What happened.
    #[serde(flatten)]
    pub event: NewEvent,
}
