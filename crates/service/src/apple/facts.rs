//! What a report says about a phone, in the words of Rollcall.

use crate::devices::reports::content_tag;
use apple::{
    model::sales_name,
    report::{DeviceInformation, ErrorItem, LockResult, Report, SecurityInfo, Status, Subscription},
};
use domain::{
    Timestamp,
    decide::apple::{PhoneAnswer, PhoneFacts},
    device::{AgentError, Device, DeviceInfo, command::CommandNote},
    protocol::{Battery, INVENTORY_SCHEMA, Inventory, Location, StateReport, Storage},
    types::text::{clean_device_text, clean_text},
    views::StoredInventory,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Longest text of a fact, in characters.
const FACT_MAX: usize = 500;
/// Longest reason of a failure, in characters.
const REASON_MAX: usize = 500;
/// Longest code of a failure, in characters.
const CODE_MAX: usize = 100;
/// Apple counts storage in gigabytes.
const GIGABYTE: f64 = 1e9;

type Groups = BTreeMap<String, BTreeMap<String, Value>>;

/// What is known of the phone, and the time.
pub(super) struct Facts<'a> {
    pub known: Option<&'a StoredInventory>,
    pub device: Option<&'a Device>,
    pub now: Timestamp,
}

/// What a phone says about its request.
pub(super) fn answer_of(report: &Report, facts: &Facts<'_>) -> PhoneAnswer {
    match report.status {
        Status::Idle | Status::Other => PhoneAnswer::Idle,
        Status::NotNow => PhoneAnswer::NotNow,
        Status::Acknowledged => PhoneAnswer::Done(Box::new(facts.of(report))),
        Status::Error => PhoneAnswer::Failed(failure(&report.errors, "Error", "The device gave no reason.")),
        Status::CommandFormatError => {
            let text = "The device did not understand the request.";
            PhoneAnswer::Failed(failure(&report.errors, "CommandFormatError", text))
        }
    }
}

/// What hardware is called: what it is sold as, or else what it calls itself.
pub(super) fn model_name(product: &str) -> String {
    sales_name(product).unwrap_or(product).to_owned()
}

fn failure(chain: &[ErrorItem], code: &str, text: &str) -> AgentError {
    let code_of = |item: &ErrorItem| match (&item.domain, item.code) {
        (Some(domain), Some(code)) => Some(format!("{domain} {code}")),
        (domain, code) => domain.clone().or_else(|| code.map(|code| code.to_string())),
    };
    // English, since that is what can be searched for.
    let texts = chain.iter().filter_map(|item| item.english.as_ref().or(item.localized.as_ref()));
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    let code = chain.first().and_then(code_of).unwrap_or_else(|| code.to_owned());
    let message = clean_text(&texts.join(" – "), REASON_MAX);
    AgentError {
        code: clean_text(&code, CODE_MAX),
        message: if message.is_empty() { text.to_owned() } else { message },
    }
}

impl Facts<'_> {
    fn of(&self, report: &Report) -> PhoneFacts {
        let location = report.location.as_ref().and_then(|place| location(place, self.now));
        let information = report.information.as_ref();
        PhoneFacts {
            inventory: self.inventory(report),
            state: state(information, location),
            is_supervised: information.and_then(|information| information.supervised),
            info: information.and_then(|information| self.info(information)),
            data: location.map(|place| json!(place)).or_else(|| report.lock.and_then(note)),
        }
    }

    /// The technical information as a whole. A phone gives it in two answers, each of which has groups of its own.
    fn inventory(&self, report: &Report) -> Option<(Inventory, String)> {
        let mut new = Groups::new();
        if let Some(information) = &report.information {
            put_information(&mut new, information);
        }
        if let Some(security) = &report.security {
            put_security(&mut new, security);
        }
        if new.is_empty() {
            return None;
        }
        let mut groups = self.known.map(|known| known.inventory.groups.clone()).unwrap_or_default();
        // What the phone was before, for example under another system, is no fact about it any more.
        groups.retain(|name, _| GROUPS.contains(&name.as_str()));
        groups.extend(new);
        let inventory = Inventory { schema_version: INVENTORY_SCHEMA, collected_at: None, groups };
        let tag = content_tag(&inventory).ok()?;
        Some((inventory, tag))
    }

    /// What the row shows, if the phone was updated or says more than at first.
    fn info(&self, information: &DeviceInformation) -> Option<DeviceInfo> {
        let known = self.device?.info.clone();
        let product = information.product_name.as_deref();
        let clean = |text: &Option<String>| text.as_deref().map(clean_device_text).filter(|text| !text.is_empty());
        let info = DeviceInfo {
            manufacturer: known.manufacturer.clone(),
            model: product.map_or_else(|| known.model.clone(), |product| clean_device_text(&model_name(product))),
            os_version: clean(&information.os_version).unwrap_or_else(|| known.os_version.clone()),
            serial: clean(&information.serial_number).or_else(|| known.serial.clone()),
        };
        (info != known).then_some(info)
    }
}

