//! Changes that are written together share their statements: what each would need alone is a way to the server of its own.

use crate::support::TestDatabase;
use domain::{
    decide::{record_state, rotate_secret, unenroll},
    journal::change::KeyedHash,
    protocol::StateReport,
};
use sqlx::{Connection as _, PgConnection};
use std::sync::Arc;
use store::{
    Store,
    contract::{
        fixture::Fixture,
        together::{commit_all, phones},
    },
};
use store_postgres::PostgresStore;

/// Counts the statements that write some tables, whatever number of rows they write.
const COUNT: &str = "create table counted (written text not null);
    create function count_statement() returns trigger language plpgsql as $$
    begin
        insert into counted values (tg_table_name);
        return null;
    end $$;
    create trigger counted after update on devices for each statement execute function count_statement();
    create trigger counted after insert on device_secrets for each statement execute function count_statement();
    create trigger counted after update on slots for each statement execute function count_statement();
    create trigger counted after insert on telemetry for each statement execute function count_statement();";

/// How many statements wrote a table.
async fn counted(database: &TestDatabase, table: &str) -> i64 {
    let mut db = PgConnection::connect(&database.url()).await.unwrap();
    let count = sqlx::query_scalar("select count(*) from counted where written = $1").bind(table);
    count.fetch_one(&mut db).await.unwrap()
}

#[tokio::test]
async fn many_changes_need_few_statements() {
    let Some(database) = TestDatabase::new().await else { return };
    let store: Arc<dyn Store> = Arc::new(PostgresStore::open(&database.url()).await.unwrap());
    let mut f = Fixture::new(store.clone());
    let phones = phones(&mut f, 60).await;
    database.run(COUNT).await;
    let mut changes = Vec::new();
    for (n, (person, id)) in phones.iter().enumerate() {
        let whole = f.load(*person).await;
        changes.push(match n % 3 {
            0 => rotate_secret(&whole, *id, KeyedHash([2; 32]), &f.context()).unwrap(),
            1 => record_state(&whole, *id, StateReport { seq: 1, ..StateReport::default() }, &f.context()).unwrap(),
            _ => unenroll(&whole, *id, &[], &f.context()).unwrap(),
        });
    }
    for result in commit_all(&store, changes).await {
        result.unwrap();
    }
    for table in ["devices", "device_secrets", "slots", "telemetry"] {
        let statements = counted(&database, table).await;
        // The first change may be written before the others have come.
        assert!((1..=5).contains(&statements), "{table}: {statements}");
    }
}
