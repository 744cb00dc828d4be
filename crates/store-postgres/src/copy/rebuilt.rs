//! Indexes and references between tables are dropped before a copy and made again after it, as they were: building an index
//! from all rows takes a fraction of the time that keeping it up takes row by row.

use super::run;
use crate::connection::Link;
use store::{
    StoreResult,
    sql::{
        copy::TABLES,
        database::{Connection, get, query},
    },
};

const REFERENCES: &str = "select conname::text as name, pg_get_constraintdef(oid) as made from pg_constraint \
    where conrelid = to_regclass($1) and contype = 'f' order by conname";
/// Without those of keys and of constraints.
const INDEXES: &str = "select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i \
    where i.indrelid = to_regclass($1) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid) \
    order by 1";

/// The statements that make them again, in their order.
pub(super) struct Rebuilt(Vec<String>);

impl Rebuilt {
    /// Drops them.
    pub(super) async fn take_apart(db: &mut Link) -> StoreResult<Self> {
        let (mut dropped, mut indexes, mut references) = (Vec::new(), Vec::new(), Vec::new());
        for table in TABLES {
            for (name, made) in described(db, REFERENCES, table).await? {
                dropped.push(format!("alter table {table} drop constraint {name}"));
                references.push(format!("alter table {table} add constraint {name} {made}"));
            }
            for (name, made) in described(db, INDEXES, table).await? {
                dropped.push(format!("drop index {name}"));
                indexes.push(made);
            }
        }
        for statement in dropped {
            run(db, &statement).await?;
        }
        Ok(Self(indexes.into_iter().chain(references).collect()))
    }

    /// Makes them again.
    pub(super) async fn put_together(&self, db: &mut Link) -> StoreResult<()> {
        for statement in &self.0 {
            run(db, statement).await?;
        }
        Ok(())
    }
}

async fn described(db: &mut dyn Connection, what: &'static str, table: &str) -> StoreResult<Vec<(String, String)>> {
    let found = query(what).bind(table).fetch_all(db).await?;
    found.iter().map(|row| Ok((get(row, "name")?, get(row, "made")?))).collect()
}
