//! Commands: none is carried out twice, and the server gets the result of each.
//!
//! A command is saved when it arrives, saved as interrupted before it begins, and with its result afterwards. When the agent
//! is stopped in between, the next run reports the interruption; what gets lost is sent again.

use super::Agent;
use crate::{
    failure::Failure,
    host::{
        Host,
        outcome::{Outcome, error, unsupported},
    },
    protocol::{client::OfferedCommand, retry::with_retries},
};
use domain::{
    device::command::CommandKind,
    protocol::{CommandResult, ResultStatus},
    types::ids::CommandId,
};
use serde_json::json;

impl<H: Host> Agent<H> {
    /// Carries out commands one after the other and reports the results. True when a heartbeat is due at once, because the
    /// device entered or left lost mode.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written. What cannot be sent is no error: it
    /// is sent later.
    pub async fn handle(&mut self, offers: Vec<OfferedCommand>) -> Result<bool, Failure> {
        let was_lost = self.memory.state().lost.is_some();
        for offer in self.with_earlier(offers)? {
            match self.handle_one(offer).await {
                // Not begun. The next poll brings it back from the memory, since the server may have the acknowledgement.
                Err(Failure::Client(error)) if !error.ends_enrollment() => {
                    self.log.print(&format!("A command could not be acknowledged and will be begun later. {error}"));
                }
                other => other?,
            }
            self.report_results().await?;
            if self.host.is_gone() {
                break;
            }
        }
        Ok(was_lost != self.memory.state().lost.is_some())
    }

    /// The commands that arrived earlier and were not begun, then `offers`; saves those that are new.
    fn with_earlier(&mut self, mut offers: Vec<OfferedCommand>) -> Result<Vec<OfferedCommand>, Failure> {
        let mut all: Vec<_> = self.memory.enrollment()?.offers.iter().cloned().map(OfferedCommand::Known).collect();
        offers.retain(|offer| all.iter().all(|earlier| earlier.id() != offer.id()));
        if !offers.is_empty() {
            self.memory.update_enrollment(|e| {
                for offer in &offers {
                    if let OfferedCommand::Known(offer) = offer {
                        e.keep_offer(offer);
                    }
                }
            })?;
        }
        all.append(&mut offers);
        Ok(all)
    }

    async fn handle_one(&mut self, offer: OfferedCommand) -> Result<(), Failure> {
        let id = offer.id();
        if self.memory.enrollment()?.command(id).is_some() {
            // Offered again: the server has no result. Send it again, but do not carry the command out again.
            self.memory.update_enrollment(|e| e.mark_reported(id, false))?;
            return Ok(());
        }
        let outcome = match offer {
            OfferedCommand::Unknown { name, .. } => {
                self.log.print(&format!("Command \"{name}\": unknown to this agent"));
                unsupported("This agent does not know the command.")
            }
            OfferedCommand::Known(offer) => {
                // 1. Acknowledge. The server may answer that the command was cancelled.
                if !self.acknowledge(id).await? {
                    self.memory.update_enrollment(|e| e.forget_offer(id))?;
                    return Ok(());
                }
                // 2. Save it as interrupted: that is its result if the agent ends before step 4.
                let interrupted = Err(error("interrupted", "The agent was stopped while it carried out the command."));
                self.memory.update_enrollment(|e| e.record_result(id, result_of(interrupted)))?;
                // 3. Carry it out.
                self.carry_out(&offer.kind).await?
            }
        };
        // 4. Save the real result.
        self.memory.update_enrollment(|e| e.record_result(id, result_of(outcome)))?;
        Ok(())
    }

    /// Reports that the command has arrived. False when it was cancelled in the meantime.
    async fn acknowledge(&mut self, id: CommandId) -> Result<bool, Failure> {
        let result = CommandResult { status: ResultStatus::Acknowledged, data: None, error: None };
        self.send_result(id, &result).await
    }

    /// Carries out a command: on the host, or here when it is about the agent itself.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written.
    pub async fn carry_out(&mut self, kind: &CommandKind) -> Result<Outcome, Failure> {
        let outcome = match kind {
            CommandKind::Inventory {} => match self.send_inventory().await {
                Ok(is_changed) => Ok(Some(json!({ "changed": is_changed }))),
                Err(failure) => outcome_of(failure)?,
            },
            CommandKind::Renew {} => match self.renew().await {
                Ok(()) => Ok(None),
                Err(failure) => outcome_of(failure)?,
            },
            other => self.host.carry_out(other).await,
        };
        if outcome.is_ok() {
            self.remember_lost_mode(kind)?;
        }
        let end = outcome.as_ref().map_or_else(|error| error.message.clone(), |_| "done".to_owned());
        self.log.print(&format!("Command \"{}\": {end}", kind.name()));
        Ok(outcome)
    }

