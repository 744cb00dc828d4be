//! What a phone is: decided by the seed and its number.

use super::course::{Course, Supervision};
use crate::{
    rng::Rng,
    simulate::models::{APPLE, CITIES, Model},
};
use apple::{
    checkin::Authenticate,
    report::{DeviceInformation, ManagementStatus, SecurityInfo, Subscription},
    udid::Udid,
};
use domain::device::{Ownership, Platform};

/// Everything about a simulated phone that is decided before it starts.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its number, counted from 1.
    pub number: u64,
    /// Its model.
    pub model: &'static Model,
    /// Whose it is, as the person says.
    pub ownership: Ownership,
    /// Whether it is supervised.
    pub is_supervised: bool,
    /// Whether it has a passcode.
    pub has_passcode: bool,
    /// Its identifier.
    pub udid: Udid,
    /// Degrees north and east.
    pub place: (f64, f64),
    /// What happens to it.
    pub course: Course,
    /// What it knows about itself.
    pub facts: DeviceInformation,
}

impl Plan {
    /// The phone with this number (counted from 1) in the fleet of `seed`.
    pub fn new(seed: u64, number: u64, course: Option<Course>, supervision: Supervision) -> Option<Self> {
        let rng = &mut Rng::substream(seed ^ 3, number);
        let model = rng.pick(APPLE)?;
        let ownership = if rng.one_in(4) { Ownership::Personal } else { Ownership::Company };
        let every_third = rng.one_in(3) && ownership == Ownership::Company;
        let drawn = Course::draw(rng);
        Some(Self {
            number,
            model,
            ownership,
            is_supervised: match supervision {
                Supervision::Some => every_third,
                Supervision::All => true,
                Supervision::None => false,
            },
            has_passcode: !rng.one_in(20),
            udid: udid(rng)?,
            place: place(rng)?,
            course: course.unwrap_or(drawn),
            facts: facts(model, rng),
        })
    }

    /// The name for messages to the person at the terminal.
    pub fn name(&self) -> String {
        format!("#{} {}", self.number, self.model.name)
    }

    /// What it says when it wants to be managed.
    pub fn hello(&self, topic: &str) -> Authenticate {
        let facts = self.facts.clone();
        Authenticate {
            udid: self.udid.clone(),
            topic: topic.to_owned(),
            device_name: facts.device_name,
            model: facts.model,
            model_name: facts.model_name,
            product_name: facts.product_name,
            os_version: facts.os_version,
            build_version: facts.build_version,
            serial_number: facts.serial_number,
            imei: facts.imei,
            meid: None,
        }
    }

    /// How it is protected.
    pub fn security(&self) -> SecurityInfo {
        SecurityInfo {
            encryption: Some(3),
            passcode_present: Some(self.has_passcode),
            passcode_compliant: Some(true),
            passcode_compliant_with_profiles: Some(true),
            management: ManagementStatus {
                automated: Some(false),
                approved: Some(true),
                of_account: Some(false),
                activation_lock: Some(self.is_supervised),
            },
        }
    }
}

/// The identifier of another phone, to which a backup is restored.
pub fn udid(rng: &mut Rng) -> Option<Udid> {
    Udid::parse(&format!("00008120-{:016X}", rng.next_u64()))
}

