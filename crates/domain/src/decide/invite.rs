//! Invitations: making, resending and deactivating them.

use super::{Context, InvalidRequest, RESEND_PAUSE_S, Refusal, draft::Draft, enroll::rebind_device};
use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    invitation::{DeactivationReason, Delivery, Invitation, InvitationState, job::JUST_INVITED_S},
    journal::{
        EventKind,
        change::{Change, SealedCredentials},
    },
    mail::{Mail, MailKind, MailState},
    types::ids::{DeviceId, IdGenerator, InvitationId, MailId, SlotId},
};

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InviteOptions {
    /// Whether to send a mail.
    pub send: bool,
    /// When the invitation expires; `None`: never.
    pub expires_at: Option<Timestamp>,
}

/// Makes a new active invitation. One that was active is replaced in the same change: it enrolls nothing from then on,
/// and its item, if it has one, passes to the new invitation.
///
/// # Errors
/// [`Refusal::Invalid`] when the expiry is not in the future.
pub fn invite(
    aggregate: &PersonAggregate,
    options: InviteOptions,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    if options.expires_at.is_some_and(|end| end <= context.now) {
        return Err(InvalidRequest::ExpiryPast.into());
    }
    let mut draft = Draft::new(aggregate, context);
    let old = draft.current.invitation.take();
    let id = create_invitation(&mut draft, options.expires_at, sealed, ids);
    // While no device has connected, the row stays: the item passes from the old invitation to the new one.
    let item = old.as_ref().and_then(|old| draft.current.item_slot(old.id)).map(|s| s.id);
    // The old invitation ends in the same change, so that there is never more than one active.
    if let Some(old) = old {
        end_invitation(&mut draft, old, DeactivationReason::Replaced, item.map(|slot| (slot, id)));
    }
    if item.is_none() {
        draft.open_slot(SlotId(ids.new_uuid()), id);
    }
    if options.send {
        queue_mail(&mut draft, MailKind::Invitation, None, ids);
    }
    Ok(draft.into_change())
}

/// Gives the person a new invitation in place of the active one, and mails it. Unlike with [`invite`], the devices of the old
/// one belong to the new one from now on, so that nobody who is enrolled already gets a second row.
pub(super) fn replace_credentials(draft: &mut Draft<'_>, sealed: SealedCredentials, ids: &mut dyn IdGenerator) {
    let Some(old) = draft.current.invitation.take() else { return };
    let id = create_invitation(draft, old.expires_at, sealed, ids);
    let item = draft.current.item_slot(old.id).map(|slot| (slot.id, id));
    let devices: Vec<_> = draft.current.devices.iter().filter(|d| d.invitation_id == old.id).cloned().collect();
    end_invitation(draft, old, DeactivationReason::Replaced, item);
    for device in devices {
        rebind_device(draft, &device, id);
    }
    queue_mail(draft, MailKind::Invitation, None, ids);
}

/// Makes an invitation the active one of the working copy.
pub(super) fn create_invitation(
    draft: &mut Draft<'_>,
    expires_at: Option<Timestamp>,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
) -> InvitationId {
    let id = InvitationId(ids.new_uuid());
    let invitation = Invitation::new(id, draft.current.person.id, expires_at, draft.now());
    draft.current.invitation = Some(invitation);
    draft.change.credentials.push((id, sealed));
    draft.invitation_event(id, EventKind::InvitationCreated { expires_at });
    id
}

/// Ends an invitation. Its item passes to the `successor`, or is removed.
fn end_invitation(
    draft: &mut Draft<'_>,
    mut invitation: Invitation,
    reason: DeactivationReason,
    successor: Option<(SlotId, InvitationId)>,
) {
    let id = invitation.id;
    draft.invitation_event(id, EventKind::InvitationDeactivated { reason });
    invitation.state = InvitationState::Deactivated { reason, at: draft.now() };
    draft.retire(invitation);
    if let Some((slot_id, successor)) = successor {
        if let Some(slot) = draft.edit_slot(slot_id, |slot| slot.invitation_id = successor) {
            draft.slot_event(&slot, EventKind::SlotHandedOver { from: id });
        }
    } else if let Some(slot_id) = draft.current.item_slot(id).map(|s| s.id) {
        draft.close_slot(slot_id);
    }
}

