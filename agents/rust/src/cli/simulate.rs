//! `rollcall-agent simulate`.

use super::args::Simulate;
use crate::{
    failure::Failure,
    protocol::address::{AddressError, EnrollmentUrl},
    rng::system_seed,
    simulate::{self, apple},
    terminal::Log,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How often an iPhone asks for commands when there is no push service.
const ASK_EVERY: Duration = Duration::from_secs(15);

/// Simulates what the arguments say.
pub(super) async fn simulate(arguments: Simulate) -> Result<(), Failure> {
    let seed = match arguments.seed {
        Some(seed) => seed,
        // Short enough to be typed again for the same fleet.
        None => system_seed()? >> 40,
    };
    if arguments.apple.apple {
        return apple::simulate(apple_options(arguments, seed)?).await;
    }
    let (urls, devices) = (urls(&arguments)?, arguments.devices.unwrap_or(1));
    announce(devices, &format!("{} invitations", urls.len()), seed);
    simulate::simulate(simulate::Options {
        devices,
        urls,
        pace: arguments.pace,
        seed,
        run_for: arguments.run_for.map(Duration::from_secs),
        heartbeat: arguments.heartbeat.map(Duration::from_secs),
        chaos: arguments.chaos,
    })
    .await
}

/// What to simulate by Apple's protocol.
fn apple_options(arguments: Simulate, seed: u64) -> Result<apple::Options, Failure> {
    let (source, count, what) = if arguments.apple.profiles.is_empty() {
        let urls = urls(&arguments)?;
        let count = urls.len();
        (apple::Source::Pages(urls), count, "invitations")
    } else {
        let read = |path: &PathBuf| fs::read(path).map_err(|e| unreadable(path, &e));
        let files = arguments.apple.profiles.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let count = files.len();
        (apple::Source::Files(files), count, "profiles")
    };
    let devices = arguments.devices.unwrap_or_else(|| u32::try_from(count).unwrap_or(u32::MAX));
    announce(devices, &format!("{count} {what}"), seed);
    let folder = arguments.apple.push_service.map(apple::Folder::new);
    let push = folder.clone().zip(arguments.apple.push_listen);
    let addresses = arguments.apple.tls_listen.zip(arguments.apple.tls_to);
    let front = folder.zip(addresses.map(|(listen, to)| apple::Addresses { listen, to }));
    Ok(apple::Options {
        devices,
        source,
        pace: arguments.pace,
        seed,
        run_for: arguments.run_for.map(Duration::from_secs),
        course: arguments.apple.course,
        supervision: arguments.apple.supervised,
        // Without pushes nothing would ever happen.
        ask_every: arguments.heartbeat.map(Duration::from_secs).or(push.is_none().then_some(ASK_EVERY)),
        push,
        front,
    })
}

fn announce(devices: u32, on: &str, seed: u64) {
    Log::default().print(&format!("Simulating {devices} phones on {on}; --seed {seed}"));
}

fn urls(arguments: &Simulate) -> Result<Vec<EnrollmentUrl>, Failure> {
    let urls = match (&arguments.url, &arguments.urls) {
        (Some(url), _) => vec![url.clone()],
        (None, Some(path)) => read_urls(path)?,
        (None, None) => Vec::new(),
    };
    if urls.is_empty() {
        return Err(Failure::Input("There is no enrollment URL.".to_owned()));
    }
    Ok(urls)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::Input(format!("{} cannot be read: {error}.", path.display()))
}

fn read_urls(path: &Path) -> Result<Vec<EnrollmentUrl>, Failure> {
    let text = fs::read_to_string(path).map_err(|e| unreadable(path, &e))?;
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
