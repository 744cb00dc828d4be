//! A phone leaves: its profile was removed, or it was enrolled for somebody else.

use crate::{
    aggregate::PersonAggregate,
    apple::{IdentityChange, Revocation, RevokedBy},
    decide::{Context, Refusal, command::complete, draft::Draft, report::end_enrollment},
    device::{
        UnenrolledBy,
        command::{Command, CommandKind},
    },
    journal::change::Change,
    types::ids::DeviceId,
};

/// The profile was removed (`CheckOut`): by an admin's request when one is among the `open` commands, else on the phone.
/// Idempotent.
///
/// # Errors
/// The device was deleted.
pub fn check_out(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    if !device.state.is_in_use() {
        return Ok(end_quietly(draft, id, RevokedBy::Left));
    }
    draft.note_contact(id);
    let (asked, others): (Vec<Command>, Vec<Command>) =
        open.iter().cloned().partition(|command| matches!(command.kind, CommandKind::Unenroll {}));
    for command in asked.iter().filter(|command| !command.state.is_final()) {
        complete(&mut draft, &device, command);
    }
    let by = if asked.is_empty() { UnenrolledBy::Device } else { UnenrolledBy::Admin };
    end_enrollment(&mut draft, &device, by, &others);
    Ok(draft.into_device_change())
}

/// The phone was enrolled for another person, and is this device no longer. Idempotent.
///
/// # Errors
/// The device was deleted.
pub fn enrolled_elsewhere(
    aggregate: &PersonAggregate,
    id: DeviceId,
    open: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(id).cloned().ok_or(Refusal::NoSuchDevice)?;
    if !device.state.is_in_use() {
        return Ok(end_quietly(draft, id, RevokedBy::Superseded));
    }
    end_enrollment(&mut draft, &device, UnenrolledBy::EnrolledElsewhere, open);
    Ok(draft.into_device_change())
}

/// The device is not in use already, and says why: only its enrollment is left to end.
fn end_quietly(mut draft: Draft<'_>, device_id: DeviceId, by: RevokedBy) -> Change {
    let revocation = Revocation { at: draft.now(), by };
    draft.change.apple_identities.push(IdentityChange::End { device_id, revocation });
    draft.into_device_change()
}
