//! Invitations and their credentials.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{InvitationView, InviteOutcome, InviteSettings, PersonDraft, error::AppError};
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

/// Invites one or several people, adding those whose email is new.
#[server(prefix = "/fn", endpoint = "invitations/create", input = Postcard, output = Postcard)]
pub async fn invite(people: Vec<PersonDraft>, settings: InviteSettings) -> Result<Vec<InviteOutcome>, AppError> {
    let call = require_session()?;
    let people = people.into_iter().map(Into::into).collect();
    let results = answer(call.rollcall.invite(call.actor(), people, settings.into()).await)?;
    Ok(results.into_iter().map(InviteOutcome::from).collect())
}

/// The credentials of an active invitation.
#[server(prefix = "/fn", endpoint = "invitations/credentials", input = Postcard, output = Postcard)]
pub async fn credentials(id: InvitationId) -> Result<CredentialsView, AppError> {
    let call = require_session()?;
    answer(call.rollcall.credentials(call.actor(), id).await)
}
