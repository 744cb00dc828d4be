//! Pages of People.

use super::{
    count::count_up_to,
    keyset::{PageRequest, SortColumns, SortKey},
    person_search::PersonSearch,
    plan::{List, ScanPlan, SortPlan, collected_ids, walked_ids},
    rows::{PERSON_COLUMNS, PERSON_TABLES, person_row},
    statement::{RowSource, Table},
};
use crate::{
    StoreResult,
    sql::{SqlStore, database::Statement},
};
use domain::{
    list::{COUNTED_MAX, Page, PersonQuery},
    types::ids::PersonId,
    views::PersonRow,
};

const PEOPLE: List<PersonRow> =
    List { columns: PERSON_COLUMNS, tables: PERSON_TABLES, key: "p.id", convert: person_row };

const BY_NAME: SortKey =
    SortKey { columns: SortColumns { value: "p.name_key", id: "p.id" }, is_number: false, descending: false };

/// The same columns where people are found by their keys, so that they are sorted without being read.
const KEYS: SortColumns = SortColumns { value: "k.name_key", id: "k.id" };

/// The people who match.
enum PeopleSource<'a> {
    /// By the index of texts, as `k`.
    Found(&'a PersonSearch<'a>),
    /// In the order of names; the text, if there is one, is looked for in each of them.
    Scan(Option<&'a PersonSearch<'a>>),
}

impl RowSource for PeopleSource<'_> {
    fn push_to(&self, sql: &mut Statement<'_>) {
        match self {
            Self::Found(search) => search.push_people(sql),
            Self::Scan(search) => {
                sql.push(PERSON_TABLES).push(" where true");
                if let Some(search) = search {
                    search.push_contains(sql);
                }
            }
        }
    }
}

/// A page of People.
pub async fn people(store: &dyn SqlStore, person_query: &PersonQuery) -> StoreResult<Page<PersonRow>> {
    let request =
        PageRequest::new(BY_NAME, person_query.after.as_deref(), person_query.before.as_deref(), person_query.size);
    let Some(search) = PersonSearch::new(store, &person_query.search).await? else {
        // Everybody matches.
        let total = count_up_to(store.lists(), &Table("people"), COUNTED_MAX).await?;
        return ScanPlan { list: &PEOPLE, source: PeopleSource::Scan(None), total }.page(store.lists(), &request).await;
    };
    if search.found.is_exact {
        // Few match: the index of texts finds them, and they are sorted.
        let source = PeopleSource::Found(&search);
        SortPlan { list: &PEOPLE, source, key: "k.id", sort: KEYS }.page(store.lists(), &request).await
    } else {
        // Many match: the page is soon full.
        let source = PeopleSource::Scan(Some(&search));
        ScanPlan { list: &PEOPLE, source, total: search.found }.page(store.lists(), &request).await
    }
}

/// The people who match a query, in the order of People, at most `limit`.
pub async fn matching_people(
    store: &dyn SqlStore,
    person_query: &PersonQuery,
    limit: usize,
) -> StoreResult<Vec<PersonId>> {
    let (lists, descending) = (store.lists(), BY_NAME.descending);
    let found = if let Some(search) = PersonSearch::new(store, &person_query.search).await? {
        collected_ids(lists, &PeopleSource::Found(&search), KEYS, descending, limit).await?
    } else {
        walked_ids(lists, &Table(store.people_keys()), KEYS, descending, limit).await?
    };
    Ok(found.into_iter().map(PersonId).collect())
}
