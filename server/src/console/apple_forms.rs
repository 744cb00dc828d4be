//! The push certificate for a signed-in browser: request, download, upload. Plain forms: they need no code in the browser.

use super::exports::origin;
use crate::{
    console::sign_in::sign_in_url,
    http::problem::Problem,
    middleware::timeouts::{end_slow_requests, end_slow_transfers},
    state::AppState,
};
use apple::{
    push_certificate::{MAX_FILE, PushCertificateError},
    secret::Secret,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    middleware::from_fn,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use http::{Uri, header};
use service::{PushUpload, UploadRefusal};
use url::form_urlencoded;

/// The page.
const PAGE: &str = "/settings/apple";
/// What stands around the files in a form, in bytes, at most.
const FORM_MAX: usize = 4 * 1024;

/// The forms, and the download of the request.
pub fn router() -> Router<AppState> {
    let upload = Router::new()
        .route("/settings/apple/upload", post(upload))
        .layer(DefaultBodyLimit::max(MAX_FILE + FORM_MAX))
        .layer(from_fn(end_slow_transfers));
    Router::new()
        .route("/settings/apple/request", post(request))
        .route("/settings/apple/request.csr", get(download))
        .layer(from_fn(end_slow_requests))
        .merge(upload)
}

fn redirect_to_sign_in() -> Response {
    Redirect::to(&sign_in_url(&Uri::from_static(PAGE))).into_response()
}

/// Back to the page, which shows what came of it.
fn redirect_back(outcome: &str, topic: Option<&str>) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("outcome", outcome);
    if let Some(topic) = topic {
        query.append_pair("topic", topic);
    }
    Redirect::to(&format!("{PAGE}?{}", query.finish())).into_response()
}

/// Makes a key and a request.
async fn request(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(origin) = origin(&request) else { return Ok(redirect_to_sign_in()) };
    state.rollcall.request_push_certificate(&origin).await?;
    Ok(Redirect::to(PAGE).into_response())
}

/// The latest request that waits for its certificate.
async fn download(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    if origin(&request).is_none() {
        return Ok(redirect_to_sign_in());
    }
    let Some(waiting) = state.rollcall.push_overview().await?.request else {
        return Ok(redirect_back("no-request", None));
    };
    let file = state.rollcall.push_request(waiting.id).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-pem-file"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rollcall-push.csr\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, file).into_response())
}

/// Takes the certificate that Apple issued.
async fn upload(State(state): State<AppState>, request: Request) -> Result<Response, Problem> {
    let Some(origin) = origin(&request) else { return Ok(redirect_to_sign_in()) };
    let Some(upload) = read_form(request, &state).await else { return Ok(redirect_back("broken", None)) };
    match state.rollcall.upload_push_certificate(&origin, upload).await {
        Ok(()) => Ok(redirect_back("saved", None)),
        Err(UploadRefusal::Service(error)) => Err(error.into()),
        Err(UploadRefusal::OtherTopic { topic, .. }) => Ok(redirect_back("other-topic", Some(&topic))),
        Err(UploadRefusal::Key(_)) => Ok(redirect_back("bad-key", None)),
        Err(UploadRefusal::OtherKey | UploadRefusal::Certificate(PushCertificateError::OtherKey)) => {
            Ok(redirect_back("other-key", None))
        }
        Err(UploadRefusal::Certificate(PushCertificateError::Early(_) | PushCertificateError::Expired(_))) => {
            Ok(redirect_back("bad-dates", None))
        }
        Err(UploadRefusal::Certificate(_)) => Ok(redirect_back("no-certificate", None)),
    }
}

/// The fields of the form; `None` when it did not arrive as a whole, or is too long.
async fn read_form(request: Request, state: &AppState) -> Option<PushUpload> {
    let mut form = Multipart::from_request(request, state).await.ok()?;
    let (mut certificate, mut key, mut apple_id, mut confirmed_topic) =
        (Vec::new(), None, String::new(), String::new());
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name().map(str::to_owned);
        let bytes = field.bytes().await.ok()?;
        match name.as_deref() {
            Some("certificate") => certificate = bytes.to_vec(),
            // A file that was not chosen is sent as an empty one.
            Some("key") => key = (!bytes.is_empty()).then(|| Secret::new(bytes.to_vec())),
            Some("account") => apple_id = String::from_utf8_lossy(&bytes).into_owned(),
            Some("topic") => confirmed_topic = String::from_utf8_lossy(&bytes).into_owned(),
            _ => {}
        }
    }
    Some(PushUpload { certificate, key, apple_id, confirmed_topic })
}
