//! What an admin does to many rows at once, and what came of it.

use domain::list::bulk::{BulkAction, PeopleSelection, Selection};
use serde::{Deserialize, Serialize};

/// What to do, and to what. One server function for both: the browser loads the code of a call for each function anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Something to rows of the Mobile devices view.
    Rows(BulkAction, Selection),
    /// Invites people by mail who have no active invitation.
    Invite(PeopleSelection),
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Rows that it worked for.
    pub done: u64,
    /// Name of each row that it did not work for, and why.
    pub refused: Vec<(String, String)>,
}
