//! The waiting command polls of devices: who is woken by what, who is handed a command, and who makes room.

use domain::{protocol::CommandOffer, types::ids::DeviceId};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::Notify;

/// Waiting polls of one device. One is enough; a second one leaves time to notice that a connection was lost.
const PER_DEVICE: usize = 2;

/// The polls that wait, by device.
#[derive(Default)]
pub(crate) struct Polls {
    signals: Mutex<HashMap<DeviceId, Vec<Arc<Signal>>>>,
    waiting: AtomicUsize,
}

/// What wakes one poll.
#[derive(Default)]
struct Signal {
    woken: Notify,
    is_over: AtomicBool,
    handed: Mutex<Handed>,
}

/// What one poll is handed, so that it need not look for it.
#[derive(Default)]
struct Handed {
    offers: Vec<CommandOffer>,
    /// Requests that are about to hand it something: until then it need not look for what they have requested.
    expected: usize,
    /// It is to look once nothing is expected any more.
    is_to_look: bool,
}

impl Signal {
    fn handed(&self) -> MutexGuard<'_, Handed> {
        self.handed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        let mut handed = self.handed();
        if handed.expected > 0 {
            handed.is_to_look = true;
        } else {
            self.woken.notify_one();
        }
    }
}

/// The place of one waiting poll; given back when it is dropped, also when the device closes the connection.
pub(crate) struct PollPlace<'a> {
    polls: &'a Polls,
    device: DeviceId,
    signal: Arc<Signal>,
    is_counted: bool,
}

/// A request for a command that will be handed to a waiting poll.
pub(crate) struct Handover<'a> {
    polls: &'a Polls,
    device: DeviceId,
    signal: Arc<Signal>,
}

