//! Phones that answer commands as no phone should: late, twice, out of order, with errors, and for commands that are not
//! theirs. What they do follows from the seed; what they really did is told, so that a test can compare it with what the
//! server says.

use super::{Happening, phone::Phone};
use crate::{
    agent::Agent,
    failure::Failure,
    host::{
        Host as _,
        outcome::{Outcome, error, unsupported},
    },
    protocol::{client::Offer, problem::ClientError, retry::repeat},
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

/// The commands that the phones of the fleet were given, and whose each is.
pub type Seen = Arc<Mutex<Vec<(DeviceId, CommandId)>>>;

/// What a phone sends, in an order that is decided later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The command has arrived.
    Acknowledge,
    /// Not now, although it is done a moment later.
    PutOff,
    /// It is done, and this is how it went.
    Finish,
    /// It went wrong, and nothing was done.
    Fail,
    /// The other end than the one that was told before.
    Contradict,
    /// An answer to a command that nobody asked for.
    Invent,
    /// An answer to a command of another phone.
    Meddle,
}

/// How a phone answers a command: ways that real phones have, and ways that none should have.
pub fn ways(rng: &mut Rng) -> &'static [Step] {
    use Step::{Acknowledge, Contradict, Fail, Finish, Invent, Meddle, PutOff};
    const WAYS: &[&[Step]] = &[
        &[Acknowledge, Finish],
        &[Finish],
        &[Finish, Acknowledge],
        &[Acknowledge, Finish, Finish],
        &[Acknowledge, Acknowledge, Fail],
        &[Finish, Contradict, Acknowledge],
        &[Fail, Contradict, Fail],
        &[PutOff, Acknowledge, Finish, PutOff],
        &[Invent, Finish, Invent],
        &[Meddle, Acknowledge, Meddle, Finish],
    ];
    rng.pick(WAYS).copied().unwrap_or(WAYS[0])
}

