//! Reads an enrollment profile as a phone does: for a simulated one.

use plist::{Dictionary, Value};

use super::{MDM, Rights, SCEP};
use crate::{
    secret::Secret,
    xml::{self, Fields, XmlError},
};

/// The longest text that is read, in bytes.
const MAX_TEXT: usize = 16 * 1024;

/// What a phone takes from an enrollment profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentProfile {
    /// What it is replaced and removed by.
    pub identifier: String,
    /// Its UUID.
    pub uuid: String,
    /// What the person is asked to agree to.
    pub consent: Option<String>,
    /// Where the identity is issued.
    pub scep_url: String,
    /// What lets the phone get an identity.
    pub challenge: Option<Secret<String>>,
    /// The size of the key to make, in bits.
    pub key_bits: u64,
    /// The subject to ask for: names and values, such as `CN`.
    pub subject: Vec<(String, String)>,
    /// What pushes are sent on.
    pub topic: String,
    /// Where reports go.
    pub server_url: String,
    /// Where check-ins go.
    pub check_in_url: String,
    /// Whether messages have to be signed.
    pub sign_message: bool,
    /// Whether to say so when the profile is removed.
    pub check_out_when_removed: bool,
    /// What may be done with the phone.
    pub rights: Rights,
}

/// Why a profile does not enroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// It is no property list.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// A field is missing or impossible.
    #[error("no {0}, or an impossible one")]
    Field(&'static str),
    /// There is not exactly one payload of a type.
    #[error("not exactly one payload {0}")]
    Payload(&'static str),
    /// Management names another identity than the one of the profile.
    #[error("the identity is not the one of the profile")]
    Identity,
    /// The subject is not nested in three levels.
    #[error("the subject is not nested in three levels")]
    Subject,
}

impl EnrollmentProfile {
    /// Reads a profile without a signature, strictly: what iOS would not take is refused.
    pub fn read(bytes: &[u8]) -> Result<Self, ProfileError> {
        let profile = xml::read(bytes)?;
        if text(&profile, "PayloadType")? != "Configuration" {
            return Err(ProfileError::Field("PayloadType"));
        }
        let payloads = profile.get("PayloadContent").and_then(Value::as_array);
        let payloads = payloads.ok_or(ProfileError::Field("PayloadContent"))?;
        let (scep, mdm) = (only(payloads, SCEP)?, only(payloads, MDM)?);
        if text(mdm, "IdentityCertificateUUID")? != text(scep, "PayloadUUID")? {
            return Err(ProfileError::Identity);
        }
        let identity = scep.get("PayloadContent").and_then(Value::as_dictionary);
        let identity = identity.ok_or(ProfileError::Field("PayloadContent"))?;
        let server_url = text(mdm, "ServerURL")?;
        let mut of_mdm = Fields::new(mdm);
        let rights = mdm.get("AccessRights").and_then(Value::as_unsigned_integer);
        let rights = rights.and_then(|bits| u32::try_from(bits).ok()).ok_or(ProfileError::Field("AccessRights"))?;
        Ok(Self {
            identifier: text(&profile, "PayloadIdentifier")?,
            uuid: text(&profile, "PayloadUUID")?,
            consent: consent(&profile),
            scep_url: text(identity, "URL")?,
            challenge: Fields::new(identity).text("Challenge", MAX_TEXT).map(Secret::new),
            key_bits: identity.get("Keysize").and_then(Value::as_unsigned_integer).unwrap_or(1024),
            subject: identity.get("Subject").map_or(Ok(Vec::new()), subject)?,
            topic: text(mdm, "Topic")?,
            check_in_url: of_mdm.text("CheckInURL", MAX_TEXT).unwrap_or_else(|| server_url.clone()),
            server_url,
            sign_message: of_mdm.flag("SignMessage").unwrap_or(false),
            check_out_when_removed: of_mdm.flag("CheckOutWhenRemoved").unwrap_or(false),
            rights: Rights::from_bits(rights),
        })
    }
}

fn text(from: &Dictionary, key: &'static str) -> Result<String, ProfileError> {
    Fields::new(from).text(key, MAX_TEXT).ok_or(ProfileError::Field(key))
}

fn consent(profile: &Dictionary) -> Option<String> {
    let texts = profile.get("ConsentText").and_then(Value::as_dictionary)?;
    Fields::new(texts).text("default", MAX_TEXT)
}

/// The one payload of that type.
fn only<'a>(payloads: &'a [Value], kind: &'static str) -> Result<&'a Dictionary, ProfileError> {
    let of_kind = |payload: &&Dictionary| payload.get("PayloadType").and_then(Value::as_string) == Some(kind);
    let mut found = payloads.iter().filter_map(Value::as_dictionary).filter(of_kind);
    match (found.next(), found.next()) {
        (Some(payload), None) => Ok(payload),
        _ => Err(ProfileError::Payload(kind)),
    }
}

fn subject(value: &Value) -> Result<Vec<(String, String)>, ProfileError> {
    let parts = value.as_array().ok_or(ProfileError::Subject)?;
    let mut names = Vec::new();
    for part in parts {
        for pair in part.as_array().ok_or(ProfileError::Subject)? {
            names.push(pair.as_array().and_then(|pair| name(pair)).ok_or(ProfileError::Subject)?);
        }
    }
    Ok(names)
}

fn name(pair: &[Value]) -> Option<(String, String)> {
    match pair {
        [kind, value] => Some((kind.as_string()?.to_owned(), value.as_string()?.to_owned())),
        _ => None,
    }
}
