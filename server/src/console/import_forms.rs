//! The import of people for a signed-in browser: upload, start, cancel, forget. Plain forms: they need no code in the
//! browser, which shows the progress of an upload by itself.

use crate::{
    console::sign_in::sign_in_url,
    http::{problem::Problem, table},
    middleware::{
        session::signed_in,
        timeouts::{end_slow_requests, end_slow_transfers},
    },
    state::AppState,
};
use app::{left_out_table, locale::RequestLocale};
use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State, multipart::Field},
    middleware::from_fn,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use domain::{
    actor::Actor,
    types::{ids::ImportId, text::clean_text},
};
use http::{StatusCode, Uri};
use serde::Deserialize;
use service::{
    ServiceError, UploadedFile,
    import::{FILE_MAX, FileError, ImportOptions},
    spreadsheet::FileEncoding,
};
use std::sync::Arc;

/// The page of the import.
const PAGE: &str = "/people/import";
/// How much of the name of a file is kept, in characters.
const NAME_MAX: usize = 100;
/// A file that is too large is read and dropped up to this many bytes, so that the browser sees the answer.
const DRAIN_MAX: usize = 16 * FILE_MAX;

/// The forms, and the table of lines that are left out.
pub fn router() -> Router<AppState> {
    let upload = Router::new()
        .route("/people/import/upload", post(upload))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(end_slow_transfers));
    Router::new()
        .route("/people/import/start", post(start))
        .route("/people/import/cancel", post(cancel))
        .route("/people/import/forget", post(forget))
        .route("/people/import/left-out.csv", get(left_out))
        .layer(from_fn(end_slow_requests))
        .merge(upload)
}

/// Sends a browser without a session to sign in.
pub(super) fn redirect_to_sign_in() -> Response {
    Redirect::to(&sign_in_url(&Uri::from_static(PAGE))).into_response()
}

/// Back to the page of the import, which shows the problem.
fn redirect_to_import(problem: Option<&str>) -> Response {
    match problem {
        Some(word) => Redirect::to(&format!("{PAGE}?failed={word}")).into_response(),
        None => Redirect::to(PAGE).into_response(),
    }
}

/// Takes a file, and sends the browser to its preview.
async fn upload(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(account) = signed_in(&request) else { return Ok(redirect_to_sign_in()) };
    let mut form = Multipart::from_request(request, &state).await.map_err(|_| broken_upload())?;
    let (mut name, mut encoding, mut bytes) = (String::new(), FileEncoding::default(), Ok(Vec::new()));
    while let Some(field) = form.next_field().await.map_err(|_| broken_upload())? {
        match field.name() {
            Some("file") => {
                name = clean_text(field.file_name().unwrap_or_default(), NAME_MAX);
                bytes = read_field(field).await?;
            }
            Some("encoding") => {
                // Bounded like the file: anything can send a form.
                let word = read_field(field).await?.unwrap_or_default();
                encoding = FileEncoding::of(&String::from_utf8_lossy(&word)).unwrap_or_default();
            }
            _ => {}
        }
    }
    let file = bytes.map(|bytes| UploadedFile { name, bytes: Arc::new(bytes), encoding });
    match state.rollcall.upload_people(account.account_id, file).await {
        Ok(()) => Ok(redirect_to_import(None)),
        Err(ServiceError::ImportRunning) => Ok(redirect_to_import(Some("running"))),
        Err(error) => Err(error.into()),
    }
}

async fn read_field(mut field: Field<'_>) -> Result<Result<Vec<u8>, FileError>, Problem> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|_| broken_upload())? {
        length += chunk.len();
        if length <= FILE_MAX {
            bytes.extend_from_slice(&chunk);
        } else if length > DRAIN_MAX {
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", FileError::TooLarge.to_string()));
        }
    }
    Ok(if length > FILE_MAX { Err(FileError::TooLarge) } else { Ok(bytes) })
}

fn broken_upload() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "body_malformed", "The file did not arrive as a whole. Send it again.")
}

/// Which import is meant, and with which options.
#[derive(Deserialize)]
struct ImportForm {
    id: ImportId,
    /// An unticked box is not sent.
    correct: Option<String>,
    invite: Option<String>,
}

async fn form(request: Request, state: &AppState) -> Result<ImportForm, Problem> {
    let malformed = |_| Problem::new(StatusCode::BAD_REQUEST, "body_malformed", "The form could not be read.");
    Form::<ImportForm>::from_request(request, state).await.map(|form| form.0).map_err(malformed)
}

/// Begins an import that was previewed.
async fn start(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(account) = signed_in(&request) else { return Ok(redirect_to_sign_in()) };
    let form = form(request, &state).await?;
    let options = ImportOptions { correct: form.correct.is_some(), invite: form.invite.is_some() };
    let actor = Actor::Account(account.email);
    match state.rollcall.confirm_import(actor, account.account_id, form.id, options).await {
        Ok(()) => Ok(redirect_to_import(None)),
        Err(ServiceError::ImportRunning) => Ok(redirect_to_import(Some("running"))),
        Err(ServiceError::NotFound) => Ok(redirect_to_import(Some("gone"))),
        Err(error) => Err(error.into()),
    }
}

/// Stops a running import.
async fn cancel(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(account) = signed_in(&request) else { return Ok(redirect_to_sign_in()) };
    let form = form(request, &state).await?;
    state.rollcall.cancel_import(account.account_id, form.id).await?;
    Ok(redirect_to_import(None))
}

/// Drops a preview or a result.
async fn forget(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(account) = signed_in(&request) else { return Ok(redirect_to_sign_in()) };
    let form = form(request, &state).await?;
    state.rollcall.forget_import(account.account_id, form.id).await?;
    Ok(redirect_to_import(None))
}

/// The lines that an import leaves out, with the reasons.
async fn left_out(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Ok(account) = signed_in(&request) else { return Ok(redirect_to_sign_in()) };
    let locale = RequestLocale::of(request.headers(), request.extensions());
    Ok(match state.rollcall.latest_import(account.account_id).await? {
        Some(import) => table::attachment(left_out_table(&import, locale), "left-out.csv"),
        None => redirect_to_import(Some("gone")),
    })
}
