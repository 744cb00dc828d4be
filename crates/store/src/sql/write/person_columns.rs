//! What is computed of a person: the column that a search looks through, and the one that people are sorted by.

use domain::person::search_text;

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
