//! The options of `rollcall-agent simulate`.

use super::args::Simulate;
use crate::{
    failure::Failure,
    protocol::address::{AddressError, EnrollmentUrl},
    rng::system_seed,
    simulate,
    terminal::Log,
};
use std::{fs, path::Path, time::Duration};

/// What to simulate.
pub(super) fn options(arguments: Simulate) -> Result<simulate::Options, Failure> {
    let urls = match (arguments.url, &arguments.urls) {
        (Some(url), _) => vec![url],
        (None, Some(path)) => read_urls(path)?,
        (None, None) => Vec::new(),
    };
    if urls.is_empty() {
        return Err(Failure::Input("There is no enrollment URL.".to_owned()));
    }
    let seed = match arguments.seed {
        Some(seed) => seed,
        // Short enough to be typed again for the same fleet.
        None => system_seed()? >> 40,
    };
    Log::default().print(&format!(
        "Simulating {} phones on {} invitations; --seed {seed}",
        arguments.devices,
        urls.len()
    ));
    Ok(simulate::Options {
        devices: arguments.devices,
        urls,
        pace: arguments.pace,
        seed,
        run_for: arguments.run_for.map(Duration::from_secs),
        heartbeat: arguments.heartbeat.map(Duration::from_secs),
        chaos: arguments.chaos,
    })
}

fn read_urls(path: &Path) -> Result<Vec<EnrollmentUrl>, Failure> {
    let text =
        fs::read_to_string(path).map_err(|e| Failure::Input(format!("{} cannot be read: {e}.", path.display())))?;
    parse_urls(&text).map_err(|(line, reason)| Failure::Input(format!("{}, line {line}: {reason}.", path.display())))
}

/// One URL a line; the error has the number of its line, counted from 1.
fn parse_urls(text: &str) -> Result<Vec<EnrollmentUrl>, (usize, String)> {
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(index, line)| line.parse().map_err(|e: AddressError| (index + 1, e.to_string()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_urls_may_have_comments_and_names_the_line_that_is_wrong() {
        let url = "http://127.0.0.1:3000/e/abcdefghijklmnopqrstuvwxyz234567";
        assert_eq!(parse_urls(&format!("# people\n\n {url}\r\n{url}\n")).unwrap().len(), 2);
        let (line, reason) = parse_urls(&format!("{url}\n#\nhttp://127.0.0.1/\n")).unwrap_err();
        assert_eq!(line, 3);
        assert!(reason.contains("not an enrollment URL"), "{reason}");
    }
}
