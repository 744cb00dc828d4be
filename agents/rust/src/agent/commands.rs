//! Commands: none is carried out twice, and the server hears of each how it went.
//!
//! A command is written down as interrupted before it is begun, and as what came of it afterwards. When the agent is
//! stopped in between, the next run tells the server so; when a result gets lost, it is told again.

use super::Agent;
use crate::{
    failure::Failure,
    host::{
        Host,
        outcome::{Outcome, error, unsupported},
    },
    protocol::{client::Offer, retry::repeat},
};
use domain::{
    device::command::CommandKind,
    protocol::{CommandResult, ResultStatus},
    types::ids::CommandId,
};
use serde_json::json;

impl<H: Host> Agent<H> {
    /// Carries out what was offered, one after the other, and tells the server. True when the server should hear of the
    /// state at once, because the device came into lost mode or out of it.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written. A result that cannot be told is
    /// no error: it is told later.
    pub async fn handle(&mut self, offers: Vec<Offer>) -> Result<bool, Failure> {
        let was_lost = self.memory.state().lost.is_some();
        for offer in offers {
            self.handle_one(offer).await?;
            self.tell_results().await?;
            if self.host.is_gone() {
                break;
            }
        }
        Ok(was_lost != self.memory.state().lost.is_some())
    }

    async fn handle_one(&mut self, offer: Offer) -> Result<(), Failure> {
        let id = offer.id();
        if self.memory.enrollment()?.command(id).is_some() {
            // The server has not heard of the result: tell it again, and do nothing again.
            self.memory.change_enrollment(|e| e.mark_told(id, false))?;
            return Ok(());
        }
        let outcome = match offer {
            Offer::Unknown { name, .. } => {
                self.log.say(&format!("Command \"{name}\": unknown to this agent"));
                unsupported("This agent does not know the command.")
            }
            Offer::Known(offer) => {
                if !self.acknowledge(id).await? {
                    return Ok(());
                }
                let interrupted = Err(error("interrupted", "The agent was stopped while it carried out the command."));
                self.memory.change_enrollment(|e| e.record(id, result_of(interrupted)))?;
                self.carry_out(&offer.kind).await?
            }
        };
        self.memory.change_enrollment(|e| e.record(id, result_of(outcome)))?;
        Ok(())
    }

