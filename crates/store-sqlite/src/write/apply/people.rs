//! People and their invitations.

use super::versioned::{expect_one_row, version_column};
use crate::{fault::fault, rows::to_doc};
use domain::{
    Timestamp,
    invitation::Invitation,
    journal::change::{Change, SealedCredentials},
    person::{Person, search_text},
};
use sqlx::SqliteConnection;
use store::{StoreError, StoreResult};

/// Writes people and invitations.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for person in &change.people {
        write_person(db, person).await?;
    }
    for invitation in &change.invitations {
        let sealed = change.credentials.iter().find(|(id, _)| *id == invitation.id).map(|(_, sealed)| sealed);
        write_invitation(db, invitation, sealed).await?;
    }
    Ok(())
}

async fn write_person(db: &mut SqliteConnection, person: &Person) -> StoreResult<()> {
    let name_key = person.name.as_str().to_lowercase();
    let search = search_text(person.name.as_str(), person.email.as_str());
    let query = if person.version == 0 {
        sqlx::query(
            "insert into people (name, name_key, email, locale, search, created_at, reminded_at, id, version) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update people set name = ?, name_key = ?, email = ?, locale = ?, search = ?, created_at = ?, reminded_at = ?, \
             version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(person.name.as_str())
        .bind(name_key)
        .bind(person.email.as_str())
        .bind(person.locale.as_str())
        .bind(search)
        .bind(person.created_at.as_millis())
        .bind(person.reminded_at.map(Timestamp::as_millis))
        .bind(person.id.0)
        .bind(version_column(person.version))
        .execute(db)
        .await
        .map_err(fault)?;
    expect_one_row(&done)
}

async fn write_invitation(
    db: &mut SqliteConnection,
    invitation: &Invitation,
    sealed: Option<&SealedCredentials>,
) -> StoreResult<()> {
    let doc = to_doc(invitation)?;
    let query = match (invitation.version, sealed) {
        (0, Some(sealed)) => sqlx::query(
            "insert into invitations (token_hash, pin_hash, token_sealed, pin_sealed, person_id, is_active, state, \
             created_at, expires_at, doc, id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
        .bind(&sealed.token_hash.0[..])
        .bind(&sealed.pin_hash.0[..])
        .bind(&sealed.token[..])
        .bind(&sealed.pin[..]),
        (0, None) => return Err(StoreError::Damaged("a new invitation without credentials".to_owned())),
        _ => sqlx::query(
            "update invitations set person_id = ?, is_active = ?, state = ?, created_at = ?, expires_at = ?, doc = ?, \
             version = version + 1 where id = ? and version = ?",
        ),
    };
    let done = query
        .bind(invitation.person_id.0)
        .bind(invitation.state.is_active())
        .bind(invitation.state.as_str())
        .bind(invitation.created_at.as_millis())
        .bind(invitation.expires_at.map(Timestamp::as_millis))
        .bind(doc)
        .bind(invitation.id.0)
        .bind(version_column(invitation.version))
        .execute(db)
        .await
        .map_err(fault)?;
    expect_one_row(&done)
}
