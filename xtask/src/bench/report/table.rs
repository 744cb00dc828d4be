//! The table in Markdown.

use super::entries::Entry;
use super::{Column, Figure};

/// A row for each entry that has a figure, a column for each run that has some, and one for what they ought to be. Empty if there
/// is no figure.
pub fn markdown(entries: &[Entry], all: &[Column]) -> String {
    let has_some = |column: &&Column| entries.iter().any(|entry| column.find(entry.name).is_some());
    let columns: Vec<&Column> = all.iter().filter(has_some).collect();
    if columns.is_empty() {
        return String::new();
    }
    let mut lines = vec![row("", columns.iter().map(|column| column.heading.clone()).chain(["target".to_owned()]))];
    lines.push(row("---", columns.iter().map(|_| "---".to_owned()).chain(["---".to_owned()])));
    for entry in entries {
        if columns.iter().any(|column| column.find(entry.name).is_some()) {
            let cells = columns.iter().map(|column| column.find(entry.name).map(cell).unwrap_or_default());
            let cells = cells.chain([entry.target.to_owned()]);
            lines.push(row(entry.text, cells));
        }
    }
    let mut text = lines.join("\n");
    text.push('\n');
    if columns.iter().any(|column| entries.iter().any(|entry| column.find(entry.name).is_some_and(|found| found.noisy)))
    {
        text.push_str("\n≈: other processes took more than 5 % of the cores.\n");
    }
    text
}

fn row(first: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {first} | {} |", cells.join(" | "))
}

/// The median with its unit, and the range if there is one.
fn cell(figure: &Figure) -> String {
    let about = if figure.noisy { "≈ " } else { "" };
    let unit = match figure.unit.as_str() {
        "" => String::new(),
        "1/s" => "/s".to_owned(),
        unit => format!(" {unit}"),
    };
    let (median, low, high) = (number(figure.median), number(figure.low), number(figure.high));
    let range = if low == high { String::new() } else { format!(" ({low} to {high})") };
    format!("{about}{median}{unit}{range}")
}

/// A number with as many digits as mean something.
pub fn number(value: f64) -> String {
    match value {
        value if value <= 0.0 => "0".to_owned(),
        value if value < 0.095 => format!("{value:.3}"),
        value if value < 9.95 => format!("{value:.2}"),
        value if value < 99.5 => format!("{value:.1}"),
        value => grouped(round(value)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only positive numbers below 2⁵³ come here"
)]
fn round(value: f64) -> u64 {
    value.round() as u64
}

/// A whole number with a comma between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::columns::{columns, tests::figure};
    use super::super::entries::entry;
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (value, text) in
            [(0.0, "0"), (0.0312, "0.031"), (0.4567, "0.46"), (22.04, "22.0"), (99.7, "100"), (117_432.4, "117,432")]
        {
            assert_eq!(number(value), text);
        }
        assert_eq!(
            (grouped(1).as_str(), grouped(1000).as_str(), grouped(1_234_567).as_str()),
            ("1", "1,000", "1,234,567")
        );
    }

    #[test]
    fn a_table_has_rows_with_figures_and_says_which_are_noisy() {
        let mut noisy = figure("after", 100, "b", 3.0);
        noisy.noisy = true;
        let columns = columns(&[figure("before", 100, "a", 2000.0), noisy]);
        let first = Entry { target: "≤ 1", ..entry("a", "the first") };
        let entries = [first, entry("b", "the second"), entry("c", "none")];
        let expected = "|  | SQLite, 100 rows, before | SQLite, 100 rows, after | target |\n\
                        | --- | --- | --- | --- |\n\
                        | the first | 2,000 µs (1,000 to 4,000) |  | ≤ 1 |\n\
                        | the second |  | ≈ 3.00 µs (1.50 to 6.00) |  |\n\n\
                        ≈: other processes took more than 5 % of the cores.\n";
        assert_eq!(markdown(&entries, &columns), expected);
        assert!(!markdown(&entries[1..2], &columns).contains("before"));
        assert_eq!(markdown(&entries[2..], &columns), "");
    }
}
