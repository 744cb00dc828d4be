//! Devices.

use super::{
    rows::Rows,
    versioned::{expect_one_row, expect_rows, version_column},
};
use crate::{
    StoreError, StoreResult,
    sql::{
        database::{Connection, RowStatement, Values, query},
        documents::to_doc,
    },
};
use domain::{
    Timestamp,
    device::Device,
    journal::change::{Change, KeyedHash},
    types::ids::DeviceId,
};
use std::collections::BTreeSet;
use uuid::Uuid;

const UPDATE: RowStatement = RowStatement::update(
    "update devices set invitation_id = $1, slot_id = $2, state = $3, deleted_at = $4, twin_id = $5, doc = $6, \
     version = version + 1",
    "where id = $7 and version = $8",
);

const AT_VERSION: RowStatement =
    RowStatement::select("select id from devices", "where id = $1 and version = $2 and deleted_at is null");

/// Writes devices: those that are stored before those that are new, since one that ends makes room for its successor.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    let stored = changes.iter().flat_map(|change| &change.devices).filter(|device| device.version != 0);
    Rows::with_docs(stored.map(updated))?.write_all(db, &UPDATE).await?;
    for change in changes {
        for device in change.devices.iter().filter(|device| device.version == 0) {
            let installation = hash_of(device.id, &change.installations);
            match (installation, hash_of(device.id, &change.secrets)) {
                (Some(installation), Some(_)) => insert(db, device, installation).await?,
                _ => return Err(StoreError::Damaged("a new device without a secret".to_owned())),
            }
        }
    }
    Ok(())
}

/// Fails unless devices that are not written are still at the versions that the changes were decided on.
pub(super) async fn expect_unchanged(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    // Of several changes that were decided on the same version, one says it for all.
    let expected: BTreeSet<_> = changes.iter().flat_map(|change| &change.unchanged_devices).collect();
    let statement = AT_VERSION.locked(db.for_share());
    let row = |(id, version): &&(DeviceId, u64)| (id.0, vec![id.0.into(), version_column(*version).into()]);
    let found = Rows::new(expected.iter().map(row)).read(db, &statement).await?;
    expect_rows(found.len() as u64, expected.len())
}

fn hash_of(id: DeviceId, hashes: &[(DeviceId, KeyedHash)]) -> Option<KeyedHash> {
    hashes.iter().find(|(device, _)| *device == id).map(|(_, hash)| *hash)
}

async fn insert(db: &mut dyn Connection, device: &Device, installation: KeyedHash) -> StoreResult<()> {
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

fn updated(device: &Device) -> StoreResult<(Uuid, Values<'_>)> {
    let values = vec![
        device.invitation_id.0.into(),
        device.slot_id.0.into(),
        device.state.as_str().into(),
        device.deleted_at.map(Timestamp::as_millis).into(),
        device.relatives.twin.map(|twin| twin.device_id.0).into(),
        to_doc(device)?.into(),
        device.id.0.into(),
        version_column(device.version).into(),
    ];
    Ok((device.id.0, values))
}
