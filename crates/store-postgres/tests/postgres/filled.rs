//! Rows of an earlier version get what a new column needs, in pieces beside everything else.

use crate::support::TestDatabase;
use sqlx::{Connection as _, PgConnection};
use std::sync::Arc;
use store::contract::{fixture::Fixture, together::phones};
use store_postgres::PostgresStore;

/// How a migration fills contacts.
const FILL: &str = include_str!("../../../../migrations/postgres/0005_contacts_filled.sql");

/// More rows than a piece has. Of all rows, one was filled by a trigger before the migration came to it.
const EARLIER: &str = "
    insert into slots (id, person_id, invitation_id, status, name_key, created_at, platform, ownership, search,
        reminded_times, reminded_at, version)
    select gen_random_uuid(), person_id, invitation_id, 'sent', name_key, created_at, '', '', search, 0, 0, 1
    from (select * from slots limit 1) as one cross join generate_series(1, 6000);
    insert into contacts (slot_key, slot_id, at) select key, id, 0 from slots on conflict do nothing;
    update contacts set status = '', platform = '', ownership = '';
    update contacts set status = 'wiped' where slot_key = (select min(slot_key) from contacts);";

#[tokio::test]
async fn contacts_of_an_earlier_version_get_their_states_and_no_later_one_is_changed() {
    let Some(database) = TestDatabase::new().await else { return };
    let mut f = Fixture::new(Arc::new(PostgresStore::open(&database.url()).await.unwrap()));
    phones(&mut f, 3).await;
    database.run(EARLIER).await;
    database.run(FILL).await;
    let mut db = PgConnection::connect(&database.url()).await.unwrap();
    let found: Vec<(String, i64)> =
        sqlx::query_as("select status, count(*) from contacts group by status order by status")
            .fetch_all(&mut db)
            .await
            .unwrap();
    let expected = [("pending", 2), ("sent", 6000), ("wiped", 1)];
    assert_eq!(found, expected.map(|(status, count)| (status.to_owned(), count)));
}
