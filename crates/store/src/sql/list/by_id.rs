//! Rows that are requested by id or email, many at once.

use super::rows::{
    INVITATION_COLUMNS, INVITATION_TABLES, PERSON_COLUMNS, PERSON_TABLES, SLOT_COLUMNS, SLOT_TABLES, invitation_row,
    person_row, slot_row,
};
use crate::{
    StoreResult,
    sql::{
        damaged::readable,
        database::{Readers, Statement, query},
    },
};
use domain::{
    slot::SlotRow,
    types::ids::{InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow},
};
use std::collections::HashMap;

/// The people of `ids`, in their order.
pub async fn people(readers: &dyn Readers, ids: &[PersonId]) -> StoreResult<Vec<PersonRow>> {
    let mut sql = select_people("p.id");
    sql.push_list(ids.iter().map(|id| id.0));
    let found = sql.once().fetch_all(readers).await?;
    let found = readable("people", &found, person_row)?;
    Ok(in_order(ids, found, |person| person.id))
}

/// The people who have these emails.
pub async fn people_by_email(readers: &dyn Readers, emails: &[&str]) -> StoreResult<Vec<PersonRow>> {
    let mut sql = select_people("p.email");
    sql.push_list(emails.iter().map(|email| (*email).to_owned()));
    readable("people", &sql.once().fetch_all(readers).await?, person_row)
}

/// The rows of `ids`, in their order.
pub async fn slots(readers: &dyn Readers, ids: &[SlotId]) -> StoreResult<Vec<SlotRow>> {
    let mut sql = query("select ");
    sql.push(SLOT_COLUMNS).push(" from ").push(SLOT_TABLES).push(" where slots.id in ");
    sql.push_list(ids.iter().map(|id| id.0));
    let found = sql.once().fetch_all(readers).await?;
    let found = readable("slots", &found, slot_row)?;
    Ok(in_order(ids, found, |row| row.id))
}

/// The invitations of `ids`, in their order.
pub async fn invitations(readers: &dyn Readers, ids: &[InvitationId]) -> StoreResult<Vec<InvitationRow>> {
    let mut sql = query("select ");
    sql.push(INVITATION_COLUMNS).push(" from ").push(INVITATION_TABLES).push(" where i.id in ");
    sql.push_list(ids.iter().map(|id| id.0));
    let found = sql.once().fetch_all(readers).await?;
    let found = readable("invitations", &found, invitation_row)?;
    Ok(in_order(ids, found, |row| row.invitation.id))
}

fn select_people<'q>(column: &'static str) -> Statement<'q> {
    let mut sql = query("select ");
    sql.push(PERSON_COLUMNS).push(" from ").push(PERSON_TABLES).push(" where ").push(column).push(" in ");
    sql
}

fn in_order<I: Copy + Eq + std::hash::Hash, T>(ids: &[I], found: Vec<T>, id: impl Fn(&T) -> I) -> Vec<T> {
    let mut found: HashMap<I, T> = found.into_iter().map(|row| (id(&row), row)).collect();
    ids.iter().filter_map(|id| found.remove(id)).collect()
}
