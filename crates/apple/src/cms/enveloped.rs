//! Enveloped data (RFC 5652 section 6): content for the holder of an RSA key.

use super::{
    cipher::{Cipher, Started},
    parts::content_info,
    verify::Name,
};
use crate::{
    algorithm::{self, oid},
    ber::{self, BerError, Tlv, tag},
    certificate::{Certificate, CertificateError},
    random::{self, Random},
};
use rsa::Pkcs1v15Encrypt;

/// Why content was not decrypted or encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// It cannot be read.
    #[error("unreadable: {0}")]
    Malformed(#[from] BerError),
    /// It is a message of another kind.
    #[error("no enveloped data")]
    NotEnveloped,
    /// It is for somebody else.
    #[error("for another key")]
    NotForThisKey,
    /// The cipher, or the way in which its key was sent, is not known here.
    #[error("an unknown cipher")]
    UnknownCipher,
    /// The content could not be decrypted. There is one such failure whatever the reason, so that nobody who can ask often
    /// learns anything about the key (RFC 3218; trap T2).
    #[error("it could not be decrypted")]
    Decryption,
    /// The recipient's certificate has no key to encrypt for.
    #[error("no key to encrypt for: {0}")]
    Recipient(CertificateError),
    /// The recipient's key is too small.
    #[error("it could not be encrypted")]
    Encryption,
}

/// Decrypted content. Nothing proves that it is what was sent: that is what the signature around it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The content.
    pub content: Vec<u8>,
    /// The cipher that it came in.
    pub cipher: Cipher,
}

/// Decrypts a message for the holder of `key`, who is named in it as `certificate` says.
pub fn decrypt(
    message: &[u8],
    key: &rsa::PrivateKey,
    certificate: &Certificate,
    random: &mut Random,
) -> Result<Opened, EnvelopeError> {
    let message = ber::normalise(message)?;
    let mut fields = content_info(&message, oid::ENVELOPED_DATA)?.ok_or(EnvelopeError::NotEnveloped)?.reader();
    fields.expect(tag::INTEGER)?; // version
    fields.optional(tag::CONTEXT_0)?; // about the sender
    let sealed_key = sealed_key(fields.expect(tag::SET)?, certificate)?;
    let mut encrypted = fields.sequence()?;
    encrypted.expect(tag::OBJECT_IDENTIFIER)?; // the type of the content: always data
    let algorithm = encrypted.expect(tag::SEQUENCE)?;
    let started = Started::from_der(algorithm.raw).ok_or(EnvelopeError::UnknownCipher)?;
    let sealed = one_piece(encrypted.any()?)?;

    let content_key = content_key(sealed_key, key, started.cipher, random);
    let content = started.cipher.decrypt(&content_key, started.vector, &sealed).ok_or(EnvelopeError::Decryption)?;
    Ok(Opened { content, cipher: started.cipher })
}

/// The encrypted key that is meant for `certificate`. A client may name several recipients: it encrypts to every
/// certificate that it was given.
fn sealed_key<'a>(recipients: Tlv<'a>, certificate: &Certificate) -> Result<&'a [u8], EnvelopeError> {
    let mut recipients = recipients.reader();
    while !recipients.is_empty() {
        let recipient = recipients.any()?;
        if recipient.tag != tag::SEQUENCE {
            continue; // one that does not send the key by RSA
        }
        let mut fields = recipient.reader();
        fields.expect(tag::INTEGER)?; // version
        let meant = Name::read(&mut fields)?.means(certificate);
        let algorithm = fields.expect(tag::SEQUENCE)?;
        let sealed = fields.expect(tag::OCTET_STRING)?.content;
        if !meant {
            continue;
        }
        let by_rsa = algorithm::plain(algorithm.raw).is_ok_and(|named| named == oid::RSA.as_bytes());
        return if by_rsa { Ok(sealed) } else { Err(EnvelopeError::UnknownCipher) };
    }
    Err(EnvelopeError::NotForThisKey)
}

/// The encrypted content: `[0]` as one string, or around the pieces of one (trap T1).
fn one_piece(content: Tlv<'_>) -> Result<Vec<u8>, BerError> {
    if content.tag == tag::CONTEXT_0_PRIMITIVE {
        return Ok(content.content.to_vec());
    }
    let mut pieces = content.expect(tag::CONTEXT_0)?.reader();
    let mut joined = Vec::new();
    while !pieces.is_empty() {
        joined.extend_from_slice(pieces.expect(tag::OCTET_STRING)?.content);
    }
    Ok(joined)
}

/// The key of the content. One that cannot be decrypted or has the wrong length is replaced by a random one, so that it
/// fails where any wrong key fails (RFC 3218 section 2.3.2).
fn content_key(sealed: &[u8], key: &rsa::PrivateKey, cipher: Cipher, random: &mut Random) -> Vec<u8> {
    let other = random::bytes::<32>(random);
    let opened = key.decrypt_blinded(random, Pkcs1v15Encrypt, sealed).unwrap_or_default();
    if opened.len() == cipher.key_length() {
        return opened;
    }
    other.into_iter().take(cipher.key_length()).collect()
}

/// Encrypts `content` for the holder of the key of `recipient`.
pub fn encrypt(
    content: &[u8],
    recipient: &Certificate,
    cipher: Cipher,
    random: &mut Random,
) -> Result<Vec<u8>, EnvelopeError> {
    let key: Vec<u8> = random::bytes::<32>(random).into_iter().take(cipher.key_length()).collect();
    let vector: Vec<u8> = random::bytes::<16>(random).into_iter().take(cipher.block()).collect();
    let public = recipient.public_key().map_err(EnvelopeError::Recipient)?;
    let sealed_key = public.encrypt(random, Pkcs1v15Encrypt, &key).map_err(|_| EnvelopeError::Encryption)?;
    let sealed = cipher.encrypt(&key, &vector, content).ok_or(EnvelopeError::Encryption)?;

    let by_rsa = ber::sequence(&[&ber::object_identifier(oid::RSA), &ber::null()]);
    let recipient =
        ber::sequence(&[&ber::integer(0), &recipient.issuer_and_serial(), &by_rsa, &ber::octet_string(&sealed_key)]);
    let encrypted = ber::sequence(&[
        &ber::object_identifier(oid::DATA),
        &cipher.to_der(&vector),
        &ber::tlv(tag::CONTEXT_0_PRIMITIVE, &sealed),
    ]);
    let data = ber::sequence(&[&ber::integer(0), &ber::set(&recipient), &encrypted]);
    Ok(ber::sequence(&[&ber::object_identifier(oid::ENVELOPED_DATA), &ber::explicit(0, &data)]))
}
