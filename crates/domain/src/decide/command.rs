//! Commands: requested, offered, answered, ended.

use super::{
    Context, Refusal,
    draft::Draft,
    report::{draft_for_contact, edit_lost_mode},
    wipe::{pending_wipe, record_wiped},
};
use crate::{
    aggregate::PersonAggregate,
    device::{
        AgentError, Device, DeviceState,
        command::{Command, CommandKind, CommandState, LEASE_S},
    },
    journal::{
        EventKind,
        change::{Change, ReportPut},
    },
    protocol::{CommandResult, Location, ResultStatus, StateReport},
    types::{ids::DeviceId, text::clean_text},
};
use std::ops::RangeInclusive;

/// Longest message that is shown on a device, in characters.
pub const MESSAGE_MAX: usize = 1000;
/// Longest phone number that is shown on a lost device, in characters.
pub const PHONE_MAX: usize = 40;
/// How long a device may ring or search for its position, in seconds.
pub const DURATION_S: RangeInclusive<u32> = 1..=600;

/// Offers waiting commands to the device. They are leased, not removed, and offered again when the lease ends without
/// an answer: delivery is at least once. Commands that have expired are ended instead.
pub fn offer_commands(
    aggregate: &PersonAggregate,
    id: DeviceId,
    waiting: Vec<Command>,
    context: &Context,
) -> Result<(Vec<Command>, Change), Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let now = draft.now();
    let mut offered = Vec::new();
    for mut command in waiting {
        if command.expires_at <= now {
            set_final(&mut command, CommandState::Expired, now);
            save(&mut draft, &device, command);
        } else {
            offered.push(offer(&mut draft, &device, command));
        }
    }
    Ok((offered, draft.into_device_change()))
}

/// Leases a command to the device, and returns it as it is then.
pub(super) fn offer(draft: &mut Draft<'_>, device: &Device, mut command: Command) -> Command {
    command.leased_until = Some(draft.now().plus_seconds(LEASE_S));
    // Only the first delivery is an entry in the journal; a later one just renews the lease.
    if command.state == CommandState::Requested {
        command.state = CommandState::Delivered;
        save(draft, device, command.clone());
    } else {
        draft.put_command(command.clone());
    }
    command
}

/// Ends the lease of a command that was `offered` and did not reach the device: the next poll gets it. What became of it since,
/// as it is `stored`, stays.
pub fn take_back_offer(aggregate: &PersonAggregate, offered: &Command, stored: &Command, context: &Context) -> Change {
    let mut draft = Draft::new(aggregate, context);
    if stored.state == offered.state && stored.leased_until == offered.leased_until {
        draft.put_command(Command { leased_until: None, ..stored.clone() });
    }
    draft.into_device_change()
}

/// Records the device's answer. Idempotent: a repeated answer, or one after the end, changes nothing. One exception is
/// recorded, once: a command was carried out although it had been cancelled or had expired. A wipe that was carried out
/// ends the device, and cancels its `open` commands.
///
/// # Errors
/// The device was deleted, or it is about to begin with a command that was cancelled or has expired.
pub fn record_result(
    aggregate: &PersonAggregate,
    command: &Command,
    open: &[Command],
    result: &CommandResult,
    context: &Context,
) -> Result<Change, Refusal> {
    // An answer is a contact, except after unenrollment, where the last contact stays what it was.
    let before = aggregate.device(command.device_id).ok_or(Refusal::NoSuchDevice)?;
    let mut draft = if before.state == DeviceState::Unenrolled {
        Draft::new(aggregate, context)
    } else {
        draft_for_contact(aggregate, command.device_id, context)?.0
    };
    let device = draft.current.device(command.device_id).cloned().ok_or(Refusal::NoSuchDevice)?;
    answer(&mut draft, &device, command, open, result)?;
    Ok(draft.into_device_change())
}

/// Records an answer, as [`record_result`] does. Returns the command as it is now, if it was not at its end before.
pub(super) fn answer(
    draft: &mut Draft<'_>,
    device: &Device,
    command: &Command,
    open: &[Command],
    result: &CommandResult,
) -> Result<Option<Command>, Refusal> {
    if command.state.is_final() {
        record_late_result(draft, device, command, open, result)?;
        return Ok(None);
    }
    record_position(draft, device, command, result);
    let answered = with_result(command, result, draft.now());
    // An entry only for a new state; the lease or the data may change without one.
    if answered.state == command.state {
        draft.change.commands.push(answered.clone());
    } else {
        save(draft, device, answered.clone());
        if is_done_wipe(&answered) {
            record_wiped(draft, device, &without(open, command));
        }
    }
    Ok(Some(answered))
}

fn is_done_wipe(command: &Command) -> bool {
    let is_done = command.state == CommandState::Completed || command.late_answer_at.is_some();
    is_done && matches!(command.kind, CommandKind::Wipe { .. })
}

fn without(open: &[Command], command: &Command) -> Vec<Command> {
    open.iter().filter(|other| other.id != command.id).cloned().collect()
}

/// The answer to *Locate* is a position like that of a heartbeat.
fn record_position(draft: &mut Draft<'_>, device: &Device, command: &Command, result: &CommandResult) {
    let is_found = result.status == ResultStatus::Completed && matches!(command.kind, CommandKind::Locate { .. });
    let place = result.data.as_ref().filter(|_| is_found).and_then(Location::of_answer);
    if let Some(place) = place {
        let now = draft.now();
        let location = Some(Location { at: place.at.min(now), ..place });
        let report = StateReport { seq: device.last_report_seq, location, ..StateReport::default() };
        draft.change.reports.push(ReportPut { device_id: device.id, at: now, report });
    }
}

