//! The main loop: heartbeats, polls and commands, until the agent is stopped.

use crate::{
    agent::{Agent, PollResult, steps::StepsEnd},
    failure::Failure,
    host::Host,
};
use domain::device::EnrollmentStep;
use std::{pin::pin, time::Duration};
use tokio::time::sleep;

/// Heartbeats between two inventories: about a day when the server wants one every 15 minutes. An inventory that has not
/// changed costs next to nothing.
const HEARTBEATS_PER_INVENTORY: u32 = 96;
/// Shortest interval of heartbeats, whatever the server sets.
const SHORTEST_HEARTBEAT: Duration = Duration::from_secs(1);

impl<H: Host> Agent<H> {
    /// Works until the host is gone (only simulated phones are, once wiped). `interval` replaces the interval of heartbeats
    /// that the server sets.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written. A server that cannot be reached is
    /// retried forever.
    pub async fn run(&mut self, interval: Option<Duration>) -> Result<(), Failure> {
        // What an earlier run left over comes first: steps of the enrollment, results, lost mode.
        if let StepsEnd::Failed(_) | StepsEnd::Abandoned(_) = self.run_steps(EnrollmentStep::Done).await? {
            return Ok(());
        }
        self.report_results().await?;
        self.resume_lost_mode().await;
        // From here on one heartbeat timer and one poll run side by side. Handling what a poll brought holds back the
        // heartbeats, so that commands are carried out one at a time.
        let wait_s = self.memory.enrollment()?.poll.wait_s;
        let (mut heartbeats_sent, mut failures) = (0, 0);
        let mut next_heartbeat = pin!(sleep(Duration::ZERO));
        let mut poll = pin!(self.poll(Duration::ZERO, wait_s)?);
        while !self.host.is_gone() {
            tokio::select! {
                () = &mut next_heartbeat => {
                    let pause = self.send_heartbeat(heartbeats_sent).await?;
                    heartbeats_sent += 1;
                    next_heartbeat.set(sleep(interval.unwrap_or(pause).max(SHORTEST_HEARTBEAT)));
                }
                result = &mut poll => {
                    let (pause, heartbeat_is_due) = self.handle_poll_result(result, &mut failures).await?;
                    // Only now: a renewal may have changed the secret that the next poll needs.
                    poll.set(self.poll(pause, wait_s)?);
                    if heartbeat_is_due {
                        next_heartbeat.set(sleep(Duration::ZERO));
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
        self.run_steps(EnrollmentStep::Done).await?;
        self.report_results().await?;
        let reply = self.heartbeat().await?;
        self.log.print(&format!("Heartbeat sent; commands waiting: {}", reply.pending_commands));
        let offers = self.poll(Duration::ZERO, wait_s)?.await?;
        if self.handle(offers).await? {
            self.heartbeat().await?;
        }
        Ok(())
    }

    /// Sends a heartbeat, and the inventory now and then; returns the pause until the next heartbeat.
    async fn send_heartbeat(&mut self, number: u32) -> Result<Duration, Failure> {
        match self.heartbeat_and_inventory(number.is_multiple_of(HEARTBEATS_PER_INVENTORY)).await {
            Ok(next_s) => {
                // Up to a tenth earlier than the server asks: agents must not report in step.
                let whole = u64::from(next_s) * 1000;
                Ok(Duration::from_millis(self.rng.between(whole - whole / 10, whole)))
            }
            Err(Failure::Client(error)) if !error.ends_enrollment() => {
                self.log.print(&format!("The heartbeat failed. {error}"));
                Ok(self.retry.delay(u32::MAX, &mut self.rng))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn heartbeat_and_inventory(&mut self, with_inventory: bool) -> Result<u32, Failure> {
        // Results that could not be sent before: an acknowledged command is not offered again.
        self.report_results().await?;
        let reply = self.heartbeat().await?;
        if with_inventory {
            self.send_inventory().await?;
        }
        Ok(reply.next_heartbeat_s)
    }

    /// Handles the result of a poll; returns the pause until the next one, and whether a heartbeat is due at once.
    async fn handle_poll_result(
        &mut self,
        result: PollResult,
        failures: &mut u32,
    ) -> Result<(Duration, bool), Failure> {
        match result {
            Ok(offers) => {
                if *failures > 0 {
                    self.log.print("The server can be reached again");
                }
                *failures = 0;
                let heartbeat_is_due = self.handle(offers).await?;
                // Jitter: after a restart of the server, not all agents of a fleet at the same moment.
                Ok((Duration::from_millis(self.rng.between(0, 250)), heartbeat_is_due))
            }
            Err(error) if error.ends_enrollment() => Err(error.into()),
            Err(error) => {
                if *failures == 0 {
                    self.log.print(&error.to_string());
                }
                *failures = failures.saturating_add(1);
                Ok((self.retry.delay_after(&error, *failures, &mut self.rng), false))
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
            stub::{ReceivedRequest, Reply, StubServer, enrolled_state},
            test_host::TestHost,
        },
    };
    use domain::protocol::{CommandResult, ResultStatus};

    fn agent(stub: &StubServer) -> Agent<TestHost> {
        let mut memory = Memory::in_memory(enrolled_state(stub.server.as_str()));
        memory.update_enrollment(|e| e.step = Some(EnrollmentStep::Done)).unwrap();
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

    fn accept_all(request: &ReceivedRequest) -> Reply {
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
    async fn a_single_run_is_a_heartbeat_a_poll_and_the_commands_it_brings() {
        let stub = StubServer::start(|_, request| accept_all(request)).await;
        let mut agent = agent(&stub);
        agent.run_once(0).await.unwrap();
        let result = "POST /commands/00000000-0000-4000-8000-0000000000c0/result";
        assert_eq!(stub.calls(), ["POST /state", "GET /commands?wait=0", result, result]);
        assert_eq!(agent.host.done, ["lock"]);
    }

    #[tokio::test]
    async fn a_result_that_got_lost_is_sent_before_the_next_heartbeat() {
        let stub = StubServer::start(|_, request| accept_all(request)).await;
        let mut agent = agent(&stub);
        let done = CommandResult { status: ResultStatus::Completed, data: None, error: None };
        let id = "00000000-0000-4000-8000-0000000000c0".parse().unwrap();
        agent.memory.update_enrollment(|e| e.record_result(id, done)).unwrap();
        agent.send_heartbeat(1).await.unwrap();
        agent.send_heartbeat(2).await.unwrap();
        let result = "POST /commands/00000000-0000-4000-8000-0000000000c0/result";
        assert_eq!(stub.calls(), [result, "POST /state", "POST /state"]);
    }

    #[tokio::test]
    async fn polls_survive_a_server_that_is_away_and_end_when_the_device_was_deleted() {
        let stub = StubServer::start(|n, request| match (request.method.as_str(), n) {
            ("GET", 0..=5) => Reply::hang_up(),
            ("GET", _) => Reply::json(401, UNKNOWN),
            _ => accept_all(request),
        })
        .await;
        let failure = agent(&stub).run(None).await.unwrap_err();
        assert_eq!(failure.to_string(), "Gone.");
        assert!(stub.calls().iter().filter(|call| call.starts_with("GET")).count() > 2);
    }
}
