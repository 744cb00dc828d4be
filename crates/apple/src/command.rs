//! Commands: what a phone is asked to do (`mdm/commands` in Apple's schema).
//!
//! Which command of Rollcall leads to which of these, and whether a phone may get it, is the business of the caller.

use plist::{Dictionary, Value};
use uuid::Uuid;

use crate::xml::{self, Fields, XmlError, put, put_some};

/// The content type of a command.
pub const CONTENT_TYPE: &str = "application/xml";
/// The longest text of a command, in bytes.
const MAX_TEXT: usize = 16 * 1024;
/// The longest profile that a command carries, in bytes.
const MAX_PROFILE: usize = 512 * 1024;
/// How many facts one command may ask for.
const MAX_QUERIES: usize = 200;

/// One request to a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Facts about the phone, by the names that Apple's schema gives them. Those that it does not know or may not tell are
    /// absent from its answer.
    DeviceInformation {
        /// The names.
        queries: Vec<String>,
    },
    /// How it is protected.
    SecurityInfo,
    /// Lock the screen.
    DeviceLock {
        /// To be shown on it.
        message: Option<String>,
        /// To be shown on it.
        phone_number: Option<String>,
    },
    /// Erase everything.
    EraseDevice {
        /// Whether an eSIM stays.
        preserve_data_plan: bool,
    },
    /// Lock it as lost, which needs supervision.
    EnableLostMode(LostNotice),
    /// End lost mode.
    DisableLostMode,
    /// Ring until somebody stops it; in lost mode only.
    PlayLostModeSound,
    /// Where it is; in lost mode only.
    DeviceLocation,
    /// Install a profile, or replace the one of the same identifier.
    InstallProfile {
        /// The profile as a file. It may contain a challenge.
        payload: crate::secret::Secret<Vec<u8>>,
    },
    /// Remove a profile. Removing the enrollment profile ends management.
    RemoveProfile {
        /// Its identifier.
        identifier: String,
    },
    /// A request that is not modelled here. A phone answers one it does not know with
    /// [`UNKNOWN_REQUEST`](crate::report::UNKNOWN_REQUEST).
    Other {
        /// Its name.
        kind: String,
    },
}

/// What a lost phone shows. One of message and phone number has to be there (`device.lostmode.enable.yaml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostNotice {
    message: Option<String>,
    phone_number: Option<String>,
    footnote: Option<String>,
}

impl LostNotice {
    /// A notice, unless it would show neither a message nor a phone number.
    pub fn new(message: Option<String>, phone_number: Option<String>, footnote: Option<String>) -> Option<Self> {
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (message, phone_number, footnote) = (said(message), said(phone_number), said(footnote));
        (message.is_some() || phone_number.is_some()).then_some(Self { message, phone_number, footnote })
    }

    /// What happened and what to do.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Whom to call.
    pub fn phone_number(&self) -> Option<&str> {
        self.phone_number.as_deref()
    }

    /// A line at the bottom.
    pub fn footnote(&self) -> Option<&str> {
        self.footnote.as_deref()
    }
}

/// A request with the identifier that its answer will name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The identifier: see [`command_uuid`].
    pub uuid: Uuid,
    /// What to do.
    pub request: Request,
}

/// Why bytes are no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// They are no property list.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// There is no identifier, or one that is no UUID.
    #[error("no CommandUUID")]
    Uuid,
    /// Nothing is asked for.
    #[error("no RequestType")]
    Kind,
    /// A field that the request needs is missing or impossible.
    #[error("no {0}, or an impossible one")]
    Field(&'static str),
}

/// The identifier of a command from a keyed hash of what it is for, so that asking twice for the same is one command
/// (RFC 9562 section 5.8: version 8). Whoever lacks the key cannot name another phone's command.
pub fn command_uuid(keyed_hash: [u8; 16]) -> Uuid {
    Uuid::new_v8(keyed_hash)
}

impl Command {
    /// Writes the command as the server does.
    pub fn write(&self) -> Result<Vec<u8>, XmlError> {
        let mut to = Dictionary::new();
        put(&mut to, "CommandUUID", self.uuid.hyphenated().to_string());
        put(&mut to, "Command", Value::Dictionary(self.request.to_plist()));
        xml::write(to)
    }

