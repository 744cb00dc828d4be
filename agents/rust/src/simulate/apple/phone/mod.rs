//! A phone: what it was given, and what it says. Its life as a whole is beside this folder.

mod answers;
mod error;
mod identity;
mod keys;
mod session;
mod web;

pub use error::PhoneError;
pub use identity::now;
pub use keys::{Keys, seeded};
pub use session::{SessionEnd, Talks};
pub use web::Web;

use super::{course::Course, figures::Figures, plan::Plan};
use crate::{
    protocol::{address::EnrollmentUrl, retry::Retry},
    rng::Rng,
    simulate::Pace,
    terminal::Log,
};
use apple::{
    checkin::{self, CheckIn, CheckOut, TokenUpdate},
    command,
    profile::EnrollmentProfile,
    report::{Report, Status},
    secret::Secret,
};
use identity::Identity;
use pretended_apns::PretendedApns;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// Bytes of a push token.
const TOKEN: usize = 32;
/// Bytes of an unlock token.
const UNLOCK_TOKEN: usize = 2000;
/// How often a phone tries to get its certificate.
const TRIES: u32 = 3;

/// What the phones of a fleet share.
pub struct Shared {
    /// Keys.
    pub keys: Keys,
    /// What is measured.
    pub figures: Figures,
    /// The pretended push service.
    pub apns: Option<PretendedApns>,
    /// How fast people are.
    pub pace: Pace,
}

/// Where the profile of a phone comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// From the page of an invitation.
    Page(EnrollmentUrl),
    /// It was downloaded before.
    File(Vec<u8>),
}

/// How far an installation went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Installation {
    /// It is complete.
    Complete,
    /// It stopped, as planned: after what.
    Stopped(&'static str),
}

/// A phone.
pub struct Phone {
    /// What it is.
    pub plan: Plan,
    /// What it shares with others.
    pub shared: Arc<Shared>,
    /// Its connections.
    pub web: Web,
    /// Everything that is drawn later.
    pub rng: Rng,
    /// Messages to the person at the terminal.
    pub log: Log,
    /// Whether the screen is locked.
    pub is_locked: bool,
    /// Whether it is in lost mode.
    pub is_lost: bool,
    /// What it was enrolled with.
    pub managed: Option<Managed>,
}

/// What a phone keeps while it is managed.
pub struct Managed {
    /// The profile.
    pub profile: EnrollmentProfile,
    /// What it signs with.
    pub identity: Identity,
    /// What Apple knows it by.
    pub token: Vec<u8>,
    /// What pushes to it say.
    pub magic: String,
}

impl Phone {
    /// Installs the profile.
    pub async fn install(&mut self, origin: &Origin) -> Result<Installation, PhoneError> {
        // 1. The person accepts, downloads the profile, and goes through Settings.
        let profile = match origin {
            Origin::Page(page) => {
                self.web.accept(page, self.plan.ownership, self.plan.model.platform).await?;
                self.wait_like_a_person(2, 10).await;
                self.web.profile(page, self.plan.model.platform).await?
            }
            Origin::File(profile) => profile.clone(),
        };
        let profile = EnrollmentProfile::read(&profile)?;
        self.wait_like_a_person(5, 30).await;
        // 2. The system gets its certificate.
        let identity = self.identity(&profile).await?;
        if self.plan.course == Course::StopsAfterScep {
            return Ok(Installation::Stopped("its certificate was issued"));
        }
        // 3. It says that it wants to be managed, and then how it is reached.
        let token = self.bytes(TOKEN);
        let magic = self.rng.uuid().hyphenated().to_string().to_uppercase();
        let managed = Managed { profile, identity, token, magic };
        let topic = managed.profile.topic.clone();
        self.managed = Some(managed);
        self.check_in(&CheckIn::Authenticate(self.plan.hello(&topic))).await?;
        if self.plan.course == Course::StopsAfterAuthenticate {
            return Ok(Installation::Stopped("its first message"));
        }
        self.wait_like_a_person(3, 6).await;
        self.say_how_it_is_reached().await?;
        self.shared.figures.enrolled();
        Ok(Installation::Complete)
    }

