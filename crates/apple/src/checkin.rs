//! Check-in: the messages by which a phone begins, keeps up and ends being managed (`mdm/checkin` in Apple's schema).
//!
//! A phone sends them with the content type [`CONTENT_TYPE`]; everything else that it sends is a
//! [`report`](crate::report).

use plist::Dictionary;

use crate::{
    apns::{MAX_MAGIC, MAX_TOPIC, TOKEN_BYTES},
    secret::Secret,
    udid::Udid,
    xml::{self, Fields, XmlError, put, put_some},
};

/// What the content type of a check-in begins with.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-mdm-checkin";
/// How many bytes an unlock token may have. Those of phones have about 2,000.
pub const UNLOCK_TOKEN_BYTES: std::ops::RangeInclusive<usize> = 1..=16 * 1024;
/// The longest text that a phone says about itself, in bytes. Callers clean it before they show it.
pub const MAX_TEXT: usize = 1024;
/// The longest name of a kind of message, in bytes.
const MAX_KIND: usize = 64;

/// A message of a phone.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckIn {
    /// The first one: the phone wants to be managed. It is not until its first [`TokenUpdate`].
    Authenticate(Authenticate),
    /// How to reach it. The first one ends an enrollment, and others come at any time.
    TokenUpdate(TokenUpdate),
    /// The profile was removed. It is sent once, and never while offline.
    CheckOut(CheckOut),
    /// A message of another kind, or one about a user of a shared iPad: nothing that was asked for. To be answered with 400.
    Other {
        /// Its kind.
        kind: String,
    },
}

/// The phone wants to be managed (`authenticate.yaml`). All but the first two may be missing, the name of the phone too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticate {
    /// Which phone.
    pub udid: Udid,
    /// What it waits for pushes on: the topic of the push certificate.
    pub topic: String,
    /// The name that its owner gave it.
    pub device_name: Option<String>,
    /// The model's number, such as `MTQ03`.
    pub model: Option<String>,
    /// The model's name, such as `iPhone`.
    pub model_name: Option<String>,
    /// The kind of hardware, such as `iPhone15,4`.
    pub product_name: Option<String>,
    /// The version of the system.
    pub os_version: Option<String>,
    /// The build of the system.
    pub build_version: Option<String>,
    /// The serial number.
    pub serial_number: Option<String>,
    /// The IMEI of its first slot.
    pub imei: Option<String>,
    /// The MEID of its first slot.
    pub meid: Option<String>,
}

/// How the phone is reached (`tokenupdate.yaml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUpdate {
    /// Which phone.
    pub udid: Udid,
    /// What it waits for pushes on.
    pub topic: String,
    /// What Apple delivers pushes by.
    pub token: Secret<Vec<u8>>,
    /// What a push has to say, so that the phone asks for commands.
    pub magic: Secret<String>,
    /// What its passcode can be cleared with. Sent once, so a later message without one takes nothing back.
    pub unlock_token: Option<Secret<Vec<u8>>>,
    /// Whether it waits in its setup assistant to be configured.
    pub awaiting_configuration: bool,
}

/// The profile was removed (`checkout.yaml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckOut {
    /// Which phone.
    pub udid: Udid,
    /// What it waited for pushes on.
    pub topic: String,
}

/// Why a message is no check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckInError {
    /// It is no property list.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// It does not say what it is.
    #[error("no kind of message")]
    Kind,
    /// It does not say which phone it is about. Phones that were enrolled by an account send another identifier instead.
    #[error("no UDID")]
    Udid,
    /// It names no topic.
    #[error("no topic")]
    Topic,
    /// There is no push token in it, or an impossible one.
    #[error("no push token")]
    Token,
    /// There is no push magic in it, or an impossible one.
    #[error("no push magic")]
    Magic,
}

