//! How the phones of a fleet ended, in numbers.

use super::{EnrollmentEnd, PhoneEvent};
use std::collections::BTreeMap;

/// Longest list of phones or reasons in the summary.
const LISTED: usize = 20;

/// Counts.
#[derive(Debug, Default)]
pub struct Summary {
    enrolled: usize,
    stuck: Vec<String>,
    refused: BTreeMap<String, usize>,
    ended: BTreeMap<String, usize>,
    commands: usize,
}

impl Summary {
    /// Counts one event.
    pub fn count(&mut self, event: PhoneEvent) {
        match event {
            PhoneEvent::Settled(EnrollmentEnd::Enrolled) => self.enrolled += 1,
            PhoneEvent::Settled(EnrollmentEnd::Stuck(place)) => self.stuck.push(place),
            PhoneEvent::Settled(EnrollmentEnd::Refused(reason)) => *self.refused.entry(reason).or_default() += 1,
            PhoneEvent::Ended(reason) => *self.ended.entry(reason).or_default() += 1,
            PhoneEvent::Command => self.commands += 1,
            // Printed as it happens; the summary would be too long.
            PhoneEvent::Answered(_) => {}
        }
    }

    /// Phones whose enrollment has ended, in whatever way.
    pub fn settled(&self) -> usize {
        self.enrolled + self.stuck.len() + self.refused()
    }

    /// Phones that the server refused.
    pub fn refused(&self) -> usize {
        self.refused.values().sum()
    }

    /// The counts in one line.
    pub fn line(&self) -> String {
        let (enrolled, stuck, refused, commands) = (self.enrolled, self.stuck.len(), self.refused(), self.commands);
        format!("{enrolled} enrolled, {stuck} stuck, {refused} refused; commands carried out: {commands}")
    }

    /// Which phones are stuck where, and why phones were refused or ended, a line each.
    pub fn details(&self) -> Vec<String> {
        let stuck = self.stuck.iter().take(LISTED).map(|place| format!("  stuck: {place}"));
        let counted = |word: &str, all: &BTreeMap<String, usize>| -> Vec<String> {
            all.iter().take(LISTED).map(|(reason, count)| format!("  {word}: {count} × {reason}")).collect()
        };
        stuck.chain(counted("refused", &self.refused)).chain(counted("ended", &self.ended)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phone_is_counted_once_and_reasons_are_grouped() {
        let mut summary = Summary::default();
        summary.count(PhoneEvent::Settled(EnrollmentEnd::Enrolled));
        summary.count(PhoneEvent::Settled(EnrollmentEnd::Stuck("Pixel 8 #2 at \"Permissions\"".to_owned())));
        for _ in 0..2 {
            summary.count(PhoneEvent::Settled(EnrollmentEnd::Refused("Replaced.".to_owned())));
        }
        summary.count(PhoneEvent::Command);
        assert_eq!(summary.settled(), 4);
        assert_eq!(summary.line(), "1 enrolled, 1 stuck, 2 refused; commands carried out: 1");
        assert_eq!(summary.details(), ["  stuck: Pixel 8 #2 at \"Permissions\"", "  refused: 2 × Replaced."]);
    }
}
