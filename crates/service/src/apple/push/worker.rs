//! The push worker: asks phones to call, those whose time has come, many at once over one connection.
//!
//! What Apple says about one phone is recorded for that phone. What it says about our certificate, and that it cannot be
//! reached, is about all: then the worker rests, and no phone is blamed.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    apple::{authority::moment, caller::sealed, facts::timestamp},
    error::skip_gone,
    supervision::stopped,
    work_stats::PushStats,
};
use apple::apns::{Client, Failure, Push, Verdict};
use domain::{
    Timestamp,
    actor::Actor,
    apple::{AppleEnrollment, EnrollmentState},
    decide::{
        self,
        apple::{PUSH_PAUSE_S, PushOutcome, SentPush},
    },
    device::PushTrouble,
    journal::change::Change,
    types::ids::{DeviceId, PushCertificateId},
};
use futures::{StreamExt as _, stream};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::watch;

/// Phones that are taken from the database at once.
const BATCH: u32 = 200;
/// Pushes that wait for their answer at the same time.
const AT_ONCE: usize = 32;
/// Longest sleep. A push that another process planned is found after this time at the latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// How long nobody is pushed when Apple cannot be reached, in seconds; each time twice as long, up to the second number.
const REST_S: (i64, i64) = (15, 15 * 60);
/// How long nobody is pushed after Apple refused our certificate, in seconds.
const REFUSED_REST_S: i64 = 10 * 60;
/// After how long a push is tried again that Apple refuses for a reason of its own, or that cannot be written, in seconds.
const FAULT_REST_S: i64 = 3600;
/// After how long Apple is asked again if it does not say, in seconds.
const LATER_S: i64 = 5 * 60;

/// Sends pushes.
pub(crate) struct PushWorker {
    rollcall: Arc<Rollcall>,
    /// The client, and the push certificate that it was made for.
    client: Option<(PushCertificateId, Client)>,
    /// Nobody is pushed before this time.
    rests_until: Option<Timestamp>,
    /// How often in a row Apple could not be reached.
    failures: u32,
    /// Phones about which something fails on our side, and until when they are left alone.
    failing: HashMap<DeviceId, Timestamp>,
}

/// What became of one push.
enum Sent {
    /// Apple answered about this phone.
    Answered(PushOutcome),
    /// Apple does not take our certificate.
    Refused(String),
    /// Apple was not reached.
    Unreachable(String),
}

impl Sent {
    /// Counts a push that was sent to Apple.
    fn count(&self, pushes: &PushStats) {
        match self {
            Self::Answered(PushOutcome::Accepted) => pushes.accepted.count(),
            Self::Answered(PushOutcome::Refused(_)) => pushes.refused.count(),
            Self::Answered(PushOutcome::Later(_)) => pushes.later.count(),
            Self::Refused(_) | Self::Unreachable(_) => pushes.failed.count(),
        }
    }
}

impl PushWorker {
    pub(crate) fn new(rollcall: Arc<Rollcall>) -> Self {
        Self { rollcall, client: None, rests_until: None, failures: 0, failing: HashMap::new() }
    }

    /// Runs until `stop` is set.
    pub(crate) async fn run(mut self, mut stop: watch::Receiver<bool>) -> ServiceResult<()> {
        let rollcall = Arc::clone(&self.rollcall);
        loop {
            // Listen before reading, so that a push that is planned in between wakes the worker.
            let planned = rollcall.hub.pushes.notified();
            let pause = self.round().await?;
            rollcall.worker_states.works("pushes");
            if pause.is_zero() && !*stop.borrow() {
                continue;
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = planned => {}
                () = stopped(&mut stop) => return Ok(()),
            }
        }
    }

