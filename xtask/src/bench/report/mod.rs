//! `cargo xtask bench report`: the latest figures as tables and charts of `docs/measurements.md`.

mod chart;
mod columns;
mod entries;
mod table;

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};

use self::columns::{Column, columns};
use self::entries::{CHARTS, Chart, TABLES};
use super::figures::{self, Figure};
use crate::support::{files, paths};

/// Lines between which everything is written by this task.
const BEGIN: &str = "<!-- begin: cargo xtask bench report -->";
const END: &str = "<!-- end: cargo xtask bench report -->";

/// Writes the table into its place in `docs/measurements.md`, and the charts into `docs/bench`.
pub fn run() -> Result<()> {
    let all = figures::read_all(&figures::folder())?;
    ensure!(!all.is_empty(), "there are no figures yet: run `cargo xtask bench devices`");
    let columns = columns(&all);
    let docs = paths::root().join("docs");
    let mut block = String::new();
    for (title, entries) in TABLES {
        let table = table::markdown(entries, &columns);
        if !table.is_empty() {
            let _ = writeln!(block, "#### {title}\n\n{table}");
        }
    }
    block.truncate(block.trim_end().len());
    block.push('\n');
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
            assert!(TABLES.iter().any(|(_, all)| all.iter().any(|entry| entry.name == *name)), "{name}");
        }
    }
}
