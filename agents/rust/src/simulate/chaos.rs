//! Phones that answer commands as no phone should: late, twice, out of order, with errors, and for commands that are not
//! theirs. The seed decides what they do; they print what they really did, so that a test can compare it with what the
//! server shows.

use super::{PhoneEvent, phone::Phone};
use crate::{
    agent::Agent,
    failure::Failure,
    host::{
        Host as _,
        outcome::{Outcome, error, unsupported},
    },
    protocol::{client::OfferedCommand, error::ClientError, retry::with_retries},
    rng::Rng,
};
use domain::{
    device::command::CommandKind,
    protocol::{CommandOffer, CommandResult, ResultStatus},
    types::ids::{CommandId, DeviceId},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::mpsc::UnboundedSender, time::sleep};

/// How long a poll waits between two heartbeats, in seconds.
const WAIT_S: u32 = 2;
/// Longest pause before an answer, in milliseconds.
const PAUSE_MS: u64 = 60;

/// The commands that the phones of the fleet received, each with its device.
pub type IssuedCommands = Arc<Mutex<Vec<(DeviceId, CommandId)>>>;

/// An answer to a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The command has arrived.
    Acknowledge,
    /// "Not now", although the phone carries it out a moment later.
    NotNow,
    /// The command is done, with its result.
    Finish,
    /// It went wrong, and nothing was done.
    Fail,
    /// The opposite of the result that was sent before.
    Contradict,
    /// An answer to a command that was never requested.
    ForUnknown,
    /// An answer to a command of another phone.
    ForOther,
}

/// What a phone answers to a command, in order: as real phones do, and as none should.
pub fn answer_script(rng: &mut Rng) -> &'static [Answer] {
    use Answer::{Acknowledge, Contradict, Fail, Finish, ForOther, ForUnknown, NotNow};
    const SCRIPTS: &[&[Answer]] = &[
        &[Acknowledge, Finish],
        &[Finish],
        &[Finish, Acknowledge],
        &[Acknowledge, Finish, Finish],
        &[Acknowledge, Acknowledge, Fail],
        &[Finish, Contradict, Acknowledge],
        &[Fail, Contradict, Fail],
        &[NotNow, Acknowledge, Finish, NotNow],
        &[ForUnknown, Finish, ForUnknown],
        &[ForOther, Acknowledge, ForOther, Finish],
    ];
    rng.pick(SCRIPTS).copied().unwrap_or(SCRIPTS[0])
}

