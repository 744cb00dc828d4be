//! What may be done with a phone.

/// One right (`AccessRights` in `com.apple.mdm.yaml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Right {
    /// See which profiles are installed.
    InspectProfiles = 1,
    /// Install and remove profiles; goes with [`Self::InspectProfiles`].
    InstallProfiles = 2,
    /// Lock it and remove its passcode.
    Lock = 4,
    /// Erase it.
    Erase = 8,
    /// Ask for facts about it.
    DeviceInformation = 16,
    /// Ask for facts about its networks, such as its phone number.
    NetworkInformation = 32,
    /// See which apps are installed.
    InspectApps = 256,
    /// Ask how it is protected.
    Security = 1024,
    /// Change settings.
    Settings = 2048,
    /// Manage apps.
    ManageApps = 4096,
}

/// Rights of an enrollment. They can be narrowed and never widened: iOS refuses a profile with more rights than the one it
/// replaces, and there is no way to make rights beyond those of a company's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights(u16);

impl Rights {
    /// The rights over a phone that belongs to the organisation.
    pub const COMPANY: Self = Self::of(&[
        Right::InspectProfiles,
        Right::InstallProfiles,
        Right::Lock,
        Right::Erase,
        Right::DeviceInformation,
        Right::NetworkInformation,
        Right::InspectApps,
        Right::Security,
        Right::Settings,
        Right::ManageApps,
    ]);
    /// The rights over a phone that belongs to a person: nothing is erased, and apps are their own business.
    pub const PERSONAL: Self = Self::of(&[
        Right::InspectProfiles,
        Right::InstallProfiles,
        Right::Lock,
        Right::DeviceInformation,
        Right::NetworkInformation,
        Right::Security,
    ]);

    const fn of(rights: &[Right]) -> Self {
        let mut bits = 0;
        let mut rest = rights;
        while let Some((first, others)) = rest.split_first() {
            bits |= *first as u16;
            rest = others;
        }
        Self(bits)
    }

    /// Rights as they were stored. Bits that [`Self::COMPANY`] does not contain are dropped.
    pub fn from_bits(bits: u32) -> Self {
        Self(Self::COMPANY.0 & u16::try_from(bits & 0xffff).unwrap_or_default())
    }

    /// The number to store and to send.
    pub fn bits(self) -> u32 {
        u32::from(self.0)
    }

    /// Whether `right` is among them.
    pub fn has(self, right: Right) -> bool {
        self.0 & right as u16 != 0
    }

    /// What is in both: what remains of these rights when `wanted` is asked for.
    #[must_use]
    pub fn narrowed_to(self, wanted: Self) -> Self {
        Self(self.0 & wanted.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
