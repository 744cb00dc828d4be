//! Pages of People and of Invitations.

use super::{
    keyset::{Asked, Collect, Order, Place, Select, Total, collected_page, count_up_to, page},
    person_filter::PersonFilter,
    rows::{INVITATION_COLUMNS, INVITATION_TABLES, PERSON_COLUMNS, PERSON_TABLES, invitation_row, person_row},
};
use crate::fault::fault;
use domain::{
    list::{COUNTED_MAX, InvitationQuery, Page, PersonQuery},
    types::ids::PersonId,
    views::{InvitationRow, PersonRow},
};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use store::StoreResult;
use uuid::Uuid;

/// Invitations of people with a frequent text that are counted at most: for each of them a person or a key is looked up.
const COUNTED_OF_MANY: u64 = 2000;

const PEOPLE: Select = Select { columns: PERSON_COLUMNS, from: PERSON_TABLES, key: "p.id" };
const INVITATIONS: Select = Select { columns: INVITATION_COLUMNS, from: INVITATION_TABLES, key: "i.id" };

const BY_NAME: Order = Order { column: "p.name_key", id: "p.id", is_number: false, descending: false };
const BY_CREATION: Order = Order { column: "i.created_at", id: "i.id", is_number: true, descending: true };

/// A page of People.
pub(crate) async fn people(pool: &SqlitePool, query: &PersonQuery) -> StoreResult<Page<PersonRow>> {
    let place = Place { after: query.after.as_deref(), before: query.before.as_deref(), size: query.size };
    let Some(filter) = PersonFilter::new(pool, &query.search).await? else {
        let total = count_up_to(pool, COUNTED_MAX, |sql| _ = sql.push("people")).await?;
        return page(pool, PEOPLE, BY_NAME, place, Total::up_to(COUNTED_MAX, total), |_| (), person_row).await;
    };
    if filter.found <= COUNTED_MAX {
        let collect = Collect { key: "k.id", order: Order { column: "k.name_key", id: "k.id", ..BY_NAME } };
        return collected_page(pool, PEOPLE, collect, place, |sql| filter.push_found(sql, ""), person_row).await;
    }
    let total = Total::up_to(COUNTED_MAX, filter.found);
    page(pool, PEOPLE, BY_NAME, place, total, |sql| filter.push_reading(sql), person_row).await
}

/// The people who match `query`, in the order of People, at most `limit`.
pub(crate) async fn matching_people(
    pool: &SqlitePool,
    query: &PersonQuery,
    limit: usize,
) -> StoreResult<Vec<PersonId>> {
    let mut sql = QueryBuilder::new("select k.id from ");
    match PersonFilter::new(pool, &query.search).await? {
        Some(filter) => filter.push_found(&mut sql, ""),
        None => _ = sql.push("people_keys k"),
    }
    let from_the_first = Place { after: None, before: None, size: None };
    Asked::new(BY_NAME, from_the_first).push_order(&mut sql, "k.name_key", "k.id");
    sql.push(" limit ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let found: Vec<Uuid> = sql.build_query_scalar().fetch_all(pool).await.map_err(fault)?;
    Ok(found.into_iter().map(PersonId).collect())
}

/// A page of Invitations.
pub(crate) async fn invitations(pool: &SqlitePool, query: &InvitationQuery) -> StoreResult<Page<InvitationRow>> {
    let place = Place { after: query.after.as_deref(), before: query.before.as_deref(), size: query.size };
    let of_state = |sql: &mut QueryBuilder<Sqlite>| {
        if let Some(state) = query.state {
            sql.push(" and i.state = ").push_bind(state.as_str());
        }
    };
    let Some(filter) = PersonFilter::new(pool, &query.search).await? else {
        let total = count_up_to(pool, COUNTED_MAX, |sql| {
            sql.push("invitations i where true");
            of_state(sql);
        });
        let total = Total::up_to(COUNTED_MAX, total.await?);
        return page(pool, INVITATIONS, BY_CREATION, place, total, of_state, invitation_row).await;
    };
    let push_found = |sql: &mut QueryBuilder<Sqlite>| {
        filter.push_found(sql, " cross join invitations i on i.person_id = k.id");
        of_state(sql);
    };
    if filter.found <= COUNTED_MAX {
        let collect = Collect { key: "i.id", order: BY_CREATION };
        return collected_page(pool, INVITATIONS, collect, place, push_found, invitation_row).await;
    }
    let reading = |sql: &mut QueryBuilder<Sqlite>| {
        of_state(sql);
        filter.push_reading(sql);
    };
    // Of all invitations many are those of such people; of one state there may be few, which their index leads to.
    let counted = count_up_to(pool, COUNTED_OF_MANY, |sql| {
        if query.state.is_none() {
            return push_found(sql);
        }
        sql.push(INVITATION_TABLES).push(" where true");
        reading(sql);
    });
    let total = Total::up_to(COUNTED_OF_MANY, counted.await?);
    page(pool, INVITATIONS, BY_CREATION, place, total, reading, invitation_row).await
}
