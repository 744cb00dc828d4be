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

/// Records that the link was fetched by a user agent named `by`. The state stays the same. `has_push_certificate`: whether
/// iPhones and iPads can be enrolled.
///
/// # Errors
/// The invitation is not the active one.
pub fn record_fetch(
    aggregate: &PersonAggregate,
    id: InvitationId,
    by: &str,
    has_push_certificate: bool,
    context: &Context,
) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    let now = draft.now();
    let has_changed = note_wait(&mut draft, has_push_certificate);
    let Some(invitation) = draft.current.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    if invitation.fetched_at.is_some_and(|at| now.seconds_since(at) < FETCH_PAUSE_S) {
        return Ok(if has_changed { draft.into_change() } else { Change::default() });
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

/// Records the person's choice on the landing page (the Accept button). `has_push_certificate`: whether iPhones and iPads
/// can be enrolled.
///
/// # Errors
/// The invitation is not the active one.
pub fn accept(
    aggregate: &PersonAggregate,
    id: InvitationId,
    ownership: Ownership,
    platform: Platform,
    has_push_certificate: bool,
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
    note_wait(&mut draft, has_push_certificate);
    Ok(draft.into_change())
}

/// Ends the wait of a person who chose an iPhone or iPad before there was a push certificate.
///
/// # Errors
/// The invitation is not the active one.
pub fn end_wait(aggregate: &PersonAggregate, id: InvitationId, context: &Context) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    Ok(if note_wait(&mut draft, true) { draft.into_change() } else { Change::default() })
}

/// Notes whether the person waits for a push certificate; false when that was known.
fn note_wait(draft: &mut Draft<'_>, has_push_certificate: bool) -> bool {
    let now = draft.now();
    let Some(invitation) = draft.current.invitation.as_mut() else { return false };
    let waits = !has_push_certificate && invitation.acceptance.is_some_and(|chosen| chosen.platform.is_apple());
    if waits == invitation.waits_for_push_certificate.is_some() {
        return false;
    }
    invitation.waits_for_push_certificate = waits.then_some(now);
    true
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
