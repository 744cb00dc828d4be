//! Queries of the full-text index.

use store::sql::database::Statement;

/// A text as a phrase of a full-text query.
pub(crate) fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Texts as a full-text query for all of them, in any order. There is at least one.
pub(crate) fn phrases(texts: &[String]) -> String {
    texts.iter().map(|text| phrase(text)).collect::<Vec<_>>().join(" AND ")
}

/// Appends the people whom the index finds, as `k`.
pub(crate) fn push_people(sql: &mut Statement<'_>, words: &[String]) {
    sql.push("people_search cross join people_keys k on k.key = people_search.rowid where people_search match ");
    sql.push_bind(phrases(words));
}

/// Appends the invitations of the people whom the index finds, as `i`. `cross join` keeps SQLite from beginning elsewhere.
pub(crate) fn push_invitations(sql: &mut Statement<'_>, words: &[String]) {
    sql.push("people_search cross join people_keys k on k.key = people_search.rowid ");
    sql.push("cross join invitations i on i.person_id = k.id where people_search match ").push_bind(phrases(words));
}
