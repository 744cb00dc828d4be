use apple::{
    report::{
        DeviceInformation, ErrorItem, Location, LockResult, MAX_ERROR_TEXT, MAX_ERRORS, MAX_FACTS, MAX_SUBSCRIPTIONS,
        ManagementStatus, QUERIES, Report, ReportError, SecurityInfo, Status, Subscription,
    },
    udid::Udid,
};
use proptest::prelude::*;
use time::macros::datetime;
use uuid::Uuid;

use crate::{UDID, plist};

const COMMAND: Uuid = Uuid::from_u128(0x0f5a_2c44_9c1e_8d31_a1b2_c3d4_e5f6_0718);

/// A report with these fields beside those that each has.
fn report(status: &str, more: &str) -> Report {
    let fields = format!(
        "<key>UDID</key><string>{UDID}</string><key>Status</key><string>{status}</string>\
        <key>CommandUUID</key><string>{COMMAND}</string>{more}"
    );
    Report::read(&plist(&fields)).unwrap()
}

fn facts(facts: &str) -> Report {
    report("Acknowledged", &format!("<key>QueryResponses</key><dict>{facts}</dict>"))
}

fn udid() -> Udid {
    Udid::parse(UDID).unwrap()
}

#[test]
fn a_phone_asks_for_commands() {
    let idle = format!("<key>Status</key><string>Idle</string><key>UDID</key><string>{UDID}</string>");
    assert_eq!(Report::read(&plist(&idle)), Ok(Report::new(udid(), Status::Idle, None)));
}

#[test]
fn each_status_is_told_apart() {
    let all = [
        ("Idle", Status::Idle),
        ("Acknowledged", Status::Acknowledged),
        ("Error", Status::Error),
        ("CommandFormatError", Status::CommandFormatError),
        ("NotNow", Status::NotNow),
        ("Whatever", Status::Other),
    ];
    for (name, status) in all {
        assert_eq!(report(name, "").status, status, "{name}");
    }
}

#[test]
fn only_who_reports_and_the_status_are_needed() {
    let read = |fields: &str| Report::read(&plist(fields)).unwrap_err();
    assert_eq!(read("<key>Status</key><string>Idle</string>"), ReportError::Udid);
    assert_eq!(read(&format!("<key>UDID</key><string>{UDID}</string>")), ReportError::Status);
}

#[test]
fn an_identifier_that_we_never_sent_does_not_matter() {
    for uuid in ["not ours".to_owned(), "a".repeat(65), String::new()] {
        let fields = format!(
            "<key>UDID</key><string>{UDID}</string><key>Status</key><string>Error</string>\
            <key>CommandUUID</key><string>{uuid}</string>"
        );
        let report = Report::read(&plist(&fields)).unwrap();
        assert_eq!((report.status, report.command), (Status::Error, None), "{uuid}");
    }
    assert_eq!(report("Acknowledged", "").command, Some(COMMAND));
}

#[test]
fn a_user_of_a_shared_ipad_is_not_the_device() {
    assert!(report("Idle", "<key>UserID</key><string>a</string>").of_user);
    assert!(!report("Idle", "").of_user);
}

#[test]
fn errors_are_kept_up_to_a_limit() {
    let error = format!(
        "<dict><key>ErrorCode</key><integer>12021</integer><key>ErrorDomain</key><string>MCMDMErrorDomain</string>\
        <key>LocalizedDescription</key><string>{}</string></dict>",
        "ä".repeat(MAX_ERROR_TEXT)
    );
    let report =
        report("Error", &format!("<key>ErrorChain</key><array><true/>{}</array>", error.repeat(MAX_ERRORS + 1)));
    assert_eq!(report.errors.len(), MAX_ERRORS);
    let first = &report.errors[0];
    assert_eq!((first.code, first.domain.as_deref(), &first.english), (Some(12021), Some("MCMDMErrorDomain"), &None));
    assert_eq!(first.localized.as_deref(), Some("ä".repeat(MAX_ERROR_TEXT / 2).as_str()));
}

