//! What the process takes: processor, memory, open files. On Linux from `/proc`; elsewhere some of it stays unknown.

use rustix::{
    process::{Resource, getrlimit},
    time::{ClockId, clock_gettime},
};
use std::fs;

/// The process at one moment. `None` is what the system does not say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Process {
    /// Seconds that processors worked for it.
    pub(super) cpu_seconds: Option<f64>,
    /// Memory that it has at hand, in bytes.
    pub(super) resident_bytes: Option<u64>,
    /// Addresses that it was given, in bytes.
    pub(super) virtual_bytes: Option<u64>,
    /// Its open files.
    pub(super) open_files: Option<u64>,
    /// How many it may open; `None` when there is no limit.
    pub(super) most_files: Option<u64>,
}

impl Process {
    /// Looks. The list of open files may be long: not for a thread that others wait for.
    pub(super) fn look() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        Self {
            cpu_seconds: cpu_seconds(),
            resident_bytes: bytes_of(&status, "VmRSS:"),
            virtual_bytes: bytes_of(&status, "VmSize:"),
            open_files: fs::read_dir("/proc/self/fd").ok().map(|files| files.count() as u64),
            most_files: getrlimit(Resource::Nofile).current,
        }
    }
}

fn cpu_seconds() -> Option<f64> {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    let (seconds, nanos) = (u64::try_from(spent.tv_sec).ok()?, u32::try_from(spent.tv_nsec).ok()?);
    Some(std::time::Duration::new(seconds, nanos).as_secs_f64())
}

/// A line such as `VmRSS:     1234 kB`.
fn bytes_of(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_status() {
        let status = "Name:\trollcall\nVmSize:\t  200 kB\nVmRSS:\t      7 kB\nThreads:\t3\n";
        assert_eq!(bytes_of(status, "VmRSS:"), Some(7 * 1024));
        assert_eq!(bytes_of(status, "VmSize:"), Some(200 * 1024));
        assert_eq!(
            (bytes_of(status, "VmSwap:"), bytes_of(status, "Threads:"), bytes_of("", "VmRSS:")),
            (None, None, None)
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn linux_says_all_of_it() {
        let process = Process::look();
        assert!(process.cpu_seconds.is_some_and(|seconds| seconds > 0.0), "{process:?}");
        assert!(process.resident_bytes.is_some_and(|bytes| bytes > 100_000), "{process:?}");
        assert!(process.virtual_bytes >= process.resident_bytes, "{process:?}");
        assert!(process.open_files.is_some_and(|files| files >= 3), "{process:?}");
    }
}
