//! Hands mails over: by SMTP, or to files when no mail server is configured.

use super::MailRoute;
use domain::mail::Attempt;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    transport::smtp::{self, AsyncSmtpTransportBuilder, PoolConfig},
};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};
use url::Url;

/// How long a mail server may take for one reply.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why an SMTP URL is invalid.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUrlError {
    /// Neither `smtp://` nor `smtps://`.
    #[error("an SMTP URL must begin with smtp:// or smtps://")]
    Scheme,
    /// Invalid for another reason.
    #[error("{0}")]
    Invalid(#[from] smtp::Error),
}

/// Parses an SMTP URL: `smtps://` uses TLS from the start, `smtp://…?tls=required` requires STARTTLS,
/// `?tls=opportunistic` uses STARTTLS if the server offers it, and `smtp://` alone uses no TLS. User and password are
/// part of the URL, percent-encoded.
///
/// # Errors
/// The URL is invalid.
pub fn parse_smtp_url(url: &Url) -> Result<MailRoute, SmtpUrlError> {
    if !matches!(url.scheme(), "smtp" | "smtps") {
        return Err(SmtpUrlError::Scheme);
    }
    let builder: AsyncSmtpTransportBuilder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())?;
    let builder = builder.timeout(Some(TIMEOUT)).pool_config(PoolConfig::new().max_size(2));
    Ok(MailRoute::Smtp(Box::new(builder)))
}

/// Sends mails by SMTP, or writes them to files.
pub(crate) enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

impl Transport {
    pub(crate) fn new(route: &MailRoute) -> Self {
        match route {
            MailRoute::Smtp(builder) => Self::Smtp(builder.as_ref().clone().build()),
            MailRoute::Files(dir) => Self::Files(dir.clone()),
        }
    }

    /// Sends one mail. Without a mail server, `name` is the name of its file.
    pub(crate) async fn send(&self, name: &str, to: &str, message: Message) -> Attempt {
        match self {
            Self::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Attempt::Sent { to: to.to_owned() },
                Err(error) => failed_attempt(to, &error),
            },
            Self::Files(dir) => match write_file(dir, name, &message.formatted()).await {
                Ok(()) => Attempt::Sent { to: to.to_owned() },
                Err(error) => {
                    Attempt::Transient { reason: format!("the mail could not be written to a file: {error}") }
                }
            },
        }
    }
}

/// Classifies an SMTP error: a 5xx reply is permanent (RFC 5321 4.2.1), everything else is retried.
fn failed_attempt(to: &str, error: &smtp::Error) -> Attempt {
    let reason = error_chain(error);
    if error.is_permanent() { Attempt::Permanent { to: to.to_owned(), reason } } else { Attempt::Transient { reason } }
}

/// The whole chain of causes: the outermost error alone is too general.
fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            let _ = write!(text, ": {inner_text}");
        }
        cause = inner.source();
    }
    text
}

/// Writes a mail to a file, atomically.
async fn write_file(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(dir).await?;
    let partial = dir.join(format!("{name}.partial"));
    tokio::fs::write(&partial, bytes).await?;
    tokio::fs::rename(partial, dir.join(format!("{name}.eml"))).await
}
