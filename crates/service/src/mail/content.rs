//! The content of a mail, and what is derived from it.

use domain::{
    Timestamp,
    mail::MailKind,
    protocol::Helpdesk,
    types::{
        ids::MailId,
        text::{EmailAddress, clean_text},
    },
};
use i18n::Language;
use url::Url;

/// Longest name of a person or device, in characters.
const LINE_MAX: usize = 200;

/// The content of a mail. It contains secrets in clear, so it has no `Debug`.
pub struct MailContent {
    /// What the mail is for.
    pub kind: MailKind,
    /// Language of the person.
    pub language: Language,
    /// Id of the mail, and left part of its Message-ID, so that mail clients can recognise a duplicate.
    pub mail_id: MailId,
    /// Name of the person.
    pub person_name: String,
    /// Email of the person, which is also needed to use the PIN.
    pub to: EmailAddress,
    /// The enrollment URL.
    pub url: String,
    /// The PIN in two groups.
    pub pin_grouped: String,
    /// The public URL of the installation.
    pub public_url: String,
    /// The helpdesk that the person is referred to.
    pub helpdesk: Helpdesk,
    /// Manufacturer and model of the device to renew.
    pub device_name: Option<String>,
    /// Time in the Date header.
    pub now: Timestamp,
}

/// The Content-ID of the QR code, by which the HTML refers to it.
pub(super) fn qr_content_id(content: &MailContent) -> String {
    format!("qr.{}@{}", content.mail_id, host(&content.public_url))
}

/// The host of the public URL, used as the right part of ids.
pub(super) fn host(public_url: &str) -> String {
    let url = Url::parse(public_url).ok();
    url.and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}

/// `text` as one line without control characters, so that no name can inject a header.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    clean_text(&spaced, LINE_MAX)
}
