//! Server functions: what the console asks the server for. Each takes the session first, calls one use case, and turns
//! its answer into one that travels.

pub mod account;
pub mod act;
pub mod bulk;
pub mod devices;
pub mod invitations;
pub mod people;
pub mod reminders;

use serde::{Deserialize, Serialize};

/// What an admin typed about a person, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// Language tag; `None`: the default language.
    pub locale: Option<String>,
}

#[cfg(feature = "ssr")]
impl From<PersonDraft> for service::NewPerson {
    fn from(draft: PersonDraft) -> Self {
        Self { name: draft.name, email: draft.email, locale: draft.locale }
    }
}
