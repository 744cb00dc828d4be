//! Who acts: accounts, scripts, people, devices, and Rollcall itself.

use serde::{Deserialize, Serialize};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "actor", content = "name", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Actor {
    /// Rollcall itself: the mail worker, the watch for silence.
    System,
    /// An account of the console, by its email.
    Account(String),
    /// A script, by the name of its token.
    ApiToken(String),
    /// The invited person, on the landing page.
    Person,
    /// The device.
    Device,
}