    /// Reads a command as a phone does.
    pub fn read(bytes: &[u8]) -> Result<Self, CommandError> {
        let message = xml::read(bytes)?;
        let uuid = Fields::new(&message).text("CommandUUID", 64);
        let uuid = uuid.and_then(|text| Uuid::parse_str(&text).ok()).ok_or(CommandError::Uuid)?;
        let request = message.get("Command").and_then(Value::as_dictionary).ok_or(CommandError::Kind)?;
        Ok(Self { uuid, request: Request::from_plist(request)? })
    }
}

impl Request {
    /// The name of the request (`RequestType`).
    pub fn kind(&self) -> &str {
        match self {
            Self::DeviceInformation { .. } => "DeviceInformation",
            Self::SecurityInfo => "SecurityInfo",
            Self::DeviceLock { .. } => "DeviceLock",
            Self::EraseDevice { .. } => "EraseDevice",
            Self::EnableLostMode(_) => "EnableLostMode",
            Self::DisableLostMode => "DisableLostMode",
            Self::PlayLostModeSound => "PlayLostModeSound",
            Self::DeviceLocation => "DeviceLocation",
            Self::InstallProfile { .. } => "InstallProfile",
            Self::RemoveProfile { .. } => "RemoveProfile",
            Self::Other { kind } => kind,
        }
    }

    fn to_plist(&self) -> Dictionary {
        let mut to = Dictionary::new();
        put(&mut to, "RequestType", self.kind());
        match self {
            Self::DeviceInformation { queries } => {
                put(&mut to, "Queries", Value::Array(queries.iter().map(|query| query.clone().into()).collect()));
            }
            Self::DeviceLock { message, phone_number } => {
                put_some(&mut to, "Message", message.clone());
                put_some(&mut to, "PhoneNumber", phone_number.clone());
            }
            Self::EraseDevice { preserve_data_plan } => put(&mut to, "PreserveDataPlan", *preserve_data_plan),
            Self::EnableLostMode(notice) => {
                put_some(&mut to, "Message", notice.message.clone());
                put_some(&mut to, "PhoneNumber", notice.phone_number.clone());
                put_some(&mut to, "Footnote", notice.footnote.clone());
            }
            Self::InstallProfile { payload } => put(&mut to, "Payload", Value::Data(payload.expose().clone())),
            Self::RemoveProfile { identifier } => put(&mut to, "Identifier", identifier.clone()),
            Self::SecurityInfo
            | Self::DisableLostMode
            | Self::PlayLostModeSound
            | Self::DeviceLocation
            | Self::Other { .. } => {}
        }
        to
    }

    fn from_plist(from: &Dictionary) -> Result<Self, CommandError> {
        let mut fields = Fields::new(from);
        let kind = fields.text("RequestType", 64).ok_or(CommandError::Kind)?;
        Ok(match kind.as_str() {
            "DeviceInformation" => {
                let queries = fields.take("Queries", queries).ok_or(CommandError::Field("Queries"))?;
                Self::DeviceInformation { queries }
            }
            "SecurityInfo" => Self::SecurityInfo,
            "DeviceLock" => Self::DeviceLock {
                message: fields.text("Message", MAX_TEXT),
                phone_number: fields.text("PhoneNumber", MAX_TEXT),
            },
            "EraseDevice" => Self::EraseDevice { preserve_data_plan: fields.flag("PreserveDataPlan").unwrap_or(false) },
            "EnableLostMode" => {
                let mut text = |key| fields.text(key, MAX_TEXT);
                let notice = LostNotice::new(text("Message"), text("PhoneNumber"), text("Footnote"));
                Self::EnableLostMode(notice.ok_or(CommandError::Field("Message"))?)
            }
            "DisableLostMode" => Self::DisableLostMode,
            "PlayLostModeSound" => Self::PlayLostModeSound,
            "DeviceLocation" => Self::DeviceLocation,
            "InstallProfile" => {
                let payload = fields.data("Payload", 1..=MAX_PROFILE).ok_or(CommandError::Field("Payload"))?;
                Self::InstallProfile { payload: crate::secret::Secret::new(payload) }
            }
            "RemoveProfile" => {
                let identifier = fields.text("Identifier", MAX_TEXT).ok_or(CommandError::Field("Identifier"))?;
                Self::RemoveProfile { identifier }
            }
            _ => Self::Other { kind },
        })
    }
}

fn queries(value: &Value) -> Option<Vec<String>> {
    let names = value.as_array().filter(|names| names.len() <= MAX_QUERIES)?;
    names.iter().map(|name| name.as_string().map(str::to_owned)).collect()
}