/// Deals the steps of several commands like a pack of cards: each command's own stay in their order.
pub fn shuffled(hands: &[&'static [Step]], rng: &mut Rng) -> Vec<(usize, Step)> {
    let mut next = vec![0; hands.len()];
    let mut dealt = Vec::new();
    loop {
        let left: Vec<usize> = (0..hands.len()).filter(|&hand| next[hand] < hands[hand].len()).collect();
        let Some(&hand) = rng.pick(&left) else { return dealt };
        dealt.push((hand, hands[hand][next[hand]]));
        next[hand] += 1;
    }
}

/// A command under way.
struct Job {
    offer: CommandOffer,
    /// How it ended, once it has.
    end: Option<CommandResult>,
}

/// Works in disorder until the phone is wiped or the server forgets it.
///
/// # Errors
/// The server does not know this device any more.
pub async fn work(
    agent: &mut Agent<Phone>,
    mut rng: Rng,
    seen: Seen,
    happenings: &UnboundedSender<Happening>,
) -> Result<(), Failure> {
    let mut trouble = 0;
    while !agent.host.is_gone() {
        let offers = match round(agent).await {
            Ok(offers) => offers,
            Err(Failure::Client(error)) if !error.ends_enrollment() => {
                trouble += 1;
                sleep(agent.retry.pause_after(&error, trouble, &mut agent.rng)).await;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        trouble = 0;
        let known = offers.into_iter().filter_map(|offer| match offer {
            Offer::Known(offer) => Some(Job { offer, end: None }),
            Offer::Unknown { .. } => None,
        });
        let mut jobs: Vec<Job> = known.collect();
        let own = agent.memory.enrollment()?.device_id;
        let given = jobs.iter().map(|job| (own, job.offer.uuid));
        seen.lock().unwrap_or_else(PoisonError::into_inner).extend(given);
        let hands: Vec<_> = jobs.iter().map(|_| ways(&mut rng)).collect();
        for (index, step) in shuffled(&hands, &mut rng) {
            sleep(Duration::from_millis(rng.between(0, PAUSE_MS))).await;
            take(agent, &mut jobs[index], step, &mut rng, &seen, happenings).await?;
        }
    }
    Ok(())
}

/// A heartbeat and a poll.
async fn round(agent: &mut Agent<Phone>) -> Result<Vec<Offer>, Failure> {
    agent.heartbeat().await?;
    Ok(agent.poll(Duration::ZERO, WAIT_S)?.await?)
}

async fn take(
    agent: &mut Agent<Phone>,
    job: &mut Job,
    step: Step,
    rng: &mut Rng,
    seen: &Seen,
    happenings: &UnboundedSender<Happening>,
) -> Result<(), Failure> {
    let id = job.offer.uuid;
    match step {
        Step::Acknowledge => drop(tell(agent, id, &plain(ResultStatus::Acknowledged)).await?),
        Step::PutOff => drop(tell(agent, id, &plain(ResultStatus::NotNow)).await?),
        Step::Invent => {
            let invented = CommandId(rng.uuid());
            expect_unknown(tell(agent, invented, &plain(ResultStatus::Completed)).await?, happenings);
        }
        Step::Meddle => {
            let all = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let own = agent.memory.enrollment()?.device_id;
            let foreign: Vec<_> = all.into_iter().filter(|(device, _)| *device != own).collect();
            if let Some(&(_, other)) = rng.pick(&foreign) {
                expect_unknown(tell(agent, other, &plain(ResultStatus::Completed)).await?, happenings);
            }
        }
        Step::Finish | Step::Fail => {
            let result = match &job.end {
                Some(end) => end.clone(),
                None => finish(agent, &job.offer, step == Step::Fail).await?,
            };
            job.end = Some(result.clone());
            if tell(agent, id, &result).await? {
                let end = if result.status == ResultStatus::Completed { "completed" } else { "failed" };
                let _ = happenings.send(Happening::Answered(format!("{id} {} {end}", job.offer.kind.name())));
            }
        }
        Step::Contradict => {
            let other = match job.end.as_ref().map(|end| end.status) {
                Some(ResultStatus::Completed) => result_of(Err(error("failed", "It went wrong after all."))),
                _ => plain(ResultStatus::Completed),
            };
            tell(agent, id, &other).await?;
        }
    }
    Ok(())
}

/// Does what the command says, once, unless it is to fail.
async fn finish(agent: &mut Agent<Phone>, offer: &CommandOffer, fails: bool) -> Result<CommandResult, Failure> {
    let outcome = match &offer.kind {
        _ if fails => Err(error("failed", "The phone was not in the mood.")),
        // The secret of a phone in disorder stays: its other calls are under way.
        CommandKind::Renew {} => unsupported("Not in the middle of this."),
        kind => agent.carry_out(kind).await?,
    };
    let result = result_of(outcome);
    agent.memory.change_enrollment(|e| e.record(offer.uuid, result.clone()))?;
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

/// Sends an answer; false when the server does not take it for one of this phone's.
async fn tell(agent: &mut Agent<Phone>, id: CommandId, result: &CommandResult) -> Result<bool, Failure> {
    let (client, bearer) = (&agent.client, agent.memory.enrollment()?.bearer());
    match repeat(agent.retry, &mut agent.rng, &agent.log, || client.result(&bearer, id, result)).await {
        Ok(()) => Ok(true),
        Err(ClientError::Refused { problem, .. }) if problem.status == 404 => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn expect_unknown(was_taken: bool, happenings: &UnboundedSender<Happening>) {
    if was_taken {
        let _ = happenings.send(Happening::Answered("WRONG: the server took an answer that was not to be".to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_gives_the_same_disorder() {
        let deal = |seed| {
            let mut rng = Rng::from_seed(seed);
            let hands: Vec<_> = (0..5).map(|_| ways(&mut rng)).collect();
            shuffled(&hands, &mut rng)
        };
        assert_eq!(deal(7), deal(7));
        assert_ne!(deal(7), deal(8));
    }

    #[test]
    fn steps_are_mixed_and_none_is_lost() {
        let hands: [&'static [Step]; 2] =
            [&[Step::Acknowledge, Step::Finish, Step::Finish], &[Step::PutOff, Step::Fail, Step::Fail]];
        let dealt = shuffled(&hands, &mut Rng::from_seed(3));
        for (index, hand) in hands.iter().enumerate() {
            let own: Vec<Step> = dealt.iter().filter(|(of, _)| *of == index).map(|(_, step)| *step).collect();
            assert_eq!(own, *hand);
        }
        let order: Vec<usize> = dealt.iter().map(|(of, _)| *of).collect();
        assert!(!order.is_sorted(), "{order:?}");
    }
}
