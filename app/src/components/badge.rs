//! The state of a row: icon, word and colour, the same on every page.

use crate::{
    drawing::{
        erasure::IntoErased as _,
        icon::{Icon, icon},
    },
    text::{self, Text as _},
    wire::{InvitationView, MailProgress, SlotRowView},
};
use domain::{device::command::CommandState, slot::SlotStatus};
use leptos::prelude::*;

/// A state as a word with its icon and tone.
fn badge(symbol: Icon, word: &str, tone: &'static str) -> AnyView {
    let word = word.to_owned();
    view! {
        <span class="badge" data-tone=tone>{icon(symbol)} <span>{word}</span></span>
    }
    .into_erased()
}

fn status_badge(status: SlotStatus) -> AnyView {
    let (symbol, tone) = match status {
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
        SlotStatus::Wiped => (Icon::Trash, "danger"),
        SlotStatus::Replaced => (Icon::Cross, "quiet"),
    };
    badge(symbol, status.text(), tone)
}

/// The state of a row. A mail that failed or has to wait is not on its way, although the invitation has come no further.
pub fn row_badge(row: &SlotRowView) -> AnyView {
    match (row.status, row.mail) {
        (SlotStatus::Queued, MailProgress::Idle) => badge(Icon::Alert, text::cause_mail_failed(), "danger"),
        (SlotStatus::Queued, MailProgress::Delayed) => badge(Icon::Clock, text::mail_delayed(), "warn"),
        (status, _) => status_badge(status),
    }
}

/// The state of an invitation.
pub fn invitation_badge(invitation: &InvitationView) -> AnyView {
    let (symbol, tone) = match invitation.state.as_str() {
        "created" => (Icon::Draft, "quiet"),
        "queued" => (Icon::Clock, "info"),
        "sent" => (Icon::Mail, "info"),
        "opened" => (Icon::Eye, "ok"),
        "failed" => (Icon::Alert, "danger"),
        _ => (Icon::Cross, "quiet"),
    };
    badge(symbol, &invitation.state_label, tone)
}

/// Says that a row cannot be read, whatever its state is.
pub fn damaged() -> AnyView {
    view! { <p class="attention">{icon(Icon::Alert)} " " {text::row_damaged()}</p> }.into_erased()
}

/// The state of a command.
pub fn command_badge(state: CommandState) -> AnyView {
    let (symbol, tone) = match state {
        CommandState::Requested => (Icon::Clock, "info"),
        CommandState::Delivered | CommandState::Acknowledged => (Icon::Progress, "busy"),
        CommandState::Completed => (Icon::Check, "ok"),
        CommandState::Failed => (Icon::Alert, "danger"),
        CommandState::Expired => (Icon::Alert, "warn"),
        CommandState::Cancelled => (Icon::Cross, "quiet"),
    };
    badge(symbol, state.text(), tone)
}
