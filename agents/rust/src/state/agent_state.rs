//! What an agent remembers.

use crate::protocol::bearer::{Bearer, Secret};
use domain::{
    device::{EnrollmentStep, Ownership, Platform, capabilities::Capabilities, lost::LostText},
    protocol::{CommandResult, EnrollReply, PollSettings},
    types::ids::{CommandId, DeviceId},
};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// Results of how many commands are remembered, so that none is carried out twice. The server offers a command again for
/// a week at most.
const COMMANDS_KEPT: usize = 200;

/// Everything that is kept between two runs. Invitation tokens and PINs are not among it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentState {
    /// Made once; the same id enrolls the same device again. A secret.
    pub installation_id: Uuid,
    /// Number of the last heartbeat; grows for ever, also over enrollments.
    pub seq: u64,
    /// What the screen shows while the device is in lost mode, which outlives the agent and an enrollment anew.
    #[serde(default)]
    pub lost: Option<LostText>,
    /// The enrollment, while there is one.
    pub enrollment: Option<Enrollment>,
}

impl AgentState {
    /// The memory of an agent that was installed a moment ago.
    pub const fn new(installation_id: Uuid) -> Self {
        Self { installation_id, seq: 0, lost: None, enrollment: None }
    }
}

/// An enrollment with one server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enrollment {
    /// The server's address.
    pub server: Url,
    /// The device's identity there.
    pub device_id: DeviceId,
    /// The device's secret there.
    pub device_secret: Secret,
    /// What the device runs.
    pub platform: Platform,
    /// Whose it is.
    pub ownership: Ownership,
    /// How often to ask and to report.
    pub poll: PollSettings,
    /// The permissions without which the enrollment is not finished.
    pub required_permissions: Vec<String>,
    /// Version of the inventory's schema that the server knows best.
    pub inventory_schema: u32,
    /// The last step that the server was told.
    pub step: Option<EnrollmentStep>,
    /// The inventory that the server has.
    pub inventory: Option<SentInventory>,
    /// What the server knows of what the host can do.
    #[serde(default)]
    pub capabilities: Option<Capabilities>,
    /// Commands that were begun, the latest last.
    pub commands: Vec<CommandRecord>,
}

/// The inventory that the server has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentInventory {
    /// Its content in one number, to find out whether it changed.
    pub fingerprint: u64,
    /// The server's name for it.
    pub etag: Option<String>,
}

/// A command that was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommandRecord {
    /// The command.
    pub id: CommandId,
    /// How it went.
    pub result: CommandResult,
    /// Whether the server knows.
    pub is_told: bool,
}

impl Enrollment {
    /// What follows from the server's answer.
    pub fn new(server: Url, platform: Platform, ownership: Ownership, reply: EnrollReply) -> Self {
        Self {
            server,
            device_id: reply.device_id,
            device_secret: Secret(reply.device_secret),
            platform,
            ownership,
            poll: reply.poll,
            required_permissions: reply.required_permissions,
            inventory_schema: reply.inventory_schema,
            step: None,
            inventory: None,
            capabilities: None,
            commands: Vec::new(),
        }
    }

    /// What the device shows to be let in.
    pub fn bearer(&self) -> Bearer {
        Bearer::new(self.device_id, &self.device_secret)
    }

    /// The record of a command, when it was begun before.
    pub fn command(&self, id: CommandId) -> Option<&CommandRecord> {
        self.commands.iter().find(|record| record.id == id)
    }

    /// Remembers how a command went, and that the server does not know yet; forgets the oldest when there are too many.
    pub fn record(&mut self, id: CommandId, result: CommandResult) {
        self.commands.retain(|record| record.id != id);
        self.commands.push(CommandRecord { id, result, is_told: false });
        let excess = self.commands.len().saturating_sub(COMMANDS_KEPT);
        self.commands.drain(..excess);
    }

    /// Notes whether the server knows how a command went.
    pub fn mark_told(&mut self, id: CommandId, is_told: bool) {
        for record in self.commands.iter_mut().filter(|record| record.id == id) {
            record.is_told = is_told;
        }
    }
}
