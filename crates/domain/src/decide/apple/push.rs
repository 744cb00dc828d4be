//! Pushes: how a phone is asked to call. Apple delivers the latest one to a phone that is reachable, and says nothing about
//! whether it did.

use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    apple::AppleEnrollment,
    decide::{Context, Refusal, draft::Draft},
    device::PushTrouble,
    journal::{EventKind, change::Change},
};

/// Least time between two pushes to one phone, in seconds.
pub const PUSH_PAUSE_S: i64 = 30;
/// After how long a phone that has not done what waits for it is pushed again, in seconds: by how often it was. The last one
/// repeats.
const PAUSES_S: [i64; 5] = [60, 15 * 60, 3600, 4 * 3600, 24 * 3600];

/// When a phone is to be pushed again after `tries` pushes, the latest of them at `at`.
pub(super) fn next_push(at: Timestamp, tries: u32) -> Timestamp {
    let place = (tries as usize).saturating_sub(1).min(PAUSES_S.len() - 1);
    at.plus_seconds(PAUSES_S[place])
}

/// Plans a push at once, as far as the pause after the latest one allows.
pub(super) fn plan_push(enrollment: &mut AppleEnrollment, now: Timestamp) {
    let earliest = enrollment.push.at.map_or(now, |at| at.plus_seconds(PUSH_PAUSE_S).max(now));
    enrollment.push_due_at = Some(enrollment.push_due_at.map_or(earliest, |due| due.min(earliest)));
}

/// What the push service made of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushOutcome {
    /// It took the push.
    Accepted,
    /// It could not take one now. Again at this time.
    Later(Timestamp),
    /// It never will, for this phone.
    Refused(PushTrouble),
}

/// A push that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentPush {
    /// When it was sent.
    pub at: Timestamp,
    /// When it was due.
    pub due_at: Option<Timestamp>,
    /// What came of it.
    pub outcome: PushOutcome,
}

/// Records a push, and when the next one is due unless the phone calls before: one without power hears nothing.
///
/// # Errors
/// The device was deleted.
pub fn record_push(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    sent: &SentPush,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(enrollment.device_id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let now = draft.now();
    let mut after = enrollment.clone();
    match sent.outcome {
        PushOutcome::Accepted => {
            after.push.at = Some(sent.at);
            after.push.tries = enrollment.push.tries.saturating_add(1);
            after.push_due_at = match enrollment.push_due_at {
                // The phone called meanwhile, and nothing waits.
                None => None,
                Some(due) if Some(due) == sent.due_at => Some(next_push(sent.at, after.push.tries)),
                // Something was requested meanwhile, which the phone may not have been offered.
                Some(due) => Some(due.max(sent.at.plus_seconds(PUSH_PAUSE_S))),
            };
        }
        PushOutcome::Later(at) => after.push_due_at = Some(at),
        PushOutcome::Refused(trouble) => {
            after.push_due_at = None;
            if device.push_trouble.is_none_or(|(_, known)| known != trouble) {
                draft.edit_device(device.id, |device| device.push_trouble = Some((now, trouble)));
                draft.device_event(&device, EventKind::PushRefused { trouble });
            }
        }
    }
    draft.change.apple_enrollments.push(after);
    Ok(draft.into_device_change())
}

/// Plans a push to a phone that was not heard for some time: phones do not report by themselves.
///
/// # Errors
/// The device was deleted.
pub fn request_ping(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    context: &Context,
) -> Result<Change, Refusal> {
    let draft = Draft::new(aggregate, context);
    let device = draft.current.device(enrollment.device_id).ok_or(Refusal::NoSuchDevice)?;
    let mut change = Change::default();
    // A phone that cannot be reached would be tried for ever.
    if device.state.is_in_use() && device.push_trouble.is_none() {
        let mut after = enrollment.clone();
        plan_push(&mut after, context.now);
        change.apple_enrollments.push(after);
    }
    Ok(change)
}
