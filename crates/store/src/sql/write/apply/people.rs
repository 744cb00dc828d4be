//! People and their invitations.

use super::versioned::{expect_one_row, version_column};
use crate::{
    StoreError, StoreResult,
    sql::{
        database::{Connection, query},
        documents::to_doc,
        write::person_columns::PersonColumns,
    },
};
use domain::{
    Timestamp,
    invitation::Invitation,
    journal::change::{Change, SealedCredentials},
    person::Person,
};

/// Writes people and invitations.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    for person in changes.iter().flat_map(|change| &change.people) {
        write_person(db, person).await?;
    }
    for change in changes {
        for invitation in &change.invitations {
            let sealed = change.credentials.iter().find(|(id, _)| *id == invitation.id).map(|(_, sealed)| sealed);
            write_invitation(db, invitation, sealed).await?;
        }
    }
    Ok(())
}

async fn write_person(db: &mut dyn Connection, person: &Person) -> StoreResult<()> {
    let PersonColumns { name_key, search } = PersonColumns::of(person.name.as_str(), person.email.as_str());
    let statement = if person.version == 0 {
        query(
            "insert into people (name, name_key, email, locale, search, created_at, reminded_at, id, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)",
        )
    } else {
        query(
            "update people set name = $1, name_key = $2, email = $3, locale = $4, search = $5, created_at = $6, reminded_at = $7, \
             version = version + 1 where id = $8 and version = $9",
        )
    };
    let done = statement
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
        .await?;
    expect_one_row(done)
}

async fn write_invitation(
    db: &mut dyn Connection,
    invitation: &Invitation,
    sealed: Option<&SealedCredentials>,
) -> StoreResult<()> {
    let doc = to_doc(invitation)?;
    let statement = match (invitation.version, sealed) {
        (0, Some(sealed)) => query(
            "insert into invitations (token_hash, pin_hash, token_sealed, pin_sealed, person_id, is_active, state, \
             created_at, expires_at, doc, id, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1)",
        )
        .bind(&sealed.token_hash.0[..])
        .bind(&sealed.pin_hash.0[..])
        .bind(&sealed.token[..])
        .bind(&sealed.pin[..]),
        (0, None) => return Err(StoreError::Damaged("a new invitation without credentials".to_owned())),
        _ => query(
            "update invitations set person_id = $1, is_active = $2, state = $3, created_at = $4, expires_at = $5, doc = $6, \
             version = version + 1 where id = $7 and version = $8",
        ),
    };
    let done = statement
        .bind(invitation.person_id.0)
        .bind(invitation.state.is_active())
        .bind(invitation.state.as_str())
        .bind(invitation.created_at.as_millis())
        .bind(invitation.expires_at.map(Timestamp::as_millis))
        .bind(doc)
        .bind(invitation.id.0)
        .bind(version_column(invitation.version))
        .execute(db)
        .await?;
    expect_one_row(done)
}
