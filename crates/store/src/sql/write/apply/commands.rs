//! Commands.

use super::{rows::Rows, versioned::version_column};
use crate::{
    StoreResult,
    sql::{
        database::{Connection, RowStatement, Values},
        documents::to_doc,
    },
};
use domain::{Timestamp, device::command::Command, journal::change::Change};
use uuid::Uuid;

const INSERT: RowStatement = RowStatement::insert(
    "insert into commands (device_id, state, requested_at, expires_at, leased_until, doc, id, version)",
    "$1, $2, $3, $4, $5, $6, $7, $8 + 1",
    "",
);

const UPDATE: RowStatement = RowStatement::update(
    "update commands set device_id = $1, state = $2, requested_at = $3, expires_at = $4, leased_until = $5, doc = $6, \
     version = version + 1",
    "where id = $7 and version = $8",
);

/// Writes commands.
pub(super) async fn write(db: &mut dyn Connection, changes: &[&Change]) -> StoreResult<()> {
    let commands = changes.iter().flat_map(|change| &change.commands);
    let (new, stored): (Vec<_>, Vec<_>) = commands.partition(|command| command.version == 0);
    Rows::with_docs(new.into_iter().map(row))?.write_all(db, &INSERT).await?;
    Rows::with_docs(stored.into_iter().map(row))?.write_all(db, &UPDATE).await
}

fn row(command: &Command) -> StoreResult<(Uuid, Values<'_>)> {
    let values = vec![
        command.device_id.0.into(),
        command.state.as_str().into(),
        command.requested_at.as_millis().into(),
        command.expires_at.as_millis().into(),
        command.leased_until.map(Timestamp::as_millis).into(),
        to_doc(command)?.into(),
        command.id.0.into(),
        version_column(command.version).into(),
    ];
    Ok((command.id.0, values))
}
