//! From the command line to the agent.

use crate::{
    address::EnrollmentUrl,
    agent::Agent,
    cli::{Command, Enroll, MemoryArgs, Simulate, Until},
    client::Client,
    edge,
    enroll::Walk,
    host::{Host, RealHost},
    log::{Log, complain},
    memory::Memory,
    problem::Failure,
    retry::Retry,
    rng::Rng,
    simulate::{self, simulate},
    state::Enrollment,
    state_file::{self, StateError},
    stop::stopped,
};
use domain::{device::EnrollmentStep, protocol::EnrollCredential};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use url::Url;

/// Does what the command line says.
///
/// # Errors
/// It cannot be done; the text is for the person at the terminal.
pub async fn carry_out(command: Command) -> Result<(), Failure> {
    match command {
        Command::Enroll(arguments) => enroll(arguments).await,
        Command::Resume { memory, until } => resume(memory, until).await,
        Command::Run { memory, once, wait, heartbeat } => {
            let mut agent = enrolled(memory).await?;
            if once {
                return agent.run_once(wait).await;
            }
            agent.log.say("Running; Ctrl-C ends it");
            until_stopped(agent.run(heartbeat.map(Duration::from_secs))).await
        }
        Command::Renew(memory) => {
            let mut agent = enrolled(memory).await?;
            agent.renew().await?;
            agent.log.say("This device has a new secret");
            Ok(())
        }
        Command::Unenroll(memory) => {
            let mut agent = enrolled(memory).await?;
            agent.unenroll().await?;
            agent.log.say("This device is no longer enrolled");
            Ok(())
        }
        Command::Status(memory) => status(&path(memory)?),
        Command::Simulate(arguments) => simulate(options(arguments)?).await,
    }
}

/// Ends in good order when the program is asked to: what counts is on disk at every moment.
async fn until_stopped(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::select! {
        result = work => result,
        () = stopped() => {
            Log::default().say("Stopped");
            Ok(())
        }
    }
}

fn path(memory: MemoryArgs) -> Result<PathBuf, StateError> {
    memory.state.map_or_else(state_file::default_path, Ok)
}

async fn agent_on_this_host(memory: Memory, server: &Url) -> Result<Agent<RealHost>, Failure> {
    let host = RealHost::look().await;
    let rng = Rng::from_seed(edge::seed()?);
    Ok(Agent { host, client: Client::new(server)?, memory, rng, retry: Retry::USUAL, log: Log::default() })
}

async fn enrolled(memory: MemoryArgs) -> Result<Agent<RealHost>, Failure> {
    let path = path(memory)?;
    // Nothing is written for a device that was never enrolled.
    state_file::read(&path)?.and_then(|state| state.enrollment).ok_or(Failure::NotEnrolled)?;
    let memory = Memory::open(path)?;
    let server = memory.enrollment()?.server.clone();
    agent_on_this_host(memory, &server).await
}

async fn enroll(arguments: Enroll) -> Result<(), Failure> {
    let (server, credential) = credential(&arguments)?;
    if server.scheme() == "http" && !matches!(server.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        complain("warning: this address is not https; whoever is on the way can read the secrets");
    }
    let memory = Memory::open(path(arguments.memory)?)?;
    let mut agent = agent_on_this_host(memory, &server).await?;
    let name = agent.host.info().name().unwrap_or_default();
    agent.log.say(&format!("Enrolling {name} ({}) with {server}", agent.host.platform().label()));
    agent.enroll(&server, credential, arguments.ownership).await?;
    agent.log.say(&format!("Enrolled as device {}", agent.memory.enrollment()?.device_id));
    walk(&mut agent, arguments.until).await
}

fn credential(arguments: &Enroll) -> Result<(Url, EnrollCredential), Failure> {
    match (&arguments.url, &arguments.server, &arguments.email, &arguments.pin) {
        (Some(url), ..) => {
            let token = url.token.expose().to_owned();
            Ok((url.server.clone(), EnrollCredential::Token { token }))
        }
        (None, Some(server), Some(email), Some(pin)) => {
            let (email, pin) = (email.clone(), pin.expose().to_owned());
            Ok((server.0.clone(), EnrollCredential::Pin { email, pin }))
        }
        _ => Err(Failure::Input("Say either the enrollment URL, or --server, --email and --pin.".to_owned())),
    }
}

