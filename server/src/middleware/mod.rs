//! What requests pass before a handler sees them, and answers on their way out. Nothing here knows a route; what each call
//! answers is up to `agent`, `api`, `console` and `landing`.

pub mod body_room;
pub mod client_address;
pub mod compression;
pub mod csrf;
pub mod panics;
mod request_id;
pub mod security_headers;
pub mod session;
pub mod timeouts;
pub mod trace;
pub mod url_encoding;
