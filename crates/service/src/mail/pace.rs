//! The pace of the outbox: how long it waits after what the mail server said. A mail server that cannot be used, or that
//! refuses everybody, pauses the outbox; one that asks for fewer mails slows it down; a refusal that may be about the
//! recipient or about us is settled by what happens to other mails.
//!
//! Held in memory: a restart tries everything at once, since it often comes with the corrected setting.

use super::MailPause;
use domain::{
    Timestamp,
    mail::retry_delay_s,
    types::{ids::MailId, text::clean_text},
};
use std::collections::HashMap;

/// First wait for a mail server that cannot be used, in seconds; doubled each time.
const FIRST_PAUSE_S: i64 = 30;
/// Longest wait for a mail server, in seconds: someone who repaired it does not wait for long.
const LONGEST_PAUSE_S: i64 = 15 * 60;
/// First pause between two mails once the server asked for fewer, in milliseconds; doubled each time it asks.
const FIRST_INTERVAL_MS: i64 = 1000;
/// Longest pause between two mails, in milliseconds.
const LONGEST_INTERVAL_MS: i64 = 5 * 60 * 1000;
/// A pause between two mails that is shorter than this is none, in milliseconds.
const SHORTEST_INTERVAL_MS: i64 = 50;
/// After so many requests for fewer mails in a row, nothing gets through: that is a pause, which admins are told about.
const SLOW_IS_PAUSED_AFTER: u32 = 5;
/// After so many doubtful refusals in a row, the server refuses us rather than the recipients.
const DOUBT_IS_CERTAIN_AFTER: u32 = 3;
/// Most mails that are remembered as refused for the time being.
const REMEMBERED_MAX: usize = 10_000;
/// Most mails that may find out whether a server refuses everybody.
const PROBES_MAX: usize = 10;

/// Longest reason that is shown, in characters.
const REASON_MAX: usize = 500;

/// What a doubtful refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// Others got through: it is about the recipient.
    Recipient,
    /// Not known yet: the mail is due again at this time.
    Again(Timestamp),
}

/// What is remembered of a mail that the server did not take for its own reasons.
#[derive(Clone, Copy, Debug)]
struct Setback {
    times: u32,
    /// When it was first refused for a reason that may be its recipient.
    doubted_at: Option<Timestamp>,
}

/// The pace.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Nothing is sent before.
    not_before: Timestamp,
    /// Pause between two mails, in milliseconds.
    interval_ms: i64,
    /// Failures in a row for which the server is to blame, by kind.
    down: u32,
    slow: u32,
    doubtful: u32,
    pause: Option<MailPause>,
    setbacks: HashMap<MailId, Setback>,
    last_accepted_at: Option<Timestamp>,
}

impl Pace {
    /// Sends at once.
    pub(crate) fn new() -> Self {
        Self {
            not_before: Timestamp::from_millis(i64::MIN),
            interval_ms: 0,
            down: 0,
            slow: 0,
            doubtful: 0,
            pause: None,
            setbacks: HashMap::new(),
            last_accepted_at: None,
        }
    }

    /// The pause, while nothing gets through.
    pub(crate) fn pause(&self) -> Option<&MailPause> {
        self.pause.as_ref()
    }

    /// How long this mail has to wait, in milliseconds; `None` when it may be sent.
    pub(crate) fn wait_ms(&self, mail: MailId, now: Timestamp) -> Option<i64> {
        let wait = self.not_before.as_millis().saturating_sub(now.as_millis());
        // Whether a server refuses everybody or just one person is found out with mails to others.
        let is_probe = self.down == 0
            && self.doubtful >= DOUBT_IS_CERTAIN_AFTER
            && self.setbacks.len() < PROBES_MAX
            && !self.setbacks.contains_key(&mail);
        (wait > 0 && !is_probe).then_some(wait)
    }

    /// An admin does not want to wait.
    pub(crate) fn retry_now(&mut self, now: Timestamp) {
        self.not_before = now;
    }

