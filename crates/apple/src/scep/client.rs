//! The phone's half.

use std::fmt::Write as _;
use time::OffsetDateTime;

use super::{
    FailInfo, Kind,
    attributes::{self, Status},
};
use crate::{
    algorithm::{Digest, NoSignature},
    certificate::{Certificate, CertificateError},
    cms::{self, Cipher, EnvelopeError, RsaSigner, SignedError, Signing},
    csr::{CsrError, Request},
    random::{self, Random},
};

/// Why a request could not be made, or an answer brings no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// The request for a certificate is none.
    #[error("the request for a certificate: {0}")]
    Csr(#[from] CsrError),
    /// The envelope could not be made or opened.
    #[error("the envelope: {0}")]
    Envelope(#[from] EnvelopeError),
    /// The request could not be signed.
    #[error("the request could not be signed")]
    Unsigned,
    /// The answer, or what is inside, is not signed, or not rightly.
    #[error("the answer: {0}")]
    Signed(#[from] SignedError),
    /// The answer is not from the authority that was asked.
    #[error("the answer is from somebody else")]
    Stranger,
    /// The answer is to another request.
    #[error("the answer is to another request")]
    OtherRequest,
    /// The answer lacks what it has to say.
    #[error("the answer lacks what it has to say")]
    Incomplete,
    /// The authority refused.
    #[error("refused: {0:?}")]
    Refused(FailInfo),
    /// The authority has not decided yet.
    #[error("not decided yet")]
    Pending,
    /// The answer brings no certificate for the key that was asked for.
    #[error("no certificate for this key")]
    NoCertificate,
    /// The certificate is not from the authority that was asked.
    #[error("the certificate: {0}")]
    Certificate(#[from] CertificateError),
}

impl From<NoSignature> for ClientError {
    fn from(_: NoSignature) -> Self {
        Self::Unsigned
    }
}

/// Who asks: the key and certificate that sign the request, and that the answer is encrypted for.
#[derive(Clone, Copy)]
pub struct Requester<'a> {
    /// The key.
    pub key: &'a rsa::PrivateKey,
    /// Its certificate: [`self_signed`](crate::authority::self_signed) at first, the one to be renewed later.
    pub certificate: &'a Certificate,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// A first certificate, or another one.
    pub kind: Kind,
    /// The certificate of the authority that is asked.
    pub authority: &'a Certificate,
    /// The request for a certificate in DER ([`csr::make`](crate::csr::make)).
    pub csr: &'a [u8],
    /// The cipher to encrypt with.
    pub cipher: Cipher,
    /// The digest to sign with.
    pub digest: Digest,
    /// Stated as the signing time, if given.
    pub at: Option<OffsetDateTime>,
}

/// What has to come back in the answer.
#[derive(Clone, Debug)]
pub struct Asked {
    transaction: String,
    nonce: [u8; 16],
    public_key: Vec<u8>,
    authority: Certificate,
}

/// Makes the body of a `PKIOperation` (RFC 8894 section 3.3.1).
pub fn ask(requester: Requester<'_>, wish: &Wish<'_>, random: &mut Random) -> Result<(Vec<u8>, Asked), ClientError> {
    let public_key = Request::read(wish.csr)?.public_key_der().to_vec();
    let nonce = random::bytes::<16>(random);
    let transaction = hexadecimal(&random::bytes::<16>(random));
    let envelope = cms::encrypt(wish.csr, wish.authority, wish.cipher, random)?;
    let attributes = attributes::request(wish.kind, &transaction, &nonce);
    let signing = Signing { at: wish.at, attributes, chain: Vec::new() };
    let Requester { key, certificate } = requester;
    let mut signer = RsaSigner { key, certificate, digest: wish.digest, random };
    let message = cms::sign_attached(&envelope, &mut signer, &signing)?;
    Ok((message, Asked { transaction, nonce, public_key, authority: wish.authority.clone() }))
}

impl Asked {
    /// The certificate that an answer brings, for the `requester` who asked.
    pub fn read(
        &self,
        reply: &[u8],
        requester: Requester<'_>,
        random: &mut Random,
    ) -> Result<Certificate, ClientError> {
        let reply = cms::verify_attached(reply)?;
        if reply.signer != self.authority {
            return Err(ClientError::Stranger);
        }
        let said = &reply.attributes;
        if attributes::kind(said) != Some(Kind::CertRep) {
            return Err(ClientError::Incomplete);
        }
        let transaction = crate::ber::printable_string(&self.transaction);
        let ours = attributes::transaction(said) == Some(&transaction)
            && attributes::recipient_nonce(said) == Some(&self.nonce);
        if !ours {
            return Err(ClientError::OtherRequest);
        }
        match attributes::status(said).ok_or(ClientError::Incomplete)? {
            Status::Success => self.issued(&reply.content, requester, random),
            Status::Failure(info) => Err(ClientError::Refused(info)),
            Status::Pending => Err(ClientError::Pending),
        }
    }

    /// The certificate inside of the envelope.
    fn issued(
        &self,
        envelope: &[u8],
        requester: Requester<'_>,
        random: &mut Random,
    ) -> Result<Certificate, ClientError> {
        let opened = cms::decrypt(envelope, requester.key, requester.certificate, random)?;
        let mut certificates = cms::read_certificates(&opened.content)?.into_iter();
        let issued = certificates.find(|certificate| certificate.public_key_der() == self.public_key);
        let issued = issued.ok_or(ClientError::NoCertificate)?;
        issued.check_issued_by(&self.authority)?;
        Ok(issued)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}
