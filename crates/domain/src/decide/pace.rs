//! The pace of an invitation: how many devices it enrolls in an hour. A link that got into the wrong hands must not enroll
//! without end, and one link for two hundred tablets is a rightful use: an admin is told, and lifts the limit.

use super::{Context, Refusal, draft::Draft, enroll::Enrollment, open::draft_for_invitation};
use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    device::DeviceState,
    invitation::TurnedAway,
    journal::{EventKind, change::Change},
    slot::Slot,
    types::ids::{InvitationId, SlotId},
};

/// The time in which devices are counted, in seconds.
pub const PACE_WINDOW_S: i64 = 3600;
/// Once devices enroll again, the row stops saying that some were turned away after this time, in seconds: a day.
const TOLD_FOR_S: i64 = 24 * 3600;

/// Turns a new device away when its invitation has enrolled `per_hour` devices within the last hour. Returns from when on
/// one may enroll again, and the change that tells the admins; that is empty when they were told within the hour. `None`
/// when the device may enroll: a known one always may, since its answer may have been lost.
pub fn turn_away(
    aggregate: &PersonAggregate,
    enrollment: &Enrollment,
    per_hour: u32,
    context: &Context,
) -> Option<(Timestamp, Change)> {
    let id = enrollment.invitation_id;
    let mut draft = draft_for_invitation(aggregate, id, context).ok()?;
    let invitation = aggregate.invitation.as_ref()?;
    let is_known = enrollment.known_device.is_some_and(|known| aggregate.device(known).is_some());
    if is_known || invitation.pace_lifted_at.is_some() {
        return None;
    }
    let until = full_until(aggregate, id, per_hour, context.now)?;
    let is_told = invitation.turned_away.is_some_and(|told| context.now.seconds_since(told.at) < PACE_WINDOW_S);
    if is_told {
        return Some((until, Change::default()));
    }
    let slot_id = telling_slot(aggregate, id)?;
    if let Some(invitation) = draft.current.invitation.as_mut() {
        invitation.turned_away = Some(TurnedAway { at: context.now, slot_id });
    }
    draft.invitation_event(id, EventKind::DevicesTurnedAway { per_hour });
    Some((until, draft.into_change()))
}

/// From when on fewer than `per_hour` devices of the last hour count; `None` when that is so now.
fn full_until(aggregate: &PersonAggregate, id: InvitationId, per_hour: u32, now: Timestamp) -> Option<Timestamp> {
    let ends = aggregate.devices.iter().filter(|device| device.invitation_id == id);
    let mut ends: Vec<_> = ends.map(|device| device.created_at.plus_seconds(PACE_WINDOW_S)).collect();
    ends.retain(|end| *end > now);
    ends.sort_unstable();
    let place = ends.len().checked_sub(per_hour as usize)?;
    ends.get(place).or(ends.last()).copied()
}

/// The row that tells: the invitation's oldest, but none of a device that was replaced, which lists leave out.
fn telling_slot(aggregate: &PersonAggregate, id: InvitationId) -> Option<SlotId> {
    let is_replaced = |slot: &Slot| {
        let device = slot.device_id.and_then(|device| aggregate.device(device));
        device.is_some_and(|device| device.state == DeviceState::Replaced)
    };
    let slots = aggregate.slots.iter().filter(|slot| slot.invitation_id == id);
    slots.min_by_key(|slot| (is_replaced(slot), slot.created_at, slot.id)).map(|slot| slot.id)
}

/// Forgets that devices were turned away long ago, when one enrolls.
pub(super) fn forget_turned_away(draft: &mut Draft<'_>) {
    let now = draft.now();
    if let Some(invitation) = draft.current.invitation.as_mut() {
        invitation.turned_away.take_if(|told| now.seconds_since(told.at) >= TOLD_FOR_S);
    }
}

/// Lets an invitation enroll any number of devices at once, as long as it is active. Idempotent.
///
/// # Errors
/// The invitation is not the active one.
pub fn lift_pace(aggregate: &PersonAggregate, id: InvitationId, context: &Context) -> Result<Change, Refusal> {
    let mut draft = draft_for_invitation(aggregate, id, context)?;
    let now = draft.now();
    let Some(invitation) = draft.current.invitation.as_mut() else { return Err(Refusal::NoActiveInvitation) };
    if invitation.pace_lifted_at.is_some() {
        return Ok(Change::default());
    }
    invitation.pace_lifted_at = Some(now);
    invitation.turned_away = None;
    draft.invitation_event(id, EventKind::PaceLifted);
    Ok(draft.into_change())
}
