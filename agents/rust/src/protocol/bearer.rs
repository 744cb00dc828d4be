//! The secret that authenticates a call.

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

/// The bearer token of a device: `<device_id>.<device_secret>`.
#[derive(Clone, Debug)]
pub struct Bearer(Secret);

impl Bearer {
    /// The token of a device.
    pub fn new(device: DeviceId, secret: &Secret) -> Self {
        Self(Secret(format!("{device}.{}", secret.0)))
    }

    /// The text of the Authorization header after `Bearer `.
    pub fn expose(&self) -> &str {
        &self.0.0
    }
}
