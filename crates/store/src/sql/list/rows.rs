//! The columns and tables of the lists, and the conversion of their rows. A row whose document is damaged is shown with what
//! its columns say.

use crate::{
    StoreResult,
    sql::{
        damaged::unless_damaged,
        database::{Row, get},
        documents::from_doc,
        records,
    },
};
use domain::{
    invitation::{DeactivationReason, Delivery, Invitation, InvitationState},
    slot::{SlotRow, SlotStatus},
    types::ids::{InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow},
};
use uuid::Uuid;

/// What is read of a slot.
pub const SLOT_COLUMNS: &str = "slot_docs.row_doc, contacts.at as last_contact_at, slots.id, slots.person_id, \
    slots.invitation_id, slots.status, slots.name_key, slots.created_at";
/// Where from.
pub const SLOT_TABLES: &str = "slots left join slot_docs on slot_docs.slot_key = slots.key \
    left join contacts on contacts.slot_key = slots.key";
/// What is read of an invitation.
pub const INVITATION_COLUMNS: &str = "i.doc, i.version, i.id, i.person_id, i.state, i.created_at, i.expires_at, \
    p.name, p.email, \
    (select count(*) from devices d where d.invitation_id = i.id and d.deleted_at is null \
    and d.state <> 'replaced') as devices";
/// Where from.
pub const INVITATION_TABLES: &str = "invitations i join people p on p.id = i.person_id";
/// What is read of a person.
pub const PERSON_COLUMNS: &str = "p.id, p.name, p.email, p.locale, p.created_at, i.id as invitation_id, i.state, \
    (select count(*) from devices d where d.person_id = p.id and d.deleted_at is null and d.state <> 'replaced') as devices";
/// Where from.
pub const PERSON_TABLES: &str = "people p left join invitations i on i.person_id = p.id and i.is_active = 1";

/// A row of the Mobile devices view.
pub fn slot_row(row: &Row) -> StoreResult<SlotRow> {
    match unless_damaged("slots", row, whole_slot_row)? {
        Some(row) => Ok(row),
        None => damaged_slot_row(row),
    }
}

fn whole_slot_row(row: &Row) -> StoreResult<SlotRow> {
    let mut slot: SlotRow = from_doc(get(row, "row_doc")?)?;
    if let Some(device) = &mut slot.device {
        device.last_contact_at = records::time(row, "last_contact_at")?;
    }
    Ok(slot)
}

fn damaged_slot_row(row: &Row) -> StoreResult<SlotRow> {
    let created_at = records::time(row, "created_at")?;
    Ok(SlotRow {
        id: SlotId(get(row, "id")?),
        person_id: PersonId(get(row, "person_id")?),
        person_name: get(row, "name_key")?,
        email: String::new(),
        invitation_id: InvitationId(get(row, "invitation_id")?),
        invitation_active: false,
        delivery: Delivery::None,
        status: records::parse(get(row, "status")?).unwrap_or(SlotStatus::Created),
        status_since: created_at,
        created_at,
        device: None,
        reminded: None,
        is_damaged: true,
        turned_away_at: None,
        waits_for_push_certificate: None,
    })
}

/// A row of the Invitations view.
pub fn invitation_row(row: &Row) -> StoreResult<InvitationRow> {
    let invitation = unless_damaged("invitations", row, records::invitation)?;
    Ok(InvitationRow {
        is_damaged: invitation.is_none(),
        invitation: invitation.map_or_else(|| damaged_invitation(row), Ok)?,
        person_name: get(row, "name")?,
        email: get(row, "email")?,
        devices: records::count(row, "devices")?,
    })
}

fn damaged_invitation(row: &Row) -> StoreResult<Invitation> {
    let (id, person, created_at) = (get(row, "id")?, get(row, "person_id")?, records::time(row, "created_at")?);
    let expires_at = records::optional_time(row, "expires_at")?;
    let at = created_at;
    let state =
        state(get(row, "state")?).unwrap_or(InvitationState::Deactivated { reason: DeactivationReason::Manual, at });
    Ok(Invitation { state, ..Invitation::new(InvitationId(id), PersonId(person), expires_at, created_at) })
}

/// The state that a word in a column stands for, when the invitation is active.
fn state(word: &str) -> Option<InvitationState> {
    match word {
        "created" => Some(InvitationState::Created),
        "queued" => Some(InvitationState::Queued),
        "sent" => Some(InvitationState::Sent),
        "opened" => Some(InvitationState::Opened),
        _ => None,
    }
}

/// A row of the People view.
pub fn person_row(row: &Row) -> StoreResult<PersonRow> {
    let invitation: Option<Uuid> = get(row, "invitation_id")?;
    Ok(PersonRow {
        id: PersonId(get(row, "id")?),
        name: get(row, "name")?,
        email: get(row, "email")?,
        locale: get(row, "locale")?,
        created_at: records::time(row, "created_at")?,
        invitation_state: get::<Option<&str>>(row, "state")?.and_then(state),
        invitation: invitation.map(InvitationId),
        devices: records::count(row, "devices")?,
    })
}
