//! The landing page: fetched, opened, accepted. A bare fetch changes no state, because mail scanners fetch every link.

use super::{Context, Refusal, draft::Draft};
use crate::{
    aggregate::PersonAggregate,
    device::{Ownership, Platform},
    invitation::{Acceptance, InvitationState, OpenSignal},
    journal::{EventKind, change::Change},
    types::{ids::InvitationId, text::clean_text},
};

/// Fetches within this time make one entry on the timeline, in seconds: scanners fetch a link a dozen times.
const FETCH_PAUSE_S: i64 = 60;

/// Records that the link was fetched by a user agent named `by`. The state stays the same.
///
/// # Errors
/// The invitation is not the active one.
pub fn record_fetch(
    aggregate: &PersonAggregate,
    id: InvitationId,
    by: &str,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    let now = draft.now();
    let Some(invitation) = draft.current.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    if invitation.fetched_at.is_some_and(|at| now.seconds_since(at) < FETCH_PAUSE_S) {
        return Ok(Change::default());
    }
    invitation.fetched_at = Some(now);
    draft.invitation_event(id, EventKind::InvitationFetched { by: clean_text(by, 120) });
    Ok(draft.into_change())
}

/// Records that an admin viewed the credentials: the journal shows who could have enrolled a device with them.
///
/// # Errors
/// The invitation is not the active one.
pub fn record_credentials_shown(
    aggregate: &PersonAggregate,
    id: InvitationId,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    draft.invitation_event(id, EventKind::CredentialsShown);
    Ok(draft.into_change())
}

/// Records that a person opened the invitation.
///
/// # Errors
/// The invitation is not the active one.
pub fn open(
    aggregate: &PersonAggregate,
    id: InvitationId,
    signal: OpenSignal,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    if !mark_opened(&mut draft, signal) {
        return Ok(Change::default());
    }
    Ok(draft.into_change())
}

/// Records the person's choice on the landing page (the Accept button).
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
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    mark_opened(&mut draft, OpenSignal::Accepted);
    let chosen = Acceptance { at: draft.now(), ownership, platform };
    let Some(invitation) = draft.current.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    // The same choice again makes no second entry.
    let known = invitation.acceptance.replace(chosen);
    if known.is_none_or(|k| (k.ownership, k.platform) != (ownership, platform)) {
        draft.invitation_event(id, EventKind::InvitationAccepted { ownership, platform });
    }
    Ok(draft.into_change())
}

/// Moves the active invitation to `opened`; false when it was opened before.
pub(super) fn mark_opened(draft: &mut Draft<'_>, signal: OpenSignal) -> bool {
    let now = draft.now();
    let Some(invitation) = draft.current.invitation.as_mut() else { return false };
    if invitation.opened_at.is_some() {
        return false;
    }
    invitation.opened_at = Some(now);
    invitation.advance(InvitationState::Opened);
    let id = invitation.id;
    draft.invitation_event(id, EventKind::InvitationOpened { signal });
    true
}

/// A draft for a decision about invitation `id`, if that is active and has not expired.
pub(super) fn draft_for_invitation<'a>(
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
