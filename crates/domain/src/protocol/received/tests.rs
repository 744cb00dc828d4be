//! Heartbeats and inventories with values that make no sense.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn state(value: Value) -> Received<StateReport> {
    serde_json::from_value(value).unwrap()
}

fn fields<T>(received: &Received<T>) -> Vec<&str> {
    received.ignored.iter().map(|ignored| ignored.field.as_str()).collect()
}

#[test]
fn capabilities_are_an_object() {
    let received = state(json!({ "seq": 1, "capabilities": { "permissions": ["location"] } }));
    assert!(received.ignored.is_empty() && received.report.capabilities.is_some());
    let received = state(json!({ "seq": 1, "capabilities": ["location"] }));
    assert!(received.report.capabilities.is_none());
}

#[test]
fn a_value_that_makes_no_sense_is_named_and_the_others_are_taken() {
    let received = state(json!({
        "seq": 4, "battery": { "level": -1, "charging": false }, "network": ["wifi"],
        "storage": { "total_bytes": 10, "free_bytes": 50 },
        "permissions": { "location": true, "camera": "yes", "\u{200B}": true }, "admin_active": 1,
        "location": { "latitude": 50.08, "longitude": 14.42, "accuracy_m": 8, "at": "2026-11-25T19:55:00Z" },
        "lost_mode": null, "capabilities": [],
    }));
    let ignored = [
        "battery.level",
        "network",
        "storage.free_bytes",
        "permissions.camera",
        "permissions.",
        "admin_active",
        "capabilities",
    ];
    let mut found = fields(&received);
    found.sort_unstable();
    let mut expected = ignored.map(|field| if field == "permissions." { "permissions.\u{200B}" } else { field });
    expected.sort_unstable();
    assert_eq!(found, expected);
    let report = received.report;
    assert_eq!(report.location.map(|place| (place.latitude, place.accuracy_m)), Some((50.08, Some(8.0))));
    assert_eq!(report.permissions, Some(BTreeMap::from([("location".to_owned(), true)])));
    assert_eq!((report.battery, report.network, report.storage, report.lost_mode), (None, None, None, None));
}

#[test]
fn only_places_that_mean_something_are_taken() {
    let at = "2026-11-25T19:00:00Z";
    for (place, is_taken) in [
        (json!({ "latitude": 50.1, "longitude": -14.4, "accuracy_m": 0, "at": at }), true),
        (json!({ "latitude": -90, "longitude": 180, "accuracy_m": null, "at": at }), true),
        (json!({ "latitude": 50.1, "longitude": 14.4, "at": at }), true),
        (json!({ "latitude": 0, "longitude": 0, "accuracy_m": 0, "at": at }), false),
        (json!({ "latitude": 90.1, "longitude": 14.4, "accuracy_m": 5, "at": at }), false),
        (json!({ "latitude": 50.1, "longitude": -180.5, "accuracy_m": 5, "at": at }), false),
        (json!({ "latitude": 50.1, "longitude": 14.4, "accuracy_m": -1, "at": at }), false),
        (json!({ "latitude": 50.1, "longitude": 14.4, "accuracy_m": 1e300, "at": at }), false),
        (json!({ "latitude": 50.1, "longitude": 14.4, "accuracy_m": 5 }), false),
        (json!({ "latitude": 50.1, "longitude": 14.4, "accuracy_m": 5, "at": 5 }), false),
        (json!([50.1, 14.4, 5, at]), false),
    ] {
        let received = state(json!({ "seq": 1, "location": place }));
        assert_eq!(received.report.location.is_some(), is_taken, "{place}");
        assert_eq!(received.ignored.is_empty(), is_taken, "{place}: {:?}", received.ignored);
    }
}

#[test]
fn a_battery_is_between_empty_and_full() {
    let level = |level: Value| state(json!({ "seq": 1, "battery": { "level": level } })).report.battery;
    let levels = [json!(0), json!(55.5), json!(100), json!(101), json!(255), json!(-0.1), json!("80"), json!(null)];
    let found: Vec<_> = levels.into_iter().map(|value| level(value).map(|battery| battery.level)).collect();
    assert_eq!(found, [Some(0), Some(56), Some(100), None, None, None, None, None]);
}

