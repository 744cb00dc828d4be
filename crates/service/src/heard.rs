//! What this process knows about when the server was there to hear devices.

use domain::{Timestamp, types::hearing::Hearing};

/// When the server was there, and since when the store knows it.
#[derive(Default)]
pub(crate) struct Heard {
    /// Read from the store when it is first needed.
    pub(crate) hearing: Option<Hearing>,
    /// When it was stored.
    pub(crate) stored_at: Option<Timestamp>,
}
