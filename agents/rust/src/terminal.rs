//! Messages to the person at the terminal, one line each.

use std::io::Write;

/// Where the lines go.
#[derive(Clone, Debug, Default)]
pub struct Log {
    prefix: String,
    is_quiet: bool,
}

impl Log {
    /// A log whose lines begin with `prefix`.
    pub fn with_prefix(prefix: &str) -> Self {
        Self { prefix: format!("{prefix}: "), is_quiet: false }
    }

    /// A log that prints nothing.
    pub fn quiet() -> Self {
        Self { prefix: String::new(), is_quiet: true }
    }

    /// Writes a line to standard output. A reader that went away (`| head`) is no reason to stop working.
    pub fn print(&self, text: &str) {
        if !self.is_quiet {
            let _ = writeln!(std::io::stdout(), "{}{}", self.prefix, plain(text));
        }
    }
}

/// Writes a line to standard error.
pub fn print_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", plain(text));
}

/// Text from elsewhere, made harmless for the terminal: control characters, escape sequences and marks of writing
/// direction are replaced. Line breaks stay.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect()
}

fn is_harmless(c: char) -> bool {
    let changes_direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c == '\n' || !(c.is_control() || changes_direction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_elsewhere_cannot_control_the_terminal() {
        let shown = plain("a\u{1b}]0;title\u{7}b\u{202e}c\nd");
        assert_eq!(shown, "a\u{fffd}]0;title\u{fffd}b\u{fffd}c\nd");
    }
}
