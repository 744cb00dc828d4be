//! Pages of People and of Invitations among many, compared with the same filters in plain Rust.

use super::sample_rows::SampleRows;
use crate::{Store, contract::fixture::Fixture};
use domain::{
    list::{COUNTED_MAX, InvitationFilter, InvitationQuery, Page, PersonQuery},
    slot::SlotRow,
    types::{
        ids::{InvitationId, PersonId},
        search::{needles, searchable},
    },
};
use std::{fmt::Debug, sync::Arc};

/// They match many, some and none; a part of a word, its beginning, and words in another order.
const SEARCHES: [&str; 8] = ["", "example", "lindq", "さく", "b", "no such text", "meer zoe", "p00 LINDQVIST a"];

pub async fn pages_of_people_are_right_however_many_match(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 2500).await;
    for search in SEARCHES {
        let mut expected: Vec<_> =
            found(&sample, search).map(|row| (row.person_name.to_lowercase(), row.person_id)).collect();
        expected.sort();
        let expected: Vec<PersonId> = expected.into_iter().map(|(_, id)| id).collect();
        let all = PersonQuery { search: search.to_owned(), size: Some(100), ..PersonQuery::default() };
        assert_eq!(sample.store.matching_people(&all, 10_000).await.unwrap(), expected, "{search}");
        let total = (expected.len() as u64, true);
        check_pages(&expected, total, async |after, before| {
            let page = sample.store.list_people(&PersonQuery { after, before, ..all.clone() }).await.unwrap();
            page.map(|row| row.id)
        })
        .await;
    }
}

pub async fn pages_of_invitations_are_right_however_many_match(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 2500).await;
    for search in SEARCHES {
        let mut expected: Vec<_> = found(&sample, search).map(|row| (row.created_at, row.invitation_id)).collect();
        expected.sort_by(|one, other| other.cmp(one));
        let expected: Vec<InvitationId> = expected.into_iter().map(|(_, id)| id).collect();
        let all = InvitationQuery { search: search.to_owned(), size: Some(100), ..InvitationQuery::default() };
        check_pages(&expected, (expected.len() as u64, true), async |after, before| {
            let page = sample.store.list_invitations(&InvitationQuery { after, before, ..all.clone() }).await.unwrap();
            page.map(|row| row.invitation.id)
        })
        .await;
    }
}

pub async fn names_beyond_ascii_come_in_the_order_of_their_characters(store: Arc<dyn Store>) {
    // The order of the code points, in which a collation of a language, bytes of UTF-16, and a lower case of ASCII alone
    // would each put some elsewhere.
    let names = [
        "bo li",
        "Zoë",
        "zoé",
        "Ábel",
        "øystein",
        "Štěpán",
        "Иван",
        "せき",
        "陈伟明",
        "\u{fa0e}",
        "𠮷田",
        "a b",
        "A-b",
        "Ab",
    ];
    let mut f = Fixture::new(store.clone());
    let mut expected = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let person = f.person(&format!("p{n}@example.com")).await;
        let aggregate = f.load(person).await;
        let change = f.corrected(&aggregate, name, aggregate.person.email.as_str());
        store.commit(change).await.unwrap();
        expected.push((f.load(person).await.person.name.as_str().to_lowercase(), person));
    }
    expected.sort();
    let expected: Vec<PersonId> = expected.into_iter().map(|(_, id)| id).collect();
    let all = PersonQuery { size: Some(1), ..PersonQuery::default() };
    assert_eq!(store.matching_people(&all, 100).await.unwrap(), expected);
    check_pages(&expected, (expected.len() as u64, true), async |after, before| {
        let page = store.list_people(&PersonQuery { after, before, ..all.clone() }).await.unwrap();
        page.map(|row| row.id)
    })
    .await;
}

pub async fn a_total_of_people_beyond_the_counting_limit_is_not_exact(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, usize::try_from(COUNTED_MAX).unwrap() + 1).await;
    for search in ["", "example"] {
        let query = PersonQuery { search: search.to_owned(), ..PersonQuery::default() };
        let page = sample.store.list_people(&query).await.unwrap();
        assert_eq!((page.total, page.total_is_exact, page.rows.len()), (COUNTED_MAX, false, 25), "{search}");
        let all = InvitationQuery { search: search.to_owned(), ..InvitationQuery::default() };
        let page = sample.store.list_invitations(&all).await.unwrap();
        let counted = if search.is_empty() { COUNTED_MAX } else { 2000 };
        assert_eq!((page.total, page.total_is_exact, page.rows.len()), (counted, false, 25), "{search}");
        let none = InvitationQuery { state: Some(InvitationFilter::Deactivated), ..all };
        assert_eq!(sample.store.list_invitations(&none).await.unwrap().total, 0, "{search}");
    }
}

/// The rows of the people whom a search finds; each row of this sample has a person of its own.
fn found<'a>(sample: &'a SampleRows, search: &str) -> impl Iterator<Item = &'a SlotRow> {
    let needles = needles(search);
    sample.rows.iter().filter(move |row| {
        let text = searchable(&format!("{}\n{}", row.person_name, row.email));
        needles.iter().all(|needle| text.contains(needle))
    })
}

/// Reads all pages to the last and back, and compares them with what is expected.
async fn check_pages<I: Clone + Debug + PartialEq>(
    expected: &[I],
    total: (u64, bool),
    list: impl AsyncFn(Option<String>, Option<String>) -> Page<I>,
) {
    let (mut cursors, mut forward) = ((None, None), Vec::new());
    let mut page = loop {
        let page = list(cursors.0, cursors.1).await;
        assert_eq!((page.total, page.total_is_exact), total);
        forward.extend(page.rows.clone());
        match &page.next {
            Some(next) => cursors = (Some(next.clone()), None),
            None => break page,
        }
    };
    assert_eq!(forward, expected);
    let mut back = vec![page.rows];
    while let Some(previous) = page.previous {
        page = list(None, Some(previous)).await;
        assert_eq!((page.total, page.total_is_exact), total);
        back.push(page.rows);
    }
    back.reverse();
    assert_eq!(back.concat(), expected);
}
