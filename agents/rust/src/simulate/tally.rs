//! What became of the phones.

use super::{Fate, Happening};
use std::collections::BTreeMap;

/// Longest list of phones or reasons in the summary.
const LISTED: usize = 20;

/// Counts.
#[derive(Debug, Default)]
pub struct Tally {
    enrolled: usize,
    stuck: Vec<String>,
    refused: BTreeMap<String, usize>,
    ended: BTreeMap<String, usize>,
    commands: usize,
}

impl Tally {
    /// Counts one happening.
    pub fn count(&mut self, happening: Happening) {
        match happening {
            Happening::Settled(Fate::Enrolled) => self.enrolled += 1,
            Happening::Settled(Fate::Stuck(place)) => self.stuck.push(place),
            Happening::Settled(Fate::Refused(reason)) => *self.refused.entry(reason).or_default() += 1,
            Happening::Ended(reason) => *self.ended.entry(reason).or_default() += 1,
            Happening::Command => self.commands += 1,
            // Said where it happens; the summary would be too long.
            Happening::Answered(_) => {}
        }
    }

    /// Phones whose enrollment is at its end, whichever.
    pub fn settled(&self) -> usize {
        self.enrolled + self.stuck.len() + self.refused()
    }

    /// Phones that the server did not want.
    pub fn refused(&self) -> usize {
        self.refused.values().sum()
    }

    /// The counts in one line.
    pub fn line(&self) -> String {
        let (enrolled, stuck, refused, commands) = (self.enrolled, self.stuck.len(), self.refused(), self.commands);
        format!("{enrolled} enrolled, {stuck} stuck, {refused} refused; {commands} commands carried out")
    }

    /// Who is stuck where and what was refused, a line each.
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
    fn every_phone_is_counted_once_and_reasons_are_gathered() {
        let mut tally = Tally::default();
        tally.count(Happening::Settled(Fate::Enrolled));
        tally.count(Happening::Settled(Fate::Stuck("Pixel 8 #2 at \"Permissions\"".to_owned())));
        for _ in 0..2 {
            tally.count(Happening::Settled(Fate::Refused("Replaced.".to_owned())));
        }
        tally.count(Happening::Command);
        assert_eq!(tally.settled(), 4);
        assert_eq!(tally.line(), "1 enrolled, 1 stuck, 2 refused; 1 commands carried out");
        assert_eq!(tally.details(), ["  stuck: Pixel 8 #2 at \"Permissions\"", "  refused: 2 × Replaced."]);
    }
}
