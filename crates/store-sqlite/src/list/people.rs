//! Pages of People.

use super::{
    count::count_up_to,
    keyset::{PageRequest, SortColumns, SortKey, push_order},
    person_search::PersonSearch,
    plan::{List, ScanPlan, SortPlan},
    rows::{PERSON_COLUMNS, PERSON_TABLES, person_row},
    statement::{RowSource, Table, limit_value},
};
use crate::fault::fault;
use domain::{
    list::{COUNTED_MAX, Page, PersonQuery},
    types::ids::PersonId,
    views::PersonRow,
};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use store::StoreResult;
use uuid::Uuid;

const PEOPLE: List<PersonRow> =
    List { columns: PERSON_COLUMNS, tables: PERSON_TABLES, key: "p.id", convert: person_row };

const BY_NAME: SortKey =
    SortKey { columns: SortColumns { value: "p.name_key", id: "p.id" }, is_number: false, descending: false };

/// The same columns in `people_keys`, which is small: people are sorted without being read.
const KEYS: SortColumns = SortColumns { value: "k.name_key", id: "k.id" };

/// The people who match.
enum PeopleSource<'a> {
    /// By the full-text index, as `people_keys k`.
    FullText(&'a PersonSearch),
    /// In the order of names; the text, if there is one, is looked for in each of them.
    Scan(Option<&'a PersonSearch>),
}

impl RowSource for PeopleSource<'_> {
    fn push_to(&self, sql: &mut QueryBuilder<Sqlite>) {
        match self {
            Self::FullText(search) => {
                search.push_match(sql, "people_search cross join people_keys k on k.key = people_search.rowid");
            }
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
pub(crate) async fn people(pool: &SqlitePool, query: &PersonQuery) -> StoreResult<Page<PersonRow>> {
    let request = PageRequest::new(BY_NAME, query.after.as_deref(), query.before.as_deref(), query.size);
    let Some(search) = PersonSearch::new(pool, &query.search).await? else {
        // Everybody matches.
        let total = count_up_to(pool, &Table("people"), COUNTED_MAX).await?;
        return ScanPlan { list: &PEOPLE, source: PeopleSource::Scan(None), total }.page(pool, &request).await;
    };
    if search.found.is_exact {
        // Few match: the full-text index finds them, and they are sorted.
        let source = PeopleSource::FullText(&search);
        SortPlan { list: &PEOPLE, source, key: "k.id", sort: KEYS }.page(pool, &request).await
    } else {
        // Many match: the page is soon full.
        let source = PeopleSource::Scan(Some(&search));
        ScanPlan { list: &PEOPLE, source, total: search.found }.page(pool, &request).await
    }
}

/// The people who match `query`, in the order of People, at most `limit`.
pub(crate) async fn matching_people(
    pool: &SqlitePool,
    query: &PersonQuery,
    limit: usize,
) -> StoreResult<Vec<PersonId>> {
    let mut sql = QueryBuilder::new("select k.id from ");
    match PersonSearch::new(pool, &query.search).await? {
        Some(search) => PeopleSource::FullText(&search).push_to(&mut sql),
        None => Table("people_keys k").push_to(&mut sql),
    }
    push_order(&mut sql, KEYS, BY_NAME.descending);
    sql.push(" limit ").push_bind(limit_value(limit));
    let found: Vec<Uuid> = sql.build_query_scalar().fetch_all(pool).await.map_err(fault)?;
    Ok(found.into_iter().map(PersonId).collect())
}
