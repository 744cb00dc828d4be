//! Wake signals for parked command polls.

use domain::types::ids::DeviceId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};
use tokio::sync::Notify;

/// One signal for each device with a parked poll. The polls own it, so it is dropped with the last of them.
#[derive(Default)]
pub(super) struct WakeSignals(Mutex<HashMap<DeviceId, Weak<Notify>>>);

impl WakeSignals {
    /// The signal of a device, shared by all its polls.
    pub(super) fn signal(&self, device: DeviceId) -> Arc<Notify> {
        let mut signals = self.lock();
        if let Some(signal) = signals.get(&device).and_then(Weak::upgrade) {
            return signal;
        }
        let signal = Arc::new(Notify::new());
        signals.retain(|_, signal| signal.strong_count() > 0);
        signals.insert(device, Arc::downgrade(&signal));
        signal
    }

    /// Wakes the polls of a device, if it has any.
    pub(super) fn wake(&self, device: DeviceId) {
        let signal = self.lock().get(&device).and_then(Weak::upgrade);
        if let Some(signal) = signal {
            signal.notify_waiters();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeviceId, Weak<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
