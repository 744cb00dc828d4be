//! Invitations that enroll no more devices for now. The rule is in the domain and is decided on all devices of the person.
//! Whoever floods an invitation that is full must not make the server do that for each attempt, so its answer is remembered
//! for a few seconds.

use domain::{Timestamp, types::ids::InvitationId};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// How long an answer is remembered, in seconds. An admin may delete devices, which makes room.
const REMEMBERED_S: i64 = 5;
/// Most invitations that are remembered.
const KEPT_MAX: usize = 1000;

/// An answer.
#[derive(Clone, Copy)]
struct Full {
    until: Timestamp,
    decided_at: Timestamp,
}

/// The latest answers.
pub(crate) struct FullInvitations(Mutex<HashMap<InvitationId, Full>>);

impl FullInvitations {
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    /// Until when an invitation enrolls no more devices, if that was decided a moment ago.
    pub(crate) fn until(&self, id: InvitationId, now: Timestamp) -> Option<Timestamp> {
        let full = *self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id)?;
        full.holds(now).then_some(full.until)
    }

    /// Remembers until when an invitation enrolls no more devices.
    pub(crate) fn remember(&self, id: InvitationId, until: Timestamp, now: Timestamp) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT_MAX {
            known.retain(|_, full| full.holds(now));
        }
        // Without a place, the next attempt is decided again: slower, and as right.
        if known.len() < KEPT_MAX {
            known.insert(id, Full { until, decided_at: now });
        }
    }
}

impl Full {
    fn holds(&self, now: Timestamp) -> bool {
        self.decided_at <= now && now.seconds_since(self.decided_at) < REMEMBERED_S && now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn invitation(number: usize) -> InvitationId {
        InvitationId(Uuid::from_u128(number as u128))
    }

    #[test]
    fn an_answer_holds_for_five_seconds_and_never_beyond_its_end() {
        let full = FullInvitations::new();
        let end = NOW.plus_seconds(3600);
        full.remember(invitation(1), end, NOW);
        for (now, known) in [(0, true), (4, true), (5, false), (6, false), (-1, false)] {
            assert_eq!(full.until(invitation(1), NOW.plus_seconds(now)), known.then_some(end), "after {now} s");
        }
        assert_eq!(full.until(invitation(2), NOW), None);
        let soon = NOW.plus_seconds(2);
        full.remember(invitation(3), soon, NOW);
        assert_eq!(full.until(invitation(3), NOW.plus_seconds(1)), Some(soon));
        assert_eq!(full.until(invitation(3), soon), None);
    }

    #[test]
    fn answers_beyond_the_bound_are_not_remembered_until_older_ones_end() {
        let full = FullInvitations::new();
        let end = NOW.plus_seconds(3600);
        for number in 0..=KEPT_MAX {
            full.remember(invitation(number), end, NOW);
        }
        assert_eq!(full.until(invitation(KEPT_MAX - 1), NOW), Some(end));
        assert_eq!(full.until(invitation(KEPT_MAX), NOW), None);
        let later = NOW.plus_seconds(REMEMBERED_S);
        full.remember(invitation(KEPT_MAX), end, later);
        assert_eq!(full.until(invitation(KEPT_MAX), later), Some(end));
    }
}
