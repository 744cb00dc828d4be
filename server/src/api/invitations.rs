//! Invitations.

use super::{
    errors::{ApiErrors, BodyErrors, InvitationErrors, NotFound},
    token::Script,
};
use crate::{
    api::views::page::List,
    http::{
        extract::{PathId, QueryParams},
        json_body::JsonBody,
        problem::Problem,
    },
    state::AppState,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{
    Timestamp,
    invitation::{Acceptance, Delivery, InvitationState, credentials::CredentialsView},
    list::{InvitationFilter, InvitationQuery, page_size},
    types::ids::{InvitationId, PersonId},
    views::InvitationRow,
};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use service::{Invite, NewPerson};
use utoipa::ToSchema;

/// The right of one person to enroll devices
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    /// Identity.
    id: InvitationId,
    /// Who is invited.
    person_id: PersonId,
    /// Name of the person.
    name: String,
    /// Email of the person.
    email: String,
    /// How far it has come.
    #[serde(flatten)]
    state: InvitationState,
    /// What became of the latest mail.
    delivery: Delivery,
    /// When it was made.
    created_at: Timestamp,
    /// When a mail server first took a mail of it.
    sent_at: Option<Timestamp>,
    /// When a person opened it.
    opened_at: Option<Timestamp>,
    /// When it stops by itself; `null`: never.
    expires_at: Option<Timestamp>,
    /// When an admin lifted the limit on how many devices it enrolls in an hour; `null`: the limit holds.
    pace_lifted_at: Option<Timestamp>,
    /// When it turned devices away because too many came within an hour; `null` when it did not, or no longer matters.
    turned_away_at: Option<Timestamp>,
    /// What was chosen on the landing page.
    acceptance: Option<Acceptance>,
    /// Devices that enrolled with it and were not deleted.
    devices: u64,
    /// Whether the stored invitation is damaged: then the fields above hold only what is known of it.
    damaged: bool,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        let invitation = row.invitation;
        Self {
            id: invitation.id,
            person_id: invitation.person_id,
            name: row.person_name,
            email: row.email,
            state: invitation.state,
            delivery: invitation.delivery,
            created_at: invitation.created_at,
            sent_at: invitation.sent_at,
            opened_at: invitation.opened_at,
            expires_at: invitation.expires_at,
            pace_lifted_at: invitation.pace_lifted_at,
            turned_away_at: invitation.turned_away.map(|it| it.at),
            acceptance: invitation.acceptance,
            devices: row.devices,
            damaged: row.is_damaged,
        }
    }
}

/// Whom to invite, and how: either `person_id`, or `email` with the fields of a person
#[derive(Debug, Deserialize, ToSchema)]
pub struct InvitationInput {
    /// A person who is known.
    #[serde(default)]
    person_id: Option<PersonId>,
    /// Email; a person who is not known is added.
    #[serde(default)]
    email: Option<String>,
    /// Name of a person who is added; without it the part of the email before the `@` serves.
    #[serde(default)]
    name: Option<String>,
    /// Language tag of a person who is added.
    #[serde(default)]
    locale: Option<String>,
    /// Whether to send a mail; without one the credentials can be handed out in another way.
    send: bool,
    /// When the invitation stops by itself; absent: never.
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

/// Which invitations
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvitationsQuery {
    /// Text that the person's name or email contains.
    search: Option<String>,
    /// Only invitations of this state.
    state: Option<InvitationFilter>,
    /// Rows after this place: `next` of a page.
    after: Option<String>,
    /// Rows before this place: `previous` of a page.
    before: Option<String>,
    /// Rows on the page: 25 (default), 50 or 100; another number means 25.
    size: Option<u32>,
}

/// Lists invitations, newest first
#[utoipa::path(
    get,
    path = "/api/v1/invitations",
    tag = "invitations",
    security(("api_token" = [])),
    params(InvitationsQuery),
    responses((status = 200, description = "A page", body = List<Invitation>), ApiErrors)
)]
pub async fn list_invitations(
    State(state): State<AppState>,
    _script: Script,
    QueryParams(query): QueryParams<InvitationsQuery>,
) -> Result<Json<List<Invitation>>, Problem> {
    let query = InvitationQuery {
        sort: None,
        search: query.search.unwrap_or_default(),
        state: query.state,
        after: query.after,
        before: query.before,
        size: Some(page_size(query.size)),
    };
    let page = state.rollcall.list_invitations(query).await?;
    Ok(Json(List::of(page, Invitation::from)))
}

