//! Cells that a spreadsheet would take for a formula. Exports put an apostrophe before them, imports take it away: what
//! was exported is read back as it was, apostrophes of its own included.

use std::borrow::Cow;

/// What marks a cell as text.
const MARK: char = '\'';

/// Whether a spreadsheet may run a cell that begins like this. Spreadsheets take full-width signs for plain ones.
const fn begins_a_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// Whether a cell is a formula, or one that was made harmless, however often.
fn needs_mark(cell: &str) -> bool {
    cell.trim_start_matches(MARK).starts_with(begins_a_formula)
}

/// The cell as it is written.
pub(crate) fn defused(cell: &str) -> Cow<'_, str> {
    if needs_mark(cell) { Cow::Owned(format!("{MARK}{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell that was written like this.
pub(crate) fn undo(cell: &str) -> &str {
    match cell.strip_prefix(MARK) {
        Some(rest) if needs_mark(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_written_as_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1"] {
            assert_eq!(defused(formula), format!("'{formula}"), "{formula:?}");
        }
        for text in ["Ada", "O'Neil", "'t Hooft", "a=b", ""] {
            assert_eq!(defused(text), text);
            assert_eq!(undo(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(cell in "['=+@\\-\\t\\r]{0,4}\\PC{0,8}") {
            let written = defused(&cell);
            prop_assert!(!written.starts_with(begins_a_formula));
            prop_assert_eq!(undo(&written), &cell);
        }
    }
}