impl CheckIn {
    /// Reads a message, of which the signature was verified.
    pub fn read(bytes: &[u8]) -> Result<Self, CheckInError> {
        let message = xml::read(bytes)?;
        let mut fields = Fields::new(&message);
        let kind = fields.text("MessageType", MAX_KIND).ok_or(CheckInError::Kind)?;
        if message.contains_key("UserID") {
            return Ok(Self::Other { kind });
        }
        match kind.as_str() {
            "Authenticate" => authenticate(&message).map(Self::Authenticate),
            "TokenUpdate" => token_update(&message).map(Self::TokenUpdate),
            "CheckOut" => {
                let (udid, topic) = who(&message)?;
                Ok(Self::CheckOut(CheckOut { udid, topic }))
            }
            _ => Ok(Self::Other { kind }),
        }
    }

    /// Writes the message as a phone does.
    pub fn write(&self) -> Result<Vec<u8>, XmlError> {
        let mut to = Dictionary::new();
        match self {
            Self::Authenticate(message) => {
                put_who(&mut to, "Authenticate", &message.udid, &message.topic);
                put_about(&mut to, message);
            }
            Self::TokenUpdate(message) => {
                put_who(&mut to, "TokenUpdate", &message.udid, &message.topic);
                put(&mut to, "Token", plist::Value::Data(message.token.expose().clone()));
                put(&mut to, "PushMagic", message.magic.expose().clone());
                let unlock = message.unlock_token.as_ref();
                put_some(&mut to, "UnlockToken", unlock.map(|token| plist::Value::Data(token.expose().clone())));
                put(&mut to, "AwaitingConfiguration", message.awaiting_configuration);
            }
            Self::CheckOut(message) => put_who(&mut to, "CheckOut", &message.udid, &message.topic),
            Self::Other { kind } => put(&mut to, "MessageType", kind.clone()),
        }
        xml::write(to)
    }
}

fn who(message: &Dictionary) -> Result<(Udid, String), CheckInError> {
    let udid = Udid::read(message).ok_or(CheckInError::Udid)?;
    let topic = Fields::new(message).text("Topic", MAX_TOPIC).ok_or(CheckInError::Topic)?;
    Ok((udid, topic))
}

fn authenticate(message: &Dictionary) -> Result<Authenticate, CheckInError> {
    let (udid, topic) = who(message)?;
    let mut fields = Fields::new(message);
    let mut text = |key| fields.text(key, MAX_TEXT);
    Ok(Authenticate {
        udid,
        topic,
        device_name: text("DeviceName"),
        model: text("Model"),
        model_name: text("ModelName"),
        product_name: text("ProductName"),
        os_version: text("OSVersion"),
        build_version: text("BuildVersion"),
        serial_number: text("SerialNumber"),
        imei: text("IMEI"),
        meid: text("MEID"),
    })
}

fn token_update(message: &Dictionary) -> Result<TokenUpdate, CheckInError> {
    let (udid, topic) = who(message)?;
    let mut fields = Fields::new(message);
    Ok(TokenUpdate {
        udid,
        topic,
        token: fields.data("Token", TOKEN_BYTES).map(Secret::new).ok_or(CheckInError::Token)?,
        magic: fields.text("PushMagic", MAX_MAGIC).map(Secret::new).ok_or(CheckInError::Magic)?,
        unlock_token: fields.data("UnlockToken", UNLOCK_TOKEN_BYTES).map(Secret::new),
        awaiting_configuration: fields.flag("AwaitingConfiguration").unwrap_or(false),
    })
}

fn put_who(to: &mut Dictionary, kind: &str, udid: &Udid, topic: &str) {
    put(to, "MessageType", kind);
    put(to, "UDID", udid.as_str());
    put(to, "Topic", topic);
}

fn put_about(to: &mut Dictionary, message: &Authenticate) {
    let texts = [
        ("DeviceName", &message.device_name),
        ("Model", &message.model),
        ("ModelName", &message.model_name),
        ("ProductName", &message.product_name),
        ("OSVersion", &message.os_version),
        ("BuildVersion", &message.build_version),
        ("SerialNumber", &message.serial_number),
        ("IMEI", &message.imei),
        ("MEID", &message.meid),
    ];
    for (key, text) in texts {
        put_some(to, key, text.clone());
    }
}
