//! From the command line to the agent.

use super::{
    args::Command,
    enroll::{enroll, resume},
    open::{enrolled, path},
    pretend_apple::pretend_apple,
    provision::provision,
    simulate::simulate,
    status::status,
};
use crate::{failure::Failure, stop::stop_requested, terminal::Log};
use std::time::Duration;

/// Carries out a command.
///
/// # Errors
/// The message is for the person at the terminal.
pub async fn carry_out(command: Command) -> Result<(), Failure> {
    match command {
        Command::Enroll(arguments) => enroll(arguments).await,
        Command::Resume { memory, until } => resume(memory, until).await,
        Command::Run { memory, once, wait, heartbeat } => {
            let mut agent = enrolled(memory).await?;
            if once {
                return agent.run_once(wait).await;
            }
            agent.log.print("Running; press Ctrl-C to stop");
            until_stopped(agent.run(heartbeat.map(Duration::from_secs))).await
        }
        Command::Renew(memory) => {
            let mut agent = enrolled(memory).await?;
            agent.renew().await?;
            agent.log.print("This device has a new secret");
            Ok(())
        }
        Command::Unenroll(memory) => {
            let mut agent = enrolled(memory).await?;
            agent.unenroll().await?;
            agent.log.print("This device is no longer enrolled");
            Ok(())
        }
        Command::Status(memory) => status(&path(memory)?),
        Command::Provision(arguments) => provision(arguments).await,
        Command::Simulate(arguments) => simulate(arguments).await,
        Command::PretendApple(arguments) => pretend_apple(arguments),
    }
}

/// Ends when the program is asked to stop: the memory is saved at every moment.
async fn until_stopped(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::select! {
        result = work => result,
        () = stop_requested() => {
            Log::default().print("Stopped");
            Ok(())
        }
    }
}
