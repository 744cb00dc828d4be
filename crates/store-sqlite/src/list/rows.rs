//! The columns and tables of the lists, and the conversion of their rows.

use crate::rows::{self, get};
use domain::{
    invitation::Invitation,
    slot::SlotRow,
    types::ids::PersonId,
    views::{InvitationRow, PersonRow},
};
use sqlx::sqlite::SqliteRow;
use store::StoreResult;

pub(crate) const INVITATION_COLUMNS: &str = "i.doc, i.version, p.name, p.email, \
    (select count(*) from devices d where d.invitation_id = i.id and d.deleted_at is null) as devices";
pub(crate) const INVITATION_TABLES: &str = "invitations i join people p on p.id = i.person_id";
pub(crate) const PERSON_COLUMNS: &str = "p.id, p.name, p.email, p.locale, p.created_at, i.doc, i.version, \
    (select count(*) from devices d where d.person_id = p.id and d.deleted_at is null) as devices";
pub(crate) const PERSON_TABLES: &str = "people p left join invitations i on i.person_id = p.id and i.is_active = 1";

pub(crate) fn slot_row(row: &SqliteRow) -> StoreResult<SlotRow> {
    rows::from_doc(get(row, "row_doc")?)
}

pub(crate) fn invitation_row(row: &SqliteRow) -> StoreResult<InvitationRow> {
    Ok(InvitationRow {
        invitation: rows::invitation(row)?,
        person_name: get(row, "name")?,
        email: get(row, "email")?,
        devices: rows::count(row, "devices")?,
    })
}

pub(crate) fn person_row(row: &SqliteRow) -> StoreResult<PersonRow> {
    let doc: Option<&str> = get(row, "doc")?;
    let invitation: Option<Invitation> = doc.map(rows::from_doc).transpose()?;
    Ok(PersonRow {
        id: PersonId(get(row, "id")?),
        name: get(row, "name")?,
        email: get(row, "email")?,
        locale: get(row, "locale")?,
        created_at: rows::time(row, "created_at")?,
        invitation_state: invitation.as_ref().map(|i| i.state),
        invitation: invitation.map(|i| i.id),
        devices: rows::count(row, "devices")?,
    })
}
