//! Names of certificates.

use der::asn1::ObjectIdentifier;

use crate::ber;

/// `id-at-commonName` (RFC 5280 appendix A.1).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// `id-at-organizationName` (RFC 5280 appendix A.1).
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// The longest value in characters (`ub-common-name` and `ub-organization-name`, RFC 5280 appendix A.1).
pub const MAX_NAME: usize = 64;

/// Whose a certificate is. Texts are cut at [`MAX_NAME`] characters; any character may be in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The organisation; left out if empty.
    pub organization: &'a str,
    /// The name.
    pub common_name: &'a str,
}

impl Subject<'_> {
    /// A Name in DER (RFC 5280 section 4.1.2.4), in `UTF8String`s.
    pub fn to_der(self) -> Vec<u8> {
        let organization = (!self.organization.is_empty()).then(|| part(ORGANIZATION, self.organization));
        ber::sequence(&[&organization.unwrap_or_default(), &part(COMMON_NAME, self.common_name)])
    }
}

/// One `RelativeDistinguishedName`.
fn part(named: ObjectIdentifier, text: &str) -> Vec<u8> {
    let text: String = text.chars().take(MAX_NAME).collect();
    ber::set(&ber::sequence(&[&ber::object_identifier(named), &ber::utf8_string(&text)]))
}
