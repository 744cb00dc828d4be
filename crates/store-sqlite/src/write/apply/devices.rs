//! Devices, their secrets and their commands.

use super::versioned::{expect_one_row, version_column};
use crate::{fault::fault, rows::to_doc};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    journal::change::{Change, KeyedHash, UNUSED_SECRETS_MAX},
    types::ids::DeviceId,
};
use sqlx::SqliteConnection;
use store::{StoreError, StoreResult};

/// Writes devices with their secrets.
pub(super) async fn write(db: &mut SqliteConnection, change: &Change) -> StoreResult<()> {
    for device in &change.devices {
        write_device(db, device, change).await?;
    }
    for (id, secret) in &change.secrets {
        add_secret(db, *id, *secret).await?;
    }
    for (id, used) in &change.used_secrets {
        forget_earlier_secrets(db, *id, *used).await?;
    }
    for (id, version) in &change.unchanged_devices {
        expect_version(db, *id, *version).await?;
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
    if device.version != 0 {
        return update_device(db, device).await;
    }
    let installation = hash_of(device.id, &change.installations);
    match (installation, hash_of(device.id, &change.secrets)) {
        (Some(installation), Some(_)) => insert_device(db, device, installation).await,
        _ => Err(StoreError::Damaged("a new device without a secret".to_owned())),
    }
}

fn hash_of(id: DeviceId, hashes: &[(DeviceId, KeyedHash)]) -> Option<KeyedHash> {
    hashes.iter().find(|(device, _)| *device == id).map(|(_, hash)| *hash)
}

async fn insert_device(db: &mut SqliteConnection, device: &Device, installation: KeyedHash) -> StoreResult<()> {
    let done = sqlx::query(
        "insert into devices (id, person_id, invitation_id, slot_id, state, deleted_at, twin_id, installation_hash, doc, \
         version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
    )
    .bind(device.id.0)
    .bind(device.person_id.0)
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.deleted_at.map(Timestamp::as_millis))
    .bind(device.relatives.twin.map(|twin| twin.device_id.0))
    .bind(&installation.0[..])
    .bind(to_doc(device)?)
    .execute(db)
    .await
    .map_err(fault)?;
    expect_one_row(&done)
}

async fn update_device(db: &mut SqliteConnection, device: &Device) -> StoreResult<()> {
    let done = sqlx::query(
        "update devices set invitation_id = ?, slot_id = ?, state = ?, deleted_at = ?, twin_id = ?, doc = ?, \
         version = version + 1 where id = ? and version = ?",
    )
    .bind(device.invitation_id.0)
    .bind(device.slot_id.0)
    .bind(device.state.as_str())
    .bind(device.deleted_at.map(Timestamp::as_millis))
    .bind(device.relatives.twin.map(|twin| twin.device_id.0))
    .bind(to_doc(device)?)
    .bind(device.id.0)
    .bind(version_column(device.version))
    .execute(db)
    .await
    .map_err(fault)?;
    expect_one_row(&done)
}

/// Adds a secret, and forgets the oldest of those that were not used when there are too many. The first is the last one that
/// was used, and stays.
async fn add_secret(db: &mut SqliteConnection, id: DeviceId, secret: KeyedHash) -> StoreResult<()> {
    sqlx::query("insert into device_secrets (device_id, hash) values (?, ?)")
        .bind(id.0)
        .bind(&secret.0[..])
        .execute(&mut *db)
        .await
        .map_err(fault)?;
    sqlx::query(
        "delete from device_secrets where device_id = ?1 \
         and seq > (select min(seq) from device_secrets where device_id = ?1) \
         and seq not in (select seq from device_secrets where device_id = ?1 order by seq desc limit ?2)",
    )
    .bind(id.0)
    .bind(UNUSED_SECRETS_MAX)
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// A device that used a secret has it: those that it got before are not needed any more, and those that it got later may
/// still be on their way.
async fn forget_earlier_secrets(db: &mut SqliteConnection, id: DeviceId, used: KeyedHash) -> StoreResult<()> {
    sqlx::query(
        "delete from device_secrets where device_id = ?1 \
         and seq < (select max(seq) from device_secrets where device_id = ?1 and hash = ?2)",
    )
    .bind(id.0)
    .bind(&used.0[..])
    .execute(db)
    .await
    .map_err(fault)?;
    Ok(())
}

/// Fails unless a device is still at a version.
async fn expect_version(db: &mut SqliteConnection, id: DeviceId, version: u64) -> StoreResult<()> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from devices where id = ? and version = ? and deleted_at is null")
        .bind(id.0)
        .bind(version_column(version))
        .fetch_optional(db)
        .await
        .map_err(fault)?;
    found.map(|_| ()).ok_or(StoreError::Conflict)
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
