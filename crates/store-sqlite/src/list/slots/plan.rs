//! Chooses how a page of the Mobile devices view is read, by counting how many rows match.

use super::{
    filter::is_text_with_facets,
    source::{AccessPath, FullTextEntries, SlotIndex, SlotSource, TextFilter},
};
use domain::list::COUNTED_MAX;
use store::{
    StoreResult,
    sql::{
        database::{Readers, query},
        list::{
            count::{Total, count_up_to},
            slots::filter::{SlotFilter, unlisted},
        },
    },
};

/// Rows that are collected and sorted for one page at most. If more than these match among 100,000, an index scan meets 100
/// of them within 5,000 entries, which costs about as much.
const SORTED_MAX: u64 = 2000;

/// Rows with a text that are collected, read and sorted at most when there are other filters. Counting first which of them
/// pass the other filters would cost about as much.
const SORTED_WITH_TEXT_MAX: u64 = 4000;

/// How a page is read.
pub(super) enum SlotPlan {
    /// Few rows match: all are found by this path, counted and sorted.
    Sort(AccessPath),
    /// Many rows match: an index that has the order of the list is scanned.
    Scan {
        /// How many match.
        total: Total,
        /// How the text is searched for.
        text: TextFilter,
    },
}

impl SlotPlan {
    /// The plan for the rows that match `filter`.
    pub(super) async fn choose(lists: &dyn Readers, filter: &SlotFilter<'_>) -> StoreResult<Self> {
        if filter.has_text() {
            return Self::with_text(lists, filter).await;
        }
        let text = TextFilter::Ignored;
        let Some(index) = SlotIndex::most_selective(filter) else {
            return Ok(Self::Scan { total: count_all(lists).await?, text });
        };
        let access = AccessPath::Index { index, text };
        // Rows that are read in two tables are counted no further than the choice needs.
        let limit = if filter.needs_slots() && filter.has_contact() { SORTED_MAX } else { COUNTED_MAX };
        let total = count_up_to(lists, &SlotSource { filter, access, sort: None }, limit).await?;
        Ok(Self::for_total(total, access, text))
    }

    /// The plan for a search.
    async fn with_text(lists: &dyn Readers, filter: &SlotFilter<'_>) -> StoreResult<Self> {
        let with_text = count_up_to(lists, &FullTextEntries(filter), COUNTED_MAX).await?;
        // Rare texts are looked up in the full-text index. For a frequent one, reading the text of some rows is faster than
        // collecting every row that has it.
        let text = if with_text.is_exact { TextFilter::FullText } else { TextFilter::InRows };
        if is_text_with_facets(filter) {
            // Nothing else is filtered by: these are the rows that match.
            return Ok(Self::for_total(with_text, AccessPath::FullText, text));
        }
        if with_text.is_at_most(SORTED_WITH_TEXT_MAX) {
            // The other filters leave fewer, and are checked while the rows are read.
            return Ok(Self::Sort(AccessPath::FullText));
        }
        let index = SlotIndex::most_selective(filter);
        let access = index.map_or(AccessPath::FullText, |index| AccessPath::Index { index, text });
        // Rows that have to be read are counted no further than the choice needs.
        let limit = if text == TextFilter::InRows { SORTED_MAX } else { COUNTED_MAX };
        let total = count_up_to(lists, &SlotSource { filter, access, sort: None }, limit).await?;
        Ok(Self::for_total(total, access, text))
    }

    fn for_total(total: Total, access: AccessPath, text: TextFilter) -> Self {
        if total.is_at_most(SORTED_MAX) { Self::Sort(access) } else { Self::Scan { total, text } }
    }
}

/// Without filters: all rows are counted as they come and go, and by an index the few that are not listed.
async fn count_all(lists: &dyn Readers) -> StoreResult<Total> {
    let mut sql = query("select (select number from slots_counted)");
    for status in unlisted() {
        sql.push(" - (select count(*) from slots where status = ").push_bind(status.as_str()).push(")");
    }
    Ok(Total::exact(sql.fetch_count(lists).await?))
}
