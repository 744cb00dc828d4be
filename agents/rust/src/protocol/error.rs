//! What can go wrong between the agent and the server, with messages for the person at the terminal.

use domain::protocol::Problem;
use std::{error::Error as _, time::Duration};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server refused, with a reason.
    #[error("{}", message_of(.problem))]
    Refused {
        /// The problem that the server returned.
        problem: Box<Problem>,
        /// How long the server wants clients to wait.
        retry_after: Option<Duration>,
    },
    /// An answer that is not of this protocol: from a proxy, or from another program at this address.
    #[error("The server answered with status {status} and gave no reason. Is this the address of Rollcall?")]
    Unexpected {
        /// HTTP status.
        status: u16,
        /// How long the server wants clients to wait.
        retry_after: Option<Duration>,
    },
    /// A redirect, which is not followed: a secret must not go to another address.
    #[error("The server redirects to {to}. Use that address if you trust it.")]
    Redirected {
        /// Where to.
        to: String,
    },
    /// An answer that cannot be read.
    #[error("The server's answer cannot be understood: {0}.")]
    Unreadable(String),
    /// No answer.
    #[error("The server cannot be reached: {}.", root_cause(.0))]
    Network(#[from] reqwest::Error),
    /// No certificate authorities to trust.
    #[error("This host trusts no certificate authority, so https cannot work.")]
    NoAuthorities,
}

impl ClientError {
    /// True when the same call may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Refused { problem, .. } => problem.code != "too_many_attempts" && is_transient_status(problem.status),
            Self::Unexpected { status, .. } => is_transient_status(*status),
            Self::Network(error) => !error.is_builder(),
            Self::Unreadable(_) | Self::Redirected { .. } | Self::NoAuthorities => false,
        }
    }

    /// True when the server does not know this device any more: only a new enrollment helps.
    pub fn ends_enrollment(&self) -> bool {
        matches!(self, Self::Refused { problem, .. } if matches!(problem.code.as_str(), "device_unknown" | "device_unenrolled"))
    }

    /// True when the server does not know what the call was about.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { problem, .. } if problem.status == 404)
    }

    /// How long the server wants clients to wait.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } | Self::Unexpected { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

const fn is_transient_status(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

fn message_of(problem: &Problem) -> String {
    let text = if problem.detail.is_empty() { &problem.title } else { &problem.detail };
    match problem.reason {
        Some(reason) => format!("{text} (reason: {reason})"),
        None => text.clone(),
    }
}

/// The innermost error: `Connection refused` says more than `error sending request`.
fn root_cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::invitation::DeactivationReason;

    fn refused(status: u16, code: &str, reason: Option<DeactivationReason>) -> ClientError {
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: "Title".to_owned(),
            status,
            code: code.to_owned(),
            detail: "This invitation was replaced.".to_owned(),
            reason,
        };
        ClientError::Refused { problem: Box::new(problem), retry_after: None }
    }

    #[test]
    fn a_refusal_shows_the_servers_text_with_the_reason() {
        let error = refused(410, "invitation_replaced", Some(DeactivationReason::Replaced));
        assert_eq!(error.to_string(), "This invitation was replaced. (reason: replaced)");
        assert!(!error.is_transient() && !error.ends_enrollment());
    }

    #[test]
    fn overload_is_retried_and_a_locked_pin_is_not() {
        assert!(refused(503, "polls_full", None).is_transient());
        assert!(!refused(429, "too_many_attempts", None).is_transient());
        assert!(!refused(400, "body_malformed", None).is_transient());
    }

    #[test]
    fn a_deleted_device_has_to_enroll_again() {
        assert!(refused(401, "device_unknown", None).ends_enrollment());
        assert!(refused(410, "device_unenrolled", None).ends_enrollment());
        assert!(!refused(401, "credentials_invalid", None).ends_enrollment());
    }
}
