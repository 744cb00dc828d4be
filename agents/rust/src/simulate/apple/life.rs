//! The life of a phone: it installs the profile, waits for pushes, answers commands, and whatever else its course has for
//! it.

use super::{
    course::Course,
    phone::{Installation, Origin, Phone, PhoneError, SessionEnd, Talks},
    plan::udid,
};
use crate::{
    protocol::retry::Retry,
    simulate::{EnrollmentEnd, Pace, PhoneEvent},
};
use apple::report::{Report, Status};
use pretended_apns::Pushes;
use std::{future::pending, time::Duration};
use tokio::{
    sync::mpsc::UnboundedSender,
    time::{Instant, sleep, sleep_until},
};

/// How long a phone is locked or without a network, in milliseconds: with a human pace, and with a fast one.
const AWAY_MS: [(u64, u64); 2] = [(2_000, 20_000), (1, 100)];

/// How a life ends.
type Ended = String;

/// What a phone lives by.
pub struct Life {
    /// The phone.
    pub phone: Phone,
    /// Where its profile comes from.
    pub origin: Origin,
    /// How often it asks for commands without a push.
    pub ask_every: Option<Duration>,
    /// Where it reports to its fleet.
    pub events: UnboundedSender<PhoneEvent>,
}

impl Life {
    /// Installs the profile; says how that ended.
    pub async fn enroll(&mut self) -> EnrollmentEnd {
        match self.phone.install(&self.origin).await {
            Ok(Installation::Complete) => {
                self.phone.log.print("Enrolled");
                EnrollmentEnd::Enrolled
            }
            Ok(Installation::Stopped(after)) => {
                EnrollmentEnd::Stuck(format!("{} was given up after {after}", self.phone.plan.name()))
            }
            Err(error) => EnrollmentEnd::Refused(error.to_string()),
        }
    }

    /// Lives until the phone is erased, or not managed any more; says why it ended.
    pub async fn live(mut self) -> Ended {
        self.phone.is_locked = self.phone.plan.course == Course::NotNowWhileLocked;
        let mut talks = Talks::new(self.events.clone());
        // What its course has for it comes once, after its first commands.
        let mut turn = Some(self.phone.plan.course);
        let mut next_look = Instant::now() + self.ask_every.unwrap_or_default();
        let mut pushes = self.listen();
        loop {
            if let Some(ask_every) = self.ask_every.filter(|_| Instant::now() >= next_look) {
                next_look = Instant::now() + ask_every;
            }
            self.wait(&mut pushes, next_look).await;
            if let Err(ended) = self.talk(&mut talks).await {
                return ended;
            }
            if talks.carried_out == 0 {
                continue;
            }
            let Some(course) = turn.take() else { continue };
            match self.turn(course).await {
                Ok(Turn::GoesOn) => {}
                Ok(Turn::Again) => pushes = self.listen(),
                Ok(Turn::Ends(ended)) => return ended.to_owned(),
                Err(error) => return error.to_string(),
            }
        }
    }

    fn listen(&self) -> Option<Pushes> {
        let managed = self.phone.managed.as_ref()?;
        Some(self.phone.shared.apns.as_ref()?.wait_for(&managed.token, &managed.profile.topic))
    }

    /// Waits for a push that is meant for this profile, or until it is time to ask without one.
    async fn wait(&self, pushes: &mut Option<Pushes>, next_look: Instant) {
        let woken = async {
            let magic = self.phone.managed.as_ref().map(|managed| managed.magic.clone());
            while let Some(pushes) = pushes {
                match pushes.next().await {
                    Some(push) if Some(push.magic()) == magic.as_deref() => return,
                    Some(_) => self.phone.log.print("A push with another magic"),
                    None => break,
                }
            }
            pending::<()>().await;
        };
        let asks = async {
            if self.ask_every.is_none() {
                pending::<()>().await;
            }
            sleep_until(next_look).await;
        };
        tokio::select! {
            () = woken => {}
            () = asks => {}
        }
    }

    /// Asks for commands until there are none. A server that is away is asked again.
    async fn talk(&mut self, talks: &mut Talks) -> Result<(), Ended> {
        let mut failures = 0;
        loop {
            match talks.session(&mut self.phone).await {
                Ok(SessionEnd::Done) => return Ok(()),
                Ok(SessionEnd::PutOff) => {
                    self.pause().await;
                    self.phone.is_locked = false;
                }
                Ok(SessionEnd::AnswerLost) => self.pause().await,
                Ok(SessionEnd::Erased) => {
                    self.phone.forget();
                    return Err("erased".to_owned());
                }
                Ok(SessionEnd::Removed) => {
                    let told = self.phone.check_out().await;
                    self.phone.forget();
                    return Err(told.map_or_else(|error| error.to_string(), |()| "removed by an admin".to_owned()));
                }
                Err(error) if error.is_transient() => {
                    failures += 1;
                    let pause = Retry::DEFAULT.delay(failures, &mut self.phone.rng);
                    sleep(pause).await;
                }
                Err(error) => {
                    self.phone.forget();
                    return Err(error.to_string());
                }
            }
        }
    }

    async fn pause(&mut self) {
        let (low, high) = AWAY_MS[usize::from(self.phone.shared.pace == Pace::Fast)];
        let pause = self.phone.rng.between(low, high);
        sleep(Duration::from_millis(pause)).await;
    }

    async fn turn(&mut self, course: Course) -> Result<Turn, PhoneError> {
        match course {
            Course::ErasedAndBack => {
                self.phone.forget();
                self.phone.wait_like_a_person(5, 20).await;
                self.phone.install(&self.origin).await?;
                self.phone.log.print("Enrolled again");
                Ok(Turn::Again)
            }
            Course::LeavesWithCheckOut => {
                self.phone.check_out().await?;
                self.phone.forget();
                Ok(Turn::Ends("the profile was removed"))
            }
            Course::LeavesWithoutCheckOut => {
                self.phone.forget();
                Ok(Turn::Ends("the profile was removed while offline"))
            }
            Course::RestoredOnAnother => {
                self.pose_as_another().await?;
                Ok(Turn::GoesOn)
            }
            _ => Ok(Turn::GoesOn),
        }
    }

    /// Another phone signs with the certificate of this one: nobody may believe it.
    async fn pose_as_another(&mut self) -> Result<(), PhoneError> {
        let Some(other) = udid(&mut self.phone.rng) else { return Ok(()) };
        let report = Report::new(other, Status::Idle, None);
        let answer = self.phone.report(&report).await;
        let said = match answer {
            Err(PhoneError::Status { status: 400, .. }) => "Another phone with its certificate was refused".to_owned(),
            Err(error) => return Err(error),
            Ok(_) => "WRONG: another phone with its certificate was believed".to_owned(),
        };
        let _ = self.events.send(PhoneEvent::Answered(said));
        Ok(())
    }
}

/// What came of a course.
enum Turn {
    /// Nothing else.
    GoesOn,
    /// The phone was enrolled again.
    Again,
    /// The phone is not managed any more, for this reason.
    Ends(&'static str),
}
