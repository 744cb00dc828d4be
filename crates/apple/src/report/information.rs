//! Facts about a phone.

use plist::{Dictionary, Value};
use time::OffsetDateTime;

use super::MAX_TEXT;
use crate::xml::{Fields, date, put, put_some};

/// How many slots for subscriptions are read.
pub const MAX_SUBSCRIPTIONS: usize = 8;
/// The largest possible storage in gigabytes.
const MAX_GIGABYTES: f64 = 1_000_000.0;

/// The facts that a phone can be asked for with `DeviceInformation` and that are read here, by their names in Apple's
/// schema (`information.device.yaml`).
pub const QUERIES: [&str; 30] = [
    "UDID",
    "SerialNumber",
    "DeviceName",
    "OSVersion",
    "BuildVersion",
    "ModelName",
    "Model",
    "ProductName",
    "DeviceCapacity",
    "AvailableDeviceCapacity",
    "BatteryLevel",
    "CellularTechnology",
    "IMEI",
    "MEID",
    "ModemFirmwareVersion",
    "IsSupervised",
    "IsDeviceLocatorServiceEnabled",
    "IsActivationLockEnabled",
    "IsMDMLostModeEnabled",
    "IsCloudBackupEnabled",
    "LastCloudBackupDate",
    "WiFiMAC",
    "BluetoothMAC",
    "ICCID",
    "PhoneNumber",
    "CurrentCarrierNetwork",
    "IsRoaming",
    "ServiceSubscriptions",
    "EASDeviceIdentifier",
    "TimeZone",
];

/// The answer to `DeviceInformation`. What the phone does not know or may not tell is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeviceInformation {
    /// The serial number.
    pub serial_number: Option<String>,
    /// The name that its owner gave it.
    pub device_name: Option<String>,
    /// The version of the system.
    pub os_version: Option<String>,
    /// The build of the system.
    pub build_version: Option<String>,
    /// The model's name, such as `iPhone`.
    pub model_name: Option<String>,
    /// The model's number, such as `MTQ03`.
    pub model: Option<String>,
    /// The kind of hardware, such as `iPhone15,4`.
    pub product_name: Option<String>,
    /// Storage in gigabytes.
    pub capacity: Option<f64>,
    /// Free storage in gigabytes.
    pub available_capacity: Option<f64>,
    /// How full the battery is, from 0 to 1. A phone that does not know says -1, which is absent here.
    pub battery: Option<f64>,
    /// 0 none, 1 GSM, 2 CDMA, 3 both.
    pub cellular_technology: Option<u8>,
    /// The IMEI; deprecated since iOS 16 in favour of [`Self::subscriptions`].
    pub imei: Option<String>,
    /// The MEID; deprecated likewise.
    pub meid: Option<String>,
    /// The version of the modem's firmware.
    pub modem_firmware: Option<String>,
    /// Whether it is supervised.
    pub supervised: Option<bool>,
    /// Whether *Find My* is on.
    pub locator: Option<bool>,
    /// Whether the activation lock is on.
    pub activation_lock: Option<bool>,
    /// Whether it is in lost mode.
    pub lost_mode: Option<bool>,
    /// Whether it is backed up to iCloud.
    pub cloud_backup: Option<bool>,
    /// When it was last backed up to iCloud.
    pub last_cloud_backup: Option<OffsetDateTime>,
    /// The address of its WLAN.
    pub wifi_mac: Option<String>,
    /// The address of its Bluetooth.
    pub bluetooth_mac: Option<String>,
    /// The number of its SIM.
    pub iccid: Option<String>,
    /// The phone number.
    pub phone_number: Option<String>,
    /// The network it is in.
    pub carrier: Option<String>,
    /// Whether it is roaming.
    pub roaming: Option<bool>,
    /// Its slots for subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// What `Exchange ActiveSync` knows it as.
    pub eas_identifier: Option<String>,
    /// Its time zone, such as `Europe/Prague`.
    pub time_zone: Option<String>,
}

/// A slot for a subscription (`ServiceSubscriptions`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Which slot.
    pub slot: Option<String>,
    /// The name that its owner gave the subscription.
    pub label: Option<String>,
    /// The IMEI.
    pub imei: Option<String>,
    /// The MEID.
    pub meid: Option<String>,
    /// The number of an eSIM's chip.
    pub eid: Option<String>,
    /// The number of the SIM.
    pub iccid: Option<String>,
    /// The phone number.
    pub phone_number: Option<String>,
    /// The network it is in.
    pub carrier: Option<String>,
    /// Whether it is roaming.
    pub roaming: Option<bool>,
}