#[test]
fn each_impossible_fact_is_dropped_for_itself() {
    let report = facts(
        "<key>BatteryLevel</key><real>1.5</real><key>DeviceCapacity</key><real>-3</real>\
        <key>AvailableDeviceCapacity</key><real>nan</real><key>CellularTechnology</key><integer>4</integer>\
        <key>IsSupervised</key><string>yes</string><key>LastCloudBackupDate</key><string>yesterday</string>\
        <key>SerialNumber</key><string>F2LXK0AAAA</string><key>OSVersion</key><integer>18</integer>",
    );
    let expected = DeviceInformation { serial_number: Some("F2LXK0AAAA".into()), ..DeviceInformation::default() };
    assert_eq!(report.information, Some(expected));
    let mut dropped = report.dropped;
    dropped.sort_unstable();
    let expected = [
        "AvailableDeviceCapacity",
        "BatteryLevel",
        "CellularTechnology",
        "DeviceCapacity",
        "IsSupervised",
        "LastCloudBackupDate",
        "OSVersion",
    ];
    assert_eq!(dropped, expected);
}

#[test]
fn facts_at_their_bounds_are_taken() {
    for (level, battery) in [("0.0", Some(0.0)), ("1.0", Some(1.0)), ("-1.0", None)] {
        let report = facts(&format!("<key>BatteryLevel</key><real>{level}</real>"));
        assert_eq!(report.information.and_then(|facts| facts.battery), battery, "{level}");
        assert!(report.dropped.is_empty(), "{level}");
    }
    let report =
        facts("<key>DeviceCapacity</key><integer>128</integer><key>CellularTechnology</key><integer>3</integer>");
    let information = report.information.unwrap();
    assert_eq!((information.capacity, information.cellular_technology), (Some(128.0), Some(3)));
    let report = facts("<key>LastCloudBackupDate</key><date>2026-11-20T06:07:08Z</date>");
    assert_eq!(report.information.unwrap().last_cloud_backup, Some(datetime!(2026-11-20 06:07:08 UTC)));
}

#[test]
fn too_many_facts_are_none() {
    let many = |count: usize| {
        let others = (1..count).map(|n| format!("<key>k{n}</key><true/>")).collect::<Vec<_>>().concat();
        facts(&format!("{others}<key>Model</key><string>MTQ03</string>"))
    };
    assert!(many(MAX_FACTS).information.is_some());
    let report = many(MAX_FACTS + 1);
    assert_eq!((report.information, report.dropped), (None, vec!["QueryResponses"]));
}

#[test]
fn slots_are_counted() {
    let slot = "<dict><key>Slot</key><string>CTSubscriptionSlotOne</string><key>IsRoaming</key><false/>\
        <key>IMEI</key><true/></dict>";
    let slots = slot.repeat(MAX_SUBSCRIPTIONS + 1);
    let report = facts(&format!("<key>ServiceSubscriptions</key><array>{slots}</array>"));
    let information = report.information.unwrap();
    assert_eq!(information.subscriptions.len(), MAX_SUBSCRIPTIONS);
    let expected =
        Subscription { slot: Some("CTSubscriptionSlotOne".into()), roaming: Some(false), ..Subscription::default() };
    assert_eq!(information.subscriptions[0], expected);
}

#[test]
fn protection_is_read() {
    let report = report(
        "Acknowledged",
        "<key>SecurityInfo</key><dict><key>HardwareEncryptionCaps</key><integer>3</integer>\
        <key>PasscodePresent</key><true/><key>PasscodeCompliant</key><integer>1</integer>\
        <key>ManagementStatus</key><dict><key>EnrolledViaDEP</key><false/><key>IsUserEnrollment</key><real>1</real>\
        </dict></dict>",
    );
    let expected = SecurityInfo {
        encryption: Some(3),
        passcode_present: Some(true),
        management: ManagementStatus { automated: Some(false), ..ManagementStatus::default() },
        ..SecurityInfo::default()
    };
    assert_eq!(report.security, Some(expected));
    assert_eq!(report.dropped.len(), 2);
}

