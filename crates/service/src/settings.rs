//! What an installation is told: where it is reached, how it mails, whom people may ask.

use crate::mail::{MailRoute, MailTemplates};
use domain::{decide::Thresholds, protocol::Helpdesk};
use lettre::message::Mailbox;
use std::path::PathBuf;
use url::Url;

/// The settings of an installation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where browsers and devices reach Rollcall.
    pub public_url: Url,
    /// Whom people may ask for help.
    pub helpdesk: Helpdesk,
    /// Sender of mails.
    pub mail_from: Mailbox,
    /// Where mails go.
    pub mail_route: MailRoute,
    /// What mails say.
    pub mail_templates: MailTemplates,
    /// When silence means something.
    pub thresholds: Thresholds,
    /// Command polls that may wait at the same time.
    pub max_parked_polls: usize,
}

impl Settings {
    /// Usual settings around a public URL: mails into files, no helpdesk.
    pub fn new(public_url: Url, mail_from: Mailbox, mail_dir: PathBuf) -> Self {
        Self {
            public_url,
            helpdesk: Helpdesk::default(),
            mail_from,
            mail_route: MailRoute::Files(mail_dir),
            mail_templates: MailTemplates::default(),
            thresholds: Thresholds::default(),
            max_parked_polls: 20_000,
        }
    }

    /// The public URL as text without a slash at its end.
    pub fn public_base(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }
}
