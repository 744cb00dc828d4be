//! Errors of server functions, as they travel and as they are shown.

use crate::text;
use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a server function failed. `Display` is the text for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum AppError {
    /// There is no session, or it ended.
    #[error("{}", text::signed_out())]
    Unauthenticated,
    /// What was requested does not exist, or no longer.
    #[error("{text}")]
    NotFound {
        /// Sentence for the user.
        text: String,
    },
    /// The rules do not allow it in the current state.
    #[error("{text}")]
    Refused {
        /// Sentence for the user.
        text: String,
    },
    /// A field of a form is not valid.
    #[error("{text}")]
    Invalid {
        /// Name of the field, such as `email`.
        field: String,
        /// Sentence for the user.
        text: String,
    },
    /// Too many attempts.
    #[error("{}", text::too_many(&duration(*retry_after_s)))]
    TooMany {
        /// Seconds until the next attempt is allowed.
        retry_after_s: u64,
    },
    /// The server failed. Its log says why.
    #[error("{text}")]
    Internal {
        /// Sentence for the user.
        text: String,
    },
    /// The server could not be reached, or its answer belongs to another version.
    #[error("{}", text::no_answer())]
    Network,
}

impl AppError {
    /// True when the error is about the field of this name.
    pub fn is_about(&self, name: &str) -> bool {
        matches!(self, Self::Invalid { field, .. } if field == name)
    }
}

/// `40 seconds`, `3 minutes`: a wait as text.
fn duration(seconds: u64) -> String {
    if seconds < 90 { text::wait_seconds(seconds.max(1)) } else { text::wait_minutes(seconds.div_ceil(60)) }
}

/// The form in which an error travels. It is flat, because reading a tagged enum takes far more code in the browser.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Wire {
    code: String,
    text: String,
    field: String,
    retry_after_s: u64,
}

impl From<Wire> for AppError {
    fn from(wire: Wire) -> Self {
        let Wire { code, text, field, retry_after_s } = wire;
        match code.as_str() {
            "unauthenticated" => Self::Unauthenticated,
            "not_found" => Self::NotFound { text },
            "refused" => Self::Refused { text },
            "invalid" => Self::Invalid { field, text },
            "too_many" => Self::TooMany { retry_after_s },
            "internal" => Self::Internal { text },
            _ => Self::Network,
        }
    }
}

impl From<AppError> for Wire {
    fn from(error: AppError) -> Self {
        let text = error.to_string();
        let wire = |code: &str| Self { code: code.to_owned(), text, ..Self::default() };
        match error {
            AppError::Unauthenticated => wire("unauthenticated"),
            AppError::NotFound { .. } => wire("not_found"),
            AppError::Refused { .. } => wire("refused"),
            AppError::Invalid { field, .. } => Self { field, ..wire("invalid") },
            AppError::TooMany { retry_after_s } => Self { retry_after_s, ..wire("too_many") },
            AppError::Internal { .. } => wire("internal"),
            AppError::Network => wire("network"),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => unreadable(),
            // The server deserializes arguments only, and the browser deserializes answers only.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => unreadable(),
            ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Registration(_) => Self::Internal { text: text::server_failed().to_owned() },
            _ => Self::Network,
        }
    }
}

/// The answer to arguments that cannot be read.
fn unreadable() -> AppError {
    #[cfg(feature = "ssr")]
    crate::wire::status::set_status(http::StatusCode::BAD_REQUEST);
    let text = text::form_unreadable().to_owned();
    AppError::Invalid { field: String::new(), text }
}

#[cfg(feature = "ssr")]
impl From<service::ServiceError> for AppError {
    fn from(error: service::ServiceError) -> Self {
        use crate::text::service_error_text;
        use service::ServiceError as E;
        let text = service_error_text(&error);
        match error {
            E::NotFound => Self::NotFound { text },
            E::Invalid(error) => Self::Invalid { field: error.field().to_owned(), text },
            E::EmailTaken => Self::Invalid { field: "email".to_owned(), text },
            E::TooManyAttempts { retry_after_s } => Self::TooMany { retry_after_s },
            E::Refused(_)
            | E::NotApplicable(_)
            | E::WrongCredentials
            | E::TooManyEnrollments { .. }
            | E::ImportRunning => Self::Refused { text },
            E::SignInsWaiting | E::Unavailable | E::DatabaseDown | E::Unconfirmed | E::Damaged | E::Internal(_) => {
                Self::Internal { text }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_have_the_unit_that_fits() {
        assert_eq!(duration(0), "1 second");
        assert_eq!(duration(45), "45 seconds");
        assert_eq!(duration(90), "2 minutes");
        assert_eq!(duration(3600), "60 minutes");
    }

    #[test]
    fn an_error_survives_the_wire() {
        let error = AppError::Invalid { field: "email".to_owned(), text: "no".to_owned() };
        assert_eq!(AppError::de(error.ser()), error);
    }

    #[test]
    fn an_unreadable_answer_counts_as_no_answer() {
        let page = format!("<html><h1>502 Bad Gateway</h1>{}</html>", " ".repeat(500));
        assert_eq!(AppError::de(page.into()), AppError::Network);
    }
}
