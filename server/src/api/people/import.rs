//! Importing people from a table.

use crate::{
    api::{errors::ApiErrors, token::Script},
    http::{
        body::read_body,
        error_responses::error_responses,
        extract::{QueryParams, content_type},
        problem::Problem,
    },
    state::AppState,
};
use axum::{
    Json,
    extract::{Request, State},
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use service::{
    UploadedFile,
    import::{Counts, FILE_MAX, ImportOptions, PlannedRow, Preview, RowPlan},
    spreadsheet::FileEncoding,
};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{RefOr, Response as Described},
};

/// How to import
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Only tell what would be done; `false` when absent.
    #[serde(default)]
    dry_run: bool,
    /// Correct names and languages of people who are known; `false` when absent.
    #[serde(default)]
    correct: bool,
    /// Invite by mail whoever has no active invitation; `false` when absent.
    #[serde(default)]
    invite: bool,
    /// `auto`, or `windows-1250` for a file of that encoding, which nothing in it tells. When absent, the `charset` of the
    /// Content-Type counts, and then `auto`.
    #[serde(default)]
    encoding: Option<String>,
}

/// What came of an import, or would
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOutcome {
    /// Whether nothing was written.
    dry_run: bool,
    /// What the file is written in.
    encoding: &'static str,
    /// Headings of columns that were not read.
    ignored_columns: Vec<String>,
    /// People added.
    added: usize,
    /// People whose name or language was corrected.
    corrected: usize,
    /// People who are known just so.
    unchanged: usize,
    /// People with another name or language who were left as they are, because `correct` was not asked for.
    differing: usize,
    /// People invited.
    invited: usize,
    /// People who were to be invited and have an active invitation, which was left alone.
    already_invited: usize,
    /// Lines that it did not work for.
    failed: usize,
    /// Lines that were left out because of what stands in them.
    bad: usize,
    /// Each line that was left out, and the first 500 that it did not work for.
    problems: Vec<LineProblem>,
    /// What is doubtful about lines that are imported, such as a language that is not understood.
    doubts: Vec<LineProblem>,
    /// What would become of each good line; only with `dry_run`.
    lines: Vec<PlannedLine>,
}

/// What is wrong with a line
#[derive(Debug, Serialize, ToSchema)]
pub struct LineProblem {
    /// Line of the file, counted from 1.
    line: usize,
    /// Why, as a sentence.
    reason: String,
}

/// What would become of a line
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedLine {
    /// Line of the file, counted from 1.
    line: usize,
    /// Name that it tells.
    name: String,
    /// Email that it tells.
    email: String,
    /// Language that it tells.
    locale: Option<String>,
    /// What becomes of it.
    outcome: PlannedOutcome,
    /// Whether the person has an active invitation.
    has_invitation: bool,
}

/// What would become of a line
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlannedOutcome {
    /// The person is new.
    Added,
    /// The person's name or language would be corrected.
    Corrected,
    /// The person is known just so.
    Unchanged,
    /// The person has another name or language and would be left so.
    Differing,
}

impl PlannedLine {
    fn of(planned: &PlannedRow, options: ImportOptions) -> Self {
        let outcome = match planned.plan {
            RowPlan::New => PlannedOutcome::Added,
            RowPlan::Unchanged => PlannedOutcome::Unchanged,
            RowPlan::Differs { .. } if options.correct => PlannedOutcome::Corrected,
            RowPlan::Differs { .. } => PlannedOutcome::Differing,
        };
        Self {
            line: planned.line(),
            name: planned.name().to_owned(),
            email: planned.email().to_owned(),
            locale: planned.locale().map(str::to_owned),
            outcome,
            has_invitation: planned.is_invited,
        }
    }
}

impl ImportOutcome {
    fn new(preview: &Preview, counts: Counts) -> Self {
        let problems = preview.bad.iter().map(|bad| LineProblem { line: bad.line, reason: bad.error.to_string() });
        Self {
            dry_run: false,
            encoding: preview.encoding,
            ignored_columns: preview.ignored.clone(),
            added: counts.added,
            corrected: counts.corrected,
            unchanged: counts.unchanged,
            differing: counts.differing,
            invited: counts.invited,
            already_invited: counts.already_invited,
            failed: counts.failed,
            bad: preview.bad.len(),
            problems: problems.collect(),
            doubts: preview.doubtful().map(|(line, doubt)| LineProblem { line, reason: doubt.to_string() }).collect(),
            lines: Vec::new(),
        }
    }

