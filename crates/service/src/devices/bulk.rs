//! Bulk actions: on rows of the Mobile devices view, on invitations, and inviting many people. Each item is decided
//! separately and has its own result. Several run concurrently, so that the store's writer can group their commits.

use crate::{InvalidField, Rollcall, ServiceError, ServiceResult, at_once::each};
use domain::{
    actor::Actor,
    device::command::CommandKind,
    list::bulk::{BULK_MAX, BulkAction, InvitationAction, InvitationSelection, PeopleSelection, Selection},
    slot::SlotRow,
    types::ids::{InvitationId, PersonId, SlotId},
};
use std::{collections::HashSet, sync::Arc};

/// Most items that are read of a selection: one more than allowed, to notice that there are too many.
const NOTICE_MAX: usize = BULK_MAX + 1;

/// The result for one item of a bulk action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemResult<I> {
    /// Id of the row or the person.
    pub id: I,
    /// Name of the person; empty when the row or the person is gone.
    pub name: String,
    /// Why it was refused; `None` when it was done.
    pub refusal: Option<ServiceError>,
}

impl<I> ItemResult<I> {
    /// The item does not exist, or no longer.
    const fn gone(id: I) -> Self {
        Self { id, name: String::new(), refusal: Some(ServiceError::NotFound) }
    }

    /// The result of a use case. An internal error is returned as such: it ends the bulk action.
    fn of(id: I, name: String, result: ServiceResult<()>) -> ServiceResult<Self> {
        match result {
            Err(error @ ServiceError::Internal(_)) => Err(error),
            result => Ok(Self { id, name, refusal: result.err() }),
        }
    }
}

impl Rollcall {
    /// Applies `action` to each selected row, and returns a result for each, in the order of the selection. It runs to
    /// completion even if the caller stops waiting.
    ///
    /// # Errors
    /// More than [`BULK_MAX`] rows are selected: nothing was done. The store failed: some rows may be done.
    pub async fn bulk(
        self: &Arc<Self>,
        actor: Actor,
        action: BulkAction,
        selection: Selection,
    ) -> ServiceResult<Vec<ItemResult<SlotId>>> {
        let rows = self.selected(selection).await?;
        let rollcall = Arc::clone(self);
        each(rows, move |id| {
            let (rollcall, actor) = (Arc::clone(&rollcall), actor.clone());
            async move { rollcall.act_on_row(actor, action, id).await }
        })
        .await
    }

    /// Applies `action` to each selected invitation, and returns a result for each, in the order of the selection. It runs
    /// to completion even if the caller stops waiting.
    ///
    /// # Errors
    /// More than [`BULK_MAX`] invitations are selected: nothing was done. The store failed: some may be done.
    pub async fn bulk_invitations(
        self: &Arc<Self>,
        actor: Actor,
        action: InvitationAction,
        selection: InvitationSelection,
    ) -> ServiceResult<Vec<ItemResult<InvitationId>>> {
        let invitations = match selection {
            InvitationSelection::Invitations(invitations) => invitations,
            InvitationSelection::Matching(query) => self.store.matching_invitations(&query, NOTICE_MAX).await?,
        };
        check_count(invitations.len())?;
        let rollcall = Arc::clone(self);
        each(invitations, move |id| {
            let (rollcall, actor) = (Arc::clone(&rollcall), actor.clone());
            async move { rollcall.act_on_invitation(actor, action, id).await }
        })
        .await
    }

    async fn act_on_invitation(
        &self,
        actor: Actor,
        action: InvitationAction,
        id: InvitationId,
    ) -> ServiceResult<ItemResult<InvitationId>> {
        let Some(row) = self.store.find_invitation_row(id).await? else { return Ok(ItemResult::gone(id)) };
        let result = match action {
            InvitationAction::Resend => self.resend(actor, id).await,
            InvitationAction::Renew => self.invite_if_none(actor, row.invitation.person_id, true).await,
            InvitationAction::Deactivate => self.deactivate(actor, id).await,
        };
        ItemResult::of(id, row.person_name, result)
    }

    /// Invites each selected person who has no active invitation, with a mail if `send`, and returns a result for each,
    /// in the order of the selection. It runs to completion even if the caller stops waiting.
    ///
    /// # Errors
    /// More than [`BULK_MAX`] people are selected: nothing was done. The store failed: some may be invited.
    pub async fn invite_many(
        self: &Arc<Self>,
        actor: Actor,
        selection: PeopleSelection,
        send: bool,
    ) -> ServiceResult<Vec<ItemResult<PersonId>>> {
        let people = match selection {
            PeopleSelection::People(people) => people,
            PeopleSelection::Matching(query) => self.store.matching_people(&query, NOTICE_MAX).await?,
        };
        check_count(people.len())?;
        let rollcall = Arc::clone(self);
        each(people, move |id| {
            let (rollcall, actor) = (Arc::clone(&rollcall), actor.clone());
            async move { rollcall.invite_one(actor, id, send).await }
        })
        .await
    }

    async fn invite_one(&self, actor: Actor, id: PersonId, send: bool) -> ServiceResult<ItemResult<PersonId>> {
        let Some(aggregate) = self.store.load_person(id).await? else { return Ok(ItemResult::gone(id)) };
        let name = aggregate.person.name.to_string();
        ItemResult::of(id, name, self.invite_if_none(actor, id, send).await)
    }

    async fn selected(&self, selection: Selection) -> ServiceResult<Vec<SlotId>> {
        let mut rows = match selection {
            Selection::Rows(rows) => rows,
            Selection::Matching(query) => self.store.matching_slots(&query, self.environment.now(), NOTICE_MAX).await?,
        };
        check_count(rows.len())?;
        // A row that is named twice is not locked twice.
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(*row));
        Ok(rows)
    }

    async fn act_on_row(
        self: &Arc<Self>,
        actor: Actor,
        action: BulkAction,
        id: SlotId,
    ) -> ServiceResult<ItemResult<SlotId>> {
        let Some(row) = self.store.find_slot(id).await? else { return Ok(ItemResult::gone(id)) };
        let result = self.act_on(actor, action, &row).await;
        ItemResult::of(id, row.person_name, result)
    }

    async fn act_on(self: &Arc<Self>, actor: Actor, action: BulkAction, row: &SlotRow) -> ServiceResult<()> {
        action.check_applicable(row)?;
        let device = row.device.as_ref().map(|device| device.id).ok_or(ServiceError::NotFound);
        match action {
            BulkAction::Resend => self.resend(actor, row.invitation_id).await,
            BulkAction::Deactivate => self.deactivate(actor, row.invitation_id).await,
            BulkAction::Renew => self.renew_device(actor, device?).await,
            BulkAction::Locate => self.request_command(actor, device?, CommandKind::locate()).await.map(drop),
            BulkAction::Lock => self.request_command(actor, device?, CommandKind::Lock {}).await.map(drop),
            BulkAction::Delete => self.delete_device(actor, device?, false).await,
        }
    }
}

fn check_count(count: usize) -> Result<(), InvalidField> {
    if count <= BULK_MAX { Ok(()) } else { Err(InvalidField::TooManySelected) }
}
