//! Reading what devices say of themselves value by value: one that makes no sense counts as not said, and the others stay.
//! For `#[serde(deserialize_with = "…")]`.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeMap;

/// A text, or a number as text; anything else counts as empty.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_text(deserializer).map(Option::unwrap_or_default)
}

/// The same; anything else counts as not said.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A value; one of another form counts as not said. What is meant to be an object has to be one.
pub(crate) fn option<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        // A derived structure would take a list of its fields for an object.
        Value::Array(_) => None,
        value => serde_json::from_value(value).ok(),
    })
}

/// The elements of a list that are texts; anything but a list counts as not said.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let Value::Array(list) = Value::deserialize(deserializer)? else { return Ok(None) };
    let text = |value| if let Value::String(text) = value { Some(text) } else { None };
    Ok(Some(list.into_iter().filter_map(text).collect()))
}

/// The entries of an object that can be read; anything but an object counts as empty.
pub(crate) fn entries<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let Value::Object(entries) = Value::deserialize(deserializer)? else { return Ok(BTreeMap::new()) };
    let readable = |(name, value): (String, Value)| match value {
        Value::Array(_) => None,
        value => Some((name, serde_json::from_value(value).ok()?)),
    };
    Ok(entries.into_iter().filter_map(readable).collect())
}

#[cfg(test)]
mod tests {
    use crate::{
        device::{AgentError, DeviceInfo, capabilities::Capabilities},
        protocol::{CommandResult, EnrollRequest, ProgressReport},
    };
    use serde_json::json;

    #[test]
    fn a_value_that_makes_no_sense_does_not_drop_what_stands_beside_it() {
        let enroll: EnrollRequest = serde_json::from_value(json!({
            "method": "token", "token": "x", "platform": "android", "ownership": "company",
            "installation_id": "7f1c8a52-5f0e-4f0a-9d53-0d6c0a3f8b11", "agent_version": 3,
            "device": { "manufacturer": null, "model": ["Pixel"], "os_version": 15, "serial": {} },
            "capabilities": [], "push": "fcm",
        }))
        .unwrap();
        let info = DeviceInfo { os_version: "15".to_owned(), ..DeviceInfo::default() };
        assert_eq!((enroll.device, enroll.agent_version.as_str()), (info, "3"));
        assert_eq!((enroll.capabilities, enroll.push), (None, None));

        let capabilities: Capabilities = serde_json::from_value(json!({
            "commands": { "lock": { "supported": true, "limit": 7 }, "ring": "yes", "wipe": [true] },
            "permissions": ["location", 5, null],
        }))
        .unwrap();
        assert_eq!(capabilities.commands.into_keys().collect::<Vec<_>>(), ["lock"]);
        assert_eq!(capabilities.permissions, Some(vec!["location".to_owned()]));

        let progress: ProgressReport = serde_json::from_value(json!({
            "step": "permissions", "percent": -1, "missing_permissions": "location", "error": { "message": "No." },
        }))
        .unwrap();
        let error = AgentError { code: String::new(), message: "No.".to_owned() };
        assert_eq!((progress.percent, progress.missing_permissions, progress.error), (None, None, Some(error)));

        let result: CommandResult = serde_json::from_value(json!({ "status": "error", "error": "no" })).unwrap();
        assert_eq!(result.error, None);
    }
}