    /// Pushes a batch of phones. Returns how long to sleep.
    async fn round(&mut self) -> ServiceResult<Duration> {
        let now = self.rollcall.environment.now();
        if let Some(left) = self.rests_until.map(|until| until.seconds_since(now)).filter(|left| *left > 0) {
            return Ok(Duration::from_secs(left.unsigned_abs()).min(LONGEST_SLEEP));
        }
        // Without a certificate nobody can be pushed. What is due stays due.
        let Some((client, topic)) = self.client().await? else { return Ok(LONGEST_SLEEP) };
        self.failing.retain(|_, until| *until > now);
        let limit = BATCH.saturating_add(u32::try_from(self.failing.len()).unwrap_or(u32::MAX));
        let mut due = self.rollcall.store.due_pushes(now, limit).await?;
        due.retain(|device| !self.failing.contains_key(device));
        if due.is_empty() {
            return self.until_next(now).await;
        }
        let rollcall = Arc::clone(&self.rollcall);
        let send = |device| {
            let (rollcall, client, topic) = (&rollcall, &client, topic.as_str());
            async move { (device, rollcall.push(device, client, topic).await) }
        };
        let mut answers = stream::iter(due).map(send).buffer_unordered(AT_ONCE);
        let mut news = None;
        while let Some((device, result)) = answers.next().await {
            match result {
                Ok(Some(Sent::Refused(text))) => news = Some(Err(Some(text))),
                Ok(Some(Sent::Unreachable(text))) => {
                    tracing::debug!(error = text, "A push did not reach Apple");
                    news = news.or(Some(Err(None)));
                }
                Ok(Some(Sent::Answered(_))) => news = news.or(Some(Ok(()))),
                Ok(None) => {}
                Err(ServiceError::Damaged) => {
                    self.failing.insert(device, now.plus_seconds(FAULT_REST_S));
                }
                Err(error) => {
                    skip_gone(Err::<(), _>(error))?;
                    self.failing.insert(device, now.plus_seconds(LATER_S));
                }
            }
        }
        drop(answers);
        self.take_news(news);
        Ok(Duration::ZERO)
    }

    /// What was learned about Apple's service.
    fn take_news(&mut self, news: Option<Result<(), Option<String>>>) {
        let now = self.rollcall.environment.now();
        match news {
            None => {}
            Some(Ok(())) => {
                self.failures = 0;
                self.rests_until = None;
                self.rollcall.push_news.accepted(now);
            }
            Some(Err(Some(text))) => {
                tracing::error!(
                    error = text,
                    "Apple does not take the push certificate; no phone can be asked to call"
                );
                self.rests_until = Some(now.plus_seconds(REFUSED_REST_S));
                self.client = None;
                self.rollcall.push_news.refused(now, text);
            }
            Some(Err(None)) => {
                let rest_s = REST_S.0.saturating_mul(1 << self.failures.min(10)).min(REST_S.1);
                self.failures = self.failures.saturating_add(1);
                tracing::warn!(rest_s, "Apple's push service cannot be reached");
                self.rests_until = Some(now.plus_seconds(rest_s));
            }
        }
    }

    /// The client for the active push certificate, and its topic.
    async fn client(&mut self) -> ServiceResult<Option<(Client, String)>> {
        let Some(active) = self.rollcall.active_push_identity().await? else {
            self.client = None;
            return Ok(None);
        };
        if active.not_after <= self.rollcall.environment.now() {
            return Ok(None);
        }
        let known = self.client.as_ref().filter(|(id, _)| *id == active.id).map(|(_, client)| client.clone());
        if let Some(client) = known {
            return Ok(Some((client, active.topic)));
        }
        let settings = &self.rollcall.settings.apple_push;
        let client = Client::new(&settings.url, active.identity, settings.trusted.iter());
        let client = client.map_err(|error| ServiceError::internal(&error))?;
        self.client = Some((active.id, client.clone()));
        Ok(Some((client, active.topic)))
    }

    async fn until_next(&self, now: Timestamp) -> ServiceResult<Duration> {
        let next = self.rollcall.store.next_push_at().await?;
        // What is due and cannot be read does not keep the worker awake.
        let left_s = next.map_or(i64::MAX, |at| at.seconds_since(now)).max(1);
        Ok(Duration::from_secs(left_s.unsigned_abs()).min(LONGEST_SLEEP))
    }
}

impl Rollcall {
    /// Pushes one phone, and records what came of it. `None` when there was nothing to push.
    async fn push(&self, device: DeviceId, client: &Client, topic: &str) -> ServiceResult<Option<Sent>> {
        let Some(enrollment) = self.store.find_apple_enrollment(device).await? else { return Ok(None) };
        let now = self.environment.now();
        let rested = enrollment.push.at.map(|at| at.plus_seconds(PUSH_PAUSE_S)).filter(|rested| *rested > now);
        let sent = match (rested, self.push_of(&enrollment, topic)) {
            // It was pushed a moment ago, and then something new was requested.
            (Some(rested), _) => Sent::Answered(PushOutcome::Later(rested)),
            (None, Err(outcome)) => Sent::Answered(outcome),
            (None, Ok(push)) => {
                let sent = outcome_of(client.send(&push).await, &enrollment, now);
                sent.count(&self.work_stats.pushes);
                sent
            }
        };
        if let Sent::Answered(outcome) = sent {
            self.record_push(device, SentPush { at: now, due_at: enrollment.push_due_at, outcome }).await?;
        }
        Ok(Some(sent))
    }

