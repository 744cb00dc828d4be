//! The state of a row: sign, word and colour, the same everywhere.

use crate::{
    drawing::{
        erasure::Erase as _,
        icon::{Icon, icon},
    },
    text::Words as _,
    wire::InvitationLine,
};
use domain::{device::command::CommandState, slot::SlotStatus};
use leptos::prelude::*;

/// A state in a word, with its sign and tone.
fn badge(sign: Icon, word: &str, tone: &'static str) -> AnyView {
    let word = word.to_owned();
    view! {
        <span class="badge" data-tone=tone>{icon(sign)} <span>{word}</span></span>
    }
    .erase()
}

/// The state of a slot.
pub fn status_badge(status: SlotStatus) -> AnyView {
    let (sign, tone) = match status {
        SlotStatus::Created => (Icon::Draft, "quiet"),
        SlotStatus::Queued => (Icon::Clock, "info"),
        SlotStatus::Sent => (Icon::Mail, "info"),
        SlotStatus::Opened => (Icon::Eye, "info"),
        SlotStatus::Pending => (Icon::Clock, "quiet"),
        SlotStatus::Enrolling => (Icon::Progress, "busy"),
        SlotStatus::Active => (Icon::Check, "ok"),
        SlotStatus::PermissionsLost => (Icon::Shield, "warn"),
        SlotStatus::NotSynchronizing => (Icon::Offline, "warn"),
        SlotStatus::Unenrolled => (Icon::Cross, "danger"),
    };
    badge(sign, status.words(), tone)
}

/// The state of an invitation.
pub fn invitation_badge(invitation: &InvitationLine) -> AnyView {
    let (sign, tone) = match invitation.state.as_str() {
        "created" => (Icon::Draft, "quiet"),
        "queued" => (Icon::Clock, "info"),
        "sent" => (Icon::Mail, "info"),
        "opened" => (Icon::Eye, "ok"),
        _ => (Icon::Cross, "quiet"),
    };
    badge(sign, &invitation.state_label, tone)
}

/// The state of a command.
pub fn command_badge(state: CommandState) -> AnyView {
    let (sign, tone) = match state {
        CommandState::Requested => (Icon::Clock, "info"),
        CommandState::Delivered | CommandState::Acknowledged => (Icon::Progress, "busy"),
        CommandState::Completed => (Icon::Check, "ok"),
        CommandState::Failed => (Icon::Alert, "danger"),
        CommandState::Expired => (Icon::Alert, "warn"),
        CommandState::Cancelled => (Icon::Cross, "quiet"),
    };
    badge(sign, state.words(), tone)
}
