//! From the command line to the agent.

use super::{
    args::Command,
    enroll::{enroll, resume},
    open::{enrolled, path},
    simulate::options,
    status::status,
};
use crate::{failure::Failure, simulate::simulate, stop::stopped, terminal::Log};
use std::time::Duration;

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
