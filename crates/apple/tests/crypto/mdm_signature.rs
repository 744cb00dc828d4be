//! The header `Mdm-Signature`.

use apple::{
    algorithm::Digest,
    cms::{SignedError, Signing},
    mdm_signature::{HeaderError, MAX_HEADER, sign, verify},
};

use crate::support::{Identity, now, seeded};

#[test]
fn a_body_is_verified_by_its_header() {
    let phone = Identity::read("signer");
    let signing = Signing { at: Some(now()), ..Signing::default() };
    let header = sign(b"<plist/>", &mut phone.signer(Digest::Sha256, &mut seeded(1)), &signing).unwrap();
    assert!(header.ends_with('='), "another length is needed to try a header without padding");
    for form in [header.clone(), header.trim_end_matches('=').to_owned(), format!(" {header}\r\n")] {
        assert_eq!(verify(form.as_bytes(), b"<plist/>").unwrap().signer, phone.certificate);
    }
    assert_eq!(verify(header.as_bytes(), b"<plist />"), Err(HeaderError::Signed(SignedError::Digest)));
    assert_eq!(verify(header.as_bytes(), b""), Err(HeaderError::Signed(SignedError::Digest)));
}

#[test]
fn a_header_that_is_too_long_or_no_base64_is_refused() {
    assert_eq!(verify(&vec![b'A'; MAX_HEADER + 1], b""), Err(HeaderError::TooLong));
    assert!(matches!(verify(&[b'A'; MAX_HEADER], b""), Err(HeaderError::Signed(_))));
    assert_eq!(verify(b"?", b""), Err(HeaderError::NoBase64));
    assert!(matches!(verify(b"", b""), Err(HeaderError::Signed(SignedError::Malformed(_)))));
}
