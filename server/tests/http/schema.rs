//! Checks values against the published description: as much of JSON Schema as it uses.

use serde_json::Value;

/// Why `value` is not what `schema` of `document` describes; `None` when it is.
pub fn mismatch(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return mismatch(document, target.unwrap_or_else(|| panic!("{reference} leads nowhere")), value);
    }
    all_of(document, schema, value)
        .or_else(|| one_of(document, schema, value))
        .or_else(|| kind(schema, value))
        .or_else(|| word(schema, value))
        .or_else(|| object(document, schema, value))
        .or_else(|| array(document, schema, value))
}

fn list<'a>(schema: &'a Value, key: &str) -> &'a [Value] {
    schema[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn all_of(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    list(schema, "allOf").iter().find_map(|part| mismatch(document, part, value))
}

fn one_of(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let choices = list(schema, "oneOf");
    let fitting = choices.iter().filter(|choice| mismatch(document, choice, value).is_none()).count();
    (!choices.is_empty() && fitting != 1).then(|| format!("{fitting} of {} choices fit {value}", choices.len()))
}

fn kind(schema: &Value, value: &Value) -> Option<String> {
    let types = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let fits = |kind: &&str| match *kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        other => panic!("unknown type {other}"),
    };
    (!types.iter().any(fits)).then(|| format!("{value} is not {types:?}"))
}

fn word(schema: &Value, value: &Value) -> Option<String> {
    let words = list(schema, "enum");
    (!words.is_empty() && !words.contains(value)).then(|| format!("{value} is none of {words:?}"))
}

fn object(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let fields = value.as_object()?;
    let missing = list(schema, "required").iter().filter_map(Value::as_str).find(|name| !fields.contains_key(*name));
    if let Some(name) = missing {
        return Some(format!("{name} is missing in {value}"));
    }
    fields.iter().find_map(|(name, field)| {
        let known = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"))?;
        mismatch(document, known, field).map(|why| format!("{name}: {why}"))
    })
}

fn array(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let items = schema.get("items")?;
    value.as_array()?.iter().find_map(|item| mismatch(document, items, item))
}

#[test]
fn a_value_that_does_not_fit_is_found() {
    let document = serde_json::to_value(server::openapi::document()).unwrap();
    let fits = |name: &str, value: Value| {
        mismatch(&document, &serde_json::json!({"$ref": format!("#/components/schemas/{name}")}), &value).is_none()
    };
    assert!(fits("Platform", "ipados".into()));
    assert!(!fits("Platform", "Ipados".into()));
    assert!(fits("Storage", serde_json::json!({"total_bytes": 1, "free_bytes": 0})));
    assert!(!fits("Storage", serde_json::json!({"total_bytes": 1})));
    assert!(!fits("Storage", serde_json::json!({"total_bytes": "1", "free_bytes": 0})));
    assert!(fits("EnrollCredential", serde_json::json!({"method": "token", "token": "a"})));
    assert!(!fits("EnrollCredential", serde_json::json!({"method": "telepathy"})));
}
