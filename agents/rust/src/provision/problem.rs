//! Why a phone could not be set up, and what to do about it.

use super::{PACKAGE, adb::AdbError};

/// Why a phone could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// The invitation's server has no HTTPS.
    #[error(
        "The app speaks only HTTPS, and this link begins with http://. Give the server an address that begins with https:// \
         (--public-url of rollcall serve), and take the link from there."
    )]
    NotHttps,
    /// `adb` cannot be run.
    #[error(transparent)]
    Adb(#[from] AdbError),
    /// No phone is connected.
    #[error(
        "No phone is connected. Connect it with a cable, turn on \"USB debugging\" in its developer options, and choose file \
         transfer if it asks what the cable is for."
    )]
    NoPhone,
    /// Several phones are connected.
    #[error("Several phones are connected: {}. Name one with --serial.", .0.join(", "))]
    SeveralPhones(Vec<String>),
    /// The phone that was named is not connected.
    #[error("The phone {0} is not connected.")]
    OtherPhone(String),
    /// The phone has not allowed this computer.
    #[error("The phone has not allowed this computer yet. Unlock it and allow USB debugging there, then try again.")]
    NotAllowed,
    /// The phone does not answer.
    #[error("The phone is connected but does not answer. Unplug it and plug it in again.")]
    Offline,
    /// This computer may not use the phone.
    #[error(
        "This computer may not use the phone: install the rules for Android devices (Debian: android-sdk-platform-tools-common)."
    )]
    NoPermission,
    /// Its Android is too old.
    #[error("The app needs Android 8 or later; this phone has an older one (API level {sdk}).")]
    TooOld {
        /// Its version, as Android counts.
        sdk: u32,
    },
    /// The app on the phone has another publisher.
    #[error(
        "The phone has the app from another publisher. Remove that one first: adb uninstall {PACKAGE}. If the phone belongs \
         to it, the phone has to be reset."
    )]
    OtherPublisher,
    /// The app on the phone is newer.
    #[error("The phone has a newer version of the app.")]
    NewerApp,
    /// The phone does not let a computer install apps.
    #[error(
        "The phone does not let a computer install apps. Confirm the installation on the phone; some makers have a switch \
         \"Install via USB\" in the developer options."
    )]
    InstallRefused,
    /// The phone is full.
    #[error("The phone has no room for the app.")]
    NoRoom,
    /// There are accounts on it.
    #[error(
        "There are accounts on the phone, and Android hands over only a phone without any. Remove all accounts in its \
         settings, or reset it and skip adding one; then try again."
    )]
    Accounts,
    /// There are several users on it.
    #[error("There are several users on the phone. Remove all but the first in its settings, then try again.")]
    Users,
    /// It belongs to another app.
    #[error("The phone belongs to another app already. It has to be reset first.")]
    Owned,
    /// The phone does not let a computer hand it over.
    #[error(
        "The phone does not let a computer hand it over. Some makers have a switch \"USB debugging (Security settings)\" in \
         the developer options: turn it on and try again."
    )]
    HandOverRefused,
    /// It failed in a way that is not known here.
    #[error("{what} failed. The phone says: {words}")]
    Unknown {
        /// What.
        what: &'static str,
        /// The phone's words.
        words: String,
    },
}

/// What words of the phone mean.
type Meaning = (&'static str, fn() -> ProvisionError);

/// What `adb install` says when it fails, by Android's names.
const OF_INSTALL: [Meaning; 6] = [
    ("INSTALL_FAILED_UPDATE_INCOMPATIBLE", || ProvisionError::OtherPublisher),
    ("INSTALL_FAILED_VERSION_DOWNGRADE", || ProvisionError::NewerApp),
    ("INSTALL_FAILED_USER_RESTRICTED", || ProvisionError::InstallRefused),
    ("INSTALL_FAILED_VERIFICATION_FAILURE", || ProvisionError::InstallRefused),
    ("INSTALL_FAILED_ABORTED", || ProvisionError::InstallRefused),
    ("INSTALL_FAILED_INSUFFICIENT_STORAGE", || ProvisionError::NoRoom),
];

/// What `dpm set-device-owner` says when it fails, as in the sources of Android 8 to 16.
const OF_HAND_OVER: [Meaning; 6] = [
    ("some accounts on the device", || ProvisionError::Accounts),
    ("several users on the device", || ProvisionError::Users),
    ("device owner is already set", || ProvisionError::Owned),
    ("already has a device owner", || ProvisionError::Owned),
    ("already has a profile owner", || ProvisionError::Owned),
    ("MANAGE_DEVICE_ADMINS", || ProvisionError::HandOverRefused),
];

/// Why an installation failed, by what `adb` printed.
pub(super) fn of_install(words: &str) -> ProvisionError {
    meaning(&OF_INSTALL, "Installing the app", words)
}

/// Why a phone was not handed over, by what it printed.
pub(super) fn of_hand_over(words: &str) -> ProvisionError {
    meaning(&OF_HAND_OVER, "Handing the phone over", words)
}

/// Why the app was not opened, by what the phone printed.
pub(super) fn of_open(words: &str) -> ProvisionError {
    meaning(&[], "Opening the app", words)
}

fn meaning(known: &[Meaning], what: &'static str, words: &str) -> ProvisionError {
    let found = known.iter().find(|(part, _)| words.contains(part));
    found.map_or_else(|| ProvisionError::Unknown { what, words: short(words) }, |(_, error)| error())
}

/// The line that says most: an exception, or else the last one.
fn short(words: &str) -> String {
    let lines = || words.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("at "));
    let line =
        lines().find(|line| line.contains("Exception") || line.contains("Error")).or_else(|| lines().next_back());
    line.unwrap_or("nothing").chars().take(300).collect()
}
