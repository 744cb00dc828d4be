//! The agent at work: heartbeats, polls, commands, until it is stopped.

use crate::{
    agent::{Agent, PollAnswer, steps::Walk},
    failure::Failure,
    host::Host,
};
use domain::device::EnrollmentStep;
use std::{pin::pin, time::Duration};
use tokio::time::sleep;

/// Heartbeats between two inventories: about a day when the server wants one every 15 minutes. An inventory that has not
/// changed costs next to nothing.
const HEARTBEATS_PER_INVENTORY: u32 = 96;
/// Shortest pause between two heartbeats, whatever the server says.
const SHORTEST_HEARTBEAT: Duration = Duration::from_secs(1);

impl<H: Host> Agent<H> {
    /// Works until the host is gone (only simulated phones go). `every` replaces the server's wish for the pause between
    /// heartbeats.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written. A server that cannot be reached is
    /// asked again for ever.
    pub async fn run(&mut self, every: Option<Duration>) -> Result<(), Failure> {
        if let Walk::Failed(_) | Walk::Abandoned(_) = self.walk(EnrollmentStep::Done).await? {
            return Ok(());
        }
        self.tell_results().await?;
        self.resume_lost_mode().await;
        let wait_s = self.memory.enrollment()?.poll.wait_s;
        let (mut beats, mut failures) = (0, 0);
        let mut beat = pin!(sleep(Duration::ZERO));
        let mut poll = pin!(self.poll(Duration::ZERO, wait_s)?);
        while !self.host.is_gone() {
            tokio::select! {
                () = &mut beat => {
                    let pause = self.beat(beats).await?;
                    beats += 1;
                    beat.set(sleep(every.unwrap_or(pause).max(SHORTEST_HEARTBEAT)));
                }
                answer = &mut poll => {
                    let (pause, tells_at_once) = self.take_answer(answer, &mut failures).await?;
                    poll.set(self.poll(pause, wait_s)?);
                    if tells_at_once {
                        beat.set(sleep(Duration::ZERO));
                    }
                }
            }
        }
        Ok(())
    }

    /// One heartbeat and one poll of at most `wait_s` seconds.
    ///
    /// # Errors
    /// The server refuses or cannot be reached, or the memory cannot be written.
    pub async fn run_once(&mut self, wait_s: u32) -> Result<(), Failure> {
        self.walk(EnrollmentStep::Done).await?;
        self.tell_results().await?;
        let reply = self.heartbeat().await?;
        self.log.say(&format!("Heartbeat sent; {} commands wait", reply.pending_commands));
        let offers = self.poll(Duration::ZERO, wait_s)?.await?;
        if self.handle(offers).await? {
            self.heartbeat().await?;
        }
        Ok(())
    }

    /// A heartbeat, and now and then the inventory; returns the pause until the next.
    async fn beat(&mut self, number: u32) -> Result<Duration, Failure> {
        match self.report_all(number.is_multiple_of(HEARTBEATS_PER_INVENTORY)).await {
            Ok(next_s) => {
                let whole = u64::from(next_s) * 1000;
                Ok(Duration::from_millis(self.rng.between(whole - whole / 10, whole)))
            }
            Err(Failure::Client(error)) if !error.ends_enrollment() => {
                self.log.say(&format!("No heartbeat. {error}"));
                Ok(self.retry.pause(u32::MAX, &mut self.rng))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn report_all(&mut self, with_inventory: bool) -> Result<u32, Failure> {
        let reply = self.heartbeat().await?;
        if with_inventory {
            self.send_inventory().await?;
        }
        Ok(reply.next_heartbeat_s)
    }

    /// Does what a poll brought; returns the pause until the next, and whether a heartbeat is due at once.
    async fn take_answer(&mut self, answer: PollAnswer, failures: &mut u32) -> Result<(Duration, bool), Failure> {
        match answer {
            Ok(offers) => {
                if *failures > 0 {
                    self.log.say("The server answers again");
                }
                *failures = 0;
                let tells_at_once = self.handle(offers).await?;
                // Not all agents of a fleet in the same moment after a restart of the server.
                Ok((Duration::from_millis(self.rng.between(0, 250)), tells_at_once))
            }
            Err(error) if error.ends_enrollment() => Err(error.into()),
            Err(error) => {
                if *failures == 0 {
                    self.log.say(&error.to_string());
                }
                *failures = failures.saturating_add(1);
                Ok((self.retry.pause_after(&error, *failures, &mut self.rng), false))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::retry::Retry,
        rng::Rng,
        state::memory::Memory,
        terminal::Log,
        testing::{
            stub::{Reply, Seen, Stub, enrolled_state},
            test_host::TestHost,
        },
    };

    fn agent(stub: &Stub) -> Agent<TestHost> {
        let mut memory = Memory::fleeting(enrolled_state(stub.server.as_str()));
        memory.change_enrollment(|e| e.step = Some(EnrollmentStep::Done)).unwrap();
        Agent {
            host: TestHost::default(),
            client: stub.client(),
            memory,
            rng: Rng::from_seed(1),
            retry: Retry { attempts: 1, base: Duration::from_millis(1), cap: Duration::from_millis(2) },
            log: Log::quiet(),
        }
    }

    const OFFER: &str = r#"[{"uuid":"00000000-0000-4000-8000-0000000000c0","type":"lock","params":{},"expires_at":"2026-01-31T09:30:00Z"}]"#;
    const UNKNOWN: &str = r#"{"type":"about:blank","title":"T","status":401,"code":"device_unknown","detail":"Gone."}"#;

    fn obliging(request: &Seen) -> Reply {
        match request.method.as_str() {
            "GET" => Reply::json(200, OFFER),
            "PUT" => Reply::new(204),
            _ if request.target.ends_with("/state") => {
                Reply::json(200, r#"{"pending_commands":1,"next_heartbeat_s":900}"#)
            }
            _ => Reply::new(204),
        }
    }

    #[tokio::test]
    async fn once_is_a_heartbeat_a_poll_and_the_commands_that_it_brings() {
        let stub = Stub::start(|_, request| obliging(request)).await;
        let mut agent = agent(&stub);
        agent.run_once(0).await.unwrap();
        let result = "POST /commands/00000000-0000-4000-8000-0000000000c0/result";
        assert_eq!(stub.calls(), ["POST /state", "GET /commands?wait=0", result, result]);
        assert_eq!(agent.host.done, ["lock"]);
    }

    #[tokio::test]
    async fn polls_survive_a_server_that_is_away_and_end_when_the_device_was_deleted() {
        let stub = Stub::start(|n, request| match (request.method.as_str(), n) {
            ("GET", 0..=5) => Reply::hang_up(),
            ("GET", _) => Reply::json(401, UNKNOWN),
            _ => obliging(request),
        })
        .await;
        let failure = agent(&stub).run(None).await.unwrap_err();
        assert_eq!(failure.to_string(), "Gone.");
        assert!(stub.calls().iter().filter(|call| call.starts_with("GET")).count() > 2);
    }
}
