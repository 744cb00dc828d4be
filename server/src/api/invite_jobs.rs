//! Inviting many people as a job.

use super::{
    errors::{ApiErrors, BodyErrors, NotFound},
    token::Script,
};
use crate::{
    http::{extract::PathId, json_body::JsonBody, problem::Problem},
    state::AppState,
};
use axum::{Json, extract::State};
use domain::{
    Timestamp,
    invitation::job::{JobLine, JobProgress, LineOutcome},
    types::ids::{InvitationId, InviteJobId},
};
use serde::{Deserialize, Serialize};
use service::{Invite, NewPerson};
use utoipa::ToSchema;

/// Longest body, in bytes: room for as many people as can be invited at once.
const BODY_MAX: usize = 512 * 1024;

/// Whom to invite, and how
#[derive(Debug, Deserialize, ToSchema)]
pub struct InviteJobInput {
    /// The people, at most 500.
    people: Vec<InvitedPerson>,
    /// Whether to send mails.
    send: bool,
    /// When the invitations stop by themselves; absent: never.
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

/// Someone to invite
#[derive(Debug, Deserialize, ToSchema)]
pub struct InvitedPerson {
    /// Email; a person who is not known is added.
    email: String,
    /// Name of a person who is added; without it the part of the email before the `@` serves.
    #[serde(default)]
    name: Option<String>,
    /// Language tag of a person who is added.
    #[serde(default)]
    locale: Option<String>,
}

/// How far a job has come
#[derive(Debug, Serialize, ToSchema)]
pub struct InviteJob {
    /// Identity.
    id: InviteJobId,
    /// People of the job.
    total: u32,
    /// People for whom it was decided.
    done: usize,
    /// When it was asked for.
    created_at: Timestamp,
    /// When it ended; `null` while it is running.
    ended_at: Option<Timestamp>,
    /// Each person, in the order of the request.
    results: Vec<InviteJobResult>,
}

/// What became of a person
#[derive(Debug, Serialize, ToSchema)]
pub struct InviteJobResult {
    /// Email, as it was sent.
    email: String,
    /// The new invitation; `null` when there is none, or none yet.
    invitation_id: Option<InvitationId>,
    /// Why there is none, as a sentence.
    refusal: Option<String>,
}

impl From<JobProgress> for InviteJob {
    fn from(progress: JobProgress) -> Self {
        let done = progress.done();
        let JobProgress { job, lines } = progress;
        Self {
            id: job.id,
            total: job.total,
            done,
            created_at: job.created_at,
            ended_at: job.ended_at,
            results: lines.into_iter().map(InviteJobResult::from).collect(),
        }
    }
}

impl From<(JobLine, Option<LineOutcome>)> for InviteJobResult {
    fn from((line, outcome): (JobLine, Option<LineOutcome>)) -> Self {
        let (invitation_id, refusal) = match outcome {
            Some(LineOutcome::Invited(id)) => (Some(id), None),
            Some(LineOutcome::Refused(refusal)) => (None, Some(refusal.to_string())),
            None => (None, None),
        };
        Self { email: line.email, invitation_id, refusal }
    }
}

/// Invites many people
///
/// The job goes on when the connection is closed and when the server is started again. Choose a new UUID as its id: sending
/// the same request again is the same job, and nobody is invited twice. An active invitation is replaced, unless it was made
/// or mailed within the last hour and the job is for several people.
#[utoipa::path(
    put,
    path = "/api/v1/invite-jobs/{id}",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InviteJobId, Path, description = "The job's identity")),
    request_body = InviteJobInput,
    responses((status = 200, description = "How far it has come", body = InviteJob), ApiErrors, BodyErrors)
)]
pub async fn put_invite_job(
    State(state): State<AppState>,
    Script(actor): Script,
    PathId(id): PathId<InviteJobId>,
    JsonBody(input): JsonBody<InviteJobInput, BODY_MAX>,
) -> Result<Json<InviteJob>, Problem> {
    let how = Invite { send: input.send, expires_at: input.expires_at };
    let people = input.people.into_iter().map(|person| NewPerson {
        name: person.name.unwrap_or_default(),
        email: person.email,
        locale: person.locale,
    });
    Ok(Json(state.rollcall.start_invite_job(actor, id, people.collect(), how).await?.into()))
}

/// Tells how far a job has come
///
/// A job is kept for a week after its end.
#[utoipa::path(
    get,
    path = "/api/v1/invite-jobs/{id}",
    tag = "invitations",
    security(("api_token" = [])),
    params(("id" = InviteJobId, Path, description = "The job's identity")),
    responses((status = 200, description = "How far it has come", body = InviteJob), ApiErrors, NotFound)
)]
pub async fn get_invite_job(
    State(state): State<AppState>,
    _script: Script,
    PathId(id): PathId<InviteJobId>,
) -> Result<Json<InviteJob>, Problem> {
    Ok(Json(state.rollcall.invite_job(id).await?.into()))
}