    /// Remembers whether the device is in lost mode.
    fn remember_lost_mode(&mut self, kind: &CommandKind) -> Result<(), Failure> {
        match kind {
            CommandKind::LostMode(text) => self.memory.update(|state| state.lost = Some(text.clone()))?,
            CommandKind::EndLostMode {} => self.memory.update(|state| state.lost = None)?,
            _ => {}
        }
        Ok(())
    }

    /// Shows the screen of a lost device again: the host may have been restarted. If it cannot be shown now, it is shown
    /// when the agent starts the next time.
    pub async fn resume_lost_mode(&mut self) {
        if let Some(text) = self.memory.state().lost.clone() {
            self.log.print("This device is in lost mode");
            let _ = self.host.carry_out(&CommandKind::LostMode(text)).await;
        }
    }

    /// Sends the results that the server does not have yet.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written.
    pub async fn report_results(&mut self) -> Result<(), Failure> {
        let unreported: Vec<_> =
            self.memory.enrollment()?.commands.iter().filter(|record| !record.is_reported).cloned().collect();
        for record in unreported {
            match self.send_result(record.id, &record.result).await {
                Ok(_) => self.memory.update_enrollment(|e| e.mark_reported(record.id, true))?,
                Err(Failure::Client(error)) if !error.ends_enrollment() => {
                    self.log
                        .print(&format!("The result of a command could not be sent and will be sent later. {error}"));
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// Sends a result; false when the server does not know the command (any more).
    async fn send_result(&mut self, id: CommandId, result: &CommandResult) -> Result<bool, Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        match with_retries(self.retry, &mut self.rng, &self.log, || client.result(&bearer, id, result)).await {
            Ok(()) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// A failed call is the result of the command, unless the enrollment has ended or the memory cannot be written.
fn outcome_of(failure: Failure) -> Result<Outcome, Failure> {
    match failure {
        Failure::Client(e) if !e.ends_enrollment() => Ok(Err(error("failed", &e.to_string()))),
        other => Err(other),
    }
}

fn result_of(outcome: Outcome) -> CommandResult {
    match outcome {
        Ok(data) => CommandResult { status: ResultStatus::Completed, data, error: None },
        Err(error) => CommandResult { status: ResultStatus::Error, data: None, error: Some(error) },
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
    use domain::{Timestamp, protocol::CommandOffer};
    use std::time::Duration;

    const ID: &str = "00000000-0000-4000-8000-0000000000c0";

    fn agent(stub: &StubServer) -> Agent<TestHost> {
        Agent {
            host: TestHost::default(),
            client: stub.client(),
            memory: Memory::in_memory(enrolled_state(stub.server.as_str())),
            rng: Rng::from_seed(1),
            retry: Retry { attempts: 2, base: Duration::from_millis(1), cap: Duration::from_millis(2) },
            log: Log::quiet(),
        }
    }

    fn offer(kind: CommandKind) -> Vec<OfferedCommand> {
        let expires_at = Timestamp::from_millis(0);
        vec![OfferedCommand::Known(CommandOffer { uuid: ID.parse().unwrap(), kind, expires_at })]
    }

    fn statuses(seen: &[ReceivedRequest]) -> Vec<String> {
        seen.iter().map(|r| r.body["status"].as_str().unwrap_or_default().to_owned()).collect()
    }

    #[tokio::test]
    async fn a_command_that_is_offered_again_is_reported_again_but_not_carried_out_again() {
        let stub = StubServer::start(|_, _| Reply::new(204)).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert_eq!(agent.host.done, ["lock"]);
        assert_eq!(statuses(&stub.requests()), ["acknowledged", "completed", "completed"]);
        assert_eq!(stub.calls()[0], format!("POST /commands/{ID}/result"));
    }

    #[tokio::test]
    async fn a_command_that_was_cancelled_is_not_carried_out() {
        let problem = r#"{"type":"about:blank","title":"T","status":404,"code":"command_unknown","detail":"D."}"#;
        let stub = StubServer::start(move |_, _| Reply::json(404, problem)).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert!(agent.host.done.is_empty());
        assert_eq!(stub.calls().len(), 1);
    }

    #[tokio::test]
    async fn a_result_that_got_lost_is_sent_later() {
        let stub = StubServer::start(|n, _| if n == 1 || n == 2 { Reply::hang_up() } else { Reply::new(204) }).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert_eq!(stub.calls().len(), 3);
        agent.report_results().await.unwrap();
        agent.report_results().await.unwrap();
        assert_eq!(statuses(&stub.requests()), ["acknowledged", "completed", "completed", "completed"]);
    }

    #[tokio::test]
    async fn a_command_whose_acknowledgement_got_lost_is_begun_later_without_being_offered_again() {
        let stub = StubServer::start(|n, _| if n < 2 { Reply::hang_up() } else { Reply::new(204) }).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert!(agent.host.done.is_empty());
        agent.handle(Vec::new()).await.unwrap();
        agent.handle(Vec::new()).await.unwrap();
        assert_eq!(agent.host.done, ["lock"]);
    }

    #[tokio::test]
    async fn a_command_that_was_cancelled_before_its_acknowledgement_arrived_is_forgotten() {
        let gone = r#"{"type":"about:blank","title":"T","status":404,"code":"command_cancelled","detail":"D."}"#;
        let stub = StubServer::start(move |n, _| if n < 2 { Reply::hang_up() } else { Reply::json(404, gone) }).await;
        let mut agent = agent(&stub);
        for offers in [offer(CommandKind::Lock {}), Vec::new(), Vec::new()] {
            agent.handle(offers).await.unwrap();
        }
        assert!(agent.host.done.is_empty());
        assert_eq!(stub.calls().len(), 3);
    }

    #[tokio::test]
    async fn a_command_that_was_interrupted_is_reported_so_and_not_begun_again() {
        let stub = StubServer::start(|_, _| Reply::new(204)).await;
        let mut agent = agent(&stub);
        agent.host.hangs = true;
        let begun = agent.host.begun.clone();
        tokio::select! {
            _ = agent.handle(offer(CommandKind::Lock {})) => panic!("the host hangs"),
            () = begun.notified() => {}
        }
        agent.host.hangs = false;
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert!(agent.host.done.is_empty());
        assert_eq!(stub.requests().pop().unwrap().body["error"]["code"], "interrupted");
    }

    #[tokio::test]
    async fn a_command_of_a_newer_server_is_answered_with_an_error() {
        let stub = StubServer::start(|_, _| Reply::new(204)).await;
        let unknown = OfferedCommand::Unknown { id: ID.parse().unwrap(), name: "make_coffee".to_owned() };
        agent(&stub).handle(vec![unknown]).await.unwrap();
        assert_eq!(stub.requests()[0].body["error"]["code"], "unsupported");
    }

    #[tokio::test]
    async fn lost_mode_is_in_every_heartbeat_and_shown_again_after_a_start() {
        let stub = StubServer::start(|_, request| match request.call().as_str() {
            "POST /state" => Reply::json(200, r#"{"pending_commands":0,"next_heartbeat_s":900}"#),
            _ => Reply::new(204),
        })
        .await;
        let mut agent = agent(&stub);
        let text = domain::device::lost::LostText { message: "Call.".to_owned(), phone: None };
        assert!(agent.handle(offer(CommandKind::LostMode(text))).await.unwrap(), "a heartbeat is due at once");
        agent.heartbeat().await.unwrap();
        agent.resume_lost_mode().await;
        let end = CommandOffer {
            uuid: "00000000-0000-4000-8000-0000000000c1".parse().unwrap(),
            kind: CommandKind::EndLostMode {},
            expires_at: Timestamp::from_millis(0),
        };
        assert!(agent.handle(vec![OfferedCommand::Known(end)]).await.unwrap());
        agent.heartbeat().await.unwrap();
        agent.resume_lost_mode().await;
        assert_eq!(agent.host.done, ["lost_mode", "lost_mode", "end_lost_mode"]);
        let reported: Vec<_> = stub.requests().iter().filter_map(|r| r.body["lost_mode"].as_bool()).collect();
        assert_eq!(reported, [true, false]);
    }

    #[tokio::test]
    async fn a_renewal_is_answered_with_the_new_secret() {
        let stub = StubServer::start(|_, request| match request.call().as_str() {
            "POST /renew" => Reply::json(200, r#"{"device_secret":"fresh"}"#),
            _ => Reply::new(204),
        })
        .await;
        agent(&stub).handle(offer(CommandKind::Renew {})).await.unwrap();
        let seen = stub.requests();
        assert!(seen[1].head.contains(".secret") && seen[2].head.contains(".fresh"));
    }
}
