//! Slots: the rows of the Mobile devices view. A person has one invitation item exactly while the active invitation has
//! no device, and one device item for each device.

pub mod attention;
pub mod reminder;
mod row;

pub use row::{SlotDevice, SlotRow};

use crate::{
    Timestamp,
    device::DeviceState,
    invitation::InvitationState,
    types::{
        ids::{DeviceId, InvitationId, PersonId, SlotId},
        text_enum::text_enum,
    },
};
use reminder::Reminded;
use serde::{Deserialize, Serialize};

text_enum! {
    /// The status of a row, for invitation items and device items alike.
    SlotStatus {
        /// Invitation without a mail.
        Created = "created", "Not sent";
        /// Invitation mail on its way out.
        Queued = "queued", "Sending…";
        /// Invitation mail accepted by the mail server.
        Sent = "sent", "Sent";
        /// Invitation opened by a person.
        Opened = "opened", "Opened";
        /// See [`DeviceState::Pending`].
        Pending = "pending", "Pending…";
        /// See [`DeviceState::Enrolling`].
        Enrolling = "enrolling", "Enrolling";
        /// See [`DeviceState::Active`].
        Active = "active", "Active MDM";
        /// See [`DeviceState::PermissionsLost`].
        PermissionsLost = "permissions_lost", "Permissions lost";
        /// See [`DeviceState::NotSynchronizing`].
        NotSynchronizing = "not_synchronizing", "Not synchronizing";
        /// See [`DeviceState::Unenrolled`].
        Unenrolled = "unenrolled", "Unenrolled";
        /// See [`DeviceState::Wiped`].
        Wiped = "wiped", "Wiped";
        /// See [`DeviceState::Replaced`]; listed only where it is asked for.
        Replaced = "replaced", "Replaced";
    }
}

impl SlotStatus {
    /// True when the row is a device item.
    pub const fn is_device(self) -> bool {
        !matches!(self, Self::Created | Self::Queued | Self::Sent | Self::Opened)
    }

    /// True when the row is an enrolled device: it was active at least once and was not unenrolled.
    pub const fn is_enrolled(self) -> bool {
        matches!(self, Self::Active | Self::PermissionsLost | Self::NotSynchronizing)
    }

    /// True when such rows are listed without being asked for. Hardware that is enrolled anew has a newer row.
    pub const fn is_listed(self) -> bool {
        !matches!(self, Self::Replaced)
    }

    const fn of_invitation(state: InvitationState) -> Self {
        match state {
            InvitationState::Created => Self::Created,
            InvitationState::Queued => Self::Queued,
            InvitationState::Sent => Self::Sent,
            // A deactivated invitation has no item; its devices' rows carry their own state.
            InvitationState::Opened | InvitationState::Deactivated { .. } => Self::Opened,
        }
    }

    const fn of_device(state: DeviceState) -> Self {
        match state {
            DeviceState::Pending => Self::Pending,
            DeviceState::Enrolling => Self::Enrolling,
            DeviceState::Active => Self::Active,
            DeviceState::PermissionsLost => Self::PermissionsLost,
            DeviceState::NotSynchronizing => Self::NotSynchronizing,
            DeviceState::Unenrolled => Self::Unenrolled,
            DeviceState::Wiped => Self::Wiped,
            DeviceState::Replaced => Self::Replaced,
        }
    }
}

/// A row of the view, which is an invitation item or a device item. When one becomes the other, the row stays the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Identity.
    pub id: SlotId,
    /// The person.
    pub person_id: PersonId,
    /// The invitation of the item, or the one that its device enrolled with.
    pub invitation_id: InvitationId,
    /// The device, when it is a device item.
    pub device_id: Option<DeviceId>,
    /// When the row appeared.
    pub created_at: Timestamp,
    /// The reminders sent for it.
    #[serde(default)]
    pub reminded: Option<Reminded>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_of_an_invitation_or_of_a_device_that_is_enrolled_or_not() {
        use SlotStatus as S;
        let of = |is: fn(S) -> bool| S::ALL.iter().copied().filter(|status| !is(*status)).collect::<Vec<_>>();
        assert_eq!(of(S::is_device), [S::Created, S::Queued, S::Sent, S::Opened]);
        let not_enrolled =
            [S::Created, S::Queued, S::Sent, S::Opened, S::Pending, S::Enrolling, S::Unenrolled, S::Wiped, S::Replaced];
        assert_eq!(of(S::is_enrolled), not_enrolled);
        assert_eq!(of(S::is_listed), [S::Replaced]);
    }
}
