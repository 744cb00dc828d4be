//! Devices, their secrets and their commands.

use super::versioned::{expect_one_row, version_column};
use crate::{
    StoreError, StoreResult,
    sql::{
        database::{Connection, query},
        documents::to_doc,
    },
};
use domain::{
    Timestamp,
    device::{Device, command::Command},
    journal::change::{Change, KeyedHash, UNUSED_SECRETS_MAX},
    types::ids::DeviceId,
};

/// Writes devices with their secrets.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
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
pub(super) async fn write_commands(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for command in &change.commands {
        write_command(db, command).await?;
    }
    Ok(())
}

async fn write_device(db: &mut dyn Connection, device: &Device, change: &Change) -> StoreResult<()> {
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

async fn insert_device(db: &mut dyn Connection, device: &Device, installation: KeyedHash) -> StoreResult<()> {
    let done = query(
        "insert into devices (id, person_id, invitation_id, slot_id, state, deleted_at, twin_id, installation_hash, doc, \
         version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
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
    .await?;
    expect_one_row(done)
}

async fn update_device(db: &mut dyn Connection, device: &Device) -> StoreResult<()> {
    let done = query(
        "update devices set invitation_id = $1, slot_id = $2, state = $3, deleted_at = $4, twin_id = $5, doc = $6, \
         version = version + 1 where id = $7 and version = $8",
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
    .await?;
    expect_one_row(done)
}

/// Adds a secret, and forgets the oldest of those that were not used when there are too many. The first is the last one that
/// was used, and stays.
async fn add_secret(db: &mut dyn Connection, id: DeviceId, secret: KeyedHash) -> StoreResult<()> {
    query("insert into device_secrets (device_id, hash) values ($1, $2)")
        .bind(id.0)
        .bind(&secret.0[..])
        .execute(&mut *db)
        .await?;
    query(
        "delete from device_secrets where device_id = $1 \
         and seq > (select min(seq) from device_secrets where device_id = $1) \
         and seq not in (select seq from device_secrets where device_id = $1 order by seq desc limit $2)",
    )
    .bind(id.0)
    .bind(UNUSED_SECRETS_MAX)
    .execute(db)
    .await?;
    Ok(())
}

/// A device that used a secret has it: those that it got before are not needed any more, and those that it got later may
/// still be on their way.
async fn forget_earlier_secrets(db: &mut dyn Connection, id: DeviceId, used: KeyedHash) -> StoreResult<()> {
    query(
        "delete from device_secrets where device_id = $1 \
         and seq < (select max(seq) from device_secrets where device_id = $1 and hash = $2)",
    )
    .bind(id.0)
    .bind(&used.0[..])
    .execute(db)
    .await?;
    Ok(())
}

/// Fails unless a device is still at a version.
async fn expect_version(db: &mut dyn Connection, id: DeviceId, version: u64) -> StoreResult<()> {
    let lock = db.for_share();
    let device = query(format!("select id from devices where id = $1 and version = $2 and deleted_at is null{lock}"));
    let found = device.bind(id.0).bind(version_column(version)).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::Conflict)
}

async fn write_command(db: &mut dyn Connection, command: &Command) -> StoreResult<()> {
    let statement = if command.version == 0 {
        query(
            "insert into commands (device_id, state, requested_at, expires_at, leased_until, doc, id, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8 + 1)",
        )
    } else {
        query(
            "update commands set device_id = $1, state = $2, requested_at = $3, expires_at = $4, leased_until = $5, doc = $6, \
             version = version + 1 where id = $7 and version = $8",
        )
    };
    let done = statement
        .bind(command.device_id.0)
        .bind(command.state.as_str())
        .bind(command.requested_at.as_millis())
        .bind(command.expires_at.as_millis())
        .bind(command.leased_until.map(Timestamp::as_millis))
        .bind(to_doc(command)?)
        .bind(command.id.0)
        .bind(version_column(command.version))
        .execute(db)
        .await?;
    expect_one_row(done)
}
