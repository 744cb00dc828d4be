//! What happens on the landing page. A bare fetch changes no state: mail scanners fetch every link.

use super::{Context, Refusal, draft::Draft};
use crate::{
    aggregate::PersonAggregate,
    device::{Ownership, Platform},
    invitation::{Acceptance, InvitationState, OpenSignal},
    journal::{EventKind, change::Change},
    types::{ids::InvitationId, text::clean_text},
};

/// Fetches within this many seconds make one entry on the timeline: a scanner's dozen is told once.
const FETCH_PAUSE_S: i64 = 60;

/// Notes that the link was fetched by something that calls itself `by`. The state stays what it was.
///
/// # Errors
/// The invitation is not the active one.
pub fn record_fetch(
    aggregate: &PersonAggregate,
    id: InvitationId,
    by: &str,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = active(aggregate, id, context)?;
    let now = draft.now();
    let Some(invitation) = draft.after.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    if invitation.fetched_at.is_some_and(|at| now.seconds_since(at) < FETCH_PAUSE_S) {
        return Ok(Change::default());
    }
    invitation.fetched_at = Some(now);
    draft.invitation_event(id, EventKind::InvitationFetched { by: clean_text(by, 120) });
    Ok(draft.finish())
}

/// Notes that an admin looked at the credentials: whoever can enroll devices should be known afterwards.
///
/// # Errors
/// The invitation is not the active one.
pub fn record_credentials_shown(
    aggregate: &PersonAggregate,
    id: InvitationId,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = active(aggregate, id, context)?;
    draft.invitation_event(id, EventKind::CredentialsShown);
    Ok(draft.finish())
}

/// Notes a sign of a person.
///
/// # Errors
/// The invitation is not the active one.
pub fn open(
    aggregate: &PersonAggregate,
    id: InvitationId,
    signal: OpenSignal,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = active(aggregate, id, context)?;
    if !mark_opened(&mut draft, signal) {
        return Ok(Change::default());
    }
    Ok(draft.finish())
}

/// Notes what the person chose with the Accept button.
///
/// # Errors
/// The invitation is not the active one.
pub fn accept(
    aggregate: &PersonAggregate,
    id: InvitationId,
    ownership: Ownership,
    platform: Platform,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = active(aggregate, id, context)?;
    mark_opened(&mut draft, OpenSignal::Accepted);
    let chosen = Acceptance { at: draft.now(), ownership, platform };
    let Some(invitation) = draft.after.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    let known = invitation.acceptance.replace(chosen);
    if known.is_none_or(|k| (k.ownership, k.platform) != (ownership, platform)) {
        draft.invitation_event(id, EventKind::InvitationAccepted { ownership, platform });
    }
    Ok(draft.finish())
}

/// Moves the active invitation to `opened`; false when it was there already.
pub(super) fn mark_opened(draft: &mut Draft<'_>, signal: OpenSignal) -> bool {
    let now = draft.now();
    let Some(invitation) = draft.after.invitation.as_mut() else { return false };
    if invitation.opened_at.is_some() {
        return false;
    }
    invitation.opened_at = Some(now);
    invitation.advance(InvitationState::Opened);
    let id = invitation.id;
    draft.invitation_event(id, EventKind::InvitationOpened { signal });
    true
}

/// A draft about the active invitation `id`.
pub(super) fn active<'a>(
    aggregate: &'a PersonAggregate,
    id: InvitationId,
    context: &'a Context,
) -> Result<Draft<'a>, Refusal> {
    let invitation = aggregate.invitation.as_ref().filter(|i| i.id == id).ok_or(Refusal::NoActiveInvitation)?;
    match invitation.refusal(context.now) {
        Some(reason) => Err(Refusal::InvitationInactive(reason)),
        None => Ok(Draft::new(aggregate, context)),
    }
}
