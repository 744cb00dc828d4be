//! What a subscriber was told and has not heard yet. Changes of the same thing are one.

use super::{LiveChange, Reach, RowNews};

/// Changes of different things that a subscriber may be behind; one that falls further behind has missed some.
const BACKLOG: usize = 256;

/// What was unheard.
#[derive(Debug, Default)]
pub(super) struct Unheard {
    changes: Vec<LiveChange>,
    has_missed: bool,
}

impl Unheard {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.has_missed
    }

    /// Adds a change. It takes the place of an earlier one of the same thing.
    pub(super) fn add(&mut self, change: &LiveChange) {
        if self.has_missed {
            return;
        }
        let mut change = change.clone();
        if let Some(place) = self.changes.iter().position(|known| is_of_same(known, &change)) {
            let known = self.changes.remove(place);
            change.seq = change.seq.max(known.seq);
            if known.reach == Reach::Lists {
                change.reach = Reach::Lists;
            }
        }
        self.changes.push(change);
        if self.changes.len() > BACKLOG {
            *self = Self { changes: Vec::new(), has_missed: true };
        }
    }

    /// What the subscriber hears; `None` when there is nothing.
    pub(super) fn into_news(self) -> Option<RowNews> {
        if self.has_missed {
            return Some(RowNews::Missed);
        }
        (!self.changes.is_empty()).then_some(RowNews::Changes(self.changes))
    }
}

fn is_of_same(one: &LiveChange, other: &LiveChange) -> bool {
    // A report has no place in the journal, and must not be left out with an entry that is known already.
    let ids = |it: &LiveChange| (it.person_id, it.invitation_id, it.slot_id, it.device_id, it.seq.is_some());
    ids(one) == ids(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::types::ids::{PersonId, SlotId};
    use uuid::Uuid;

    fn change(row: u128, seq: Option<i64>, reach: Reach) -> LiveChange {
        LiveChange {
            seq,
            person_id: PersonId(Uuid::nil()),
            invitation_id: None,
            slot_id: Some(SlotId(Uuid::from_u128(row))),
            device_id: None,
            kind: "report".to_owned(),
            reach,
        }
    }

    #[test]
    fn changes_of_the_same_row_are_one_that_says_the_most() {
        let mut unheard = Unheard::default();
        assert!(unheard.is_empty());
        let report = change(1, None, Reach::Page);
        for change in [&change(1, Some(7), Reach::Lists), &report, &change(2, Some(8), Reach::Page)] {
            unheard.add(change);
        }
        unheard.add(&change(1, Some(9), Reach::Page));
        let expected = vec![report, change(2, Some(8), Reach::Page), change(1, Some(9), Reach::Lists)];
        assert_eq!(unheard.into_news(), Some(RowNews::Changes(expected)));
        assert_eq!(Unheard::default().into_news(), None);
    }

    #[test]
    fn a_subscriber_that_is_too_slow_learns_that_it_missed_something() {
        let mut unheard = Unheard::default();
        for row in 0..=1000 {
            unheard.add(&change(row, Some(1), Reach::Lists));
        }
        assert!(unheard.changes.len() <= BACKLOG);
        assert_eq!(unheard.into_news(), Some(RowNews::Missed));
    }

    #[test]
    fn the_same_row_again_and_again_is_never_too_much() {
        let mut unheard = Unheard::default();
        for seq in 0..10_000 {
            unheard.add(&change(1, Some(seq), Reach::Lists));
        }
        assert_eq!(unheard.into_news(), Some(RowNews::Changes(vec![change(1, Some(9999), Reach::Lists)])));
    }
}