#[test]
fn there_is_no_place_without_both_coordinates() {
    let place = |latitude: &str, longitude: &str| {
        let fields = format!(
            "<key>Latitude</key><real>{latitude}</real><key>Longitude</key><real>{longitude}</real>\
            <key>HorizontalAccuracy</key><real>12.5</real><key>Speed</key><real>-1</real>\
            <key>VerticalAccuracy</key><real>-1</real><key>Altitude</key><real>-4</real>\
            <key>Timestamp</key><string>2026-11-20T06:07:08Z</string>"
        );
        report("Acknowledged", &fields).location
    };
    let expected = Location {
        latitude: -90.0,
        longitude: 180.0,
        horizontal_accuracy: Some(12.5),
        vertical_accuracy: None,
        altitude: None,
        speed: None,
        course: None,
        at: Some(datetime!(2026-11-20 06:07:08 UTC)),
    };
    assert_eq!(place("-90", "180"), Some(expected));
    for (latitude, longitude) in [("90.1", "0"), ("0", "-180.1"), ("nan", "0"), ("0", "inf")] {
        assert_eq!(place(latitude, longitude), None, "{latitude} {longitude}");
    }
}

#[test]
fn the_result_of_a_lock_is_read() {
    let all = [
        ("Success", Some(LockResult::Success)),
        ("DeviceInLostMode", Some(LockResult::DeviceInLostMode)),
        ("NoPasscodeSet", Some(LockResult::NoPasscodeSet)),
        ("Unknown", Some(LockResult::Unknown)),
        ("Maybe", None),
    ];
    for (name, result) in all {
        let report = report("Acknowledged", &format!("<key>MessageResult</key><string>{name}</string>"));
        assert_eq!(report.lock, result, "{name}");
    }
}

/// A report that says everything.
fn full(text: Option<String>, battery: Option<f64>, flag: Option<bool>, whole: u8) -> Report {
    let mut report = Report::new(udid(), Status::Acknowledged, Some(COMMAND));
    report.errors = vec![ErrorItem { code: Some(-4), domain: text.clone(), localized: text.clone(), english: None }];
    report.lock = Some(LockResult::NoPasscodeSet);
    report.information = Some(DeviceInformation {
        serial_number: text.clone(),
        device_name: text.clone(),
        time_zone: text.clone(),
        capacity: Some(128.0),
        battery,
        supervised: flag,
        lost_mode: flag.map(|flag| !flag),
        cellular_technology: Some(whole % 4),
        last_cloud_backup: Some(datetime!(2026-11-20 06:07:08 UTC)),
        subscriptions: vec![Subscription { label: text, roaming: flag, ..Subscription::default() }],
        ..DeviceInformation::default()
    });
    report.security = Some(SecurityInfo {
        encryption: Some(1 + whole % 3),
        passcode_present: flag,
        management: ManagementStatus { approved: flag, ..ManagementStatus::default() },
        ..SecurityInfo::default()
    });
    report.location = Some(Location {
        latitude: 50.08,
        longitude: -14.42,
        horizontal_accuracy: battery,
        vertical_accuracy: Some(3.0),
        altitude: Some(-2.5),
        speed: None,
        course: Some(f64::from(whole)),
        at: Some(datetime!(2026-11-20 06:07:08 UTC)),
    });
    report
}

proptest! {
    #[test]
    fn what_a_phone_writes_the_server_reads(
        text in proptest::option::of("\\PC{1,40}"),
        battery in proptest::option::of(0.0..=1.0),
        flag in any::<Option<bool>>(),
        whole in any::<u8>(),
    ) {
        let text = text.filter(|text| !text.contains(['\u{fffe}', '\u{ffff}']));
        let report = full(text, battery, flag, whole);
        prop_assert_eq!(Report::read(&report.write().unwrap()).unwrap(), report);
    }
}

#[test]
fn a_phone_answers_what_it_was_asked_for() {
    let report = full(Some("text".into()), Some(0.5), Some(true), 1);
    let information = report.information.unwrap();
    let asked = |names: &[&str]| information.only(&names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
    let expected = DeviceInformation { battery: Some(0.5), ..DeviceInformation::default() };
    assert_eq!(asked(&["BatteryLevel", "Nonsense"]), expected);
    assert_eq!(asked(&QUERIES), information);
}
