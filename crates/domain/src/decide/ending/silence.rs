//! What changes by time alone: devices that fall silent, and enrollments that stop half-way.

use crate::{
    aggregate::PersonAggregate,
    decide::{Context, Refusal, draft::Draft, report::set_state, wipe::finish_wipe},
    device::{Device, DeviceState, command::Command},
    journal::{EventKind, change::Change},
    types::{hearing::Hearing, ids::DeviceId},
};

/// A device that began to erase itself and was silent for this long has done it, in seconds: some polls.
pub const ERASED_AFTER_S: i64 = 300;

/// How long a device may be silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Seconds without contact after which an enrolled device is not synchronizing.
    pub silent_after_s: i64,
    /// The same for iPhones and iPads, which call when they are pushed and not by themselves.
    pub apple_silent_after_s: i64,
    /// Seconds without contact after which an enrollment counts as stopped.
    pub stalled_after_s: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { silent_after_s: 24 * 3600, apple_silent_after_s: 3 * 24 * 3600, stalled_after_s: 15 * 60 }
    }
}

/// Records that a device has been silent for too long; an empty change when it has not. One that had begun to erase itself
/// is wiped, and its `open` commands end. Only the time counts in which the server was there to hear.
///
/// # Errors
/// The device was deleted.
pub fn record_silence(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open: &[Command],
    thresholds: Thresholds,
    hearing: &Hearing,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let now = draft.now();
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let silent_s = hearing.seconds_between(device.last_contact_at, now);
    if has_erased_itself(&device, silent_s) {
        finish_wipe(&mut draft, &device, open);
        return Ok(draft.into_device_change());
    }
    let silent_after_s =
        if device.platform.is_apple() { thresholds.apple_silent_after_s } else { thresholds.silent_after_s };
    let (state, event) = match device.state {
        DeviceState::Active | DeviceState::PermissionsLost if silent_s > silent_after_s => {
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

fn has_erased_itself(device: &Device, silent_s: i64) -> bool {
    let has_begun = device.wipe.is_some_and(|wipe| wipe.acknowledged_at.is_some());
    has_begun && device.state.is_in_use() && silent_s > ERASED_AFTER_S
}
