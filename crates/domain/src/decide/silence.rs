//! What changes by time alone: devices that fall silent, and enrollments that stop half-way.

use super::{Context, Refusal, draft::Draft, report::set_state};
use crate::{
    aggregate::PersonAggregate,
    device::DeviceState,
    journal::{EventKind, change::Change},
    types::ids::DeviceId,
};

/// How long a device may be silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Seconds without contact after which an enrolled device is not synchronizing.
    pub silent_after_s: i64,
    /// Seconds without contact after which an enrollment counts as stopped.
    pub stalled_after_s: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { silent_after_s: 24 * 3600, stalled_after_s: 15 * 60 }
    }
}

/// Records that a device has been silent for too long; an empty change when it has not.
///
/// # Errors
/// The device was deleted.
pub fn record_silence(
    aggregate: &PersonAggregate,
    id: DeviceId,
    thresholds: Thresholds,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let silent_s = now.seconds_since(device.last_contact_at);
    let (state, event) = match device.state {
        DeviceState::Active | DeviceState::PermissionsLost if silent_s > thresholds.silent_after_s => {
            (DeviceState::NotSynchronizing, EventKind::ContactLost { last_contact_at: device.last_contact_at })
        }
        DeviceState::Enrolling if silent_s > thresholds.stalled_after_s => {
            (DeviceState::Pending, EventKind::EnrollmentStalled { step: device.progress.step })
        }
        _ => return Ok(Change::default()),
    };
    draft.edit_device(id, |device| set_state(device, state, now));
    draft.device_event(&device, event);
    Ok(draft.into_device_change())
}
