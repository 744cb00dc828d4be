//! What a phone is asked next: one request at a time. A command of Rollcall is one request of Apple's protocol, or two.

use crate::{
    Timestamp,
    device::command::{Command, CommandKind, CommandState},
};

/// A request for a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneRequest {
    /// The command that it is part of.
    pub command: Command,
    /// Which of its requests.
    pub part: u8,
}

/// How many requests a command consists of. Technical information is asked for in two; after lost mode began, where the phone
/// is.
pub const fn parts(kind: &CommandKind) -> u8 {
    match kind {
        CommandKind::Inventory {} | CommandKind::LostMode(_) => 2,
        _ => 1,
    }
}

/// The oldest command that the phone can be asked for now. What it put off is offered again when it next asks by itself.
pub(super) fn next(open: &[Command], idle_at: Option<Timestamp>, now: Timestamp) -> Option<&Command> {
    let is_waiting = |command: &&Command| {
        // A renewal that the phone has acknowledged is done when its new certificate is seen.
        let is_asked = matches!(command.state, CommandState::Requested | CommandState::Delivered);
        let is_put_off = command.not_now_at.is_some_and(|at| idle_at.is_none_or(|idle| idle <= at));
        is_asked && !is_put_off && command.expires_at > now
    };
    open.iter().filter(is_waiting).min_by_key(|command| (command.requested_at, command.id))
}
