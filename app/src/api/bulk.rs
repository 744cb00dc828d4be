//! What an admin does to many rows of the Mobile devices view at once.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{answer, require_session};
use domain::bulk::{BulkAction, Selection};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Rows that it worked for.
    pub done: u64,
    /// Name of each row that it did not work for, and why.
    pub refused: Vec<(String, String)>,
}

/// Does it to each row. One that is refused does not stop the others.
#[server(prefix = "/fn", endpoint = "slots/bulk", input = Postcard, output = Postcard)]
pub async fn bulk(action: BulkAction, rows: Selection) -> Result<BulkOutcome, AppError> {
    let call = require_session()?;
    let results = answer(call.rollcall.bulk(call.actor(), action, rows).await)?;
    let mut outcome = BulkOutcome::default();
    for result in results {
        match result.refusal {
            None => outcome.done += 1,
            Some(reason) => outcome.refused.push((result.name, reason)),
        }
    }
    Ok(outcome)
}