/// Invites a person
///
/// An active invitation of the same person is replaced by the new one: it enrolls nothing from then on.
#[utoipa::path(
    post,
    path = "/api/v1/invitations",
    tag = "invitations",
    security(("api_token" = [])),
    request_body = InvitationInput,
    responses(
        (status = 201, description = "Made", body = Invitation,
            headers(("Location" = String, description = "Its address"))),
        ApiErrors,
        BodyErrors,
        InvitationErrors
    )
)]
pub async fn create_invitation(
    State(state): State<AppState>,
    Script(actor): Script,
    JsonBody(input): JsonBody<InvitationInput>,
) -> Result<Response, Problem> {
    let how = Invite { send: input.send, expires_at: input.expires_at };
    let invited = match (input.person_id, input.email) {
        (Some(person), None) => state.rollcall.invite_person(actor, person, how).await?,
        (None, Some(email)) => {
            let new = NewPerson { name: input.name.unwrap_or_default(), email, locale: input.locale };
            state.rollcall.invite_by_email(actor, &new, how).await?
        }
        _ => return Err(Problem::field("person_id", "Send either person_id or email.")),
    };
    let id = invited.invitation_id;
    let invitation = Invitation::from(state.rollcall.invitation(id).await?);
    let location = [(header::LOCATION, format!("/api/v1/invitations/{id}"))];
    Ok((StatusCode::CREATED, location, Json(invitation)).into_response())
}

/// Gets an invitation
#[utoipa::path(
    get,
    path = "/api/v1/invitations/{id}",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InvitationId, Path, description = "The invitation's identity")),
    responses((status = 200, description = "The invitation", body = Invitation), ApiErrors, NotFound)
)]
pub async fn get_invitation(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<InvitationId>,
) -> Result<Json<Invitation>, Problem> {
    Ok(Json(state.rollcall.invitation(id).await?.into()))
}

/// Gets the credentials of an active invitation
#[utoipa::path(
    get,
    path = "/api/v1/invitations/{id}/credentials",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InvitationId, Path, description = "The invitation's identity")),
    responses((status = 200, description = "The credentials", body = CredentialsView), ApiErrors, InvitationErrors)
)]
pub async fn get_credentials(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<InvitationId>,
) -> Result<Response, Problem> {
    let credentials = state.rollcall.credentials(actor, id).await?;
    let caching = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((caching, Json(credentials)).into_response())
}

/// Sends the mail of an invitation (again)
#[utoipa::path(
    post,
    path = "/api/v1/invitations/{id}/resend",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InvitationId, Path, description = "The invitation's identity")),
    responses((status = 200, description = "The mail is on its way", body = Invitation), ApiErrors, InvitationErrors)
)]
pub async fn resend_invitation(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<InvitationId>,
) -> Result<Json<Invitation>, Problem> {
    state.rollcall.resend(actor, id).await?;
    Ok(Json(state.rollcall.invitation(id).await?.into()))
}

/// Deactivates an invitation
///
/// It enrolls nothing from then on. Devices that it enrolled before stay enrolled.
#[utoipa::path(
    post,
    path = "/api/v1/invitations/{id}/deactivate",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InvitationId, Path, description = "The invitation's identity")),
    responses((status = 200, description = "As it is now", body = Invitation), ApiErrors, InvitationErrors)
)]
pub async fn deactivate_invitation(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<InvitationId>,
) -> Result<Json<Invitation>, Problem> {
    state.rollcall.deactivate(actor, id).await?;
    Ok(Json(state.rollcall.invitation(id).await?.into()))
}

/// Lets an invitation enroll any number of devices at once
///
/// Otherwise an invitation enrolls a limited number of devices in an hour, so that a link in the wrong hands does not enroll
/// without end. The limit is back with the person's next invitation.
#[utoipa::path(
    post,
    path = "/api/v1/invitations/{id}/lift-pace",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InvitationId, Path, description = "The invitation's identity")),
    responses((status = 200, description = "As it is now", body = Invitation), ApiErrors, InvitationErrors)
)]
pub async fn lift_pace(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<InvitationId>,
) -> Result<Json<Invitation>, Problem> {
    state.rollcall.lift_pace(actor, id).await?;
    Ok(Json(state.rollcall.invitation(id).await?.into()))
}
