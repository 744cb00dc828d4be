//! How often a view fetches again: soon after a change of what it shows, later after one of what it does not show, and
//! never in a row without a pause.

use leptos::prelude::*;
use std::time::Duration;

/// Shortest pause between two runs, in milliseconds: about three a second.
const PAUSE_MS: u64 = 340;
/// A change of what is not shown waits this long, in milliseconds, and up to as long again. The part that is left to
/// chance keeps browsers from asking all at once.
const LATER_MS: u64 = 800;

/// Paces runs.
#[derive(Clone, Copy)]
pub struct Pace {
    state: StoredValue<State>,
    run: Callback<()>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    resting: bool,
    again: bool,
    waiting: bool,
}

impl State {
    /// Begins a pause. False when there is one already; it is then followed by another run.
    fn rest(&mut self) -> bool {
        self.again = self.resting;
        !std::mem::replace(&mut self.resting, true)
    }

    /// Ends a pause; true when a run was asked for meanwhile.
    fn wake(&mut self) -> bool {
        self.resting = false;
        std::mem::take(&mut self.again)
    }

    /// Begins to wait. False when a run is waited for already.
    fn wait(&mut self) -> bool {
        !std::mem::replace(&mut self.waiting, true)
    }
}

impl Pace {
    /// Paces `run` until the current owner is cleaned up.
    pub fn new(run: impl Fn() + Send + Sync + 'static) -> Self {
        Self { state: StoredValue::new(State::default()), run: Callback::new(move |()| run()) }
    }

    /// Runs now. While the pause after such a run lasts, notes that another one has to follow.
    pub fn soon(self) {
        if self.state.try_update_value(State::rest) != Some(true) {
            return;
        }
        self.run.run(());
        let wake = move || {
            if self.state.try_update_value(State::wake) == Some(true) {
                self.soon();
            }
        };
        set_timeout(wake, Duration::from_millis(PAUSE_MS));
    }

    /// Runs in a while, once for all that ask meanwhile.
    pub fn later(self) {
        if self.state.try_update_value(State::wait) != Some(true) {
            return;
        }
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few seconds"
        )]
        let chance = (js_sys::Math::random() * LATER_MS as f64) as u64;
        let run = move || {
            if self.state.try_update_value(|state| state.waiting = false).is_some() {
                self.soon();
            }
        };
        set_timeout(run, Duration::from_millis(LATER_MS + chance));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_during_a_pause_is_followed_by_one_run() {
        let mut state = State::default();
        assert!(state.rest());
        assert!(!state.rest());
        assert!(!state.rest());
        assert!(state.wake());
        assert!(state.rest());
        assert!(!state.wake());
    }

    #[test]
    fn one_run_is_waited_for() {
        let mut state = State::default();
        assert!(state.wait());
        assert!(!state.wait());
    }
}
