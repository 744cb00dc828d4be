//! Invitations and their credentials.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
#[cfg(feature = "ssr")]
use crate::wire::InviteJobView;
use crate::wire::{InvitationView, InviteRequest, InviteView, error::AppError};
use domain::{
    invitation::credentials::CredentialsView,
    list::{InvitationQuery, Page},
    types::ids::InvitationId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// A page of the Invitations view.
#[server(prefix = "/fn", endpoint = "invitations/list", input = Postcard, output = Postcard)]
pub async fn list_invitations(query: InvitationQuery) -> Result<Page<InvitationView>, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.list_invitations(query).await)?;
    Ok(page.map(InvitationView::from))
}

/// Starts the job that invites one or several people, adding those whose email is new, or tells how far it is.
#[server(prefix = "/fn", endpoint = "invitations/create", input = Postcard, output = Postcard)]
pub async fn invite(request: InviteRequest) -> Result<InviteView, AppError> {
    let call = require_session()?;
    let (rollcall, actor) = (&call.rollcall, call.actor());
    let job = match request {
        InviteRequest::Look(None) => answer(rollcall.running_invite_job(&actor).await)?,
        InviteRequest::Look(Some(id)) => Some(answer(rollcall.invite_job(id).await)?),
        InviteRequest::Start(id, people, settings) => {
            let people = people.into_iter().map(Into::into).collect();
            Some(answer(rollcall.start_invite_job(actor, id, people, settings.into()).await)?)
        }
    };
    Ok(InviteView { next: answer(rollcall.new_invite_job_id())?, job: job.map(InviteJobView::from) })
}

/// The credentials of an active invitation; `None` when they are those that the reader is looking at already. Only what
/// is new to the reader is journalled.
#[server(prefix = "/fn", endpoint = "invitations/credentials", input = Postcard, output = Postcard)]
pub async fn credentials(
    id: InvitationId,
    shown: Option<CredentialsView>,
) -> Result<Option<CredentialsView>, AppError> {
    let call = require_session()?;
    answer(match shown {
        Some(shown) => call.rollcall.credentials_again(call.actor(), id, &shown).await,
        None => call.rollcall.credentials(call.actor(), id).await.map(Some),
    })
}
