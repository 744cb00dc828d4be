//! What an agent remembers.

use crate::protocol::bearer::{Bearer, Secret};
use domain::{
    device::{EnrollmentStep, Ownership, Platform, capabilities::Capabilities, lost::LostText},
    protocol::{CommandOffer, CommandResult, EnrollReply, PollSettings},
    types::ids::{CommandId, DeviceId},
};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

/// How many commands are remembered, so that none is carried out twice. The server offers a command for a week at most.
const COMMANDS_KEPT: usize = 200;

/// Everything that is kept between two runs. Invitation tokens and PINs are not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentState {
    /// Made once; the same id enrolls the same device again. A secret.
    pub installation_id: Uuid,
    /// Number of the last heartbeat; never starts again, not even with a new enrollment.
    pub seq: u64,
    /// What the screen shows while the device is in lost mode, which survives a restart of the agent and a new enrollment.
    #[serde(default)]
    pub lost: Option<LostText>,
    /// The enrollment, while there is one.
    pub enrollment: Option<Enrollment>,
}

impl AgentState {
    /// The memory of a newly installed agent.
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
    /// How long to poll and how often to report.
    pub poll: PollSettings,
    /// The permissions that the enrollment requires.
    pub required_permissions: Vec<String>,
    /// Newest version of the inventory's schema that the server knows.
    pub inventory_schema: u32,
    /// The last step that was reported.
    pub step: Option<EnrollmentStep>,
    /// The inventory that the server has.
    pub inventory: Option<SentInventory>,
    /// The capabilities that were reported last.
    #[serde(default)]
    pub capabilities: Option<Capabilities>,
    /// Commands that have arrived and were not begun: the server may not offer them again.
    #[serde(default)]
    pub offers: Vec<CommandOffer>,
    /// Commands that were begun, the latest last.
    pub commands: Vec<CommandRecord>,
}

/// The inventory that the server has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentInventory {
    /// Hash of its content, to find out whether it changed.
    pub fingerprint: u64,
    /// Its `ETag`.
    pub etag: Option<String>,
}

/// A command that was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommandRecord {
    /// The command.
    pub id: CommandId,
    /// How it went.
    pub result: CommandResult,
    /// Whether the server has the result. (The file has called it `is_told` since the first version.)
    #[serde(rename = "is_told")]
    pub is_reported: bool,
}

impl Enrollment {
    /// A new enrollment, from the server's answer.
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
            offers: Vec::new(),
            commands: Vec::new(),
        }
    }

    /// The token that authenticates the device.
    pub fn bearer(&self) -> Bearer {
        Bearer::new(self.device_id, &self.device_secret)
    }

    /// The record of a command, if it was begun before.
    pub fn command(&self, id: CommandId) -> Option<&CommandRecord> {
        self.commands.iter().find(|record| record.id == id)
    }

    /// Remembers a command that has arrived, unless it is known. The server offers what finds no place here again.
    pub fn keep_offer(&mut self, offer: &CommandOffer) {
        let is_known = self.command(offer.uuid).is_some() || self.offers.iter().any(|kept| kept.uuid == offer.uuid);
        if !is_known && self.offers.len() < COMMANDS_KEPT {
            self.offers.push(offer.clone());
        }
    }

    /// Forgets a command that has arrived: it was begun, or the server does not know it any more.
    pub fn forget_offer(&mut self, id: CommandId) {
        self.offers.retain(|offer| offer.uuid != id);
    }

    /// Remembers the result of a command as not yet reported; forgets the oldest when there are too many.
    pub fn record_result(&mut self, id: CommandId, result: CommandResult) {
        self.forget_offer(id);
        self.commands.retain(|record| record.id != id);
        self.commands.push(CommandRecord { id, result, is_reported: false });
        let excess = self.commands.len().saturating_sub(COMMANDS_KEPT);
        self.commands.drain(..excess);
    }

    /// Notes whether the server has the result of a command.
    pub fn mark_reported(&mut self, id: CommandId, is_reported: bool) {
        for record in self.commands.iter_mut().filter(|record| record.id == id) {
            record.is_reported = is_reported;
        }
    }
}
