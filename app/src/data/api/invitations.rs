//! Invitations and their credentials.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{InvitationLine, InviteHow, InviteLine, PersonDraft, error::AppError};
use domain::{
    invitation::credentials::CredentialsView,
    list::{InvitationQuery, Page},
    types::ids::InvitationId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// A page of the Invitations view.
#[server(prefix = "/fn", endpoint = "invitations/list", input = Postcard, output = Postcard)]
pub async fn list_invitations(query: InvitationQuery) -> Result<Page<InvitationLine>, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.list_invitations(query).await)?;
    Ok(page.map(InvitationLine::from))
}

/// Invites one or several people, adding those whose email is new.
#[server(prefix = "/fn", endpoint = "invitations/create", input = Postcard, output = Postcard)]
pub async fn invite(people: Vec<PersonDraft>, how: InviteHow) -> Result<Vec<InviteLine>, AppError> {
    let call = require_session()?;
    let people = people.into_iter().map(Into::into).collect();
    let results = answer(call.rollcall.invite(call.actor(), people, how.into()).await)?;
    Ok(results.into_iter().map(InviteLine::from).collect())
}

/// The credentials of an active invitation.
#[server(prefix = "/fn", endpoint = "invitations/credentials", input = Postcard, output = Postcard)]
pub async fn credentials(id: InvitationId) -> Result<CredentialsView, AppError> {
    let call = require_session()?;
    answer(call.rollcall.credentials(call.actor(), id).await)
}
