//! Of which causes people are reminded.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{answer, is_form, require_session};
#[cfg(feature = "ssr")]
use crate::views::ReminderLine;
#[cfg(feature = "ssr")]
use domain::slot::reminder::{REMINDABLE, ReminderPolicy, ReminderRule};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Where the form is sent.
pub const SAVE: &str = "/fn/reminders/save";
/// The parameter of the form's page that tells that it was saved.
pub const SAVED: &str = "reminders-saved";
/// The parameter of the form's page that tells that it was not.
pub const FAILED: &str = "reminders-failed";
/// The field that says that there are reminders of a cause.
pub const ON: &str = "on";
/// The field with the days to wait.
pub const DAYS: &str = "days";
/// The field with the number of reminders.
pub const TIMES: &str = "times";

/// Days that are offered for a cause without a rule.
#[cfg(feature = "ssr")]
const USUAL_DAYS: u16 = 3;
/// Number of reminders that is offered for a cause without a rule.
#[cfg(feature = "ssr")]
const USUAL_TIMES: u8 = 2;

/// What the form says of a cause. The fields are named [`ON`], [`DAYS`] and [`TIMES`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RuleInput {
    /// There, when the box is ticked.
    #[serde(default)]
    on: Option<String>,
    days: u16,
    times: u8,
}

/// Saves the rules of all causes and goes back to Settings. A plain form.
#[server(prefix = "/fn", endpoint = "reminders/save")]
pub async fn save_reminders(rules: HashMap<String, RuleInput>) -> Result<(), AppError> {
    let call = require_session()?;
    let saved = match read(rules) {
        Ok(rules) => answer(call.rollcall.set_reminders(&call.actor(), rules).await).map(drop),
        Err(error) => Err(error),
    };
    if !is_form() {
        return saved;
    }
    let came_of_it = if saved.is_ok() { SAVED } else { FAILED };
    leptos_axum::redirect(&format!("/settings?{came_of_it}=1#reminders"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn read(rules: HashMap<String, RuleInput>) -> Result<Vec<ReminderRule>, AppError> {
    let rule = |(cause, input): (String, RuleInput)| {
        let text = crate::say::reminders_failed().to_owned();
        let cause = cause.parse().map_err(|_| AppError::Invalid { field: "cause".to_owned(), text })?;
        Ok(ReminderRule { cause, after_days: input.days, at_most: input.times })
    };
    rules.into_iter().filter(|(_, input)| input.on.is_some()).map(rule).collect()
}

/// What the form shows: a line of each cause that people can be reminded of.
#[cfg(feature = "ssr")]
pub(crate) fn lines(policy: &ReminderPolicy) -> Vec<ReminderLine> {
    let line = |cause: &domain::slot::attention::Cause| {
        let rule = policy.rules().iter().find(|rule| rule.cause == *cause);
        ReminderLine {
            cause: cause.to_string(),
            label: crate::words::Words::words(*cause).to_owned(),
            is_on: rule.is_some(),
            days: rule.map_or(USUAL_DAYS, |rule| rule.after_days),
            times: rule.map_or(USUAL_TIMES, |rule| rule.at_most),
        }
    };
    REMINDABLE.iter().map(line).collect()
}
