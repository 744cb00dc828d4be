//! Pages that the server draws as HTML, because browsers do not have to load code for what is needed now and then.

use serde::{Deserialize, Serialize};

/// The content of such a page: an import of people, or the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnPage {
    /// Its state, as text.
    pub status: String,
    /// The forms, as HTML.
    pub form: String,
    /// The list, as HTML: the lines of a preview, or the entries of the audit log.
    pub list: String,
    /// While something runs: how much is done, of how much, and a text with both.
    pub progress: Option<(u64, u64, String)>,
}
