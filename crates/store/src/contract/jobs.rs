//! Jobs that invite people.

use super::fixture::Fixture;
use crate::{Store, StoreError};
use domain::{
    Timestamp,
    actor::Actor,
    invitation::job::{InviteJob, JobLine, LineOutcome, LineRefusal},
    journal::change::Change,
    types::ids::InviteJobId,
};
use std::sync::Arc;
use uuid::Uuid;

/// A job with lines for `people` people.
fn invite_job(id: u128, people: u32, created_at: Timestamp) -> (InviteJob, Vec<JobLine>) {
    let line = |line| JobLine { line, name: String::new(), email: format!("p{line}@example.com"), locale: None };
    let job = InviteJob {
        id: InviteJobId(Uuid::from_u128(id)),
        actor: Actor::System,
        send: true,
        expires_at: None,
        total: people,
        created_at,
        ended_at: None,
    };
    (job, (0..people).map(line).collect())
}

pub async fn a_line_of_a_job_is_decided_once_with_its_invitation(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let (job, lines) = invite_job(1, 12, f.now);
    let new = || Change { invite_jobs: vec![(job.clone(), lines.clone())], ..Change::default() };
    store.commit(new()).await.unwrap();
    assert!(matches!(store.commit(new()).await, Err(StoreError::Conflict)), "the same request twice is one job");
    let progress = store.find_invite_job(job.id).await.unwrap().unwrap();
    assert_eq!(progress.lines.iter().map(|(line, _)| line.clone()).collect::<Vec<_>>(), lines);
    assert_eq!((progress.done(), store.open_invite_jobs().await.unwrap()), (0, vec![job.clone()]));
    let person = f.person("ada@example.com").await;
    let mut change = f.new_invitation(person, true).await;
    let invited = LineOutcome::Invited(change.invitations[0].id);
    change.line_outcomes = vec![(job.id, 3, invited.clone())];
    store.commit(change).await.unwrap();
    assert_eq!(store.line_outcome(job.id, 3).await.unwrap(), Some(invited.clone()));
    assert_eq!(store.line_outcome(job.id, 4).await.unwrap(), None);
    // Decided a second time: neither the outcome nor the invitation beside it is written.
    let mut again = f.new_invitation(person, true).await;
    again.line_outcomes = vec![(job.id, 3, LineOutcome::Refused(LineRefusal::Failed))];
    let before = f.load(person).await;
    assert!(matches!(store.commit(again).await, Err(StoreError::Conflict)));
    assert_eq!(f.load(person).await, before);
    assert_eq!(store.line_outcome(job.id, 3).await.unwrap(), Some(invited));
}

pub async fn a_job_that_ended_is_kept_for_a_week(store: Arc<dyn Store>) {
    let f = Fixture::new(store.clone());
    let (first, lines) = invite_job(1, 2, f.now);
    store.commit(Change { invite_jobs: vec![(first.clone(), lines)], ..Change::default() }).await.unwrap();
    let end = f.now.plus_seconds(60);
    store.commit(Change { ended_jobs: vec![(first.id, end)], ..Change::default() }).await.unwrap();
    assert_eq!(store.find_invite_job(first.id).await.unwrap().unwrap().job.ended_at, Some(end));
    assert!(store.open_invite_jobs().await.unwrap().is_empty());
    let week = 7 * 24 * 3600;
    for (id, at, is_kept) in [(2, end.plus_seconds(week), true), (3, end.plus_seconds(week + 1), false)] {
        let (job, lines) = invite_job(id, 1, at);
        store.commit(Change { invite_jobs: vec![(job, lines)], ..Change::default() }).await.unwrap();
        assert_eq!(store.find_invite_job(first.id).await.unwrap().is_some(), is_kept);
    }
    assert_eq!(store.open_invite_jobs().await.unwrap().len(), 2, "jobs that have not ended are kept");
}
