//! Lost mode, wipes and hardware that was enrolled twice: how the list marks them, and what is on top of the page while one is under way.

use crate::{
    text::{self, FIRST_VIEW, SECOND_VIEW},
    wire::{NoticeView, TimedText},
};
use domain::{
    device::{
        Device,
        command::{CommandKind, CommandState},
        hardware::{Relative, Relatives},
        lost::{LostState, LostText},
    },
    views::{CommandView, SlotDetail},
};

/// The mark of lost mode in the list; `None` when it is off.
pub fn lost_mark(state: LostState) -> Option<TimedText> {
    let (text, at) = match state {
        LostState::Off => return None,
        LostState::Requested { requested_at } => (text::mark_lost_requested(FIRST_VIEW), requested_at),
        LostState::On { since } => (text::mark_lost_since(FIRST_VIEW), since),
        LostState::EndRequested { requested_at, .. } => (text::mark_lost_ending(FIRST_VIEW), requested_at),
    };
    Some(TimedText { text, at: at.into() })
}

/// What is on top of the page: a wipe that is under way, lost mode, and as what else the hardware is enrolled.
pub fn notices(detail: &SlotDetail) -> Vec<NoticeView> {
    let wipe = detail
        .commands
        .iter()
        .find(|command| matches!(command.kind, CommandKind::Wipe { .. }) && !command.state.is_final());
    let lost = detail.device.as_ref().and_then(|device| lost_notice(device, &detail.commands));
    let relatives = detail.device.as_ref().map(|device| relatives(&device.relatives)).into_iter().flatten();
    wipe.map(wipe_notice).into_iter().chain(lost).chain(relatives).collect()
}

/// What the hardware was or is enrolled as besides, each with the way there.
fn relatives(all: &Relatives) -> impl Iterator<Item = NoticeView> + use<> {
    let notice = |word: &str, text: String, other: Relative| NoticeView {
        word: word.to_owned(),
        tone: "info".to_owned(),
        text,
        at: other.at.into(),
        detail: None,
        cancel: None,
        other: Some(other.slot_id),
    };
    let newer = all.replaced_by.map(|newer| notice("replaced", text::replaced_by_newer(FIRST_VIEW), newer));
    let earlier = all.replaces.map(|earlier| notice("replaces", text::replaces_earlier(FIRST_VIEW), earlier));
    newer.into_iter().chain(earlier)
}

fn wipe_notice(command: &CommandView) -> NoticeView {
    let text = match command.state {
        CommandState::Requested => text::wipe_requested(FIRST_VIEW, SECOND_VIEW),
        _ => text::wipe_under_way(FIRST_VIEW, SECOND_VIEW),
    };
    NoticeView {
        word: "wipe".to_owned(),
        tone: "danger".to_owned(),
        text,
        at: command.requested_at.into(),
        detail: None,
        cancel: Some(command.id),
        other: None,
    }
}

fn lost_notice(device: &Device, commands: &[CommandView]) -> Option<NoticeView> {
    let request = device.lost.requested.map(|request| request.command_id);
    let (text, at, tone) = match device.lost.state() {
        LostState::Off => return None,
        LostState::Requested { requested_at } => (text::lost_requested(FIRST_VIEW, SECOND_VIEW), requested_at, "info"),
        LostState::On { since } => (text::lost_since(FIRST_VIEW, SECOND_VIEW), since, "warn"),
        LostState::EndRequested { requested_at, .. } => {
            (text::lost_end_requested(FIRST_VIEW, SECOND_VIEW), requested_at, "warn")
        }
    };
    let shown = device.lost.on.as_ref().and_then(|on| on.text.as_ref());
    let wanted =
        commands.iter().find(|command| Some(command.id) == request).and_then(|command| lost_text(&command.kind));
    Some(NoticeView {
        word: "lost".to_owned(),
        tone: tone.to_owned(),
        text,
        at: at.into(),
        detail: shown.cloned().or(wanted).map(|text| lost_screen_text(&text)),
        cancel: request,
        other: None,
    })
}

fn lost_text(kind: &CommandKind) -> Option<LostText> {
    if let CommandKind::LostMode(text) = kind { Some(text.clone()) } else { None }
}

/// What the screen of a lost device shows.
pub fn lost_screen_text(text: &LostText) -> String {
    let parts = [Some(text.message.as_str()), text.phone.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
