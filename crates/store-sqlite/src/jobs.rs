//! Reading jobs that invite people.

use crate::{
    damaged::readable,
    fault::fault,
    rows::{from_doc, get},
};
use domain::{
    invitation::job::{InviteJob, JobProgress, LineOutcome},
    types::ids::InviteJobId,
};
use sqlx::SqlitePool;
use store::StoreResult;

pub(crate) async fn find(db: &SqlitePool, id: InviteJobId) -> StoreResult<Option<JobProgress>> {
    // In one transaction: the end of a job is written after the outcomes of its lines.
    let mut db = db.begin().await.map_err(fault)?;
    let found = sqlx::query("select doc from invite_jobs where id = ?").bind(id.0).fetch_optional(&mut *db).await;
    let Some(found) = found.map_err(fault)? else { return Ok(None) };
    let lines = sqlx::query("select job_id as id, doc, outcome from invite_job_lines where job_id = ? order by line")
        .bind(id.0)
        .fetch_all(&mut *db)
        .await
        .map_err(fault)?;
    let line = |row: &_| {
        let outcome = get::<Option<&str>>(row, "outcome")?.map(from_doc).transpose()?;
        Ok((from_doc(get(row, "doc")?)?, outcome))
    };
    // A damaged line does not keep the others from being decided.
    let lines = readable("invite_job_lines", &lines, line)?;
    Ok(Some(JobProgress { job: from_doc(get(&found, "doc")?)?, lines }))
}

pub(crate) async fn open(db: &SqlitePool) -> StoreResult<Vec<InviteJob>> {
    let found = sqlx::query("select id, doc from invite_jobs where ended_at is null order by created_at, id");
    let found = found.fetch_all(db).await.map_err(fault)?;
    readable("invite_jobs", &found, |row| from_doc(get(row, "doc")?))
}

pub(crate) async fn line_outcome(db: &SqlitePool, id: InviteJobId, line: u32) -> StoreResult<Option<LineOutcome>> {
    let outcome: Option<Option<String>> =
        sqlx::query_scalar("select outcome from invite_job_lines where job_id = ? and line = ?")
            .bind(id.0)
            .bind(line)
            .fetch_optional(db)
            .await
            .map_err(fault)?;
    outcome.flatten().as_deref().map(from_doc).transpose()
}