    /// The push to a phone, or why there is none.
    fn push_of(&self, enrollment: &AppleEnrollment, topic: &str) -> Result<Push, PushOutcome> {
        if enrollment.topic != topic {
            return Err(PushOutcome::Refused(PushTrouble::OldTopic));
        }
        let fault = |error: &dyn std::fmt::Display| {
            tracing::error!(device = %enrollment.device_id, %error, "A push cannot be written");
            PushOutcome::Later(self.environment.now().plus_seconds(FAULT_REST_S))
        };
        let Some(address) = &enrollment.address else { return Err(fault(&"the device has no address")) };
        let phone = enrollment.udid_hash;
        let token = self.unseal_of_phone(sealed::TOKEN, phone, &address.token).map_err(|error| fault(&error))?;
        let magic = self.unseal_of_phone(sealed::MAGIC, phone, &address.magic).map_err(|error| fault(&error))?;
        let magic = String::from_utf8(magic).map_err(|error| fault(&error))?;
        let now = moment(self.environment.now());
        Push::new(&token, &magic, topic, now).map_err(|error| fault(&error))
    }

    async fn record_push(&self, device: DeviceId, sent: SentPush) -> ServiceResult<()> {
        let enrollment = move || async move { Ok(self.store.find_apple_enrollment(device).await?) };
        self.decide_device_on(Actor::System, device, enrollment, |aggregate, enrollment, _, context| {
            let enrolled = enrollment.filter(|known| known.state == EnrollmentState::Enrolled);
            let Some(enrollment) = enrolled else { return Ok(((), Change::default())) };
            Ok(((), decide::apple::record_push(aggregate, &enrollment, &sent, context)?))
        })
        .await
    }

    /// Plans pushes to phones that were not heard for some time: they do not report by themselves. None while nobody can be
    /// pushed: what waited for so long would all be sent at once.
    pub(crate) async fn ping_quiet_phones(&self) -> ServiceResult<()> {
        if !self.can_push().await? {
            return Ok(());
        }
        let before = self.environment.now().plus_seconds(-PING_AFTER_S);
        for device in self.store.quiet_apple_devices(before, BATCH).await? {
            let enrollment = move || async move { Ok(self.store.find_apple_enrollment(device).await?) };
            let decided =
                self.decide_device_on(Actor::System, device, enrollment, |aggregate, enrollment, _, context| {
                    let Some(enrollment) = enrollment else { return Ok(((), Change::default())) };
                    Ok(((), decide::apple::request_ping(aggregate, &enrollment, context)?))
                });
            skip_gone(decided.await)?;
        }
        self.hub.pushes.notify_one();
        Ok(())
    }

    /// Whether phones can be asked to call at all. While they cannot, their silence says nothing.
    pub(crate) async fn can_push(&self) -> ServiceResult<bool> {
        let now = self.environment.now();
        Ok(self.active_push_identity().await?.is_some_and(|active| active.not_after > now))
    }
}

/// A phone that was not heard for this long is pushed, in seconds.
const PING_AFTER_S: i64 = 8 * 3600;

fn outcome_of(answer: Result<apple::apns::Answer, Failure>, enrollment: &AppleEnrollment, now: Timestamp) -> Sent {
    let verdict = match answer {
        Ok(answer) => answer.verdict(),
        Err(Failure::OurCertificate(alert)) => return Sent::Refused(format!("{alert:?}")),
        Err(error @ Failure::Unreachable(_)) => return Sent::Unreachable(error.to_string()),
    };
    Sent::Answered(match verdict {
        Verdict::Accepted => PushOutcome::Accepted,
        // What the phone said later than Apple noticed is another matter.
        Verdict::TokenDead { since: Some(since) } if is_older(since, enrollment) => {
            PushOutcome::Later(now.plus_seconds(LATER_S))
        }
        Verdict::TokenDead { .. } => PushOutcome::Refused(PushTrouble::NotReachable),
        Verdict::OtherTopic => PushOutcome::Refused(PushTrouble::OldTopic),
        Verdict::OurCertificate => return Sent::Refused("the push service refuses it".to_owned()),
        Verdict::Later { after } => {
            let pause_s = after.map_or(LATER_S, |pause| i64::try_from(pause.as_secs()).unwrap_or(LATER_S));
            PushOutcome::Later(now.plus_seconds(pause_s.max(1)))
        }
        Verdict::Refused => {
            tracing::error!(device = %enrollment.device_id, "Apple refuses a push as wrong");
            PushOutcome::Later(now.plus_seconds(FAULT_REST_S))
        }
    })
}

fn is_older(since: time::OffsetDateTime, enrollment: &AppleEnrollment) -> bool {
    enrollment.enrolled_at.is_some_and(|enrolled| timestamp(since) < enrolled)
}
