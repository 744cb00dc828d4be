//! Pages of lists.

use crate::{Store, contract::fixture::Fixture};
use domain::{
    list::{InvitationFilter, InvitationQuery, InvitationSort, PersonQuery, SlotQuery, SlotSort},
    slot::SlotStatus,
    types::ids::{InvitationId, PersonId},
};
use std::sync::Arc;

async fn filled(store: &Arc<dyn Store>, count: usize) -> Fixture {
    let mut f = Fixture::new(store.clone());
    for n in 0..count {
        // Several rows share a moment, so that the id has to break ties.
        f.now = f.now.plus_seconds(i64::from(n % 3 == 0));
        let person = f.person(&format!("p{n:03}@example.com")).await;
        f.invitation(person, n % 2 == 0).await;
    }
    f
}

pub async fn pages_show_every_row_once_in_both_directions(store: Arc<dyn Store>) {
    let f = filled(&store, 60).await;
    for sort in SlotSort::ALL {
        let mut query = SlotQuery { sort: Some(*sort), size: Some(25), ..SlotQuery::default() };
        let (mut forward, mut pages) = (Vec::new(), Vec::new());
        loop {
            let page = store.list_slots(&query, f.now).await.unwrap();
            assert_eq!(page.total, 60);
            forward.extend(page.rows.iter().map(|row| row.id));
            pages.push(page.rows.iter().map(|row| row.id).collect::<Vec<_>>());
            let Some(next) = page.next else {
                query.before = page.previous;
                break;
            };
            query.after = Some(next);
        }
        query.after = None;
        let distinct: std::collections::BTreeSet<_> = forward.iter().collect();
        assert_eq!((forward.len(), distinct.len()), (60, 60), "{sort}");
        let back = store.list_slots(&query, f.now).await.unwrap();
        assert_eq!(back.rows.iter().map(|row| row.id).collect::<Vec<_>>(), pages[1], "{sort}");
        query.before = back.previous;
        let first = store.list_slots(&query, f.now).await.unwrap();
        assert_eq!(first.rows.iter().map(|row| row.id).collect::<Vec<_>>(), pages[0], "{sort}");
        assert_eq!(first.previous, None);
    }
}

pub async fn rows_are_found_by_what_they_contain(store: Arc<dyn Store>) {
    let mut f = filled(&store, 5).await;
    let person = store.find_person("p003@example.com").await.unwrap().unwrap();
    f.device(person, 1).await;
    let slots = |search: &str, status| SlotQuery { search: search.to_owned(), status, ..SlotQuery::default() };
    for (search, status, found) in [
        ("SLATE", None, 1),
        ("sn-42", None, 1),
        ("P003@", None, 1),
        ("person p00", None, 5),
        ("100%_nothing", None, 0),
        ("", Some(SlotStatus::Pending), 1),
        ("", Some(SlotStatus::Queued), 3),
    ] {
        assert_eq!(store.list_slots(&slots(search, status), f.now).await.unwrap().total, found, "{search} {status:?}");
    }
    let people = PersonQuery { search: "P004".to_owned(), ..PersonQuery::default() };
    assert_eq!(store.list_people(&people).await.unwrap().rows[0].email, "p004@example.com");
    let invitations = InvitationQuery { state: Some(InvitationFilter::Opened), ..InvitationQuery::default() };
    assert_eq!(store.list_invitations(&invitations).await.unwrap().rows[0].devices, 1);
}

pub async fn people_are_found_by_any_part_of_their_name_or_email(store: Arc<dyn Store>) {
    let mut f = filled(&store, 40).await;
    let person = store.find_person("p007@example.com").await.unwrap().unwrap();
    let aggregate = f.load(person).await;
    let change = f.corrected(&aggregate, "Zoë \"Ö\" O'Neil", "zoe@example.org");
    store.commit(change).await.unwrap();
    for (search, found) in [
        ("zoë", 1),
        ("\"ö oe", 0),
        ("\"ö ZOË", 1),
        ("neil zoe", 1),
        ("e\" OR \"x", 0),
        ("o'n", 1),
        ("ö", 1),
        ("zo", 1),
        ("example.org", 1),
        ("p007", 0),
        ("p01", 10),
        ("EXAMPLE.COM", 39),
        ("*", 0),
        ("\"", 0),
        ("ne", 1),
        ("eil", 1),
        ("il", 0),
        ("a OR b", 0),
        ("", 40),
        ("%", 0),
        ("___", 0),
        ("\\\\\\", 0),
        ("'); drop table people; --", 0),
        ("p01\0", 10),
    ] {
        let people = PersonQuery { search: search.to_owned(), ..PersonQuery::default() };
        assert_eq!(store.list_people(&people).await.unwrap().total, found, "{search}");
        assert_eq!(store.matching_people(&people, 100).await.unwrap().len() as u64, found, "{search}");
        let invitations = InvitationQuery { search: search.to_owned(), ..InvitationQuery::default() };
        let page = store.list_invitations(&invitations).await.unwrap();
        assert_eq!((page.total, page.rows.len() as u64), (found, found.min(25)), "{search}");
        assert_eq!(store.matching_invitations(&invitations, 100).await.unwrap().len() as u64, found, "{search}");
    }
}