/// The command after an answer.
fn with_result(command: &Command, result: &CommandResult, now: crate::Timestamp) -> Command {
    let mut command = command.clone();
    match result.status {
        // A device that works on it is not offered it again.
        ResultStatus::Acknowledged => {
            command.state = CommandState::Acknowledged;
            command.leased_until = Some(command.expires_at);
        }
        ResultStatus::NotNow => command.leased_until = Some(now.plus_seconds(LEASE_S)),
        ResultStatus::Completed => set_final(&mut command, CommandState::Completed, now),
        ResultStatus::Error => {
            command.error = Some(result.error.as_ref().map_or_else(unknown_error, clean_error));
            set_final(&mut command, CommandState::Failed, now);
        }
    }
    command.data = result.data.clone().or(command.data);
    command
}

/// Records an answer to a command that has ended.
fn record_late_result(
    draft: &mut Draft<'_>,
    device: &Device,
    command: &Command,
    open: &[Command],
    result: &CommandResult,
) -> Result<(), Refusal> {
    let refusal = match command.state {
        CommandState::Cancelled => Refusal::CommandCancelled,
        CommandState::Expired => Refusal::CommandExpired,
        _ => return Ok(()),
    };
    match result.status {
        // The device only begins: there is still time to stop it.
        ResultStatus::Acknowledged => Err(refusal),
        ResultStatus::Completed if command.late_answer_at.is_none() => {
            let mut command = command.clone();
            command.late_answer_at = Some(draft.now());
            command.data.clone_from(&result.data);
            let (command_id, state) = (command.id, command.state);
            let done = EventKind::CommandDoneLate { command_id, command: command.kind.name().to_owned(), state };
            draft.device_event(device, done);
            update_device(draft, &command);
            let is_wiped = is_done_wipe(&command) && device.state.is_in_use();
            draft.change.commands.push(command);
            if is_wiped {
                record_wiped(draft, device, open);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Cancels a command. A device that has fetched it may still carry it out.
///
/// # Errors
/// The command has already ended.
pub fn cancel_command(aggregate: &PersonAggregate, command: &Command, context: &Context) -> Result<Change, Refusal> {
    end_command(aggregate, command, CommandState::Cancelled, context)
}

/// Ends a command that its device did not finish in time.
///
/// # Errors
/// The command has already ended.
pub fn expire_command(aggregate: &PersonAggregate, command: &Command, context: &Context) -> Result<Change, Refusal> {
    end_command(aggregate, command, CommandState::Expired, context)
}

fn end_command(
    aggregate: &PersonAggregate,
    command: &Command,
    state: CommandState,
    context: &Context,
) -> Result<Change, Refusal> {
    if command.state.is_final() {
        return Err(Refusal::CommandFinished);
    }
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(command.device_id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let mut command = command.clone();
    set_final(&mut command, state, draft.now());
    save(&mut draft, &device, command);
    Ok(draft.into_device_change())
}

/// Ends a command that its device has carried out.
pub(super) fn complete(draft: &mut Draft<'_>, device: &Device, command: &Command) {
    let mut command = command.clone();
    set_final(&mut command, CommandState::Completed, draft.now());
    save(draft, device, command);
}

/// Writes a command in its new state, with an entry in the journal and the consequences for its device.
pub(super) fn save(draft: &mut Draft<'_>, device: &Device, command: Command) {
    draft.device_event(device, event_of(&command));
    // Others ask for commands by themselves.
    if command.state == CommandState::Requested && device.platform.is_apple() {
        draft.change.apple_pushes.push((device.id, draft.now()));
    }
    update_device(draft, &command);
    draft.put_command(command);
}

fn update_device(draft: &mut Draft<'_>, command: &Command) {
    let now = draft.now();
    draft.edit_device(command.device_id, |device| device.wipe = pending_wipe(device, command, now));
    edit_lost_mode(draft, command.device_id, |lost| lost.apply_command(command, now));
}

/// Cancels the open commands of a device that unenrolls or is deleted.
pub(super) fn cancel_all(draft: &mut Draft<'_>, device: &Device, open: &[Command]) {
    let now = draft.now();
    for command in open.iter().filter(|c| c.device_id == device.id && !c.state.is_final()) {
        let mut command = command.clone();
        set_final(&mut command, CommandState::Cancelled, now);
        save(draft, device, command);
    }
}

pub(super) fn set_final(command: &mut Command, state: CommandState, now: crate::Timestamp) {
    command.state = state;
    command.finished_at = Some(now);
    command.leased_until = None;
}

fn event_of(command: &Command) -> EventKind {
    let (command_id, name) = (command.id, command.kind.name().to_owned());
    match command.state {
        CommandState::Requested => EventKind::CommandRequested { command_id, command: name },
        CommandState::Delivered => EventKind::CommandDelivered { command_id, command: name },
        CommandState::Acknowledged => EventKind::CommandAcknowledged { command_id, command: name },
        CommandState::Completed => EventKind::CommandCompleted { command_id, command: name },
        CommandState::Expired => EventKind::CommandExpired { command_id, command: name },
        CommandState::Cancelled => EventKind::CommandCancelled { command_id, command: name },
        CommandState::Failed => {
            let reason = command
                .error
                .as_ref()
                .map_or_else(String::new, |e| if e.message.is_empty() { e.code.clone() } else { e.message.clone() });
            EventKind::CommandFailed { command_id, command: name, reason }
        }
    }
}

fn clean_error(error: &AgentError) -> AgentError {
    AgentError { code: clean_text(&error.code, 100), message: clean_text(&error.message, 500) }
}

fn unknown_error() -> AgentError {
    AgentError { code: "unknown".to_owned(), message: "The device gave no reason.".to_owned() }
}
