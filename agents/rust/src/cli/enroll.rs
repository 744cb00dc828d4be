//! `rollcall-agent enroll` and `rollcall-agent resume`.

use super::{
    args::{Enroll, MemoryArgs, Until},
    open::{agent_on_this_host, enrolled, path},
};
use crate::{
    agent::{Agent, steps::StepsEnd},
    failure::Failure,
    host::{Host as _, RealHost},
    state::memory::Memory,
    terminal::print_error,
};
use domain::protocol::EnrollCredential;
use url::Url;

/// Enrolls this host.
pub(super) async fn enroll(arguments: Enroll) -> Result<(), Failure> {
    let (server, credential) = credential(&arguments)?;
    if server.scheme() == "http" && !matches!(server.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        print_error("warning: this address is not https; anyone on the network can read the secrets");
    }
    let memory = Memory::open(path(arguments.memory)?)?;
    let mut agent = agent_on_this_host(memory, &server).await?;
    let name = agent.host.info().name().unwrap_or_default();
    agent.log.print(&format!("Enrolling {name} ({}) with {server}", agent.host.platform().label()));
    agent.enroll(&server, credential, arguments.ownership).await?;
    agent.log.print(&format!("Enrolled as device {}", agent.memory.enrollment()?.device_id));
    take_steps(&mut agent, arguments.until).await
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
        _ => Err(Failure::Input("Give either the enrollment URL, or --server, --email and --pin.".to_owned())),
    }
}

/// Goes on with an enrollment that was stopped.
pub(super) async fn resume(memory: MemoryArgs, until: Until) -> Result<(), Failure> {
    let mut agent = enrolled(memory).await?;
    take_steps(&mut agent, until).await
}

async fn take_steps(agent: &mut Agent<RealHost>, until: Until) -> Result<(), Failure> {
    let Some(until) = until else { return Ok(()) };
    match agent.run_steps(until).await? {
        StepsEnd::Finished => agent.log.print("The enrollment is complete"),
        StepsEnd::StoppedAt(step) => {
            agent.log.print(&format!("Stopped after \"{}\"; continue with: rollcall-agent resume", step.label()));
        }
        StepsEnd::Failed(_) | StepsEnd::Abandoned(_) => {}
    }
    Ok(())
}