fn facts(model: &Model, rng: &mut Rng) -> DeviceInformation {
    let os_version = rng.pick(model.os_versions).copied().unwrap_or("18.5");
    let capacity = real(rng.pick(model.storage_gb).copied().unwrap_or(128));
    let imei = digits(15, rng);
    let has_modem = model.platform == Platform::Ios;
    let subscription = Subscription {
        slot: Some("CTSubscriptionSlotOne".to_owned()),
        imei: Some(imei.clone()),
        iccid: Some(format!("89420{}", digits(14, rng))),
        phone_number: Some(format!("+420 6{} {} {}", digits(2, rng), digits(3, rng), digits(3, rng))),
        carrier: Some("Example Mobile".to_owned()),
        roaming: Some(false),
        ..Subscription::default()
    };
    DeviceInformation {
        serial_number: Some(letters(10, rng)),
        device_name: Some(if has_modem { "iPhone" } else { "iPad" }.to_owned()),
        os_version: Some(os_version.to_owned()),
        build_version: Some(build(os_version).to_owned()),
        model_name: Some(model.name.to_owned()),
        model: Some(format!("M{}{}", letters(2, rng), digits(2, rng))),
        product_name: Some(model.identifier.to_owned()),
        capacity: Some(capacity),
        available_capacity: Some(capacity * real(rng.between(20, 70)) / 100.0),
        battery: Some(real(rng.between(15, 98)) / 100.0),
        cellular_technology: Some(if has_modem { 3 } else { 0 }),
        imei: has_modem.then_some(imei),
        modem_firmware: has_modem.then(|| "3.50.04".to_owned()),
        locator: Some(!rng.one_in(5)),
        activation_lock: Some(!rng.one_in(5)),
        cloud_backup: Some(rng.one_in(2)),
        wifi_mac: Some(mac(rng)),
        bluetooth_mac: Some(mac(rng)),
        subscriptions: if has_modem { vec![subscription] } else { Vec::new() },
        eas_identifier: Some(letters(26, rng)),
        time_zone: Some("Europe/Prague".to_owned()),
        ..DeviceInformation::default()
    }
}

/// The build of a version of the system.
fn build(os_version: &str) -> &'static str {
    match os_version {
        "17.6.1" => "21G93",
        _ => "22F76",
    }
}

/// Within a few kilometres of a city.
fn place(rng: &mut Rng) -> Option<(f64, f64)> {
    let mut offset = || (real(rng.between(0, 6000)) - 3000.0) / 100_000.0;
    let (north, east) = (offset(), offset());
    let city = rng.pick(CITIES)?;
    Some((city.latitude + north, city.longitude + east))
}

fn real(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn digits(count: usize, rng: &mut Rng) -> String {
    (0..count).map(|_| char::from(b'0' + u8::try_from(rng.between(0, 9)).unwrap_or_default())).collect()
}

fn letters(count: usize, rng: &mut Rng) -> String {
    const LETTERS: &[u8] = b"BCDFGHJKLMNPRTVX2456789";
    (0..count).filter_map(|_| rng.pick(LETTERS).copied().map(char::from)).collect()
}

fn mac(rng: &mut Rng) -> String {
    let byte = |_| format!("{:02x}", rng.between(0, 255));
    ["a4".to_owned()].into_iter().chain((0..5).map(byte)).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_seed_always_gives_the_same_phones_and_no_two_share_a_udid() {
        let fleet = |seed| (1..=300).map(|n| Plan::new(seed, n, None, Supervision::Some).unwrap()).collect::<Vec<_>>();
        let text = |seed| format!("{:?}", fleet(seed));
        assert_eq!(text(7), text(7));
        assert_ne!(text(7), text(8));
        let udids: BTreeSet<String> = fleet(7).iter().map(|plan| plan.udid.as_str().to_owned()).collect();
        assert_eq!(udids.len(), 300);
    }

    #[test]
    fn every_course_is_drawn_and_most_phones_are_fine() {
        let mut rng = Rng::from_seed(7);
        let drawn: Vec<Course> = (0..1000).map(|_| Course::draw(&mut rng)).collect();
        for course in <Course as clap::ValueEnum>::value_variants() {
            assert!(drawn.contains(course), "{course:?}");
        }
        assert!(drawn.iter().filter(|course| **course == Course::Fine).count() > 700);
    }

    #[test]
    fn what_was_asked_for_is_not_drawn() {
        for number in 1..50 {
            let plan = Plan::new(7, number, Some(Course::AnswersTwice), Supervision::All).unwrap();
            assert!(plan.is_supervised && plan.course == Course::AnswersTwice);
            let personal = Plan::new(7, number, None, Supervision::Some).unwrap();
            assert!(!personal.is_supervised || personal.ownership == Ownership::Company);
        }
    }
}
