//! Object identifiers of CMS and of what it carries.

use der::asn1::ObjectIdentifier;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// `id-data` (RFC 5652 section 4).
pub const DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.1");
/// `id-signedData` (RFC 5652 section 5.1).
pub const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
/// `id-envelopedData` (RFC 5652 section 6.1).
pub const ENVELOPED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.3");
/// `id-contentType` (RFC 5652 section 11.1).
pub const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
/// `id-messageDigest` (RFC 5652 section 11.2).
pub const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
/// `id-signingTime` (RFC 5652 section 11.3).
pub const SIGNING_TIME: ObjectIdentifier = oid("1.2.840.113549.1.9.5");

/// `id-sha1` (RFC 3370 section 2.1).
pub const SHA_1: ObjectIdentifier = oid("1.3.14.3.2.26");
/// `id-sha256` (RFC 5754 section 2.2).
pub const SHA_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
/// `id-sha384` (RFC 5754 section 2.3).
pub const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
/// `id-sha512` (RFC 5754 section 2.4).
pub const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");

/// `rsaEncryption` (RFC 3370 sections 3.2 and 4.2.1).
pub const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
/// `sha1WithRSAEncryption` (RFC 3370 section 3.2).
pub const RSA_SHA_1: ObjectIdentifier = oid("1.2.840.113549.1.1.5");
/// `sha256WithRSAEncryption` (RFC 5754 section 3.2).
pub const RSA_SHA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
/// `sha384WithRSAEncryption` (RFC 5754 section 3.2).
pub const RSA_SHA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
/// `sha512WithRSAEncryption` (RFC 5754 section 3.2).
pub const RSA_SHA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
/// `ecdsa-with-SHA256` (RFC 5754 section 3.3).
pub const ECDSA_SHA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");

/// `desCBC`, which clients of SCEP written in Go send (FIPS 46-3; the identifier is from OIW).
pub const DES: ObjectIdentifier = oid("1.3.14.3.2.7");
/// `des-ede3-cbc` (RFC 3370 section 5.1).
pub const TRIPLE_DES: ObjectIdentifier = oid("1.2.840.113549.3.7");
/// `id-aes128-CBC` (RFC 3565 section 4.1).
pub const AES_128: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.2");
/// `id-aes192-CBC` (RFC 3565 section 4.1).
pub const AES_192: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.22");
/// `id-aes256-CBC` (RFC 3565 section 4.1).
pub const AES_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.1.42");
