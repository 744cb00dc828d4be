//! Invitations and their credentials.

use super::PersonDraft;
#[cfg(feature = "ssr")]
use crate::server_context::{answer, require_session};
use crate::{
    error::AppError,
    views::{InvitationLine, InviteLine, Moment},
};
use domain::{
    invitation::credentials::CredentialsView,
    list::{InvitationQuery, Page},
    types::ids::InvitationId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};

/// How to invite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteHow {
    /// Send the mail now; otherwise the admin hands the credentials out.
    pub send: bool,
    /// When the invitation stops by itself; `None`: never.
    pub expires_at: Option<Moment>,
}

#[cfg(feature = "ssr")]
impl From<InviteHow> for service::Invite {
    fn from(how: InviteHow) -> Self {
        Self { send: how.send, expires_at: how.expires_at.map(Into::into) }
    }
}

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
