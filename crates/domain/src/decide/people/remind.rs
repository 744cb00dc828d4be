//! Reminders: the mail that an admin would send by hand for a row that stays stuck.

use crate::{
    aggregate::PersonAggregate,
    decide::{
        Context, Refusal,
        draft::Draft,
        invite::{check_resend, queue_mail},
        renew,
    },
    journal::{EventKind, change::Change},
    mail::MailKind,
    slot::reminder::{REMINDER_PAUSE_S, ReminderPolicy, due},
    types::{
        hearing::Hearing,
        ids::{IdGenerator, SlotId},
    },
};

/// Reminds the person of a row if a reminder is due by `policy`; an empty change otherwise. Nobody is reminded once
/// their invitation is deactivated.
///
/// # Errors
/// A mail is on its way or was sent a moment ago, or the invitation has expired.
pub fn remind(
    aggregate: &PersonAggregate,
    id: SlotId,
    policy: &ReminderPolicy,
    hearing: &Hearing,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<Change, Refusal> {
    let row = aggregate.slots.iter().find(|slot| slot.id == id).and_then(|slot| aggregate.row(slot));
    let Some((row, reminded)) = row.and_then(|row| due(&row, policy, hearing, context.now).map(|due| (row, due)))
    else {
        return Ok(Change::default());
    };
    if aggregate.invitation.is_none() || was_just_reminded(aggregate, context) {
        return Ok(Change::default());
    }
    // The same mail that an admin would send: a renewal for a device item, the invitation for an invitation item.
    let mut draft = Draft::new(aggregate, context);
    if let Some(device) = &row.device {
        renew::check_renewable(&draft, device.id)?;
        renew::request_renewal(&mut draft, device.id, ids);
    } else {
        check_resend(aggregate, context)?;
        queue_mail(&mut draft, MailKind::Invitation, None, ids);
    }
    draft.current.person.reminded_at = Some(context.now);
    if let Some(slot) = draft.edit_slot(id, |slot| slot.reminded = Some(reminded)) {
        draft.slot_event(&slot, EventKind::PersonReminded { cause: reminded.cause, number: reminded.times });
    }
    Ok(draft.into_change())
}

/// Nobody gets two reminders a day. The person has the time, not the row: there may be several rows, and some may have
/// been deleted since.
fn was_just_reminded(aggregate: &PersonAggregate, context: &Context) -> bool {
    aggregate.person.reminded_at.is_some_and(|at| context.now.seconds_since(at) < REMINDER_PAUSE_S)
}
