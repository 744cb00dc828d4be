//! Renders mails: a text part, an HTML part, and the QR code as an image that the HTML refers to.

use super::{
    qr_png::{QrError, qr_png},
    templates::MailTemplates,
};
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
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentDisposition, ContentId, ContentType, HeaderName, HeaderValue},
    },
};
use minijinja::{Value, context};
use std::time::{Duration, SystemTime};
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

/// Why a mail cannot be rendered. No variant contains a secret.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The mail library rejects the email address.
    #[error("no mail can be sent to this address: {0}")]
    Address(#[from] lettre::address::AddressError),
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
    let Rendered { subject, text, html } = render_templates(content, templates)?;
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
    // Headers. Names are reduced to one line, so that they cannot add headers of their own.
    let to = Mailbox::new(Some(one_line(&content.person_name)), content.to.as_str().parse()?);
    let message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{id}@{host}>")))
        .date(date(content.now))
        // RFC 3834: asks for no automatic replies, such as vacation notices.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .multipart(body)?;
    Ok(message)
}

/// The rendered templates of a mail.
pub(super) struct Rendered {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Renders subject, text and HTML of a mail.
pub(super) fn render_templates(content: &MailContent, templates: &MailTemplates) -> Result<Rendered, minijinja::Error> {
    let environment = templates.environment(content.language)?;
    let kind = content.kind.as_str();
    let render = |name: &str, variables: Value| environment.get_template(&format!("{kind}.{name}"))?.render(variables);
    let variables = variables(content, str::to_owned);
    let subject = one_line(&render("subject.txt", variables.clone())?);
    let text = render("txt", variables)?;
    // In HTML the engine escapes every variable, except URLs, which are escaped here.
    let variables = self::variables(content, |url| Value::from_safe_string(escape_url(url)));
    let html = render("html", context! { subject => &subject, ..variables })?;
    Ok(Rendered { subject, text, html })
}

/// The variables of the templates. `format_url` escapes URLs as the template's format requires.
fn variables<V: Into<Value>>(content: &MailContent, format_url: impl Fn(&str) -> V) -> Value {
    let Helpdesk { name, email, phone } = &content.helpdesk;
    let language = content.language;
    let inviter = name.as_deref().map_or_else(|| host(&content.public_url), one_line);
    let helper = name.as_deref().map_or_else(|| language.text("helper-inviter"), one_line);
    let device = content.device_name.as_deref().map_or_else(|| language.text("renew-some-device"), one_line);
    context! {
        language => language.tag(),
        name => one_line(&content.person_name),
        email => content.to.as_str(),
        url => format_url(&content.url).into(),
        server => format_url(content.public_url.trim_end_matches('/')).into(),
        pin => &content.pin_grouped,
        cid => qr_content_id(content),
        inviter,
        device,
        helpdesk => context! {
            name => helper,
            email => email.as_deref().map(one_line),
            phone => phone.as_deref().map(one_line),
        },
    }
}

/// Escapes a URL for HTML. The template engine would write slashes as entities too, which not every program that looks
/// for links in mails understands.
fn escape_url(url: &str) -> String {
    url.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;")
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

/// The Content-ID of the QR code, by which the HTML refers to it.
fn qr_content_id(content: &MailContent) -> String {
    format!("qr.{}@{}", content.mail_id, host(&content.public_url))
}

/// The host of the public URL, used as the right part of ids.
fn host(public_url: &str) -> String {
    let url = Url::parse(public_url).ok();
    url.and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}

fn date(now: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or(0))
}

/// `text` as one line without control characters, so that no name can inject a header.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    clean_text(&spaced, LINE_MAX)
}

#[cfg(test)]
mod tests;
