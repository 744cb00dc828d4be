//! The shapes of tables, as the database describes them.

use super::CopyError;
use crate::connection::Link;
use std::collections::BTreeSet;
use store::{
    StoreError, StoreResult,
    sql::{
        copy::{CopiedColumn, CopiedTable, Kind, OWN_COLUMNS, TABLES},
        database::{Connection, Row, get, query},
    },
};

const COLUMNS: &str = "select column_name::text as name, data_type::text as type from information_schema.columns \
    where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' order by ordinal_position";
const KEY: &str = "select a.attname::text as name from pg_index i \
    cross join lateral unnest(i.indkey::smallint[]) with ordinality as k (number, place) \
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number \
    where i.indrelid = to_regclass($1) and i.indisprimary order by k.place";
const NUMBERED: &str = "select column_name::text from information_schema.columns \
    where table_schema = current_schema() and table_name = $1 and is_identity = 'YES'";

/// All tables that are copied.
pub(super) async fn tables(db: &mut Link) -> StoreResult<Vec<CopiedTable>> {
    let mut tables = Vec::with_capacity(TABLES.len());
    for name in TABLES {
        tables.push(shape(db, name).await?);
    }
    Ok(tables)
}

async fn shape(db: &mut dyn Connection, name: &'static str) -> StoreResult<CopiedTable> {
    let columns = query(COLUMNS).bind(name).fetch_all(&mut *db).await?;
    let columns = columns.iter().map(column).collect::<StoreResult<Vec<_>>>()?;
    let key: Vec<String> = query(KEY).bind(name).fetch_values(db).await?;
    let key: Vec<usize> =
        key.iter().filter_map(|name| columns.iter().position(|column| column.name == *name)).collect();
    if key.is_empty() {
        return Err(StoreError::Damaged(format!("the table {name} has no key")));
    }
    Ok(CopiedTable { name, columns, key })
}

fn column(row: &Row) -> StoreResult<CopiedColumn> {
    let name: String = get(row, "name")?;
    let kind = match get::<&str>(row, "type")? {
        "bigint" => Kind::Int,
        "text" => Kind::Text,
        "bytea" => Kind::Bytes,
        "uuid" => Kind::Uuid,
        other => return Err(StoreError::Damaged(format!("the column {name} has the type {other}"))),
    };
    Ok(CopiedColumn { name, kind })
}

/// The column whose numbers the database gives out.
pub(super) async fn numbered(db: &mut Link, table: &str) -> StoreResult<Option<String>> {
    query(NUMBERED).bind(table).fetch_value(db as &mut dyn Connection).await
}

/// Checks that the source has the same columns.
pub(super) fn compare(table: &CopiedTable, columns: &BTreeSet<String>) -> Result<(), CopyError> {
    let target: BTreeSet<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let is_own = |column: &&String| OWN_COLUMNS.contains(&(table.name, column.as_str()));
    let others: Vec<&str> = target.symmetric_difference(columns).filter(|c| !is_own(c)).map(String::as_str).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(CopyError::Columns { table: table.name, columns: others.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_only_one_of_them_has_is_named() {
        let columns = vec![CopiedColumn { name: "id".to_owned(), kind: Kind::Uuid }];
        let table = CopiedTable { name: "slots", columns, key: vec![0] };
        let source = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(compare(&table, &source(&["id", "facets"])).is_ok());
        let error = compare(&table, &source(&["id", "news"])).unwrap_err().to_string();
        assert!(error.contains("slots") && error.contains("news"), "{error}");
        assert!(compare(&table, &source(&[])).is_err());
    }
}
