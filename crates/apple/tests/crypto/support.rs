//! Vectors and what tests sign with.

use std::{fs, path::PathBuf};

use apple::{
    algorithm::Digest,
    authority::Authority,
    certificate::Certificate,
    cms::RsaSigner,
    random::{Random, random},
};
use rsa::pkcs8::DecodePrivateKey as _;
use time::OffsetDateTime;

/// A file of the folder of vectors.
pub fn vector(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap()
}

/// Where the vector is.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

/// A key with its certificate.
pub struct Identity {
    pub key: rsa::PrivateKey,
    pub certificate: Certificate,
}

impl Identity {
    pub fn read(name: &str) -> Self {
        let key = rsa::PrivateKey::from_pkcs8_der(&vector(&format!("{name}.key.der"))).unwrap();
        Self { key, certificate: Certificate::from_der(&vector(&format!("{name}.der"))).unwrap() }
    }

    pub fn signer<'a>(&'a self, digest: Digest, random: &'a mut Random) -> RsaSigner<'a> {
        RsaSigner { key: &self.key, certificate: &self.certificate, digest, random }
    }
}

/// The authority of the vectors.
pub fn authority() -> Authority {
    Authority::read(&vector("authority.der"), &vector("authority.key.der")).unwrap()
}

/// Randomness that is the same in every run.
pub fn seeded(seed: u8) -> Random {
    random([seed; 32])
}

/// A moment at which the vectors are valid.
pub fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap()
}
