//! Doing what was previewed, line by line, some at once so that the writer groups what they write. Every line is decided
//! by itself on what is known at that moment, and done again it changes nothing: an import that ended in the middle is
//! completed by importing the same file again.

use crate::{
    NewPerson, Rollcall, ServiceError, ServiceResult,
    import::{
        End, Failure, Job, PlannedRow, Preview, RowPlan,
        lines::Row,
        preview::{CHUNK, known},
    },
    live::LiveEvent,
};
use domain::{
    actor::Actor,
    decide::{self, Refusal},
    journal::change::Change,
    types::ids::PersonId,
};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Lines that are under way at once.
const AT_ONCE: usize = 16;
/// Lines between two signs of progress.
const SIGN_EVERY: usize = 50;

/// What became of the person of a line.
enum Done {
    Added,
    Corrected,
    Unchanged,
    Differing,
}

impl Rollcall {
    /// Carries an import through, or until it is cancelled.
    pub(crate) async fn run_import(self: Arc<Self>, actor: Actor, preview: Arc<Preview>, job: Arc<Job>) {
        let (rollcall, running) = (Arc::clone(&self), Arc::clone(&job));
        // In a task of its own, so that an import comes to its end even by a fault in the program.
        let imported = tokio::spawn(async move { rollcall.import_rows(&actor, &preview.good, &running).await });
        let imported = imported.await.unwrap_or_else(|error| Err(ServiceError::internal(&error)));
        let end = match imported {
            Ok(()) if job.is_cancelled() && job.counts().done() < job.total => End::Cancelled,
            Ok(()) => End::Complete,
            Err(error) => End::Broken(error),
        };
        tracing::info!(counts = ?job.counts(), end = ?end, "An import of people ended");
        job.finish(end, self.environment.now());
        self.hub.send(LiveEvent::ImportProgressed);
    }

    async fn import_rows(self: &Arc<Self>, actor: &Actor, rows: &[PlannedRow], job: &Arc<Job>) -> ServiceResult<()> {
        let mut under_way = JoinSet::new();
        for chunk in rows.chunks(CHUNK) {
            let people = known(self.store.as_ref(), chunk.iter().map(|planned| &planned.row)).await?;
            for PlannedRow { row, .. } in chunk {
                if job.is_cancelled() {
                    break;
                }
                if under_way.len() >= AT_ONCE {
                    joined(under_way.join_next().await)?;
                }
                let person = people.get(row.email.as_str());
                let (rollcall, actor, job, row) = (Arc::clone(self), actor.clone(), Arc::clone(job), row.clone());
                let known = person.map(|person| person.id);
                let is_done = RowPlan::of(&row, person) == RowPlan::Unchanged && !job.options.invite;
                under_way.spawn(async move { rollcall.import_row(actor, &row, known, is_done, &job).await });
            }
        }
        while !under_way.is_empty() {
            joined(under_way.join_next().await)?;
        }
        Ok(())
    }

    /// Handles a line, and passes on only what ends the import.
    async fn import_row(
        &self,
        actor: Actor,
        row: &Row,
        known: Option<PersonId>,
        is_done: bool,
        job: &Job,
    ) -> ServiceResult<()> {
        let handled = if is_done {
            job.count(|counts| counts.unchanged += 1)
        } else {
            match self.write_row(actor, row, known, job).await {
                Ok((done, invited)) => job.count(|counts| {
                    match done {
                        Done::Added => counts.added += 1,
                        Done::Corrected => counts.corrected += 1,
                        Done::Unchanged => counts.unchanged += 1,
                        Done::Differing => counts.differing += 1,
                    }
                    match invited {
                        Some(true) => counts.invited += 1,
                        Some(false) => counts.already_invited += 1,
                        None => {}
                    }
                }),
                Err(error @ ServiceError::Internal(_)) => return Err(error),
                Err(error) => {
                    let (line, email) = (row.line, row.email.to_string());
                    job.fail(Failure { line, email, reason: error })
                }
            }
        };
        if handled.is_multiple_of(SIGN_EVERY) {
            self.hub.send(LiveEvent::ImportProgressed);
        }
        Ok(())
    }

    /// What became of the person, and whether there is a new invitation, if that was asked for.
    async fn write_row(
        &self,
        actor: Actor,
        row: &Row,
        known: Option<PersonId>,
        job: &Job,
    ) -> ServiceResult<(Done, Option<bool>)> {
        let (id, done) = match known {
            Some(id) => (id, self.correct_row(actor.clone(), id, row, job.options.correct).await?),
            None => self.add_row(actor.clone(), row, job.options.correct).await?,
        };
        if !job.options.invite {
            return Ok((done, None));
        }
        match self.invite_if_none(actor, id, true).await {
            Ok(()) => Ok((done, Some(true))),
            Err(ServiceError::Refused(Refusal::AlreadyInvited)) => Ok((done, Some(false))),
            Err(error) => Err(error),
        }
    }

    async fn add_row(&self, actor: Actor, row: &Row, correct: bool) -> ServiceResult<(PersonId, Done)> {
        let new = NewPerson {
            name: row.name.to_string(),
            email: row.email.to_string(),
            locale: row.locale.as_ref().map(ToString::to_string),
        };
        match self.add_person(actor.clone(), new).await {
            Ok(id) => Ok((id, Done::Added)),
            // Someone else added the same person since the preview.
            Err(ServiceError::EmailTaken) => {
                let id = self.store.find_person(row.email.as_str()).await?.ok_or(ServiceError::Unavailable)?;
                Ok((id, self.correct_row(actor, id, row, correct).await?))
            }
            Err(error) => Err(error),
        }
    }

    /// Corrects name and language where they are others and that is asked for.
    async fn correct_row(&self, actor: Actor, id: PersonId, row: &Row, correct: bool) -> ServiceResult<Done> {
        self.decide_person(actor, id, |aggregate, _, context| {
            let person = &aggregate.person;
            let locale = row.locale.clone().unwrap_or_else(|| person.locale.clone());
            if person.email != row.email || (person.name == row.name && person.locale == locale) {
                return Ok((Done::Unchanged, Change::default()));
            }
            if !correct {
                return Ok((Done::Differing, Change::default()));
            }
            let change = decide::change_person(aggregate, row.name.clone(), row.email.clone(), locale, context);
            Ok((Done::Corrected, change))
        })
        .await
    }
}

fn joined(joined: Option<Result<ServiceResult<()>, tokio::task::JoinError>>) -> ServiceResult<()> {
    joined.map_or(Ok(()), |joined| joined.map_err(|error| ServiceError::internal(&error))?)
}
