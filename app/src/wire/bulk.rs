//! What an admin does to many rows at once, and the result.

use domain::list::bulk::{BulkAction, InvitationAction, InvitationSelection, PeopleSelection, Selection};
use serde::{Deserialize, Serialize};

/// The action and the rows. One server function for all kinds: the browser loads the code of a call once for each
/// server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkRequest {
    /// An action on rows of the Mobile devices view.
    Rows(BulkAction, Selection),
    /// An action on invitations.
    Invitations(InvitationAction, InvitationSelection),
    /// Invites people by mail who have no active invitation.
    Invite(PeopleSelection),
}

/// The result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Number of rows for which it worked.
    pub done: u64,
    /// The name of each row that was refused, and why.
    pub refused: Vec<(String, String)>,
}