pub async fn requested_invitations_come_in_the_requested_order(store: Arc<dyn Store>) {
    filled(&store, 30).await;
    let newest = InvitationQuery { search: "P00".to_owned(), ..InvitationQuery::default() };
    let oldest = InvitationQuery { sort: Some(InvitationSort::Oldest), ..newest.clone() };
    let mut reversed = Vec::new();
    for query in [&newest, &oldest] {
        let page = store.list_invitations(query).await.unwrap();
        let listed: Vec<_> = page.rows.iter().map(|row| row.invitation.id).collect();
        let found = store.matching_invitations(query, 100).await.unwrap();
        assert_eq!((found.len(), &found), (10, &listed), "in the order of the list");
        assert_eq!(store.matching_invitations(query, 4).await.unwrap(), listed[..4]);
        let mut asked = found.clone();
        asked.insert(2, InvitationId(uuid::Uuid::max()));
        let rows: Vec<_> = store.invitation_rows(&asked).await.unwrap().iter().map(|row| row.invitation.id).collect();
        assert_eq!(rows, found);
        reversed.push(found);
    }
    reversed[1].reverse();
    assert_eq!(reversed[0], reversed[1], "the oldest are first where the newest were last");
    let mut found = 0;
    for state in InvitationFilter::ALL {
        let query = InvitationQuery { state: Some(*state), ..InvitationQuery::default() };
        let page = store.list_invitations(&query).await.unwrap();
        let matching = store.matching_invitations(&query, 100).await.unwrap();
        assert_eq!(matching.len() as u64, page.total, "{state:?}");
        found += matching.len();
    }
    assert!(found >= 30, "{found}");
}

pub async fn requested_rows_come_in_the_requested_order(store: Arc<dyn Store>) {
    let f = filled(&store, 30).await;
    let query = PersonQuery { search: "P00".to_owned(), size: Some(25), ..PersonQuery::default() };
    let mut people = store.matching_people(&query, 100).await.unwrap();
    let listed: Vec<_> = store.list_people(&query).await.unwrap().rows.iter().map(|row| row.id).collect();
    assert_eq!((people.len(), &people), (10, &listed), "in the order of the list");
    assert_eq!(store.matching_people(&query, 4).await.unwrap(), listed[..4]);
    people.reverse();
    people.insert(2, PersonId(uuid::Uuid::max()));
    let rows: Vec<_> = store.people_rows(&people).await.unwrap().iter().map(|row| row.id).collect();
    people.remove(2);
    assert_eq!(rows, people);
    let known = store.people_by_email(&["p003@example.com", "nobody@example.com", "p000@example.com"]).await.unwrap();
    let mut emails: Vec<_> = known.iter().map(|row| (row.email.as_str(), row.invitation.is_some())).collect();
    emails.sort_unstable();
    assert_eq!(emails, [("p000@example.com", true), ("p003@example.com", true)]);
    let mut slots = store.matching_slots(&SlotQuery::default(), f.now, usize::MAX).await.unwrap();
    slots.reverse();
    let rows: Vec<_> = store.slot_rows(&slots).await.unwrap().iter().map(|row| row.id).collect();
    assert_eq!(rows, slots);
    assert!(store.slot_rows(&[]).await.unwrap().is_empty());
}

pub async fn unreadable_cursors_count_as_none(store: Arc<dyn Store>) {
    let f = filled(&store, 3).await;
    for cursor in ["", ".", "x.y", "'; drop table slots; --", "00000000-0000-0000-0000-000000000000.zz", "é.ü"] {
        let query = SlotQuery { after: Some(cursor.to_owned()), size: Some(7), ..SlotQuery::default() };
        assert_eq!(store.list_slots(&query, f.now).await.unwrap().rows.len(), 3, "{cursor}");
    }
}

pub async fn a_timeline_begins_with_the_newest(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, true).await;
    f.device(person, 1).await;
    let slot = f.load(person).await.slots[0].id;
    let row = store.find_slot(slot).await.unwrap().unwrap();
    let timeline = store.timeline(&row, 100).await.unwrap();
    assert!(timeline.len() >= 5 && timeline.windows(2).all(|pair| pair[0].seq > pair[1].seq));
    assert_eq!(store.timeline(&row, 2).await.unwrap(), timeline[..2]);
}
