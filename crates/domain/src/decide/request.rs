//! Requesting a command.

use super::{
    Context, DURATION_S, InvalidRequest, MESSAGE_MAX, PHONE_MAX, Refusal,
    command::{offer, save},
    draft::Draft,
};
use crate::{
    actor::Actor,
    aggregate::PersonAggregate,
    device::{
        Device, DeviceState,
        capabilities::Limitation,
        command::{COMMAND_LIFETIME_S, Command, CommandKind, CommandState},
        lost::LostText,
    },
    journal::change::Change,
    types::ids::{CommandId, DeviceId, IdGenerator},
};

/// Requests a command of a device.
///
/// # Errors
/// The device was deleted, is unenrolled or cannot do this; a parameter is invalid; or a request about lost mode is
/// open.
pub fn request_command(
    aggregate: &PersonAggregate,
    id: DeviceId,
    kind: CommandKind,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<(Command, Change), Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let (_, command) = request(&mut draft, id, kind, ids)?;
    Ok((command, draft.into_device_change()))
}

/// Requests a command of a device that is waiting for one, and offers it in the same change.
///
/// # Errors
/// As [`request_command`].
pub fn request_and_offer_command(
    aggregate: &PersonAggregate,
    id: DeviceId,
    kind: CommandKind,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<(Command, Change), Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let (device, command) = request(&mut draft, id, kind, ids)?;
    // An admin requests it, and the device fetches it.
    let offered = draft.on_behalf_of(Actor::Device, |draft| offer(draft, &device, command));
    Ok((offered, draft.into_device_change()))
}

/// Adds the command if it is possible.
fn request(
    draft: &mut Draft<'_>,
    id: DeviceId,
    kind: CommandKind,
    ids: &mut dyn IdGenerator,
) -> Result<(Device, Command), Refusal> {
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    check_in_use(&device)?;
    let kind = validate(kind)?;
    if let Some(limitation) = limitation(&device, &kind) {
        return Err(Refusal::Unsupported(limitation));
    }
    check_lost_mode(&device, &kind)?;
    let requested_by = draft.actor().clone();
    let command = add_command(draft, &device, kind, requested_by, ids);
    // Whoever deletes or unenrolls the device at this moment has not seen this command and could not cancel it.
    draft.claim_device(id);
    Ok((device, command))
}

/// Why the device cannot carry it out. Agents leave by themselves, and nobody asks them to.
fn limitation(device: &Device, kind: &CommandKind) -> Option<Limitation> {
    match kind {
        CommandKind::Unenroll {} if !device.platform.is_apple() => Some(Limitation::UnknownCommand),
        _ => device.limitation(kind.name()),
    }
}

/// Adds a command that was found to be possible.
pub(super) fn add_command(
    draft: &mut Draft<'_>,
    device: &Device,
    kind: CommandKind,
    requested_by: Actor,
    ids: &mut dyn IdGenerator,
) -> Command {
    let now = draft.now();
    let command = Command {
        id: CommandId(ids.new_uuid()),
        device_id: device.id,
        kind,
        state: CommandState::Requested,
        requested_by,
        requested_at: now,
        expires_at: now.plus_seconds(COMMAND_LIFETIME_S),
        leased_until: None,
        finished_at: None,
        data: None,
        error: None,
        late_answer_at: None,
        not_now_at: None,
        part: 0,
        version: 0,
    };
    save(draft, device, command.clone());
    command
}

/// A device that is not in use any more never asks for commands.
fn check_in_use(device: &Device) -> Result<(), Refusal> {
    match device.state {
        DeviceState::Unenrolled => Err(Refusal::DeviceUnenrolled),
        DeviceState::Wiped => Err(Refusal::DeviceWiped),
        DeviceState::Replaced => Err(Refusal::DeviceReplaced),
        _ => Ok(()),
    }
}

/// Checks the parameters of a command, and trims those of lost mode.
fn validate(kind: CommandKind) -> Result<CommandKind, InvalidRequest> {
    match &kind {
        CommandKind::LostMode(text) => return lost_text(text).map(CommandKind::LostMode),
        CommandKind::Message { text } if text.trim().is_empty() => return Err(InvalidRequest::MessageEmpty),
        CommandKind::Message { text } => check_length(text)?,
        CommandKind::Ring { seconds: s } | CommandKind::Locate { timeout_s: s, .. } if !DURATION_S.contains(s) => {
            return Err(InvalidRequest::Duration);
        }
        _ => {}
    }
    Ok(kind)
}

fn check_length(message: &str) -> Result<(), InvalidRequest> {
    if message.chars().count() > MESSAGE_MAX { Err(InvalidRequest::MessageTooLong) } else { Ok(()) }
}

fn lost_text(text: &LostText) -> Result<LostText, InvalidRequest> {
    let message = text.message.trim().to_owned();
    let phone = text.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    if message.is_empty() && phone.is_none() {
        return Err(InvalidRequest::LostTextEmpty);
    }
    check_length(&message)?;
    let is_phone_char = |c: char| c.is_ascii_digit() || "+-/.()#* ".contains(c) || c == '\u{a0}';
    if phone.is_some_and(|phone| phone.chars().count() > PHONE_MAX || !phone.chars().all(is_phone_char)) {
        return Err(InvalidRequest::Phone);
    }
    Ok(LostText { message, phone: phone.map(str::to_owned) })
}

/// Only one request about lost mode may be open: with two, the state that follows from their answers would be
/// ambiguous.
fn check_lost_mode(device: &Device, kind: &CommandKind) -> Result<(), Refusal> {
    let is_end = matches!(kind, CommandKind::EndLostMode {});
    if !is_end && !matches!(kind, CommandKind::LostMode(_)) {
        return Ok(());
    }
    match (&device.lost.requested, &device.lost.on) {
        (Some(_), _) => Err(Refusal::LostModePending),
        (None, None) if is_end => Err(Refusal::NotLost),
        _ => Ok(()),
    }
}
