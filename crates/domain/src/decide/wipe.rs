//! Wiping: what a wipe that was requested means for its device, from the request to the end.

use crate::{
    Timestamp,
    decide::{
        command::{cancel_all, complete},
        draft::Draft,
        report::set_state,
    },
    device::{
        Device, DeviceState, PendingWipe,
        command::{Command, CommandKind, CommandState},
        lost::LostMode,
    },
    journal::EventKind,
};

/// Contact within this time after a device was wiped does not bring it back, in seconds: it may still ask for commands
/// while it erases itself.
pub(super) const ERASING_S: i64 = 600;

/// What is pending on a device after `command` got its new state. Commands of another kind change nothing.
pub(super) fn pending_wipe(device: &Device, command: &Command, now: Timestamp) -> Option<PendingWipe> {
    let is_latest = device.wipe.is_none_or(|wipe| wipe.command_id == command.id);
    match (&command.kind, command.state) {
        (CommandKind::Wipe { .. }, CommandState::Requested) => {
            Some(PendingWipe { command_id: command.id, requested_at: command.requested_at, acknowledged_at: None })
        }
        (CommandKind::Wipe { .. }, CommandState::Acknowledged) => {
            Some(PendingWipe { command_id: command.id, requested_at: command.requested_at, acknowledged_at: Some(now) })
        }
        (CommandKind::Wipe { .. }, state) if state.is_final() && is_latest => None,
        _ => device.wipe,
    }
}

/// Ends a device that erased itself: what it had begun with is done, its other `open` commands are cancelled.
pub(super) fn finish_wipe(draft: &mut Draft<'_>, device: &Device, open: &[Command]) {
    let is_of_device = |command: &&Command| command.device_id == device.id && !command.state.is_final();
    let is_wipe = |command: &&Command| {
        matches!(command.kind, CommandKind::Wipe { .. }) && command.state == CommandState::Acknowledged
    };
    for wipe in open.iter().filter(is_of_device).filter(is_wipe) {
        complete(draft, device, wipe);
    }
    let others: Vec<_> = open.iter().filter(|command| !is_wipe(command)).cloned().collect();
    record_wiped(draft, device, &others);
}

/// Records that a device was erased, and cancels its `open` commands: nothing open survives it.
pub(super) fn record_wiped(draft: &mut Draft<'_>, device: &Device, open: &[Command]) {
    let now = draft.now();
    cancel_all(draft, device, open);
    let wiped = draft.edit_device(device.id, |device| {
        device.wipe = None;
        // Without an agent, nothing keeps the device in lost mode.
        device.lost = LostMode::default();
        set_state(device, DeviceState::Wiped, now);
    });
    if let Some(wiped) = wiped {
        draft.device_event(&wiped, EventKind::DeviceWiped);
    }
}
