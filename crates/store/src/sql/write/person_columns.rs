//! What is computed of a person: the column that a search looks through, and the one that people are sorted by.

use domain::person::search_text;

/// Version of the columns. Raise it when [`search_text`] or the form of names and emails changes: people who are stored are
/// computed anew at the next start.
pub const VERSION: u8 = 2;
/// The setting that holds the database's version of the columns.
pub const SETTING: &str = "person_columns";

/// The computed columns of a person.
pub struct PersonColumns {
    /// The name in lower case, for sorting.
    pub name_key: String,
    /// The text that is searched.
    pub search: String,
}

impl PersonColumns {
    /// Computes the columns of a person with this name and email.
    pub fn of(name: &str, email: &str) -> Self {
        Self { name_key: name.to_lowercase(), search: search_text(name, email) }
    }
}
