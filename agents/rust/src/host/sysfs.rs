//! Facts from `/proc` and `/sys` of a Linux kernel. Every function takes the root of the file system.

use domain::protocol::Battery;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Longest file that is read, in bytes.
const FILE_MAX: usize = 64 * 1024;

/// The text of a small file, without NUL bytes (device trees end with one) and white space at its ends; `None` when it
/// cannot be read or is empty.
pub fn text(root: &Path, path: &str) -> Option<String> {
    let mut bytes = fs::read(root.join(path)).ok()?;
    bytes.truncate(FILE_MAX);
    let text = String::from_utf8_lossy(&bytes).trim_matches(['\0', ' ', '\n', '\t']).to_owned();
    (!text.is_empty()).then_some(text)
}

/// The value after `key` and a colon or an equals sign, as in `/proc/cpuinfo` and `/etc/os-release`; quotes are removed.
pub fn value(text: &str, key: &str) -> Option<String> {
    let pairs = text.lines().filter_map(|line| line.split_once([':', '=']));
    let (_, found) = pairs.into_iter().find(|(name, _)| name.trim() == key)?;
    let found = found.trim().trim_matches(['"', '\'']).to_owned();
    (!found.is_empty()).then_some(found)
}

/// The entries of a directory, by name.
pub fn entries(root: &Path, path: &str) -> Vec<PathBuf> {
    let Ok(dir) = fs::read_dir(root.join(path)) else { return Vec::new() };
    let mut all: Vec<PathBuf> = dir.filter_map(|entry| Some(entry.ok()?.path())).collect();
    all.sort();
    all
}

/// The host's battery; batteries of mice and keyboards are ignored.
pub fn battery(root: &Path) -> Option<Battery> {
    entries(root, "sys/class/power_supply").iter().find_map(|dir| {
        let is_battery = text(dir, "type")? == "Battery";
        let is_of_an_accessory = text(dir, "scope").is_some_and(|scope| scope == "Device");
        if !is_battery || is_of_an_accessory {
            return None;
        }
        let level = text(dir, "capacity")?.parse::<u8>().ok()?.min(100);
        Some(Battery { level, charging: text(dir, "status").is_some_and(|s| s == "Charging") })
    })
}

/// A physical network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Name, such as `wlan0`.
    pub name: String,
    /// Kind: `wifi`, `cellular` or `ethernet`.
    pub kind: &'static str,
    /// Hardware address.
    pub address: Option<String>,
    /// Whether it is connected.
    pub is_up: bool,
}

/// The physical interfaces: no loopback, bridges or tunnels.
pub fn interfaces(root: &Path) -> Vec<Interface> {
    entries(root, "sys/class/net").iter().filter_map(|dir| interface(dir)).collect()
}

fn interface(dir: &Path) -> Option<Interface> {
    let name = dir.file_name()?.to_str()?.to_owned();
    let is_cellular = name.starts_with("wwan") || name.starts_with("rmnet");
    if !dir.join("device").exists() && !is_cellular {
        return None;
    }
    let kind = match () {
        () if dir.join("wireless").exists() || dir.join("phy80211").exists() => "wifi",
        () if is_cellular => "cellular",
        () => "ethernet",
    };
    let is_up = text(dir, "operstate").is_some_and(|state| state == "up");
    Some(Interface { name, kind, address: text(dir, "address"), is_up })
}

/// The kind of the network in use; with several, cable before Wi-Fi before cellular, as routing prefers them.
pub fn network(root: &Path) -> Option<String> {
    let up: Vec<Interface> = interfaces(root).into_iter().filter(|i| i.is_up).collect();
    let kinds = ["ethernet", "wifi", "cellular"];
    kinds.iter().find(|kind| up.iter().any(|i| i.kind == **kind)).map(|&kind| kind.to_owned())
}

/// Whether a block device is encrypted (LUKS or plain dm-crypt); `None` when the kernel does not show its block devices.
pub fn has_encrypted_storage(root: &Path) -> Option<bool> {
    let blocks = entries(root, "sys/block");
    if blocks.is_empty() {
        return None;
    }
    Some(blocks.iter().any(|dir| text(dir, "dm/uuid").is_some_and(|uuid| uuid.starts_with("CRYPT-"))))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Writes files below a new directory.
    pub fn root(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        dir
    }

    #[test]
    fn the_battery_of_a_mouse_is_ignored() {
        let dir = root(&[
            ("sys/class/power_supply/AC/type", "Mains\n"),
            ("sys/class/power_supply/A-mouse/type", "Battery\n"),
            ("sys/class/power_supply/A-mouse/scope", "Device\n"),
            ("sys/class/power_supply/A-mouse/capacity", "5\n"),
            ("sys/class/power_supply/BAT0/type", "Battery\n"),
            ("sys/class/power_supply/BAT0/capacity", "73\n"),
            ("sys/class/power_supply/BAT0/status", "Charging\n"),
        ]);
        assert_eq!(battery(dir.path()), Some(Battery { level: 73, charging: true }));
        assert_eq!(battery(root(&[]).path()), None);
    }

    #[test]
    fn the_network_is_the_kind_that_is_connected() {
        let dir = root(&[
            ("sys/class/net/lo/operstate", "unknown\n"),
            ("sys/class/net/docker0/operstate", "up\n"),
            ("sys/class/net/eth0/device/x", ""),
            ("sys/class/net/eth0/operstate", "down\n"),
            ("sys/class/net/wlan0/device/x", ""),
            ("sys/class/net/wlan0/wireless/x", ""),
            ("sys/class/net/wlan0/operstate", "up\n"),
            ("sys/class/net/wlan0/address", "02:00:00:00:00:01\n"),
        ]);
        assert_eq!(network(dir.path()).as_deref(), Some("wifi"));
        let names: Vec<_> = interfaces(dir.path()).into_iter().map(|i| i.name).collect();
        assert_eq!(names, ["eth0", "wlan0"]);
    }

    #[test]
    fn values_are_read_from_both_kinds_of_file() {
        assert_eq!(value("NAME=\"Debian\"\nID=debian\n", "NAME").as_deref(), Some("Debian"));
        assert_eq!(value("processor\t: 0\nmodel name\t: X 1\n", "model name").as_deref(), Some("X 1"));
        assert_eq!(value("A=\n", "A"), None);
    }
}