impl Polls {
    /// Takes a place among the polls of a device. When there is none left the oldest one is over.
    pub(crate) fn enter(&self, device: DeviceId) -> PollPlace<'_> {
        let signal = Arc::new(Signal::default());
        let mut signals = self.lock();
        let of_device = signals.entry(device).or_default();
        if of_device.len() >= PER_DEVICE {
            let oldest = of_device.remove(0);
            oldest.is_over.store(true, Ordering::Relaxed);
            oldest.woken.notify_one();
        }
        of_device.push(Arc::clone(&signal));
        PollPlace { polls: self, device, signal, is_counted: false }
    }

    /// Wakes the polls of a device, if it has any.
    pub(crate) fn wake(&self, device: DeviceId) {
        for signal in self.lock().get(&device).into_iter().flatten() {
            signal.wake();
        }
    }

    /// The newest poll of a device, which is to be handed a command: of an older one the connection may be lost. `None` when
    /// no poll waits.
    pub(crate) fn expect(&self, device: DeviceId) -> Option<Handover<'_>> {
        let signals = self.lock();
        let signal = Arc::clone(signals.get(&device)?.last()?);
        signal.handed().expected += 1;
        Some(Handover { polls: self, device, signal })
    }

    /// How many polls wait.
    pub(crate) fn count(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    fn leave(&self, device: DeviceId, signal: &Arc<Signal>) {
        let mut signals = self.lock();
        let Some(of_device) = signals.get_mut(&device) else { return };
        of_device.retain(|other| !Arc::ptr_eq(other, signal));
        if of_device.is_empty() {
            signals.remove(&device);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, Vec<Arc<Signal>>>> {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handover<'_> {
    /// Hands over an offer. False when the poll waits no more.
    pub(crate) fn hand(self, offer: CommandOffer) -> bool {
        let signals = self.polls.lock();
        let waits = signals.get(&self.device).into_iter().flatten().any(|other| Arc::ptr_eq(other, &self.signal));
        if waits {
            self.signal.handed().offers.push(offer);
            self.signal.woken.notify_one();
        }
        waits
    }
}

impl Drop for Handover<'_> {
    fn drop(&mut self) {
        let mut handed = self.signal.handed();
        handed.expected -= 1;
        if handed.expected == 0 && std::mem::take(&mut handed.is_to_look) {
            self.signal.woken.notify_one();
        }
    }
}

impl PollPlace<'_> {
    /// Counts among all polls that wait; false when `limit` of them do.
    pub(crate) fn count(&mut self, limit: usize) -> bool {
        if !self.is_counted {
            // Counted first and dropped if it is one too many, so that concurrent polls cannot exceed the limit.
            self.is_counted = true;
            return self.polls.waiting.fetch_add(1, Ordering::SeqCst) < limit;
        }
        true
    }

    /// Waits until something happened since the last call: there may be a command, or the poll is over.
    pub(crate) async fn woken(&self) {
        self.signal.woken.notified().await;
    }

    /// Whether there is nothing more to wait for: something was handed over, or a newer poll of the device took the place.
    pub(crate) fn is_over(&self) -> bool {
        self.signal.is_over.load(Ordering::Relaxed) || !self.signal.handed().offers.is_empty()
    }

    /// Gives the place up, and returns what was handed over until then. Nothing is afterwards.
    pub(crate) fn leave(self) -> Vec<CommandOffer> {
        self.polls.leave(self.device, &self.signal);
        std::mem::take(&mut self.signal.handed().offers)
    }
}

impl Drop for PollPlace<'_> {
    fn drop(&mut self) {
        self.polls.leave(self.device, &self.signal);
        if self.is_counted {
            self.polls.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Timestamp, device::command::CommandKind, types::ids::CommandId};
    use std::{
        pin::pin,
        task::{Context, Waker},
    };
    use uuid::Uuid;

    const PHONE: DeviceId = DeviceId(Uuid::from_u128(1));
    const OTHER: DeviceId = DeviceId(Uuid::from_u128(2));

    fn is_woken(place: &PollPlace<'_>) -> bool {
        pin!(place.woken()).poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[test]
    fn the_oldest_poll_of_a_device_makes_room_for_a_newer_one() {
        let polls = Polls::default();
        let other = polls.enter(OTHER);
        let (first, second, third) = (polls.enter(PHONE), polls.enter(PHONE), polls.enter(PHONE));
        assert!(first.is_over() && is_woken(&first));
        assert!(![&second, &third, &other].into_iter().any(|place| place.is_over() || is_woken(place)));
    }

    #[test]
    fn a_wake_before_the_wait_is_not_missed_and_wakes_every_poll_of_the_device() {
        let polls = Polls::default();
        let (first, second, other) = (polls.enter(PHONE), polls.enter(PHONE), polls.enter(OTHER));
        polls.wake(PHONE);
        assert_eq!([&first, &second, &other].map(is_woken), [true, true, false]);
        assert!(!is_woken(&first), "once");
    }

    #[test]
    fn places_are_given_back() {
        let polls = Polls::default();
        let (mut first, mut second) = (polls.enter(PHONE), polls.enter(OTHER));
        assert!(first.count(1) && first.count(1), "counted once");
        assert!(!second.count(1));
        drop((first, second));
        assert!(polls.enter(OTHER).count(1));
        assert!(polls.lock().is_empty());
    }

    fn offer_number(number: u128) -> CommandOffer {
        let (uuid, expires_at) = (CommandId(Uuid::from_u128(number)), Timestamp::from_millis(0));
        CommandOffer { uuid, kind: CommandKind::Lock {}, expires_at }
    }

    #[test]
    fn a_command_is_handed_to_the_newest_poll_which_is_not_woken_before() {
        let polls = Polls::default();
        let (older, newer) = (polls.enter(PHONE), polls.enter(PHONE));
        assert!(polls.expect(OTHER).is_none());
        let (one, two) = (polls.expect(PHONE).unwrap(), polls.expect(PHONE).unwrap());
        // The request is stored, which wakes every poll.
        polls.wake(PHONE);
        assert_eq!([&older, &newer].map(is_woken), [true, false]);
        assert!(one.hand(offer_number(1)) && newer.is_over() && is_woken(&newer));
        assert!(two.hand(offer_number(2)));
        assert!(!older.is_over());
        assert_eq!(newer.leave(), [1, 2].map(offer_number));
        assert_eq!(older.leave(), []);
    }

    #[test]
    fn nothing_is_handed_to_a_poll_that_has_left_or_made_room() {
        let polls = Polls::default();
        let first = polls.enter(PHONE);
        let handover = polls.expect(PHONE).unwrap();
        assert_eq!(first.leave(), []);
        let _second = polls.enter(PHONE);
        assert!(!handover.hand(offer_number(1)));
        let third = polls.enter(PHONE);
        let handover = polls.expect(PHONE).unwrap();
        let _newer = (polls.enter(PHONE), polls.enter(PHONE));
        assert!(!handover.hand(offer_number(2)) && third.is_over());
    }

    #[test]
    fn a_request_that_fails_lets_the_poll_look_for_what_happened_meanwhile() {
        let polls = Polls::default();
        let place = polls.enter(PHONE);
        drop(polls.expect(PHONE).unwrap());
        assert!(!is_woken(&place));
        let (one, two) = (polls.expect(PHONE).unwrap(), polls.expect(PHONE).unwrap());
        polls.wake(PHONE);
        drop(one);
        assert!(!is_woken(&place), "another request may hand it over");
        drop(two);
        assert!(is_woken(&place) && !place.is_over());
    }
}