    /// The server took a mail. The pause between mails shrinks slowly, so that it settles where the server's limit is.
    pub(crate) fn accepted(&mut self, mail: MailId, now: Timestamp) {
        self.setbacks.remove(&mail);
        self.last_accepted_at = Some(now);
        self.interval_ms = self.interval_ms * 4 / 5;
        if self.interval_ms < SHORTEST_INTERVAL_MS {
            self.interval_ms = 0;
        }
        self.is_well(now);
    }

    /// The server refused or postponed one recipient: it is well itself.
    pub(crate) fn answered(&mut self, mail: MailId, now: Timestamp) {
        self.setbacks.remove(&mail);
        self.is_well(now);
    }

    /// The server asked for fewer mails. Returns when this mail is due again.
    pub(crate) fn slower(&mut self, mail: MailId, now: Timestamp, reason: &str) -> Timestamp {
        self.slow += 1;
        self.interval_ms = (self.interval_ms * 2).clamp(FIRST_INTERVAL_MS, LONGEST_INTERVAL_MS);
        self.not_before = plus_ms(now, self.interval_ms);
        if self.slow >= SLOW_IS_PAUSED_AFTER {
            self.show_pause(now, reason);
        }
        self.set_back(mail, now)
    }

    /// The server cannot be used. Returns when this mail is due again: behind others, in case it is to blame after all.
    pub(crate) fn is_down(&mut self, mail: MailId, now: Timestamp, reason: &str) -> Timestamp {
        self.down += 1;
        self.pause_for(self.down, now, reason);
        self.set_back(mail, now)
    }

    /// The server refuses this recipient, or us.
    pub(crate) fn doubtful(&mut self, mail: MailId, now: Timestamp, reason: &str) -> Ruling {
        let doubted_at = self.setbacks.get(&mail).and_then(|setback| setback.doubted_at);
        if doubted_at.is_some() && self.last_accepted_at > doubted_at {
            self.answered(mail, now);
            return Ruling::Recipient;
        }
        self.doubtful += 1;
        self.not_before = plus_ms(now, self.interval_ms);
        if let Some(rounds @ 1..) = (self.doubtful + 1).checked_sub(DOUBT_IS_CERTAIN_AFTER) {
            self.pause_for(rounds, now, reason);
        }
        let again_at = self.set_back(mail, now);
        if let Some(setback) = self.setbacks.get_mut(&mail) {
            setback.doubted_at.get_or_insert(now);
        }
        Ruling::Again(again_at)
    }

    fn is_well(&mut self, now: Timestamp) {
        (self.down, self.slow, self.doubtful) = (0, 0, 0);
        self.pause = None;
        self.not_before = plus_ms(now, self.interval_ms);
    }

    /// Pauses for the `times`th time in a row.
    fn pause_for(&mut self, times: u32, now: Timestamp, reason: &str) {
        let doublings = times.saturating_sub(1).min(10);
        let wait_s = (FIRST_PAUSE_S << doublings).min(LONGEST_PAUSE_S);
        self.not_before = now.plus_seconds(wait_s);
        self.show_pause(now, reason);
    }

    fn show_pause(&mut self, now: Timestamp, reason: &str) {
        let since = self.pause.as_ref().map_or(now, |pause| pause.since);
        let reason = clean_text(reason, REASON_MAX);
        self.pause = Some(MailPause { since, next_try_at: self.not_before, reason });
    }

    /// Remembers that a mail was not taken, and returns when it is due again.
    fn set_back(&mut self, mail: MailId, now: Timestamp) -> Timestamp {
        if self.setbacks.len() >= REMEMBERED_MAX {
            self.setbacks.clear();
        }
        let setback = self.setbacks.entry(mail).or_insert(Setback { times: 0, doubted_at: None });
        setback.times += 1;
        now.plus_seconds(retry_delay_s(setback.times).min(LONGEST_PAUSE_S))
    }
}

fn plus_ms(at: Timestamp, ms: i64) -> Timestamp {
    Timestamp::from_millis(at.as_millis().saturating_add(ms))
}

#[cfg(test)]
mod tests;
