//! One connection to the server: the phone asks for commands until there are none.

use super::{
    Phone, PhoneError,
    answers::{Effect, answer, not_replaced},
};
use crate::simulate::{PhoneEvent, apple::course::Course};
use apple::{
    command::Command,
    report::{Report, Status},
};
use std::collections::BTreeSet;
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// There are no commands.
    Done,
    /// The phone put something off, and will ask when it is unlocked.
    PutOff,
    /// The phone's answer got lost.
    AnswerLost,
    /// The phone is erased.
    Erased,
    /// The profile is removed.
    Removed,
}

/// What a phone remembers beyond one connection.
pub struct Talks {
    events: UnboundedSender<PhoneEvent>,
    /// Commands of which the first answer was lost.
    lost: BTreeSet<Uuid>,
    /// How many commands it has carried out.
    pub carried_out: u64,
}

impl Talks {
    /// A phone that has not spoken yet.
    pub fn new(events: UnboundedSender<PhoneEvent>) -> Self {
        Self { events, lost: BTreeSet::new(), carried_out: 0 }
    }

    /// Asks for commands and carries them out.
    pub async fn session(&mut self, phone: &mut Phone) -> Result<SessionEnd, PhoneError> {
        let mut put_off = BTreeSet::new();
        let mut report = phone.plain_report(Status::Idle, None);
        loop {
            // 1. Report, twice if that is its course; the answer is the next command.
            let mut offered = phone.report(&report).await?;
            if phone.plan.course == Course::AnswersTwice && report.command.is_some() {
                offered = phone.report(&report).await?;
            }
            if offered.is_empty() {
                return Ok(if put_off.is_empty() { SessionEnd::Done } else { SessionEnd::PutOff });
            }
            let command = Command::read(&offered)?;
            phone.log.print(&format!("Asked for {}", command.request.kind()));
            // 2. A locked phone puts everything off.
            if phone.is_locked && phone.plan.course == Course::NotNowWhileLocked {
                if !put_off.insert(command.uuid) {
                    return Err(PhoneError::OfferedAgain);
                }
                report = phone.plain_report(Status::NotNow, Some(command.uuid));
                continue;
            }
            // 3. Carry it out, and answer.
            let end;
            (report, end) = self.carry_out(phone, &command).await;
            if phone.plan.course == Course::LosesAnswers && self.lost.insert(command.uuid) && end.is_none() {
                return Ok(SessionEnd::AnswerLost);
            }
            if let Some(end) = end {
                phone.report(&report).await?;
                return Ok(end);
            }
        }
    }

    /// The answer to a command, and whether the phone says nothing after it.
    async fn carry_out(&mut self, phone: &mut Phone, command: &Command) -> (Report, Option<SessionEnd>) {
        let _ = self.events.send(PhoneEvent::Command);
        self.carried_out += 1;
        phone.wait_like_a_person(1, 3).await;
        let (report, effect) = answer(phone, command);
        match effect {
            Effect::Nothing => (report, None),
            Effect::Erased => (report, Some(SessionEnd::Erased)),
            Effect::Removed => (report, Some(SessionEnd::Removed)),
            Effect::Replace(profile) => match phone.replace(*profile).await {
                Ok(()) => (report, None),
                Err(error) => {
                    phone.log.print(&format!("The profile was not replaced. {error}"));
                    (not_replaced(report), None)
                }
            },
        }
    }
}
