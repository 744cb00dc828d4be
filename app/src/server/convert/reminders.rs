//! The form for reminders, as Settings shows it.

use crate::{text::Text as _, wire::ReminderView};
use domain::slot::{
    attention::Cause,
    reminder::{REMINDABLE, ReminderPolicy},
};

/// The number of days in the form for a cause without a rule.
const USUAL_DAYS: u16 = 3;
/// The number of reminders in the form for a cause without a rule.
const USUAL_TIMES: u8 = 2;

/// A row of the form for each cause that people can be reminded of.
pub fn reminder_views(policy: &ReminderPolicy) -> Vec<ReminderView> {
    let view = |cause: &Cause| {
        let rule = policy.rules().iter().find(|rule| rule.cause == *cause);
        ReminderView {
            cause: cause.to_string(),
            label: cause.text().to_owned(),
            is_on: rule.is_some(),
            days: rule.map_or(USUAL_DAYS, |rule| rule.after_days),
            times: rule.map_or(USUAL_TIMES, |rule| rule.at_most),
        }
    };
    REMINDABLE.iter().map(view).collect()
}
