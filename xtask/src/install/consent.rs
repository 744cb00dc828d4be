//! Before something is installed on the system: says what and why, and asks a person at a terminal. `--no-install`
//! forbids it.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};

/// The environment variable that forbids installing, like the flag `--no-install`.
pub const NO_INSTALL: &str = "ROLLCALL_NO_INSTALL";

static FORBIDDEN: AtomicBool = AtomicBool::new(false);

/// Forbids installing for as long as this process runs.
pub fn forbid() {
    FORBIDDEN.store(true, Ordering::Relaxed);
}

/// What happens before something is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// A person is there to be asked.
    Ask,
    /// Nobody is there, as in CI: it is installed.
    Install,
    /// It was forbidden.
    Refuse,
}

/// Decides by what was asked for and whether a person can answer.
fn decide(forbidden: bool, terminal: bool) -> Decision {
    match (forbidden, terminal) {
        (true, _) => Decision::Refuse,
        (false, true) => Decision::Ask,
        (false, false) => Decision::Install,
    }
}

/// Whether an answer to `[Y/n]` means yes. The end of input does not.
fn is_yes(answer: &str) -> bool {
    let word = answer.trim();
    answer.ends_with('\n') && (word.is_empty() || word.eq_ignore_ascii_case("y") || word.eq_ignore_ascii_case("yes"))
}

/// Says what will be installed and why, and asks if somebody is there to answer. If it may not be installed, the error
/// names the `commands` to run by hand.
pub fn obtain(reasons: &[String], commands: &[String]) -> Result<()> {
    println!("    missing:");
    for reason in reasons {
        println!("      {reason}");
    }
    let decision = decide(FORBIDDEN.load(Ordering::Relaxed), io::stdin().is_terminal());
    if decision != Decision::Refuse {
        println!("    to be installed with:\n      {}", commands.join("\n      "));
    }
    let installs = match decision {
        Decision::Install => true,
        Decision::Refuse => false,
        Decision::Ask => ask()?,
    };
    if !installs {
        bail!("nothing was installed; to install it by hand, run\n\n    {}\n", commands.join("\n    "));
    }
    Ok(())
}

fn ask() -> Result<bool> {
    print!("    Install? [Y/n] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(is_yes(&answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_person_at_a_terminal_is_asked() {
        assert_eq!(decide(false, true), Decision::Ask);
        assert_eq!(decide(false, false), Decision::Install);
    }

    #[test]
    fn what_is_forbidden_is_neither_done_nor_asked_about() {
        assert_eq!(decide(true, true), Decision::Refuse);
        assert_eq!(decide(true, false), Decision::Refuse);
    }

    #[test]
    fn an_empty_line_is_a_yes_and_the_end_of_input_is_not() {
        for yes in ["\n", "y\n", "Y\n", "yes\n", " Yes \r\n"] {
            assert!(is_yes(yes), "{yes:?}");
        }
        for no in ["", "n\n", "no\n", "later\n", "y"] {
            assert!(!is_yes(no), "{no:?}");
        }
    }
}
