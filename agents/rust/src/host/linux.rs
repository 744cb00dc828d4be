//! Facts of a Linux host, from its kernel and its distribution.

use super::{Groups, put_fact, put_kernel, storage, sysfs};
use domain::{device::DeviceInfo, protocol::StateReport};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Texts that makers of boards leave in place of a name.
const PLACEHOLDERS: [&str; 6] = [
    "to be filled by o.e.m.",
    "system manufacturer",
    "system product name",
    "system serial number",
    "default string",
    "not specified",
];

/// A Linux host.
#[derive(Debug)]
pub struct Linux {
    root: PathBuf,
    /// What the agent sends when it enrolls.
    pub info: DeviceInfo,
    /// The groups of the inventory.
    pub groups: Groups,
}

impl Linux {
    /// Reads the facts below `root`: `/`, except in tests.
    pub fn detect(root: &Path) -> Self {
        let info = info(root);
        let mut groups = Groups::new();
        put_hardware(&mut groups, root, &info);
        put_system(&mut groups, root, &info);
        put_network(&mut groups, root);
        put_fact(&mut groups, "storage", "total_bytes", storage(root).map(|s| s.total_bytes));
        put_fact(&mut groups, "security", "encrypted_storage", sysfs::has_encrypted_storage(root));
        Self { root: root.to_owned(), info, groups }
    }

    /// What changes all the time: battery, network, free storage.
    pub fn report(&self) -> StateReport {
        StateReport {
            battery: sysfs::battery(&self.root),
            network: sysfs::network(&self.root),
            storage: storage(&self.root),
            ..StateReport::default()
        }
    }
}

fn info(root: &Path) -> DeviceInfo {
    let os = sysfs::text(root, "etc/os-release").unwrap_or_default();
    let name = sysfs::value(&os, "PRETTY_NAME").or_else(|| sysfs::value(&os, "NAME"));
    let model = dmi(root, "product_name").or_else(|| sysfs::text(root, "proc/device-tree/model"));
    // A container has no model; its name identifies it.
    let model = model.or_else(|| sysfs::text(root, "proc/sys/kernel/hostname"));
    DeviceInfo {
        manufacturer: dmi(root, "sys_vendor").unwrap_or_default(),
        model: model.unwrap_or_else(|| "Linux".to_owned()),
        os_version: name.unwrap_or_else(|| "Linux".to_owned()),
        serial: dmi(root, "product_serial"),
    }
}

/// A field of the firmware (SMBIOS); only root can read the serial number.
fn dmi(root: &Path, field: &str) -> Option<String> {
    let value = sysfs::text(root, &format!("sys/class/dmi/id/{field}"))?;
    (!PLACEHOLDERS.contains(&value.to_lowercase().as_str())).then_some(value)
}

fn put_hardware(groups: &mut Groups, root: &Path, info: &DeviceInfo) {
    put_fact(groups, "hardware", "manufacturer", info.manufacturer.as_str());
    put_fact(groups, "hardware", "model", info.model.as_str());
    put_fact(groups, "hardware", "serial", info.serial.clone());
    let cpu = sysfs::text(root, "proc/cpuinfo").unwrap_or_default();
    put_fact(groups, "hardware", "processor", sysfs::value(&cpu, "model name"));
    put_fact(groups, "hardware", "processor_count", std::thread::available_parallelism().ok().map(usize::from));
    put_fact(groups, "hardware", "memory_bytes", memory_bytes(root));
}

/// Size of the memory, from `MemTotal` in kibibytes.
fn memory_bytes(root: &Path) -> Option<u64> {
    let total = sysfs::value(&sysfs::text(root, "proc/meminfo")?, "MemTotal")?;
    total.strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}

fn put_system(groups: &mut Groups, root: &Path, info: &DeviceInfo) {
    put_fact(groups, "system", "name", info.os_version.as_str());
    let os = sysfs::text(root, "etc/os-release").unwrap_or_default();
    put_fact(groups, "system", "distribution", sysfs::value(&os, "ID"));
    put_fact(groups, "system", "version", sysfs::value(&os, "VERSION_ID"));
    put_fact(groups, "system", "hostname", sysfs::text(root, "proc/sys/kernel/hostname"));
    put_kernel(groups);
}

fn put_network(groups: &mut Groups, root: &Path) {
    for interface in sysfs::interfaces(root) {
        let address = interface.address.unwrap_or_default();
        put_fact(groups, "network", &interface.name, Value::from(format!("{} {address}", interface.kind).trim()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_from_the_firmware_and_the_distribution() {
        let dir = sysfs::tests::root(&[
            ("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_ID=\"12\"\n"),
            ("sys/class/dmi/id/sys_vendor", "LENOVO\n"),
            ("sys/class/dmi/id/product_name", "ThinkPad X1\n"),
            ("sys/class/dmi/id/product_serial", "To Be Filled By O.E.M.\n"),
            ("proc/meminfo", "MemTotal:       16000 kB\nMemFree: 1 kB\n"),
        ]);
        let host = Linux::detect(dir.path());
        assert_eq!(host.info.name().as_deref(), Some("LENOVO ThinkPad X1"));
        assert_eq!((host.info.os_version.as_str(), host.info.serial), ("Debian GNU/Linux 12", None));
        assert_eq!(host.groups["hardware"]["memory_bytes"], 16_384_000);
        assert_eq!(host.groups["system"]["version"], "12");
    }

    #[test]
    fn a_container_is_identified_by_its_name() {
        let dir = sysfs::tests::root(&[("proc/sys/kernel/hostname", "build-7\n")]);
        assert_eq!(Linux::detect(dir.path()).info.name().as_deref(), Some("build-7"));
    }
}
