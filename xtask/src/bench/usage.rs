//! What processes took, as Linux tells in `/proc`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::support::files;

/// The share of all cores that others may have, or what is measured meanwhile does not count.
pub const OTHERS_MAX: f64 = 0.05;

/// Microseconds in a second.
const MICROS: f64 = 1_000_000.0;

/// What a process has taken since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Ticks of processor time, in its own code and in the system's.
    pub ticks: u64,
    /// Ticks of its children that have ended.
    pub childrens_ticks: u64,
    /// Bytes of memory of files that have to go to disks. Where the system keeps files in large pieces, a piece counts as a
    /// whole however little of it is new.
    pub written: u64,
    /// Bytes that it asked the system to write, into files and sockets.
    pub asked: u64,
}

impl Taken {
    /// What the process `id` has taken until now; `self` is a process, too.
    pub fn by(id: &str) -> Result<Self> {
        let folder = Path::new("/proc").join(id);
        let (ticks, childrens_ticks) = parse_stat(&files::read_text(&folder.join("stat"))?)?;
        let io = files::read_text(&folder.join("io"))?;
        Ok(Self { ticks, childrens_ticks, written: field(&io, "write_bytes")?, asked: field(&io, "wchar")? })
    }

    /// What was taken since `before`.
    pub const fn since(self, before: Self) -> Self {
        Self {
            ticks: self.ticks.saturating_sub(before.ticks),
            childrens_ticks: self.childrens_ticks.saturating_sub(before.childrens_ticks),
            written: self.written.saturating_sub(before.written),
            asked: self.asked.saturating_sub(before.asked),
        }
    }

    /// Its own processor time in microseconds.
    pub fn cpu_micros(self) -> f64 {
        micros(self.ticks)
    }
}

/// Resident memory of a process, in bytes.
pub fn resident(id: u32) -> Result<u64> {
    let status = files::read_text(&Path::new("/proc").join(id.to_string()).join("status"))?;
    Ok(field(&status, "VmRSS")? * 1024)
}

/// Processor time of the whole machine, in ticks of all cores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Machine {
    /// All that has passed.
    all: u64,
    /// What processes used, and what the host gave to others. Not the handling of interrupts: most of it is ours, and it is
    /// counted for nobody.
    busy: u64,
}

impl Machine {
    /// Until now.
    fn now() -> Result<Self> {
        parse_machine(&files::read_text(Path::new("/proc/stat"))?)
    }

    /// The share of all cores that was used since `before` by others than those who took `ours`.
    fn others_since(self, before: Self, ours: u64) -> f64 {
        let busy = self.busy.saturating_sub(before.busy).saturating_sub(ours);
        as_f64(busy) / as_f64(self.all.saturating_sub(before.all).max(1))
    }
}

/// Tells how much of the machine others have, while a server is measured.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    server: u32,
    /// The first process of a database server.
    database: Option<u32>,
    machine: Machine,
    ours: u64,
}

impl Watch {
    /// Begins. `server` is its process, `database` the first one of its database server, if it has one.
    pub fn begin(server: u32, database: Option<u32>) -> Result<Self> {
        Ok(Self { server, database, machine: Machine::now()?, ours: our_ticks(server, database)? })
    }

    /// The share of all cores that others have had since then.
    pub fn others(&self) -> Result<f64> {
        let ours = our_ticks(self.server, self.database)?.saturating_sub(self.ours);
        Ok(Machine::now()?.others_since(self.machine, ours))
    }
}

/// Processor time of the server, of its database, of the loader, and of its programs that have ended.
fn our_ticks(server: u32, database: Option<u32>) -> Result<u64> {
    let own = Taken::by(&std::process::id().to_string())?;
    let database = database.map(family_ticks).transpose()?.unwrap_or_default();
    Ok(Taken::by(&server.to_string())?.ticks + own.ticks + own.childrens_ticks + database)
}

/// Processor time of a process and of all its children, those that have ended included.
pub fn family_ticks(parent: u32) -> Result<u64> {
    let (own, ended) = parse_stat(&files::read_text(&Path::new("/proc").join(parent.to_string()).join("stat"))?)?;
    let mut ticks = own + ended;
    for entry in fs::read_dir("/proc").context("could not list /proc")? {
        // One that ends meanwhile is counted among those that have ended, the next time.
        let Ok(stat) = fs::read_to_string(entry?.path().join("stat")) else { continue };
        if parent_of(&stat) == Some(parent) {
            ticks += parse_stat(&stat)?.0;
        }
    }
    Ok(ticks)
}

