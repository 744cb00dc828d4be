//! The columns that the Mobile devices view is sorted, filtered and searched by. They follow from the row's document.

use domain::{
    Timestamp,
    slot::{
        SlotRow,
        attention::{AttentionPlan, Cause},
    },
};

/// Version of the columns. Raise it when `domain` changes the text that is searched or the moments from which rows need
/// attention: rows that are stored are computed anew at the next start.
pub const VERSION: u8 = 4;
/// The setting that holds the database's version of the columns.
pub const SETTING: &str = "slot_columns";

/// The computed columns of a row.
pub struct SlotColumns {
    /// The state.
    pub status: &'static str,
    /// The person's name in lower case, for sorting.
    pub name_key: String,
    /// The platform; empty for an invitation item.
    pub platform: &'static str,
    /// The ownership; empty for an invitation item.
    pub ownership: &'static str,
    /// Why the row needs attention.
    pub cause: Option<&'static str>,
    /// From when on.
    pub cause_from: Option<i64>,
    /// Why it will need attention later.
    pub later_cause: Option<&'static str>,
    /// From when on.
    pub later_cause_from: Option<i64>,
    /// The text that is searched.
    pub search: String,
    /// Reminders that went out for the row in this stretch of trouble.
    pub reminded_times: u8,
    /// When the latest of them went out; 0 when none did.
    pub reminded_at: i64,
}

impl SlotColumns {
    /// Computes the columns of a row.
    pub fn of(row: &SlotRow) -> Self {
        let device = row.device.as_ref();
        let plan = AttentionPlan::of(row);
        let (from, cause) = stage(plan.first);
        let (later_from, later_cause) = stage(plan.then);
        Self {
            status: row.status.as_str(),
            name_key: row.person_name.to_lowercase(),
            platform: device.map_or("", |d| d.platform.as_str()),
            ownership: device.map_or("", |d| d.ownership.as_str()),
            cause,
            cause_from: from,
            later_cause,
            later_cause_from: later_from,
            search: row.search_text(),
            reminded_times: row.reminded.map_or(0, |reminded| reminded.times),
            reminded_at: row.reminded.map_or(0, |reminded| reminded.last_at.as_millis()),
        }
    }
}

fn stage(stage: Option<(Timestamp, Cause)>) -> (Option<i64>, Option<&'static str>) {
    stage.map(|(from, cause)| (from.as_millis(), cause.as_str())).unzip()
}
