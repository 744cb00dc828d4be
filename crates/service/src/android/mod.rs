//! The app for Android phones, which the server hands out, and how a phone gets to it.

mod signature;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::device::Ownership;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, fmt, fmt::Write as _};
use url::Url;

/// The name by which Android knows the app.
pub const PACKAGE: &str = "net.rollcall.agent";
/// The path at which the server hands it out.
pub const PATH: &str = "/android/rollcall.apk";
/// The part of it that Android makes the administrator of a device.
const ADMIN: &str = "net.rollcall.agent/.AdminReceiver";
/// Where the app looks for the enrollment URL in what the setup wizard hands over.
const EXTRA_URL: &str = "rollcall.url";

/// The app that the server hands out.
#[derive(Clone, PartialEq, Eq)]
pub struct AndroidApp {
    file: Cow<'static, [u8]>,
    sha256: [u8; 32],
    certificate_sha256: [u8; 32],
}

/// The file is not an app that a phone would install.
#[derive(Debug, thiserror::Error)]
#[error("this is not an Android app that is signed with signature scheme v2 or v3")]
pub struct NotAnApp;

impl AndroidApp {
    /// The app in an APK.
    ///
    /// # Errors
    /// The file is not one, or not signed in the way that Android has required since version 11.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, NotAnApp> {
        let file = file.into();
        let certificate_sha256 = Sha256::digest(signature::certificate(&file).ok_or(NotAnApp)?).into();
        Ok(Self { sha256: Sha256::digest(&file).into(), certificate_sha256, file })
    }

    /// The file.
    pub fn file(&self) -> &Cow<'static, [u8]> {
        &self.file
    }

    /// SHA-256 of the file.
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// SHA-256 of the certificate that it is signed with, as Android's tools write it: `AB:CD:…`.
    pub fn fingerprint(&self) -> String {
        let mut text = String::with_capacity(95);
        for (at, byte) in self.certificate_sha256.iter().enumerate() {
            let separator = if at == 0 { "" } else { ":" };
            // Writing to a string does not fail.
            let _ = write!(text, "{separator}{byte:02X}");
        }
        text
    }

    /// What the setup wizard of a new phone scans to hand the phone over to the organisation: JSON, with the names of
    /// `android.app.admin.DevicePolicyManager`. It contains the enrollment URL, a secret. `None` when the server has no
    /// HTTPS address: the wizard downloads the app over nothing else.
    pub fn provisioning(&self, public_url: &Url, enrollment_url: &str) -> Option<String> {
        let base = public_url.as_str().trim_end_matches('/');
        let code = json!({
            (extra("DEVICE_ADMIN_COMPONENT_NAME")): ADMIN,
            (extra("DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION")): format!("{base}{PATH}"),
            // Of the certificate and not of the file, so that a printed code outlives updates of the app.
            (extra("DEVICE_ADMIN_SIGNATURE_CHECKSUM")): BASE64_URL_SAFE_NO_PAD.encode(self.certificate_sha256),
            (extra("LEAVE_ALL_SYSTEM_APPS_ENABLED")): true,
            (extra("ADMIN_EXTRAS_BUNDLE")): { (EXTRA_URL): enrollment_url },
        });
        (public_url.scheme() == "https").then(|| code.to_string())
    }

    /// What lets Android open links to the server in the app: the content of `/.well-known/assetlinks.json`
    /// (<https://developers.google.com/digital-asset-links/v1/statements>).
    pub fn asset_links(&self) -> Value {
        json!([{
            "relation": ["delegate_permission/common.handle_all_urls"],
            "target": {
                "namespace": "android_app",
                "package_name": PACKAGE,
                "sha256_cert_fingerprints": [self.fingerprint()],
            },
        }])
    }
}

fn extra(name: &str) -> String {
    format!("android.app.extra.PROVISIONING_{name}")
}

/// The link that opens the app with an enrollment URL, `https://HOST/e/TOKEN`, and with whose device it is.
pub fn open_url(enrollment_url: &str, ownership: Ownership) -> String {
    let rest = enrollment_url.split_once("://").map_or(enrollment_url, |(_, rest)| rest);
    format!("rollcall://{rest}?ownership={ownership}")
}

impl fmt::Debug for AndroidApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AndroidApp({} bytes, {})", self.file.len(), self.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567";

    fn app() -> AndroidApp {
        AndroidApp::read(signature::tests::apk(0x7109_871a, b"a certificate", b"")).unwrap()
    }

    #[test]
    fn the_setup_wizard_gets_the_app_its_certificate_and_the_link() {
        let code = app().provisioning(&"https://mdm.example.com".parse().unwrap(), URL).unwrap();
        let code: Value = serde_json::from_str(&code).unwrap();
        let of = |name: &str| &code[format!("android.app.extra.PROVISIONING_{name}")];
        assert_eq!(of("DEVICE_ADMIN_COMPONENT_NAME"), "net.rollcall.agent/.AdminReceiver");
        assert_eq!(of("DEVICE_ADMIN_PACKAGE_DOWNLOAD_LOCATION"), "https://mdm.example.com/android/rollcall.apk");
        // printf 'a certificate' | sha256sum | xxd -r -p | base64, in the URL's alphabet
        assert_eq!(of("DEVICE_ADMIN_SIGNATURE_CHECKSUM"), "gazXYhQPppKhQoItL75NxvVLyqUB9oqzflru0Lr-TZk");
        assert_eq!(of("ADMIN_EXTRAS_BUNDLE")["rollcall.url"], URL);
    }

    #[test]
    fn the_setup_wizard_downloads_nothing_without_https() {
        assert_eq!(app().provisioning(&"http://mdm.example.com".parse().unwrap(), URL), None);
    }

    #[test]
    fn links_to_the_app_and_to_the_server_name_the_same_invitation() {
        let open = open_url(URL, Ownership::Company);
        assert_eq!(open, "rollcall://mdm.example.com/e/abcdefghijklmnopqrstuvwxyz234567?ownership=company");
        let links = app().asset_links();
        let print = links[0]["target"]["sha256_cert_fingerprints"][0].as_str().unwrap();
        assert_eq!(print.len(), 95);
        assert!(print.starts_with("81:AC"), "{print}");
    }

    #[test]
    fn a_file_that_is_not_signed_is_no_app() {
        assert!(AndroidApp::read(b"PK".as_slice()).is_err());
    }
}
