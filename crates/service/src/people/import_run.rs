//! Running confirmed imports. Each line is decided separately, on the state at that moment; several run concurrently,
//! so that the store's writer can group their commits. Idempotent: an import that stopped half-way, because its server ended or
//! the database failed, goes on after the lines whose results were stored, and importing the same file again changes nothing.

use super::import_file::text_of;
use crate::{
    NewPerson, Rollcall, ServiceError, ServiceResult,
    at_once::each,
    import::{
        Failure, Job, RowPlan,
        lines::Row,
        preview::{CHUNK, people_by_email},
        stored::{ImportDoc, Progress},
    },
    live::LiveEvent,
};
use domain::{
    actor::Actor,
    decide::{self, Refusal},
    journal::change::Change,
    person::{Correction, OldCredentials},
    types::ids::PersonId,
};
use std::sync::Arc;
use store::StoredImport;

/// Lines between two progress events.
const PROGRESS_EVERY: usize = 50;

/// What importing a line did to its person.
enum LineResult {
    Added,
    Corrected,
    Unchanged,
    Differing,
}

impl Rollcall {
    /// Runs all confirmed imports, one after the other. One server at a time does it.
    ///
    /// # Errors
    /// The store failed: the import is to be run again.
    pub(crate) async fn run_imports(self: &Arc<Self>) -> ServiceResult<()> {
        while let Some(stored) = self.store.next_import().await? {
            self.run_import(&stored).await?;
        }
        Ok(())
    }

    /// Runs an import until it is complete, cancelled or failed.
    async fn run_import(self: &Arc<Self>, stored: &StoredImport) -> ServiceResult<()> {
        let Some(ImportDoc::Confirmed(progress)) = ImportDoc::of(stored) else {
            return self.end_import(stored, stored.doc.clone()).await;
        };
        let job = Arc::new(Job::of(progress.clone(), stored.is_cancelled));
        let run = self.running_import.begin(stored.id, Arc::clone(&job));
        let end = match self.import_stored(stored, &progress, &job).await {
            // The system's fault, which goes away: the import goes on then.
            Err(error) if error.is_temporary() => return Err(error),
            imported => job.end_of(imported),
        };
        tracing::info!(counts = ?job.counts(), end = ?end, "An import of people ended");
        let end = Progress { end: Some(end), ..progress.after(progress.total, &job) };
        self.end_import(stored, text_of(&ImportDoc::Confirmed(end))?).await?;
        drop(run);
        self.hub.send(LiveEvent::ImportProgressed);
        Ok(())
    }

    async fn end_import(&self, stored: &StoredImport, doc: String) -> ServiceResult<()> {
        Ok(self.store.end_import(stored.id, doc, self.environment.now()).await?)
    }

    /// Imports the lines that are not in the results yet, and stores the results after each piece.
    async fn import_stored(
        self: &Arc<Self>,
        stored: &StoredImport,
        progress: &Progress,
        job: &Arc<Job>,
    ) -> ServiceResult<()> {
        let lines = self.lines_of(stored).await?.map_err(|_| ServiceError::Damaged)?;
        let mut next = progress.next;
        for chunk in lines.good.get(next..).unwrap_or_default().chunks(CHUNK) {
            if job.is_cancelled() {
                break;
            }
            self.import_chunk(&progress.actor, chunk, job).await?;
            next += chunk.len();
            let doc = text_of(&ImportDoc::Confirmed(progress.after(next, job)))?;
            if self.store.save_import(stored.id, doc).await? {
                job.cancel();
            }
        }
        Ok(())
    }

    async fn import_chunk(self: &Arc<Self>, actor: &Actor, rows: &[Row], job: &Arc<Job>) -> ServiceResult<()> {
        // Look up again who exists: the preview may be half an hour old.
        let people = people_by_email(self.store.as_ref(), rows.iter()).await?;
        let lines = rows.iter().map(|row| {
            let person = people.get(row.email.as_str());
            // The common case of a repeated import: known from the lookup, without loading the person.
            let is_done = RowPlan::of(row, person) == RowPlan::Unchanged && !job.options.invite;
            (row.clone(), person.map(|person| person.id), is_done)
        });
        let (rollcall, actor, job) = (Arc::clone(self), actor.clone(), Arc::clone(job));
        each(lines.collect(), move |(row, known, is_done)| {
            let (rollcall, actor, job) = (Arc::clone(&rollcall), actor.clone(), Arc::clone(&job));
            async move {
                // Lines that have begun are finished after a cancellation, and no other begins.
                if job.is_cancelled() { Ok(()) } else { rollcall.import_row(actor, &row, known, is_done, &job).await }
            }
        })
        .await
        .map(drop)
    }

