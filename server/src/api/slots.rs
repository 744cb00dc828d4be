//! Rows of the Mobile devices view.

use super::{
    errors::{ApiErrors, NotFound},
    token::Script,
};
use crate::{
    api::views::{
        page::List,
        slot::{Slot, SlotWithTimeline},
    },
    http::{
        extract::{PathId, QueryParams},
        problem::Problem,
    },
    state::AppState,
};
use axum::{Json, extract::State};
use domain::{
    device::{Ownership, Platform},
    list::{AttentionFilter, ContactFilter, SlotQuery, SlotSort, page_size},
    slot::SlotStatus,
    types::ids::{PersonId, SlotId},
};
use serde::Deserialize;

/// Which rows
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SlotsQuery {
    /// Text that the person, the email, the device or its serial number contains; one or two characters are looked for
    /// at the beginning of words only.
    search: Option<String>,
    /// Only rows of this state.
    status: Option<SlotStatus>,
    /// Only devices that run this.
    platform: Option<Platform>,
    /// Only devices that belong to this.
    ownership: Option<Ownership>,
    /// Only rows that need attention: for anything, or for one cause.
    attention: Option<AttentionFilter>,
    /// Only devices that were not in contact for this long.
    contact: Option<ContactFilter>,
    /// Order of the rows; newest first when absent.
    sort: Option<SlotSort>,
    /// Only rows of this person.
    person_id: Option<PersonId>,
    /// Rows after this place: `next` of a page.
    after: Option<String>,
    /// Rows before this place: `previous` of a page.
    before: Option<String>,
    /// Rows on the page: 25 (default), 50 or 100; another number means 25.
    size: Option<u32>,
}

impl From<SlotsQuery> for SlotQuery {
    fn from(query: SlotsQuery) -> Self {
        Self {
            search: query.search.unwrap_or_default(),
            status: query.status,
            platform: query.platform,
            ownership: query.ownership,
            attention: query.attention,
            contact: query.contact,
            sort: query.sort,
            person_id: query.person_id,
            after: query.after,
            before: query.before,
            size: Some(page_size(query.size)),
        }
    }
}

/// Lists rows
#[utoipa::path(
    get,
    path = "/api/v1/slots",
    tag = "slots",
    security(("api_token" = [])),
    params(SlotsQuery),
    responses((status = 200, description = "A page", body = List<Slot>), ApiErrors)
)]
pub async fn list_slots(
    State(state): State<AppState>,
    _script: Script,
    QueryParams(query): QueryParams<SlotsQuery>,
) -> Result<Json<List<Slot>>, Problem> {
    let page = state.rollcall.list_slots(query.into()).await?;
    Ok(Json(List::of(page, Slot::from)))
}

/// Gets a row with its timeline
#[utoipa::path(
    get,
    path = "/api/v1/slots/{id}",
    tag = "slots",
    security(("api_token" = [])),
    params(("id" = SlotId, Path, description = "The row's identity")),
    responses((status = 200, description = "The row", body = SlotWithTimeline), ApiErrors, NotFound)
)]
pub async fn get_slot(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<SlotId>,
) -> Result<Json<SlotWithTimeline>, Problem> {
    Ok(Json(state.rollcall.slot(id).await?.into()))
}
