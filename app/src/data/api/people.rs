//! People.

#[cfg(feature = "ssr")]
use crate::server::context::{answer, require_session};
use crate::wire::{DrawnPage, PersonDraft, PersonView, error::AppError};
use domain::{
    list::{Page, PersonQuery},
    person::OldCredentials,
    types::ids::PersonId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

/// A page of the People view.
#[server(prefix = "/fn", endpoint = "people/list", input = Postcard, output = Postcard)]
pub async fn list_people(query: PersonQuery) -> Result<Page<PersonView>, AppError> {
    let call = require_session()?;
    let page = answer(call.rollcall.list_people(query).await)?;
    Ok(page.map(PersonView::from))
}

/// Adds a person without inviting anyone.
#[server(prefix = "/fn", endpoint = "people/add", input = Postcard, output = Postcard)]
pub async fn add_person(person: PersonDraft) -> Result<PersonId, AppError> {
    let call = require_session()?;
    answer(call.rollcall.add_person(call.actor(), person.into()).await)
}

/// Corrects a person's name, email or language. Returns whether a new invitation is mailed, since the old one may lie in
/// the wrong mailbox.
#[server(prefix = "/fn", endpoint = "people/change", input = Postcard, output = Postcard)]
pub async fn change_person(
    id: PersonId,
    person: PersonDraft,
    old_credentials: OldCredentials,
) -> Result<bool, AppError> {
    let call = require_session()?;
    answer(call.rollcall.change_person(call.actor(), id, person.into(), old_credentials).await)
}

/// One person.
#[server(prefix = "/fn", endpoint = "people/get", input = Postcard, output = Postcard)]
pub async fn person(id: PersonId) -> Result<PersonView, AppError> {
    let call = require_session()?;
    answer(call.rollcall.person(id).await).map(PersonView::from)
}

/// The page of the account's import. `params` are parameters of its URL: which lines, which page of them, and what went
/// wrong.
#[server(prefix = "/fn", endpoint = "people/import", input = Postcard, output = Postcard)]
pub async fn import_page(params: [String; 3]) -> Result<DrawnPage, AppError> {
    let call = require_session()?;
    let [show, page, failed] = params;
    let part = crate::server::import::Part { show, page: page.parse().unwrap_or(1) };
    let import = answer(call.rollcall.latest_import(call.who.account_id).await)?;
    Ok(crate::server::import::view(import.as_ref(), &part, &failed))
}
