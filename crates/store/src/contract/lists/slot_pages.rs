//! Filters, sorting and search of the Mobile devices view, compared with the same in plain Rust.

use super::sample_rows::SampleRows;
use crate::Store;
use domain::{
    Timestamp,
    device::{Ownership, Platform},
    journal::change::{Change, SlotPut},
    list::{AttentionFilter, COUNTED_MAX, ContactFilter, Page, SlotQuery, SlotSort},
    slot::{SlotStatus, attention::Cause},
    types::ids::SlotId,
};
use std::sync::Arc;
use uuid::Uuid;

fn everything() -> SlotQuery {
    SlotQuery { size: Some(100), ..SlotQuery::default() }
}

/// Each filter alone, in each of its values.
fn single_filters() -> Vec<SlotQuery> {
    let statuses = SlotStatus::ALL.iter().map(|s| SlotQuery { status: Some(*s), ..everything() });
    let platforms = Platform::ALL.iter().map(|p| SlotQuery { platform: Some(*p), ..everything() });
    let ownerships = Ownership::ALL.iter().map(|o| SlotQuery { ownership: Some(*o), ..everything() });
    let causes = AttentionFilter::all().map(|a| SlotQuery { attention: Some(a), ..everything() });
    let contacts = ContactFilter::ALL.iter().map(|c| SlotQuery { contact: Some(*c), ..everything() });
    statuses.chain(platforms).chain(ownerships).chain(causes).chain(contacts).collect()
}

/// Two and more filters at once.
fn combined_filters() -> Vec<SlotQuery> {
    let lost = SlotQuery {
        status: Some(SlotStatus::NotSynchronizing),
        platform: Some(Platform::Ipados),
        ownership: Some(Ownership::Company),
        contact: Some(ContactFilter::Month),
        ..everything()
    };
    vec![
        SlotQuery { attention: Some(AttentionFilter::Cause(Cause::RenewedWithoutEffect)), ..lost.clone() },
        SlotQuery { platform: Some(Platform::Ios), attention: Some(AttentionFilter::Any), ..everything() },
        SlotQuery { ownership: Some(Ownership::Personal), contact: Some(ContactFilter::Week), ..everything() },
        SlotQuery { status: Some(SlotStatus::Sent), platform: Some(Platform::Linux), ..everything() },
        SlotQuery { search: "LI".to_owned(), ownership: Some(Ownership::Company), ..everything() },
        SlotQuery { search: "example.com".to_owned(), attention: Some(AttentionFilter::Any), ..everything() },
        SlotQuery { search: "slate".to_owned(), platform: Some(Platform::Android), ..everything() },
        SlotQuery { search: "slate".to_owned(), contact: Some(ContactFilter::Day), ..everything() },
        lost,
    ]
}

fn searches() -> Vec<SlotQuery> {
    ["lindq", "P0001", "陈", "陈伟", "さく", "zoë VAN", "7", "sn-12", "петров", "100%_no", "\"quoted\" AND", "bo"]
        .map(|text| SlotQuery { search: text.to_owned(), ..everything() })
        .into()
}

/// What a page has to say about how many rows match.
#[derive(Clone, Copy)]
enum Counted {
    /// All of them.
    Exactly,
    /// All of them, or so many and that there are more: how far an engine counts is its own affair.
    AtLeast(u64),
}

impl Counted {
    fn check<T>(self, page: &Page<T>, all: usize, query: &SlotQuery) {
        let all = all as u64;
        let is_right = match self {
            Self::AtLeast(few) if !page.total_is_exact => (few..=all).contains(&page.total),
            _ => (page.total, page.total_is_exact) == (all, true),
        };
        assert!(is_right, "{} {} of {all}: {query:?}", page.total, page.total_is_exact);
    }
}

/// As [`check_rows`], with an exact total.
async fn check(sample: &SampleRows, query: &SlotQuery) {
    check_rows(sample, query, Counted::Exactly).await;
}

