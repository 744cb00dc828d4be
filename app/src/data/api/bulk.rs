//! What an admin does to many rows of the Mobile devices view, to many invitations, or to many people, at once.

use crate::wire::{BulkOutcome, BulkRequest, error::AppError};
#[cfg(feature = "ssr")]
use crate::{
    server::context::{answer, require_session},
    text::service_error_text,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// Runs it for each row. A row that is refused does not stop the others.
#[server(prefix = "/fn", endpoint = "bulk", input = Postcard, output = Postcard)]
pub async fn bulk(request: BulkRequest) -> Result<BulkOutcome, AppError> {
    let call = require_session()?;
    match request {
        BulkRequest::Rows(action, rows) => {
            Ok(outcome_of(answer(call.rollcall.bulk(call.actor(), action, rows).await)?))
        }
        BulkRequest::Invitations(action, invitations) => {
            Ok(outcome_of(answer(call.rollcall.bulk_invitations(call.actor(), action, invitations).await)?))
        }
        BulkRequest::Invite(people) => {
            Ok(outcome_of(answer(call.rollcall.invite_many(call.actor(), people, true).await)?))
        }
    }
}

#[cfg(feature = "ssr")]
fn outcome_of<I>(results: Vec<service::ItemResult<I>>) -> BulkOutcome {
    let mut outcome = BulkOutcome::default();
    for result in results {
        match result.refusal {
            None => outcome.done += 1,
            Some(error) => outcome.refused.push((result.name, service_error_text(&error))),
        }
    }
    outcome
}
