//! People: those whom devices are enrolled for. Not accounts of the console.

pub mod invite_lines;

use crate::{
    Timestamp,
    types::{
        ids::PersonId,
        search::searchable,
        text::{EmailAddress, Locale, PersonName},
    },
};
use serde::{Deserialize, Serialize};

/// Someone devices are enrolled for. Root of the aggregate that every invitation decision is made on: its version
/// changes with each of them, so that two at once cannot both win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Name as shown.
    pub name: PersonName,
    /// Address that invitations go to, unique among people; the PIN is valid only with it.
    pub email: EmailAddress,
    /// Language of mails and of the landing page.
    pub locale: Locale,
    /// When the person was added.
    pub created_at: Timestamp,
    /// When the person got the latest reminder, whatever became of the row that it was about since.
    #[serde(default)]
    pub reminded_at: Option<Timestamp>,
    /// Version this was read at; 0 for one that is not stored yet.
    pub version: u64,
}

/// The text by which someone of this name and email is found; see [`crate::types::search`].
pub fn search_text(name: &str, email: &str) -> String {
    searchable(&format!("{name}\n{email}"))
}