/// Mixes the answers to several commands; those to the same command stay in their order.
pub fn interleaved(scripts: &[&'static [Answer]], rng: &mut Rng) -> Vec<(usize, Answer)> {
    let mut next = vec![0; scripts.len()];
    let mut answers = Vec::new();
    loop {
        let left: Vec<usize> = (0..scripts.len()).filter(|&script| next[script] < scripts[script].len()).collect();
        let Some(&script) = rng.pick(&left) else { return answers };
        answers.push((script, scripts[script][next[script]]));
        next[script] += 1;
    }
}

/// A command that the phone has fetched.
struct PendingCommand {
    offer: CommandOffer,
    /// Its result, once there is one.
    end: Option<CommandResult>,
}

/// Fetches commands and answers them in disorder, until the phone is wiped or the server forgets it.
///
/// # Errors
/// The server does not know this device any more.
pub async fn run(
    agent: &mut Agent<Phone>,
    mut rng: Rng,
    issued: IssuedCommands,
    events: &UnboundedSender<PhoneEvent>,
) -> Result<(), Failure> {
    let mut failures = 0;
    while !agent.host.is_gone() {
        // Fetch commands; a server that is away is asked again after a pause.
        let offers = match heartbeat_and_poll(agent).await {
            Ok(offers) => offers,
            Err(Failure::Client(error)) if !error.ends_enrollment() => {
                failures += 1;
                sleep(agent.retry.delay_after(&error, failures, &mut agent.rng)).await;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        failures = 0;
        // Note them where every phone of the fleet can find them: another one may answer for them.
        let known = offers.into_iter().filter_map(|offer| match offer {
            OfferedCommand::Known(offer) => Some(PendingCommand { offer, end: None }),
            OfferedCommand::Unknown { .. } => None,
        });
        let mut pending: Vec<PendingCommand> = known.collect();
        let own = agent.memory.enrollment()?.device_id;
        let given = pending.iter().map(|command| (own, command.offer.uuid));
        issued.lock().unwrap_or_else(PoisonError::into_inner).extend(given);
        // Draw a script for each, mix the answers of all, and send them with short pauses.
        let scripts: Vec<_> = pending.iter().map(|_| answer_script(&mut rng)).collect();
        for (index, answer) in interleaved(&scripts, &mut rng) {
            sleep(Duration::from_millis(rng.between(0, PAUSE_MS))).await;
            send_answer(agent, &mut pending[index], answer, &mut rng, &issued, events).await?;
        }
    }
    Ok(())
}

/// A heartbeat and a poll.
async fn heartbeat_and_poll(agent: &mut Agent<Phone>) -> Result<Vec<OfferedCommand>, Failure> {
    agent.heartbeat().await?;
    Ok(agent.poll(Duration::ZERO, WAIT_S)?.await?)
}

async fn send_answer(
    agent: &mut Agent<Phone>,
    command: &mut PendingCommand,
    answer: Answer,
    rng: &mut Rng,
    issued: &IssuedCommands,
    events: &UnboundedSender<PhoneEvent>,
) -> Result<(), Failure> {
    let id = command.offer.uuid;
    match answer {
        Answer::Acknowledge => drop(send_result(agent, id, &plain(ResultStatus::Acknowledged)).await?),
        Answer::NotNow => drop(send_result(agent, id, &plain(ResultStatus::NotNow)).await?),
        Answer::ForUnknown => {
            let invented = CommandId(rng.uuid());
            expect_rejected(send_result(agent, invented, &plain(ResultStatus::Completed)).await?, events);
        }
        Answer::ForOther => {
            let all = issued.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let own = agent.memory.enrollment()?.device_id;
            let foreign: Vec<_> = all.into_iter().filter(|(device, _)| *device != own).collect();
            if let Some(&(_, other)) = rng.pick(&foreign) {
                expect_rejected(send_result(agent, other, &plain(ResultStatus::Completed)).await?, events);
            }
        }
        Answer::Finish | Answer::Fail => {
            let result = match &command.end {
                Some(end) => end.clone(),
                None => finish(agent, &command.offer, answer == Answer::Fail).await?,
            };
            command.end = Some(result.clone());
            if send_result(agent, id, &result).await? {
                let end = if result.status == ResultStatus::Completed { "completed" } else { "failed" };
                let _ = events.send(PhoneEvent::Answered(format!("{id} {} {end}", command.offer.kind.name())));
            }
        }
        Answer::Contradict => {
            let other = match command.end.as_ref().map(|end| end.status) {
                Some(ResultStatus::Completed) => result_of(Err(error("failed", "It went wrong after all."))),
                _ => plain(ResultStatus::Completed),
            };
            send_result(agent, id, &other).await?;
        }
    }
    Ok(())
}

/// Carries the command out, once, unless it is meant to fail.
async fn finish(agent: &mut Agent<Phone>, offer: &CommandOffer, fails: bool) -> Result<CommandResult, Failure> {
    let outcome = match &offer.kind {
        _ if fails => Err(error("failed", "The phone was not in the mood.")),
        // The secret must stay: other calls with it are under way.
        CommandKind::Renew {} => unsupported("Not in the middle of this."),
        kind => agent.carry_out(kind).await?,
    };
    let result = result_of(outcome);
    agent.memory.update_enrollment(|e| e.record_result(offer.uuid, result.clone()))?;
    Ok(result)
}

fn result_of(outcome: Outcome) -> CommandResult {
    match outcome {
        Ok(data) => CommandResult { status: ResultStatus::Completed, data, error: None },
        Err(error) => CommandResult { status: ResultStatus::Error, data: None, error: Some(error) },
    }
}

const fn plain(status: ResultStatus) -> CommandResult {
    CommandResult { status, data: None, error: None }
}

/// Sends an answer; false when the server says that the command is not one of this phone.
async fn send_result(agent: &mut Agent<Phone>, id: CommandId, result: &CommandResult) -> Result<bool, Failure> {
    let (client, bearer) = (&agent.client, agent.memory.enrollment()?.bearer());
    match with_retries(agent.retry, &mut agent.rng, &agent.log, || client.result(&bearer, id, result)).await {
        Ok(()) => Ok(true),
        Err(ClientError::Refused { problem, .. }) if problem.status == 404 => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn expect_rejected(was_accepted: bool, events: &UnboundedSender<PhoneEvent>) {
    if was_accepted {
        let _ = events
            .send(PhoneEvent::Answered("WRONG: the server accepted an answer that it should have rejected".to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_disorder() {
        let answers_of = |seed| {
            let mut rng = Rng::from_seed(seed);
            let scripts: Vec<_> = (0..5).map(|_| answer_script(&mut rng)).collect();
            interleaved(&scripts, &mut rng)
        };
        assert_eq!(answers_of(7), answers_of(7));
        assert_ne!(answers_of(7), answers_of(8));
    }

    #[test]
    fn answers_are_mixed_and_none_is_lost() {
        let scripts: [&'static [Answer]; 2] =
            [&[Answer::Acknowledge, Answer::Finish, Answer::Finish], &[Answer::NotNow, Answer::Fail, Answer::Fail]];
        let answers = interleaved(&scripts, &mut Rng::from_seed(3));
        for (index, script) in scripts.iter().enumerate() {
            let own: Vec<Answer> = answers.iter().filter(|(of, _)| *of == index).map(|(_, answer)| *answer).collect();
            assert_eq!(own, *script);
        }
        let order: Vec<usize> = answers.iter().map(|(of, _)| *of).collect();
        assert!(!order.is_sorted(), "{order:?}");
    }
}
