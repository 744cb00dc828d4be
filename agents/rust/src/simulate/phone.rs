//! A simulated phone: reports what a phone of its model would report, and answers commands as it would.

use super::{
    Pace, PhoneEvent,
    plan::{Plan, Scenario},
};
use crate::{
    clock,
    host::{
        Groups, Host, StepOutcome,
        outcome::{Outcome, error, unsupported},
        put_fact,
    },
};
use domain::{
    device::{
        DeviceInfo, EnrollmentStep, Ownership, Platform,
        capabilities::{Capabilities, Support},
        command::CommandKind,
        limit::Limit,
    },
    protocol::{Battery, INVENTORY_SCHEMA, Inventory, Location, StateReport, Storage},
};
use std::{collections::BTreeMap, time::Duration};
use tokio::{sync::mpsc::UnboundedSender, time::sleep};

/// A simulated phone.
#[derive(Debug)]
pub struct Phone {
    plan: Plan,
    pace: Pace,
    /// Which permissions are granted so far.
    permissions: BTreeMap<&'static str, bool>,
    battery: Battery,
    is_gone: bool,
    events: UnboundedSender<PhoneEvent>,
}

impl Phone {
    /// A new phone.
    pub fn new(plan: Plan, pace: Pace, events: UnboundedSender<PhoneEvent>) -> Self {
        let permissions = plan.model.platform.required_permissions().iter().map(|name| (*name, false)).collect();
        let battery = Battery { level: plan.battery, charging: false };
        Self { plan, pace, permissions, battery, is_gone: false, events }
    }

    /// Waits as a person would, from `low` to `high` seconds; not at all when the pace is fast.
    pub async fn wait_like_a_person(&mut self, low: u64, high: u64) {
        let pause = self.plan.rng.between(low * 1000, high * 1000);
        if self.pace == Pace::Human {
            sleep(Duration::from_millis(pause)).await;
        }
    }

    fn grant(&mut self, names: &[&str]) {
        for (name, granted) in &mut self.permissions {
            let is_refused = self.plan.scenario == Scenario::RefusesPermission(name);
            *granted |= names.contains(name) && !is_refused;
        }
    }

    /// Drains the battery a little, or charges it: plugged in below 20 %, unplugged when full.
    fn use_battery(&mut self) {
        let change = u8::try_from(self.plan.rng.between(0, 2)).unwrap_or(0);
        let level = self.battery.level;
        self.battery.level =
            if self.battery.charging { (level + 3 * change).min(100) } else { level.saturating_sub(change).max(1) };
        match self.battery.level {
            0..20 => self.battery.charging = true,
            100 => self.battery.charging = false,
            _ => {}
        }
    }

    fn location(&mut self, high_accuracy: bool) -> Location {
        let accuracy = if high_accuracy { self.plan.rng.between(4, 15) } else { self.plan.rng.between(20, 80) };
        let step = f64::from(u32::try_from(self.plan.rng.between(0, 20)).unwrap_or(0)) / 100_000.0;
        let (latitude, longitude) = self.plan.place;
        let accuracy_m = Some(f64::from(u32::try_from(accuracy).unwrap_or(0)));
        Location { latitude: latitude + step, longitude: longitude - step, accuracy_m, at: clock::now() }
    }

    fn holds_location(&self) -> bool {
        self.permissions.get("location").copied().unwrap_or(false)
    }

    fn locate(&mut self, high_accuracy: bool) -> Outcome {
        if !self.holds_location() {
            return Err(error("permission_missing", "The person has not allowed the agent to use the location."));
        }
        Ok(serde_json::to_value(self.location(high_accuracy)).ok())
    }
}

/// What a phone can do. Company phones are fully managed, others are not.
fn abilities(platform: Platform, ownership: Ownership) -> Capabilities {
    let can_wipe = if ownership == Ownership::Company { Support::yes() } else { Support::no(Limit::NotOwner) };
    let others = ["lock", "locate", "ring", "message", "lost_mode", "end_lost_mode", "inventory", "renew"];
    let commands = others.map(|name| (name, Support::yes())).into_iter().chain([("wipe", can_wipe)]);
    let commands = commands.map(|(name, support)| (name.to_owned(), support));
    let permissions = platform.required_permissions().iter().map(|&name| name.to_owned());
    Capabilities { commands: commands.collect(), permissions: Some(permissions.collect()) }
}

