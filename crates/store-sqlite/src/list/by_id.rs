//! Rows that are requested by id or email, many at once.

use super::rows::{
    INVITATION_COLUMNS, INVITATION_TABLES, PERSON_COLUMNS, PERSON_TABLES, SLOT_COLUMNS, SLOT_TABLES, invitation_row, person_row,
    slot_row,
};
use crate::{damaged::readable, fault::fault};
use domain::{
    slot::SlotRow,
    types::ids::{InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow},
};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use std::collections::HashMap;
use store::StoreResult;

/// The people of `ids`, in their order.
pub(crate) async fn people(pool: &SqlitePool, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>> {
    let mut sql = select_people("p.id");
    push_list(&mut sql, ids.iter().map(|id| id.0));
    let found = sql.build().fetch_all(pool).await.map_err(fault)?;
    let found = readable("people", &found, person_row)?;
    Ok(in_order(ids, found, |person| person.id))
}

/// The people who have these emails.
pub(crate) async fn people_by_email(pool: &SqlitePool, emails: &[&str]) -> StoreResult<Vec<PersonRow>> {
    let mut sql = select_people("p.email");
    push_list(&mut sql, emails.iter().map(|email| (*email).to_owned()));
    readable("people", &sql.build().fetch_all(pool).await.map_err(fault)?, person_row)
}

/// The rows of `ids`, in their order.
pub(crate) async fn slots(pool: &SqlitePool, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>> {
    let mut sql = QueryBuilder::new("select ");
    sql.push(SLOT_COLUMNS).push(" from ").push(SLOT_TABLES).push(" where slots.id in ");
    push_list(&mut sql, ids.iter().map(|id| id.0));
    let found = sql.build().fetch_all(pool).await.map_err(fault)?;
    let found = readable("slots", &found, slot_row)?;
    Ok(in_order(ids, found, |row| row.id))
}

/// The invitations of `ids`, in their order.
pub(crate) async fn invitations(pool: &SqlitePool, ids: &[InvitationId]) -> StoreResult<Vec<InvitationRow>> {
    let mut sql = QueryBuilder::new("select ");
    sql.push(INVITATION_COLUMNS).push(" from ").push(INVITATION_TABLES).push(" where i.id in ");
    push_list(&mut sql, ids.iter().map(|id| id.0));
    let found = sql.build().fetch_all(pool).await.map_err(fault)?;
    let found = readable("invitations", &found, invitation_row)?;
    Ok(in_order(ids, found, |row| row.invitation.id))
}

fn select_people(column: &'static str) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new("select ");
    sql.push(PERSON_COLUMNS).push(" from ").push(PERSON_TABLES).push(" where ").push(column).push(" in ");
    sql
}

fn push_list<'q, T>(sql: &mut QueryBuilder<Sqlite>, values: impl Iterator<Item = T>)
where
    T: sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + Send + 'q,
{
    sql.push("(");
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    sql.push(")");
}

fn in_order<I: Copy + Eq + std::hash::Hash, T>(ids: &[I], found: Vec<T>, id: impl Fn(&T) -> I) -> Vec<T> {
    let mut found: HashMap<I, T> = found.into_iter().map(|row| (id(&row), row)).collect();
    ids.iter().filter_map(|id| found.remove(id)).collect()
}
