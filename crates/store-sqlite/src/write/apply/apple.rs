//! Phones under Apple's MDM protocol, and what becomes of their certificates.

use super::versioned::{expect_one_row, version_column};
use crate::{fault::fault, rows::to_doc};
use domain::{
    Timestamp,
    apple::{AppleEnrollment, CertificateHash, IdentityChange, Revocation},
    journal::change::Change,
    types::ids::{AppleChallengeId, DeviceId},
};
use sqlx::SqliteConnection;
use store::StoreResult;

/// Writes enrollments, certificates and planned pushes, in this order: a push may be planned for an enrollment that is new.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for enrollment in &change.apple_enrollments {
        write_enrollment(db, enrollment).await?;
    }
    for identity in &change.apple_identities {
        match *identity {
            IdentityChange::Bind { cert, device_id, at } => bind(db, cert, device_id, at).await?,
            IdentityChange::Spend { challenge_id, keep, at } => spend(db, challenge_id, keep, at).await?,
            IdentityChange::End { device_id, revocation } => end(db, device_id, revocation).await?,
            IdentityChange::Revoke { device_id, keep, revocation } => revoke(db, device_id, keep, revocation).await?,
        }
    }
    for (device, at) in &change.apple_pushes {
        plan_push(db, *device, *at).await?;
    }
    Ok(())
}

async fn write_enrollment(db: &mut SqliteConnection, enrollment: &AppleEnrollment) -> StoreResult<()> {
    let query = if enrollment.version == 0 {
        sqlx::query(
            "insert into apple_enrollments (udid_hash, state, topic, cert_hash, push_due_at, udid_sealed, token_sealed, \
             magic_sealed, unlock_sealed, doc, device_id, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1) \
             on conflict do nothing",
        )
    } else {
        sqlx::query(
            "update or ignore apple_enrollments set udid_hash = ?, state = ?, topic = ?, cert_hash = ?, push_due_at = ?, \
             udid_sealed = ?, token_sealed = ?, magic_sealed = ?, unlock_sealed = ?, doc = ?, version = version + 1 \
             where device_id = ? and version = ?",
        )
    };
    let (token, magic) = enrollment.address.as_ref().map(|address| (&address.token.0, &address.magic.0)).unzip();
    let done = query
        .bind(&enrollment.udid_hash.0[..])
        .bind(enrollment.state.as_str())
        .bind(&enrollment.topic)
        .bind(&enrollment.cert_hash.0[..])
        .bind(enrollment.push_due_at.map(Timestamp::as_millis))
        .bind(enrollment.udid.as_ref().map(|sealed| &sealed.0))
        .bind(token)
        .bind(magic)
        .bind(enrollment.unlock_token.as_ref().map(|sealed| &sealed.0))
        .bind(to_doc(enrollment)?)
        .bind(enrollment.device_id.0)
        .bind(version_column(enrollment.version))
        .execute(db)
        .await
        .map_err(fault)?;
    // Also when the same phone is enrolled as another device: whoever decided did not see it.
    expect_one_row(&done)
}

async fn bind(db: &mut SqliteConnection, cert: CertificateHash, device: DeviceId, at: Timestamp) -> StoreResult<()> {
    let done = sqlx::query(
        "update apple_identities set device_id = ?1, first_seen_at = coalesce(first_seen_at, ?2) \
         where cert_hash = ?3 and (device_id is null or device_id = ?1) and revoked_at is null",
    )
    .bind(device.0)
    .bind(at.as_millis())
    .bind(&cert.0[..])
    .execute(db)
    .await
    .map_err(fault)?;
    expect_one_row(&done)
}

async fn spend(
    db: &mut SqliteConnection,
    challenge: AppleChallengeId,
    keep: CertificateHash,
    at: Timestamp,
) -> StoreResult<()> {
    sqlx::query("update apple_challenges set spent_at = coalesce(spent_at, ?) where id = ?")
        .bind(at.as_millis())
        .bind(challenge.0)
        .execute(&mut *db)
        .await
        .map_err(fault)?;
    sqlx::query(
        "update apple_identities set revoked_at = ?, revoked_by = 'superseded' \
         where challenge_id = ? and cert_hash <> ? and device_id is null and revoked_at is null",
    )
    .bind(at.as_millis())
    .bind(challenge.0)
    .bind(&keep.0[..])
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

async fn revoke(
    db: &mut SqliteConnection,
    device: DeviceId,
    keep: CertificateHash,
    revocation: Revocation,
) -> StoreResult<()> {
    sqlx::query(
        "update apple_identities set revoked_at = ?, revoked_by = ? where device_id = ? and cert_hash <> ? \
         and revoked_at is null",
    )
    .bind(revocation.at.as_millis())
    .bind(revocation.by.as_str())
    .bind(device.0)
    .bind(&keep.0[..])
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// That an admin removed the phone outranks that it left before.
async fn end(db: &mut SqliteConnection, device: DeviceId, revocation: Revocation) -> StoreResult<()> {
    sqlx::query(
        "update apple_enrollments set state = 'ended', push_due_at = null, token_sealed = null, magic_sealed = null, \
         unlock_sealed = null, version = version + 1 where device_id = ?",
    )
    .bind(device.0)
    .execute(&mut *db)
    .await
    .map_err(fault)?;
    sqlx::query(
        "update apple_identities set revoked_at = ?1, revoked_by = ?2 where device_id = ?3 \
         and (revoked_at is null or (?2 = 'admin' and revoked_by <> 'admin'))",
    )
    .bind(revocation.at.as_millis())
    .bind(revocation.by.as_str())
    .bind(device.0)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// The version changes: a worker that pushed meanwhile decides again about the next push.
async fn plan_push(db: &mut SqliteConnection, device: DeviceId, at: Timestamp) -> StoreResult<()> {
    sqlx::query(
        "update apple_enrollments set push_due_at = ?1, version = version + 1 \
         where device_id = ?2 and state = 'enrolled' and (push_due_at is null or push_due_at > ?1)",
    )
    .bind(at.as_millis())
    .bind(device.0)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}
