//! What a simulated phone is and how its enrollment will go, both decided by the seed and the phone's number.

use super::models::{ANDROID, CITIES, Model};
use crate::rng::Rng;
use domain::device::{AgentError, DeviceInfo, EnrollmentStep, Ownership};
use uuid::Uuid;

/// One phone in this many gets stuck.
const STUCK_ONE_IN: u64 = 8;

/// How the enrollment of a phone goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// It is completed.
    Finishes,
    /// The person refuses a permission and goes on.
    RefusesPermission(&'static str),
    /// A step fails.
    FailsAt(EnrollmentStep, AgentError),
    /// The person puts the phone away at a step.
    AbandonsAt(EnrollmentStep),
}

/// Everything about a simulated phone that is decided before it starts.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its model.
    pub model: &'static Model,
    /// Version of its system.
    pub os_version: &'static str,
    /// Size of its storage in bytes.
    pub storage_bytes: u64,
    /// Serial number.
    pub serial: String,
    /// Installation id.
    pub installation_id: Uuid,
    /// Whose it is.
    pub ownership: Ownership,
    /// Degrees north and east.
    pub place: (f64, f64),
    /// Charge of its battery at the start, in percent.
    pub battery: u8,
    /// How its enrollment will go.
    pub scenario: Scenario,
    /// The generator for everything later: pauses, the battery.
    pub rng: Rng,
}

impl Plan {
    /// The phone with this number (counted from 1) in the fleet of `seed`.
    pub fn new(seed: u64, number: u64) -> Self {
        // The order of the draws is part of the seed's meaning: another order would give another fleet, and the server
        // would not recognise its phones.
        let mut rng = Rng::substream(seed, number);
        let model = rng.pick(ANDROID).unwrap_or(&ANDROID[0]);
        let installation_id = rng.uuid();
        Self {
            number,
            model,
            os_version: rng.pick(model.os_versions).copied().unwrap_or_default(),
            storage_bytes: rng.pick(model.storage_gb).copied().unwrap_or(128) * 1_000_000_000,
            serial: serial(&mut rng),
            installation_id,
            ownership: if rng.one_in(4) { Ownership::Personal } else { Ownership::Company },
            place: place(&mut rng),
            battery: u8::try_from(rng.between(15, 98)).unwrap_or(50),
            scenario: scenario(seed, number),
            rng,
        }
    }

    /// What the phone sends when it enrolls.
    pub fn info(&self) -> DeviceInfo {
        DeviceInfo {
            manufacturer: self.model.manufacturer.to_owned(),
            model: self.model.name.to_owned(),
            os_version: self.os_version.to_owned(),
            serial: Some(self.serial.clone()),
        }
    }
}

fn serial(rng: &mut Rng) -> String {
    const LETTERS: &[char] =
        &['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'T', 'V', 'X', '2', '4', '5', '7', '8', '9'];
    (0..11).filter_map(|_| rng.pick(LETTERS)).collect()
}

/// Within a few kilometres of a city.
fn place(rng: &mut Rng) -> (f64, f64) {
    let mut offset = || (f64::from(u32::try_from(rng.between(0, 6000)).unwrap_or(0)) - 3000.0) / 100_000.0;
    let (north, east) = (offset(), offset());
    let city = rng.pick(CITIES).unwrap_or(&CITIES[0]);
    (city.latitude + north, city.longitude + east)
}

/// Every eighth phone gets stuck, each in another way than the one before; the seed chooses the first.
fn scenario(seed: u64, number: u64) -> Scenario {
    // 1. Does this phone get stuck at all?
    let first = Rng::substream(seed, 0).between(0, STUCK_ONE_IN - 1);
    if number % STUCK_ONE_IN != first {
        return Scenario::Finishes;
    }
    let fails = |step, code: &str, message: &str| {
        Scenario::FailsAt(step, AgentError { code: code.to_owned(), message: message.to_owned() })
    };
    // 2. In which of four ways? They take turns.
    match (number / STUCK_ONE_IN).wrapping_add(seed) % 4 {
        0 => Scenario::RefusesPermission("location"),
        1 => Scenario::AbandonsAt(EnrollmentStep::Permissions),
        2 => fails(EnrollmentStep::Inventory, "storage_full", "There is no free storage left on the phone."),
        _ => fails(
            EnrollmentStep::Admin,
            "admin_declined",
            "The person declined to make the agent a device administrator.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_seed_always_gives_the_same_fleet() {
        let fleet = |seed| (1..50).map(|n| format!("{:?}", Plan::new(seed, n))).collect::<Vec<_>>();
        assert_eq!(fleet(7), fleet(7));
        assert_ne!(fleet(7), fleet(8));
    }

    #[test]
    fn no_two_phones_share_an_installation_id() {
        let ids: BTreeSet<Uuid> = (1..=1000).map(|n| Plan::new(7, n).installation_id).collect();
        assert_eq!(ids.len(), 1000);
    }

    #[test]
    fn one_phone_in_eight_gets_stuck_in_various_ways() {
        for seed in 0..20 {
            let scenarios: Vec<Scenario> = (1..=80).map(|n| Plan::new(seed, n).scenario).collect();
            let stuck: Vec<&Scenario> = scenarios.iter().filter(|c| **c != Scenario::Finishes).collect();
            assert_eq!(stuck.len(), 10);
            assert!(stuck.iter().any(|c| matches!(c, Scenario::AbandonsAt(_))));
            assert!(stuck.iter().any(|c| matches!(c, Scenario::FailsAt(..))));
        }
    }

    #[test]
    fn every_place_is_on_earth_and_every_battery_has_a_charge() {
        for number in 1..200 {
            let plan = Plan::new(3, number);
            assert!(plan.place.0.abs() <= 90.0 && plan.place.1.abs() <= 180.0);
            assert!((15..=98).contains(&plan.battery));
        }
    }
}
