//! How many devices an invitation enrolls in an hour.

use super::{
    examples::{enrolled, invited},
    memory_store::MemoryStore,
};
use crate::{
    Timestamp,
    decide::{PACE_WINDOW_S, Refusal, deactivate, lift_pace, turn_away},
    invitation::DeactivationReason,
    journal::EventKind,
    slot::{
        SlotStatus,
        attention::{Cause, attention},
    },
    types::ids::{InvitationId, PersonId},
};

const PER_HOUR: u32 = 3;

struct Fixture {
    store: MemoryStore,
    person: PersonId,
    invitation: InvitationId,
}

impl Fixture {
    /// An invitation that has just enrolled as many devices as it may, one a minute.
    fn full() -> Self {
        let (mut store, person) = MemoryStore::with_person();
        let invitation = invited(&mut store, person, false);
        let mut fixture = Self { store, person, invitation };
        for installation in 1..=3 {
            assert_eq!(fixture.come(installation), None);
            fixture.store.now = fixture.store.now.plus_seconds(60);
        }
        fixture
    }

    /// A device comes: enrolls, or is turned away until a moment.
    fn come(&mut self, installation: u8) -> Option<Timestamp> {
        let (whole, context) = (self.store.aggregate(self.person), self.store.context());
        let enrollment = self.store.enrollment(self.invitation, installation);
        if let Some((until, change)) = turn_away(&whole, &enrollment, PER_HOUR, &context) {
            self.store.apply(change);
            self.store.check();
            return Some(until);
        }
        enrolled(&mut self.store, self.person, self.invitation, installation);
        self.store.check();
        None
    }

    fn lift(&mut self) -> Result<(), Refusal> {
        let decided = lift_pace(&self.store.aggregate(self.person), self.invitation, &self.store.context());
        self.store.apply(decided?);
        self.store.check();
        Ok(())
    }

    /// The rows that say so, by their place.
    fn telling(&self) -> Vec<usize> {
        let told = |row| attention(row, self.store.now).map(|attention| attention.cause) == Some(Cause::TurnedAway);
        let rows = self.store.slots.values().map(|(_, row)| row).enumerate();
        rows.filter(|(_, row)| told(row)).map(|(place, _)| place).collect()
    }

    fn entries(&self, matches: impl Fn(&EventKind) -> bool) -> usize {
        self.store.journal.iter().filter(|entry| matches(&entry.kind)).count()
    }

    fn told(&self) -> usize {
        self.entries(|kind| *kind == EventKind::DevicesTurnedAway { per_hour: PER_HOUR })
    }
}

#[test]
fn a_device_too_many_is_turned_away_until_the_first_is_an_hour_old() {
    let mut fixture = Fixture::full();
    let begin = fixture.store.now.plus_seconds(-3 * 60);
    let free = begin.plus_seconds(PACE_WINDOW_S);
    assert_eq!(fixture.come(4), Some(free));
    fixture.store.now = free.plus_seconds(-1);
    assert_eq!(fixture.come(4), Some(free));
    fixture.store.now = free;
    assert_eq!(fixture.come(4), None);
    assert_eq!(fixture.come(5), Some(free.plus_seconds(60)), "the second makes room a minute later");
}

#[test]
fn a_row_that_lists_leave_out_does_not_say_so() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let mut fixture = Fixture { store, person, invitation };
    // The first two are the same hardware.
    for installation in [0, 1, 2] {
        assert_eq!(fixture.come(installation), None);
        fixture.store.now = fixture.store.now.plus_seconds(60);
    }
    let second = fixture.store.aggregate(person).devices[1].id;
    fixture.store.recognise(person, second);
    assert!(fixture.come(3).is_some());
    let rows: Vec<_> = fixture.store.slots.values().map(|(_, row)| row.status).collect();
    assert_eq!((rows[0], fixture.telling()), (SlotStatus::Replaced, vec![1]));
}

#[test]
fn one_row_and_one_entry_say_so_however_many_are_turned_away() {
    let mut fixture = Fixture::full();
    assert!(fixture.telling().is_empty());
    for installation in 4..50 {
        assert!(fixture.come(installation).is_some());
    }
    assert_eq!((fixture.telling(), fixture.told()), (vec![0], 1));
    assert_eq!(fixture.store.devices.len(), 3);
    // An hour later it is news again, if it is still full.
    fixture.store.now = fixture.store.now.plus_seconds(PACE_WINDOW_S);
    for installation in 4..=6 {
        assert_eq!(fixture.come(installation), None);
    }
    assert!(fixture.come(7).is_some() && fixture.come(8).is_some());
    assert_eq!((fixture.telling(), fixture.told()), (vec![0], 2));
}

#[test]
fn a_known_device_enrolls_again_whatever_the_pace() {
    let mut fixture = Fixture::full();
    assert!(fixture.come(4).is_some());
    assert_eq!(fixture.come(2), None, "its answer was lost");
    assert_eq!(fixture.store.devices.len(), 3);
}

#[test]
fn an_admin_lifts_the_limit_for_the_invitation() {
    let mut fixture = Fixture::full();
    assert!(fixture.come(4).is_some());
    fixture.lift().unwrap();
    fixture.lift().unwrap();
    assert_eq!((fixture.telling(), fixture.entries(|kind| *kind == EventKind::PaceLifted)), (vec![], 1));
    for installation in 4..20 {
        assert_eq!(fixture.come(installation), None);
    }
    fixture.invitation = invited(&mut fixture.store, fixture.person, false);
    for installation in 20..23 {
        assert_eq!(fixture.come(installation), None);
    }
    assert!(fixture.come(23).is_some(), "the next invitation has its own limit");
}

#[test]
fn an_invitation_that_ended_says_nothing_and_has_no_limit_to_lift() {
    let mut fixture = Fixture::full();
    assert!(fixture.come(4).is_some());
    let whole = fixture.store.aggregate(fixture.person);
    let ended = deactivate(&whole, fixture.invitation, DeactivationReason::Manual, &fixture.store.context());
    fixture.store.apply(ended.unwrap());
    assert!(fixture.telling().is_empty());
    assert_eq!(fixture.lift(), Err(Refusal::NoActiveInvitation));
}

#[test]
fn a_day_after_the_last_was_turned_away_an_enrollment_ends_the_notice() {
    let mut fixture = Fixture::full();
    let begin = fixture.store.now;
    assert!(fixture.come(4).is_some());
    fixture.store.now = begin.plus_seconds(24 * 3600 - 1);
    assert_eq!(fixture.come(5), None);
    assert_eq!(fixture.telling(), [0]);
    fixture.store.now = begin.plus_seconds(24 * 3600);
    assert_eq!(fixture.come(6), None);
    assert!(fixture.telling().is_empty());
}
