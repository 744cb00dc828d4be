//! By what a device is recognised when it enrolls anew, after a factory reset or for another person: serial number and
//! IMEI. Anyone can claim any number, so it never opens anything: it only tells rows of the same hardware apart.

use crate::{
    Timestamp,
    device::{Device, DeviceState},
    types::ids::{DeviceId, PersonId, SlotId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most IMEIs that are kept of a device: phones have one for each of two SIM cards.
pub const IMEIS_MAX: usize = 4;
/// A serial number with fewer letters and digits is none.
const SERIAL_MIN: usize = 4;
/// Digits of an IMEI without its check digit, by which the device is known (3GPP TS 23.003, 6.2.1).
const IMEI_DIGITS: usize = 14;

/// What makers, firmware and emulators report in the place of a serial number, as letters and digits alone.
const PLACEHOLDERS: [&str; 24] = [
    "UNKNOWN",
    "NONE",
    "NULL",
    "NIL",
    "NOTAVAILABLE",
    "NOTAPPLICABLE",
    "NOTSPECIFIED",
    "UNSPECIFIED",
    "UNDEFINED",
    "INVALID",
    "EMPTY",
    "DEFAULT",
    "DEFAULTSTRING",
    "TOBEFILLEDBYOEM",
    "OEM",
    "OEMSERIAL",
    "SERIAL",
    "SERIALNUMBER",
    "SYSTEMSERIALNUMBER",
    "CHASSISSERIALNUMBER",
    "BASEBOARDSERIALNUMBER",
    "ANDROID",
    "0123456789ABCDEF",
    "EMULATOR",
];

/// Another device with the same hardware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Relative {
    /// The device.
    pub device_id: DeviceId,
    /// Its row.
    pub slot_id: SlotId,
    /// Its person.
    pub person_id: PersonId,
    /// When it was noticed.
    pub at: Timestamp,
}

/// How a device is related to others with the same hardware.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Relatives {
    /// The device as which the same person enrolled it again.
    #[serde(default)]
    pub replaced_by: Option<Relative>,
    /// The device that it was before.
    #[serde(default)]
    pub replaces: Option<Relative>,
    /// Another device that is in use with the same number: one of the two claims is wrong or out of date.
    #[serde(default)]
    pub twin: Option<Relative>,
}

/// The key of a serial number: its letters and digits in upper case. `None` for what is no serial number.
pub fn serial_key(serial: &str) -> Option<String> {
    let key: String = serial.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let is_counted = "01234567890123456789".contains(&key) || "12345678901234567890".starts_with(&key);
    let is_placeholder = PLACEHOLDERS.contains(&key.as_str()) || key.starts_with("EMULATOR");
    (key.chars().count() >= SERIAL_MIN && !is_one_character(&key) && !is_counted && !is_placeholder).then_some(key)
}

/// The key of an IMEI, or of an IMEI with a software version. `None` for what is none, or one for tests.
pub fn imei_key(imei: &str) -> Option<String> {
    let digits: String = imei.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '.')).collect();
    let has_form =
        (IMEI_DIGITS..=IMEI_DIGITS + 2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    // The check digit protects from numbers that somebody made up; the other two forms have none.
    if !has_form || is_one_character(&digits) || (digits.len() == IMEI_DIGITS + 1 && !has_right_check_digit(&digits)) {
        return None;
    }
    Some(digits[..IMEI_DIGITS].to_owned())
}

fn is_one_character(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_none_or(|first| chars.all(|c| c == first))
}

/// The Luhn algorithm (3GPP TS 23.003, annex B).
fn has_right_check_digit(digits: &str) -> bool {
    let value = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        let doubled = if at % 2 == 1 { digit * 2 } else { digit };
        doubled / 10 + doubled % 10
    };
    digits.bytes().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

impl DeviceState {
    /// True while the device belongs to its person: not unenrolled, wiped, or enrolled as another one.
    pub const fn is_in_use(self) -> bool {
        !matches!(self, Self::Unenrolled | Self::Wiped | Self::Replaced)
    }
}

impl Device {
    /// The keys by which the same hardware is found: one for the serial number, one for each IMEI.
    pub fn hardware_keys(&self) -> BTreeSet<String> {
        let serial = self.info.serial.as_deref().and_then(serial_key).map(|key| format!("serial {key}"));
        serial.into_iter().chain(self.imei_keys().map(|key| format!("imei {key}"))).collect()
    }

    /// The keys by which others find it as the same hardware: none once it is deleted or replaced.
    pub fn findable_by(&self) -> BTreeSet<String> {
        if self.deleted_at.is_some() || self.state == DeviceState::Replaced {
            return BTreeSet::new();
        }
        self.hardware_keys()
    }

    fn imei_keys(&self) -> impl Iterator<Item = String> {
        self.imeis.iter().filter_map(|imei| imei_key(imei))
    }

    /// Whether both are the same hardware. Serial numbers are unique for one maker only.
    pub fn is_same_hardware(&self, other: &Self) -> bool {
        let key = |device: &Self| device.info.serial.as_deref().and_then(serial_key);
        let (maker, other_maker) = (&self.info.manufacturer, &other.info.manufacturer);
        let may_be_one_maker =
            maker.is_empty() || other_maker.is_empty() || maker.to_lowercase() == other_maker.to_lowercase();
        let has_same_serial = may_be_one_maker && key(self).is_some_and(|serial| Some(serial) == key(other));
        has_same_serial || self.imei_keys().any(|imei| other.imei_keys().any(|theirs| theirs == imei))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_place_of_a_serial_number_is_none() {
        for placeholder in [
            "",
            "0",
            "unknown",
            "Unknown ",
            "To be filled by O.E.M.",
            "Default string",
            "System Serial Number",
            "N/A",
            "none",
            "000000000000",
            "XXXXXXX",
            "----",
            "0123456789",
            "0123456789ABCDEF",
            "123456789",
            "EMULATOR36X1X9X0",
            "\u{200b}\u{200b}\u{200b}\u{200b}",
        ] {
            assert_eq!(serial_key(placeholder), None, "{placeholder:?}");
        }
        assert_eq!(serial_key("ser-j1").as_deref(), Some("SERJ1"));
        assert_eq!(serial_key(" 3a1b 2c").as_deref(), Some("3A1B2C"));
    }

    #[test]
    fn of_ten_check_digits_one_is_right() {
        for (digits, right) in
            [("49015420323751", 8), ("35693803564380", 9), ("35209900176148", 1), ("99999999999999", 4)]
        {
            let found: Vec<u32> = (0..10).filter(|check| imei_key(&format!("{digits}{check}")).is_some()).collect();
            assert_eq!(found, [right], "{digits}");
        }
    }

    #[test]
    fn an_imei_is_known_by_its_first_14_digits() {
        assert_eq!(imei_key("490154203237518").as_deref(), Some("49015420323751"));
        assert_eq!(imei_key("49-015420-323751-8").as_deref(), Some("49015420323751"));
        assert_eq!(imei_key("4901542032375100").as_deref(), Some("49015420323751"), "with a software version");
        for wrong in ["490154203237517", "000000000000000", "", "4901542032375", "49015420323751800", "4901542032375x8"]
        {
            assert_eq!(imei_key(wrong), None, "{wrong}");
        }
    }
}
