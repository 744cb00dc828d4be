//! Reports: a phone asks for commands, or answers one.

use super::{
    identity::take_identity,
    push::next_push,
    queue::{self, PhoneRequest, parts},
};
use crate::{
    aggregate::PersonAggregate,
    apple::{AccessRights, AppleEnrollment, EnrollmentState, Identity, capabilities},
    decide::{
        Context, Refusal,
        command::{answer, complete, save, set_final},
        draft::Draft,
        report::{append_progress_event, draft_for_contact, end_enrollment, take_inventory, take_state, update_state},
    },
    device::{
        AgentError, Device, DeviceInfo, DeviceState, EnrollmentStep, ReportedCapabilities, UnenrolledBy,
        command::{Command, CommandKind, CommandState, LEASE_S},
    },
    journal::change::Change,
    protocol::{CommandResult, Inventory, ResultStatus, StateReport},
    views::StoredInventory,
};

/// What a phone says about a request, or that it asks for one.
#[derive(Clone, Debug, PartialEq)]
pub enum PhoneAnswer {
    /// It asks by itself.
    Idle,
    /// It puts the request off, for example because it is locked.
    NotNow,
    /// It did what was requested, with what came of it.
    Done(Box<PhoneFacts>),
    /// It could not.
    Failed(AgentError),
}

/// What a phone says about itself in an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhoneFacts {
    /// Its technical information as a whole, with the tag of its content.
    pub inventory: Option<(Inventory, String)>,
    /// Its state. Its sequence number and capabilities are filled in here.
    pub state: Option<StateReport>,
    /// Whether it is supervised.
    pub is_supervised: Option<bool>,
    /// What it says about itself at first, if that changed since.
    pub info: Option<DeviceInfo>,
    /// What is kept with the command.
    pub data: Option<serde_json::Value>,
}

/// A report of a phone.
#[derive(Clone, Debug)]
pub struct PhoneReport<'a> {
    /// The certificate that it signs with.
    pub identity: &'a Identity,
    /// What it says.
    pub answer: PhoneAnswer,
    /// The request that it answers; `None` for one that is not known, which is answered with the next request all the same: a
    /// report that is refused is sent for ever.
    pub request: Option<PhoneRequest>,
}

/// Records a report, and returns what the phone is asked next.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_phone_report(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    report: &PhoneReport<'_>,
    open: &[Command],
    known: Option<&StoredInventory>,
    context: &Context,
) -> Result<(Option<PhoneRequest>, Change), Refusal> {
    let (mut draft, device) = draft_for_contact(aggregate, enrollment.device_id, context)?;
    let mut after = enrollment.clone();
    let mut open = take_identity(&mut draft, &device, &mut after, report.identity, open);
    // 1. What it says.
    match (&report.answer, &report.request) {
        (PhoneAnswer::Idle, _) => after.idle_at = Some(context.now),
        (_, None) => {}
        (said, Some(request)) => record_answer(&mut draft, &device, &mut after, said, request, &mut open, known)?,
    }
    update_capabilities(&mut draft, &after);
    // 2. What it is asked. A phone that left in this moment is asked nothing.
    let is_in_use = draft.current.device(device.id).is_some_and(|device| device.state.is_in_use());
    let next = if is_in_use { offer(&mut draft, &device, &after, &mut open) } else { None };
    // 3. When it is pushed: again and again while something waits.
    let now = draft.now();
    if !matches!(report.answer, PhoneAnswer::NotNow) && next.is_none() {
        after.push.tries = 0;
    }
    let waits = is_in_use && open.iter().any(|c| !c.state.is_final() && c.state != CommandState::Acknowledged);
    after.push_due_at = waits.then(|| next_push(now, after.push.tries.max(1)));
    if after != *enrollment {
        draft.change.apple_enrollments.push(after);
    }
    Ok((next, draft.into_device_change()))
}

fn record_answer(
    draft: &mut Draft<'_>,
    device: &Device,
    enrollment: &mut AppleEnrollment,
    said: &PhoneAnswer,
    request: &PhoneRequest,
    open: &mut [Command],
    known: Option<&StoredInventory>,
) -> Result<(), Refusal> {
    if let PhoneAnswer::Done(facts) = said {
        take_facts(draft, device, enrollment, facts, known);
    }
    // A command that was done by this very message is not answered again.
    let current = open.iter().find(|command| command.id == request.command.id);
    let ended = Some(&request.command).filter(|command| command.state.is_final());
    let Some(command) = current.or(ended).cloned() else { return Ok(()) };
    // An answer that came before does not count twice.
    if !command.state.is_final() && request.part != command.part {
        return Ok(());
    }
    if matches!(said, PhoneAnswer::NotNow) {
        put_off(draft, &command, open);
        return Ok(());
    }
    let is_last = request.part + 1 >= parts(&command.kind);
    if !command.state.is_final() && matches!(said, PhoneAnswer::Done(_)) && !is_last {
        let next = Command { part: request.part + 1, not_now_at: None, ..command };
        replace(open, &next);
        draft.put_command(next);
        return Ok(());
    }
    let result = result_of(&command, said, request.part);
    if let Some(answered) = answer(draft, device, &command, open, &result)? {
        replace(open, &answered);
        follow(draft, device, enrollment, &answered, open);
    }
    Ok(())
}

