//! The steps of an enrollment, from the first contact to the last.

use crate::{
    agent::Agent,
    failure::Failure,
    host::{Host, StepOutcome},
};
use domain::device::{AgentError, EnrollmentStep, permission_label};

/// How far the steps of an enrollment came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepsEnd {
    /// All steps are done.
    Finished,
    /// The requested step is done.
    StoppedAt(EnrollmentStep),
    /// The host cannot go on; the reason was reported to the server.
    Failed(AgentError),
    /// The person put the device away in the middle of a step; nothing was reported.
    Abandoned(EnrollmentStep),
}

impl<H: Host> Agent<H> {
    /// Takes the remaining steps, up to and including `until`.
    ///
    /// # Errors
    /// The server refuses or cannot be reached, or the memory cannot be written.
    pub async fn run_steps(&mut self, until: EnrollmentStep) -> Result<StepsEnd, Failure> {
        let done = self.memory.enrollment()?.step;
        let left =
            EnrollmentStep::ALL.iter().copied().filter(|step| done.is_none_or(|done| *step > done) && *step <= until);
        for step in left {
            match self.host.prepare_step(step).await {
                StepOutcome::Ready => self.complete_step(step).await?,
                StepOutcome::Failed(error) => {
                    self.report_progress(step, Some(error.clone())).await?;
                    self.log.print(&format!("Stopped at \"{}\": {}", step.label(), error.message));
                    return Ok(StepsEnd::Failed(error));
                }
                StepOutcome::Abandoned => return Ok(StepsEnd::Abandoned(step)),
            }
        }
        Ok(if until == EnrollmentStep::Done { StepsEnd::Finished } else { StepsEnd::StoppedAt(until) })
    }

    /// Reports one step to the server, together with what it requires.
    async fn complete_step(&mut self, step: EnrollmentStep) -> Result<(), Failure> {
        self.report_progress(step, None).await?;
        if step == EnrollmentStep::Inventory {
            self.send_inventory().await?;
            self.heartbeat().await?;
        }
        self.memory.update_enrollment(|e| e.step = Some(step))?;
        self.log.print(&format!("Step {} of {}: {}", step.number(), EnrollmentStep::COUNT, step.label()));
        if step == EnrollmentStep::Done {
            self.print_missing_permissions()?;
        }
        Ok(())
    }