    /// Says that the command has arrived. False when it was taken back in the meantime.
    async fn acknowledge(&mut self, id: CommandId) -> Result<bool, Failure> {
        let result = CommandResult { status: ResultStatus::Acknowledged, data: None, error: None };
        self.tell(id, &result).await
    }

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
            self.note_lost_mode(kind)?;
        }
        let end = outcome.as_ref().map_or_else(|error| error.message.clone(), |_| "done".to_owned());
        self.log.say(&format!("Command \"{}\": {end}", kind.name()));
        Ok(outcome)
    }

    /// Remembers that the device is in lost mode, or no longer.
    fn note_lost_mode(&mut self, kind: &CommandKind) -> Result<(), Failure> {
        match kind {
            CommandKind::LostMode(text) => self.memory.change(|state| state.lost = Some(text.clone()))?,
            CommandKind::EndLostMode {} => self.memory.change(|state| state.lost = None)?,
            _ => {}
        }
        Ok(())
    }

    /// Shows again what the screen of a lost device shows: the host may have been started anew.
    /// What cannot be shown now is shown when the agent is started the next time.
    pub async fn resume_lost_mode(&mut self) {
        if let Some(text) = self.memory.state().lost.clone() {
            self.log.say("This device is in lost mode");
            let _ = self.host.carry_out(&CommandKind::LostMode(text)).await;
        }
    }

    /// Tells the server what it does not know yet.
    ///
    /// # Errors
    /// The server does not know this device any more, or the memory cannot be written.
    pub async fn tell_results(&mut self) -> Result<(), Failure> {
        let untold: Vec<_> =
            self.memory.enrollment()?.commands.iter().filter(|record| !record.is_told).cloned().collect();
        for record in untold {
            match self.tell(record.id, &record.result).await {
                Ok(_) => self.memory.change_enrollment(|e| e.mark_told(record.id, true))?,
                Err(Failure::Client(error)) if !error.ends_enrollment() => {
                    self.log.say(&format!("The result of a command waits until the server can be told. {error}"));
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// False when the server does not know the command (any more).
    async fn tell(&mut self, id: CommandId, result: &CommandResult) -> Result<bool, Failure> {
        let (client, bearer) = (&self.client, self.memory.enrollment()?.bearer());
        match repeat(self.retry, &mut self.rng, &self.log, || client.result(&bearer, id, result)).await {
            Ok(()) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// A call that failed is how the command went, unless nothing can go on after it.
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
            stub::{Reply, Seen, Stub, enrolled_state},
            test_host::TestHost,
        },
    };
    use domain::{Timestamp, protocol::CommandOffer};
    use std::time::Duration;

    const ID: &str = "00000000-0000-4000-8000-0000000000c0";

    fn agent(stub: &Stub) -> Agent<TestHost> {
        Agent {
            host: TestHost::default(),
            client: stub.client(),
            memory: Memory::fleeting(enrolled_state(stub.server.as_str())),
            rng: Rng::from_seed(1),
            retry: Retry { attempts: 2, base: Duration::from_millis(1), cap: Duration::from_millis(2) },
            log: Log::quiet(),
        }
    }

    fn offer(kind: CommandKind) -> Vec<Offer> {
        let expires_at = Timestamp::from_millis(0);
        vec![Offer::Known(CommandOffer { uuid: ID.parse().unwrap(), kind, expires_at })]
    }

    fn statuses(seen: &[Seen]) -> Vec<String> {
        seen.iter().map(|r| r.body["status"].as_str().unwrap_or_default().to_owned()).collect()
    }

    #[tokio::test]
    async fn a_command_is_acknowledged_then_done_then_told_again_but_never_done_again() {
        let stub = Stub::start(|_, _| Reply::new(204)).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert_eq!(agent.host.done, ["lock"]);
        assert_eq!(statuses(&stub.seen()), ["acknowledged", "completed", "completed"]);
        assert_eq!(stub.calls()[0], format!("POST /commands/{ID}/result"));
    }

    #[tokio::test]
    async fn a_command_that_was_taken_back_is_not_done() {
        let problem = r#"{"type":"about:blank","title":"T","status":404,"code":"command_unknown","detail":"D."}"#;
        let stub = Stub::start(move |_, _| Reply::json(404, problem)).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert!(agent.host.done.is_empty());
        assert_eq!(stub.calls().len(), 1);
    }

    #[tokio::test]
    async fn a_result_that_got_lost_is_told_later() {
        let stub = Stub::start(|n, _| if n == 1 || n == 2 { Reply::hang_up() } else { Reply::new(204) }).await;
        let mut agent = agent(&stub);
        agent.handle(offer(CommandKind::Lock {})).await.unwrap();
        assert_eq!(stub.calls().len(), 3);
        agent.tell_results().await.unwrap();
        agent.tell_results().await.unwrap();
        assert_eq!(statuses(&stub.seen()), ["acknowledged", "completed", "completed", "completed"]);
    }

    #[tokio::test]
    async fn a_command_that_was_interrupted_is_told_as_such_and_not_begun_again() {
        let stub = Stub::start(|_, _| Reply::new(204)).await;
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
        assert_eq!(stub.seen().pop().unwrap().body["error"]["code"], "interrupted");
    }

    #[tokio::test]
    async fn a_command_of_a_newer_server_is_answered_with_an_error() {
        let stub = Stub::start(|_, _| Reply::new(204)).await;
        let unknown = Offer::Unknown { id: ID.parse().unwrap(), name: "make_coffee".to_owned() };
        agent(&stub).handle(vec![unknown]).await.unwrap();
        assert_eq!(stub.seen()[0].body["error"]["code"], "unsupported");
    }

    #[tokio::test]
    async fn lost_mode_is_remembered_told_with_every_heartbeat_and_shown_again_after_a_start() {
        let stub = Stub::start(|_, request| match request.call().as_str() {
            "POST /state" => Reply::json(200, r#"{"pending_commands":0,"next_heartbeat_s":900}"#),
            _ => Reply::new(204),
        })
        .await;
        let mut agent = agent(&stub);
        let text = domain::device::lost::LostText { message: "Call.".to_owned(), phone: None };
        assert!(agent.handle(offer(CommandKind::LostMode(text))).await.unwrap(), "the server is to hear of it at once");
        agent.heartbeat().await.unwrap();
        agent.resume_lost_mode().await;
        let end = CommandOffer {
            uuid: "00000000-0000-4000-8000-0000000000c1".parse().unwrap(),
            kind: CommandKind::EndLostMode {},
            expires_at: Timestamp::from_millis(0),
        };
        assert!(agent.handle(vec![Offer::Known(end)]).await.unwrap());
        agent.heartbeat().await.unwrap();
        agent.resume_lost_mode().await;
        assert_eq!(agent.host.done, ["lost_mode", "lost_mode", "end_lost_mode"]);
        let told: Vec<_> = stub.seen().iter().filter_map(|r| r.body["lost_mode"].as_bool()).collect();
        assert_eq!(told, [true, false]);
    }

    #[tokio::test]
    async fn a_renewal_is_answered_with_the_new_secret() {
        let stub = Stub::start(|_, request| match request.call().as_str() {
            "POST /renew" => Reply::json(200, r#"{"device_secret":"fresh"}"#),
            _ => Reply::new(204),
        })
        .await;
        agent(&stub).handle(offer(CommandKind::Renew {})).await.unwrap();
        let seen = stub.seen();
        assert!(seen[1].head.contains(".secret") && seen[2].head.contains(".fresh"));
    }
}
