//! People: the users whom devices are enrolled for. Accounts of the console are something else.

pub mod invite_lines;

use crate::{
    Timestamp,
    types::{
        ids::PersonId,
        search::searchable,
        text::{EmailAddress, Locale, PersonName},
        text_enum::text_enum,
    },
};
use serde::{Deserialize, Serialize};

/// A person whom devices are enrolled for, and the root of the aggregate. Every decision about an invitation raises the
/// person's version, so that only one of two concurrent decisions is committed.
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
    /// When the person got the latest reminder, even if the row that it was about is gone.
    #[serde(default)]
    pub reminded_at: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

text_enum! {
    /// What becomes of a person's link and PIN when the email is corrected.
    OldCredentials {
        /// They end, since they may lie in the wrong mailbox. New ones are mailed to the new address.
        Replace = "replace", "The old ones end, new ones are mailed to the new address";
        /// They stay valid.
        Keep = "keep", "The old ones stay valid";
    }
}

/// What an admin enters about a person who is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Name.
    pub name: PersonName,
    /// Email.
    pub email: EmailAddress,
    /// Language.
    pub locale: Locale,
    /// What becomes of link and PIN if the email is another one.
    pub old_credentials: OldCredentials,
}

/// The indexed text of a person with this name and email; see [`crate::types::search`].
pub fn search_text(name: &str, email: &str) -> String {
    searchable(&format!("{name}\n{email}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::search::needles;

    #[test]
    fn a_person_is_found_by_name_and_by_email() {
        let text = search_text("Ada Lovelace", "ada@example.com");
        for part in ["Lovelace", "ada@example"] {
            assert!(needles(part).iter().all(|needle| text.contains(needle)), "{part}: {text}");
        }
    }
}
