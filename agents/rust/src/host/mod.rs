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

/// Groups of facts, as in the inventory.
pub type Groups = BTreeMap<String, BTreeMap<String, Value>>;

/// Whether a host can take a step of the enrollment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// The step can be reported as done.
    Ready,
    /// The step failed; the reason is reported.
    Failed(AgentError),
    /// The person put the device away; nothing is reported.
    Abandoned,
}

/// What an agent runs on.
pub trait Host: Send {
    /// What the device runs.
    fn platform(&self) -> Platform;

    /// Maker, model and so on, sent when the device enrolls.
    fn info(&self) -> DeviceInfo;

    /// The device's technical information. Nothing that changes by itself belongs here: an unchanged inventory has to be
    /// recognised.
    fn inventory(&self) -> Inventory;

    /// Whether the agent has a permission, by its name in the protocol.
    fn has_permission(&self, permission: &str) -> bool;

    /// What it can do. May change while the agent runs.
    fn capabilities(&self) -> Capabilities;

    /// A heartbeat, without its number; with the position when the device is lost, if it can be located.
    fn report(&mut self, is_lost: bool) -> impl Future<Output = StateReport> + Send;

    /// Does what a step of the enrollment requires, before the step is reported.
    fn prepare_step(&mut self, step: EnrollmentStep) -> impl Future<Output = StepOutcome> + Send;

    /// Carries out a command.
    fn carry_out(&mut self, kind: &CommandKind) -> impl Future<Output = Outcome> + Send;

    /// True when the device has stopped answering, as after a wipe.
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
    /// Finds out what this program runs on.
    pub async fn detect() -> Self {
        if termux::is_here() {
            Self::Termux(termux::Termux::detect().await)
        } else {
            Self::Linux(linux::Linux::detect(Path::new("/")))
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
        put_fact(&mut groups, "agent", "version", VERSION);
        put_fact(&mut groups, "agent", "name", "rollcall-agent");
        Inventory { schema_version: INVENTORY_SCHEMA, collected_at: None, groups }
    }

    fn has_permission(&self, permission: &str) -> bool {
        match self {
            Self::Linux(_) => false,
            Self::Termux(_) => termux::has_permission(permission),
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

    async fn prepare_step(&mut self, _step: EnrollmentStep) -> StepOutcome {
        StepOutcome::Ready
    }

    async fn carry_out(&mut self, kind: &CommandKind) -> Outcome {
        actions::carry_out(kind).await
    }
}

/// Adds a fact, unless the value is empty.
pub fn put_fact(groups: &mut Groups, group: &str, fact: &str, value: impl Into<Value>) {
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
    put_fact(groups, "system", "kernel", kernel.release().to_string_lossy());
    put_fact(groups, "system", "architecture", kernel.machine().to_string_lossy());
}
