//! What is measured.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// Counts and times of a fleet.
#[derive(Debug)]
pub struct Figures {
    began: Instant,
    scep: Mutex<Vec<Duration>>,
    reports: Mutex<Vec<Duration>>,
    enrolled: AtomicU64,
    /// From the beginning until the latest phone was enrolled, and until the latest answer to a message, in milliseconds.
    enrolled_ms: AtomicU64,
    answered_ms: AtomicU64,
}

impl Figures {
    /// Time begins to run.
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            scep: Mutex::default(),
            reports: Mutex::default(),
            enrolled: AtomicU64::new(0),
            enrolled_ms: AtomicU64::new(0),
            answered_ms: AtomicU64::new(0),
        }
    }

    /// Notes how long the server took for a certificate.
    pub fn scep(&self, began: Instant) {
        self.scep.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
    }

    /// Notes how long the server took for a message.
    pub fn report(&self, began: Instant) {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
        self.answered_ms.fetch_max(self.elapsed_ms(), Ordering::Relaxed);
    }

    /// Notes a phone that is enrolled.
    pub fn enrolled(&self) {
        self.enrolled.fetch_add(1, Ordering::Relaxed);
        self.enrolled_ms.fetch_max(self.elapsed_ms(), Ordering::Relaxed);
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What was measured, a line each.
    pub fn lines(&self) -> Vec<String> {
        let (count, time) = (self.enrolled.load(Ordering::Relaxed), self.enrolled_ms.load(Ordering::Relaxed));
        let rate = format!("enrolled: {count} in {time} ms ({} per minute)", count * 60_000 / time.max(1));
        let last = format!("last answer after {} ms", self.answered_ms.load(Ordering::Relaxed));
        let times = |what: &str, times: &Mutex<Vec<Duration>>| {
            let mut times = times.lock().unwrap_or_else(PoisonError::into_inner).clone();
            times.sort_unstable();
            let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
            let ms = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
            let (half, most, last) = (ms(at(50)), ms(at(95)), ms(times.last()));
            format!("{what}: {} (median {half} ms, 95 % within {most} ms, longest {last} ms)", times.len())
        };
        vec![rate, times("certificates issued", &self.scep), times("messages to the server", &self.reports), last]
    }
}
