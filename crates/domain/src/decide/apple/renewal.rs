//! Renewing the certificates of phones: long before they expire, and again and again until it is done.

use crate::{
    Timestamp,
    actor::Actor,
    aggregate::PersonAggregate,
    apple::{AppleEnrollment, EnrollmentState, IdentityRenewal},
    decide::{Context, Refusal, draft::Draft, request::add_command},
    device::command::{Command, CommandKind},
    journal::change::Change,
    slot::attention::CERTIFICATE_WARNING_S,
    types::ids::IdGenerator,
};

/// How long before its end a certificate is renewed, in seconds: half a year, of two.
pub const RENEW_BEFORE_S: i64 = 180 * 24 * 3600;
/// Pause between two requests, in seconds: a week, and a day once the end is near.
const PAUSE_S: (i64, i64) = (7 * 24 * 3600, 24 * 3600);

/// Asks a phone to renew its certificate, if that is due. An empty change when it is not, or when the phone was asked and has
/// not answered.
///
/// # Errors
/// The device was deleted.
pub fn renew_identity(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    open: &[Command],
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(enrollment.device_id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let is_asked =
        open.iter().any(|command| matches!(command.kind, CommandKind::Renew {}) && !command.state.is_final());
    let is_managed = enrollment.state == EnrollmentState::Enrolled && device.state.is_in_use();
    if !is_managed || is_asked || !is_due(enrollment, context.now) {
        return Ok(Change::default());
    }
    let tries = enrollment.renewal.map_or(0, |renewal| renewal.tries).saturating_add(1);
    let renewal = Some(IdentityRenewal { requested_at: context.now, tries });
    draft.change.apple_enrollments.push(AppleEnrollment { renewal, ..enrollment.clone() });
    add_command(&mut draft, &device, CommandKind::Renew {}, Actor::System, ids);
    // Whoever deletes or unenrolls the device at this moment has not seen this command.
    draft.claim_device(device.id);
    Ok(draft.into_device_change())
}

fn is_due(enrollment: &AppleEnrollment, now: Timestamp) -> bool {
    let left_s = enrollment.cert_not_after.seconds_since(now);
    let pause_s = if left_s > CERTIFICATE_WARNING_S { PAUSE_S.0 } else { PAUSE_S.1 };
    let is_rested = |renewal: IdentityRenewal| now.seconds_since(renewal.requested_at) >= pause_s;
    left_s < RENEW_BEFORE_S && enrollment.renewal.is_none_or(is_rested)
}
