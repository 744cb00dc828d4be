//! The waiting command polls of devices: who is woken by what, and who makes room.

use domain::types::ids::DeviceId;
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
}

/// The place of one waiting poll; given back when it is dropped, also when the device closes the connection.
pub(crate) struct PollPlace<'a> {
    polls: &'a Polls,
    device: DeviceId,
    signal: Arc<Signal>,
    is_counted: bool,
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
    pub(super) fn wake(&self, device: DeviceId) {
        for signal in self.lock().get(&device).into_iter().flatten() {
            signal.woken.notify_one();
        }
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

    /// Whether a newer poll of the device took the place.
    pub(crate) fn is_over(&self) -> bool {
        self.signal.is_over.load(Ordering::Relaxed)
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
}
