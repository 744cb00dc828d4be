//! The request for a push certificate.

use apple::{
    algorithm::Digest,
    authority::{Authority, Subject, make_key, public_key_der},
    certificate::Certificate,
    cms::RsaSigner,
    csr::Request,
    push_certificate::{WrapError, make_request, read_certificates, read_key, read_request, to_pem, wrap},
    random::{Random, random},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::{NOW, vector};

const SUBJECT: Subject<'static> = Subject { organization: "Müller & Söhne", common_name: "Push" };

fn request(random: &mut Random) -> Vec<u8> {
    make_request(&read_key(&vector("certificate.key.der")).unwrap(), SUBJECT, random).unwrap()
}

/// A vendor whose certificate the authority of the vectors issued.
struct Vendor {
    key: rsa::PrivateKey,
    certificate: Certificate,
    root: Certificate,
}

impl Vendor {
    fn new(random: &mut Random) -> Self {
        let root = Authority::read(&vector("../authority.der"), &vector("../authority.key.der")).unwrap();
        let key = read_key(&vector("../signer.key.der")).unwrap();
        let certificate = root.issue(&public_key_der(&key).unwrap(), SUBJECT, NOW, random).unwrap();
        Self { key, certificate, root: root.certificate().clone() }
    }

    fn signer<'a>(&'a self, digest: Digest, random: &'a mut Random) -> RsaSigner<'a> {
        RsaSigner { key: &self.key, certificate: &self.certificate, digest, random }
    }
}

#[test]
fn a_new_key_asks_for_a_certificate() {
    let mut random = random([1; 32]);
    let key = make_key(&mut random).unwrap();
    let request = make_request(&key, SUBJECT, &mut random).unwrap();
    let read = Request::read(&request).unwrap();
    assert_eq!(read.public_key_der(), public_key_der(&key).unwrap());
    assert_eq!(read.challenge(), None);
    let file = to_pem(&request).unwrap();
    assert!(file.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"), "{file}");
    assert_eq!(read_request(file.as_bytes()).unwrap(), request);
}

#[test]
fn a_vendor_wraps_a_request_as_apple_asks_for() {
    let mut random = random([2; 32]);
    let (request, vendor) = (request(&mut random), Vendor::new(&mut random));
    let root = vendor.root.clone();
    let file = wrap(&request, &mut vendor.signer(Digest::Sha256, &mut random), &[root]).unwrap();

    let xml = STANDARD.decode(file).unwrap();
    let wrapped = plist::Value::from_reader_xml(xml.as_slice()).unwrap().into_dictionary().unwrap();
    let text = |key: &str| wrapped.get(key).unwrap().as_string().unwrap();
    assert_eq!(wrapped.len(), 3);
    assert_eq!(STANDARD.decode(text("PushCertRequestCSR")).unwrap(), request);
    let chain = read_certificates(text("PushCertCertificateChain").as_bytes()).unwrap();
    assert_eq!(chain, [vendor.certificate.clone(), vendor.root.clone()]);
    let signature = STANDARD.decode(text("PushCertSignature")).unwrap();
    let padding = rsa::Pkcs1v15Sign::new::<Sha256>();
    vendor.certificate.public_key().unwrap().verify(padding, &Sha256::digest(&request), &signature).unwrap();
}

#[test]
fn what_the_portal_would_refuse_is_not_wrapped() {
    let mut random = random([3; 32]);
    let (request, vendor) = (request(&mut random), Vendor::new(&mut random));
    let (root, own) = (vendor.root.clone(), vendor.certificate.clone());
    let mut refused = |request: &[u8], digest, issuers: &[Certificate]| {
        wrap(request, &mut vendor.signer(digest, &mut random), issuers).unwrap_err()
    };
    let failed = refused(b"no request", Digest::Sha256, std::slice::from_ref(&root));
    assert!(matches!(failed, WrapError::Request(_)), "{failed}");
    let failed = refused(&request, Digest::Sha1, std::slice::from_ref(&root));
    assert!(matches!(failed, WrapError::Signature), "{failed}");
    let failed = refused(&request, Digest::Sha256, &[]);
    assert!(matches!(failed, WrapError::Chain(_)), "no root: {failed}");
    let stranger = Certificate::from_der(&vector("../other.der")).unwrap();
    for chain in [vec![stranger.clone()], vec![stranger, root.clone()], vec![root.clone(), own]] {
        let failed = refused(&request, Digest::Sha256, &chain);
        assert!(matches!(failed, WrapError::Chain(_)), "{failed}");
    }

    let other = read_key(&vector("../other.key.der")).unwrap();
    let mut signer = RsaSigner { key: &other, ..vendor.signer(Digest::Sha256, &mut random) };
    let failed = wrap(&request, &mut signer, &[root]).unwrap_err();
    assert!(matches!(failed, WrapError::OtherKey), "{failed}");
}