    /// Gets a certificate, after some tries if the server is busy.
    pub async fn identity(&mut self, profile: &EnrollmentProfile) -> Result<Identity, PhoneError> {
        let key = self.shared.keys.pick(&mut self.rng).await?;
        let mut tries = 0;
        loop {
            tries += 1;
            let shared = self.shared.clone();
            match Identity::get(&self.web, profile, key.clone(), &mut self.rng, &shared.figures).await {
                Err(error) if error.is_transient() && tries < TRIES => {
                    self.log.print(&format!("No certificate yet. {error}"));
                    let pause = Retry::DEFAULT.delay(tries, &mut self.rng);
                    sleep(pause).await;
                }
                result => return result,
            }
        }
    }

    /// Installs a profile in the place of the one that it has, which renews the certificate.
    pub async fn replace(&mut self, profile: EnrollmentProfile) -> Result<(), PhoneError> {
        let identity = self.identity(&profile).await?;
        let topic = profile.topic.clone();
        if let Some(managed) = &mut self.managed {
            (managed.profile, managed.identity) = (profile, identity);
        }
        if self.plan.course == Course::RenewedWithAuthenticate {
            self.check_in(&CheckIn::Authenticate(self.plan.hello(&topic))).await?;
        }
        self.say_how_it_is_reached().await
    }

    /// Sends the push token. The unlock token goes along, as it does when a profile is installed.
    async fn say_how_it_is_reached(&mut self) -> Result<(), PhoneError> {
        let unlock_token = Some(Secret::new(self.bytes(UNLOCK_TOKEN)));
        let Some(managed) = &self.managed else { return Ok(()) };
        let message = CheckIn::TokenUpdate(TokenUpdate {
            udid: self.plan.udid.clone(),
            topic: managed.profile.topic.clone(),
            token: Secret::new(managed.token.clone()),
            magic: Secret::new(managed.magic.clone()),
            unlock_token,
            awaiting_configuration: false,
        });
        self.check_in(&message).await
    }

    /// Says that the profile was removed, if the profile asks for it.
    pub async fn check_out(&mut self) -> Result<(), PhoneError> {
        match &self.managed {
            Some(managed) if managed.profile.check_out_when_removed => {
                let (udid, topic) = (self.plan.udid.clone(), managed.profile.topic.clone());
                self.check_in(&CheckIn::CheckOut(CheckOut { udid, topic })).await
            }
            _ => Ok(()),
        }
    }

    /// Sends a check-in.
    pub async fn check_in(&mut self, message: &CheckIn) -> Result<(), PhoneError> {
        let Some(managed) = &self.managed else { return Err(PhoneError::Unenrolled) };
        let url = managed.profile.check_in_url.clone();
        self.put(&url, checkin::CONTENT_TYPE, message.write()?).await.map(drop)
    }

    /// Sends a report. The answer is empty, or a command.
    pub async fn report(&mut self, report: &Report) -> Result<Vec<u8>, PhoneError> {
        let Some(managed) = &self.managed else { return Err(PhoneError::Unenrolled) };
        let url = managed.profile.server_url.clone();
        self.put(&url, command::CONTENT_TYPE, report.write()?).await
    }

    async fn put(&mut self, url: &str, content_type: &'static str, body: Vec<u8>) -> Result<Vec<u8>, PhoneError> {
        let Some(managed) = &self.managed else { return Err(PhoneError::Unenrolled) };
        let signature = managed.identity.sign(&body, &mut self.rng)?;
        let began = Instant::now();
        let answer = self.web.put(url, content_type, signature, body).await?;
        self.shared.figures.report(began);
        Ok(answer)
    }

    /// A report that says nothing but what became of a command.
    pub fn plain_report(&self, status: Status, command: Option<uuid::Uuid>) -> Report {
        Report::new(self.plan.udid.clone(), status, command)
    }

    /// The profile is gone, and with it everything that belonged to it. Apple is told.
    pub fn forget(&mut self) {
        if let (Some(managed), Some(apns)) = (self.managed.take(), &self.shared.apns) {
            apns.unregister(&managed.token, now());
        }
        (self.is_lost, self.is_locked) = (false, false);
    }

    /// Waits as a person would, from `low` to `high` seconds; not at all when the pace is fast.
    pub async fn wait_like_a_person(&mut self, low: u64, high: u64) {
        let pause = self.rng.between(low * 1000, high * 1000);
        if self.shared.pace == Pace::Human {
            sleep(Duration::from_millis(pause)).await;
        }
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.rng.next_u64().to_be_bytes()).flatten().take(count).collect()
    }
}