#[test]
fn a_report_without_its_place_in_the_order_is_refused() {
    for value in [json!({}), json!({ "seq": -1 }), json!({ "seq": "1" }), json!([1]), json!(null)] {
        assert!(serde_json::from_value::<Received<StateReport>>(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn storage_is_not_empty_and_holds_what_is_free() {
    let storage = |total: Value, free: Value| {
        let received = state(json!({ "seq": 1, "storage": { "total_bytes": total, "free_bytes": free } }));
        received.report.storage.map(|storage| (storage.total_bytes, storage.free_bytes))
    };
    assert_eq!(storage(json!(10), json!(10)), Some((10, 10)));
    assert_eq!(storage(json!(10), json!(0)), Some((10, 0)));
    assert_eq!(storage(json!(1.28e11), json!(5)), Some((128_000_000_000, 5)));
    for (total, free) in [(json!(0), json!(0)), (json!(10), json!(11)), (json!(-1), json!(0)), (json!("10"), json!(1))]
    {
        assert_eq!(storage(total.clone(), free), None, "{total}");
    }
}

#[test]
fn only_the_place_where_both_coordinates_are_zero_is_none() {
    let taken = |latitude: f64, longitude: f64| {
        let place = json!({ "latitude": latitude, "longitude": longitude, "at": "2026-11-25T19:00:00Z" });
        state(json!({ "seq": 1, "location": place })).report.location.is_some()
    };
    assert!(taken(0.0, 14.4) && taken(50.1, 0.0) && !taken(0.0, 0.0));
}

#[test]
fn the_name_of_a_value_that_is_not_taken_is_told_up_to_a_length() {
    let received = state(json!({ "seq": 1, "permissions": { "x".repeat(500): "yes" } }));
    assert_eq!(fields(&received)[0].chars().count(), 3 * NAME_MAX);
}

#[test]
fn groups_without_facts_are_bounded_too() {
    let groups: Map<String, Value> = (0..FACTS_MAX + 5).map(|n| (format!("g{n:03}"), json!({}))).collect();
    let inventory = json!({ "schema_version": 1, "groups": groups });
    let inventory: Received<Inventory> = serde_json::from_value(inventory).unwrap();
    assert_eq!(inventory.report.groups.len(), FACTS_MAX);
    let expected: Vec<_> = (FACTS_MAX..FACTS_MAX + 5).map(|n| format!("groups.g{n}")).collect();
    assert_eq!(fields(&inventory), expected);
}

#[test]
fn a_list_is_taken_up_to_a_size() {
    let of = |bytes: usize| {
        let list = json!(["x".repeat(bytes - 4)]);
        let inventory = json!({ "schema_version": 1, "groups": { "apps": { "all": list } } });
        let inventory: Received<Inventory> = serde_json::from_value(inventory).unwrap();
        (inventory.report.groups["apps"].len(), fields(&inventory).join(" "))
    };
    assert_eq!(of(FACT_JSON_MAX), (1, String::new()));
    assert_eq!(of(FACT_JSON_MAX + 1), (0, "groups.apps.all".to_owned()));
}

#[test]
fn texts_and_numbers_of_entries_are_bounded() {
    let many: BTreeMap<String, bool> = (0..200).map(|n| (format!("p{n:03}"), true)).collect();
    let received = state(json!({ "seq": 1, "network": "w\0".repeat(50_000), "permissions": many }));
    assert_eq!(received.report.network, Some("w".repeat(NAME_MAX)));
    assert_eq!(received.report.permissions.map(|all| all.len()), Some(PERMISSIONS_MAX));
    assert_eq!(received.ignored.len(), IGNORED_MAX);

    let facts: BTreeMap<String, String> = (0..400).map(|n| (format!("f{n}"), "x".repeat(5000))).collect();
    let groups = json!({ "apps": facts, "more": facts, "odd": 5, "large": { "list": vec![7; 2000], "small": [1] } });
    let inventory = json!({ "schema_version": 1, "groups": groups, "collected_at": "yesterday" });
    let inventory: Received<Inventory> = serde_json::from_value(inventory).unwrap();
    let groups = &inventory.report.groups;
    assert_eq!(groups.values().map(|facts| facts.len() + 1).sum::<usize>(), FACTS_MAX);
    assert_eq!(groups["apps"]["f1"], json!("x".repeat(FACT_TEXT_MAX)));
    assert_eq!(groups["large"], BTreeMap::from([("small".to_owned(), json!([1]))]));
    assert!(!groups.contains_key("odd") && inventory.report.collected_at.is_none());
    assert_eq!(fields(&inventory)[0], "collected_at");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names =
            prop::sample::select(vec!["level", "latitude", "longitude", "accuracy_m", "at", "total_bytes", "x"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..4)
                .prop_map(|all| all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_stands_in_a_field_the_others_are_taken(
        bad in any_json(),
        field in prop::sample::select(vec!["battery", "network", "storage", "permissions", "admin_active", "location",
            "lost_mode", "capabilities"]),
    ) {
        let mut report = json!({
            "seq": 7, "battery": { "level": 80, "charging": true }, "network": "wifi", "admin_active": true,
            "lost_mode": false, "storage": { "total_bytes": 9, "free_bytes": 3 }, "permissions": { "a": true },
            "location": { "latitude": 1, "longitude": 2, "accuracy_m": 3, "at": "2026-11-25T19:55:00Z" },
            "capabilities": { "commands": {} },
        });
        let whole = serde_json::to_value(state(report.clone()).report).unwrap();
        report[field] = bad;
        let read = state(report).report;
        let place = read.location;
        prop_assert!(place.is_none_or(|p| p.latitude.abs() <= 90.0 && p.longitude.abs() <= 180.0));
        prop_assert!(read.battery.is_none_or(|battery| battery.level <= 100));
        let read = serde_json::to_value(read).unwrap();
        for (name, value) in whole.as_object().unwrap() {
            prop_assert!(name == field || read.get(name) == Some(value), "{name}");
        }
    }
}
