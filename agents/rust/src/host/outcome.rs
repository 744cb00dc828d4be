//! The result of a command on a host.

use domain::device::AgentError;
use serde_json::Value;

/// The result of a command: data for the server, or why it failed.
pub type Outcome = Result<Option<Value>, AgentError>;

/// An error with its code and a sentence for the admin.
pub fn error(code: &str, message: &str) -> AgentError {
    AgentError { code: code.to_owned(), message: message.to_owned() }
}

/// The result of a command that this device does not support.
pub fn unsupported(message: &str) -> Outcome {
    Err(error("unsupported", message))
}
