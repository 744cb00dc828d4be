//! What the silence of a device means. Engines store it beside the contact, so that the silent ones are found without
//! reading devices.

use crate::SilentBefore;
use domain::{
    Timestamp,
    device::{Device, DeviceState},
};

/// Why somebody waits for a device to call. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// It is enrolling.
    Enrolling = 1,
    /// It is enrolled.
    Enrolled = 2,
    /// It is enrolled under Apple's MDM protocol.
    EnrolledApple = 3,
    /// It began to erase itself: silence shows that it did.
    Erasing = 4,
}

impl Watch {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Enrolling, Self::Enrolled, Self::EnrolledApple, Self::Erasing];

    /// That of a device; `None` when nobody waits for it.
    pub fn of(device: &Device) -> Option<Self> {
        if device.wipe.is_some_and(|wipe| wipe.acknowledged_at.is_some()) {
            return Some(Self::Erasing);
        }
        match device.state {
            DeviceState::Enrolling => Some(Self::Enrolling),
            DeviceState::Active | DeviceState::PermissionsLost if device.platform.is_apple() => {
                Some(Self::EnrolledApple)
            }
            DeviceState::Active | DeviceState::PermissionsLost => Some(Self::Enrolled),
            _ => None,
        }
    }

    /// As it is stored.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// Since when a device that is watched for this is silent.
    pub fn silent_before(self, before: SilentBefore) -> Timestamp {
        match self {
            Self::Enrolling => before.stalled,
            Self::Enrolled => before.silent,
            Self::EnrolledApple => before.apple_silent,
            // It may be told silent as well, before it is taken for erased.
            Self::Erasing => before.erased.max(before.silent),
        }
    }
}