/// Ticks as microseconds.
pub fn micros(ticks: u64) -> f64 {
    as_f64(ticks) * MICROS / as_f64(rustix::param::clock_ticks_per_second())
}

/// The load average of the last minute.
pub fn load() -> Result<f64> {
    let text = files::read_text(Path::new("/proc/loadavg"))?;
    text.split(' ').next().and_then(|first| first.parse().ok()).context("/proc/loadavg does not begin with a number")
}

/// A count as a number to divide; exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts of a bench stay far below 2⁵³")]
pub const fn as_f64(count: u64) -> f64 {
    count as f64
}

/// The ticks of a process and of its children that have ended: fields 14 to 17. The name before them may hold anything.
fn parse_stat(stat: &str) -> Result<(u64, u64)> {
    let (_, fields) = stat.rsplit_once(')').context("a stat file without a name")?;
    let ticks: Vec<u64> = fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    match ticks[..] {
        [user, system, childrens_user, childrens_system] => Ok((user + system, childrens_user + childrens_system)),
        _ => Err(anyhow::anyhow!("a stat file without times: {stat}")),
    }
}

/// The process that started the one of this stat file: field 4.
fn parent_of(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

fn parse_machine(stat: &str) -> Result<Machine> {
    let line = stat.lines().next().and_then(|line| line.strip_prefix("cpu ")).context("/proc/stat without `cpu`")?;
    let ticks: Vec<u64> = line.split_whitespace().take(8).filter_map(|field| field.parse().ok()).collect();
    match ticks[..] {
        [user, nice, system, _idle, _waiting, _interrupts, _soft_interrupts, stolen] => {
            Ok(Machine { all: ticks.iter().sum(), busy: user + nice + system + stolen })
        }
        _ => Err(anyhow::anyhow!("/proc/stat has other fields than expected: {line}")),
    }
}

/// The number behind `name:` in a file of such lines.
fn field(text: &str, name: &str) -> Result<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = value.and_then(|value| value.split_whitespace().next()).and_then(|number| number.parse().ok());
    number.with_context(|| format!("there is no number `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_process_are_found_behind_any_name() -> Result<()> {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194304 9 8 7 6 250 31 12 5 20 0 3 0 99 1000 200";
        assert_eq!(parse_stat(stat)?, (281, 17));
        assert_eq!(parent_of(stat), Some(1));
        assert_eq!(parent_of("7 (a"), None);
        assert!(parse_stat("7 (a) S 1").is_err());
        assert!(parse_stat("").is_err());
        Ok(())
    }

    #[test]
    fn others_are_all_who_were_busy_but_us() -> Result<()> {
        let before = parse_machine("cpu  100 0 50 800 10 5 5 0 0 0\ncpu0 1 2 3")?;
        let after = parse_machine("cpu  160 0 80 880 10 9 21 0 0 0\n")?;
        assert_eq!(before, Machine { all: 970, busy: 150 });
        // 90 of 190 ticks were busy, 71 of them ours.
        assert!((after.others_since(before, 71) - 0.1).abs() < 1e-9);
        assert!(after.others_since(before, 1000).abs() < 1e-9);
        assert!(parse_machine("intr 1 2").is_err());
        Ok(())
    }

    #[test]
    fn a_field_is_found_by_its_whole_name() -> Result<()> {
        let io = "rchar: 1\nwchar: 22\ncancelled_write_bytes: 3\nwrite_bytes: 4096\n";
        assert_eq!((field(io, "wchar")?, field(io, "write_bytes")?), (22, 4096));
        assert_eq!(field("VmRSS:\t    1024 kB", "VmRSS")?, 1024);
        assert!(field(io, "read_bytes").is_err());
        Ok(())
    }

    #[test]
    fn processor_time_is_told_in_microseconds() {
        let second = rustix::param::clock_ticks_per_second();
        let (before, after) = (Taken::default(), Taken { ticks: second, ..Taken::default() });
        assert!((after.since(before).cpu_micros() - MICROS).abs() < 1e-6);
        assert_eq!(before.since(after), before);
    }
}
