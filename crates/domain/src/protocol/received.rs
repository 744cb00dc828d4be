//! Reads heartbeats and inventories value by value. One that makes no sense is not taken and is named in the answer; the
//! others are. Texts and numbers of entries are bounded.

use super::{Battery, IgnoredValue, Inventory, Location, StateReport, Storage};
use crate::{
    Timestamp,
    device::capabilities::Capabilities,
    types::text::{clean_text, visible},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longest name of a kind of network, a permission, a group or a fact, in characters.
const NAME_MAX: usize = 60;
/// Longest text of a fact, in characters.
const FACT_TEXT_MAX: usize = 500;
/// Longest list or object that a fact may be, in bytes of JSON.
const FACT_JSON_MAX: usize = 2000;
/// Most permissions of a heartbeat.
const PERMISSIONS_MAX: usize = 50;
/// Most facts of an inventory, in all groups together: a page shows them all.
const FACTS_MAX: usize = 500;
/// Most values that the answer names.
const IGNORED_MAX: usize = 20;
/// Half the circumference of the earth, in metres: nobody is further away from anywhere.
const ACCURACY_MAX_M: f64 = 20_037_508.0;

/// A report, as far as it can be read, and what was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Received<T> {
    /// What was taken.
    pub report: T,
    /// What was not; at most the first twenty.
    pub ignored: Vec<IgnoredValue>,
}

impl<'de> Deserialize<'de> for Received<StateReport> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Fields::of(Map::deserialize(deserializer)?);
        // Without its place among the others, a report cannot be used at all.
        let seq = fields.required("seq")?;
        let report = StateReport {
            seq,
            battery: fields.nested("battery", battery),
            network: fields.read("network", name),
            storage: fields.nested("storage", storage),
            permissions: fields.nested("permissions", |fields| Some(permissions(fields))),
            admin_active: fields.read("admin_active", truth),
            location: fields.nested("location", location),
            lost_mode: fields.read("lost_mode", truth),
            capabilities: fields.read("capabilities", |value| match value {
                Value::Object(_) => Capabilities::deserialize(value).map_err(|_| "not the form of capabilities"),
                _ => Err("not an object"),
            }),
        };
        Ok(Self { report, ignored: fields.ignored })
    }
}

impl<'de> Deserialize<'de> for Received<Inventory> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Fields::of(Map::deserialize(deserializer)?);
        let schema_version = fields.required("schema_version")?;
        let groups: Map<String, Value> = fields.required("groups")?;
        let collected_at = fields.read("collected_at", time);
        let mut facts = Facts { ignored: fields.ignored, ..Facts::default() };
        for (group, value) in groups {
            facts.take_group(&group, value);
        }
        let report = Inventory { schema_version, collected_at, groups: facts.groups };
        Ok(Self { report, ignored: facts.ignored })
    }
}

impl Location {
    /// The position in the answer to a command; `None` when it has none that makes sense.
    pub fn of_answer(data: &Value) -> Option<Self> {
        location(&mut Fields::of(data.as_object()?.clone()))
    }
}

/// A value stands there and was not taken.
struct Ignored;

/// The fields of a report that are not read yet.
struct Fields {
    path: String,
    left: Map<String, Value>,
    ignored: Vec<IgnoredValue>,
}

impl Fields {
    fn of(left: Map<String, Value>) -> Self {
        Self { path: String::new(), left, ignored: Vec::new() }
    }

    /// A field without which the report is refused.
    fn required<T: DeserializeOwned, E: serde::de::Error>(&mut self, name: &'static str) -> Result<T, E> {
        let value = self.left.remove(name).ok_or_else(|| E::missing_field(name))?;
        serde_json::from_value(value).map_err(|error| E::custom(format!("{name}: {error}")))
    }

    /// A field that may be missing. `null` is the same as missing.
    fn read<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Result<T, &'static str>) -> Option<T> {
        self.checked(name, read).ok().flatten()
    }

    /// The same, and whether it stands there and makes no sense.
    fn checked<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Value) -> Result<T, &'static str>,
    ) -> Result<Option<T>, Ignored> {
        let Some(value) = self.left.remove(name).filter(|value| !value.is_null()) else { return Ok(None) };
        match read(&value) {
            Ok(value) => Ok(Some(value)),
            Err(reason) => {
                self.ignore(name, reason);
                Err(Ignored)
            }
        }
    }

    /// A field with fields of its own.
    fn nested<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let value = self.left.remove(name).filter(|value| !value.is_null())?;
        let Value::Object(left) = value else {
            self.ignore(name, "not an object");
            return None;
        };
        let ignored = std::mem::take(&mut self.ignored);
        let mut inner = Self { path: format!("{}{name}.", self.path), left, ignored };
        let result = read(&mut inner);
        self.ignored = inner.ignored;
        result
    }

    fn ignore(&mut self, name: &str, reason: &'static str) {
        ignore(&mut self.ignored, &format!("{}{name}", self.path), reason);
    }
}

fn ignore(ignored: &mut Vec<IgnoredValue>, field: &str, reason: &'static str) {
    if ignored.len() < IGNORED_MAX {
        ignored.push(IgnoredValue { field: clean_text(field, 3 * NAME_MAX), reason: reason.to_owned() });
    }
}

fn battery(fields: &mut Fields) -> Option<Battery> {
    let level = fields.read("level", |value| {
        let percent = value.as_f64().filter(|level| (0.0..=100.0).contains(level)).ok_or("not between 0 and 100")?;
        // Some systems know it to a tenth.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 100")]
        Ok(percent.round() as u8)
    });
    let charging = fields.read("charging", truth).unwrap_or(false);
    Some(Battery { level: level?, charging })
}

