//! Figures as lines of JSON: what `bench devices` measures and `bench report` reads.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::support::{files, paths};

/// What was measured, on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What the tables call this run.
    pub label: String,
    /// The commit of the server; `-` for a program that was built elsewhere.
    pub commit: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Rows of sample data.
    pub rows: u64,
    /// Processors.
    pub cores: usize,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was measured, on what.
    #[serde(flatten)]
    pub run: Run,
    /// Seconds since 1970.
    pub at: u64,
    /// The load average of the last minute.
    pub load: f64,
    /// Such as `heartbeat.cpu`.
    pub name: String,
    /// The median of all rounds.
    pub median: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// What it is measured in.
    pub unit: String,
    /// Whether no round was quiet: other processes took more than they may.
    pub noisy: bool,
}

/// The folder of all lines.
pub fn folder() -> PathBuf {
    paths::target().join("bench")
}

/// Adds lines to a file.
pub fn append(file: &Path, figures: &[Figure]) -> Result<()> {
    let mut lines = String::new();
    for figure in figures {
        lines.push_str(&serde_json::to_string(figure)?);
        lines.push('\n');
    }
    if let Some(folder) = file.parent() {
        files::make_folder(folder)?;
    }
    let opened: Result<File, _> = OpenOptions::new().create(true).append(true).open(file);
    opened
        .and_then(|mut open| open.write_all(lines.as_bytes()))
        .with_context(|| format!("could not add to {}", file.display()))
}

/// Every line of every file in `folder`, oldest first.
pub fn read_all(folder: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for file in files::list(folder)?.iter().filter(|file| is_of_lines(file)) {
        for line in files::read_text(&folder.join(file))?.lines() {
            let figure = serde_json::from_str(line);
            figures.push(figure.with_context(|| format!("a line of {} is not a figure: {line}", file.display()))?);
        }
    }
    figures.sort_by_key(|figure: &Figure| figure.at);
    Ok(figures)
}

/// Files of figures are not in folders: those are sample data.
fn is_of_lines(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "jsonl") && file.parent() == Some(Path::new(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_were_written_in_the_order_of_time() -> Result<()> {
        let temporary = tempfile::tempdir()?;
        let run = Run { label: "a".into(), commit: "b".into(), engine: "sqlite".into(), rows: 3, cores: 2 };
        let figure = |at, name: &str| Figure {
            run: run.clone(),
            at,
            load: 0.5,
            name: name.to_owned(),
            median: 1.5,
            low: 1.0,
            high: 2.25,
            unit: "µs".to_owned(),
            noisy: false,
        };
        append(&temporary.path().join("b.jsonl"), &[figure(3, "x"), figure(4, "y")])?;
        append(&temporary.path().join("a.jsonl"), &[figure(5, "z")])?;
        append(&temporary.path().join("b.jsonl"), &[figure(1, "x")])?;
        let read = read_all(temporary.path())?;
        assert_eq!(read, [figure(1, "x"), figure(3, "x"), figure(4, "y"), figure(5, "z")]);
        assert_eq!(read_all(&temporary.path().join("none"))?, []);
        Ok(())
    }
}
