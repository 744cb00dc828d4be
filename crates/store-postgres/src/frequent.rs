//! Texts that many rows have. The index of texts reads all of them before it tells the first (270 ms for 740,000 people), but whoever
//! reads rows in any order meets some soon.

use crate::text::POSITION;
use domain::list::COUNTED_MAX;
use store::{
    StoreResult,
    sql::{
        database::{Readers, query},
        list::person_search::push_contains,
    },
};

/// Rows that are read to find out whether a text may be frequent.
const SAMPLE: u32 = 1000;
/// Rows of the sample that have a frequent text. Of a text that one row in five has the index tells 200,000 among a million in about
/// 50 ms, which is as long as it takes to read [`READ_MAX`] rows.
const OF_SAMPLE: u64 = 200;
/// Rows that are read at most: the sample may be unlike the rest.
const READ_MAX: u32 = 60_000;

/// Whether more than [`COUNTED_MAX`] rows of `table` have the words, which reading its first rows has shown.
pub(crate) async fn is_met_soon(lists: &dyn Readers, table: &'static str, words: &[String]) -> StoreResult<bool> {
    Ok(!words.is_empty()
        && has_among_first(lists, table, words, SAMPLE, OF_SAMPLE).await?
        && has_among_first(lists, table, words, READ_MAX, COUNTED_MAX + 1).await?)
}

/// Whether `wanted` of the first `read` rows have the words.
async fn has_among_first(
    lists: &dyn Readers,
    table: &'static str,
    words: &[String],
    read: u32,
    wanted: u64,
) -> StoreResult<bool> {
    let mut sql = query("select count(*) from (select 1 from (select search from ");
    sql.push(table).push(" limit ").push_bind(read).push(") as first where true");
    push_contains(&mut sql, POSITION, "search", words);
    sql.push(" limit ").push_bind(i64::try_from(wanted).unwrap_or(i64::MAX)).push(") as found");
    Ok(sql.once().fetch_count(lists).await? >= wanted)
}
