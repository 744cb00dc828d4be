//! Who a simulated phone is and how its enrollment will go: all of it follows from the seed and the phone's number.

use super::models::{CITIES, MODELS, Model};
use crate::rng::Rng;
use domain::device::{AgentError, DeviceInfo, EnrollmentStep, Ownership, Platform};
use uuid::Uuid;

/// One of how many phones gets stuck.
const STUCK_ONE_IN: u64 = 8;

/// How the person behind a phone gets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// To the end.
    Finishes,
    /// Refuses a permission and goes on.
    Refuses(&'static str),
    /// Meets an error at a step.
    FailsAt(EnrollmentStep, AgentError),
    /// Puts the phone away at a step.
    LeavesAt(EnrollmentStep),
}

/// A simulated phone, before it does anything.
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
    pub course: Course,
    /// What it draws from later: pauses, its battery.
    pub rng: Rng,
}

impl Plan {
    /// The phone with number `number` (counted from 1) of the fleet that `seed` gives.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut rng = Rng::part(seed, number);
        let model = rng.pick(MODELS).unwrap_or(&MODELS[0]);
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
            course: course(seed, number, model.platform),
            rng,
        }
    }

    /// What the phone says about itself.
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

/// Every eighth phone gets stuck, beginning at one that the seed chooses, each in another way than the one before.
fn course(seed: u64, number: u64, platform: Platform) -> Course {
    let first = Rng::part(seed, 0).between(0, STUCK_ONE_IN - 1);
    if number % STUCK_ONE_IN != first {
        return Course::Finishes;
    }
    let fails = |step, code: &str, message: &str| {
        Course::FailsAt(step, AgentError { code: code.to_owned(), message: message.to_owned() })
    };
    match (number / STUCK_ONE_IN).wrapping_add(seed) % 4 {
        0 if platform == Platform::Android => Course::Refuses("location"),
        1 => Course::LeavesAt(EnrollmentStep::Permissions),
        2 => fails(EnrollmentStep::Inventory, "storage_full", "There is no free storage left on the phone."),
        _ if platform == Platform::Android => fails(
            EnrollmentStep::Admin,
            "admin_declined",
            "The person declined to make the agent a device administrator.",
        ),
        _ => fails(EnrollmentStep::Admin, "profile_declined", "The person did not install the profile."),
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
            let courses: Vec<Course> = (1..=80).map(|n| Plan::new(seed, n).course).collect();
            let stuck: Vec<&Course> = courses.iter().filter(|c| **c != Course::Finishes).collect();
            assert_eq!(stuck.len(), 10);
            assert!(stuck.iter().any(|c| matches!(c, Course::LeavesAt(_))));
            assert!(stuck.iter().any(|c| matches!(c, Course::FailsAt(..))));
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
