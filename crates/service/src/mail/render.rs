//! Assembles mails: a text part, an HTML part, and the QR code as an image that the HTML refers to.

use super::{
    content::{MailContent, host, one_line, qr_content_id},
    qr_png::{QrError, qr_png},
    templates::{MailTemplates, Rendered},
};
use domain::Timestamp;
use lettre::{
    Address, Message,
    address::AddressError,
    message::{
        Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentDisposition, ContentId, ContentType, HeaderName, HeaderValue},
    },
};
use std::time::{Duration, SystemTime};

/// Why a mail cannot be rendered. No variant contains a secret.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The mail library rejects the email address.
    #[error("no mail can be sent to this address: {0}")]
    Address(#[from] AddressError),
    /// A template cannot be rendered.
    #[error("the mail's template is broken: {0}")]
    Template(#[from] minijinja::Error),
    /// The QR code cannot be drawn.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// The message cannot be assembled.
    #[error("the mail could not be assembled: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Renders a mail from the sender `from`.
///
/// # Errors
/// The email address is rejected, a template is broken, or the URL is too long for a QR code.
pub fn render(content: &MailContent, from: &Mailbox, templates: &MailTemplates) -> Result<Message, RenderError> {
    // Render subject, text and HTML.
    let Rendered { subject, text, html } = templates.render(content)?;
    let id = content.mail_id;
    let host = host(&content.public_url);
    // The HTML and its QR code belong together. The boundaries contain the mail's random id, so that no text that is
    // quoted in the mail (such as a name) can contain them.
    let related = MultiPart::related()
        .boundary(format!("related-{id}"))
        .singlepart(SinglePart::html(html))
        .singlepart(qr_part(content)?);
    // A mail client shows the last alternative that it supports.
    let body = MultiPart::alternative()
        .boundary(format!("alternative-{id}"))
        .singlepart(SinglePart::plain(text))
        .multipart(related);
    let to = (Some(content.person_name.as_str()), content.to.as_str());
    let message = head(from, to, subject, format!("<{id}@{host}>"), content.now)?.multipart(body)?;
    Ok(message)
}

/// The headers that every mail has, to a name and an address.
pub(super) fn head(
    from: &Mailbox,
    (name, to): (Option<&str>, &str),
    subject: String,
    message_id: String,
    now: Timestamp,
) -> Result<MessageBuilder, RenderError> {
    // Names are reduced to one line, so that they cannot add headers of their own.
    let to = Mailbox::new(name.map(one_line), with_ascii_domain(to)?);
    let from = Mailbox::new(from.name.clone(), with_ascii_domain(from.email.as_ref())?);
    Ok(Message::builder()
        .from(from)
        .to(to)
        .subject(subject)
        .message_id(Some(message_id))
        .date(date(now))
        // RFC 3834: asks for no automatic replies, such as vacation notices.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        // The same for Exchange, which does not look at the standard header.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All".to_owned())))
}

/// The QR code as an inline image.
fn qr_part(content: &MailContent) -> Result<SinglePart, RenderError> {
    let bytes = qr_png(&content.url)?;
    let png = ContentType::parse("image/png").unwrap_or(ContentType::TEXT_PLAIN);
    Ok(SinglePart::builder()
        .header(png)
        .header(ContentDisposition::inline_with_name("enrollment-qr-code.png"))
        .header(ContentId::from(format!("<{}>", qr_content_id(content))))
        .body(bytes))
}

/// An address as every mail server understands it: a domain with letters outside ASCII in its encoded form (`xn--…`,
/// RFC 5891). The part before the @ has no such form.
fn with_ascii_domain(address: &str) -> Result<Address, AddressError> {
    let address: Address = address.parse()?;
    if address.domain().is_ascii() {
        return Ok(address);
    }
    let domain = url::Host::parse(address.domain()).map_err(|_| AddressError::InvalidDomain)?;
    Address::new(address.user(), domain.to_string())
}

fn date(now: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or(0))
}

#[cfg(test)]
mod tests;
