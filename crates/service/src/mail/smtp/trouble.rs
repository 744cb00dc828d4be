//! What went wrong in a conversation with a mail server, and where.

use domain::types::text::clean_text;
use lettre::transport::smtp;
use std::error::Error as _;

/// Longest reply that is kept, in characters.
const TEXT_MAX: usize = 500;

/// A step of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Connecting, TLS, greeting, EHLO.
    Connect,
    /// AUTH.
    SignIn,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA and the mail itself.
    Content,
}

/// Why a step failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The server replied with this code, 400 to 599.
    Reply(u16),
    /// There was no reply: no connection, no TLS, or none within the time limit.
    NoReply,
    /// The server cannot take addresses with letters outside ASCII.
    AsciiOnly,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Where.
    pub(crate) step: Step,
    /// Why.
    pub(crate) cause: Cause,
    /// The server's words, or ours; without control characters.
    pub(crate) text: String,
    /// Whether the server may have taken the mail all the same: the whole of it was on its way.
    pub(crate) may_have_arrived: bool,
}

impl Trouble {
    /// From an error of the mail library.
    pub(crate) fn of(step: Step, error: &smtp::Error) -> Self {
        let cause = error.status().map_or(Cause::NoReply, |code| Cause::Reply(code.into()));
        let words = match cause {
            Cause::Reply(code) => {
                let reply = error.source().map(ToString::to_string).unwrap_or_default();
                format!("{code} {reply}")
            }
            _ => chain(error),
        };
        Self::new(step, cause, &words)
    }

    /// With words of our own.
    pub(crate) fn new(step: Step, cause: Cause, text: &str) -> Self {
        // A reply may have several lines; they become one.
        let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let text = clean_text(&spaced, TEXT_MAX);
        Self { step, cause, text, may_have_arrived: false }
    }

    /// Whether the connection is of no use any more: it broke, or the server closes it (421).
    pub(crate) fn ends_connection(&self) -> bool {
        matches!(self.cause, Cause::NoReply | Cause::Reply(421))
    }

    /// Class, subject and detail of the enhanced status code that the reply begins with (RFC 3463), if it has one.
    pub(crate) fn enhanced(&self) -> Option<(u8, u16, u16)> {
        let code = self.text.split_whitespace().nth(1)?;
        let mut parts = code.split('.').map(str::parse::<u16>);
        let (class, subject, detail) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        let is_known = parts.next().is_none() && matches!(class, 4 | 5);
        is_known.then_some((u8::try_from(class).unwrap_or(0), subject, detail))
    }
}

/// The whole chain of causes: the outermost error alone is too general.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enhanced_code_is_read_from_the_reply() {
        let enhanced = |text: &str| Trouble::new(Step::Recipient, Cause::Reply(550), text).enhanced();
        assert_eq!(enhanced("550 5.1.1 No such user"), Some((5, 1, 1)));
        assert_eq!(enhanced("451 4.7.500 Server busy"), Some((4, 7, 500)));
        for none in ["550 No such user", "550", "550 5.1 x", "550 192.0.2.1 is listed", "550 5.1.1.1 x"] {
            assert_eq!(enhanced(none), None, "{none}");
        }
    }

    #[test]
    fn words_of_a_server_cannot_control_a_terminal() {
        let trouble = Trouble::new(Step::Recipient, Cause::Reply(550), "550 \u{1b}]0;x\u{7} \u{9b}2J no\r\nmailbox\0");
        assert_eq!(trouble.text, "550 ]0;x 2J no  mailbox");
    }

    /// An error with the one that caused it.
    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Caused(&'static str, #[source] Option<Box<Caused>>);

    #[test]
    fn every_cause_is_told_once() {
        let caused = |text, by| Caused(text, Some(Box::new(by)));
        let error = caused("cannot connect", caused("network is down", caused("down", Caused("no cable", None))));
        assert_eq!(chain(&error), "cannot connect: network is down: no cable");
    }

    #[test]
    fn a_connection_ends_without_a_reply_and_when_the_server_closes_it() {
        let ends = |cause| Trouble::new(Step::Recipient, cause, "").ends_connection();
        assert!(ends(Cause::NoReply) && ends(Cause::Reply(421)));
        assert!(!ends(Cause::Reply(550)) && !ends(Cause::Reply(450)) && !ends(Cause::AsciiOnly));
    }
}
