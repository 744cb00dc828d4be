//! Pages of People and of Invitations among many, against the same said in plain Rust.

use super::slot_world::World;
use crate::Store;
use domain::{
    list::{COUNTED_MAX, InvitationFilter, InvitationQuery, Page, PersonQuery},
    slot::SlotRow,
    types::{
        ids::{InvitationId, PersonId},
        search::{needle, searchable},
    },
};
use std::{fmt::Debug, sync::Arc};

/// Found by many, by some and by nobody, by a part and by a beginning.
const SEARCHES: [&str; 6] = ["", "example", "lindq", "さく", "b", "no such text"];

pub async fn people_are_paged_however_many_are_found(store: Arc<dyn Store>) {
    let world = World::of(store, 2500).await;
    for search in SEARCHES {
        let mut expected: Vec<_> =
            found(&world, search).map(|row| (row.person_name.to_lowercase(), row.person_id)).collect();
        expected.sort();
        let expected: Vec<PersonId> = expected.into_iter().map(|(_, id)| id).collect();
        let all = PersonQuery { search: search.to_owned(), size: Some(100), ..PersonQuery::default() };
        assert_eq!(world.store.matching_people(&all, 10_000).await.unwrap(), expected, "{search}");
        let total = (expected.len() as u64, true);
        walk(&expected, total, async |after, before| {
            let page = world.store.list_people(&PersonQuery { after, before, ..all.clone() }).await.unwrap();
            page.map(|row| row.id)
        })
        .await;
    }
}

pub async fn invitations_are_paged_however_many_are_found(store: Arc<dyn Store>) {
    let world = World::of(store, 2500).await;
    for search in SEARCHES {
        let mut expected: Vec<_> = found(&world, search).map(|row| (row.created_at, row.invitation_id)).collect();
        expected.sort_by(|one, other| other.cmp(one));
        let expected: Vec<InvitationId> = expected.into_iter().map(|(_, id)| id).collect();
        let all = InvitationQuery { search: search.to_owned(), size: Some(100), ..InvitationQuery::default() };
        walk(&expected, (expected.len() as u64, true), async |after, before| {
            let page = world.store.list_invitations(&InvitationQuery { after, before, ..all.clone() }).await.unwrap();
            page.map(|row| row.invitation.id)
        })
        .await;
    }
}

pub async fn more_people_than_can_be_counted_are_said_to_be_more(store: Arc<dyn Store>) {
    let world = World::of(store, usize::try_from(COUNTED_MAX).unwrap() + 1).await;
    for search in ["", "example"] {
        let query = PersonQuery { search: search.to_owned(), ..PersonQuery::default() };
        let page = world.store.list_people(&query).await.unwrap();
        assert_eq!((page.total, page.total_is_exact, page.rows.len()), (COUNTED_MAX, false, 25), "{search}");
        let all = InvitationQuery { search: search.to_owned(), ..InvitationQuery::default() };
        let page = world.store.list_invitations(&all).await.unwrap();
        let told = if search.is_empty() { COUNTED_MAX } else { 2000 };
        assert_eq!((page.total, page.total_is_exact, page.rows.len()), (told, false, 25), "{search}");
        let none = InvitationQuery { state: Some(InvitationFilter::Deactivated), ..all };
        assert_eq!(world.store.list_invitations(&none).await.unwrap().total, 0, "{search}");
    }
}

/// The rows of people whom a search finds; each row of this world has a person of its own.
fn found<'a>(world: &'a World, search: &str) -> impl Iterator<Item = &'a SlotRow> {
    let needle = needle(search);
    world.rows.iter().filter(move |row| {
        let text = searchable(&format!("{}\n{}", row.person_name, row.email));
        needle.as_ref().is_none_or(|needle| text.contains(needle))
    })
}

/// Turns all pages to the last and back.
async fn walk<I: Clone + Debug + PartialEq>(
    expected: &[I],
    total: (u64, bool),
    list: impl AsyncFn(Option<String>, Option<String>) -> Page<I>,
) {
    let (mut place, mut forth) = ((None, None), Vec::new());
    let mut page = loop {
        let page = list(place.0, place.1).await;
        assert_eq!((page.total, page.total_is_exact), total);
        forth.extend(page.rows.clone());
        match &page.next {
            Some(next) => place = (Some(next.clone()), None),
            None => break page,
        }
    };
    assert_eq!(forth, expected);
    let mut back = vec![page.rows];
    while let Some(previous) = page.previous {
        page = list(None, Some(previous)).await;
        assert_eq!((page.total, page.total_is_exact), total);
        back.push(page.rows);
    }
    back.reverse();
    assert_eq!(back.concat(), expected);
}
