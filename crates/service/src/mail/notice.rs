//! Mails to accounts of the console: a subject and a text, without credentials.

use super::{
    content::{host, one_line},
    render::{RenderError, head},
};
use domain::{Timestamp, types::ids::MailId};
use lettre::{
    Message,
    message::{Mailbox, header::ContentType},
};

/// A mail to an account.
#[derive(Clone, Debug)]
pub(crate) struct Notice<'a> {
    /// Left part of its Message-ID.
    pub(crate) id: MailId,
    /// The account's email.
    pub(crate) to: &'a str,
    /// The subject.
    pub(crate) subject: &'a str,
    /// The text.
    pub(crate) text: String,
    /// The public URL of the installation.
    pub(crate) public_url: &'a str,
    /// Time in the Date header.
    pub(crate) now: Timestamp,
}

impl Notice<'_> {
    /// The mail from the sender `from`.
    ///
    /// # Errors
    /// The email address is rejected.
    pub(crate) fn message(self, from: &Mailbox) -> Result<Message, RenderError> {
        let id = format!("<{}@{}>", self.id, host(self.public_url));
        let head = head(from, (None, self.to), one_line(self.subject), id, self.now)?;
        Ok(head.header(ContentType::TEXT_PLAIN).body(self.text)?)
    }
}