impl Host for Phone {
    fn platform(&self) -> Platform {
        self.plan.model.platform
    }

    fn info(&self) -> DeviceInfo {
        self.plan.info()
    }

    fn inventory(&self) -> Inventory {
        let (plan, model) = (&self.plan, self.plan.model);
        let mut groups = Groups::new();
        put_fact(&mut groups, "hardware", "manufacturer", model.manufacturer);
        put_fact(&mut groups, "hardware", "model", model.name);
        put_fact(&mut groups, "hardware", "identifier", model.identifier);
        put_fact(&mut groups, "hardware", "serial", plan.serial.as_str());
        put_fact(&mut groups, "system", "name", "Android");
        put_fact(&mut groups, "system", "version", plan.os_version);
        put_fact(&mut groups, "storage", "total_bytes", plan.storage_bytes);
        put_fact(&mut groups, "security", "passcode_set", true);
        put_fact(&mut groups, "security", "encrypted_storage", true);
        put_fact(&mut groups, "agent", "name", "rollcall-agent simulate");
        put_fact(&mut groups, "agent", "version", crate::protocol::VERSION);
        Inventory { schema_version: INVENTORY_SCHEMA, collected_at: None, groups }
    }

    fn has_permission(&self, permission: &str) -> bool {
        self.permissions.get(permission).copied().unwrap_or(false)
    }

    fn capabilities(&self) -> Capabilities {
        abilities(self.plan.model.platform, self.plan.ownership)
    }

    async fn report(&mut self, is_lost: bool) -> StateReport {
        self.use_battery();
        let network = if self.plan.rng.one_in(3) { "cellular" } else { "wifi" };
        let free_bytes = self.plan.storage_bytes / 100 * self.plan.rng.between(30, 34);
        let granted = self.permissions.iter().filter(|(name, _)| **name != "device_admin");
        let permissions = granted.map(|(name, granted)| ((*name).to_owned(), *granted)).collect();
        let location = (self.holds_location() || is_lost).then(|| self.location(is_lost));
        StateReport {
            seq: 0,
            battery: Some(self.battery),
            network: Some(network.to_owned()),
            storage: Some(Storage { total_bytes: self.plan.storage_bytes, free_bytes }),
            permissions: Some(permissions),
            admin_active: self.permissions.get("device_admin").copied(),
            location,
            ..StateReport::default()
        }
    }

    async fn prepare_step(&mut self, step: EnrollmentStep) -> StepOutcome {
        self.wait_like_a_person(2, 20).await;
        match &self.plan.scenario {
            Scenario::AbandonsAt(at) if *at == step => return StepOutcome::Abandoned,
            Scenario::FailsAt(at, error) if *at == step => return StepOutcome::Failed(error.clone()),
            _ => {}
        }
        match step {
            EnrollmentStep::Permissions => self.grant(&["location", "notifications"]),
            EnrollmentStep::Admin => self.grant(&["device_admin"]),
            _ => {}
        }
        StepOutcome::Ready
    }

    async fn carry_out(&mut self, kind: &CommandKind) -> Outcome {
        let _ = self.events.send(PhoneEvent::Command);
        self.wait_like_a_person(1, 4).await;
        if let Some(limitation) = self.capabilities().limitation(kind.name()) {
            return unsupported(&limitation.to_string());
        }
        match kind {
            CommandKind::Locate { high_accuracy, .. } => return self.locate(*high_accuracy),
            CommandKind::Ring { seconds } => self.wait_like_a_person(0, u64::from(*seconds).min(30)).await,
            CommandKind::Wipe { .. } => self.is_gone = true,
            CommandKind::LostMode(_)
            | CommandKind::EndLostMode {}
            | CommandKind::Lock {}
            | CommandKind::Message { .. }
            | CommandKind::Inventory {}
            | CommandKind::Renew {}
            | CommandKind::Unenroll {} => {}
        }
        Ok(None)
    }

    fn is_gone(&self) -> bool {
        self.is_gone
    }
}
