//! What waits in the writer's queue: statements with their arguments, and the caller who waits for their result.

use super::apply::apply;
use crate::{StoreError, StoreResult, sql::database::Connection};
use async_trait::async_trait;
use domain::{
    journal::{JournalEvent, NewEvent, change::Change},
    types::ids::PersonId,
};
use futures::future::BoxFuture;
use std::time::Duration;
use tokio::{sync::oneshot, time::Instant};

/// Statements that are written together or not at all. They may run again after a failure, so that everything they need is
/// in the arguments.
pub type Statements<A, T> = for<'c> fn(arguments: &'c A, db: &'c mut dyn Connection) -> BoxFuture<'c, StoreResult<T>>;

/// Statements in the queue, whatever their types.
#[async_trait]
pub(super) trait Job: Send {
    /// How long it has waited.
    fn waited(&self) -> Duration;
    /// Whether its caller has gone away.
    fn is_abandoned(&self) -> bool;
    /// The person whom it is about, if it is about one. Where several servers write, all of them lock rows in this order.
    fn person(&self) -> Option<PersonId>;
    /// The change that it is, when it is nothing else: it can be applied together with others.
    fn change(&self) -> Option<&Change> {
        None
    }
    /// Runs the statements. Their result is kept for [`Job::answer`].
    async fn run(&mut self, db: &mut dyn Connection) -> StoreResult<()>;
    /// The journal entries that belong to the statements. They are appended after all statements of the transaction.
    fn new_entries(&self) -> &[NewEvent];
    /// Takes the numbers of these entries.
    fn appended(&mut self, seqs: &[i64]);
    /// The journal entries that were appended.
    fn entries(&self) -> &[JournalEvent];
    /// Tells the caller: the result of the statements, or why they were not written.
    fn answer(self: Box<Self>, outcome: StoreResult<()>);
}

/// Who waits, and since when.
pub(super) struct Caller<T> {
    since: Instant,
    answer: oneshot::Sender<StoreResult<T>>,
}

impl<T> Caller<T> {
    pub(super) fn new(answer: oneshot::Sender<StoreResult<T>>) -> Self {
        Self { since: Instant::now(), answer }
    }

    fn tell(self, result: StoreResult<T>) {
        // The caller may have gone away meanwhile: it was written all the same.
        let _ = self.answer.send(result);
    }
}

/// Statements in the queue.
pub(super) struct Write<A, T> {
    pub(super) arguments: A,
    pub(super) statements: Statements<A, T>,
    pub(super) result: Option<T>,
    pub(super) caller: Caller<T>,
}

#[async_trait]
impl<A: Send + Sync, T: Send> Job for Write<A, T> {
    fn waited(&self) -> Duration {
        self.caller.since.elapsed()
    }

    fn is_abandoned(&self) -> bool {
        self.caller.answer.is_closed()
    }

    fn person(&self) -> Option<PersonId> {
        None
    }

    async fn run(&mut self, db: &mut dyn Connection) -> StoreResult<()> {
        self.result = Some((self.statements)(&self.arguments, db).await?);
        Ok(())
    }

    fn new_entries(&self) -> &[NewEvent] {
        &[]
    }

    fn appended(&mut self, _: &[i64]) {}

    fn entries(&self) -> &[JournalEvent] {
        &[]
    }

    fn answer(self: Box<Self>, outcome: StoreResult<()>) {
        let Self { result, caller, .. } = *self;
        caller.tell(outcome.and_then(|()| result.ok_or(StoreError::Closed)));
    }
}

/// A change in the queue.
pub(super) struct Commit {
    pub(super) change: Change,
    pub(super) entries: Vec<JournalEvent>,
    pub(super) caller: Caller<Vec<JournalEvent>>,
}

#[async_trait]
impl Job for Commit {
    fn waited(&self) -> Duration {
        self.caller.since.elapsed()
    }

    fn is_abandoned(&self) -> bool {
        self.caller.answer.is_closed()
    }

    fn person(&self) -> Option<PersonId> {
        let Change { people, devices, slots, events, .. } = &self.change;
        let people = people.iter().map(|person| person.id);
        let devices = devices.iter().map(|device| device.person_id);
        let slots = slots.iter().map(|put| put.slot.person_id);
        people.chain(devices).chain(slots).chain(events.iter().map(|event| event.person_id)).min()
    }

    fn change(&self) -> Option<&Change> {
        Some(&self.change)
    }

    async fn run(&mut self, db: &mut dyn Connection) -> StoreResult<()> {
        apply(db, &[&self.change]).await
    }

    fn new_entries(&self) -> &[NewEvent] {
        &self.change.events
    }

    fn appended(&mut self, seqs: &[i64]) {
        let numbered = self.change.events.iter().zip(seqs);
        self.entries = numbered.map(|(event, seq)| JournalEvent { seq: *seq, event: event.clone() }).collect();
    }

    fn entries(&self) -> &[JournalEvent] {
        &self.entries
    }

    fn answer(self: Box<Self>, outcome: StoreResult<()>) {
        let Self { entries, caller, .. } = *self;
        caller.tell(outcome.map(|()| entries));
    }
}
