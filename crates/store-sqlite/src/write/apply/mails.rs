//! Mails.

use super::versioned::{expect_one_row, version_column};
use crate::fault::fault;
use domain::{
    journal::change::Change,
    mail::{Mail, MailState},
};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Supersedes the queued mails of the invitations that the change names, then writes mails.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for id in &change.supersede_mails_of {
        sqlx::query("update mails set state = ?, version = version + 1 where invitation_id = ? and state = 'queued'")
            .bind(MailState::Superseded.as_str())
            .bind(id.0)
            .execute(&mut *db)
            .await
            .map_err(fault)?;
    }
    for mail in &change.mails {
        write_mail(db, mail).await?;
    }
    Ok(())
}

async fn write_mail(db: &mut SqliteConnection, mail: &Mail) -> StoreResult<()> {
    let query = if mail.version == 0 {
        sqlx::query(
            "insert into mails (person_id, invitation_id, device_id, kind, state, attempts, next_attempt_at, created_at, \
             id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update mails set person_id = ?, invitation_id = ?, device_id = ?, kind = ?, state = ?, attempts = ?, \
             next_attempt_at = ?, created_at = ?, version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(mail.person_id.0)
        .bind(mail.invitation_id.0)
        .bind(mail.device_id.map(|id| id.0))
        .bind(mail.kind.as_str())
        .bind(mail.state.as_str())
        .bind(mail.attempts)
        .bind(mail.next_attempt_at.as_millis())
        .bind(mail.created_at.as_millis())
        .bind(mail.id.0)
        .bind(version_column(mail.version))
        .execute(db)
        .await
        .map_err(fault)?;
    expect_one_row(&done)
}
