//! Who is told of which change.

use super::*;
use domain::{
    Timestamp,
    types::ids::{InvitationId, PersonId, SlotId},
};
use futures::FutureExt as _;
use uuid::Uuid;

const ME: SessionId = SessionId(Uuid::from_u128(1));
const ROW: SlotId = SlotId(Uuid::from_u128(10));
const OTHER: SlotId = SlotId(Uuid::from_u128(11));
const ADA: PersonId = PersonId(Uuid::from_u128(20));
const INVITATION: InvitationId = InvitationId(Uuid::from_u128(30));

fn contact(slot_id: SlotId, ms: i64, is_report: bool) -> Contact {
    Contact { slot_id, at: Timestamp::from_millis(ms), is_report }
}

/// A change of the row, and of what the row belongs to.
fn change(seq: Option<i64>, reach: Reach) -> LiveChange {
    LiveChange {
        seq,
        person_id: ADA,
        invitation_id: Some(INVITATION),
        slot_id: Some(ROW),
        device_id: None,
        kind: "report".to_owned(),
        reach,
    }
}

fn showing(watches: &Arc<RowWatches>, shown: Shown) -> RowWatch {
    let watch = watches.enter(ME);
    assert!(watches.show(watch.id(), ME, shown));
    watch
}

#[test]
fn who_shows_a_row_hears_of_it_and_nobody_else() {
    let watches = RowWatches::new(1);
    let (one, two) = (showing(&watches, Shown::rows([ROW])), showing(&watches, Shown::rows([OTHER])));
    watches.contact(contact(ROW, 1, true));
    watches.contact(contact(ROW, 2, false));
    let changed = change(Some(1), Reach::Lists);
    watches.change(&changed);
    assert_eq!(one.take_contacts(), [contact(ROW, 2, true)], "the latest, and that there was a report");
    assert_eq!(one.take_contacts(), []);
    assert_eq!(one.take(), Some(RowNews::Changes(vec![changed.clone()])));
    assert_eq!((two.take_contacts(), two.take()), (vec![], None));
    // It was told itself; the other one has yet to hear that lists may have changed.
    assert_eq!((one.owes_hint(), two.owes_hint()), (false, true));
    // It shows something else now.
    assert!(watches.show(one.id(), ME, Shown::rows([OTHER])));
    watches.change(&changed);
    assert_eq!((one.take(), one.owes_hint()), (None, true));
}

#[test]
fn a_change_is_told_by_row_person_and_invitation_and_once() {
    let watches = RowWatches::new(1);
    let all = [ShownId::from(ROW), ADA.into(), INVITATION.into()];
    let shown = all.map(|id| Shown::rows([id])).into_iter().chain([Shown::rows(all), Shown::pages(all)]);
    for shown in shown {
        let watch = showing(&watches, shown);
        let changed = change(Some(1), Reach::Lists);
        watches.change(&changed);
        assert_eq!(watch.take(), Some(RowNews::Changes(vec![changed])));
        assert!(!watch.owes_hint());
    }
}

#[test]
fn what_lists_do_not_show_is_told_to_pages_alone() {
    let watches = RowWatches::new(1);
    let (list, page) = (showing(&watches, Shown::rows([ROW])), showing(&watches, Shown::pages([ROW])));
    let person = showing(&watches, Shown::pages([ADA]));
    let looked_at = change(Some(1), Reach::Page);
    watches.change(&looked_at);
    assert_eq!((list.take(), list.owes_hint()), (None, false));
    assert_eq!(page.take(), Some(RowNews::Changes(vec![looked_at.clone()])));
    assert_eq!(person.take(), Some(RowNews::Changes(vec![looked_at])));
    // A report is about its row.
    watches.change(&change(None, Reach::Page));
    assert_eq!((list.take(), person.take()), (None, None));
    assert!(page.take().is_some());
}

#[tokio::test(start_paused = true)]
async fn what_follows_is_gathered_and_then_heard() {
    let watches = RowWatches::new(1);
    let mut watch = showing(&watches, Shown::rows([ROW]));
    watches.change(&change(Some(1), Reach::Lists));
    assert_eq!(watch.next().await, RowNews::Changes(vec![change(Some(1), Reach::Lists)]));
    for seq in 2..=9 {
        watches.change(&change(Some(seq), Reach::Lists));
        assert_eq!(watch.next().now_or_never(), None, "{seq}");
    }
    assert_eq!(watch.next().await, RowNews::Changes(vec![change(Some(9), Reach::Lists)]));
    assert!(!watch.owes_hint());
    // Of other rows it hears all at once.
    for seq in 10..=99 {
        watches.change(&LiveChange {
            slot_id: Some(OTHER),
            person_id: PersonId(Uuid::nil()),
            invitation_id: None,
            ..change(Some(seq), Reach::Lists)
        });
    }
    assert_eq!(watch.next().await, RowNews::Lists(Some(99)));
    assert!(!watch.owes_hint());
}

#[test]
fn what_is_forgotten_is_heard_by_no_news_and_no_hint() {
    let watches = RowWatches::new(1);
    let mut watch = showing(&watches, Shown::rows([ROW]));
    watches.change(&change(Some(1), Reach::Lists));
    watches.show(watch.id(), ME, Shown::default());
    watches.change(&change(Some(2), Reach::Lists));
    watch.forget();
    assert_eq!((watch.take(), watch.owes_hint()), (None, false));
    watches.change(&change(Some(3), Reach::Lists));
    assert!(watch.owes_hint());
}

#[test]
fn only_the_session_of_a_subscriber_says_what_it_shows() {
    let watches = RowWatches::new(1);
    let watch = watches.enter(ME);
    assert!(!watches.show(watch.id(), SessionId(Uuid::from_u128(2)), Shown::rows([ROW])));
    assert!(!watches.show(watch.id() + 1, ME, Shown::rows([ROW])));
    watches.contact(contact(ROW, 1, true));
    assert_eq!(watch.take_contacts(), []);
}

#[test]
fn a_subscriber_that_left_takes_no_memory() {
    let watches = RowWatches::new(1);
    let watch = showing(&watches, Shown { rows: vec![ROW.into(), OTHER.into()], pages: vec![ROW.into()] });
    let id = watch.id();
    assert_eq!(watches.count(), 1);
    drop(watch);
    assert!(watches.index.iter().all(|shard| lock(shard).is_empty()));
    assert!(lock(&watches.viewers).is_empty());
    assert_eq!(watches.count(), 0);
    assert!(!watches.show(id, ME, Shown::rows([ROW])));
}

#[test]
fn no_more_is_watched_than_pages_can_show_and_rows_are_left_out_first() {
    let watches = RowWatches::new(1);
    let rows = (100..9000).map(|n| ShownId(Uuid::from_u128(n))).collect();
    let watch = showing(&watches, Shown { rows, pages: vec![ROW.into()] });
    assert_eq!(watches.index.iter().map(|shard| lock(shard).len()).sum::<usize>(), SHOWN_MAX);
    watches.change(&change(Some(1), Reach::Page));
    assert!(watch.take().is_some());
}
