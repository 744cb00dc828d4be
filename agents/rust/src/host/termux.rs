//! Facts of an Android phone, as far as an ordinary app can see them: system properties, and the Termux:API add-on where it
//! is installed.

use super::{Groups, put_fact, put_kernel, storage, sysfs};
use crate::host::programs;
use domain::{
    device::DeviceInfo,
    protocol::{Battery, StateReport},
};
use serde_json::Value;
use std::{
    env,
    path::{Path, PathBuf},
    time::Duration,
};

/// Permissions of the protocol, each with the program of Termux:API that needs it.
const PERMISSIONS: [(&str, &str); 2] = [("location", "termux-location"), ("notifications", "termux-notification")];

/// An Android phone.
#[derive(Debug)]
pub struct Termux {
    /// What the agent sends when it enrolls.
    pub info: DeviceInfo,
    /// The groups of the inventory.
    pub groups: Groups,
}

/// True when this program runs on Android.
pub fn is_here() -> bool {
    env::var_os("TERMUX_VERSION").is_some() || Path::new("/system/build.prop").exists()
}

/// Whether this agent can do what a permission of the protocol is for. An app in Termux never administers the device.
pub fn has_permission(permission: &str) -> bool {
    PERMISSIONS.iter().any(|(name, program)| *name == permission && programs::find(program).is_some())
}

impl Termux {
    /// Reads the system properties.
    pub async fn detect() -> Self {
        let info = DeviceInfo {
            manufacturer: property("ro.product.manufacturer").await.unwrap_or_default(),
            model: property("ro.product.model").await.unwrap_or_else(|| "Android".to_owned()),
            os_version: property("ro.build.version.release").await.unwrap_or_default(),
            // Android 10 and later hide the serial number from apps.
            serial: property("ro.serialno").await,
        };
        let mut groups = Groups::new();
        put_fact(&mut groups, "hardware", "manufacturer", info.manufacturer.as_str());
        put_fact(&mut groups, "hardware", "model", info.model.as_str());
        put_fact(&mut groups, "hardware", "processor", property("ro.board.platform").await);
        put_fact(&mut groups, "system", "name", "Android");
        put_fact(&mut groups, "system", "version", info.os_version.as_str());
        put_fact(&mut groups, "system", "api_level", property("ro.build.version.sdk").await);
        put_fact(&mut groups, "system", "build", property("ro.build.display.id").await);
        put_fact(&mut groups, "security", "patch_level", property("ro.build.version.security_patch").await);
        put_fact(&mut groups, "security", "encryption", property("ro.crypto.state").await);
        put_fact(&mut groups, "storage", "total_bytes", storage(&home()).map(|s| s.total_bytes));
        put_fact(&mut groups, "agent", "termux_version", env::var("TERMUX_VERSION").ok());
        put_kernel(&mut groups);
        Self { info, groups }
    }

    /// What changes all the time: battery, network, free storage, permissions.
    pub async fn report(&self) -> StateReport {
        let permissions = PERMISSIONS.iter().map(|(name, _)| ((*name).to_owned(), has_permission(name))).collect();
        StateReport {
            battery: battery().await.or_else(|| sysfs::battery(Path::new("/"))),
            network: sysfs::network(Path::new("/")),
            storage: storage(&home()),
            permissions: Some(permissions),
            admin_active: Some(false),
            ..StateReport::default()
        }
    }
}

async fn property(name: &str) -> Option<String> {
    programs::text("getprop", &[name]).await
}

fn home() -> PathBuf {
    env::var_os("HOME").map_or_else(|| PathBuf::from("/data"), PathBuf::from)
}

async fn battery() -> Option<Battery> {
    parse_battery(&programs::json("termux-battery-status", &[], Duration::from_secs(5)).await.ok()?)
}

/// Reads the output of `termux-battery-status`.
fn parse_battery(status: &Value) -> Option<Battery> {
    let level = u8::try_from(status.get("percentage")?.as_u64()?.min(100)).ok()?;
    Some(Battery { level, charging: status.get("status").is_some_and(|s| s == "CHARGING") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_battery_is_read_from_the_output_of_termux() {
        let status =
            serde_json::json!({"health": "GOOD", "percentage": 81, "plugged": "UNPLUGGED", "status": "DISCHARGING"});
        assert_eq!(parse_battery(&status), Some(Battery { level: 81, charging: false }));
        assert_eq!(parse_battery(&serde_json::json!({"API_ERROR": "no"})), None);
    }

    #[test]
    fn an_app_never_administers_the_device() {
        assert!(!has_permission("device_admin"));
    }
}
