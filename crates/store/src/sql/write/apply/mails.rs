//! Mails.

use super::versioned::{expect_one_row, version_column};
use crate::{
    StoreResult,
    sql::database::{Connection, query},
};
use domain::{
    journal::change::Change,
    mail::{Mail, MailState},
};

/// Supersedes the queued mails of the invitations that the change names, then writes mails.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for id in &change.supersede_mails_of {
        query("update mails set state = $1, version = version + 1 where invitation_id = $2 and state = 'queued'")
            .bind(MailState::Superseded.as_str())
            .bind(id.0)
            .execute(&mut *db)
            .await?;
    }
    for mail in &change.mails {
        write_mail(db, mail).await?;
    }
    Ok(())
}

async fn write_mail(db: &mut dyn Connection, mail: &Mail) -> StoreResult<()> {
    let statement = if mail.version == 0 {
        query(
            "insert into mails (person_id, invitation_id, device_id, kind, state, attempts, next_attempt_at, created_at, \
             claimed_by, id, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1)",
        )
    } else {
        query(
            "update mails set person_id = $1, invitation_id = $2, device_id = $3, kind = $4, state = $5, attempts = $6, \
             next_attempt_at = $7, created_at = $8, claimed_by = $9, version = version + 1 where id = $10 and version = $11",
        )
    };
    let done = statement
        .bind(mail.person_id.0)
        .bind(mail.invitation_id.0)
        .bind(mail.device_id.map(|id| id.0))
        .bind(mail.kind.as_str())
        .bind(mail.state.as_str())
        .bind(mail.attempts)
        .bind(mail.next_attempt_at.as_millis())
        .bind(mail.created_at.as_millis())
        .bind(mail.claimed_by.map(|id| id.0))
        .bind(mail.id.0)
        .bind(version_column(mail.version))
        .execute(db)
        .await?;
    expect_one_row(done)
}
