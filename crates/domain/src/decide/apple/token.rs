//! A phone says how it is reached (`TokenUpdate`): first at the end of its enrollment, and then whenever that changes.

use super::{identity::take_identity, push::plan_push};
use crate::{
    actor::Actor,
    aggregate::PersonAggregate,
    apple::{AppleEnrollment, EnrollmentState, Identity, IdentityChange, Revocation, RevokedBy, Sealed, SealedAddress},
    decide::{
        Context, Refusal,
        draft::Draft,
        report::{append_progress_event, draft_for_contact, update_state},
        request::add_command,
    },
    device::{
        Device, DeviceState, EnrollmentStep,
        command::{Command, CommandKind},
    },
    journal::{EventKind, change::Change},
    types::ids::IdGenerator,
};

/// How a phone is reached.
#[derive(Clone, Debug)]
pub struct PhoneAddress {
    /// The certificate that it signs with.
    pub identity: Identity,
    /// The topic that it listens for.
    pub topic: String,
    /// How it is reached; `None` when that is stored already.
    pub address: Option<SealedAddress>,
    /// What clears its passcode. A later message without one takes nothing back.
    pub unlock_token: Option<Sealed>,
}

/// Records how a phone is reached. The first time its enrollment goes on, and it is asked for its technical information.
///
/// # Errors
/// The device is unenrolled or was deleted.
pub fn token_update(
    aggregate: &PersonAggregate,
    enrollment: &AppleEnrollment,
    update: &PhoneAddress,
    open: &[Command],
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    let (mut draft, device) = draft_for_contact(aggregate, enrollment.device_id, context)?;
    let mut after = enrollment.clone();
    let open = take_identity(&mut draft, &device, &mut after, &update.identity, open);
    after.topic.clone_from(&update.topic);
    if let Some(address) = &update.address {
        after.address = Some(address.clone());
    }
    if let Some(token) = &update.unlock_token {
        after.unlock_token = Some(token.clone());
    }
    if device.push_trouble.is_some() {
        draft.edit_device(device.id, |device| device.push_trouble = None);
        draft.device_event(&device, EventKind::PushRestored);
    }
    // One that erases itself goes nowhere.
    if enrollment.state == EnrollmentState::Authenticated && device.state.is_in_use() {
        finish_arrival(&mut draft, &device, &mut after, update, ids);
    } else if !open.is_empty() {
        plan_push(&mut after, draft.now());
    }
    if after != *enrollment {
        draft.change.apple_enrollments.push(after);
    }
    Ok(draft.into_device_change())
}

fn finish_arrival(
    draft: &mut Draft<'_>,
    before: &Device,
    enrollment: &mut AppleEnrollment,
    update: &PhoneAddress,
    ids: &mut dyn IdGenerator,
) {
    let now = draft.now();
    enrollment.state = EnrollmentState::Enrolled;
    enrollment.enrolled_at = Some(now);
    let (challenge_id, keep) = (update.identity.challenge_id, update.identity.cert_hash);
    let revocation = Revocation { at: now, by: RevokedBy::Superseded };
    draft.change.apple_identities.extend([
        IdentityChange::Spend { challenge_id, keep, at: now },
        // Those of an enrollment before this one.
        IdentityChange::Revoke { device_id: before.id, keep, revocation },
    ]);
    // The row moves on.
    draft.edit_device(before.id, |device| {
        if matches!(device.state, DeviceState::Pending | DeviceState::Enrolling) {
            device.progress.step = EnrollmentStep::Admin;
        }
    });
    append_progress_event(draft, before);
    update_state(draft, before.id);
    // Nobody has to ask for the first information.
    draft.on_behalf_of(Actor::System, |draft| {
        if let Some(device) = draft.current.device(before.id).cloned() {
            add_command(draft, &device, CommandKind::Inventory {}, Actor::System, ids);
        }
    });
    // The enrollment of this change is written before the pushes that it plans.
    plan_push(enrollment, now);
}