/// Reads all pages to the last and back, and compares them with what is expected.
async fn check_rows(sample: &SampleRows, query: &SlotQuery, counted: Counted) {
    let expected = sample.expected(query);
    let matching = sample.store.matching_slots(query, sample.now, expected.len() + 1).await.unwrap();
    assert_eq!(matching, expected, "{query:?}");
    let (mut query, mut pages) = (query.clone(), Vec::<Vec<SlotId>>::new());
    let previous = loop {
        let page = sample.store.list_slots(&query, sample.now).await.unwrap();
        counted.check(&page, expected.len(), &query);
        pages.push(page.rows.iter().map(|row| row.id).collect());
        match page.next {
            Some(next) => query.after = Some(next),
            None => break page.previous,
        }
    };
    assert_eq!(pages.concat(), expected, "{query:?}");
    (query.after, query.before) = (None, previous);
    for page in pages.iter().rev().skip(1) {
        let found = sample.store.list_slots(&query, sample.now).await.unwrap();
        assert_eq!(&found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), page, "{query:?}");
        query.before = found.previous;
    }
    assert_eq!(query.before, None, "the first page has none before it");
}

pub async fn every_filter_finds_its_rows_in_every_order(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 400).await;
    for query in single_filters().into_iter().chain(combined_filters()).chain(searches()) {
        for sort in SlotSort::ALL {
            check(&sample, &SlotQuery { sort: Some(*sort), ..query.clone() }).await;
        }
    }
    let person = sample.rows[7].person_id;
    check(&sample, &SlotQuery { person_id: Some(person), ..everything() }).await;
}

pub async fn rows_that_changed_in_part_are_found_by_every_filter(store: Arc<dyn Store>) {
    let mut sample = SampleRows::of(store, 400).await;
    sample.change_in_part().await;
    let with_text = |query| SlotQuery { search: "example.com".to_owned(), ..query };
    let renamed = SlotQuery { search: "renamed".to_owned(), ..everything() };
    let filters = single_filters().into_iter().flat_map(|query| [with_text(query.clone()), query]);
    for (query, sort) in filters.chain(searches()).chain([renamed]).zip(SlotSort::ALL.iter().cycle()) {
        check(&sample, &SlotQuery { sort: Some(*sort), ..query }).await;
    }
}

pub async fn a_page_without_rows_has_the_right_total(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 100).await;
    // A cursor after the oldest row, as rows may go while somebody turns pages.
    let behind = format!("{}.30", Uuid::nil());
    for mut query in single_filters().into_iter().chain(combined_filters()).chain(searches()) {
        query.attention = Some(AttentionFilter::Any);
        for after in [None, Some(behind.clone())] {
            let query = SlotQuery { after, sort: Some(SlotSort::Newest), ..query.clone() };
            let page = sample.store.list_slots(&query, sample.now).await.unwrap();
            assert_eq!(page.total, sample.expected(&query).len() as u64, "{query:?}");
            assert!(page.rows.is_empty() || query.after.is_none(), "{query:?}");
        }
    }
}

pub async fn pages_of_many_matching_rows_are_right(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 8000).await;
    let mut queries = vec![
        everything(),
        SlotQuery { search: "example".to_owned(), ..everything() },
        // Many rows have it, and many do not.
        SlotQuery { search: "li".to_owned(), ..everything() },
        SlotQuery { search: "e".to_owned(), attention: Some(AttentionFilter::Any), ..everything() },
        SlotQuery { ownership: Some(Ownership::Company), search: "example".to_owned(), ..everything() },
        SlotQuery { contact: Some(ContactFilter::Day), ..everything() },
        SlotQuery { attention: Some(AttentionFilter::Any), ..everything() },
    ];
    for query in &mut queries {
        assert!(sample.expected(query).len() > 2000, "{query:?}");
    }
    for (query, sort) in queries.iter().zip(SlotSort::ALL.iter().cycle()) {
        check(&sample, &SlotQuery { sort: Some(*sort), ..query.clone() }).await;
    }
}

pub async fn a_total_beyond_the_counting_limit_may_be_less(store: Arc<dyn Store>) {
    // Some rows are of a state that is listed only where it is asked for.
    let count = usize::try_from(COUNTED_MAX).unwrap() * 9 / 8;
    let sample = SampleRows::of(store, count).await;
    let found = sample.store.list_slots(&everything(), sample.now).await.unwrap();
    let all = sample.expected(&everything()).len();
    assert!(all as u64 > COUNTED_MAX);
    Counted::AtLeast(COUNTED_MAX).check(&found, all, &everything());
    let by_text = SlotQuery { search: "example".to_owned(), sort: Some(SlotSort::Contact), ..everything() };
    check_rows(&sample, &by_text, Counted::AtLeast(COUNTED_MAX)).await;
    let stuck = SlotQuery { attention: Some(AttentionFilter::Any), ..by_text };
    check_rows(&sample, &stuck, Counted::AtLeast(2000)).await;
    let silent = SlotQuery { search: String::new(), contact: Some(ContactFilter::Day), ..stuck.clone() };
    check_rows(&sample, &silent, Counted::AtLeast(2000)).await;
    let few = SlotQuery { contact: Some(ContactFilter::Month), status: Some(SlotStatus::Pending), ..stuck };
    check(&sample, &few).await;
}

