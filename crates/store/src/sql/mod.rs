//! What all engines have in common that are SQL databases: the statements and what is read from their rows, documents, the
//! columns that follow from them, lists, and the one writer. No driver: an engine brings [`database`]'s traits, its
//! migrations, and the few statements that it writes in another way.

mod accounts;
mod aggregates;
mod apple;
pub mod copy;
pub mod damaged;
pub mod database;
pub mod documents;
pub mod list;
pub mod records;
pub mod retention;
pub mod settings;
mod telemetry;
mod trust;
mod views;
mod work;
pub mod write;

pub use trust::KEY_CHECK;

use crate::StoreResult;
use async_trait::async_trait;
use database::{Readers, Statement};
use domain::{
    Timestamp,
    list::{Page, SlotQuery},
    slot::SlotRow,
    types::ids::SlotId,
};
use write::writer::Writer;

/// A store that keeps everything in an SQL database: what an engine has to say for all other traits.
#[async_trait]
pub trait SqlStore: Send + Sync {
    /// Connections for reading.
    fn readers(&self) -> &dyn Readers;
    /// Connections for reading lists.
    fn lists(&self) -> &dyn Readers;
    /// The one that writes.
    fn writer(&self) -> &Writer;

    /// A field of a document, as an expression of SQL that is a text or null; some text for a document that is damaged.
    fn doc_text(&self, column: &str, field: &str) -> String;
    /// What follows the name of a table for an index that has to be used; empty for an engine that finds it by itself.
    fn index_hint(&self, index: &'static str) -> String;
    /// The secrets of the device `devices` in their order, as an expression of SQL: hexadecimal digits with spaces between.
    fn secrets_of_device(&self) -> &'static str;
    /// All people, as `k` with `id` and `name_key`.
    fn people_keys(&self) -> &'static str;
    /// The function of SQL that says where a text is in another, 0 for nowhere. No index serves it.
    fn position(&self) -> &'static str;
    /// Appends the people whom the index of texts finds, as `k` with `id` and `name_key`: tables and conditions.
    fn push_people_with(&self, sql: &mut Statement<'_>, words: &[String]);
    /// Appends the invitations of the people whom the index of texts finds, as `i`: tables and conditions.
    fn push_invitations_with(&self, sql: &mut Statement<'_>, words: &[String]);
    /// Whether more than [`domain::list::COUNTED_MAX`] people have the words, and reading people in any order meets them sooner than
    /// the index of texts does. False for an engine whose index tells them one by one.
    async fn is_met_soon(&self, words: &[String]) -> StoreResult<bool>;

    /// A page of the Mobile devices view, as it is at `now`.
    async fn slot_page(&self, query: &SlotQuery, now: Timestamp) -> StoreResult<Page<SlotRow>>;
    /// The rows that match a query at `now`, in its order; at most `limit`.
    async fn slots_of(&self, query: &SlotQuery, now: Timestamp, limit: usize) -> StoreResult<Vec<SlotId>>;
}
