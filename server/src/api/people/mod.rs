//! People.

pub mod import;

use crate::{
    api::{
        errors::{ApiErrors, BodyErrors, NotFound},
        token::Script,
        views::page::List,
    },
    http::{
        error_responses::error_responses,
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
    list::{PersonQuery, page_size},
    person::OldCredentials,
    types::ids::{InvitationId, PersonId},
    views::PersonRow,
};
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use service::NewPerson;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{RefOr, Response as Described},
};

/// Someone devices are enrolled for
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Identity.
    id: PersonId,
    /// Name.
    name: String,
    /// Email; unique among people.
    email: String,
    /// Language tag.
    locale: String,
    /// When added.
    created_at: Timestamp,
    /// The active invitation.
    active_invitation: Option<InvitationId>,
    /// Devices that were not deleted.
    devices: u64,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            locale: row.locale,
            created_at: row.created_at,
            active_invitation: row.invitation,
            devices: row.devices,
        }
    }
}

/// A person to add
#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonInput {
    /// Name; without it the part of the email before the `@` serves.
    #[serde(default)]
    name: String,
    /// Email.
    email: String,
    /// Language tag such as `en` or `de-AT`.
    #[serde(default)]
    locale: Option<String>,
}

/// What to change about a person; absent fields stay as they are
#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonChange {
    /// Name.
    #[serde(default)]
    name: Option<String>,
    /// Email.
    #[serde(default)]
    email: Option<String>,
    /// Language tag.
    #[serde(default)]
    locale: Option<String>,
    /// What becomes of the link and the PIN when the email changes after an invitation was mailed; `replace` if absent.
    #[serde(default)]
    old_credentials: Option<OldCredentials>,
}

/// Which people
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// Text that the name or email contains.
    #[serde(default)]
    search: Option<String>,
    /// Rows after this place: `next` of a page.
    after: Option<String>,
    /// Rows before this place: `previous` of a page.
    before: Option<String>,
    /// Rows on the page: 25 (default), 50 or 100; another number means 25.
    size: Option<u32>,
}

impl From<PeopleQuery> for PersonQuery {
    fn from(query: PeopleQuery) -> Self {
        Self {
            search: query.search.unwrap_or_default(),
            after: query.after,
            before: query.before,
            size: Some(page_size(query.size)),
        }
    }
}

/// Another person has the email.
pub struct EmailTaken;

impl IntoResponses for EmailTaken {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        error_responses(&[(409, "`email_taken`: another person has this email already")])
    }
}

/// Lists people by name
#[utoipa::path(
    get,
    path = "/api/v1/people",
    tag = "people",
    security(("api_token" = [])),
    params(PeopleQuery),
    responses((status = 200, description = "A page", body = List<Person>), ApiErrors)
)]
pub async fn list_people(
    State(state): State<AppState>,
    _script: Script,
    QueryParams(query): QueryParams<PeopleQuery>,
) -> Result<Json<List<Person>>, Problem> {
    let page = state.rollcall.list_people(query.into()).await?;
    Ok(Json(List::of(page, Person::from)))
}

/// Adds a person
#[utoipa::path(
    post,
    path = "/api/v1/people",
    tag = "people",
    security(("api_token" = [])),
    request_body = PersonInput,
    responses(
        (status = 201, description = "Added", body = Person, headers(("Location" = String, description = "Its address"))),
        ApiErrors,
        BodyErrors,
        EmailTaken
    )
)]
pub async fn create_person(
    State(state): State<AppState>,
    Script(actor): Script,
    JsonBody(input): JsonBody<PersonInput>,
) -> Result<Response, Problem> {
    let new = NewPerson { name: input.name, email: input.email, locale: input.locale };
    let id = state.rollcall.add_person(actor, new).await?;
    let person = Person::from(state.rollcall.person(id).await?);
    let location = [(header::LOCATION, format!("/api/v1/people/{id}"))];
    Ok((StatusCode::CREATED, location, Json(person)).into_response())
}

/// Gets a person
#[utoipa::path(
    get,
    path = "/api/v1/people/{id}",
    tag = "people",
    security(("api_token" = [])),
    params(("id" = PersonId, Path, description = "The person's identity")),
    responses((status = 200, description = "The person", body = Person), ApiErrors, NotFound)
)]
pub async fn get_person(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<PersonId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(state.rollcall.person(id).await?.into()))
}

/// Changes a person
///
/// When the email changes after an invitation was mailed, its link and PIN may lie in the wrong mailbox: they end, and new
/// ones are mailed to the new address, unless `old_credentials` is `keep`.
#[utoipa::path(
    patch,
    path = "/api/v1/people/{id}",
    tag = "people",
    security(("api_token" = [])),
    params(("id" = PersonId, Path, description = "The person's identity")),
    request_body = PersonChange,
    responses((status = 200, description = "As it is now", body = Person), ApiErrors, NotFound, BodyErrors, EmailTaken)
)]
pub async fn change_person(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<PersonId>,
    JsonBody(change): JsonBody<PersonChange>,
) -> Result<Json<Person>, Problem> {
    let person = state.rollcall.person(id).await?;
    let new = NewPerson {
        name: change.name.unwrap_or(person.name),
        email: change.email.unwrap_or(person.email),
        locale: Some(change.locale.unwrap_or(person.locale)),
    };
    let old_credentials = change.old_credentials.unwrap_or(OldCredentials::Replace);
    state.rollcall.change_person(actor, id, new, old_credentials).await?;
    Ok(Json(state.rollcall.person(id).await?.into()))
}
