//! Phones under Apple's MDM protocol, and what becomes of their certificates.

use super::versioned::{expect_one_row, version_column};
use crate::{
    StoreResult,
    sql::{
        database::{Connection, query},
        documents::to_doc,
    },
};
use domain::{
    Timestamp,
    apple::{AppleEnrollment, CertificateHash, IdentityChange, Revocation},
    journal::change::Change,
    types::ids::{AppleChallengeId, DeviceId},
};

/// Writes enrollments, certificates and planned pushes, in this order: a push may be planned for an enrollment that is new.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
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

async fn write_enrollment(db: &mut dyn Connection, enrollment: &AppleEnrollment) -> StoreResult<()> {
    let statement = if enrollment.version == 0 {
        query(
            "insert into apple_enrollments (udid_hash, state, topic, cert_hash, push_due_at, udid_sealed, token_sealed, \
             magic_sealed, unlock_sealed, doc, device_id, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1) \
             on conflict do nothing",
        )
    } else {
        query(
            "update apple_enrollments set udid_hash = $1, state = $2, topic = $3, cert_hash = $4, push_due_at = $5, \
             udid_sealed = $6, token_sealed = $7, magic_sealed = $8, unlock_sealed = $9, doc = $10, version = version + 1 \
             where device_id = $11 and version = $12 and not exists (select 1 from apple_enrollments other \
             where other.udid_hash = $1 and other.state <> 'ended' and other.device_id <> $11 and $2 <> 'ended')",
        )
    };
    let (token, magic) = enrollment.address.as_ref().map(|address| (&address.token.0, &address.magic.0)).unzip();
    let done = statement
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
        .await?;
    // Also when the same phone is enrolled as another device: whoever decided did not see it.
    expect_one_row(done)
}

async fn bind(db: &mut dyn Connection, cert: CertificateHash, device: DeviceId, at: Timestamp) -> StoreResult<()> {
    let done = query(
        "update apple_identities set device_id = $1, first_seen_at = coalesce(first_seen_at, $2) \
         where cert_hash = $3 and (device_id is null or device_id = $1) and revoked_at is null",
    )
    .bind(device.0)
    .bind(at.as_millis())
    .bind(&cert.0[..])
    .execute(db)
    .await?;
    expect_one_row(done)
}

async fn spend(
    db: &mut dyn Connection,
    challenge: AppleChallengeId,
    keep: CertificateHash,
    at: Timestamp,
) -> StoreResult<()> {
    query("update apple_challenges set spent_at = coalesce(spent_at, $1) where id = $2")
        .bind(at.as_millis())
        .bind(challenge.0)
        .execute(&mut *db)
        .await?;
    query(
        "update apple_identities set revoked_at = $1, revoked_by = 'superseded' \
         where challenge_id = $2 and cert_hash <> $3 and device_id is null and revoked_at is null",
    )
    .bind(at.as_millis())
    .bind(challenge.0)
    .bind(&keep.0[..])
    .execute(db)
    .await?;
    Ok(())
}

async fn revoke(
    db: &mut dyn Connection,
    device: DeviceId,
    keep: CertificateHash,
    revocation: Revocation,
) -> StoreResult<()> {
    query(
        "update apple_identities set revoked_at = $1, revoked_by = $2 where device_id = $3 and cert_hash <> $4 \
         and revoked_at is null",
    )
    .bind(revocation.at.as_millis())
    .bind(revocation.by.as_str())
    .bind(device.0)
    .bind(&keep.0[..])
    .execute(db)
    .await?;
    Ok(())
}

/// That an admin removed the phone outranks that it left before.
async fn end(db: &mut dyn Connection, device: DeviceId, revocation: Revocation) -> StoreResult<()> {
    query(
        "update apple_enrollments set state = 'ended', push_due_at = null, token_sealed = null, magic_sealed = null, \
         unlock_sealed = null, version = version + 1 where device_id = $1",
    )
    .bind(device.0)
    .execute(&mut *db)
    .await?;
    query(
        "update apple_identities set revoked_at = $1, revoked_by = $2 where device_id = $3 \
         and (revoked_at is null or ($2 = 'admin' and revoked_by <> 'admin'))",
    )
    .bind(revocation.at.as_millis())
    .bind(revocation.by.as_str())
    .bind(device.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The version changes: a worker that pushed meanwhile decides again about the next push.
async fn plan_push(db: &mut dyn Connection, device: DeviceId, at: Timestamp) -> StoreResult<()> {
    query(
        "update apple_enrollments set push_due_at = $1, version = version + 1 \
         where device_id = $2 and state = 'enrolled' and (push_due_at is null or push_due_at > $1)",
    )
    .bind(at.as_millis())
    .bind(device.0)
    .execute(db)
    .await?;
    Ok(())
}