    fn dry(preview: &Preview, options: ImportOptions) -> Self {
        let plans = preview.plan_counts();
        let (corrected, differing) = if options.correct { (plans.differing, 0) } else { (0, plans.differing) };
        let counts = Counts {
            added: plans.new,
            corrected,
            unchanged: plans.unchanged,
            differing,
            invited: if options.invite { preview.good.len() - plans.invited } else { 0 },
            already_invited: if options.invite { plans.invited } else { 0 },
            failed: 0,
        };
        let lines = preview.good.iter().map(|planned| PlannedLine::of(planned, options)).collect();
        Self { dry_run: true, lines, ..Self::new(preview, counts) }
    }
}

/// What an import can answer to an invalid file.
pub struct FileErrors;

impl IntoResponses for FileErrors {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        error_responses(&[
            (409, "`import_running`: another import is running"),
            (413, "`body_too_large`: the file has more than 10 MB"),
            (
                415,
                "`content_type_unsupported`: the body is not declared as `text/csv`, or with a charset that nobody knows",
            ),
            (422, "`file_invalid`: the file as a whole cannot be read, and nothing was imported"),
        ])
    }
}

/// Imports people
///
/// A line names the columns: email and, if you like, name, or first name and last name, and language, in the words of the
/// usual directories and in several languages; a table without headings is read if its first line has an email. Comma,
/// semicolon, tab or bar; UTF-8, UTF-16, Windows-1252, or the `charset` of the Content-Type. A person is known by the
/// email: the same file again changes nothing. Lines that are wrong are left out and told; nothing is imported of a file
/// that has more than 10 MB or 100,000 lines. The answer comes when all lines are done, which takes a while for many, and
/// they are done even if the connection is lost or the server is started again. Only one import runs at a time.
#[utoipa::path(
    post,
    path = "/api/v1/people/import",
    tag = "people",
    security(("api_token" = [])),
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "The table"),
    responses((status = 200, description = "What came of it", body = ImportOutcome), ApiErrors, FileErrors)
)]
pub async fn import_people(
    State(state): State<AppState>,
    Script(actor): Script,
    QueryParams(query): QueryParams<ImportQuery>,
    request: Request,
) -> Result<Json<ImportOutcome>, Problem> {
    let chosen = query.encoding.as_deref().map(|word| {
        FileEncoding::of(word)
            .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "query_malformed", "encoding: auto or windows-1250"))
    });
    let chosen = chosen.transpose()?;
    // 1. Read the file. The body is read even when it is not CSV, so that the sender gets the answer.
    let declared = declared_encoding(request.headers());
    let bytes = read_body(request.into_body(), FILE_MAX).await?;
    let encoding = chosen.unwrap_or(declared?);
    // 2. Compare each line with the people that there are. A dry run ends here.
    let options = ImportOptions { correct: query.correct, invite: query.invite };
    let file = UploadedFile { name: String::new(), bytes: Arc::new(bytes), encoding };
    let preview = match state.rollcall.preview_people(&file).await? {
        Ok(preview) => preview,
        Err(error) => return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "file_invalid", error.to_string())),
    };
    if query.dry_run {
        return Ok(Json(ImportOutcome::dry(&preview, options)));
    }
    // 3. Import, and report what failed after the lines that were bad from the start.
    let job = state.rollcall.import_people(actor, file, preview.good.len(), options).await?;
    let mut outcome = ImportOutcome::new(&preview, job.counts());
    let failures = job.failures().into_iter();
    outcome
        .problems
        .extend(failures.map(|failure| LineProblem { line: failure.line, reason: failure.reason.user_text() }));
    Ok(Json(outcome))
}

/// The encoding that `Content-Type: text/csv; charset=…` declares; automatic without a charset.
fn declared_encoding(headers: &HeaderMap) -> Result<FileEncoding, Problem> {
    let unsupported = |detail| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type_unsupported", detail);
    let (kind, charset) = content_type(headers);
    if kind != "text/csv" {
        return Err(unsupported("Send the table with “Content-Type: text/csv”."));
    }
    let Some(charset) = charset else { return Ok(FileEncoding::default()) };
    FileEncoding::of_charset(&charset).ok_or_else(|| unsupported("This charset is not known. Send the table in UTF-8."))
}
