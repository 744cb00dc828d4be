//! The enrollment profile: the file by which a phone gets its identity and puts itself under management
//! (`mdm/profiles/TopLevel.yaml`, `com.apple.mdm.yaml` and `com.apple.security.scep.yaml` in Apple's schema).

mod read;
mod rights;
mod sign;

pub use read::{EnrollmentProfile, ProfileError};
pub use rights::{Right, Rights};
pub use sign::{ProfileSigner, SignerError};

use plist::{Dictionary, Value};
use uuid::Uuid;

use crate::{
    secret::Secret,
    xml::{self, XmlError, put, put_some},
};

/// The content type of a profile.
pub const CONTENT_TYPE: &str = "application/x-apple-aspen-config";
/// The type of the payload for the identity.
const SCEP: &str = "com.apple.security.scep";
/// The type of the payload for management.
const MDM: &str = "com.apple.mdm";
/// The common name of the identity that is asked for. The certificate that is issued has a subject of the authority's.
const COMMON_NAME: &str = "Rollcall device";
/// The size of the key that the phone makes, in bits. Without it iOS makes one of 1,024.
const KEY_BITS: u64 = 2048;
/// The key may sign (1) and be encrypted to (4).
const KEY_USAGE: u64 = 5;
/// How often a phone tries again to get its identity, and how many seconds it waits before.
const RETRIES: (u64, u64) = (3, 10);
/// For iPhones and iPads, so that iOS does not ask about a watch.
const TARGET_DEVICE: u64 = 1;

/// What stands in a profile. Everything that iOS compares when a profile is replaced (identifier, UUIDs, topic, address)
/// is the same for all phones of an installation.
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    /// The installation, which the UUIDs of the payloads are made from (RFC 9562 section 5.5: version 5).
    pub installation: Uuid,
    /// The identifier of the profile: see [`identifier`].
    pub identifier: &'a str,
    /// Its title.
    pub display_name: &'a str,
    /// The organisation.
    pub organization: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// What the person agrees to, in their language.
    pub consent: &'a str,
    /// Where the identity is issued.
    pub scep_url: &'a str,
    /// What lets the phone get an identity.
    pub challenge: &'a Secret<String>,
    /// What pushes are sent on.
    pub topic: &'a str,
    /// Where the phone reports to, for ever.
    pub server_url: &'a str,
    /// What may be done with the phone.
    pub rights: Rights,
}

/// Why a profile was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// An address is not https, or has a query or a fragment: iOS compares the address as a whole, and clients of SCEP
    /// append a query of their own (trap T13). On this host itself, which no phone reaches but simulated ones, http does.
    #[error("an address that is not https, or has a query")]
    Address,
    /// There are no rights, which iOS refuses.
    #[error("no rights")]
    NoRights,
    /// It cannot be written as XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
}

/// The identifier of the profile of the installation at `host`: the labels in reverse order, and a name. It stays as it is,
/// since a profile is replaced only by one with the same.
pub fn identifier(host: &str) -> String {
    let host = host.trim_matches(['[', ']', '.']).to_ascii_lowercase();
    if host.parse::<std::net::IpAddr>().is_ok() {
        return format!("{}.rollcall.enroll", host.replace([':', '.'], "-"));
    }
    let labels: Vec<&str> = host.split('.').rev().collect();
    format!("{}.rollcall.enroll", labels.join("."))
}

impl Profile<'_> {
    /// Writes the profile, unsigned.
    pub fn write(&self) -> Result<Vec<u8>, WriteError> {
        if !(fixed_address(self.scep_url) && fixed_address(self.server_url)) {
            return Err(WriteError::Address);
        }
        if self.rights.is_empty() {
            return Err(WriteError::NoRights);
        }
        let mut to = self.payload("Configuration", "");
        put(&mut to, "PayloadDisplayName", self.display_name);
        put(&mut to, "PayloadOrganization", self.organization);
        put(&mut to, "PayloadDescription", self.description);
        let mut consent = Dictionary::new();
        put(&mut consent, "default", self.consent);
        put_some(&mut to, "ConsentText", (!self.consent.is_empty()).then_some(Value::Dictionary(consent)));
        put(&mut to, "TargetDeviceType", TARGET_DEVICE);
        let parts = [self.identity(), self.management()];
        put(&mut to, "PayloadContent", Value::Array(parts.into_iter().map(Value::Dictionary).collect()));
        Ok(xml::write(to)?)
    }

    /// What every payload begins with. `part` is empty for the profile as a whole.
    fn payload(&self, kind: &str, part: &str) -> Dictionary {
        let dot = if part.is_empty() { "" } else { "." };
        let mut to = Dictionary::new();
        put(&mut to, "PayloadType", kind);
        put(&mut to, "PayloadVersion", 1_u64);
        put(&mut to, "PayloadIdentifier", format!("{}{dot}{part}", self.identifier));
        put(&mut to, "PayloadUUID", self.uuid(part));
        to
    }

    fn uuid(&self, part: &str) -> String {
        let uuid = Uuid::new_v5(&self.installation, format!("apple profile {part}").as_bytes());
        uuid.hyphenated().to_string().to_ascii_uppercase()
    }

    fn identity(&self) -> Dictionary {
        let mut content = Dictionary::new();
        put(&mut content, "URL", self.scep_url);
        put(&mut content, "Challenge", self.challenge.expose().clone());
        put(&mut content, "Key Type", "RSA");
        put(&mut content, "Keysize", KEY_BITS);
        put(&mut content, "Key Usage", KEY_USAGE);
        let organization = (!self.organization.is_empty()).then(|| name("O", self.organization));
        let subject = organization.into_iter().chain([name("CN", COMMON_NAME)]);
        put(&mut content, "Subject", Value::Array(subject.collect()));
        put(&mut content, "Retries", RETRIES.0);
        put(&mut content, "RetryDelay", RETRIES.1);
        let mut to = self.payload(SCEP, "scep");
        put(&mut to, "PayloadContent", Value::Dictionary(content));
        to
    }

    fn management(&self) -> Dictionary {
        let mut to = self.payload(MDM, "mdm");
        put(&mut to, "IdentityCertificateUUID", self.uuid("scep"));
        put(&mut to, "Topic", self.topic);
        put(&mut to, "ServerURL", self.server_url);
        put(&mut to, "SignMessage", true);
        put(&mut to, "CheckOutWhenRemoved", true);
        put(&mut to, "AccessRights", u64::from(self.rights.bits()));
        to
    }
}

/// One part of a name. Phones want three levels: parts, each a set of pairs; iOS fails with two where macOS does not.
fn name(kind: &str, value: &str) -> Value {
    Value::Array(vec![Value::Array(vec![kind.into(), value.into()])])
}

fn fixed_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://").filter(|it| is_here(it)));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ']))
}

/// Whether an address without its scheme is one of this host itself.
fn is_here(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