fn storage(fields: &mut Fields) -> Option<Storage> {
    let (total_bytes, free_bytes) = (fields.read("total_bytes", bytes), fields.read("free_bytes", bytes));
    let storage = Storage { total_bytes: total_bytes?, free_bytes: free_bytes? };
    if storage.total_bytes == 0 || storage.free_bytes > storage.total_bytes {
        fields.ignore("free_bytes", "more is free than there is");
        return None;
    }
    Some(storage)
}

fn permissions(fields: &mut Fields) -> BTreeMap<String, bool> {
    let mut permissions = BTreeMap::new();
    for (permission, value) in std::mem::take(&mut fields.left) {
        match (name(&Value::String(permission.clone())), truth(&value)) {
            (Ok(name), Ok(granted)) if permissions.len() < PERMISSIONS_MAX => {
                permissions.insert(name, granted);
            }
            (Ok(_), Ok(_)) => fields.ignore(&permission, "too many permissions: at most 50"),
            (Err(reason), _) | (_, Err(reason)) => fields.ignore(&permission, reason),
        }
    }
    permissions
}

fn location(fields: &mut Fields) -> Option<Location> {
    let degrees = |limit: f64| move |value: &Value| within(value, -limit..=limit).ok_or("not in the range of degrees");
    let (latitude, longitude) = (fields.read("latitude", degrees(90.0)), fields.read("longitude", degrees(180.0)));
    // Below zero says that the position itself is not valid, on iOS.
    let accuracy = fields.checked("accuracy_m", |value| {
        within(value, 0.0..=ACCURACY_MAX_M).ok_or("not a radius: the position does not count")
    });
    let at = fields.checked("at", time);
    if matches!(at, Ok(None)) {
        fields.ignore("at", "missing: the position does not count without its time");
    }
    let (accuracy_m, at) = (accuracy.ok()?, at.ok()??);
    let location = Location { latitude: latitude?, longitude: longitude?, accuracy_m, at };
    // What receivers say that have not found anything yet: a place in the Atlantic Ocean, to the last digit.
    if location.latitude == 0.0 && location.longitude == 0.0 {
        fields.ignore("latitude", "0, 0 is what a receiver says that knows no position");
        return None;
    }
    Some(location)
}

/// The facts of an inventory so far.
#[derive(Default)]
struct Facts {
    groups: BTreeMap<String, BTreeMap<String, Value>>,
    count: usize,
    ignored: Vec<IgnoredValue>,
}

impl Facts {
    fn take_group(&mut self, group: &str, value: Value) {
        let Value::Object(facts) = value else { return self.ignore(group, "", "not an object") };
        let Ok(group_name) = name(&Value::String(group.to_owned())) else {
            return self.ignore(group, "", "not a name");
        };
        // A group counts as a fact, so that their number is bounded as well.
        self.count += 1;
        if self.count > FACTS_MAX {
            return self.ignore(group, "", "too many facts: at most 500");
        }
        self.groups.entry(group_name.clone()).or_default();
        for (fact, value) in facts {
            match (name(&Value::String(fact.clone())), fact_value(value)) {
                (Ok(fact), Ok(value)) if self.count < FACTS_MAX => {
                    self.count += 1;
                    self.groups.entry(group_name.clone()).or_default().insert(fact, value);
                }
                (Ok(_), Ok(_)) => self.ignore(group, &fact, "too many facts: at most 500"),
                (Err(reason), _) | (_, Err(reason)) => self.ignore(group, &fact, reason),
            }
        }
    }

    fn ignore(&mut self, group: &str, fact: &str, reason: &'static str) {
        let dot = if fact.is_empty() { "" } else { "." };
        ignore(&mut self.ignored, &format!("groups.{group}{dot}{fact}"), reason);
    }
}

/// A fact as it is stored: texts are cut, lists and objects are taken if they are small.
fn fact_value(value: Value) -> Result<Value, &'static str> {
    match value {
        Value::String(text) => Ok(Value::String(clean_text(&text, FACT_TEXT_MAX))),
        Value::Array(_) | Value::Object(_) if value.to_string().len() > FACT_JSON_MAX => {
            Err("a list or object that is too large: at most 2000 bytes")
        }
        value => Ok(value),
    }
}

/// A short text that shows something.
fn name(value: &Value) -> Result<String, &'static str> {
    let Value::String(text) = value else { return Err("not a text") };
    let text = clean_text(text, NAME_MAX);
    if visible(&text).is_empty() { Err("nothing visible") } else { Ok(text) }
}

fn truth(value: &Value) -> Result<bool, &'static str> {
    value.as_bool().ok_or("neither true nor false")
}

fn time(value: &Value) -> Result<Timestamp, &'static str> {
    Timestamp::deserialize(value).map_err(|_| "not an RFC 3339 time")
}

/// A whole number of bytes; some languages write large ones as `1.28e11`.
fn bytes(value: &Value) -> Result<u64, &'static str> {
    /// The largest whole number that such a notation gives exactly.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 2^53")]
    let rounded = |number: f64| (0.0..=EXACT_MAX).contains(&number).then_some(number.round() as u64);
    value.as_u64().or_else(|| rounded(value.as_f64()?)).ok_or("not a number of bytes")
}

fn within(value: &Value, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
    value.as_f64().filter(|number| range.contains(number))
}

#[cfg(test)]
mod tests;
