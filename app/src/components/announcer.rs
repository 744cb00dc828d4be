//! The one live region of the console: a screen reader says what it is told here, and nothing else that changes.

use leptos::prelude::*;
use std::{collections::VecDeque, time::Duration};

/// Shortest pause between two sentences, in milliseconds: a screen reader has to get to the end of one.
const PAUSE_MS: u64 = 3000;
/// Sentences that wait. What is older than these is no news any more.
const WAITING_MAX: usize = 3;

/// Says sentences, one after the other.
#[derive(Clone, Copy)]
pub struct Announcer {
    said: RwSignal<String>,
    waiting: StoredValue<VecDeque<String>>,
    pauses: StoredValue<bool>,
}

impl Announcer {
    /// Provides it to everything below.
    pub fn provide() -> Self {
        let announcer = Self {
            said: RwSignal::new(String::new()),
            waiting: StoredValue::new(VecDeque::new()),
            pauses: StoredValue::new(false),
        };
        provide_context(announcer);
        announcer
    }

    /// The sentence that was said last.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// Says a sentence, now or after those that wait.
    pub fn say(self, sentence: String) {
        self.waiting.update_value(|waiting| {
            waiting.push_back(sentence);
            if waiting.len() > WAITING_MAX {
                waiting.pop_front();
            }
        });
        self.next();
    }

    fn next(self) {
        if self.pauses.get_value() {
            return;
        }
        let Some(sentence) = self.waiting.try_update_value(VecDeque::pop_front).flatten() else { return };
        self.said.set(sentence);
        self.pauses.set_value(true);
        let go_on = move || {
            self.pauses.set_value(false);
            self.next();
        };
        set_timeout(go_on, Duration::from_millis(PAUSE_MS));
    }
}
