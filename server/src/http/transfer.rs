//! Tables that a signed-in browser sends and fetches: files of people to import, and exports. Plain forms and links: they
//! need no code in the browser, and it shows the progress of an upload itself.

use crate::{
    http::{
        limits::{end_slow_requests, end_very_slow_requests},
        session::{sign_in_url, signed_in},
        sheet,
    },
    problem::Problem,
    state::AppState,
};
use app::{FromParams, left_out_table, locale::Speaking, query_of};
use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Query, Request, State, multipart::Field},
    middleware::from_fn,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use domain::{
    actor::Actor,
    list::{PersonQuery, SlotQuery},
    types::text::clean_text,
};
use http::{StatusCode, Uri};
use serde::Deserialize;
use service::{
    ServiceError,
    import::{FILE_MAX, FileError, ImportOptions},
    table::FileEncoding,
};
use uuid::Uuid;

/// The page of the import.
const PAGE: &str = "/people/import";
/// Longest name of a file that is kept, in characters.
const NAME_MAX: usize = 100;
/// A file that is too large is read and dropped up to this many bytes, so that the browser sees the answer.
const DRAIN_MAX: usize = 16 * FILE_MAX;

/// Uploads, and what is done with them; downloads.
pub fn router() -> Router<AppState> {
    let upload = Router::new()
        .route("/people/import/upload", post(upload))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(end_very_slow_requests));
    Router::new()
        .route("/people/import/start", post(start))
        .route("/people/import/cancel", post(cancel))
        .route("/people/import/forget", post(forget))
        .route("/people/import/left-out.csv", get(left_out))
        .route("/people/export.csv", get(export_people))
        .route("/devices/export.csv", get(export_slots))
        .layer(from_fn(end_slow_requests))
        .merge(upload)
}

/// Where a browser without a session is sent.
fn sign_in() -> Response {
    Redirect::to(&sign_in_url(&Uri::from_static(PAGE))).into_response()
}

fn back(problem: Option<&str>) -> Response {
    match problem {
        Some(word) => Redirect::to(&format!("{PAGE}?failed={word}")).into_response(),
        None => Redirect::to(PAGE).into_response(),
    }
}

/// Takes a file, and leads to its preview.
async fn upload(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(who) = signed_in(&request) else { return Ok(sign_in()) };
    let mut form = Multipart::from_request(request, &state).await.map_err(|_| broken())?;
    let (mut name, mut encoding, mut bytes) = (String::new(), FileEncoding::default(), Ok(Vec::new()));
    while let Some(field) = form.next_field().await.map_err(|_| broken())? {
        match field.name() {
            Some("file") => {
                name = clean_text(field.file_name().unwrap_or_default(), NAME_MAX);
                bytes = read(field).await?;
            }
            Some("encoding") => {
                // Bounded like the file: a form can be sent by anything.
                let word = read(field).await?.unwrap_or_default();
                encoding = FileEncoding::of(&String::from_utf8_lossy(&word)).unwrap_or_default();
            }
            _ => {}
        }
    }
    match state.rollcall.upload_people(who.account_id, name, bytes, encoding).await {
        Ok(()) => Ok(back(None)),
        Err(ServiceError::ImportRunning) => Ok(back(Some("running"))),
        Err(error) => Err(error.into()),
    }
}

async fn read(mut field: Field<'_>) -> Result<Result<Vec<u8>, FileError>, Problem> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
        length += chunk.len();
        if length <= FILE_MAX {
            bytes.extend_from_slice(&chunk);
        } else if length > DRAIN_MAX {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", FileError::TooLarge.to_string()));
        }
    }
    Ok(if length > FILE_MAX { Err(FileError::TooLarge) } else { Ok(bytes) })
}

fn broken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "body_malformed", "The file did not arrive as a whole. Send it again.")
}

/// Which import is meant, and how it is done.
#[derive(Deserialize)]
struct Order {
    id: Uuid,
    /// A box that is not ticked is not sent.
    correct: Option<String>,
    invite: Option<String>,
}

async fn order(request: Request, state: &AppState) -> Result<Order, Problem> {
    let malformed = |_| Problem::new(StatusCode::BAD_REQUEST, "body_malformed", "The form could not be read.");
    Form::<Order>::from_request(request, state).await.map(|form| form.0).map_err(malformed)
}

/// Begins an import that was previewed.
async fn start(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(who) = signed_in(&request) else { return Ok(sign_in()) };
    let order = order(request, &state).await?;
    let options = ImportOptions { correct: order.correct.is_some(), invite: order.invite.is_some() };
    let actor = Actor::Account(who.email);
    match state.rollcall.confirm_import(actor, who.account_id, order.id, options) {
        Ok(()) => Ok(back(None)),
        Err(ServiceError::ImportRunning) => Ok(back(Some("running"))),
        Err(_) => Ok(back(Some("gone"))),
    }
}

/// Stops an import that is under way.
async fn cancel(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(who) = signed_in(&request) else { return Ok(sign_in()) };
    let order = order(request, &state).await?;
    state.rollcall.cancel_import(who.account_id, order.id);
    Ok(back(None))
}

/// Leaves a preview or a result.
async fn forget(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(who) = signed_in(&request) else { return Ok(sign_in()) };
    let order = order(request, &state).await?;
    state.rollcall.forget_import(who.account_id, order.id);
    Ok(back(None))
}

/// The lines that an import leaves out, with the reasons.
async fn left_out(State(state): State<AppState>, request: Request) -> Response {
    let Ok(who) = signed_in(&request) else { return sign_in() };
    let speaking = Speaking::of(request.headers(), request.extensions());
    match state.rollcall.import_of(who.account_id) {
        Some(import) => sheet::file(left_out_table(&import, speaking), "left-out.csv"),
        None => back(Some("gone")),
    }
}

async fn export_people(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    if signed_in(&request).is_err() {
        return Ok(sign_in());
    }
    sheet::send(state.rollcall.export_people(&query::<PersonQuery>(&request)).await?, "people.csv").await
}

async fn export_slots(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    if signed_in(&request).is_err() {
        return Ok(sign_in());
    }
    sheet::send(state.rollcall.export_slots(&query::<SlotQuery>(&request)).await?, "devices.csv").await
}

/// What the list is filtered and sorted by, as it stands in its URL.
fn query<T: FromParams>(request: &Request) -> T {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    query_of(pairs.map(|pairs| pairs.0).unwrap_or_default())
}
