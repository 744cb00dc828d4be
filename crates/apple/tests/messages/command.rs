use apple::{
    command::{Command, CommandError, LostNotice, Request, command_uuid},
    secret::Secret,
    xml,
};
use plist::Value;

use crate::plist;

fn all() -> Vec<Request> {
    let notice = LostNotice::new(Some("Lost & found".into()), Some("+420 222 333 444".into()), None);
    vec![
        Request::DeviceInformation { queries: vec!["OSVersion".into(), "BatteryLevel".into()] },
        Request::SecurityInfo,
        Request::DeviceLock { message: Some("<Please> return".into()), phone_number: None },
        Request::DeviceLock { message: None, phone_number: None },
        Request::EraseDevice { preserve_data_plan: true },
        Request::EraseDevice { preserve_data_plan: false },
        Request::EnableLostMode(notice.unwrap()),
        Request::DisableLostMode,
        Request::PlayLostModeSound,
        Request::DeviceLocation,
        Request::InstallProfile { payload: Secret::new(b"<plist/>".to_vec()) },
        Request::RemoveProfile { identifier: "com.example.rollcall.enroll".into() },
    ]
}

#[test]
fn what_the_server_writes_a_phone_reads() {
    for request in all() {
        let command = Command { uuid: command_uuid([7; 16]), request };
        assert_eq!(Command::read(&command.write().unwrap()), Ok(command));
    }
}

#[test]
fn requests_are_written_as_the_schema_names_them() {
    let written = |request: Request| {
        let bytes = Command { uuid: command_uuid([7; 16]), request }.write().unwrap();
        xml::read(&bytes).unwrap().get("Command").and_then(Value::as_dictionary).cloned().unwrap()
    };
    let lock = written(Request::DeviceLock { message: Some("M".into()), phone_number: None });
    assert_eq!(lock.keys().collect::<Vec<_>>(), ["RequestType", "Message"]);
    assert_eq!(lock.get("RequestType").and_then(Value::as_string), Some("DeviceLock"));
    let erase = written(Request::EraseDevice { preserve_data_plan: true });
    assert_eq!(erase.get("PreserveDataPlan").and_then(Value::as_boolean), Some(true));
    let install = written(Request::InstallProfile { payload: Secret::new(vec![1, 2]) });
    assert_eq!(install.get("Payload").and_then(Value::as_data), Some([1, 2].as_slice()));
    let kinds: Vec<String> = all().iter().map(|request| request.kind().to_owned()).collect();
    for request in all() {
        let kind = request.kind().to_owned();
        assert_eq!(written(request).get("RequestType").and_then(Value::as_string), Some(kind.as_str()));
    }
    assert!(kinds.contains(&"PlayLostModeSound".to_owned()));
}

#[test]
fn the_identifier_comes_from_the_hash() {
    let uuid = command_uuid([0xab; 16]);
    assert_eq!((uuid.get_version_num(), uuid), (8, command_uuid([0xab; 16])));
    assert_ne!(uuid, command_uuid([0xac; 16]));
}

#[test]
fn a_lost_phone_shows_something() {
    assert_eq!(LostNotice::new(None, None, Some("footnote".into())), None);
    assert_eq!(LostNotice::new(Some(" \n".into()), Some(String::new()), None), None);
    let notice = LostNotice::new(Some(String::new()), Some("112".into()), None).unwrap();
    assert_eq!((notice.message(), notice.phone_number(), notice.footnote()), (None, Some("112"), None));
}

#[test]
fn a_request_that_is_not_known_is_told_apart() {
    let uuid = "<key>CommandUUID</key><string>0f5a2c44-9c1e-8d31-a1b2-c3d4e5f60718</string>";
    let read = |request: &str| Command::read(&plist(&format!("{uuid}<key>Command</key><dict>{request}</dict>")));
    let other = read("<key>RequestType</key><string>ScheduleOSUpdate</string>").unwrap();
    assert_eq!(other.request, Request::Other { kind: "ScheduleOSUpdate".into() });
    assert_eq!(read(""), Err(CommandError::Kind));
    assert_eq!(read("<key>RequestType</key><string>InstallProfile</string>"), Err(CommandError::Field("Payload")));
    assert_eq!(read("<key>RequestType</key><string>EnableLostMode</string>"), Err(CommandError::Field("Message")));
    assert_eq!(Command::read(&plist("<key>CommandUUID</key><string>x</string>")), Err(CommandError::Uuid));
}

#[test]
fn logs_show_no_profile() {
    let request = Request::InstallProfile { payload: Secret::new(b"hunter2".to_vec()) };
    assert!(!format!("{request:?}").contains("104"));
}