async fn resume(memory: MemoryArgs, until: Until) -> Result<(), Failure> {
    let mut agent = enrolled(memory).await?;
    walk(&mut agent, until).await
}

async fn walk(agent: &mut Agent<RealHost>, until: Until) -> Result<(), Failure> {
    let Some(until) = until else { return Ok(()) };
    match agent.walk(until).await? {
        Walk::Finished => agent.log.say("The enrollment is done"),
        Walk::StoppedAt(step) => {
            agent.log.say(&format!("Stopped after \"{}\"; rollcall-agent resume goes on", step.label()));
        }
        Walk::Failed(_) | Walk::Abandoned(_) => {}
    }
    Ok(())
}

fn status(path: &Path) -> Result<(), Failure> {
    let state = state_file::read(path)?;
    let enrollment = state.as_ref().and_then(|state| state.enrollment.as_ref()).ok_or(Failure::NotEnrolled)?;
    let seq = state.as_ref().map_or(0, |state| state.seq);
    for line in status_lines(enrollment, seq) {
        Log::default().say(&line);
    }
    Ok(())
}

fn status_lines(enrollment: &Enrollment, seq: u64) -> Vec<String> {
    let step = match enrollment.step {
        Some(EnrollmentStep::Done) => "finished".to_owned(),
        Some(step) => format!("step {} of {} done ({})", step.number(), EnrollmentStep::COUNT, step.label()),
        None => "no step done yet".to_owned(),
    };
    let untold = enrollment.commands.iter().filter(|record| !record.is_told).count();
    vec![
        format!("Server:      {}", enrollment.server),
        format!("Device:      {}", enrollment.device_id),
        format!("Platform:    {}", enrollment.platform.label()),
        format!("Ownership:   {}", enrollment.ownership.label()),
        format!("Enrollment:  {step}"),
        format!("Heartbeats:  {seq} sent, every {} s", enrollment.poll.heartbeat_s),
        format!("Commands:    {} known, {untold} not answered yet", enrollment.commands.len()),
    ]
}

fn options(arguments: Simulate) -> Result<simulate::Options, Failure> {
    let urls = match (arguments.url, &arguments.urls) {
        (Some(url), _) => vec![url],
        (None, Some(path)) => read_urls(path)?,
        (None, None) => Vec::new(),
    };
    if urls.is_empty() {
        return Err(Failure::Input("There is no enrollment URL to enroll with.".to_owned()));
    }
    let seed = match arguments.seed {
        Some(seed) => seed,
        // Short enough to be typed again.
        None => edge::seed()? >> 40,
    };
    Log::default().say(&format!(
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
    lines
        .map(|(index, line)| line.parse().map_err(|e: crate::address::AddressError| (index + 1, e.to_string())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stub::enrolled_state;

    #[test]
    fn a_list_of_urls_may_have_comments_and_names_the_line_that_is_wrong() {
        let url = "http://127.0.0.1:3000/e/abcdefghijklmnopqrstuvwxyz234567";
        assert_eq!(parse_urls(&format!("# people\n\n {url}\r\n{url}\n")).unwrap().len(), 2);
        let (line, reason) = parse_urls(&format!("{url}\n#\nhttp://127.0.0.1/\n")).unwrap_err();
        assert_eq!(line, 3);
        assert!(reason.contains("not an enrollment URL"), "{reason}");
    }

    #[test]
    fn the_status_shows_no_secret() {
        let state = enrolled_state("http://127.0.0.1:1");
        let shown = status_lines(&state.enrollment.unwrap(), state.seq).join("\n");
        assert!(shown.contains("no step done yet") && !shown.contains("secret"), "{shown}");
        assert!(!shown.contains(&state.installation_id.to_string()));
    }
}
