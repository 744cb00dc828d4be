//! Inviting, sending again, deactivating.

use crate::{InvalidField, NewPerson, Rollcall, ServiceError, ServiceResult};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, InviteOptions, Refusal},
    invitation::DeactivationReason,
    list::{InvitationQuery, Page},
    person::invite_lines::INVITE_MAX,
    types::ids::{InvitationId, PersonId},
    views::{InvitationRow, NewInvitation},
};
use store::StoreError;

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invite {
    /// Whether to send a mail.
    pub send: bool,
    /// When the invitations stop by themselves; `None`: never.
    pub expires_at: Option<Timestamp>,
}

/// What became of one of those who were to be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteResult {
    /// Email as it was typed.
    pub email: String,
    /// The new invitation and its row, or the reason why there is none.
    pub outcome: ServiceResult<NewInvitation>,
}

impl Rollcall {
    /// Invites people, known or new, and tells for each what came of it. A person who has an active invitation gets a new
    /// one in its place.
    ///
    /// # Errors
    /// There are more than `INVITE_MAX`; faults of the store.
    pub async fn invite(&self, actor: Actor, people: Vec<NewPerson>, how: Invite) -> ServiceResult<Vec<InviteResult>> {
        if people.len() > INVITE_MAX {
            return Err(InvalidField::TooManyInvited.into());
        }
        let mut results = Vec::with_capacity(people.len());
        for new in people {
            let outcome = match self.invite_new(actor.clone(), &new, how).await {
                Ok(invited) => Ok(invited),
                Err(error @ (ServiceError::Internal(_) | ServiceError::Unavailable)) => return Err(error),
                Err(error) => Err(error),
            };
            results.push(InviteResult { email: new.email, outcome });
        }
        Ok(results)
    }

    /// Invites a person by email, and adds the person when the email is new.
    ///
    /// # Errors
    /// A field is not acceptable.
    pub async fn invite_new(&self, actor: Actor, new: &NewPerson, how: Invite) -> ServiceResult<NewInvitation> {
        let email = new.parse()?.email;
        let known = self.store.find_person(email.as_str()).await?;
        let id = match known {
            Some(id) => id,
            None => match self.add_person(actor.clone(), new.clone()).await {
                // Someone else added the same person between the two steps.
                Err(ServiceError::EmailTaken) => {
                    self.store.find_person(email.as_str()).await?.ok_or(StoreError::Conflict)?
                }
                added => added?,
            },
        };
        self.invite_person(actor, id, how).await
    }

    /// Makes a new invitation for a person; an active one is replaced.
    ///
    /// # Errors
    /// The person does not exist, or the expiry is not in the future.
    pub async fn invite_person(&self, actor: Actor, id: PersonId, how: Invite) -> ServiceResult<NewInvitation> {
        let sealed = self.new_credentials()?;
        let options = InviteOptions { send: how.send, expires_at: how.expires_at };
        self.decide_person(actor, id, |aggregate, ids, context| {
            let change = decide::invite(aggregate, options, sealed.clone(), ids, context)?;
            let put = change.slots.iter().find(|put| put.slot.device_id.is_none() && put.row.invitation_active);
            let invited = put.map(|put| NewInvitation {
                person_id: id,
                invitation_id: put.slot.invitation_id,
                slot_id: put.slot.id,
            });
            Ok((invited, change))
        })
        .await?
        .ok_or_else(|| ServiceError::internal(&"an invitation without a row"))
    }

    /// Makes an invitation for a person who has none, with a mail if `send`.
    ///
    /// # Errors
    /// The person does not exist, or has an active invitation, which is left alone.
    pub(crate) async fn invite_if_none(&self, actor: Actor, id: PersonId, send: bool) -> ServiceResult<()> {
        let sealed = self.new_credentials()?;
        let options = InviteOptions { send, expires_at: None };
        self.decide_person(actor, id, |aggregate, ids, context| {
            Ok(((), decide::invite_if_none(aggregate, options, sealed.clone(), ids, context)?))
        })
        .await
    }

    /// Sends an invitation's mail again, or for the first time.
    ///
    /// # Errors
    /// The invitation is not active, or a mail is on its way or was sent a moment ago.
    pub async fn resend(&self, actor: Actor, id: InvitationId) -> ServiceResult<()> {
        let person = self.person_of_active(id).await?;
        self.decide_person(actor, person, |aggregate, ids, context| {
            if aggregate.invitation.as_ref().is_none_or(|i| i.id != id) {
                return Err(Refusal::NoActiveInvitation);
            }
            Ok(((), decide::resend(aggregate, ids, context)?))
        })
        .await
    }

    /// Deactivates an invitation: it enrolls nothing from this moment.
    ///
    /// # Errors
    /// The invitation is not active.
    pub async fn deactivate(&self, actor: Actor, id: InvitationId) -> ServiceResult<()> {
        let person = self.person_of_active(id).await?;
        self.end_invitation(actor, person, id, DeactivationReason::Manual).await
    }

    pub(crate) async fn end_invitation(
        &self,
        actor: Actor,
        person: PersonId,
        id: InvitationId,
        reason: DeactivationReason,
    ) -> ServiceResult<()> {
        self.decide_person(actor, person, |aggregate, _, context| {
            Ok(((), decide::deactivate(aggregate, id, reason, context)?))
        })
        .await
    }

    async fn person_of_active(&self, id: InvitationId) -> ServiceResult<PersonId> {
        let invitation = self.store.find_invitation(id).await?.ok_or(ServiceError::NotFound)?;
        match invitation.refusal(self.environment.now()) {
            Some(reason) => Err(Refusal::InvitationInactive(reason).into()),
            None => Ok(invitation.person_id),
        }
    }

    /// A page of the Invitations view.
    pub async fn list_invitations(&self, query: InvitationQuery) -> ServiceResult<Page<InvitationRow>> {
        Ok(self.store.list_invitations(&query).await?)
    }

    /// A row of the Invitations view.
    pub async fn invitation(&self, id: InvitationId) -> ServiceResult<InvitationRow> {
        self.store.find_invitation_row(id).await?.ok_or(ServiceError::NotFound)
    }
}
