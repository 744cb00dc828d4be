//! Escapes cells that a spreadsheet would run as a formula (CSV injection). Exports put an apostrophe in front, imports
//! remove it. Any text survives the round trip, also one that starts with an apostrophe itself.

use std::borrow::Cow;

/// Marks a cell as text.
const TEXT_MARK: char = '\'';

/// Whether a spreadsheet may run a cell with this first character. Full-width signs count as well.
const fn starts_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// Whether a cell is a formula, or one that was already escaped, once or more.
fn needs_escape(cell: &str) -> bool {
    cell.trim_start_matches(TEXT_MARK).starts_with(starts_formula)
}

/// The cell as it is written to a file.
pub(crate) fn escape_formula(cell: &str) -> Cow<'_, str> {
    if needs_escape(cell) { Cow::Owned(format!("{TEXT_MARK}{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell that was written to a file like this.
pub(crate) fn unescape_formula(cell: &str) -> &str {
    match cell.strip_prefix(TEXT_MARK) {
        Some(rest) if needs_escape(rest) => rest,
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
            assert_eq!(escape_formula(formula), format!("'{formula}"), "{formula:?}");
        }
        for text in ["Ada", "O'Neil", "'t Hooft", "a=b", ""] {
            assert_eq!(escape_formula(text), text);
            assert_eq!(unescape_formula(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(cell in "['=+@\\-\\t\\r]{0,4}\\PC{0,8}") {
            let written = escape_formula(&cell);
            prop_assert!(!written.starts_with(starts_formula));
            prop_assert_eq!(unescape_formula(&written), &cell);
        }
    }
}
