//! Jobs that invite people.

use super::versioned::expect_one_row;
use crate::{
    StoreError, StoreResult,
    sql::{
        database::{Connection, get, query},
        documents::{from_doc, to_doc},
    },
};
use domain::{
    Timestamp,
    invitation::job::{InviteJob, JobLine, LineOutcome},
    journal::change::Change,
    types::ids::InviteJobId,
};

/// How long a job is kept after its end, in seconds: a week.
const KEPT_S: i64 = 7 * 24 * 3600;

/// Writes new jobs, outcomes of lines, and ends.
pub(super) async fn write(db: &mut dyn Connection, change: &Change) -> StoreResult<()> {
    for (job, lines) in &change.invite_jobs {
        remove_old(db, job.created_at).await?;
        insert_job(db, job).await?;
        for line in lines {
            insert_line(db, job.id, line).await?;
        }
    }
    for (id, line, outcome) in &change.line_outcomes {
        write_outcome(db, *id, *line, outcome).await?;
    }
    for (id, at) in &change.ended_jobs {
        end_job(db, *id, *at).await?;
    }
    Ok(())
}

async fn insert_job(db: &mut dyn Connection, job: &InviteJob) -> StoreResult<()> {
    let insert = query("insert into invite_jobs (id, created_at, ended_at, doc) values ($1, $2, $3, $4)");
    let insert = insert.bind(job.id.0).bind(job.created_at.as_millis());
    let done = insert.bind(job.ended_at.map(Timestamp::as_millis)).bind(to_doc(job)?).execute(db).await;
    expect_one_row(done?)
}

async fn insert_line(db: &mut dyn Connection, id: InviteJobId, line: &JobLine) -> StoreResult<()> {
    let insert = query("insert into invite_job_lines (job_id, line, doc) values ($1, $2, $3)");
    let done = insert.bind(id.0).bind(line.line).bind(to_doc(line)?).execute(db).await?;
    expect_one_row(done)
}

/// Writes the outcome of a line that has none. A second one is a conflict, and so is the invitation beside it.
async fn write_outcome(db: &mut dyn Connection, id: InviteJobId, line: u32, outcome: &LineOutcome) -> StoreResult<()> {
    let update = query("update invite_job_lines set outcome = $1 where job_id = $2 and line = $3 and outcome is null");
    let done = update.bind(to_doc(outcome)?).bind(id.0).bind(line).execute(db).await?;
    expect_one_row(done)
}

async fn end_job(db: &mut dyn Connection, id: InviteJobId, at: Timestamp) -> StoreResult<()> {
    let stored = query("select doc from invite_jobs where id = $1 and ended_at is null").bind(id.0);
    let Some(stored) = stored.fetch_optional(&mut *db).await? else { return Err(StoreError::Conflict) };
    let job = InviteJob { ended_at: Some(at), ..from_doc(get(&stored, "doc")?)? };
    let update = query("update invite_jobs set ended_at = $1, doc = $2 where id = $3 and ended_at is null");
    let done = update.bind(at.as_millis()).bind(to_doc(&job)?).bind(id.0).execute(db).await?;
    expect_one_row(done)
}

/// Removes jobs that ended long ago.
async fn remove_old(db: &mut dyn Connection, now: Timestamp) -> StoreResult<()> {
    let before = now.plus_seconds(-KEPT_S).as_millis();
    for statement in [
        "delete from invite_job_lines where job_id in (select id from invite_jobs where ended_at < $1)",
        "delete from invite_jobs where ended_at < $1",
    ] {
        query(statement).bind(before).execute(&mut *db).await?;
    }
    Ok(())
}
