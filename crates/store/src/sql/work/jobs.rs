//! Reading jobs that invite people.

use crate::{
    StoreResult,
    sql::{
        damaged::readable,
        database::{Readers, get, query},
        documents::from_doc,
    },
};
use domain::{
    invitation::job::{InviteJob, JobProgress, LineOutcome},
    types::ids::InviteJobId,
};

pub(super) async fn find(db: &dyn Readers, id: InviteJobId) -> StoreResult<Option<JobProgress>> {
    // In one transaction: the end of a job is written after the outcomes of its lines.
    let mut db = db.snapshot().await?;
    let found = query("select doc from invite_jobs where id = $1").bind(id.0).fetch_optional(&mut db).await;
    let Some(found) = found? else { return Ok(None) };
    let lines = query("select job_id as id, doc, outcome from invite_job_lines where job_id = $1 order by line")
        .bind(id.0)
        .fetch_all(&mut db)
        .await?;
    let line = |row: &_| {
        let outcome = get::<Option<&str>>(row, "outcome")?.map(from_doc).transpose()?;
        Ok((from_doc(get(row, "doc")?)?, outcome))
    };
    // A damaged line does not keep the others from being decided.
    let lines = readable("invite_job_lines", &lines, line)?;
    Ok(Some(JobProgress { job: from_doc(get(&found, "doc")?)?, lines }))
}

pub(super) async fn open(db: &dyn Readers) -> StoreResult<Vec<InviteJob>> {
    let found = query("select id, doc from invite_jobs where ended_at is null order by created_at, id");
    let found = found.fetch_all(db).await?;
    readable("invite_jobs", &found, |row| from_doc(get(row, "doc")?))
}

pub(super) async fn line_outcome(db: &dyn Readers, id: InviteJobId, line: u32) -> StoreResult<Option<LineOutcome>> {
    let outcome: Option<Option<String>> = query("select outcome from invite_job_lines where job_id = $1 and line = $2")
        .bind(id.0)
        .bind(line)
        .fetch_value(db)
        .await?;
    outcome.flatten().as_deref().map(from_doc).transpose()
}
