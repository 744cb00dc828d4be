//! Turns what a mail says into a message: text and HTML, with the QR code as an image inside the HTML.

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

/// Longest name or device in a header or a text, in characters.
const LINE_MAX: usize = 200;

/// What a mail says. Holds secrets in clear, so it has no `Debug`.
pub struct MailContent {
    /// What the mail is for.
    pub kind: MailKind,
    /// Language of the person.
    pub language: Language,
    /// Identity; the left part of the Message-ID, so that a mail that is sent twice is one mail.
    pub mail_id: MailId,
    /// Name of the person.
    pub person_name: String,
    /// Address of the person; the PIN is valid with it.
    pub to: EmailAddress,
    /// The enrollment URL.
    pub url: String,
    /// The PIN in two groups.
    pub pin_grouped: String,
    /// Where browsers and devices reach Rollcall.
    pub public_url: String,
    /// Whom the person may ask.
    pub helpdesk: Helpdesk,
    /// Maker and model of the device that is renewed.
    pub device_name: Option<String>,
    /// Date of the mail.
    pub now: Timestamp,
}

/// Why a mail could not be made. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The address is one that the mail library does not take.
    #[error("this address cannot be written to: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// A template is broken.
    #[error("the mail's template is broken: {0}")]
    Template(#[from] minijinja::Error),
    /// There is no QR code.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// The parts make no message.
    #[error("the mail could not be put together: {0}")]
    Message(#[from] lettre::error::Error),
}

/// The message for `content`, from the sender `from`, in the words of `templates`.
///
/// # Errors
/// The address cannot be written to, or the URL is too long for a QR code.
pub fn render(content: &MailContent, from: &Mailbox, templates: &MailTemplates) -> Result<Message, RenderError> {
    let Words { subject, text, html } = words(content, templates)?;
    let id = content.mail_id;
    let host = host(&content.public_url);
    // The boundaries hold the mail's id, which nobody who is quoted in the mail could know.
    let related = MultiPart::related()
        .boundary(format!("related-{id}"))
        .singlepart(SinglePart::html(html))
        .singlepart(picture(content)?);
    let body = MultiPart::alternative()
        .boundary(format!("alternative-{id}"))
        .singlepart(SinglePart::plain(text))
        .multipart(related);
    let to = Mailbox::new(Some(one_line(&content.person_name)), content.to.as_str().parse()?);
    let message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{id}@{host}>")))
        .date(date(content.now))
        // RFC 3834: vacation notices must not answer.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .multipart(body)?;
    Ok(message)
}

/// What the mail says, in its three forms.
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// What the mail says in the words of `templates`.
pub(super) fn words(content: &MailContent, templates: &MailTemplates) -> Result<Words, minijinja::Error> {
    let environment = templates.environment(content.language)?;
    let kind = content.kind.as_str();
    let facts = facts(content, str::to_owned);
    let say = |name: &str, facts: Value| environment.get_template(&format!("{kind}.{name}"))?.render(facts);
    let subject = one_line(&say("subject.txt", facts.clone())?);
    let text = say("txt", facts)?;
    let facts = self::facts(content, |url| Value::from_safe_string(escape_address(url)));
    let html = say("html", context! { subject => &subject, ..facts })?;
    Ok(Words { subject, text, html })
}

/// What the templates can say; `address` makes web addresses fit for the form of the mail.
fn facts<V: Into<Value>>(content: &MailContent, address: impl Fn(&str) -> V) -> Value {
    let Helpdesk { name, email, phone } = &content.helpdesk;
    let language = content.language;
    let inviter = name.as_deref().map_or_else(|| host(&content.public_url), one_line);
    let helper = name.as_deref().map_or_else(|| language.text("helper-inviter"), one_line);
    let device = content.device_name.as_deref().map_or_else(|| language.text("renew-some-device"), one_line);
    context! {
        language => language.tag(),
        name => one_line(&content.person_name),
        email => content.to.as_str(),
        url => address(&content.url).into(),
        server => address(content.public_url.trim_end_matches('/')).into(),
        pin => &content.pin_grouped,
        cid => qr_id(content),
        inviter,
        device,
        helpdesk => context! {
            name => helper,
            email => email.as_deref().map(one_line),
            phone => phone.as_deref().map(one_line),
        },
    }
}

/// A web address for HTML. The template engine would write its slashes as entities, which not every program that looks
/// for links in mails can read.
fn escape_address(url: &str) -> String {
    url.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;")
}

fn picture(content: &MailContent) -> Result<SinglePart, RenderError> {
    let bytes = qr_png(&content.url)?;
    let png = ContentType::parse("image/png").unwrap_or(ContentType::TEXT_PLAIN);
    Ok(SinglePart::builder()
        .header(png)
        .header(ContentDisposition::inline_with_name("enrollment-qr-code.png"))
        .header(ContentId::from(format!("<{}>", qr_id(content))))
        .body(bytes))
}

fn qr_id(content: &MailContent) -> String {
    format!("qr.{}@{}", content.mail_id, host(&content.public_url))
}

/// The host of the public URL, as the right part of identifiers.
fn host(public_url: &str) -> String {
    let url = Url::parse(public_url).ok();
    url.and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_else(|| "localhost".to_owned())
}

fn date(now: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or(0))
}

/// `text` as one line without control characters: nothing that a person is called can begin a header of its own.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    clean_text(&spaced, LINE_MAX)
}

#[cfg(test)]
mod tests;
