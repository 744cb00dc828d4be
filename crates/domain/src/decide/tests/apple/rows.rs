//! What a store keeps of phones, in memory.

use crate::{
    Timestamp,
    apple::{AppleEnrollment, CertificateHash, EnrollmentState, IdentityChange, RevokedBy},
    types::ids::{AppleChallengeId, DeviceId},
};
use std::collections::{BTreeMap, BTreeSet};

/// A certificate that was issued.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    pub(super) challenge: AppleChallengeId,
    pub(super) device: Option<DeviceId>,
    pub(super) revoked: Option<RevokedBy>,
}

/// The rows.
#[derive(Default)]
pub(in crate::decide::tests) struct AppleRows {
    pub(super) enrollments: BTreeMap<DeviceId, AppleEnrollment>,
    pub(super) issued: BTreeMap<CertificateHash, Issued>,
    pub(super) spent: BTreeSet<AppleChallengeId>,
}

impl AppleRows {
    pub(in crate::decide::tests) fn apply(
        &mut self,
        enrollments: Vec<AppleEnrollment>,
        identities: Vec<IdentityChange>,
        pushes: Vec<(DeviceId, Timestamp)>,
    ) {
        for mut row in enrollments {
            let stored = self.enrollments.get(&row.device_id).map_or(0, |row| row.version);
            assert_eq!(stored, row.version, "the version was changed since it was read");
            row.version += 1;
            self.enrollments.insert(row.device_id, row);
        }
        for identity in identities {
            self.change(identity);
        }
        for (device, at) in pushes {
            let enrolled = self.enrollments.get_mut(&device).filter(|row| row.state == EnrollmentState::Enrolled);
            if let Some(row) = enrolled.filter(|row| row.push_due_at.is_none_or(|due| due > at)) {
                row.push_due_at = Some(at);
                row.version += 1;
            }
        }
    }

    fn change(&mut self, identity: IdentityChange) {
        match identity {
            IdentityChange::Bind { cert, device_id, .. } => {
                let issued = self.issued.get_mut(&cert).expect("it was issued");
                assert!(issued.device.is_none_or(|device| device == device_id), "a certificate is of one device");
                assert_eq!(issued.revoked, None, "it is still valid");
                issued.device = Some(device_id);
            }
            IdentityChange::Spend { challenge_id, keep, .. } => {
                self.spent.insert(challenge_id);
                let unused = |cert: &CertificateHash, it: &Issued| {
                    it.challenge == challenge_id && *cert != keep && it.device.is_none() && it.revoked.is_none()
                };
                for (_, issued) in self.issued.iter_mut().filter(|(cert, it)| unused(cert, it)) {
                    issued.revoked = Some(RevokedBy::Superseded);
                }
            }
            IdentityChange::Revoke { device_id, keep, revocation } => {
                for (cert, issued) in &mut self.issued {
                    if issued.device == Some(device_id) && *cert != keep && issued.revoked.is_none() {
                        issued.revoked = Some(revocation.by);
                    }
                }
            }
            IdentityChange::End { device_id, revocation } => {
                if let Some(row) = self.enrollments.get_mut(&device_id) {
                    row.state = EnrollmentState::Ended;
                    row.push_due_at = None;
                    row.address = None;
                    row.unlock_token = None;
                    row.version += 1;
                }
                let outranks = |issued: &Issued| match issued.revoked {
                    None => true,
                    Some(by) => revocation.by == RevokedBy::Admin && by != RevokedBy::Admin,
                };
                for issued in self.issued.values_mut().filter(|it| it.device == Some(device_id) && outranks(it)) {
                    issued.revoked = Some(revocation.by);
                }
            }
        }
    }
}
