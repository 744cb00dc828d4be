//! What came of a command.

use domain::device::AgentError;
use serde_json::Value;

/// What came of a command: data for the server, or why it could not be done.
pub type Outcome = Result<Option<Value>, AgentError>;

/// An error with its code and a sentence for the admin.
pub fn error(code: &str, message: &str) -> AgentError {
    AgentError { code: code.to_owned(), message: message.to_owned() }
}

/// What this device cannot do at all.
pub fn unsupported(message: &str) -> Outcome {
    Err(error("unsupported", message))
}