impl DeviceInformation {
    pub(super) fn from_plist(from: &Dictionary) -> (Self, Vec<&'static str>) {
        let mut fields = Fields::new(from);
        let mut information = Self {
            capacity: fields.number("DeviceCapacity", storage),
            available_capacity: fields.number("AvailableDeviceCapacity", storage),
            battery: fields.number("BatteryLevel", battery).filter(|level| *level >= 0.0),
            cellular_technology: fields.whole("CellularTechnology", 0..=3),
            supervised: fields.flag("IsSupervised"),
            locator: fields.flag("IsDeviceLocatorServiceEnabled"),
            activation_lock: fields.flag("IsActivationLockEnabled"),
            lost_mode: fields.flag("IsMDMLostModeEnabled"),
            cloud_backup: fields.flag("IsCloudBackupEnabled"),
            last_cloud_backup: fields.moment("LastCloudBackupDate"),
            roaming: fields.flag("IsRoaming"),
            ..Self::default()
        };
        for (key, text) in information.texts_mut() {
            *text = fields.text(key, MAX_TEXT);
        }
        let slots = fields.take("ServiceSubscriptions", Value::as_array);
        for slot in slots.into_iter().flatten().filter_map(Value::as_dictionary).take(MAX_SUBSCRIPTIONS) {
            let (subscription, dropped) = Subscription::from_plist(slot);
            information.subscriptions.push(subscription);
            fields.note(dropped);
        }
        (information, fields.finish())
    }

    pub(super) fn to_plist(&self) -> Value {
        let mut to = Dictionary::new();
        for (key, text) in self.clone().texts_mut() {
            put_some(&mut to, key, text.take());
        }
        put_some(&mut to, "DeviceCapacity", self.capacity);
        put_some(&mut to, "AvailableDeviceCapacity", self.available_capacity);
        put_some(&mut to, "BatteryLevel", self.battery);
        put_some(&mut to, "CellularTechnology", self.cellular_technology.map(u64::from));
        put_some(&mut to, "IsSupervised", self.supervised);
        put_some(&mut to, "IsDeviceLocatorServiceEnabled", self.locator);
        put_some(&mut to, "IsActivationLockEnabled", self.activation_lock);
        put_some(&mut to, "IsMDMLostModeEnabled", self.lost_mode);
        put_some(&mut to, "IsCloudBackupEnabled", self.cloud_backup);
        put_some(&mut to, "LastCloudBackupDate", self.last_cloud_backup.and_then(date));
        put_some(&mut to, "IsRoaming", self.roaming);
        if !self.subscriptions.is_empty() {
            let slots = self.subscriptions.iter().map(Subscription::to_plist).collect();
            put(&mut to, "ServiceSubscriptions", Value::Array(slots));
        }
        Value::Dictionary(to)
    }

    /// The same facts without those that were not asked for, as a phone answers.
    #[must_use]
    pub fn only(&self, queries: &[String]) -> Self {
        let mut to = self.to_plist().into_dictionary().unwrap_or_default();
        to.retain(|key, _| queries.iter().any(|query| query == key));
        Self::from_plist(&to).0
    }

    /// The texts, by their names in the schema.
    fn texts_mut(&mut self) -> [(&'static str, &mut Option<String>); 17] {
        [
            ("SerialNumber", &mut self.serial_number),
            ("DeviceName", &mut self.device_name),
            ("OSVersion", &mut self.os_version),
            ("BuildVersion", &mut self.build_version),
            ("ModelName", &mut self.model_name),
            ("Model", &mut self.model),
            ("ProductName", &mut self.product_name),
            ("IMEI", &mut self.imei),
            ("MEID", &mut self.meid),
            ("ModemFirmwareVersion", &mut self.modem_firmware),
            ("WiFiMAC", &mut self.wifi_mac),
            ("BluetoothMAC", &mut self.bluetooth_mac),
            ("ICCID", &mut self.iccid),
            ("PhoneNumber", &mut self.phone_number),
            ("CurrentCarrierNetwork", &mut self.carrier),
            ("EASDeviceIdentifier", &mut self.eas_identifier),
            ("TimeZone", &mut self.time_zone),
        ]
    }
}

impl Subscription {
    fn from_plist(from: &Dictionary) -> (Self, Vec<&'static str>) {
        let mut fields = Fields::new(from);
        let mut subscription = Self { roaming: fields.flag("IsRoaming"), ..Self::default() };
        for (key, text) in subscription.texts_mut() {
            *text = fields.text(key, MAX_TEXT);
        }
        (subscription, fields.finish())
    }

    fn to_plist(&self) -> Value {
        let mut to = Dictionary::new();
        for (key, text) in self.clone().texts_mut() {
            put_some(&mut to, key, text.take());
        }
        put_some(&mut to, "IsRoaming", self.roaming);
        Value::Dictionary(to)
    }

    fn texts_mut(&mut self) -> [(&'static str, &mut Option<String>); 8] {
        [
            ("Slot", &mut self.slot),
            ("Label", &mut self.label),
            ("IMEI", &mut self.imei),
            ("MEID", &mut self.meid),
            ("EID", &mut self.eid),
            ("ICCID", &mut self.iccid),
            ("PhoneNumber", &mut self.phone_number),
            ("CurrentCarrierNetwork", &mut self.carrier),
        ]
    }
}

fn storage(gigabytes: f64) -> bool {
    (0.0..=MAX_GIGABYTES).contains(&gigabytes)
}

/// From 0 to 1, or the -1 of a phone that does not know.
fn battery(level: f64) -> bool {
    (0.0..=1.0).contains(&level) || (level + 1.0).abs() < f64::EPSILON
}
