//! Changes that are written together share their statements: what each would need alone is a way to the server of its own.

use crate::support::TestDatabase;
use sqlx::{Connection as _, PgConnection};
use std::sync::Arc;
use store::contract::{
    fixture::Fixture,
    together::{KINDS, change_all, phones},
};
use store_postgres::PostgresStore;

/// Counts the statements that write some tables, whatever number of rows they write.
const COUNT: &str = "create table counted (statement text not null);
    create function count_statement() returns trigger language plpgsql as $$
    begin
        insert into counted values (lower(tg_op) || ' ' || tg_table_name);
        return null;
    end $$;
    do $$
    declare
        counted text;
    begin
        foreach counted in array array['devices', 'device_secrets', 'device_hardware', 'slots', 'slot_docs', 'contacts',
            'telemetry', 'inventories', 'commands']
        loop
            execute format('create trigger counted_inserts after insert on %I for each statement
                execute function count_statement()', counted);
            execute format('create trigger counted_updates after update on %I for each statement
                execute function count_statement()', counted);
        end loop;
    end $$;";

/// How often statements of each kind wrote rows.
async fn counted(database: &TestDatabase) -> Vec<(String, i64)> {
    let mut db = PgConnection::connect(&database.url()).await.unwrap();
    let count = sqlx::query_as("select statement, count(*) from counted group by statement order by statement");
    count.fetch_all(&mut db).await.unwrap()
}

/// A statement that fails for several changes is run for each of them again, which would show here and nowhere else.
#[tokio::test]
async fn many_changes_need_few_statements() {
    /// Changes of each kind, twice.
    const CHANGES: usize = 20;
    let Some(database) = TestDatabase::new().await else { return };
    let mut f = Fixture::new(Arc::new(PostgresStore::open(&database.url()).await.unwrap()));
    let phones = phones(&mut f, CHANGES * KINDS).await;
    database.run(COUNT).await;
    change_all(&mut f, &phones).await;
    let counted = counted(&database).await;
    let found: Vec<_> = counted.iter().map(|(statement, _)| statement.as_str()).collect();
    for expected in ["insert commands", "update commands", "insert device_secrets", "insert device_hardware"] {
        assert!(found.contains(&expected), "{expected}: {found:?}");
    }
    for expected in ["update devices", "update slots", "insert contacts", "insert telemetry", "insert inventories"] {
        assert!(found.contains(&expected), "{expected}: {found:?}");
    }
    // Contacts are of two kinds. The first change may be written before the others have come.
    assert!(counted.iter().all(|(_, count)| *count < 12), "{counted:?}");
}