/// What the end of a command means beyond the command.
fn follow(
    draft: &mut Draft<'_>,
    device: &Device,
    enrollment: &AppleEnrollment,
    answered: &Command,
    open: &mut [Command],
) {
    match (&answered.kind, answered.state) {
        (CommandKind::Inventory {}, CommandState::Completed) => {
            // Without an address it could not be asked for anything: connected is not active.
            if enrollment.state == EnrollmentState::Enrolled {
                finish_enrollment(draft, device);
            }
            complete_equal(draft, device, answered, open);
        }
        (CommandKind::Unenroll {}, CommandState::Completed) => {
            end_enrollment(draft, device, UnenrolledBy::Admin, open);
        }
        _ => {}
    }
}

/// The answer as that of an agent. What follows the first request of a command does not undo it: a phone in lost mode that
/// cannot say where it is, is in lost mode.
fn result_of(command: &Command, said: &PhoneAnswer, part: u8) -> CommandResult {
    let plain = |status, data, error| CommandResult { status, data, error };
    match said {
        // The rest of a renewal is between the phone and the certificate authority.
        PhoneAnswer::Done(_) if matches!(command.kind, CommandKind::Renew {}) && !command.state.is_final() => {
            plain(ResultStatus::Acknowledged, None, None)
        }
        PhoneAnswer::Done(facts) => plain(ResultStatus::Completed, facts.data.clone(), None),
        PhoneAnswer::Failed(error) if part > 0 => {
            let data = serde_json::json!({ "code": error.code, "message": error.message });
            plain(ResultStatus::Completed, Some(data), None)
        }
        PhoneAnswer::Failed(error) => plain(ResultStatus::Error, None, Some(error.clone())),
        PhoneAnswer::Idle | PhoneAnswer::NotNow => plain(ResultStatus::NotNow, None, None),
    }
}

fn put_off(draft: &mut Draft<'_>, command: &Command, open: &mut [Command]) {
    if !command.state.is_final() {
        let put_off = Command { not_now_at: Some(draft.now()), leased_until: None, ..command.clone() };
        replace(open, &put_off);
        draft.put_command(put_off);
    }
}

fn replace(open: &mut [Command], command: &Command) {
    if let Some(place) = open.iter_mut().find(|other| other.id == command.id) {
        *place = command.clone();
    }
}

/// Several requests for technical information that waited together are answered by one.
fn complete_equal(draft: &mut Draft<'_>, device: &Device, answered: &Command, open: &mut [Command]) {
    let is_equal = |other: &&mut Command| {
        other.id != answered.id && other.kind == answered.kind && other.state == CommandState::Requested
    };
    let now = draft.now();
    for other in open.iter_mut().filter(is_equal) {
        complete(draft, device, other);
        set_final(other, CommandState::Completed, now);
    }
}

/// The first technical information is all that an enrollment waits for.
fn finish_enrollment(draft: &mut Draft<'_>, before: &Device) {
    draft.edit_device(before.id, |device| {
        if matches!(device.state, DeviceState::Pending | DeviceState::Enrolling) {
            device.progress.step = EnrollmentStep::Done;
        }
    });
    append_progress_event(draft, before);
    update_state(draft, before.id);
}

fn take_facts(
    draft: &mut Draft<'_>,
    device: &Device,
    enrollment: &mut AppleEnrollment,
    facts: &PhoneFacts,
    known: Option<&StoredInventory>,
) {
    enrollment.is_supervised = facts.is_supervised.or(enrollment.is_supervised);
    if let Some(info) = &facts.info {
        draft.edit_device(device.id, |device| device.info = info.clone());
    }
    if let Some(state) = &facts.state {
        let seq = device.last_report_seq.saturating_add(1);
        take_state(draft, device, StateReport { seq, ..state.clone() });
    }
    if let Some((inventory, etag)) = &facts.inventory {
        take_inventory(draft, device, inventory.clone(), etag.clone(), known);
    }
}

/// What the phone can be asked for follows from what is known of it. It has no agent that would say so.
fn update_capabilities(draft: &mut Draft<'_>, enrollment: &AppleEnrollment) {
    let Some(device) = draft.current.device(enrollment.device_id) else { return };
    let (is_supervised, is_lost) = (enrollment.is_supervised == Some(true), device.lost.on.is_some());
    let reported = capabilities(AccessRights(enrollment.rights), is_supervised, is_lost);
    if device.capabilities.as_ref().is_none_or(|known| known.reported != reported) {
        let at = draft.now();
        draft.edit_device(enrollment.device_id, |device| {
            device.capabilities = Some(ReportedCapabilities { at, reported });
        });
    }
}

/// Offers the next command, and ends those that came too late.
fn offer(
    draft: &mut Draft<'_>,
    device: &Device,
    enrollment: &AppleEnrollment,
    open: &mut [Command],
) -> Option<PhoneRequest> {
    let now = draft.now();
    for command in open.iter_mut().filter(|command| !command.state.is_final() && command.expires_at <= now) {
        set_final(command, CommandState::Expired, now);
        save(draft, device, command.clone());
    }
    let mut command = queue::next(open, enrollment.idle_at, now)?.clone();
    if command.state == CommandState::Requested {
        command.state = CommandState::Delivered;
        command.leased_until = Some(now.plus_seconds(LEASE_S));
        replace(open, &command);
        save(draft, device, command.clone());
    }
    Some(PhoneRequest { part: command.part, command })
}
