//! How a phone is protected.

use plist::{Dictionary, Value};

use crate::xml::{Fields, put_some};

/// The answer to `SecurityInfo` (`information.security.yaml`), as far as phones give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityInfo {
    /// What the hardware encrypts: 1 files, 2 blocks, 3 both.
    pub encryption: Option<u8>,
    /// Whether there is a passcode.
    pub passcode_present: Option<bool>,
    /// Whether the passcode meets all rules.
    pub passcode_compliant: Option<bool>,
    /// Whether the passcode meets the rules of profiles.
    pub passcode_compliant_with_profiles: Option<bool>,
    /// How it is managed.
    pub management: ManagementStatus,
}

/// How a phone is managed (`ManagementStatus`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManagementStatus {
    /// Whether it was enrolled by Automated Device Enrollment.
    pub automated: Option<bool>,
    /// Whether its user approved the enrollment.
    pub approved: Option<bool>,
    /// Whether only an account of its user is managed.
    pub of_account: Option<bool>,
    /// Whether its activation lock can be managed.
    pub activation_lock: Option<bool>,
}

impl SecurityInfo {
    pub(super) fn from_plist(from: &Dictionary) -> (Self, Vec<&'static str>) {
        let mut fields = Fields::new(from);
        let mut info = Self {
            encryption: fields.whole("HardwareEncryptionCaps", 1..=3),
            passcode_present: fields.flag("PasscodePresent"),
            passcode_compliant: fields.flag("PasscodeCompliant"),
            passcode_compliant_with_profiles: fields.flag("PasscodeCompliantWithProfiles"),
            management: ManagementStatus::default(),
        };
        if let Some(management) = fields.take("ManagementStatus", Value::as_dictionary) {
            let mut of_management = Fields::new(management);
            info.management = ManagementStatus {
                automated: of_management.flag("EnrolledViaDEP"),
                approved: of_management.flag("UserApprovedEnrollment"),
                of_account: of_management.flag("IsUserEnrollment"),
                activation_lock: of_management.flag("IsActivationLockManageable"),
            };
            fields.note(of_management.finish());
        }
        (info, fields.finish())
    }

    pub(super) fn to_plist(&self) -> Value {
        let mut management = Dictionary::new();
        put_some(&mut management, "EnrolledViaDEP", self.management.automated);
        put_some(&mut management, "UserApprovedEnrollment", self.management.approved);
        put_some(&mut management, "IsUserEnrollment", self.management.of_account);
        put_some(&mut management, "IsActivationLockManageable", self.management.activation_lock);
        let mut to = Dictionary::new();
        put_some(&mut to, "HardwareEncryptionCaps", self.encryption.map(u64::from));
        put_some(&mut to, "PasscodePresent", self.passcode_present);
        put_some(&mut to, "PasscodeCompliant", self.passcode_compliant);
        put_some(&mut to, "PasscodeCompliantWithProfiles", self.passcode_compliant_with_profiles);
        put_some(&mut to, "ManagementStatus", (!management.is_empty()).then_some(Value::Dictionary(management)));
        Value::Dictionary(to)
    }
}
