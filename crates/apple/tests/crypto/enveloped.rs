//! Enveloped data.

use apple::cms::{Cipher, EnvelopeError, decrypt, encrypt};
use proptest::prelude::*;

use crate::support::{Identity, seeded, vector};

const CIPHERS: [(&str, Cipher); 5] = [
    ("des", Cipher::Des),
    ("3des", Cipher::TripleDes),
    ("aes128", Cipher::Aes128),
    ("aes192", Cipher::Aes192),
    ("aes256", Cipher::Aes256),
];

#[test]
fn every_cipher_and_form_is_decrypted() {
    let authority = Identity::read("authority");
    let forms = ["ber", "key-identifier", "two-recipients"].map(|name| (name, Cipher::Aes128));
    for (name, cipher) in CIPHERS.into_iter().chain(forms) {
        let message = vector(&format!("enveloped-{name}.der"));
        let opened = decrypt(&message, &authority.key, &authority.certificate, &mut seeded(1)).unwrap();
        assert_eq!((opened.content, opened.cipher), (vector("content.txt"), cipher), "{name}");
    }
}

#[test]
fn a_message_for_somebody_else_is_not_decrypted() {
    let signer = Identity::read("signer");
    let opened = decrypt(&vector("enveloped-des.der"), &signer.key, &signer.certificate, &mut seeded(1));
    assert_eq!(opened, Err(EnvelopeError::NotForThisKey));
    let other = Identity::read("other");
    assert!(decrypt(&vector("enveloped-two-recipients.der"), &other.key, &other.certificate, &mut seeded(1)).is_ok());
}

#[test]
fn whatever_is_wrong_inside_fails_in_one_way() {
    let authority = Identity::read("authority");
    let open = |message: &[u8]| decrypt(message, &authority.key, &authority.certificate, &mut seeded(1));
    let message = vector("enveloped-aes256.der");
    // The encrypted key: every changed byte, and one that is a number larger than the modulus.
    let key = message.windows(4).position(|bytes| bytes == [0x04, 0x82, 0x01, 0x00]).unwrap() + 4;
    for at in (key..key + 256).step_by(16) {
        let mut changed = message.clone();
        changed[at] ^= 1;
        assert_eq!(open(&changed), Err(EnvelopeError::Decryption), "{at}");
    }
    let mut large = message.clone();
    large[key..key + 256].fill(0xff);
    assert_eq!(open(&large), Err(EnvelopeError::Decryption));
    // A key of the wrong length, rightly encrypted.
    let short = rsa::Pkcs1v15Encrypt;
    let sealed = authority.key.as_public_key().encrypt(&mut seeded(2), short, &[7; 5]).unwrap();
    let mut wrong = message.clone();
    wrong[key..key + 256].copy_from_slice(&sealed);
    assert_eq!(open(&wrong), Err(EnvelopeError::Decryption));
    // The padding of the content.
    let mut changed = message.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(open(&changed), Err(EnvelopeError::Decryption));
    // An end inside.
    for end in 0..message.len() {
        assert!(open(&message[..end]).is_err(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_was_encrypted_is_decrypted(content in prop::collection::vec(any::<u8>(), 0..3000), which in 0..5_usize) {
        let authority = Identity::read("authority");
        let cipher = CIPHERS[which].1;
        let message = encrypt(&content, &authority.certificate, cipher, &mut seeded(4)).unwrap();
        let opened = decrypt(&message, &authority.key, &authority.certificate, &mut seeded(5)).unwrap();
        prop_assert_eq!((opened.content, opened.cipher), (content, cipher));
    }
}
