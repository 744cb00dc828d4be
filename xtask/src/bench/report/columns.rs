//! The latest figures, sorted into columns: one for each engine, number of rows and label.

use std::collections::BTreeMap;

use super::Figure;
use super::table::grouped;

/// Labels that are shown: the latest ones.
const LABELS: usize = 2;

/// A column of figures that were measured on the same.
pub struct Column {
    /// What they were measured on.
    pub heading: String,
    figures: BTreeMap<String, Figure>,
}

impl Column {
    /// The figure of this name.
    pub fn find(&self, name: &str) -> Option<&Figure> {
        self.figures.get(name)
    }
}

/// Columns of the figures, which are in the order of time. A later figure replaces an earlier one of the same column and name.
pub fn columns(all: &[Figure]) -> Vec<Column> {
    let labels = latest_labels(all);
    let mut columns: BTreeMap<(&str, u64, usize), Column> = BTreeMap::new();
    for figure in all {
        let run = &figure.run;
        let Some(place) = labels.iter().position(|label| *label == run.label) else { continue };
        let heading = || format!("{}, {} rows, {}", engine(&run.engine), grouped(run.rows), run.label);
        let column = columns
            .entry((&run.engine, run.rows, place))
            .or_insert_with(|| Column { heading: heading(), figures: BTreeMap::new() });
        column.figures.insert(figure.name.clone(), figure.clone());
    }
    columns.into_values().collect()
}

/// The labels of the latest runs, the oldest of them first.
fn latest_labels(all: &[Figure]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for figure in all.iter().rev() {
        if labels.len() < LABELS && !labels.contains(&figure.run.label.as_str()) {
            labels.push(&figure.run.label);
        }
    }
    labels.reverse();
    labels
}

fn engine(name: &str) -> &str {
    match name {
        "sqlite" => "SQLite",
        "postgres" => "PostgreSQL",
        other => other,
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::bench::figures::Run;

    /// A figure for tests.
    pub fn figure(label: &str, rows: u64, name: &str, median: f64) -> Figure {
        let run = Run { label: label.into(), commit: "c".into(), engine: "sqlite".into(), rows, cores: 2 };
        let (name, unit) = (name.to_owned(), "µs".to_owned());
        Figure { run, at: 0, load: 0.0, name, median, low: median / 2.0, high: median * 2.0, unit, noisy: false }
    }

    #[test]
    fn later_figures_replace_earlier_ones_of_the_latest_labels() {
        let all = [
            figure("oldest", 10_000, "a", 1.0),
            figure("before", 10_000, "a", 2.0),
            figure("before", 10_000, "b", 3.0),
            figure("after", 10_000, "a", 4.0),
            figure("after", 1000, "a", 5.0),
            figure("before", 10_000, "a", 6.0),
        ];
        let columns = columns(&all);
        let headings: Vec<&str> = columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["SQLite, 1,000 rows, after", "SQLite, 10,000 rows, after", "SQLite, 10,000 rows, before"]
        );
        let medians = |name: &str| columns.iter().map(|column| Some(column.find(name)?.median)).collect::<Vec<_>>();
        assert_eq!(medians("a"), [Some(5.0), Some(4.0), Some(6.0)]);
        assert_eq!(medians("b"), [None, None, Some(3.0)]);
    }
}
