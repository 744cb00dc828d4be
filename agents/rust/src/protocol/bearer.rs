//! Secrets that travel with a call.

use domain::types::ids::DeviceId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that `Debug` hides.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a device shows to be let in: `<device_id>.<device_secret>`.
#[derive(Clone, Debug)]
pub struct Bearer(Secret);

impl Bearer {
    /// The bearer of a device.
    pub fn new(device: DeviceId, secret: &Secret) -> Self {
        Self(Secret(format!("{device}.{}", secret.0)))
    }

    /// The text of the Authorization header after `Bearer `.
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}
