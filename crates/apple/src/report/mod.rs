//! Reports: what a phone answers to a command, and how it asks for the next one (`Responses` in Apple's schema).
//!
//! A phone repeats a report that was refused for ever, so little is refused here: a value that is impossible is left out
//! for itself and named in [`Report::dropped`].

mod information;
mod location;
mod security;

pub use information::{DeviceInformation, MAX_SUBSCRIPTIONS, QUERIES, Subscription};
pub use location::Location;
pub use security::{ManagementStatus, SecurityInfo};

use plist::{Dictionary, Value};
use uuid::Uuid;

use crate::{
    udid::Udid,
    xml::{self, Fields, XmlError, put, put_some},
};

/// How many errors of one report are kept.
pub const MAX_ERRORS: usize = 10;
/// How many facts one report may contain. With more of them none is taken.
pub const MAX_FACTS: usize = 200;
/// The longest identifier of a command, in bytes.
pub const MAX_COMMAND_UUID: usize = 64;
/// The longest text of an error, in bytes. A longer one is cut.
pub const MAX_ERROR_TEXT: usize = 1024;
/// The longest text that a phone says about itself, in bytes. Callers clean it before they show it.
const MAX_TEXT: usize = 1024;
/// The code of the error for a request that a phone does not know, in the domain `MCMDMErrorDomain`.
pub const UNKNOWN_REQUEST: i64 = 12021;

/// What became of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// There was none: the phone asks for commands.
    Idle,
    /// It was done.
    Acknowledged,
    /// It failed.
    Error,
    /// The phone did not understand it.
    CommandFormatError,
    /// Not at the moment, for instance since the phone is locked. It will ask again.
    NotNow,
    /// Something that Apple's schema does not name.
    Other,
}

/// What came of a request to lock (`MessageResult` in `device.lock.yaml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockResult {
    /// The screen is locked and shows the message.
    Success,
    /// It is in lost mode, and so is locked already.
    DeviceInLostMode,
    /// The screen is locked, but anyone can unlock it: there is no passcode. The message is not shown.
    NoPasscodeSet,
    /// The phone does not know.
    Unknown,
}

/// One error of a chain (`ErrorChain`), the first being the last that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorItem {
    /// Its number within the domain.
    pub code: Option<i64>,
    /// Who names it.
    pub domain: Option<String>,
    /// A text in the phone's language.
    pub localized: Option<String>,
    /// A text in English.
    pub english: Option<String>,
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Which phone.
    pub udid: Udid,
    /// What became of the command.
    pub status: Status,
    /// Which command; none with [`Status::Idle`], and none if it is no UUID, which we never sent.
    pub command: Option<Uuid>,
    /// Whether a user of a shared iPad reports instead of the device. Nothing is ever asked of one.
    pub of_user: bool,
    /// Why it failed.
    pub errors: Vec<ErrorItem>,
    /// Facts about the phone.
    pub information: Option<DeviceInformation>,
    /// How it is protected.
    pub security: Option<SecurityInfo>,
    /// Where it is.
    pub location: Option<Location>,
    /// What came of a request to lock.
    pub lock: Option<LockResult>,
    /// The names of fields that said something impossible, for the log.
    pub dropped: Vec<&'static str>,
}

/// Why bytes are no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// They are no property list.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// They do not say which phone reports.
    #[error("no UDID")]
    Udid,
    /// There is no status.
    #[error("no Status")]
    Status,
}

impl Report {
    /// A report that says nothing but what became of a command.
    pub fn new(udid: Udid, status: Status, command: Option<Uuid>) -> Self {
        Self {
            udid,
            status,
            command,
            of_user: false,
            errors: Vec::new(),
            information: None,
            security: None,
            location: None,
            lock: None,
            dropped: Vec::new(),
        }
    }

