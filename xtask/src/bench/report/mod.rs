//! `cargo xtask bench report`: the latest figures as tables and charts of `docs/measurements.md`.

mod chart;
mod columns;
mod table;

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};

use self::columns::{Column, columns};
use super::figures::{self, Figure};
use crate::support::{files, paths};

/// Lines between which everything is written by this task.
const BEGIN: &str = "<!-- begin: cargo xtask bench report -->";
const END: &str = "<!-- end: cargo xtask bench report -->";

/// A figure of the table: its name in the file, and what it says.
pub struct Entry {
    /// Such as `heartbeat.cpu`.
    pub name: &'static str,
    /// What was measured.
    pub text: &'static str,
}

const fn entry(name: &'static str, text: &'static str) -> Entry {
    Entry { name, text }
}

/// The rows of the table, in their order.
const ENTRIES: &[Entry] = &[
    entry("heartbeat.cpu", "heartbeat: CPU of the server"),
    entry("fact.cpu", "report with a changed fact: CPU of the server"),
    entry("poll.cpu", "empty poll: CPU of the server"),
    entry("heartbeat.parser-cpu", "reading a heartbeat and answering, alone: CPU of the server"),
    entry("poll.parser-cpu", "reading a poll and answering, alone: CPU of the server"),
    entry("heartbeat.asked", "heartbeat: bytes that the server writes, with its answer"),
    entry("fact.asked", "report with a changed fact: bytes that the server writes, with its answer"),
    entry("poll.asked", "empty poll: bytes that the server writes, with its answer"),
    entry("heartbeat.written", "heartbeat: memory of files that has to go to the disk"),
    entry("fact.written", "report with a changed fact: memory of files that has to go to the disk"),
    entry("poll.written", "empty poll: memory of files that has to go to the disk"),
    entry("parked-1000.memory", "waiting poll, 1,000 of them: memory"),
    entry("parked-10000.memory", "waiting poll, 10,000 of them: memory"),
    entry("parked-1000.floor", "the same without the store, 1,000 of them: memory"),
    entry("parked-10000.floor", "the same without the store, 10,000 of them: memory"),
    entry("heartbeat.to-parser", "heartbeats, as a share of what is read and answered alone"),
    entry("fact.to-parser", "reports with a changed fact, as a share of the same"),
    entry("poll.to-parser", "empty polls, as a share of the same"),
    entry("heartbeat.to-bare", "heartbeats, as a share of the bare loop's rows"),
    entry("fact.to-bare", "reports with a changed fact, as a share of the bare loop's rows"),
    entry("heartbeat.rate", "heartbeats"),
    entry("fact.rate", "reports with a changed fact"),
    entry("poll.rate", "empty polls"),
    entry("parked-1000.told", "until 1,000 waiting polls have a command"),
    entry("live-0.heartbeat.to-parser", "no console: heartbeats, as a share of what is read and answered alone"),
    entry("live-200.heartbeat.to-parser", "200 consoles: the same"),
    entry("live-1000.heartbeat.to-parser", "1,000 consoles: the same"),
    entry("live-0.heartbeat.cpu", "no console: heartbeat, CPU of the server"),
    entry("live-200.heartbeat.cpu", "200 consoles: the same"),
    entry("live-1000.heartbeat.cpu", "1,000 consoles: the same"),
    entry("live-0.fact.cpu", "no console: report that is journalled, CPU of the server"),
    entry("live-200.fact.cpu", "200 consoles: the same"),
    entry("live-1000.fact.cpu", "1,000 consoles: the same"),
    entry("live-200.event-p95", "200 consoles: from a report to its event, p95"),
    entry("live-1000.event-p95", "1,000 consoles: the same"),
    entry("live-200.memory", "memory of a stream, 200 of them"),
    entry("live-1000.memory", "memory of a stream, 1,000 of them"),
];

/// A chart: its file, its title, and the figures in it with their captions.
pub struct Chart {
    /// Without `.svg`.
    pub file: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Names of figures, and what stands beside their bars.
    pub bars: &'static [(&'static str, &'static str)],
}

const CHARTS: &[Chart] = &[
    Chart {
        file: "cpu",
        title: "CPU of the server for one call, in µs",
        bars: &[
            ("heartbeat.cpu", "heartbeat"),
            ("fact.cpu", "changed fact"),
            ("poll.cpu", "empty poll"),
            ("heartbeat.parser-cpu", "reading alone"),
        ],
    },
    Chart {
        file: "written",
        title: "Bytes that the server writes for one call, with its answer",
        bars: &[("heartbeat.asked", "heartbeat"), ("fact.asked", "changed fact"), ("poll.asked", "empty poll")],
    },
    Chart {
        file: "share",
        title: "Calls in a second, as a share of reading and answering alone",
        bars: &[
            ("heartbeat.to-parser", "heartbeat"),
            ("fact.to-parser", "changed fact"),
            ("poll.to-parser", "empty poll"),
        ],
    },
    Chart {
        file: "memory",
        title: "Memory of one waiting poll, in bytes",
        bars: &[
            ("parked-1000.memory", "of 1,000"),
            ("parked-10000.memory", "of 10,000"),
            ("parked-1000.floor", "without the store"),
        ],
    },
];

/// Writes the table into its place in `docs/measurements.md`, and the charts into `docs/bench`.
pub fn run() -> Result<()> {
    let all = figures::read_all(&figures::folder())?;
    ensure!(!all.is_empty(), "there are no figures yet: run `cargo xtask bench devices`");
    let columns = columns(&all);
    let docs = paths::root().join("docs");
    let mut block = table::markdown(ENTRIES, &columns);
    for chart in CHARTS {
        if let Some(svg) = chart::svg(chart, &columns)? {
            files::write(&docs.join("bench").join(format!("{}.svg", chart.file)), svg)?;
            let _ = writeln!(block, "\n![{}](bench/{}.svg)", chart.title, chart.file);
        }
    }
    let document = docs.join("measurements.md");
    files::write(&document, replaced(&files::read_text(&document)?, &block)?)?;
    println!("docs/measurements.md and docs/bench have {} columns of figures", columns.len());
    Ok(())
}

/// The document with another text between the two lines.
fn replaced(document: &str, block: &str) -> Result<String> {
    let (before, rest) = document.split_once(BEGIN).with_context(|| format!("there is no line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("there is no line {END}"))?;
    Ok(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", block.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_lines_is_replaced() -> Result<()> {
        let document = format!("a\n{BEGIN}\nold\n{END}\nz\n");
        let once = replaced(&document, "\nnew\n")?;
        assert_eq!(once, format!("a\n{BEGIN}\n\nnew\n\n{END}\nz\n"));
        assert_eq!(replaced(&once, "new")?, once);
        assert!(replaced("nothing", "new").is_err());
        Ok(())
    }

    #[test]
    fn the_document_has_a_place_for_figures() -> Result<()> {
        let document = files::read_text(&paths::root().join("docs/measurements.md"))?;
        replaced(&document, "")?;
        Ok(())
    }

    #[test]
    fn every_bar_is_of_a_figure_in_the_table() {
        for (name, _) in CHARTS.iter().flat_map(|chart| chart.bars) {
            assert!(ENTRIES.iter().any(|entry| entry.name == *name), "{name}");
        }
    }
}
