//! The settings of an installation: its public URL, its mail route, its helpdesk.

use crate::{
    android::AndroidApp,
    mail::{MailRoute, MailTemplates},
};
use domain::{Timestamp, decide::Thresholds, protocol::Helpdesk};
use lettre::message::Mailbox;
use std::{path::PathBuf, sync::Arc};
use url::Url;

/// Devices that one invitation enrolls in an hour, unless another number is set.
pub const ENROLLMENTS_PER_HOUR: u32 = 100;

/// Devices whose calls are answered from memory, unless another number is set.
pub const KNOWN_DEVICES: u32 = 200_000;

/// Polls of devices that wait at the same time, unless another number is set.
pub const PARKED_POLLS: u32 = 20_000;

/// Where pushes to iPhones and iPads go.
#[derive(Clone, Debug)]
pub struct ApplePush {
    /// The push service.
    pub url: String,
    /// Certificate authorities in DER, of which one has to vouch for it.
    pub trusted: Arc<Vec<Vec<u8>>>,
}

impl Default for ApplePush {
    fn default() -> Self {
        Self { url: apple::apns::PRODUCTION.to_owned(), trusted: Arc::default() }
    }
}

/// The files of a certificate that phones trust, and of its key: profiles of Apple devices are signed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileSigning {
    /// The certificate with its issuers, in PEM.
    pub certificate: PathBuf,
    /// Its key, in PEM.
    pub key: PathBuf,
}

/// For how many days is kept what would otherwise only grow; 0 for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Entries of the journal, which the timelines of rows show.
    pub journal_days: u32,
    /// Mails that have ended, in the outbox.
    pub mails_days: u32,
    /// The last position of a device.
    pub positions_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { journal_days: 0, mails_days: 90, positions_days: 90 }
    }
}

impl Retention {
    /// Since when entries of the journal are kept; `None` for ever.
    pub fn journal_before(&self, now: Timestamp) -> Option<Timestamp> {
        days_before(now, self.journal_days)
    }

    /// As [`Self::journal_before`], for mails.
    pub fn mails_before(&self, now: Timestamp) -> Option<Timestamp> {
        days_before(now, self.mails_days)
    }

    /// As [`Self::journal_before`], for positions.
    pub fn positions_before(&self, now: Timestamp) -> Option<Timestamp> {
        days_before(now, self.positions_days)
    }
}

fn days_before(now: Timestamp, days: u32) -> Option<Timestamp> {
    (days > 0).then(|| now.plus_seconds(i64::from(days) * -86_400))
}

/// The settings of an installation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The URL under which browsers and devices reach Rollcall.
    pub public_url: Url,
    /// The helpdesk that people are referred to.
    pub helpdesk: Helpdesk,
    /// The sender of mails.
    pub mail_from: Mailbox,
    /// Where mails are sent to.
    pub mail_route: MailRoute,
    /// The templates of mails.
    pub mail_templates: MailTemplates,
    /// After how long a device counts as silent or stalled.
    pub thresholds: Thresholds,
    /// Devices that one invitation enrolls in an hour, unless an admin lifted that limit.
    pub enrollments_per_hour: u32,
    /// Where pushes to iPhones and iPads go.
    pub apple_push: ApplePush,
    /// What profiles of Apple devices are signed with; without it they are not.
    pub profile_signing: Option<ProfileSigning>,
    /// The app for Android phones that is handed out.
    pub android_app: Option<Arc<AndroidApp>>,
    /// Most command polls that may wait at the same time.
    pub max_parked_polls: usize,
    /// Devices whose calls are answered from memory.
    pub known_devices: usize,
    /// Where this server runs: computer and data folder. No two servers have the same.
    pub place: String,
    /// What is not kept for ever.
    pub retention: Retention,
}

impl Settings {
    /// Default settings: mails are written to files in `mail_dir`, no helpdesk.
    pub fn new(public_url: Url, mail_from: Mailbox, mail_dir: PathBuf) -> Self {
        Self {
            public_url,
            helpdesk: Helpdesk::default(),
            mail_from,
            mail_route: MailRoute::Files(mail_dir),
            mail_templates: MailTemplates::default(),
            thresholds: Thresholds::default(),
            enrollments_per_hour: ENROLLMENTS_PER_HOUR,
            apple_push: ApplePush::default(),
            profile_signing: None,
            android_app: None,
            max_parked_polls: PARKED_POLLS as usize,
            known_devices: KNOWN_DEVICES as usize,
            place: String::new(),
            retention: Retention::default(),
        }
    }

    /// The public URL without a trailing slash.
    pub fn public_base(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}
