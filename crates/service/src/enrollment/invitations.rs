//! Inviting people, resending mails, deactivating invitations.

use crate::{NewPerson, Rollcall, ServiceError, ServiceResult, servers::Work};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, InviteOptions, Refusal},
    invitation::{DeactivationReason, Delivery},
    journal::change::Change,
    list::{InvitationQuery, Page},
    types::ids::{InvitationId, PersonId},
    views::{InvitationRow, NewInvitation},
};
use store::StoreError;

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invite {
    /// Whether to send a mail.
    pub send: bool,
    /// When the invitations expire; `None`: never.
    pub expires_at: Option<Timestamp>,
}

impl Rollcall {
    /// Invites a person by email, and adds the person when the email is new.
    ///
    /// # Errors
    /// A field is invalid.
    pub async fn invite_by_email(&self, actor: Actor, new: &NewPerson, how: Invite) -> ServiceResult<NewInvitation> {
        let id = self.person_to_invite(actor.clone(), new).await?;
        self.invite_person(actor, id, how).await
    }

    /// The person who has an email, who is added when the email is new.
    ///
    /// # Errors
    /// A field is invalid.
    pub(crate) async fn person_to_invite(&self, actor: Actor, new: &NewPerson) -> ServiceResult<PersonId> {
        let email = new.parse()?.email;
        if let Some(id) = self.store.find_person(email.as_str()).await? {
            return Ok(id);
        }
        match self.add_person(actor, new.clone()).await {
            // Someone else added the same person in the meantime.
            Err(ServiceError::EmailTaken) => {
                Ok(self.store.find_person(email.as_str()).await?.ok_or(StoreError::Conflict)?)
            }
            added => added,
        }
    }

    /// Creates an invitation for a person; it replaces an active one.
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
        .ok_or_else(|| ServiceError::internal(&"a new invitation has no row"))
    }

    /// Creates an invitation for a person who has no active one, with a mail if `send`.
    ///
    /// # Errors
    /// The person does not exist, or has an active invitation, which stays as it is.
    pub(crate) async fn invite_if_none(&self, actor: Actor, id: PersonId, send: bool) -> ServiceResult<()> {
        let sealed = self.new_credentials()?;
        let options = InviteOptions { send, expires_at: None };
        self.decide_person(actor, id, |aggregate, ids, context| {
            Ok(((), decide::invite_if_none(aggregate, options, sealed.clone(), ids, context)?))
        })
        .await
    }

    /// Sends an invitation's mail again, or for the first time. One that the mail server did not take yet is due at once.
    ///
    /// # Errors
    /// The invitation is not active, or a mail is on its way or was sent a moment ago.
    pub async fn resend(&self, actor: Actor, id: InvitationId) -> ServiceResult<()> {
        let person = self.person_of_active(id).await?;
        let is_delayed = self
            .decide_person(actor, person, |aggregate, ids, context| {
                let active = aggregate.invitation.as_ref().filter(|active| active.id == id);
                match active.ok_or(Refusal::NoActiveInvitation)?.delivery {
                    Delivery::Queued { trouble: Some(_), .. } => Ok((true, Change::default())),
                    _ => Ok((false, decide::resend(aggregate, ids, context)?)),
                }
            })
            .await?;
        if is_delayed { self.hurry_mails(id).await } else { Ok(()) }
    }

    /// Lets the mails of an invitation that wait for their next attempt be due at once; the others keep their times.
    async fn hurry_mails(&self, id: InvitationId) -> ServiceResult<()> {
        for mail in self.store.waiting_mails(id).await? {
            // A conflict means that it is being sent.
            self.try_commit(decide::hurry_mail(&mail, self.environment.now())).await?;
        }
        self.begin_anywhere(Work::Mails);
        Ok(())
    }

    /// Deactivates an invitation: no device can enroll with it from now on.
    ///
    /// # Errors
    /// The invitation is not active.
    pub async fn deactivate(&self, actor: Actor, id: InvitationId) -> ServiceResult<()> {
        let person = self.person_of_active(id).await?;
        self.end_invitation(actor, person, id, DeactivationReason::Manual).await
    }

    /// Lifts the limit on how many devices an invitation enrolls in an hour. Idempotent.
    ///
    /// # Errors
    /// The invitation is not active.
    pub async fn lift_pace(&self, actor: Actor, id: InvitationId) -> ServiceResult<()> {
        let person = self.person_of_active(id).await?;
        self.decide_person(actor, person, |aggregate, _, context| Ok(((), decide::lift_pace(aggregate, id, context)?)))
            .await
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
