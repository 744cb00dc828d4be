//! Inviting many people: a job that is kept by the store, so that it survives the browser and a restart. Whoever asks again
//! with the same id gets the same job, and each line is decided once.

use crate::{InvalidField, Invite, NewPerson, Rollcall, ServiceError, ServiceResult, at_once::each, servers::Work};
use domain::{
    actor::Actor,
    decide::{self, InvalidRequest, InviteOptions, Refusal},
    invitation::job::{InviteJob, JobLine, JobProgress, LineOutcome, LineRefusal},
    journal::change::Change,
    person::invite_lines::INVITE_MAX,
    types::ids::{InviteJobId, PersonId},
};
use std::{collections::HashMap, sync::Arc};

/// Rounds in which a job fails before its lines count as failed. Rounds that fail because of an outage are not counted.
const ROUNDS_MAX: u32 = 5;

/// The rounds in which jobs failed.
#[derive(Default)]
pub(crate) struct FailedRounds(HashMap<InviteJobId, u32>);

impl Rollcall {
    /// A fresh id for a job, for browsers, which have none of their own.
    ///
    /// # Errors
    /// The operating system returned no random bytes.
    pub fn new_invite_job_id(&self) -> ServiceResult<InviteJobId> {
        Ok(InviteJobId(self.environment.id()?))
    }

    /// Starts a job that invites people, known or new. A new invitation replaces an active one, unless that was made or
    /// mailed less than an hour ago and the job is for more than one person. Idempotent by the id: the same id again is the
    /// same job, whatever else is asked.
    ///
    /// # Errors
    /// There are more than `INVITE_MAX` people, or the expiry is not in the future.
    pub async fn start_invite_job(
        &self,
        actor: Actor,
        id: InviteJobId,
        people: Vec<NewPerson>,
        how: Invite,
    ) -> ServiceResult<JobProgress> {
        let now = self.environment.now();
        if people.len() > INVITE_MAX {
            return Err(InvalidField::TooManyInvited.into());
        }
        if how.expires_at.is_some_and(|end| end <= now) {
            return Err(Refusal::from(InvalidRequest::ExpiryPast).into());
        }
        let lines: Vec<JobLine> = (0..).zip(people).map(|(line, new)| job_line(line, new)).collect();
        let job = InviteJob {
            id,
            actor,
            send: how.send,
            expires_at: how.expires_at,
            total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            created_at: now,
            ended_at: None,
        };
        // A conflict means that the job exists: the answer to an earlier request was lost.
        self.try_commit(Change { invite_jobs: vec![(job, lines)], ..Change::default() }).await?;
        self.begin_anywhere(Work::InviteJobs);
        self.invite_job(id).await
    }

    /// How far a job has come.
    ///
    /// # Errors
    /// There is no such job, or it ended more than a week ago.
    pub async fn invite_job(&self, id: InviteJobId) -> ServiceResult<JobProgress> {
        self.store.find_invite_job(id).await?.ok_or(ServiceError::NotFound)
    }

    /// The latest job of an actor that has not ended.
    pub async fn running_invite_job(&self, actor: &Actor) -> ServiceResult<Option<JobProgress>> {
        let open = self.store.open_invite_jobs().await?;
        match open.iter().rev().find(|job| job.actor == *actor) {
            Some(job) => Ok(self.store.find_invite_job(job.id).await?),
            None => Ok(None),
        }
    }

    /// Works on all jobs that have not ended. True when something is left to do: some lines failed, and are to be tried again.
    pub(crate) async fn run_invite_jobs(self: &Arc<Self>, failed: &mut FailedRounds) -> ServiceResult<bool> {
        let mut is_left = false;
        for job in self.store.open_invite_jobs().await? {
            let rounds = failed.0.get(&job.id).copied().unwrap_or(0);
            match self.run_invite_job(&job, rounds >= ROUNDS_MAX).await {
                Ok(()) => {
                    failed.0.remove(&job.id);
                }
                Err(error) => {
                    tracing::warn!(%error, job.id = %job.id, "A job that invites people failed and will be tried again");
                    failed.0.insert(job.id, rounds + u32::from(!error.is_temporary()));
                    is_left = true;
                }
            }
        }
        Ok(is_left)
    }

