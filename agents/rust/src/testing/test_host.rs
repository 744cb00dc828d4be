//! A host for tests: reports what the test sets and remembers the commands it carried out.

use crate::host::{
    Host, StepOutcome,
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
    /// The model it reports.
    pub model: String,
    /// Whether it reports that it cannot ring.
    pub is_mute: bool,
    /// The step that fails.
    pub fails_at: Option<EnrollmentStep>,
    /// Whether commands never end.
    pub hangs: bool,
    /// Notified when a command begins.
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
        Inventory { schema_version: 1, collected_at: None, groups: BTreeMap::from([("hardware".to_owned(), facts)]) }
    }

    fn has_permission(&self, _permission: &str) -> bool {
        true
    }

    fn capabilities(&self) -> Capabilities {
        let ring = ("ring".to_owned(), Support { supported: !self.is_mute, ..Support::yes() });
        Capabilities { commands: BTreeMap::from([ring]), permissions: None }
    }

    async fn report(&mut self, _is_lost: bool) -> StateReport {
        StateReport::default()
    }

    async fn prepare_step(&mut self, step: EnrollmentStep) -> StepOutcome {
        if self.fails_at == Some(step) {
            StepOutcome::Failed(error("test", "As the test wants."))
        } else {
            StepOutcome::Ready
        }
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
