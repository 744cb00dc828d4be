//! The form for reminders.

use crate::{text::Words as _, wire::ReminderLine};
use domain::slot::{
    attention::Cause,
    reminder::{REMINDABLE, ReminderPolicy},
};

/// Days that are offered for a cause without a rule.
const USUAL_DAYS: u16 = 3;
/// Number of reminders that is offered for a cause without a rule.
const USUAL_TIMES: u8 = 2;

/// What the form shows: a line of each cause that people can be reminded of.
pub fn lines(policy: &ReminderPolicy) -> Vec<ReminderLine> {
    let line = |cause: &Cause| {
        let rule = policy.rules().iter().find(|rule| rule.cause == *cause);
        ReminderLine {
            cause: cause.to_string(),
            label: cause.words().to_owned(),
            is_on: rule.is_some(),
            days: rule.map_or(USUAL_DAYS, |rule| rule.after_days),
            times: rule.map_or(USUAL_TIMES, |rule| rule.at_most),
        }
    };
    REMINDABLE.iter().map(line).collect()
}