    /// Imports a line and counts its result. Only a fault that is not the line's is returned.
    async fn import_row(
        &self,
        actor: Actor,
        row: &Row,
        known: Option<PersonId>,
        is_done: bool,
        job: &Job,
    ) -> ServiceResult<()> {
        let processed = if is_done {
            job.count(|counts| counts.unchanged += 1)
        } else {
            match self.write_row(actor, row, known, job).await {
                Ok((result, invited)) => job.count(|counts| {
                    match result {
                        LineResult::Added => counts.added += 1,
                        LineResult::Corrected => counts.corrected += 1,
                        LineResult::Unchanged => counts.unchanged += 1,
                        LineResult::Differing => counts.differing += 1,
                    }
                    match invited {
                        Some(true) => counts.invited += 1,
                        Some(false) => counts.already_invited += 1,
                        None => {}
                    }
                }),
                Err(error @ (ServiceError::Internal(_) | ServiceError::DatabaseDown | ServiceError::Unconfirmed)) => {
                    return Err(error);
                }
                Err(error) => {
                    let (line, email) = (row.line, row.email.to_string());
                    job.fail(Failure { line, email, reason: error })
                }
            }
        };
        if processed.is_multiple_of(PROGRESS_EVERY) {
            self.hub.send(LiveEvent::ImportProgressed);
        }
        Ok(())
    }

    /// Adds or corrects the person, then invites them if requested. Returns whether an invitation was created; `None`
    /// when inviting was not requested.
    async fn write_row(
        &self,
        actor: Actor,
        row: &Row,
        known: Option<PersonId>,
        job: &Job,
    ) -> ServiceResult<(LineResult, Option<bool>)> {
        let (id, result) = match known {
            Some(id) => (id, self.correct_row(actor.clone(), id, row, job.options.correct).await?),
            None => self.add_row(actor.clone(), row, job.options.correct).await?,
        };
        if !job.options.invite {
            return Ok((result, None));
        }
        match self.invite_if_none(actor, id, true).await {
            Ok(()) => Ok((result, Some(true))),
            Err(ServiceError::Refused(Refusal::AlreadyInvited)) => Ok((result, Some(false))),
            Err(error) => Err(error),
        }
    }

    async fn add_row(&self, actor: Actor, row: &Row, correct: bool) -> ServiceResult<(PersonId, LineResult)> {
        let new = NewPerson {
            name: row.name.to_string(),
            email: row.email.to_string(),
            locale: row.locale.as_ref().map(ToString::to_string),
        };
        match self.add_person(actor.clone(), new).await {
            Ok(id) => Ok((id, LineResult::Added)),
            // Someone else added the same person since the lookup.
            Err(ServiceError::EmailTaken) => {
                let id = self.store.find_person(row.email.as_str()).await?.ok_or(ServiceError::Unavailable)?;
                Ok((id, self.correct_row(actor, id, row, correct).await?))
            }
            Err(error) => Err(error),
        }
    }

    /// Corrects name and language if they differ and `correct` is set.
    async fn correct_row(&self, actor: Actor, id: PersonId, row: &Row, correct: bool) -> ServiceResult<LineResult> {
        let sealed = self.new_credentials()?;
        self.decide_person(actor, id, |aggregate, ids, context| {
            let person = &aggregate.person;
            let locale = row.locale.clone().unwrap_or_else(|| person.locale.clone());
            // Nothing to do, or the person's email was changed since the lookup.
            if person.email != row.email || (person.name == row.name && person.locale == locale) {
                return Ok((LineResult::Unchanged, Change::default()));
            }
            if !correct {
                return Ok((LineResult::Differing, Change::default()));
            }
            let correction = Correction {
                name: row.name.clone(),
                email: row.email.clone(),
                locale,
                old_credentials: OldCredentials::Replace,
            };
            let change = decide::change_person(aggregate, &correction, sealed.clone(), ids, context);
            Ok((LineResult::Corrected, change))
        })
        .await
    }
}