    /// Reads a report, of which the signature was verified.
    pub fn read(bytes: &[u8]) -> Result<Self, ReportError> {
        let message = xml::read(bytes)?;
        let udid = Udid::read(&message).ok_or(ReportError::Udid)?;
        let mut fields = Fields::new(&message);
        let status = message.get("Status").and_then(Value::as_string).map(Status::parse).ok_or(ReportError::Status)?;
        let command = fields.text("CommandUUID", MAX_COMMAND_UUID);
        let mut report = Self::new(udid, status, command.and_then(|text| Uuid::parse_str(&text).ok()));
        report.of_user = message.contains_key("UserID");
        report.errors = fields.take("ErrorChain", errors).unwrap_or_default();
        report.lock = fields.take("MessageResult", |value| value.as_string().and_then(LockResult::parse));

        let facts =
            fields.take("QueryResponses", |value| value.as_dictionary().filter(|facts| facts.len() <= MAX_FACTS));
        if let Some((information, dropped)) = facts.map(DeviceInformation::from_plist) {
            report.information = Some(information);
            fields.note(dropped);
        }
        if let Some((security, dropped)) =
            fields.take("SecurityInfo", Value::as_dictionary).map(SecurityInfo::from_plist)
        {
            report.security = Some(security);
            fields.note(dropped);
        }
        let (location, dropped) = Location::from_plist(&message);
        report.location = location;
        fields.note(dropped);
        report.dropped = fields.finish();
        Ok(report)
    }

    /// Writes the report as a phone does.
    pub fn write(&self) -> Result<Vec<u8>, XmlError> {
        let mut to = Dictionary::new();
        put(&mut to, "UDID", self.udid.as_str());
        put(&mut to, "Status", self.status.as_str());
        put_some(&mut to, "CommandUUID", self.command.map(|uuid| uuid.hyphenated().to_string()));
        if !self.errors.is_empty() {
            put(&mut to, "ErrorChain", Value::Array(self.errors.iter().map(ErrorItem::to_plist).collect()));
        }
        put_some(&mut to, "MessageResult", self.lock.map(LockResult::as_str));
        put_some(&mut to, "QueryResponses", self.information.as_ref().map(DeviceInformation::to_plist));
        put_some(&mut to, "SecurityInfo", self.security.as_ref().map(SecurityInfo::to_plist));
        if let Some(location) = &self.location {
            location.put(&mut to);
        }
        xml::write(to)
    }
}

impl Status {
    const NAMES: [(&'static str, Self); 5] = [
        ("Idle", Self::Idle),
        ("Acknowledged", Self::Acknowledged),
        ("Error", Self::Error),
        ("CommandFormatError", Self::CommandFormatError),
        ("NotNow", Self::NotNow),
    ];

    fn parse(text: &str) -> Self {
        Self::NAMES.iter().find(|(name, _)| *name == text).map_or(Self::Other, |(_, status)| *status)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, status)| *status == self).map_or("Other", |(name, _)| name)
    }
}

impl LockResult {
    const NAMES: [(&'static str, Self); 4] = [
        ("Success", Self::Success),
        ("DeviceInLostMode", Self::DeviceInLostMode),
        ("NoPasscodeSet", Self::NoPasscodeSet),
        ("Unknown", Self::Unknown),
    ];

    fn parse(text: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == text).map(|(_, result)| *result)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, result)| *result == self).map_or("Unknown", |(name, _)| name)
    }
}

fn errors(value: &Value) -> Option<Vec<ErrorItem>> {
    let errors = value.as_array()?.iter().filter_map(Value::as_dictionary);
    Some(errors.take(MAX_ERRORS).map(ErrorItem::from_plist).collect())
}

impl ErrorItem {
    fn from_plist(from: &Dictionary) -> Self {
        let text = |key| from.get(key).and_then(Value::as_string).map(cut);
        Self {
            code: from.get("ErrorCode").and_then(Value::as_signed_integer),
            domain: text("ErrorDomain"),
            localized: text("LocalizedDescription"),
            english: text("USEnglishDescription"),
        }
    }

    fn to_plist(&self) -> Value {
        let mut to = Dictionary::new();
        put_some(&mut to, "ErrorCode", self.code);
        put_some(&mut to, "ErrorDomain", self.domain.clone());
        put_some(&mut to, "LocalizedDescription", self.localized.clone());
        put_some(&mut to, "USEnglishDescription", self.english.clone());
        Value::Dictionary(to)
    }
}

/// The beginning of a text, at most [`MAX_ERROR_TEXT`] bytes of it.
fn cut(text: &str) -> String {
    text.get(..text.floor_char_boundary(MAX_ERROR_TEXT)).unwrap_or_default().to_owned()
}
