//! A phone signs with another certificate than before: it renewed its own, or its person installed the profile again.

use crate::{
    aggregate::PersonAggregate,
    apple::{AppleEnrollment, Identity, IdentityChange, Revocation, RevokedBy},
    decide::{Context, Refusal, command::complete, draft::Draft, report::draft_for_contact},
    device::{
        Device,
        command::{Command, CommandKind},
    },
    journal::{EventKind, change::Change},
};

/// Calls of another phone with the same certificate within this time make one entry on the timeline, in seconds.
const MISUSE_PAUSE_S: i64 = 24 * 3600;

/// Records that a phone checked in with its renewed certificate (`Authenticate`), and nothing else: the rest of the
/// enrollment goes on.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn record_renewed_identity(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    identity: &Identity,
    open: &[Command],
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, device) = draft_for_contact(aggregate, enrollment.device_id, context)?;
    let mut after = enrollment.clone();
    take_identity(&mut draft, &device, &mut after, identity, open);
    if after != *enrollment {
        draft.change.apple_enrollments.push(after);
    }
    Ok(draft.into_device_change())
}

/// The certificate that the phone signs with is its own from now on, and the only one. Returns the commands that are still
/// open: a renewal is done when the new certificate is seen.
pub(super) fn take_identity(
    draft: &mut Draft<'_>,
    device: &Device,
    enrollment: &mut AppleEnrollment,
    identity: &Identity,
    open: &[Command],
) -> Vec<Command> {
    if enrollment.cert_hash == identity.cert_hash {
        return open.to_vec();
    }
    let (cert, device_id, at) = (identity.cert_hash, device.id, draft.now());
    let revocation = Revocation { at, by: RevokedBy::Superseded };
    draft.change.apple_identities.extend([
        IdentityChange::Bind { cert, device_id, at },
        IdentityChange::Revoke { device_id, keep: cert, revocation },
        IdentityChange::Spend { challenge_id: identity.challenge_id, keep: cert, at },
    ]);
    draft.device_event(device, EventKind::CertificateRenewed);
    enrollment.cert_hash = cert;
    enrollment.cert_not_after = identity.not_after;
    // Rights never grow, whatever the profile was made with.
    enrollment.rights &= identity.rights;
    enrollment.renewal = None;
    draft.edit_device(device_id, |device| {
        device.certificate_until = Some(identity.not_after);
        if let Some(renewal) = device.renewal.as_mut() {
            renewal.answered_at.get_or_insert(at);
        }
    });
    let (renewals, others): (Vec<Command>, Vec<Command>) =
        open.iter().cloned().partition(|command| matches!(command.kind, CommandKind::Renew {}));
    for renewal in renewals.iter().filter(|command| !command.state.is_final()) {
        complete(draft, device, renewal);
    }
    others
}

/// Another phone signed with the certificate of `enrollment`, and was refused. The timeline says so once in a while: that
/// phone may try every minute.
///
/// # Errors
/// The device was deleted.
pub fn record_misuse(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let device = draft.current.device(enrollment.device_id).cloned().ok_or(Refusal::NoSuchDevice)?;
    let now = draft.now();
    if enrollment.misused_at.is_some_and(|at| now.seconds_since(at) < MISUSE_PAUSE_S) {
        return Ok(Change::default());
    }
    draft.device_event(&device, EventKind::CertificateMisused);
    draft.change.apple_enrollments.push(AppleEnrollment { misused_at: Some(now), ..enrollment.clone() });
    Ok(draft.into_device_change())
}
