//! The steps of an enrollment, from the first contact to the last.

use crate::{
    agent::Agent,
    failure::Failure,
    host::{AtStep, Host},
};
use domain::device::{AgentError, EnrollmentStep, permission_label};

/// How a walk through the steps ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// All steps are done.
    Finished,
    /// The step that was named is done.
    StoppedAt(EnrollmentStep),
    /// The host cannot go on; the server was told why.
    Failed(AgentError),
    /// The person put the device away in the middle of a step; nobody was told.
    Abandoned(EnrollmentStep),
}

impl<H: Host> Agent<H> {
    /// Walks the steps that are left, up to and including `until`.
    ///
    /// # Errors
    /// The server refuses or cannot be reached, or the memory cannot be written.
    pub async fn walk(&mut self, until: EnrollmentStep) -> Result<Walk, Failure> {
        let done = self.memory.enrollment()?.step;
        let left =
            EnrollmentStep::ALL.iter().copied().filter(|step| done.is_none_or(|done| *step > done) && *step <= until);
        for step in left {
            match self.host.at_step(step).await {
                AtStep::Ready => self.take(step).await?,
                AtStep::Failed(error) => {
                    self.progress(step, Some(error.clone())).await?;
                    self.log.say(&format!("Stopped at \"{}\": {}", step.label(), error.message));
                    return Ok(Walk::Failed(error));
                }
                AtStep::Abandoned => return Ok(Walk::Abandoned(step)),
            }
        }
        Ok(if until == EnrollmentStep::Done { Walk::Finished } else { Walk::StoppedAt(until) })
    }

    /// One step: tells the server, and sends what belongs to it.
    async fn take(&mut self, step: EnrollmentStep) -> Result<(), Failure> {
        self.progress(step, None).await?;
        if step == EnrollmentStep::Inventory {
            self.send_inventory().await?;
            self.heartbeat().await?;
        }
        self.memory.change_enrollment(|e| e.step = Some(step))?;
        self.log.say(&format!("Step {} of {}: {}", step.number(), EnrollmentStep::COUNT, step.label()));
        if step == EnrollmentStep::Done {
            self.tell_what_is_missing()?;
        }
        Ok(())
    }

    fn tell_what_is_missing(&self) -> Result<(), Failure> {
        let missing: Vec<String> = self.missing_permissions()?.iter().map(|name| permission_label(name)).collect();
        if !missing.is_empty() {
            self.log.say(&format!("The server also needs what this agent does not hold: {}.", missing.join(", ")));
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
            stub::{ENROLLED, Reply, Stub, bearer},
            test_host::TestHost,
        },
    };
    use domain::{device::Ownership, protocol::EnrollCredential};
    use std::time::Duration;

    fn agent(stub: &Stub) -> Agent<TestHost> {
        Agent {
            host: TestHost::default(),
            client: stub.client(),
            memory: Memory::fleeting(AgentState::new("00000000-0000-4000-8000-000000000001".parse().unwrap())),
            rng: Rng::from_seed(1),
            retry: Retry { attempts: 3, base: Duration::from_millis(1), cap: Duration::from_millis(2) },
            log: Log::quiet(),
        }
    }

    fn token() -> EnrollCredential {
        EnrollCredential::Token { token: "t".to_owned() }
    }

