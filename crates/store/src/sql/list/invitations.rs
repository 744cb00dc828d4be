//! Pages of Invitations.

use super::{
    count::{Total, count_up_to},
    keyset::{PageRequest, SortColumns, SortKey},
    person_search::PersonSearch,
    plan::{List, ScanPlan, SortPlan, collected_ids, walked_ids},
    rows::{INVITATION_COLUMNS, INVITATION_TABLES, invitation_row},
    statement::RowSource,
};
use crate::{
    StoreResult,
    sql::{SqlStore, database::Statement},
};
use domain::{
    list::{COUNTED_MAX, InvitationFilter, InvitationQuery, InvitationSort, Page},
    types::ids::InvitationId,
    views::InvitationRow,
};

/// Invitations of people with a frequent text that are counted at most: for each of them a person or a key is looked up.
const SEARCH_COUNTED_MAX: u64 = 2000;

const INVITATIONS: List<InvitationRow> =
    List { columns: INVITATION_COLUMNS, tables: INVITATION_TABLES, key: "i.id", convert: invitation_row };

const CREATION: SortColumns = SortColumns { value: "i.created_at", id: "i.id" };

fn sort_key(asked: &InvitationQuery) -> SortKey {
    SortKey { columns: CREATION, is_number: true, descending: asked.sort != Some(InvitationSort::Oldest) }
}

/// The invitations that match.
#[derive(Clone, Copy)]
struct InvitationSource<'a> {
    state: Option<InvitationFilter>,
    access: Access<'a>,
}

/// How they are found.
#[derive(Clone, Copy)]
enum Access<'a> {
    /// By their own indexes, without the people.
    Alone,
    /// By the people whom the index of texts finds.
    Found(&'a PersonSearch<'a>),
    /// In the order of creation; the text, if there is one, is looked for in each person.
    Scan(Option<&'a PersonSearch<'a>>),
}

impl RowSource for InvitationSource<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        match self.access {
            Access::Alone => _ = sql.push("invitations i where true"),
            Access::Found(search) => search.push_invitations(sql),
            Access::Scan(_) => _ = sql.push(INVITATION_TABLES).push(" where true"),
        }
        if let Some(state) = self.state {
            sql.push(" and i.state = ").push_bind(state.as_str());
        }
        if let Access::Scan(Some(search)) = self.access {
            search.push_contains(sql);
        }
    }
}

/// A page of Invitations.
pub async fn invitations(store: &dyn SqlStore, asked: &InvitationQuery) -> StoreResult<Page<InvitationRow>> {
    let request = PageRequest::new(sort_key(asked), asked.after.as_deref(), asked.before.as_deref(), asked.size);
    let source = |access| InvitationSource { state: asked.state, access };
    let Some(search) = PersonSearch::new(store, &asked.search).await? else {
        // No text: the state's index, or that of creation, is in the order of the list.
        let total = count_up_to(store.lists(), &source(Access::Alone), COUNTED_MAX).await?;
        let plan = ScanPlan { list: &INVITATIONS, source: source(Access::Scan(None)), total };
        return plan.page(store.lists(), &request).await;
    };
    if search.found.is_exact {
        // Few people have the text: their invitations are collected and sorted.
        let source = source(Access::Found(&search));
        SortPlan { list: &INVITATIONS, source, key: "i.id", sort: CREATION }.page(store.lists(), &request).await
    } else {
        // Many people have it: the page is soon full.
        let total = count_of_many(store, asked.state, &search).await?;
        let source = source(Access::Scan(Some(&search)));
        ScanPlan { list: &INVITATIONS, source, total }.page(store.lists(), &request).await
    }
}

/// The invitations that match `query`, in its order, at most `limit`.
pub async fn matching(store: &dyn SqlStore, asked: &InvitationQuery, limit: usize) -> StoreResult<Vec<InvitationId>> {
    let (lists, descending) = (store.lists(), sort_key(asked).descending);
    let source = |access| InvitationSource { state: asked.state, access };
    let found = if let Some(search) = PersonSearch::new(store, &asked.search).await? {
        collected_ids(lists, &source(Access::Found(&search)), CREATION, descending, limit).await?
    } else {
        walked_ids(lists, &source(Access::Alone), CREATION, descending, limit).await?
    };
    Ok(found.into_iter().map(InvitationId).collect())
}

/// Counts the invitations of people with a frequent text. Of all invitations, many are theirs: the index of texts finds
/// enough of them at once. In one state there may be few invitations, which that state's index finds.
async fn count_of_many(
    store: &dyn SqlStore,
    state: Option<InvitationFilter>,
    search: &PersonSearch<'_>,
) -> StoreResult<Total> {
    let access =
        if state.is_none() && !search.is_met_soon { Access::Found(search) } else { Access::Scan(Some(search)) };
    count_up_to(store.lists(), &InvitationSource { state, access }, SEARCH_COUNTED_MAX).await
}