pub async fn causes_are_counted_as_they_are_filtered(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 400).await;
    let far = Timestamp::from_millis(sample.now.as_millis() + 365 * 24 * 3_600_000);
    for now in [Timestamp::from_millis(0), sample.now, far] {
        for (cause, count) in sample.store.attention_counts(now).await.unwrap() {
            let query = SlotQuery { attention: Some(AttentionFilter::Cause(cause)), ..everything() };
            assert_eq!(sample.store.list_slots(&query, now).await.unwrap().total, count, "{cause} at {now:?}");
            let expected = sample
                .rows
                .iter()
                .filter(|row| domain::slot::attention::attention(row, now).is_some_and(|a| a.cause == cause));
            assert_eq!(expected.count() as u64, count, "{cause} at {now:?}");
        }
    }
}

pub async fn a_changed_row_is_found_by_its_new_text(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 3).await;
    let person = sample.rows[0].person_id;
    let search = |text: &str| SlotQuery { search: text.to_owned(), ..everything() };
    let mut aggregate = sample.store.load_person(person).await.unwrap().unwrap();
    aggregate.slots.truncate(1);
    let (slot, mut row) = (aggregate.slots[0].clone(), sample.rows[0].clone());
    "Grace Hopefield".clone_into(&mut row.person_name);
    let put = SlotPut { slot: slot.clone(), row };
    let change = Change { slots: vec![put], ..Change::default() };
    sample.store.commit(change).await.unwrap();
    assert_eq!(sample.store.list_slots(&search("hopefield"), sample.now).await.unwrap().total, 1);
    let closing = Change { closed_slots: vec![slot.id], ..Change::default() };
    assert_eq!(sample.store.list_slots(&everything(), sample.now).await.unwrap().total, 3);
    sample.store.commit(closing).await.unwrap();
    assert_eq!(sample.store.list_slots(&search("hopefield"), sample.now).await.unwrap().total, 0);
    assert_eq!(sample.store.list_slots(&everything(), sample.now).await.unwrap().total, 2);
}

pub async fn a_row_whose_state_changes_is_found_by_it_in_every_order(store: Arc<dyn Store>) {
    let sample = SampleRows::of(store, 20).await;
    let (now, before) = (sample.now, sample.rows.iter().find(|row| row.device.is_some()).unwrap());
    let aggregate = sample.store.load_person(before.person_id).await.unwrap().unwrap();
    let slot = aggregate.slots.into_iter().find(|slot| slot.id == before.id).unwrap();
    let mut row = before.clone();
    row.status = if before.status == SlotStatus::Wiped { SlotStatus::Unenrolled } else { SlotStatus::Wiped };
    if let Some(device) = &mut row.device {
        (device.platform, device.ownership) = (Platform::Linux, Ownership::Personal);
    }
    let put = SlotPut { slot, row };
    sample.store.commit(Change { slots: vec![put.clone()], ..Change::default() }).await.unwrap();
    for sort in SlotSort::ALL {
        let of = |status| SlotQuery { status: Some(status), sort: Some(*sort), ..everything() };
        let found = async |query| sample.store.matching_slots(&query, now, 100).await.unwrap().contains(&before.id);
        assert!(!found(of(before.status)).await, "{sort:?}");
        let platform = Some(Platform::Linux);
        assert!(found(SlotQuery { platform, ..of(put.row.status) }).await, "{sort:?}");
        let page = sample.store.list_slots(&of(put.row.status), now).await.unwrap();
        assert!(page.rows.iter().any(|row| row.id == before.id), "{sort:?}");
    }
    let mut hidden = put;
    hidden.slot.version += 1;
    hidden.row.status = SlotStatus::Replaced;
    sample.store.commit(Change { slots: vec![hidden], ..Change::default() }).await.unwrap();
    for sort in SlotSort::ALL {
        let page = sample.store.list_slots(&SlotQuery { sort: Some(*sort), ..everything() }, now).await.unwrap();
        assert!(page.rows.iter().all(|row| row.id != before.id), "{sort:?}");
    }
}