    fn print_missing_permissions(&self) -> Result<(), Failure> {
        let missing: Vec<String> = self.missing_permissions()?.iter().map(|name| permission_label(name)).collect();
        if !missing.is_empty() {
            self.log.print(&format!(
                "The server also requires permissions that this agent does not have: {}.",
                missing.join(", ")
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::retry::Retry,
        rng::Rng,
        state::{agent_state::AgentState, file::StateError, memory::Memory},
        terminal::Log,
        testing::{
            stub::{ENROLL_REPLY, Reply, StubServer, bearer},
            test_host::TestHost,
        },
    };
    use domain::{device::Ownership, protocol::EnrollCredential};
    use std::time::Duration;

    fn agent(stub: &StubServer) -> Agent<TestHost> {
        Agent {
            host: TestHost::default(),
            client: stub.client(),
            memory: Memory::in_memory(AgentState::new("00000000-0000-4000-8000-000000000001".parse().unwrap())),
            rng: Rng::from_seed(1),
            retry: Retry { attempts: 3, base: Duration::from_millis(1), cap: Duration::from_millis(2) },
            log: Log::quiet(),
        }
    }

    fn token() -> EnrollCredential {
        EnrollCredential::Token { token: "t".to_owned() }
    }

    fn accept_all(_: usize, request: &crate::testing::stub::ReceivedRequest) -> Reply {
        match request.call().as_str() {
            "POST /enroll" => Reply::json(201, ENROLL_REPLY),
            "PUT /inventory" => Reply::new(204).header("ETag", "\"one\""),
            "POST /state" => Reply::json(200, r#"{"pending_commands":0,"next_heartbeat_s":900}"#),
            _ => Reply::new(204),
        }
    }

    #[tokio::test]
    async fn a_retry_after_a_lost_answer_enrolls_with_the_same_installation_id() {
        let stub = StubServer::start(|n, request| if n == 0 { Reply::hang_up() } else { accept_all(n, request) }).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        let seen = stub.requests();
        assert_eq!(stub.calls(), ["POST /enroll", "POST /enroll"]);
        assert_eq!(seen[0].body, seen[1].body);
        assert_eq!(seen[0].body["installation_id"], "00000000-0000-4000-8000-000000000001");
        assert_eq!(agent.memory.enrollment().unwrap().bearer().expose(), bearer().expose());
    }

    #[tokio::test]
    async fn a_refusal_is_final() {
        let problem = r#"{"type":"about:blank","title":"T","status":410,"code":"invitation_replaced","detail":"D.","reason":"replaced"}"#;
        let stub = StubServer::start(move |_, _| Reply::json(410, problem)).await;
        let mut agent = agent(&stub);
        let failure = agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap_err();
        assert_eq!(failure.to_string(), "D. (reason: replaced)");
        assert_eq!(stub.calls().len(), 1);
        assert!(agent.memory.state().enrollment.is_none());
    }

    #[tokio::test]
    async fn an_enrollment_that_was_stopped_goes_on_where_it_was() {
        let stub = StubServer::start(accept_all).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        let stopped = agent.run_steps(EnrollmentStep::Permissions).await.unwrap();
        assert_eq!(stopped, StepsEnd::StoppedAt(EnrollmentStep::Permissions));
        assert_eq!(stub.calls()[1..], ["PUT /progress", "PUT /progress"]);
        assert_eq!(agent.run_steps(EnrollmentStep::Done).await.unwrap(), StepsEnd::Finished);
        let rest = ["PUT /progress", "PUT /progress", "PUT /inventory", "POST /state", "PUT /progress"];
        assert_eq!(stub.calls()[3..], rest);
        assert_eq!(stub.requests()[7].body["step"], "done");
        assert_eq!(agent.run_steps(EnrollmentStep::Done).await.unwrap(), StepsEnd::Finished);
        assert_eq!(stub.calls().len(), 8);
    }

    #[tokio::test]
    async fn the_etag_of_an_inventory_is_sent_only_with_the_same_content() {
        let stub = StubServer::start(accept_all).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.send_inventory().await.unwrap();
        agent.send_inventory().await.unwrap();
        agent.host.model = "Other".to_owned();
        agent.send_inventory().await.unwrap();
        let with_etag: Vec<bool> =
            stub.requests()[1..].iter().map(|r| r.head.contains("if-none-match: \"one\"")).collect();
        assert_eq!(with_etag, [false, true, false]);
    }

    #[tokio::test]
    async fn a_heartbeat_has_a_higher_number_than_the_one_before() {
        let stub = StubServer::start(accept_all).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        assert_eq!((&stub.requests()[1].body["seq"], &stub.requests()[3].body["seq"]), (&1.into(), &2.into()));
    }

    #[tokio::test]
    async fn capabilities_are_reported_at_first_and_when_they_change() {
        let stub = StubServer::start(accept_all).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        agent.host.is_mute = true;
        agent.heartbeat().await.unwrap();
        agent.heartbeat().await.unwrap();
        let reported: Vec<_> =
            stub.requests().iter().map(|r| r.body["capabilities"]["commands"]["ring"]["supported"].clone()).collect();
        assert_eq!(reported, [true.into(), serde_json::Value::Null, false.into(), serde_json::Value::Null]);
    }

    #[tokio::test]
    async fn what_keeps_the_host_from_going_on_is_reported() {
        let stub = StubServer::start(accept_all).await;
        let mut agent = agent(&stub);
        agent.host.fails_at = Some(EnrollmentStep::Admin);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        assert!(matches!(agent.run_steps(EnrollmentStep::Done).await.unwrap(), StepsEnd::Failed(_)));
        let last = stub.requests().pop().unwrap();
        assert_eq!((&last.body["step"], &last.body["error"]["code"]), (&"admin".into(), &"test".into()));
    }

    #[tokio::test]
    async fn unenrolling_from_a_server_that_forgot_the_device_succeeds() {
        let problem = r#"{"type":"about:blank","title":"T","status":401,"code":"device_unknown","detail":"D."}"#;
        let stub = StubServer::start(
            move |n, request| if n == 0 { accept_all(n, request) } else { Reply::json(401, problem) },
        )
        .await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.unenroll().await.unwrap();
        assert!(matches!(agent.unenroll().await, Err(Failure::State(StateError::NotEnrolled))));
    }
}
