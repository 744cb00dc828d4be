//! One action on many: rows of the Mobile devices view, people to invite. Each is decided by itself and has a result of its own; some are
//! under way at once, so that the writer can group what they write.

use crate::{Rollcall, ServiceError, ServiceResult};
use domain::{
    bulk::{BULK_MAX, BulkAction, BulkResult, PeopleSelection, PersonResult, Selection},
    ids::{PersonId, SlotId},
    journal::Actor,
    slot::SlotRow,
};
use std::{future::Future, sync::Arc};
use tokio::task::JoinSet;

/// Rows that are under way at once.
const AT_ONCE: usize = 16;

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
    ) -> ServiceResult<Vec<BulkResult>> {
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
    ) -> ServiceResult<Vec<PersonResult>> {
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

    async fn invite_one(&self, actor: Actor, id: PersonId, send: bool) -> ServiceResult<PersonResult> {
        let Some(aggregate) = self.store.load_person(id).await? else {
            let refusal = Some(ServiceError::NotFound.user_text());
            return Ok(PersonResult { person_id: id, name: String::new(), refusal });
        };
        let name = aggregate.person.name.to_string();
        let refusal = refusal(self.invite_if_none(actor, id, send).await)?;
        Ok(PersonResult { person_id: id, name, refusal })
    }

    async fn selected(&self, selection: Selection) -> ServiceResult<Vec<SlotId>> {
        let rows = match selection {
            Selection::Rows(rows) => rows,
            // One more than allowed tells that there are too many.
            Selection::Matching(query) => self.store.matching_slots(&query, self.edge.now(), BULK_MAX + 1).await?,
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

    async fn act_on_row(&self, actor: Actor, action: BulkAction, id: SlotId) -> ServiceResult<BulkResult> {
        let Some(row) = self.store.find_slot(id).await? else {
            let refusal = Some(ServiceError::NotFound.user_text());
            return Ok(BulkResult { slot_id: id, name: String::new(), refusal });
        };
        let refusal = match action.unfit(&row) {
            Some(sentence) => Some(sentence.to_owned()),
            None => refusal(self.act_on(actor, action, &row).await)?,
        };
        Ok(BulkResult { slot_id: id, name: row.person_name, refusal })
    }

    async fn act_on(&self, actor: Actor, action: BulkAction, row: &SlotRow) -> ServiceResult<()> {
        let device = row.device.as_ref().map(|device| device.id).ok_or(ServiceError::NotFound);
        match action {
            BulkAction::Resend => self.resend(actor, row.invitation_id).await,
            BulkAction::Deactivate => self.deactivate(actor, row.invitation_id).await,
            BulkAction::Renew => self.renew_device(actor, device?).await,
            BulkAction::Delete => self.delete_device(actor, device?).await,
        }
    }
}

fn at_most_allowed(count: usize) -> ServiceResult<()> {
    if count <= BULK_MAX {
        return Ok(());
    }
    let message = format!("At most {BULK_MAX} can be changed at once. Filter the list to have fewer.");
    Err(ServiceError::Invalid { field: "rows", message })
}

/// The sentence of a refusal; faults are passed on.
fn refusal(result: ServiceResult<()>) -> ServiceResult<Option<String>> {
    match result {
        Ok(()) => Ok(None),
        Err(error @ ServiceError::Internal(_)) => Err(error),
        Err(error) => Ok(Some(error.user_text())),
    }
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
