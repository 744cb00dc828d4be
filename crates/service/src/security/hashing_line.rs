//! The line in front of password hashing. A hash takes a core and 19 MiB, so only a few are computed at once. Who waits for
//! one is bounded, in all and for each network, so that a flood of wrong sign-ins keeps nobody else waiting for long.

use super::limiter::BucketKey;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Hashes computed at once.
const AT_ONCE: usize = 2;
/// Who may wait in each of the two lines.
const WAITING: usize = 32;
/// Of one caller, computing and waiting together.
const PER_CALLER: u32 = 4;

/// Which line a caller stands in, and as whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// A signed-in account, a browser that signed in before, or a one-time link: goes first.
    Known(BucketKey),
    /// Anybody, by network.
    Stranger(BucketKey),
}

impl Caller {
    const fn key(self) -> BucketKey {
        let (Self::Known(key) | Self::Stranger(key)) = self;
        key
    }
}

/// Too many are waiting: nothing was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineFull;

#[derive(Default)]
struct Lines {
    computing: usize,
    known: VecDeque<oneshot::Sender<Turn>>,
    strangers: VecDeque<oneshot::Sender<Turn>>,
    callers: HashMap<BucketKey, u32>,
}

/// Two lines of callers: strangers get their turn when nobody known waits.
#[derive(Clone, Default)]
pub(crate) struct HashingLine {
    lines: Arc<Mutex<Lines>>,
}

/// The turn to compute one hash; the next in line gets it when this is dropped.
struct Turn {
    line: HashingLine,
}

/// A place among the caller's [`PER_CALLER`].
struct Place {
    line: HashingLine,
    key: BucketKey,
}

/// The right to compute one hash. It goes with the computation, and outlives a request that is cut off.
pub(crate) struct Permit {
    // Dropped in this order: whoever gets the turn next finds the caller's place free.
    _place: Place,
    _turn: Turn,
}

impl HashingLine {
    /// Waits for the caller's turn.
    ///
    /// # Errors
    /// The line is full, or the caller has enough places in it.
    pub(crate) async fn enter(&self, caller: Caller) -> Result<Permit, LineFull> {
        let (place, turn) = self.stand_in_line(caller)?;
        // The sender is dropped with the line only.
        let turn = turn.await.map_err(|_| LineFull)?;
        Ok(Permit { _place: place, _turn: turn })
    }

    fn stand_in_line(&self, caller: Caller) -> Result<(Place, oneshot::Receiver<Turn>), LineFull> {
        let (sender, turn) = oneshot::channel();
        let mut lines = self.lines();
        if lines.callers.get(&caller.key()).is_some_and(|places| *places >= PER_CALLER) {
            return Err(LineFull);
        }
        let is_free = lines.computing < AT_ONCE;
        let line = match caller {
            Caller::Known(_) => &mut lines.known,
            Caller::Stranger(_) => &mut lines.strangers,
        };
        // Those who went away leave their place to others.
        line.retain(|waiting| !waiting.is_closed());
        if is_free {
            lines.computing += 1;
            // The receiver is still here.
            let _ = sender.send(Turn { line: self.clone() });
        } else if line.len() < WAITING {
            line.push_back(sender);
        } else {
            return Err(LineFull);
        }
        *lines.callers.entry(caller.key()).or_default() += 1;
        Ok((Place { line: self.clone(), key: caller.key() }, turn))
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut lines = self.line.lines();
        let next = loop {
            let Some(next) = lines.known.pop_front().or_else(|| lines.strangers.pop_front()) else {
                lines.computing -= 1;
                return;
            };
            if !next.is_closed() {
                break next;
            }
        };
        drop(lines);
        // If the receiver went away just now, the turn comes back and is dropped here: on to the next one.
        let _ = next.send(Self { line: self.line.clone() });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut lines = self.line.lines();
        if let Some(places) = lines.callers.get_mut(&self.key) {
            *places -= 1;
            if *places == 0 {
                lines.callers.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    fn stranger(n: u8) -> Caller {
        Caller::Stranger(BucketKey([n; 16]))
    }

    fn known(n: u8) -> Caller {
        Caller::Known(BucketKey([n; 16]))
    }

    #[tokio::test]
    async fn one_network_takes_a_few_places_only() {
        let line = HashingLine::default();
        let mut first: Vec<_> = (0..4).map(|_| Box::pin(line.enter(stranger(1)))).collect();
        let permits: Vec<_> = first.iter_mut().filter_map(futures::FutureExt::now_or_never).collect();
        assert_eq!(permits.iter().filter(|permit| permit.is_ok()).count(), AT_ONCE);
        assert!(matches!(line.enter(stranger(1)).now_or_never(), Some(Err(LineFull))));
        assert!(line.enter(stranger(2)).now_or_never().is_none(), "others may wait");
        drop((permits, first));
        assert!(line.lines().callers.is_empty());
    }

    #[tokio::test]
    async fn strangers_fill_their_line_and_the_known_go_first() {
        let line = HashingLine::default();
        let mut permits: Vec<_> = (0..2).filter_map(|n| line.enter(stranger(n)).now_or_never()).collect();
        let mut waiting: Vec<_> = (10..42).map(|n| Box::pin(line.enter(stranger(n)))).collect();
        assert!(waiting.iter_mut().all(|enter| enter.now_or_never().is_none()));
        assert!(matches!(line.enter(stranger(99)).now_or_never(), Some(Err(LineFull))));
        let mut admin = Box::pin(line.enter(known(1)));
        assert!((&mut admin).now_or_never().is_none());
        permits.pop();
        assert!(waiting[0].as_mut().now_or_never().is_none(), "a stranger waits on");
        assert!(matches!(admin.now_or_never(), Some(Ok(_))));
    }

    #[tokio::test]
    async fn whoever_goes_away_keeps_nobody_waiting() {
        let line = HashingLine::default();
        let permits: Vec<_> = (0..2).filter_map(|n| line.enter(stranger(n)).now_or_never()).collect();
        let gone = Box::pin(line.enter(stranger(3)));
        let mut gone_later = Box::pin(line.enter(stranger(4)));
        assert!((&mut gone_later).now_or_never().is_none());
        let mut next = Box::pin(line.enter(stranger(5)));
        assert!((&mut next).now_or_never().is_none());
        drop((gone, gone_later, permits));
        let permit = next.now_or_never();
        assert!(matches!(permit, Some(Ok(_))));
        drop(permit);
        assert_eq!(line.lines().computing, 0);
    }
}
