//! Agent protocol v1: the JSON that agents and the server exchange. `docs/agent-protocol.md` has the rules around it.

mod command;
mod enrollment;
mod problem;
mod received;
mod report;

pub use command::{CommandOffer, CommandResult, ResultStatus};
pub use enrollment::{EnrollCredential, EnrollReply, EnrollRequest, Helpdesk, PollSettings, PushAddress, RenewReply};
pub use problem::Problem;
pub use received::Received;
pub use report::{Battery, IgnoredValue, Inventory, Location, ProgressReport, StateReply, StateReport, Storage};

/// Longest wait of `GET /agent/v1/commands`, in seconds: below the 60 s after which proxies cut a connection (nginx's
/// default).
pub const MAX_WAIT_S: u32 = 55;
/// The `wait` that the server asks agents to use, in seconds.
pub const POLL_WAIT_S: u32 = 50;
/// The heartbeat interval of agents, in seconds.
pub const HEARTBEAT_S: u32 = 900;
/// The heartbeat interval while the device is in lost mode, in seconds.
pub const LOST_HEARTBEAT_S: u32 = 300;
/// Inventory schema version that this server knows best.
pub const INVENTORY_SCHEMA: u32 = 1;
