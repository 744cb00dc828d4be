//! Operations that can be requested of a device, and what the device says that it can do.

use crate::{
    text::{self, command_name, limit_text, limitation_text, permissions_text},
    wire::{Abilities, AbilityView, Operation, OperationView},
};
use domain::device::{Device, DeviceState, Platform, limit::Limit};

/// The command behind an operation, as the agent protocol names it.
pub const fn operation_word(operation: Operation) -> &'static str {
    match operation {
        Operation::Refresh => "inventory",
        Operation::Locate => "locate",
        Operation::Ring => "ring",
        Operation::Message => "message",
        Operation::Lock => "lock",
        Operation::LostMode => "lost_mode",
        Operation::EndLostMode => "end_lost_mode",
        Operation::Wipe => "wipe",
        Operation::Unenroll => "unenroll",
    }
}

/// The operations for a device, and why some are disabled.
pub fn operations(device: &Device) -> Vec<OperationView> {
    let lost = if device.lost.on.is_some() { Operation::EndLostMode } else { Operation::LostMode };
    let usual = [
        Operation::Refresh,
        Operation::Locate,
        Operation::Ring,
        Operation::Message,
        Operation::Lock,
        lost,
        Operation::Wipe,
    ];
    let view = |operation| OperationView {
        operation,
        name: match operation {
            Operation::EndLostMode => text::op_end_lost_mode(),
            other => command_name(operation_word(other)),
        }
        .to_owned(),
        reason: reason(device, operation),
    };
    // Agents leave by themselves.
    let leave = device.platform.is_apple().then_some(Operation::Unenroll);
    usual.into_iter().chain(leave).map(view).collect()
}

fn reason(device: &Device, operation: Operation) -> Option<String> {
    match device.state {
        DeviceState::Unenrolled => return Some(text::op_unenrolled().to_owned()),
        DeviceState::Wiped => return Some(text::refused_wiped().to_owned()),
        DeviceState::Replaced => return Some(text::refused_device_replaced().to_owned()),
        _ => {}
    }
    if let Some(limitation) = device.limitation(operation_word(operation)) {
        return Some(limitation_text(&limitation));
    }
    let is_of_lost_mode = matches!(operation, Operation::LostMode | Operation::EndLostMode);
    if is_of_lost_mode && device.lost.requested.is_some() {
        return Some(text::op_lost_pending().to_owned());
    }
    let has_told = device.capabilities.as_ref().is_some_and(|known| !known.reported.commands.is_empty());
    if has_told { None } else { usual_reason(device.platform, operation).map(str::to_owned) }
}

/// What is known about platforms, for agents that do not report what they can do.
fn usual_reason(platform: Platform, operation: Operation) -> Option<&'static str> {
    match (platform, operation) {
        (Platform::Android, Operation::Wipe) => Some(limit_text(Limit::NotOwner)),
        (Platform::Linux, Operation::Wipe) => Some(limit_text(Limit::OrdinaryProgram)),
        (Platform::Ios | Platform::Ipados, Operation::Locate | Operation::Ring) => {
            Some(limit_text(Limit::NeedsLostMode))
        }
        (Platform::Ios | Platform::Ipados, Operation::Message) => Some(limit_text(Limit::NoMessages)),
        _ => None,
    }
}

/// What the device reported that it can do.
pub fn abilities(device: &Device) -> Option<Abilities> {
    let known = device.capabilities.as_ref()?;
    let commands = known.reported.commands.iter().map(|(word, support)| AbilityView {
        name: command_name(word).to_owned(),
        is_there: support.supported,
        note: support.limitation().as_ref().map(limitation_text),
    });
    let required = device.platform.required_permissions().iter();
    let never: Vec<String> =
        required.filter(|name| !known.reported.can_grant(name)).map(|&name| name.to_owned()).collect();
    let never = (!never.is_empty()).then(|| text::can_never_grant(&permissions_text(&never)));
    Some(Abilities { at: known.at.into(), commands: commands.collect(), never })
}