fn state(information: Option<&DeviceInformation>, location: Option<Location>) -> Option<StateReport> {
    if information.is_none() && location.is_none() {
        return None;
    }
    let storage = information.and_then(|information| {
        let (total, free) = information.capacity.zip(information.available_capacity)?;
        Some(Storage { total_bytes: bytes(total), free_bytes: bytes(free) })
    });
    let battery = information.and_then(|information| information.battery);
    Some(StateReport {
        // Whether it is being charged is not told.
        battery: battery.map(|level| Battery { level: percent(level), charging: false }),
        storage,
        location,
        lost_mode: information.and_then(|information| information.lost_mode),
        ..StateReport::default()
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "gigabytes are between 0 and a million")]
fn bytes(gigabytes: f64) -> u64 {
    (gigabytes * GIGABYTE).round() as u64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 1")]
fn percent(level: f64) -> u8 {
    (level * 100.0).round() as u8
}

/// A position; 0, 0 is what a receiver says that knows none.
fn location(place: &apple::report::Location, now: Timestamp) -> Option<Location> {
    if place.latitude == 0.0 && place.longitude == 0.0 {
        return None;
    }
    let at = place.at.map_or(now, timestamp).min(now);
    Some(Location { latitude: place.latitude, longitude: place.longitude, accuracy_m: place.horizontal_accuracy, at })
}

/// A time of the crate `apple`.
pub(super) fn timestamp(at: OffsetDateTime) -> Timestamp {
    Timestamp::from_millis(at.unix_timestamp() * 1000 + i64::from(at.millisecond()))
}

/// What is to be known about a lock that is done.
fn note(lock: LockResult) -> Option<Value> {
    match lock {
        LockResult::NoPasscodeSet => Some(json!({ "note": CommandNote::NoPasscode })),
        LockResult::Success | LockResult::DeviceInLostMode | LockResult::Unknown => None,
    }
}

/// The groups of a phone's technical information.
const GROUPS: [&str; 6] = ["hardware", "system", "network", "storage", "management", "security"];

fn put_information(to: &mut Groups, from: &DeviceInformation) {
    put(to, "hardware", "manufacturer", Some("Apple"));
    put(to, "hardware", "model", from.product_name.as_deref().map(model_name));
    put(to, "hardware", "product", text(from.product_name.as_ref()));
    put(to, "hardware", "model_number", text(from.model.as_ref()));
    put(to, "hardware", "serial", text(from.serial_number.as_ref()));
    put(to, "system", "name", text(from.device_name.as_ref()));
    put(to, "system", "version", text(from.os_version.as_ref()));
    put(to, "system", "build", text(from.build_version.as_ref()));
    put(to, "system", "time_zone", text(from.time_zone.as_ref()));
    put(to, "network", "wifi_mac", text(from.wifi_mac.as_ref()));
    put(to, "network", "bluetooth_mac", text(from.bluetooth_mac.as_ref()));
    put(to, "network", "modem_firmware", text(from.modem_firmware.as_ref()));
    put(to, "network", "exchange_identifier", text(from.eas_identifier.as_ref()));
    put_subscriptions(to, from);
    put(to, "storage", "total_bytes", from.capacity.map(bytes));
    put(to, "management", "supervised", from.supervised);
    put(to, "management", "find_my", from.locator);
    put(to, "management", "activation_lock", from.activation_lock);
    put(to, "management", "cloud_backup", from.cloud_backup);
    let backup = from.last_cloud_backup.map(|at| timestamp(at).to_rfc3339());
    put(to, "management", "last_cloud_backup", backup);
}

/// The SIM cards. Older systems tell of the first one alone, in other places.
fn put_subscriptions(to: &mut Groups, from: &DeviceInformation) {
    let only = Subscription {
        imei: from.imei.clone(),
        meid: from.meid.clone(),
        iccid: from.iccid.clone(),
        phone_number: from.phone_number.clone(),
        carrier: from.carrier.clone(),
        roaming: from.roaming,
        ..Subscription::default()
    };
    let all = if from.subscriptions.is_empty() { std::slice::from_ref(&only) } else { &from.subscriptions };
    for (place, subscription) in all.iter().enumerate() {
        let name = |of: &str| if place == 0 { of.to_owned() } else { format!("{of}_{}", place + 1) };
        put(to, "network", &name("imei"), text(subscription.imei.as_ref()));
        put(to, "network", &name("meid"), text(subscription.meid.as_ref()));
        put(to, "network", &name("eid"), text(subscription.eid.as_ref()));
        put(to, "network", &name("iccid"), text(subscription.iccid.as_ref()));
        put(to, "network", &name("phone_number"), text(subscription.phone_number.as_ref()));
        put(to, "network", &name("carrier"), text(subscription.carrier.as_ref()));
        put(to, "network", &name("subscription"), text(subscription.label.as_ref()));
        put(to, "network", &name("roaming"), subscription.roaming);
    }
}

fn put_security(to: &mut Groups, from: &SecurityInfo) {
    put(to, "security", "encrypted_storage", from.encryption.map(|caps| caps > 0));
    put(to, "security", "passcode", from.passcode_present);
    put(to, "security", "passcode_compliant", from.passcode_compliant);
    put(to, "security", "passcode_compliant_with_profiles", from.passcode_compliant_with_profiles);
    put(to, "security", "automated_enrollment", from.management.automated);
    put(to, "security", "approved_by_user", from.management.approved);
    put(to, "security", "activation_lock_manageable", from.management.activation_lock);
}

fn text(value: Option<&String>) -> Option<String> {
    value.map(|text| clean_text(text, FACT_MAX)).filter(|text| !text.is_empty())
}

/// Puts a fact that is known. What a phone may not tell is absent, not empty.
fn put(to: &mut Groups, group: &str, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        to.entry(group.to_owned()).or_default().insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_knows_no_place_says_that_it_is_in_the_gulf_of_guinea() {
        let at = |latitude, longitude| apple::report::Location {
            latitude,
            longitude,
            horizontal_accuracy: Some(12.0),
            vertical_accuracy: None,
            altitude: None,
            speed: None,
            course: None,
            at: None,
        };
        let now = Timestamp::from_millis(0);
        assert_eq!(location(&at(0.0, 0.0), now), None);
        assert!(location(&at(0.0, 0.1), now).is_some() && location(&at(0.1, 0.0), now).is_some());
    }
}
