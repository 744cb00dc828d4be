//! A host for tests: says what it is told to say and remembers what it was asked to do.

use crate::host::{
    AtStep, Host,
    outcome::{Outcome, error},
};
use domain::{
    device::{
        DeviceInfo, EnrollmentStep, Platform,
        capabilities::{Capabilities, Support},
        command::CommandKind,
    },
    protocol::{Inventory, StateReport},
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::Notify;

/// A host without a machine.
#[derive(Debug, Default)]
pub struct TestHost {
    /// The model it says it is.
    pub model: String,
    /// Whether it says that it cannot ring.
    pub is_mute: bool,
    /// The step at which it cannot go on.
    pub fails_at: Option<EnrollmentStep>,
    /// Whether it begins commands and never ends them.
    pub hangs: bool,
    /// Told when it begins a command.
    pub begun: Arc<Notify>,
    /// The commands it carried out.
    pub done: Vec<String>,
}

impl Host for TestHost {
    fn platform(&self) -> Platform {
        Platform::Linux
    }

    fn info(&self) -> DeviceInfo {
        DeviceInfo { model: self.model.clone(), ..DeviceInfo::default() }
    }

    fn inventory(&self) -> Inventory {
        let facts = BTreeMap::from([("model".to_owned(), self.model.clone().into())]);
        Inventory { schema_version: 1, groups: BTreeMap::from([("hardware".to_owned(), facts)]) }
    }

    fn holds(&self, _permission: &str) -> bool {
        true
    }

    fn capabilities(&self) -> Capabilities {
        let ring = ("ring".to_owned(), Support { supported: !self.is_mute, ..Support::yes() });
        Capabilities { commands: BTreeMap::from([ring]), permissions: None }
    }

    async fn report(&mut self, _is_lost: bool) -> StateReport {
        StateReport::default()
    }

    async fn at_step(&mut self, step: EnrollmentStep) -> AtStep {
        if self.fails_at == Some(step) { AtStep::Failed(error("test", "As the test wants.")) } else { AtStep::Ready }
    }

    async fn carry_out(&mut self, kind: &CommandKind) -> Outcome {
        self.begun.notify_one();
        if self.hangs {
            std::future::pending::<()>().await;
        }
        self.done.push(kind.name().to_owned());
        Ok(None)
    }
}
