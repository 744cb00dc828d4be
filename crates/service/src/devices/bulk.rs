//! One action on many: rows of the Mobile devices view, people to invite. Each is decided by itself and has a result of
//! its own; some are under way at once, so that the writer can group what they write.

use crate::{InvalidField, Rollcall, ServiceError, ServiceResult};
use domain::{
    actor::Actor,
    list::bulk::{BULK_MAX, BulkAction, PeopleSelection, Selection},
    slot::SlotRow,
    types::ids::{PersonId, SlotId},
};
use std::{future::Future, sync::Arc};
use tokio::task::JoinSet;

/// Rows that are under way at once.
const AT_ONCE: usize = 16;

/// What became of one of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<I> {
    /// The row, or the person.
    pub id: I,
    /// Name of the person; empty when the row or the person is gone.
    pub name: String,
    /// Why nothing was done; `None` when it was done.
    pub refusal: Option<ServiceError>,
}

impl<I> Outcome<I> {
    /// There is nothing, or no longer, to do anything to.
    const fn gone(id: I) -> Self {
        Self { id, name: String::new(), refusal: Some(ServiceError::NotFound) }
    }

    /// What a use case said of it; faults are passed on.
    fn of(id: I, name: String, result: ServiceResult<()>) -> ServiceResult<Self> {
        match result {
            Err(error @ ServiceError::Internal(_)) => Err(error),
            result => Ok(Self { id, name, refusal: result.err() }),
        }
    }
}

impl Rollcall {
    /// Does `action` to each selected row, and tells for each what came of it, in the order of the selection. It is
    /// carried through to the end even if the caller no longer waits for the answer.
    ///
    /// # Errors
    /// More than [`BULK_MAX`] rows are selected; then nothing was done. Faults of the store; then some rows may be done.
    pub async fn bulk(
        self: &Arc<Self>,
        actor: Actor,
        action: BulkAction,
        selection: Selection,
    ) -> ServiceResult<Vec<Outcome<SlotId>>> {
        let rows = self.selected(selection).await?;
        self.each(rows, move |rollcall, id| {
            let actor = actor.clone();
            async move { rollcall.act_on_row(actor, action, id).await }
        })
        .await
    }

    /// Invites each selected person who has no active invitation, with a mail if `send`, and tells for each what came of
    /// it, in the order of the selection. It is carried through to the end even if the caller no longer waits.
    ///
    /// # Errors
    /// More than [`BULK_MAX`] people are selected; then nothing was done. Faults of the store; then some may be invited.
    pub async fn invite_many(
        self: &Arc<Self>,
        actor: Actor,
        selection: PeopleSelection,
        send: bool,
    ) -> ServiceResult<Vec<Outcome<PersonId>>> {
        let people = match selection {
            PeopleSelection::People(people) => people,
            PeopleSelection::Matching(query) => self.store.matching_people(&query, BULK_MAX + 1).await?,
        };
        at_most_allowed(people.len())?;
        self.each(people, move |rollcall, id| {
            let actor = actor.clone();
            async move { rollcall.invite_one(actor, id, send).await }
        })
        .await
    }

    async fn invite_one(&self, actor: Actor, id: PersonId, send: bool) -> ServiceResult<Outcome<PersonId>> {
        let Some(aggregate) = self.store.load_person(id).await? else { return Ok(Outcome::gone(id)) };
        let name = aggregate.person.name.to_string();
        Outcome::of(id, name, self.invite_if_none(actor, id, send).await)
    }

    async fn selected(&self, selection: Selection) -> ServiceResult<Vec<SlotId>> {
        let rows = match selection {
            Selection::Rows(rows) => rows,
            // One more than allowed tells that there are too many.
            Selection::Matching(query) => {
                self.store.matching_slots(&query, self.environment.now(), BULK_MAX + 1).await?
            }
        };
        at_most_allowed(rows.len())?;
        Ok(rows)
    }

    /// Does the same for each of `items`, [`AT_ONCE`] at a time, in a task of its own.
    async fn each<I, T, F>(
        self: &Arc<Self>,
        items: Vec<I>,
        act: impl Fn(Arc<Self>, I) -> F + Send + 'static,
    ) -> ServiceResult<Vec<T>>
    where
        I: Send + 'static,
        T: Send + 'static,
        F: Future<Output = ServiceResult<T>> + Send + 'static,
    {
        let rollcall = Arc::clone(self);
        let all = tokio::spawn(async move {
            let mut results: Vec<Option<T>> = items.iter().map(|_| None).collect();
            let mut under_way = JoinSet::new();
            for (at, item) in items.into_iter().enumerate() {
                if under_way.len() >= AT_ONCE {
                    note(&mut results, under_way.join_next().await)?;
                }
                let acting = act(Arc::clone(&rollcall), item);
                under_way.spawn(async move { (at, acting.await) });
            }
            while !under_way.is_empty() {
                note(&mut results, under_way.join_next().await)?;
            }
            Ok(results.into_iter().flatten().collect())
        });
        all.await.map_err(|error| ServiceError::internal(&error))?
    }

    async fn act_on_row(&self, actor: Actor, action: BulkAction, id: SlotId) -> ServiceResult<Outcome<SlotId>> {
        let Some(row) = self.store.find_slot(id).await? else { return Ok(Outcome::gone(id)) };
        let result = self.act_on(actor, action, &row).await;
        Outcome::of(id, row.person_name, result)
    }

    async fn act_on(&self, actor: Actor, action: BulkAction, row: &SlotRow) -> ServiceResult<()> {
        action.check_applicable(row)?;
        let device = row.device.as_ref().map(|device| device.id).ok_or(ServiceError::NotFound);
        match action {
            BulkAction::Resend => self.resend(actor, row.invitation_id).await,
            BulkAction::Deactivate => self.deactivate(actor, row.invitation_id).await,
            BulkAction::Renew => self.renew_device(actor, device?).await,
            BulkAction::Delete => self.delete_device(actor, device?).await,
        }
    }
}

fn at_most_allowed(count: usize) -> Result<(), InvalidField> {
    if count <= BULK_MAX { Ok(()) } else { Err(InvalidField::TooManySelected) }
}

type Joined<T> = Option<Result<(usize, ServiceResult<T>), tokio::task::JoinError>>;

/// Notes a result in its place.
fn note<T>(results: &mut [Option<T>], joined: Joined<T>) -> ServiceResult<()> {
    if let Some(joined) = joined {
        let (at, result) = joined.map_err(|error| ServiceError::internal(&error))?;
        results[at] = Some(result?);
    }
    Ok(())
}
