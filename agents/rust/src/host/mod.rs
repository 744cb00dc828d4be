//! What an agent runs on: a Linux host, an Android phone with Termux, or a simulated phone.

pub mod actions;
pub mod capabilities;
pub mod linux;
pub mod outcome;
pub mod programs;
pub mod sysfs;
pub mod termux;

use crate::{host::outcome::Outcome, protocol::VERSION};
use domain::{
    device::{AgentError, DeviceInfo, EnrollmentStep, Platform, capabilities::Capabilities, command::CommandKind},
    protocol::{INVENTORY_SCHEMA, Inventory, StateReport, Storage},
};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// Groups of facts, as the inventory carries them.
pub type Groups = BTreeMap<String, BTreeMap<String, Value>>;

/// How a host comes through a step of the enrollment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtStep {
    /// What the step needs is there.
    Ready,
    /// The step cannot be done; the server is told why.
    Failed(AgentError),
    /// The person put the device away; nobody is told.
    Abandoned,
}

/// What an agent runs on.
pub trait Host: Send {
    /// What the device runs.
    fn platform(&self) -> Platform;

    /// What the device says about itself when it enrolls.
    fn info(&self) -> DeviceInfo;

    /// The device's technical information. The same as long as nothing changed, so that an unchanged inventory can be
    /// told from a new one: nothing that moves by itself belongs here.
    fn inventory(&self) -> Inventory;

    /// Whether the agent holds a permission, in the words of the protocol.
    fn holds(&self, permission: &str) -> bool;

    /// What it can do. May change while the agent runs.
    fn capabilities(&self) -> Capabilities;

    /// A heartbeat, without its number; with the position when the device is lost, where there is one to be had.
    fn report(&mut self, is_lost: bool) -> impl Future<Output = StateReport> + Send;

    /// Does what a step of the enrollment needs, before the server is told of it.
    fn at_step(&mut self, step: EnrollmentStep) -> impl Future<Output = AtStep> + Send;

    /// Carries out a command.
    fn carry_out(&mut self, kind: &CommandKind) -> impl Future<Output = Outcome> + Send;

    /// True when the device does not answer any more, as after a wipe.
    fn is_gone(&self) -> bool {
        false
    }
}

/// The host that this program runs on.
#[derive(Debug)]
pub enum RealHost {
    /// A Linux host.
    Linux(linux::Linux),
    /// An Android phone with Termux.
    Termux(termux::Termux),
}

impl RealHost {
    /// Looks what this program runs on.
    pub async fn look() -> Self {
        if termux::is_here() {
            Self::Termux(termux::Termux::look().await)
        } else {
            Self::Linux(linux::Linux::look(Path::new("/")))
        }
    }
}

impl Host for RealHost {
    fn platform(&self) -> Platform {
        match self {
            Self::Linux(_) => Platform::Linux,
            Self::Termux(_) => Platform::Android,
        }
    }

    fn info(&self) -> DeviceInfo {
        match self {
            Self::Linux(host) => host.info.clone(),
            Self::Termux(host) => host.info.clone(),
        }
    }

    fn inventory(&self) -> Inventory {
        let mut groups = match self {
            Self::Linux(host) => host.groups.clone(),
            Self::Termux(host) => host.groups.clone(),
        };
        put(&mut groups, "agent", "version", VERSION);
        put(&mut groups, "agent", "name", "rollcall-agent");
        Inventory { schema_version: INVENTORY_SCHEMA, groups }
    }

    fn holds(&self, permission: &str) -> bool {
        match self {
            Self::Linux(_) => false,
            Self::Termux(_) => termux::holds(permission),
        }
    }

    fn capabilities(&self) -> Capabilities {
        match self {
            Self::Linux(_) => capabilities::of_linux(&capabilities::installed),
            Self::Termux(_) => capabilities::of_termux(&capabilities::installed),
        }
    }

    async fn report(&mut self, is_lost: bool) -> StateReport {
        let report = match self {
            Self::Linux(host) => host.report(),
            Self::Termux(host) => host.report().await,
        };
        let location =
            if is_lost { actions::locate(false, actions::REPORT_LOCATE_S).await.ok() } else { report.location };
        StateReport { location, ..report }
    }

    async fn at_step(&mut self, _step: EnrollmentStep) -> AtStep {
        AtStep::Ready
    }

    async fn carry_out(&mut self, kind: &CommandKind) -> Outcome {
        actions::carry_out(kind).await
    }
}

/// Adds a fact; nothing when the value is empty.
pub fn put(groups: &mut Groups, group: &str, fact: &str, value: impl Into<Value>) {
    let value = value.into();
    if value != Value::Null && value != "" {
        groups.entry(group.to_owned()).or_default().insert(fact.to_owned(), value);
    }
}

/// Size and free space of the file system that `path` is on.
pub fn storage(path: &Path) -> Option<Storage> {
    let fs = rustix::fs::statvfs(path).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(fs.f_frsize);
    Some(Storage { total_bytes: bytes(fs.f_blocks), free_bytes: bytes(fs.f_bavail) })
}

/// Version of the kernel and architecture of the processor, from `uname`.
pub fn put_kernel(groups: &mut Groups) {
    let kernel = rustix::system::uname();
    put(groups, "system", "kernel", kernel.release().to_string_lossy());
    put(groups, "system", "architecture", kernel.machine().to_string_lossy());
}