    fn obliging(_: usize, request: &crate::testing::stub::Seen) -> Reply {
        match request.call().as_str() {
            "POST /enroll" => Reply::json(201, ENROLLED),
            "PUT /inventory" => Reply::new(204).header("ETag", "\"one\""),
            "POST /state" => Reply::json(200, r#"{"pending_commands":0,"next_heartbeat_s":900}"#),
            _ => Reply::new(204),
        }
    }

    #[tokio::test]
    async fn a_retry_after_a_lost_answer_enrolls_with_the_same_installation_id() {
        let stub = Stub::start(|n, request| if n == 0 { Reply::hang_up() } else { obliging(n, request) }).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        let seen = stub.seen();
        assert_eq!(stub.calls(), ["POST /enroll", "POST /enroll"]);
        assert_eq!(seen[0].body, seen[1].body);
        assert_eq!(seen[0].body["installation_id"], "00000000-0000-4000-8000-000000000001");
        assert_eq!(agent.memory.enrollment().unwrap().bearer().expose(), bearer().expose());
    }

    #[tokio::test]
    async fn a_refusal_is_final() {
        let problem = r#"{"type":"about:blank","title":"T","status":410,"code":"invitation_replaced","detail":"D.","reason":"replaced"}"#;
        let stub = Stub::start(move |_, _| Reply::json(410, problem)).await;
        let mut agent = agent(&stub);
        let failure = agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap_err();
        assert_eq!(failure.to_string(), "D. (reason: replaced)");
        assert_eq!(stub.calls().len(), 1);
        assert!(agent.memory.state().enrollment.is_none());
    }

    #[tokio::test]
    async fn a_walk_that_was_stopped_goes_on_where_it_was() {
        let stub = Stub::start(obliging).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        let stopped = agent.walk(EnrollmentStep::Permissions).await.unwrap();
        assert_eq!(stopped, Walk::StoppedAt(EnrollmentStep::Permissions));
        assert_eq!(stub.calls()[1..], ["PUT /progress", "PUT /progress"]);
        assert_eq!(agent.walk(EnrollmentStep::Done).await.unwrap(), Walk::Finished);
        let rest = ["PUT /progress", "PUT /progress", "PUT /inventory", "POST /state", "PUT /progress"];
        assert_eq!(stub.calls()[3..], rest);
        assert_eq!(stub.seen()[7].body["step"], "done");
        assert_eq!(agent.walk(EnrollmentStep::Done).await.unwrap(), Walk::Finished);
        assert_eq!(stub.calls().len(), 8);
    }

    #[tokio::test]
    async fn the_servers_name_of_an_inventory_is_given_back_only_for_the_same_content() {
        let stub = Stub::start(obliging).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.send_inventory().await.unwrap();
        agent.send_inventory().await.unwrap();
        agent.host.model = "Other".to_owned();
        agent.send_inventory().await.unwrap();
        let named: Vec<bool> = stub.seen()[1..].iter().map(|r| r.head.contains("if-none-match: \"one\"")).collect();
        assert_eq!(named, [false, true, false]);
    }

    #[tokio::test]
    async fn a_heartbeat_has_a_higher_number_than_the_one_before() {
        let stub = Stub::start(obliging).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        assert_eq!((&stub.seen()[1].body["seq"], &stub.seen()[3].body["seq"]), (&1.into(), &2.into()));
    }

    #[tokio::test]
    async fn what_the_host_can_do_is_told_at_first_and_when_it_changes() {
        let stub = Stub::start(obliging).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.heartbeat().await.unwrap();
        agent.host.is_mute = true;
        agent.heartbeat().await.unwrap();
        agent.heartbeat().await.unwrap();
        let told: Vec<_> =
            stub.seen().iter().map(|r| r.body["capabilities"]["commands"]["ring"]["supported"].clone()).collect();
        assert_eq!(told, [true.into(), serde_json::Value::Null, false.into(), serde_json::Value::Null]);
    }

    #[tokio::test]
    async fn what_keeps_the_host_from_going_on_is_told() {
        let stub = Stub::start(obliging).await;
        let mut agent = agent(&stub);
        agent.host.fails_at = Some(EnrollmentStep::Admin);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        assert!(matches!(agent.walk(EnrollmentStep::Done).await.unwrap(), Walk::Failed(_)));
        let last = stub.seen().pop().unwrap();
        assert_eq!((&last.body["step"], &last.body["error"]["code"]), (&"admin".into(), &"test".into()));
    }

    #[tokio::test]
    async fn goodbye_to_a_server_that_forgot_us_is_goodbye() {
        let problem = r#"{"type":"about:blank","title":"T","status":401,"code":"device_unknown","detail":"D."}"#;
        let stub =
            Stub::start(move |n, request| if n == 0 { obliging(n, request) } else { Reply::json(401, problem) }).await;
        let mut agent = agent(&stub);
        agent.enroll(&stub.server, token(), Ownership::Company).await.unwrap();
        agent.unenroll().await.unwrap();
        assert!(matches!(agent.unenroll().await, Err(Failure::State(StateError::NotEnrolled))));
    }
}
