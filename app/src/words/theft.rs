//! Lost mode, wipes, and what can be asked of a device, in words.

use super::{
    event::command_label,
    label::permission_words,
    limit::{limit_words, obstacle_words},
};
use crate::{
    around::{FIRST, SECOND},
    say,
    views::{Abilities, AbilityLine, MarkLine, NoticeLine, Operation, OperationLine},
};
use domain::{
    device::{
        Device, DeviceState, Platform,
        command::{CommandKind, CommandState},
        limit::Limit,
        lost::{LostState, LostText},
    },
    views::{CommandView, SlotDetail},
};

/// How lost mode is marked in the list; nothing when it is off.
pub fn lost_mark(state: LostState) -> Option<MarkLine> {
    let (text, at) = match state {
        LostState::Off => return None,
        LostState::Requested { requested_at } => (say::mark_lost_requested(FIRST), requested_at),
        LostState::On { since } => (say::mark_lost_since(FIRST), since),
        LostState::EndRequested { requested_at, .. } => (say::mark_lost_ending(FIRST), requested_at),
    };
    Some(MarkLine { text, at: at.into() })
}

/// What stands on top of the page: a wipe that is under way, and lost mode.
pub fn notices(detail: &SlotDetail) -> Vec<NoticeLine> {
    let wipe = detail
        .commands
        .iter()
        .find(|command| matches!(command.kind, CommandKind::Wipe { .. }) && !command.state.is_final());
    let lost = detail.device.as_ref().and_then(|device| lost_notice(device, &detail.commands));
    wipe.map(wipe_notice).into_iter().chain(lost).collect()
}

fn wipe_notice(command: &CommandView) -> NoticeLine {
    let text = match command.state {
        CommandState::Requested => say::wipe_requested(FIRST, SECOND),
        _ => say::wipe_under_way(FIRST, SECOND),
    };
    NoticeLine {
        word: "wipe".to_owned(),
        tone: "danger".to_owned(),
        text,
        at: command.requested_at.into(),
        detail: None,
        cancel: Some(command.id),
    }
}

fn lost_notice(device: &Device, commands: &[CommandView]) -> Option<NoticeLine> {
    let asked = device.lost.asked.map(|asked| asked.command_id);
    let (text, at, tone) = match device.lost.state() {
        LostState::Off => return None,
        LostState::Requested { requested_at } => (say::lost_requested(FIRST, SECOND), requested_at, "info"),
        LostState::On { since } => (say::lost_since(FIRST, SECOND), since, "warn"),
        LostState::EndRequested { requested_at, .. } => (say::lost_end_requested(FIRST, SECOND), requested_at, "warn"),
    };
    let shown = device.lost.on.as_ref().and_then(|on| on.text.as_ref());
    let wanted = commands.iter().find(|command| Some(command.id) == asked).and_then(|command| lost_text(&command.kind));
    Some(NoticeLine {
        word: "lost".to_owned(),
        tone: tone.to_owned(),
        text,
        at: at.into(),
        detail: shown.cloned().or(wanted).map(|text| lost_words(&text)),
        cancel: asked,
    })
}

fn lost_text(kind: &CommandKind) -> Option<LostText> {
    if let CommandKind::LostMode(text) = kind { Some(text.clone()) } else { None }
}

/// What the screen of a lost device shows.
pub fn lost_words(text: &LostText) -> String {
    let parts = [Some(text.message.as_str()), text.phone.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The name of an operation.
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
    }
}

/// What is offered for a device, and why not.
pub fn operations(device: &Device) -> Vec<OperationLine> {
    let lost = if device.lost.on.is_some() { Operation::EndLostMode } else { Operation::LostMode };
    let all = [
        Operation::Refresh,
        Operation::Locate,
        Operation::Ring,
        Operation::Message,
        Operation::Lock,
        lost,
        Operation::Wipe,
    ];
    let line = |operation| OperationLine {
        operation,
        name: match operation {
            Operation::EndLostMode => say::op_end_lost_mode(),
            other => command_label(operation_word(other)),
        }
        .to_owned(),
        reason: reason(device, operation),
    };
    all.map(line).into()
}

fn reason(device: &Device, operation: Operation) -> Option<String> {
    if device.state == DeviceState::Unenrolled {
        return Some(say::op_unenrolled().to_owned());
    }
    if let Some(obstacle) = device.obstacle(operation_word(operation)) {
        return Some(obstacle_words(&obstacle));
    }
    let is_of_lost_mode = matches!(operation, Operation::LostMode | Operation::EndLostMode);
    if is_of_lost_mode && device.lost.asked.is_some() {
        return Some(say::op_lost_pending().to_owned());
    }
    let has_told = device.capabilities.as_ref().is_some_and(|known| !known.told.commands.is_empty());
    if has_told { None } else { usual_reason(device.platform, operation).map(str::to_owned) }
}

/// What is known of platforms, for agents that tell nothing.
fn usual_reason(platform: Platform, operation: Operation) -> Option<&'static str> {
    match (platform, operation) {
        (Platform::Android, Operation::Wipe) => Some(limit_words(Limit::NotOwner)),
        (Platform::Linux, Operation::Wipe) => Some(limit_words(Limit::OrdinaryProgram)),
        (Platform::Ios | Platform::Ipados, Operation::Locate | Operation::Ring) => {
            Some(limit_words(Limit::NeedsLostMode))
        }
        (Platform::Ios | Platform::Ipados, Operation::Message) => Some(limit_words(Limit::NoMessages)),
        _ => None,
    }
}

/// What the device said that it can do.
pub fn abilities(device: &Device) -> Option<Abilities> {
    let known = device.capabilities.as_ref()?;
    let lines = known.told.commands.iter().map(|(word, support)| AbilityLine {
        name: command_label(word).to_owned(),
        is_there: support.supported,
        note: support.obstacle().as_ref().map(obstacle_words),
    });
    let required = device.platform.required_permissions().iter();
    let never: Vec<String> = required.filter(|name| !known.told.can_grant(name)).map(|&name| name.to_owned()).collect();
    let never = (!never.is_empty()).then(|| say::can_never_grant(&permission_words(&never)));
    Some(Abilities { at: known.at.into(), lines: lines.collect(), never })
}
