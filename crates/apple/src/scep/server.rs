//! The server's half.

use time::OffsetDateTime;

use super::{
    FailInfo, Kind,
    attributes::{self, kind, sender_nonce, transaction},
};
use crate::{
    algorithm::NoSignature,
    authority::Authority,
    certificate::Certificate,
    cms::{self, Cipher, EnvelopeError, SignedError, Signing, Verified},
    csr::{CsrError, Request},
    random::{self, Random},
};

/// Why a message is no request. There is nobody to send a signed answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// It is not signed, or not rightly.
    #[error("the outer message: {0}")]
    Signed(#[from] SignedError),
    /// It is neither a first request nor one for renewal.
    #[error("a message of another type")]
    Kind,
    /// It has no usable transaction identifier.
    #[error("no transaction identifier")]
    Transaction,
    /// It has no usable nonce.
    #[error("no nonce of the sender")]
    Nonce,
}

/// Why the request in a message is refused: for the log. The sender is told [`FailInfo::BadRequest`] whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It could not be decrypted.
    #[error("the envelope: {0}")]
    Envelope(#[from] EnvelopeError),
    /// The request for a certificate is refused.
    #[error("the request for a certificate: {0}")]
    Csr(#[from] CsrError),
}

/// Why no answer could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The certificate could not be encrypted for the sender.
    #[error("the envelope: {0}")]
    Envelope(#[from] EnvelopeError),
    /// The answer could not be signed.
    #[error("the answer could not be signed")]
    Signature,
}

impl From<NoSignature> for ReplyError {
    fn from(_: NoSignature) -> Self {
        Self::Signature
    }
}

/// A request whose outer signature is right. What is inside is still encrypted.
#[derive(Clone, Debug)]
pub struct Message {
    kind: Kind,
    transaction: Vec<u8>,
    nonce: Vec<u8>,
    outer: Verified,
}

/// What is inside of a request.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The request for a certificate: its sender has the key that it names.
    pub request: Request,
    /// The cipher that it came in, in which the answer goes back.
    pub cipher: Cipher,
}

impl Message {
    /// Reads the body of a `PKIOperation` and verifies the outer signature (RFC 8894 section 3.2).
    pub fn read(message: &[u8]) -> Result<Self, MessageError> {
        let outer = cms::verify_attached(message)?;
        let kind = kind(&outer.attributes).filter(|kind| *kind != Kind::CertRep).ok_or(MessageError::Kind)?;
        let transaction = transaction(&outer.attributes).ok_or(MessageError::Transaction)?.to_vec();
        let nonce = sender_nonce(&outer.attributes).ok_or(MessageError::Nonce)?.to_vec();
        Ok(Self { kind, transaction, nonce, outer })
    }

    /// A first request, or one for renewal.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whose signature it has: a certificate of the sender's own making for a first request, the one to be renewed
    /// otherwise. That it was issued here is for the caller to check, by its hash.
    pub fn signer(&self) -> &Certificate {
        &self.outer.signer
    }

    /// Decrypts and reads the request for a certificate.
    pub fn open(&self, authority: &Authority, random: &mut Random) -> Result<Operation, OpenError> {
        let opened = cms::decrypt(&self.outer.content, authority.key(), authority.certificate(), random)?;
        let request = Request::read(&opened.content)?;
        Ok(Operation { request, cipher: opened.cipher })
    }

    /// The answer that brings the certificate `issued` (RFC 8894 section 3.3.2.1), encrypted with `cipher`, signed with the
    /// digest of the request (trap T5). It contains the signer's certificate, the envelope only the issued one (trap T6).
    pub fn grant(
        &self,
        authority: &Authority,
        issued: &Certificate,
        cipher: Cipher,
        now: OffsetDateTime,
        random: &mut Random,
    ) -> Result<Vec<u8>, ReplyError> {
        let bundle = cms::certificates_only(&[issued]);
        let envelope = cms::encrypt(&bundle, self.signer(), cipher, random)?;
        self.reply(authority, &envelope, None, now, random)
    }

    /// The answer that refuses (RFC 8894 section 3.3.2.2): signed, with nothing inside.
    pub fn refuse(
        &self,
        authority: &Authority,
        reason: FailInfo,
        now: OffsetDateTime,
        random: &mut Random,
    ) -> Result<Vec<u8>, ReplyError> {
        self.reply(authority, &[], Some(reason), now, random)
    }

    fn reply(
        &self,
        authority: &Authority,
        content: &[u8],
        failure: Option<FailInfo>,
        now: OffsetDateTime,
        random: &mut Random,
    ) -> Result<Vec<u8>, ReplyError> {
        let ours = random::bytes::<16>(random);
        let attributes = attributes::reply(failure, &self.transaction, &self.nonce, &ours);
        let signing = Signing { at: Some(now), attributes, chain: Vec::new() };
        let mut signer = authority.signer(self.outer.digest, random);
        Ok(cms::sign_attached(content, &mut signer, &signing)?)
    }
}
