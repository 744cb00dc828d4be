//! What only SQLite asks of the filters of the Mobile devices view.

use crate::{
    facets,
    list::text::{phrase, phrases},
};
use domain::{
    device::{Ownership, Platform},
    list::SlotQuery,
    slot::SlotStatus,
};
use store::sql::{
    database::Statement,
    list::slots::filter::{SlotFilter, push_equals, unlisted},
};

/// Whether the full-text index alone decides which rows match: it knows text and facets, but nothing else.
pub(super) fn is_text_with_facets(filter: &SlotFilter<'_>) -> bool {
    let SlotQuery { attention, contact, person_id, .. } = filter.query;
    filter.has_text() && attention.is_none() && contact.is_none() && person_id.is_none()
}

/// The full-text query for rows that have the text and one of some states.
pub(super) fn full_text_query_of(filter: &SlotFilter<'_>, statuses: &[SlotStatus]) -> String {
    let facets: Vec<String> = statuses.iter().map(|status| phrase(facets::status(*status))).collect();
    format!("search : ({}) AND facets : ({})", phrases(filter.words()), facets.join(" OR "))
}

/// The full-text query: the text together with the facets, so that rows are read for neither.
pub(super) fn full_text_query(filter: &SlotFilter<'_>) -> String {
    let mut expression = format!("search : ({})", phrases(filter.words()));
    let SlotQuery { platform, ownership, .. } = filter.query;
    let status = filter.status();
    let facets = [status.map(facets::status), platform.map(facets::platform), ownership.map(facets::ownership)];
    for facet in facets.into_iter().flatten() {
        expression.push_str(" AND facets : ");
        expression.push_str(&phrase(facet));
    }
    if status.is_none() {
        for unlisted in unlisted() {
            expression.push_str(" NOT facets : ");
            expression.push_str(&phrase(facets::status(unlisted)));
        }
    }
    expression
}

/// Status, platform and ownership by their index. A column that is not filtered by is compared with every value that a
/// listed row can have: otherwise the index would not narrow the search by the columns that follow it.
pub(super) fn push_facets_for_index(filter: &SlotFilter<'_>, sql: &mut Statement<'_>) {
    let SlotQuery { platform, ownership, .. } = filter.query;
    let status = filter.status();
    let statuses = SlotStatus::ALL.iter().filter(|s| s.is_listed()).map(|s| s.as_str());
    let platforms = Platform::ALL.iter().map(|p| p.as_str()).chain([""]);
    let ownerships = Ownership::ALL.iter().map(|o| o.as_str()).chain([""]);
    push_one_of(sql, "slots.status", status.map(SlotStatus::as_str), statuses);
    push_one_of(sql, "slots.platform", platform.map(Platform::as_str), platforms);
    push_one_of(sql, "slots.ownership", ownership.map(Ownership::as_str), ownerships);
}

/// As [`push_equals`]; without a value, the column has one of all values.
fn push_one_of(
    sql: &mut Statement<'_>,
    column: &str,
    value: Option<&'static str>,
    all: impl Iterator<Item = &'static str>,
) {
    if value.is_some() {
        return push_equals(sql, column, value);
    }
    sql.push(" and ").push(column).push(" in ").push_list(all.map(str::to_owned));
}
