//! Reports that change nothing but measured values: battery, network, storage, position. Nearly all are, and they are taken
//! without loading the person, the invitation and the row.
//!
//! What a report says of permissions, administration and lost mode is decided on once. As long as the device stays at the
//! version on which that changed nothing, the same words change nothing either.

use crate::{Timestamp, device::DeviceState, protocol::StateReport, views::TimedReport};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What reports said of facts, without changing anything about the device at the version that it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettledFacts {
    /// Hash of the permissions and of the administration, which are one statement: the second outranks the first.
    grants: Option<u64>,
    lost_mode: Option<bool>,
}

impl SettledFacts {
    /// Whether a report says nothing that was not said before without effect.
    pub fn cover(&self, report: &StateReport) -> bool {
        let grants = grants(report);
        report.capabilities.is_none()
            && (grants.is_none() || grants == self.grants)
            && (report.lost_mode.is_none() || report.lost_mode == self.lost_mode)
    }

    /// These facts, and those of a report that changed nothing either.
    #[must_use]
    pub fn and(self, report: &StateReport) -> Self {
        Self { grants: grants(report).or(self.grants), lost_mode: report.lost_mode.or(self.lost_mode) }
    }
}

/// Hash of what a report says of permissions and administration; `None` when it says nothing.
fn grants(report: &StateReport) -> Option<u64> {
    let said = (&report.permissions, report.admin_active);
    (report.permissions.is_some() || report.admin_active.is_some()).then(|| {
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        hasher.finish()
    })
}

/// Whether devices in this state can send plain reports. In any other a report, or its time, may change the state.
pub const fn takes_plain_reports(state: DeviceState) -> bool {
    matches!(state, DeviceState::Active | DeviceState::PermissionsLost)
}

/// A plain report as it is stored, over the latest one.
pub fn plain_report(report: StateReport, latest: Option<&TimedReport>, now: Timestamp) -> TimedReport {
    let received = TimedReport::new(now, measured_until(report, now));
    match latest {
        Some(latest) => received.after(latest.clone()),
        None => received,
    }
}

/// A report whose position was taken at `now` at the latest: a clock that is ahead must not make every later position an
/// older one.
pub(super) fn measured_until(mut report: StateReport, now: Timestamp) -> StateReport {
    if let Some(place) = &mut report.location {
        place.at = place.at.min(now);
    }
    report
}
