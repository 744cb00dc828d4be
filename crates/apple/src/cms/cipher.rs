//! Ciphers of encrypted content, all in CBC mode with the padding of RFC 5652 section 6.3.

use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _, block_padding::Pkcs7};
use der::asn1::ObjectIdentifier;

use crate::{
    algorithm::{self, oid},
    ber::{self, tag},
};

/// A cipher. Clients of SCEP written in Go use single DES whatever the capabilities say, so an answer uses the cipher of
/// its request (trap T5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// Single DES.
    Des,
    /// DES three times with three keys.
    TripleDes,
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 192 bits.
    Aes192,
    /// AES with a key of 256 bits.
    Aes256,
}

/// The cipher of some content and the vector that it begins with.
pub(super) struct Started<'a> {
    pub cipher: Cipher,
    pub vector: &'a [u8],
}

impl Cipher {
    const ALL: [Self; 5] = [Self::Des, Self::TripleDes, Self::Aes128, Self::Aes192, Self::Aes256];

    fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Des => oid::DES,
            Self::TripleDes => oid::TRIPLE_DES,
            Self::Aes128 => oid::AES_128,
            Self::Aes192 => oid::AES_192,
            Self::Aes256 => oid::AES_256,
        }
    }

    /// The length of its key in bytes.
    pub(super) fn key_length(self) -> usize {
        match self {
            Self::Des => 8,
            Self::Aes128 => 16,
            Self::TripleDes | Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    /// The length of a block and of the vector in bytes.
    pub(super) fn block(self) -> usize {
        match self {
            Self::Des | Self::TripleDes => 8,
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
        }
    }

    /// Encrypts `plain`; `None` if the key or the vector has the wrong length.
    pub(super) fn encrypt(self, key: &[u8], vector: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        macro_rules! with {
            ($cipher:ty) => {
                cbc::Encryptor::<$cipher>::new_from_slices(key, vector).ok()?.encrypt_padded_vec::<Pkcs7>(plain)
            };
        }
        Some(match self {
            Self::Des => with!(des::Des),
            Self::TripleDes => with!(des::TdesEde3),
            Self::Aes128 => with!(aes::Aes128),
            Self::Aes192 => with!(aes::Aes192),
            Self::Aes256 => with!(aes::Aes256),
        })
    }

    /// Decrypts `sealed`; `None` whatever is wrong.
    pub(super) fn decrypt(self, key: &[u8], vector: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        macro_rules! with {
            ($cipher:ty) => {
                cbc::Decryptor::<$cipher>::new_from_slices(key, vector).ok()?.decrypt_padded_vec::<Pkcs7>(sealed).ok()
            };
        }
        match self {
            Self::Des => with!(des::Des),
            Self::TripleDes => with!(des::TdesEde3),
            Self::Aes128 => with!(aes::Aes128),
            Self::Aes192 => with!(aes::Aes192),
            Self::Aes256 => with!(aes::Aes256),
        }
    }

    /// The `AlgorithmIdentifier` of content that begins with `vector`.
    pub(super) fn to_der(self, vector: &[u8]) -> Vec<u8> {
        ber::sequence(&[&ber::object_identifier(self.oid()), &ber::octet_string(vector)])
    }
}

impl<'a> Started<'a> {
    /// Reads an `AlgorithmIdentifier`; `None` if the cipher is not known here or its vector has the wrong length.
    pub(super) fn from_der(algorithm: &'a [u8]) -> Option<Self> {
        let (named, mut parameters) = algorithm::identifier(algorithm).ok()?;
        let cipher = Cipher::ALL.into_iter().find(|cipher| cipher.oid().as_bytes() == named)?;
        let vector = parameters.expect(tag::OCTET_STRING).ok()?.content;
        (parameters.is_empty() && vector.len() == cipher.block()).then_some(Self { cipher, vector })
    }
}
