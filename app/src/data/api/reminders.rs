//! For which causes people get reminders.

use crate::wire::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    server::context::{answer, require_session},
    wire::status::is_form,
};
#[cfg(feature = "ssr")]
use domain::slot::reminder::ReminderRule;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Where the form is sent.
pub const SAVE: &str = "/fn/reminders/save";
/// The URL parameter by which the form's page knows that the form was saved.
pub const SAVED: &str = "reminders-saved";
/// The URL parameter by which the form's page knows that the form was not saved.
pub const FAILED: &str = "reminders-failed";
/// The field that switches reminders for a cause on.
pub const ON: &str = "on";
/// The field with the days to wait.
pub const DAYS: &str = "days";
/// The field with the number of reminders.
pub const TIMES: &str = "times";

/// The form's fields for a cause. They are named [`ON`], [`DAYS`] and [`TIMES`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RuleInput {
    /// Present when the checkbox is ticked.
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
        Ok(rules) => answer(call.rollcall.set_reminders(&call.origin(), rules).await).map(drop),
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
        let text = crate::text::reminders_failed().to_owned();
        let cause = cause.parse().map_err(|_| AppError::Invalid { field: "cause".to_owned(), text })?;
        Ok(ReminderRule { cause, after_days: input.days, at_most: input.times })
    };
    rules.into_iter().filter(|(_, input)| input.on.is_some()).map(rule).collect()
}