/// Makes a new active invitation for a person who has none. An active one stays as it is.
///
/// # Errors
/// [`Refusal::AlreadyInvited`], and as [`invite`].
pub fn invite_if_none(
    aggregate: &PersonAggregate,
    options: InviteOptions,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    if aggregate.invitation.as_ref().is_some_and(|active| active.refusal(context.now).is_none()) {
        return Err(Refusal::AlreadyInvited);
    }
    invite(aggregate, options, sealed, ids, context)
}

/// Invites a person as one of many: an invitation that was made or mailed less than an hour ago stays as it is.
///
/// # Errors
/// [`Refusal::AlreadyInvited`] then, and as [`invite`].
pub fn invite_unless_recent(
    aggregate: &PersonAggregate,
    options: InviteOptions,
    sealed: SealedCredentials,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    let is_recent = |at: Timestamp| context.now.seconds_since(at) < JUST_INVITED_S;
    let active = aggregate.invitation.as_ref().filter(|active| active.refusal(context.now).is_none());
    if let Some(active) = active {
        let was_mailed =
            matches!(active.delivery, Delivery::Queued { at, .. } | Delivery::Sent { at } if is_recent(at));
        if was_mailed || is_recent(active.created_at) {
            return Err(Refusal::AlreadyInvited);
        }
    }
    invite(aggregate, options, sealed, ids, context)
}

/// Puts a mail for the active invitation into the outbox.
pub(super) fn queue_mail(
    draft: &mut Draft<'_>,
    kind: MailKind,
    device_id: Option<DeviceId>,
    ids: &mut dyn IdGenerator,
) {
    let now = draft.now();
    let mail_id = MailId(ids.new_uuid());
    let person_id = draft.current.person.id;
    let Some(invitation) = draft.current.invitation.as_mut() else { return };
    invitation.advance(InvitationState::Queued);
    invitation.delivery = Delivery::Queued { at: now, trouble: None };
    let invitation_id = invitation.id;
    draft.change.mails.push(Mail {
        id: mail_id,
        person_id,
        invitation_id,
        device_id,
        kind,
        state: MailState::Queued,
        attempts: 0,
        next_attempt_at: now,
        created_at: now,
        claimed_by: None,
        version: 0,
    });
    draft.mail_event(invitation_id, device_id, EventKind::MailQueued { mail_id, mail: kind });
}

/// Sends the active invitation's mail again, or for the first time.
///
/// # Errors
/// There is no active invitation, it has expired, or a mail is on its way or was sent a moment ago.
pub fn resend(aggregate: &PersonAggregate, ids: &mut dyn IdGenerator, context: &Context) -> Result<Change, Refusal> {
    check_resend(aggregate, context)?;
    let mut draft = Draft::new(aggregate, context);
    queue_mail(&mut draft, MailKind::Invitation, None, ids);
    Ok(draft.into_change())
}

/// Checks that the active invitation's mail may be sent again.
pub(super) fn check_resend(aggregate: &PersonAggregate, context: &Context) -> Result<(), Refusal> {
    let invitation = aggregate.invitation.as_ref().ok_or(Refusal::NoActiveInvitation)?;
    if let Some(reason) = invitation.refusal(context.now) {
        return Err(Refusal::InvitationInactive(reason));
    }
    match invitation.delivery {
        Delivery::Queued { .. } => Err(Refusal::MailAlreadyQueued),
        Delivery::Sent { at } if context.now.seconds_since(at) < RESEND_PAUSE_S => Err(Refusal::MailJustSent),
        _ => Ok(()),
    }
}

/// Deactivates the invitation: it enrolls nothing from this moment, by any credential. Devices that it enrolled stay.
///
/// # Errors
/// [`Refusal::NoActiveInvitation`] when `id` is not the active invitation.
pub fn deactivate(
    aggregate: &PersonAggregate,
    id: InvitationId,
    reason: DeactivationReason,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = Draft::new(aggregate, context);
    let invitation = draft.current.invitation.take_if(|i| i.id == id).ok_or(Refusal::NoActiveInvitation)?;
    end_invitation(&mut draft, invitation, reason, None);
    Ok(draft.into_change())
}
