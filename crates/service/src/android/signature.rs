//! The certificate that an APK is signed with: what Android recognises the publisher of an app by.
//!
//! The format is that of Android's APK Signature Schemes v2 and v3: a block in front of the ZIP file's central directory
//! holds pairs of a number and a value (<https://source.android.com/docs/security/features/apksigning/v2>). Numbers are in
//! little endian. Whether the signature is right is for the phone to check; here only the certificate is read.

/// What ends the block.
const MAGIC: &[u8] = b"APK Sig Block 42";
/// The numbers of the values that hold signers, the later scheme first.
const SCHEMES: [u32; 2] = [0xf053_68c0, 0x7109_871a];
/// What begins the record at the end of a ZIP file.
const END: &[u8] = b"PK\x05\x06";
/// The length of that record without its comment, in bytes.
const END_LEN: usize = 22;
/// The longest comment of a ZIP file, in bytes.
const COMMENT_MAX: usize = 0xffff;

/// The certificate of the first signer, in DER; `None` when the file is no APK that is signed with scheme v2 or v3.
pub(super) fn certificate(apk: &[u8]) -> Option<&[u8]> {
    let pairs = Bytes(signing_block(apk)?);
    let signers = SCHEMES.iter().find_map(|scheme| pairs.value(*scheme))?;
    // A sequence of signers. Each begins with what is signed: a sequence of digests, then one of certificates.
    let mut signed = Bytes(signers).prefixed()?.prefixed()?.prefixed()?;
    signed.prefixed()?;
    let certificate = signed.prefixed()?.prefixed()?.0;
    (!certificate.is_empty()).then_some(certificate)
}

/// The pairs of the block, without its two lengths and the magic number.
fn signing_block(apk: &[u8]) -> Option<&[u8]> {
    let before = apk.get(..central_directory(apk)?)?.strip_suffix(MAGIC)?;
    // The length counts everything after the first of its two copies.
    let (rest, len) = before.split_last_chunk::<8>()?;
    let pairs = usize::try_from(u64::from_le_bytes(*len)).ok()?.checked_sub(MAGIC.len() + len.len())?;
    rest.get(rest.len().checked_sub(pairs)?..)
}

/// Where the central directory begins, in bytes from the beginning of the file.
fn central_directory(apk: &[u8]) -> Option<usize> {
    let last = apk.len().checked_sub(END_LEN)?;
    let first = last.saturating_sub(COMMENT_MAX);
    let end = (first..=last).rev().find(|at| apk[*at..].starts_with(END))?;
    let offset = apk.get(end + 16..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*offset)).ok()
}

/// Bytes that are read from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// Takes bytes that follow their length.
    fn prefixed(&mut self) -> Option<Self> {
        let (len, rest) = self.0.split_first_chunk::<4>()?;
        let (taken, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*len)).ok()?)?;
        self.0 = rest;
        Some(Self(taken))
    }

    /// The value with this number, among pairs.
    fn value(&self, wanted: u32) -> Option<&'a [u8]> {
        let mut rest = self.0;
        while let Some((len, more)) = rest.split_first_chunk::<8>() {
            let (pair, after) = more.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)?;
            let (number, value) = pair.split_first_chunk::<4>()?;
            if u32::from_le_bytes(*number) == wanted {
                return Some(value);
            }
            rest = after;
        }
        None
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes after their length.
    fn prefixed(parts: &[&[u8]]) -> Vec<u8> {
        let whole = parts.concat();
        [&u32::try_from(whole.len()).unwrap().to_le_bytes()[..], &whole].concat()
    }

    /// The smallest file that is signed with a certificate, as far as it is read here.
    pub fn apk(scheme: u32, certificate: &[u8], comment: &[u8]) -> Vec<u8> {
        let certificates = prefixed(&[&prefixed(&[certificate])]);
        let signed = prefixed(&[&prefixed(&[b"digests"]), &certificates, &prefixed(&[])]);
        let signers = prefixed(&[&prefixed(&[&signed, b"signatures and key"])]);
        let pair = |number: u32, value: &[u8]| {
            let len = u64::try_from(value.len() + 4).unwrap().to_le_bytes();
            [&len[..], &number.to_le_bytes(), value].concat()
        };
        let pairs = [pair(0x4272_6577, &[0; 9]), pair(scheme, &signers)].concat();
        let len = u64::try_from(pairs.len() + 24).unwrap().to_le_bytes();
        let before = [b"PK\x03\x04 files".as_slice(), &len, &pairs, &len, MAGIC].concat();
        let offset = u32::try_from(before.len()).unwrap().to_le_bytes();
        let comment_len = u16::try_from(comment.len()).unwrap().to_le_bytes();
        [&before, b"directory".as_slice(), END, &[0; 12], &offset, &comment_len, comment].concat()
    }

    #[test]
    fn the_certificate_is_found_whatever_the_scheme_and_the_comment() {
        for scheme in SCHEMES {
            for comment in [b"".to_vec(), b"made by hand".to_vec(), vec![b'x'; COMMENT_MAX]] {
                assert_eq!(certificate(&apk(scheme, b"DER", &comment)), Some(b"DER".as_slice()));
            }
        }
        assert_eq!(certificate(&apk(0x1234, b"DER", b"")), None, "another scheme");
        assert_eq!(certificate(&apk(SCHEMES[0], b"", b"")), None, "an empty certificate");
    }

    #[test]
    fn no_part_of_a_file_is_a_signed_file() {
        let whole = apk(SCHEMES[1], b"DER", b"");
        for end in 0..whole.len() {
            assert_eq!(certificate(&whole[..end]), None, "{end}");
        }
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(at in any::<prop::sample::Index>(), byte: u8, noise in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut broken = apk(SCHEMES[0], b"DER", b"");
            let at = at.index(broken.len());
            broken[at] = byte;
            certificate(&broken);
            certificate(&noise);
        }
    }
}
