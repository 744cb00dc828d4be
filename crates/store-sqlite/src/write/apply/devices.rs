//! Devices, their secrets and their commands.

use super::versioned::{expect_one_row, version_column};
use crate::{fault::fault, rows::to_doc};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    journal::change::{Change, KeyedHash},
    types::ids::DeviceId,
};
use sqlx::SqliteConnection;
use store::{StoreError, StoreResult};

/// Writes devices with their secrets.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for device in &change.devices {
        write_device(db, device, change).await?;
    }
    for (id, used) in &change.used_secrets {
        forget_previous_secret(db, *id, *used).await?;
    }
    Ok(())
}

/// Writes commands.
pub(super) async fn write_commands(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for command in &change.commands {
        write_command(db, command).await?;
    }
    Ok(())
}

async fn write_device(db: &mut SqliteConnection, device: &Device, change: &Change) -> StoreResult<()> {
    let secret = hash_of(device.id, &change.secrets);
    if device.version == 0 {
        insert_device(db, device, hash_of(device.id, &change.installations), secret).await
    } else {
        update_device(db, device, secret).await
    }
}

fn hash_of(id: DeviceId, hashes: &[(DeviceId, KeyedHash)]) -> Option<KeyedHash> {
    hashes.iter().find(|(device, _)| *device == id).map(|(_, hash)| *hash)
}

async fn insert_device(
    db: &mut SqliteConnection,
    device: &Device,
    installation: Option<KeyedHash>,
    secret: Option<KeyedHash>,
) -> StoreResult<()> {
    let (Some(installation), Some(secret)) = (installation, secret) else {
        return Err(StoreError::Damaged("a new device without a secret".to_owned()));
    };
    let done = sqlx::query(
        "insert into devices (id, person_id, invitation_id, slot_id, state, last_contact_at, deleted_at, \
         installation_hash, secret_hash, doc, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
    )
    .bind(device.id.0)
    .bind(device.person_id.0)
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.last_contact_at.as_millis())
    .bind(device.deleted_at.map(Timestamp::as_millis))
    .bind(&installation.0[..])
    .bind(&secret.0[..])
    .bind(to_doc(device)?)
    .execute(db)
    .await
    .map_err(fault)?;
    expect_one_row(&done)
}

async fn update_device(db: &mut SqliteConnection, device: &Device, secret: Option<KeyedHash>) -> StoreResult<()> {
    let done = sqlx::query(
        "update devices set invitation_id = ?1, slot_id = ?2, state = ?3, last_contact_at = ?4, deleted_at = ?5, doc = ?6, \
         previous_secret_hash = case when ?7 is null then previous_secret_hash else secret_hash end, \
         secret_hash = coalesce(?7, secret_hash), version = version + 1 where id = ?8 and version = ?9",
    )
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.last_contact_at.as_millis())
    .bind(device.deleted_at.map(Timestamp::as_millis))
    .bind(to_doc(device)?)
    .bind(secret.map(|hash| hash.0.to_vec()))
    .bind(device.id.0)
    .bind(version_column(device.version))
    .execute(db)
    .await
    .map_err(fault)?;
    expect_one_row(&done)
}

/// A device that used its latest secret has it: the one before is not needed any more. Where there is a newer secret by
/// now nothing is written, which is not a conflict.
async fn forget_previous_secret(db: &mut SqliteConnection, id: DeviceId, used: KeyedHash) -> StoreResult<()> {
    sqlx::query("update devices set previous_secret_hash = null where id = ? and secret_hash = ?")
        .bind(id.0)
        .bind(&used.0[..])
        .execute(db)
        .await
        .map_err(fault)?;
    Ok(())
}

async fn write_command(db: &mut SqliteConnection, command: &Command) -> StoreResult<()> {
    let query = if command.version == 0 {
        sqlx::query(
            "insert into commands (device_id, state, requested_at, expires_at, leased_until, doc, id, version) \
             values (?, ?, ?, ?, ?, ?, ?, ? + 1)",
        )
    } else {
        sqlx::query(
            "update commands set device_id = ?, state = ?, requested_at = ?, expires_at = ?, leased_until = ?, doc = ?, \
             version = version + 1 where id = ? and version = ?",
        )
    };
    let done = query
        .bind(command.device_id.0)
        .bind(command.state.as_str())
        .bind(command.requested_at.as_millis())
        .bind(command.expires_at.as_millis())
        .bind(command.leased_until.map(Timestamp::as_millis))
        .bind(to_doc(command)?)
        .bind(command.id.0)
        .bind(version_column(command.version))
        .execute(db)
        .await
        .map_err(fault)?;
    expect_one_row(&done)
}
