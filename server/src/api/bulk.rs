//! One action on many rows.

use super::{
    errors::{ApiErrors, BodyErrors},
    token::Script,
};
use crate::{
    http::{json_body::JsonBody, problem::Problem},
    state::AppState,
};
use axum::{Json, extract::State};
use domain::{
    device::{Ownership, Platform},
    list::{
        AttentionFilter, ContactFilter, PersonQuery, SlotQuery,
        bulk::{BulkAction, PeopleSelection, Selection},
    },
    slot::SlotStatus,
    types::ids::{PersonId, SlotId},
};
use serde::{Deserialize, Serialize};
use service::ItemResult;
use utoipa::ToSchema;

/// Longest body, in bytes: room for the ids of as many rows as can be changed at once.
const BODY_MAX: usize = 512 * 1024;

/// What to do, and to which rows: either `rows` or `matching`
#[derive(Debug, Deserialize, ToSchema)]
pub struct BulkInput {
    /// What to do to each row.
    action: BulkAction,
    /// These rows.
    #[serde(default)]
    rows: Option<Vec<SlotId>>,
    /// All rows that match, on whatever page they are.
    #[serde(default)]
    matching: Option<Filters>,
}

/// What rows are filtered by; an empty object matches all
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Filters {
    /// Text that the person, the email, the device or its serial number contains.
    #[serde(default)]
    search: String,
    /// Only rows of this state.
    #[serde(default)]
    status: Option<SlotStatus>,
    /// Only devices that run this.
    #[serde(default)]
    platform: Option<Platform>,
    /// Only devices that belong to this.
    #[serde(default)]
    ownership: Option<Ownership>,
    /// Only rows that need attention: for anything, or for one cause.
    #[serde(default)]
    attention: Option<AttentionFilter>,
    /// Only devices that were not in contact for this long.
    #[serde(default)]
    contact: Option<ContactFilter>,
    /// Only rows of this person.
    #[serde(default)]
    person_id: Option<PersonId>,
}

impl From<Filters> for SlotQuery {
    fn from(filters: Filters) -> Self {
        Self {
            search: filters.search,
            status: filters.status,
            platform: filters.platform,
            ownership: filters.ownership,
            attention: filters.attention,
            contact: filters.contact,
            person_id: filters.person_id,
            ..Self::default()
        }
    }
}

/// What came of it
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkOutcome {
    /// Rows to which it was done.
    done: usize,
    /// Rows to which it was not done.
    refused: usize,
    /// Each row, in the order of the selection.
    results: Vec<BulkResult>,
}

/// What became of a row
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// The row.
    slot_id: SlotId,
    /// Name of its person; empty when the row is gone.
    name: String,
    /// Why nothing was done, as a sentence; `null` when it was done.
    refusal: Option<String>,
}

impl From<ItemResult<SlotId>> for BulkResult {
    fn from(outcome: ItemResult<SlotId>) -> Self {
        let ItemResult { id, name, refusal } = outcome;
        Self { slot_id: id, name, refusal: refusal.map(|error| error.user_text()) }
    }
}

/// Does one thing to many rows
///
/// Every row is decided by itself: one that is refused, or is gone, keeps no other from being done. At most 10,000 rows
/// are taken; of more, none is changed.
#[utoipa::path(
    post,
    path = "/api/v1/slots/bulk",
    tag = "slots",
    security(("api_token" = [])),
    request_body = BulkInput,
    responses((status = 200, description = "What came of each row", body = BulkOutcome), ApiErrors, BodyErrors)
)]
pub async fn change_slots(
    State(state): State<AppState>,
    Script(actor): Script,
    JsonBody(input): JsonBody<BulkInput, BODY_MAX>,
) -> Result<Json<BulkOutcome>, Problem> {
    let selection = match (input.rows, input.matching) {
        (Some(rows), None) => Selection::Rows(rows),
        (None, Some(filters)) => Selection::Matching(filters.into()),
        _ => return Err(Problem::field("rows", "Send either rows or matching.")),
    };
    let results = state.rollcall.bulk(actor, input.action, selection).await?;
    let refused = results.iter().filter(|result| result.refusal.is_some()).count();
    let done = results.len() - refused;
    Ok(Json(BulkOutcome { done, refused, results: results.into_iter().map(BulkResult::from).collect() }))
}

/// Whom to invite: either `people` or `matching`
#[derive(Debug, Deserialize, ToSchema)]
pub struct BulkInvite {
    /// These.
    #[serde(default)]
    people: Option<Vec<PersonId>>,
    /// All who match, on whatever page they are.
    #[serde(default)]
    matching: Option<PeopleFilters>,
    /// Whether to send the mail; `true` when absent.
    #[serde(default = "default_true")]
    send: bool,
}

const fn default_true() -> bool {
    true
}

/// What people are filtered by; an empty object matches all
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleFilters {
    /// Text that the name or email contains.
    #[serde(default)]
    search: String,
}

/// What came of it
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkInviteOutcome {
    /// People who have a new invitation.
    done: usize,
    /// People who have none: an active one is left alone.
    refused: usize,
    /// Each person, in the order of the selection.
    results: Vec<PersonResult>,
}

/// What became of a person's invitation
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonResult {
    /// The person.
    person_id: PersonId,
    /// Name; empty when the person is gone.
    name: String,
    /// Why there is no new invitation, as a sentence; `null` when there is one.
    refusal: Option<String>,
}

impl From<ItemResult<PersonId>> for PersonResult {
    fn from(outcome: ItemResult<PersonId>) -> Self {
        let ItemResult { id, name, refusal } = outcome;
        Self { person_id: id, name, refusal: refusal.map(|error| error.user_text()) }
    }
}

/// Invites many people
///
/// Whoever has an active invitation keeps it and is reported. Every person is decided alone: one who is refused, or is
/// gone, keeps no other from being invited. At most 10,000 people are taken; of more, none is invited.
#[utoipa::path(
    post,
    path = "/api/v1/people/invite",
    tag = "people",
    security(("api_token" = [])),
    request_body = BulkInvite,
    responses((status = 200, description = "What came of each person", body = BulkInviteOutcome), ApiErrors, BodyErrors)
)]
pub async fn invite_people(
    State(state): State<AppState>,
    Script(actor): Script,
    JsonBody(input): JsonBody<BulkInvite, BODY_MAX>,
) -> Result<Json<BulkInviteOutcome>, Problem> {
    let selection = match (input.people, input.matching) {
        (Some(people), None) => PeopleSelection::People(people),
        (None, Some(filters)) => {
            PeopleSelection::Matching(PersonQuery { search: filters.search, ..PersonQuery::default() })
        }
        _ => return Err(Problem::field("people", "Send either people or matching.")),
    };
    let results = state.rollcall.invite_many(actor, selection, input.send).await?;
    let refused = results.iter().filter(|result| result.refusal.is_some()).count();
    let done = results.len() - refused;
    Ok(Json(BulkInviteOutcome { done, refused, results: results.into_iter().map(PersonResult::from).collect() }))
}
