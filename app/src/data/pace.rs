//! How often a view fetches again. What its user did shows at once. What others did can wait a moment: the moment is left to
//! chance, since a thousand browsers may have heard of the same change, and then comes a pause, which is longer when answers are
//! slow. In a tab that nobody sees nothing is fetched.

use super::{Pending, live_connection::LiveConnection};
use crate::browser;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Shortest pause after an answer, in milliseconds.
const PAUSE_MS: f64 = 1000.0;
/// The pause is so many times as long as the answer took: all browsers together then leave a slow server most of its time.
/// A limit beyond which answers count as slow would only punish those who are far away.
const PAUSE_PER_ANSWER: f64 = 4.0;
/// Longest pause, in milliseconds.
const PAUSE_MAX_MS: f64 = 10_000.0;
/// A change of what is shown waits this long at most, in milliseconds.
const SOON_MS: f64 = 500.0;
/// A change of what is not shown waits this long first, in milliseconds, and then as any other.
const LATER_MS: f64 = 300.0;
/// After changes were missed, which happens to all browsers together, in milliseconds.
const MISSED_MS: f64 = 3000.0;

/// Paces runs.
#[derive(Clone, Copy)]
pub struct Pace {
    state: StoredValue<State>,
    live: LiveConnection,
    run: Callback<(), Pending<()>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The number of the latest run, and whether it or the pause after it lasts.
    run: u32,
    resting: bool,
    again: bool,
    /// The number of the latest wait, and whether it lasts.
    wait: u32,
    waiting: bool,
}

impl State {
    /// Begins to wait; `None` when a run is waited for already.
    fn wait(&mut self) -> Option<u32> {
        if std::mem::replace(&mut self.waiting, true) {
            return None;
        }
        self.wait += 1;
        Some(self.wait)
    }

    /// Ends a wait. True when a run has to begin: not when one began meanwhile, and during a pause only at its end.
    fn end_wait(&mut self, number: u32) -> bool {
        if !self.waiting || number != self.wait {
            return false;
        }
        self.waiting = false;
        self.again |= self.resting;
        !self.resting
    }

    /// Begins a run, which is also the one that others wait for.
    fn begin(&mut self) -> u32 {
        self.waiting = false;
        self.again = false;
        self.resting = true;
        self.run += 1;
        self.run
    }

    /// Ends the pause after a run; true when another one was asked for meanwhile.
    fn wake(&mut self, number: u32) -> bool {
        if number != self.run {
            return false;
        }
        self.resting = false;
        std::mem::take(&mut self.again)
    }
}

/// The pause after an answer that took so long, in milliseconds.
fn pause_ms(took: f64) -> f64 {
    (took * PAUSE_PER_ANSWER).clamp(PAUSE_MS, PAUSE_MAX_MS)
}

fn millis(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

impl Pace {
    /// Paces `run` until the current owner is cleaned up.
    pub fn new(live: LiveConnection, run: impl Fn() -> Pending<()> + Send + Sync + 'static) -> Self {
        Self { state: StoredValue::new(State::default()), live, run: Callback::new(move |()| run()) }
    }

    /// Runs now, for the user of this browser.
    pub fn now(self) {
        let Some(number) = self.state.try_update_value(State::begin) else { return };
        let began = browser::now_ms();
        let answer = self.run.run(());
        spawn_local(async move {
            answer.await;
            let wake = move || {
                if self.state.try_update_value(|state| state.wake(number)) == Some(true) {
                    self.now_if_seen();
                }
            };
            set_timeout(wake, millis(pause_ms(browser::now_ms() - began)));
        });
    }

    /// Runs in a moment, once for all that ask meanwhile.
    pub fn soon(self) {
        self.within(0.0, SOON_MS);
    }

    /// Runs a little later: numbers or the order may have changed.
    pub fn later(self) {
        self.within(LATER_MS, SOON_MS);
    }

    /// Runs in a few seconds: all browsers have to.
    pub fn spread(self) {
        self.within(0.0, MISSED_MS);
    }

    fn within(self, first: f64, chance: f64) {
        let Some(Some(number)) = self.state.try_update_value(State::wait) else { return };
        let run = move || {
            if self.state.try_update_value(|state| state.end_wait(number)) == Some(true) {
                self.now_if_seen();
            }
        };
        set_timeout(run, millis(first + js_sys::Math::random() * chance));
    }

    /// In a tab that nobody sees by now, it is made up for when somebody does.
    fn now_if_seen(self) {
        if self.live.is_seen() {
            self.now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_during_a_pause_is_followed_by_one_run() {
        let mut state = State::default();
        let run = state.begin();
        for _ in 0..3 {
            let wait = state.wait().unwrap();
            assert!(!state.end_wait(wait));
        }
        assert!(state.wake(run));
        let run = state.begin();
        assert!(!state.wake(run));
    }

    #[test]
    fn one_run_is_waited_for_and_none_once_one_began() {
        let mut state = State::default();
        let wait = state.wait().unwrap();
        assert_eq!(state.wait(), None);
        // The user acts: that run shows what is waited for as well.
        let run = state.begin();
        assert!(!state.end_wait(wait));
        assert!(!state.wake(run));
        let wait = state.wait().unwrap();
        assert!(state.end_wait(wait));
    }

    #[test]
    fn only_the_latest_run_ends_the_pause() {
        let mut state = State::default();
        let (first, second) = (state.begin(), state.begin());
        let wait = state.wait().unwrap();
        assert!(!state.end_wait(wait));
        assert!(!state.wake(first));
        assert!(state.wake(second));
    }

    #[test]
    fn slow_answers_make_pauses_longer_within_bounds() {
        // The clock may be set back.
        let pauses = [-5000.0, 20.0, 250.0, 500.0, 2000.0, 60_000.0].map(|ms| pause_ms(ms).to_string());
        assert_eq!(pauses, ["1000", "1000", "1000", "2000", "8000", "10000"]);
    }
}
