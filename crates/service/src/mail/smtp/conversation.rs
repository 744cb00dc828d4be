//! The conversation with the mail server, step by step: the mail library does all of them in one call, which does not
//! tell which of them failed.

use super::{
    SmtpRoute,
    trouble::{Cause, Step, Trouble},
};
use lettre::{
    Address,
    address::Envelope,
    transport::smtp::{
        self,
        authentication::Mechanism,
        client::{AsyncSmtpConnection, Tls},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{Extension, MailBodyParameter, MailParameter},
    },
};
use std::{fmt::Display, time::Duration};

/// Ways to sign in, in the order in which they are tried.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];
/// How long the server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Hands mails to one mail server, over one connection that is kept between mails.
pub(crate) struct SmtpClient {
    route: SmtpRoute,
    connection: Option<AsyncSmtpConnection>,
    /// Whether the mail that is being handed over has been on its way as a whole.
    is_handed_over: bool,
}

impl SmtpClient {
    pub(crate) fn new(route: SmtpRoute) -> Self {
        Self { route, connection: None, is_handed_over: false }
    }

    /// Whether the server may have taken the latest mail. Of use when [`SmtpClient::send`] was cancelled.
    pub(crate) fn may_have_arrived(&self) -> bool {
        self.is_handed_over
    }

    /// Hands one mail over.
    pub(crate) async fn send(&mut self, envelope: &Envelope, content: &[u8]) -> Result<(), Trouble> {
        self.is_handed_over = false;
        let is_kept = self.connection.is_some();
        match self.try_send(envelope, content).await {
            // Servers close connections that were idle or took enough mails: that is worth a new one.
            Err(trouble) if is_kept && trouble.ends_connection() && !trouble.may_have_arrived => {
                self.try_send(envelope, content).await
            }
            result => result,
        }
    }

    /// Ends the connection politely, if there is one.
    pub(crate) async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            let _ = tokio::time::timeout(GOODBYE, connection.quit()).await;
        }
    }

    /// Hands one mail over on the connection that was kept, or on a new one. The connection is kept unless it is of no
    /// use any more; when this is cancelled, it is closed.
    async fn try_send(&mut self, envelope: &Envelope, content: &[u8]) -> Result<(), Trouble> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let result = self.deliver(&mut connection, envelope, content).await;
        let is_usable = match &result {
            Ok(()) => true,
            Err(trouble) if trouble.ends_connection() => false,
            // Forget the sender of the mail that was refused.
            Err(_) => command(&mut connection, self.route.limits.command, Step::Sender, Rset).await.is_ok(),
        };
        if is_usable {
            self.connection = Some(connection);
        }
        result
    }

    /// Connects, agrees on TLS and signs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let route = &self.route;
        let limit = route.limits.connect;
        let wrapper = if let Tls::Wrapper(tls) = &route.tls { Some(tls.clone()) } else { None };
        let address = (route.host.as_str(), route.port);
        let opened = AsyncSmtpConnection::connect_tokio1(address, Some(limit), &route.hello_name, wrapper, None);
        let mut connection = within(limit, Step::Connect, opened).await?;
        let starttls = match &route.tls {
            Tls::Required(tls) => Some(tls),
            Tls::Opportunistic(tls) if connection.can_starttls() => Some(tls),
            _ => None,
        };
        if let Some(tls) = starttls {
            within(limit, Step::Connect, connection.starttls(tls.clone(), &route.hello_name)).await?;
        }
        if let Some(credentials) = &route.credentials {
            within(limit, Step::SignIn, connection.auth(&MECHANISMS, credentials)).await?;
        }
        Ok(connection)
    }

    async fn deliver(
        &mut self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        content: &[u8],
    ) -> Result<(), Trouble> {
        let limits = self.route.limits;
        let parameters = parameters(connection, envelope, content)?;
        command(connection, limits.command, Step::Sender, Mail::new(envelope.from().cloned(), parameters)).await?;
        for recipient in envelope.to() {
            command(connection, limits.command, Step::Recipient, Rcpt::new(recipient.clone(), vec![])).await?;
        }
        command(connection, limits.command, Step::Content, Data).await?;
        // From here on the server may have the mail, whatever we hear of it.
        self.is_handed_over = true;
        let taken = within(limits.content, Step::Content, connection.message(content)).await;
        taken.map(drop).map_err(|trouble| {
            let may_have_arrived = trouble.cause == Cause::NoReply;
            Trouble { may_have_arrived, ..trouble }
        })
    }
}

/// The parameters of MAIL FROM that a mail needs (RFC 6531 and 6152).
fn parameters(
    connection: &AsyncSmtpConnection,
    envelope: &Envelope,
    content: &[u8],
) -> Result<Vec<MailParameter>, Trouble> {
    let server = connection.server_info();
    let is_foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
    let foreign_sender = envelope.from().is_some_and(is_foreign);
    let mut parameters = Vec::new();
    if foreign_sender || envelope.to().iter().any(is_foreign) {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            let step = if foreign_sender { Step::Sender } else { Step::Recipient };
            let words = "the mail server cannot handle letters outside A–Z before the @ of an address (SMTPUTF8)";
            return Err(Trouble::new(step, Cause::AsciiOnly, words));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !content.is_ascii() && server.supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

/// Sends one command and waits for its reply.
async fn command<C: Display>(
    connection: &mut AsyncSmtpConnection,
    limit: Duration,
    step: Step,
    command: C,
) -> Result<(), Trouble> {
    within(limit, step, connection.command(command)).await.map(drop)
}

/// Waits for a step, but not for ever.
async fn within<T>(
    limit: Duration,
    step: Step,
    doing: impl Future<Output = Result<T, smtp::Error>>,
) -> Result<T, Trouble> {
    if let Ok(result) = tokio::time::timeout(limit, doing).await {
        return result.map_err(|error| Trouble::of(step, &error));
    }
    let words = format!("the mail server did not answer within {} seconds", limit.as_secs().max(1));
    Err(Trouble::new(step, Cause::NoReply, &words))
}
