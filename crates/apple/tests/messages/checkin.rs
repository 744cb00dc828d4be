use apple::{
    checkin::{Authenticate, CheckIn, CheckInError, CheckOut, TokenUpdate, UNLOCK_TOKEN_BYTES},
    secret::Secret,
    udid::Udid,
};
use proptest::prelude::*;

use crate::{TOPIC, UDID, check_in, plist};

const TOKEN: &str = "<key>Token</key><data>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</data>";
const MAGIC: &str = "<key>PushMagic</key><string>9B2D1F35-6C70-4C5B-8A11-0F2A6F0E7C11</string>";

/// `bytes` zero bytes as the content of a `data` element.
fn zeros(bytes: usize) -> String {
    format!("{}{}", "AAAA".repeat(bytes / 3), ["", "AA==", "AAA="][bytes % 3])
}

fn udid() -> Udid {
    Udid::parse(UDID).unwrap()
}

fn token_update(bytes: &[u8]) -> TokenUpdate {
    match CheckIn::read(bytes) {
        Ok(CheckIn::TokenUpdate(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_phone_may_keep_its_name_to_itself() {
    let more = "<key>BuildVersion</key><string>22F76</string><key>OSVersion</key><string>18.5</string>\
        <key>ProductName</key><string>iPhone15,4</string><key>SerialNumber</key><string>F2LXK0AAAA</string>";
    let Ok(CheckIn::Authenticate(message)) = CheckIn::read(&check_in("Authenticate", more)) else { panic!() };
    assert_eq!((message.udid.as_str(), message.topic.as_str()), (UDID, TOPIC));
    assert_eq!(message.device_name, None);
    assert_eq!(message.product_name.as_deref(), Some("iPhone15,4"));
    assert_eq!(message.os_version.as_deref(), Some("18.5"));
    assert_eq!(message.serial_number.as_deref(), Some("F2LXK0AAAA"));
}

#[test]
fn an_impossible_text_takes_nothing_along() {
    let more = "<key>SerialNumber</key><integer>7</integer><key>IMEI</key><string></string>\
        <key>OSVersion</key><string>18.5</string>";
    let Ok(CheckIn::Authenticate(message)) = CheckIn::read(&check_in("Authenticate", more)) else { panic!() };
    assert_eq!((message.serial_number, message.imei), (None, None));
    assert_eq!(message.os_version.as_deref(), Some("18.5"));
}

#[test]
fn a_phone_tells_how_it_is_reached() {
    let unlock = format!("<key>UnlockToken</key><data>{}</data>", zeros(2048));
    let message = token_update(&check_in("TokenUpdate", &format!("{TOKEN}{MAGIC}{unlock}")));
    assert_eq!(message.token.expose(), &(0..32).collect::<Vec<u8>>());
    assert_eq!(message.magic.expose(), "9B2D1F35-6C70-4C5B-8A11-0F2A6F0E7C11");
    assert_eq!(message.unlock_token.map(|token| token.expose().len()), Some(2048));
    assert!(!message.awaiting_configuration);
    let message = token_update(&check_in("TokenUpdate", &format!("{TOKEN}{MAGIC}")));
    assert_eq!(message.unlock_token, None);
}

#[test]
fn tokens_have_bounds() {
    let read = |token: usize, unlock: usize| {
        let unlock = format!("<key>UnlockToken</key><data>{}</data>", zeros(unlock));
        let token = format!("<key>Token</key><data>{}</data>", zeros(token));
        CheckIn::read(&check_in("TokenUpdate", &format!("{token}{MAGIC}{unlock}")))
    };
    for (token, fits) in [(15, false), (16, true), (128, true), (129, false)] {
        let found = read(token, 1);
        assert_eq!(found.is_ok(), fits, "{token}");
        assert!(fits || found == Err(CheckInError::Token), "{token}");
    }
    // An unlock token that is too long does not keep the phone from being reached.
    for (unlock, fits) in [(*UNLOCK_TOKEN_BYTES.end(), true), (UNLOCK_TOKEN_BYTES.end() + 1, false)] {
        let Ok(CheckIn::TokenUpdate(message)) = read(32, unlock) else { panic!("{unlock}") };
        assert_eq!(message.unlock_token.is_some(), fits, "{unlock}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let read = |fields: &str| CheckIn::read(&plist(fields)).unwrap_err();
    let kind = "<key>MessageType</key><string>TokenUpdate</string>";
    let who = format!("<key>UDID</key><string>{UDID}</string>");
    let topic = format!("<key>Topic</key><string>{TOPIC}</string>");
    assert_eq!(read(&who), CheckInError::Kind);
    assert_eq!(read(&format!("{kind}<key>EnrollmentID</key><string>a</string>{topic}")), CheckInError::Udid);
    assert_eq!(read(&format!("{kind}{who}")), CheckInError::Topic);
    assert_eq!(read(&format!("{kind}{who}{topic}{MAGIC}")), CheckInError::Token);
    assert_eq!(read(&format!("{kind}{who}{topic}{TOKEN}")), CheckInError::Magic);
}

#[test]
fn a_udid_is_short_and_plain() {
    assert!(Udid::parse(&"a".repeat(64)).is_some());
    for wrong in ["", "a b", "ä", "a/b", "../x", "a\n", &"a".repeat(65)] {
        assert_eq!(Udid::parse(wrong), None, "{wrong:?}");
    }
}

#[test]
fn what_was_not_asked_for_is_told_apart() {
    let user = "<key>UserID</key><string>FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF</string>";
    for message in [
        check_in("TokenUpdate", &format!("{TOKEN}{MAGIC}{user}")),
        check_in("CheckOut", user),
        check_in("DeclarativeManagement", ""),
        check_in("authenticate", ""),
    ] {
        assert!(matches!(CheckIn::read(&message), Ok(CheckIn::Other { .. })), "{}", String::from_utf8_lossy(&message));
    }
}

#[test]
fn logs_show_no_secrets() {
    let message = token_update(&check_in("TokenUpdate", &format!("{TOKEN}{MAGIC}")));
    let shown = format!("{message:?}");
    assert!(!shown.contains("9B2D1F35") && !shown.contains(UDID) && !shown.contains("31"), "{shown}");
}

proptest! {
    #[test]
    fn what_a_phone_writes_the_server_reads(
        token in proptest::collection::vec(any::<u8>(), 16..=128),
        unlock in proptest::option::of(proptest::collection::vec(any::<u8>(), 1..300)),
        name in proptest::option::of("\\PC{1,40}"),
        awaiting_configuration in any::<bool>(),
    ) {
        let topic = TOPIC.to_owned();
        let magic = Secret::new("magic & <more>".to_owned());
        let unlock_token = unlock.map(Secret::new);
        let update = TokenUpdate {
            udid: udid(), topic: topic.clone(), token: Secret::new(token), magic, unlock_token, awaiting_configuration,
        };
        let authenticate = Authenticate {
            udid: udid(), topic: topic.clone(), device_name: name, model: Some("MTQ03".into()), model_name: None,
            product_name: Some("iPhone15,4".into()), os_version: Some("18.5".into()), build_version: None,
            serial_number: Some("F2LXK0AAAA".into()), imei: Some("356938035643809".into()), meid: None,
        };
        let out = CheckOut { udid: udid(), topic };
        for message in [CheckIn::TokenUpdate(update), CheckIn::Authenticate(authenticate), CheckIn::CheckOut(out)] {
            prop_assert_eq!(CheckIn::read(&message.write().unwrap()).unwrap(), message);
        }
    }

    #[test]
    fn no_flipped_byte_panics(at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let mut bytes = check_in("TokenUpdate", &format!("{TOKEN}{MAGIC}"));
        // The end of the last line is no part of the message.
        let last = bytes.trim_ascii_end().len() - 1;
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        let _ = CheckIn::read(&bytes);
        bytes.truncate(at.min(last));
        prop_assert!(CheckIn::read(&bytes).is_err());
    }
}
