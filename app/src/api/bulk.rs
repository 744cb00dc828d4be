//! What an admin does to many rows of the Mobile devices view, or to many people, at once.

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    server_context::{answer, require_session},
    words::service_words,
};
use domain::list::bulk::{BulkAction, PeopleSelection, Selection};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

/// What to do, and to what. One server function for both: the browser loads the code of a call for each function anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Something to rows of the Mobile devices view.
    Rows(BulkAction, Selection),
    /// Invites people by mail who have no active invitation.
    Invite(PeopleSelection),
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Rows that it worked for.
    pub done: u64,
    /// Name of each row that it did not work for, and why.
    pub refused: Vec<(String, String)>,
}

/// Does it to each row. One that is refused does not stop the others.
#[server(prefix = "/fn", endpoint = "bulk", input = Postcard, output = Postcard)]
pub async fn bulk(work: Work) -> Result<BulkOutcome, AppError> {
    let call = require_session()?;
    match work {
        Work::Rows(action, rows) => Ok(told(answer(call.rollcall.bulk(call.actor(), action, rows).await)?)),
        Work::Invite(people) => Ok(told(answer(call.rollcall.invite_many(call.actor(), people, true).await)?)),
    }
}

#[cfg(feature = "ssr")]
fn told<I>(results: Vec<service::Outcome<I>>) -> BulkOutcome {
    let mut outcome = BulkOutcome::default();
    for result in results {
        match result.refusal {
            None => outcome.done += 1,
            Some(error) => outcome.refused.push((result.name, service_words(&error))),
        }
    }
    outcome
}