    /// Decides the lines of a job that have no outcome, then ends it. `gives_up`: lines that fail again have failed for good.
    async fn run_invite_job(self: &Arc<Self>, job: &InviteJob, gives_up: bool) -> ServiceResult<()> {
        let Some(progress) = self.store.find_invite_job(job.id).await? else { return Ok(()) };
        let open = progress.lines.into_iter().filter(|(_, outcome)| outcome.is_none()).map(|(line, _)| line);
        let (rollcall, running) = (Arc::clone(self), Arc::new(job.clone()));
        let results = each(open.collect(), move |line| {
            let (rollcall, job) = (Arc::clone(&rollcall), Arc::clone(&running));
            // One line that fails keeps no other from being decided.
            async move { Ok(rollcall.decide_line(&job, line, gives_up).await) }
        });
        results.await?.into_iter().collect::<ServiceResult<()>>()?;
        let ended = vec![(job.id, self.environment.now())];
        self.try_commit(Change { ended_jobs: ended, ..Change::default() }).await?;
        tracing::info!(job.id = %job.id, job.total, "A job that invites people ended");
        Ok(())
    }

    async fn decide_line(&self, job: &InviteJob, line: JobLine, gives_up: bool) -> ServiceResult<()> {
        let number = line.line;
        let Err(error) = self.invite_line(job, line).await else { return Ok(()) };
        let refusal = match refusal_of(&error) {
            Some(refusal) => refusal,
            None if gives_up => LineRefusal::Failed,
            None => return Err(error),
        };
        let outcome = (job.id, number, LineOutcome::Refused(refusal));
        // A conflict means that the line was decided after all.
        self.try_commit(Change { line_outcomes: vec![outcome], ..Change::default() }).await?;
        Ok(())
    }

    /// Invites the person of a line. Invitation and outcome are written together, so that no line invites twice.
    async fn invite_line(&self, job: &InviteJob, line: JobLine) -> ServiceResult<()> {
        let (id, number) = (job.id, line.line);
        let new = NewPerson { name: line.name, email: line.email, locale: line.locale };
        let person: PersonId = self.person_to_invite(job.actor.clone(), &new).await?;
        let sealed = self.new_credentials()?;
        let options = InviteOptions { send: job.send, expires_at: job.expires_at };
        let outcome = move || async move { Ok(self.store.line_outcome(id, number).await?) };
        self.decide_person_on(job.actor.clone(), person, outcome, |aggregate, outcome, ids, context| {
            if outcome.is_some() {
                return Ok(((), Change::default()));
            }
            let invite = if job.keeps_recent() { decide::invite_unless_recent } else { decide::invite };
            let mut change = invite(aggregate, options, sealed.clone(), ids, context)?;
            let invited = change.credentials.iter().map(|(invitation, _)| LineOutcome::Invited(*invitation));
            change.line_outcomes = invited.map(|outcome| (id, number, outcome)).collect();
            Ok(((), change))
        })
        .await
    }
}

fn job_line(line: u32, new: NewPerson) -> JobLine {
    JobLine { line, name: new.name, email: new.email, locale: new.locale }
}

/// Why a line cannot invite anybody; `None` for a fault that is not the line's.
fn refusal_of(error: &ServiceError) -> Option<LineRefusal> {
    match error {
        ServiceError::Invalid(InvalidField::Text(error)) => Some(LineRefusal::Text(error.clone())),
        ServiceError::Refused(Refusal::AlreadyInvited) => Some(LineRefusal::JustInvited),
        ServiceError::Refused(Refusal::Invalid(InvalidRequest::ExpiryPast)) => Some(LineRefusal::ExpiryPast),
        // The record of the person stays damaged, however often it is read.
        ServiceError::Damaged => Some(LineRefusal::Failed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_passed_meanwhile_is_a_refusal_and_an_outage_is_none() {
        let past = ServiceError::Refused(Refusal::Invalid(InvalidRequest::ExpiryPast));
        assert_eq!(refusal_of(&past), Some(LineRefusal::ExpiryPast));
        assert_eq!(refusal_of(&ServiceError::Refused(Refusal::AlreadyInvited)), Some(LineRefusal::JustInvited));
        assert_eq!(refusal_of(&ServiceError::DatabaseDown), None);
    }
}
