//! Reports: a phone asks for commands, or answers one. It gets the next one in the same breath.

use super::{
    caller::PhoneRefusal,
    facts::{Facts, answer_of},
};
use crate::{Rollcall, ServiceResult};
use apple::report::{Report, Status};
use domain::{
    actor::Actor,
    apple::{ChallengePurpose, Identity},
    decide::{
        self,
        apple::{PhoneAnswer, PhoneReport, PhoneRequest, parts},
    },
    device::command::Command,
    journal::change::Change,
    types::ids::DeviceId,
};
use uuid::Uuid;

/// How many commands that have ended are looked through for the one that a phone answers late.
const ENDED_COMMANDS: u32 = 50;
/// How many requests that cannot be made are put off in one answer. One that fails must not keep the others waiting.
const PUT_OFF_MAX: usize = 4;

impl Rollcall {
    pub(super) async fn apple_report(&self, identity: &Identity, body: &[u8]) -> Result<Option<Vec<u8>>, PhoneRefusal> {
        // A renewed certificate is of its device before the device has used it.
        let ((Some(device), _) | (None, ChallengePurpose::Renew(device))) = (identity.device_id, identity.purpose)
        else {
            return Err(PhoneRefusal::NotEnrolled);
        };
        let report = match Report::read(body) {
            Ok(report) => Some(report),
            // Whose report it is cannot be said before the certificate is known to be a device's.
            Err(error) if identity.device_id.is_none() => return Err(PhoneRefusal::Unreadable(error.to_string())),
            // It would be sent for ever, and nothing would come after it.
            Err(error) => {
                tracing::warn!(%device, %error, "A report of a device cannot be read; it is asked for the next thing");
                None
            }
        };
        if let Some(report) = &report {
            self.enrollment_of(device, identity, &report.udid).await?;
            if report.of_user {
                return Ok(None);
            }
            if !report.dropped.is_empty() {
                tracing::debug!(%device, fields = ?report.dropped, "Values of a device's report make no sense");
            }
        }
        let mut said = Said::from(report);
        for _ in 0..PUT_OFF_MAX {
            let Some(next) = self.record_apple_report(device, identity, &said).await? else { return Ok(None) };
            match self.apple_request(&next).await {
                Ok(command) => return Ok(Some(command)),
                Err(error) => {
                    tracing::error!(%device, command = %next.command.id, %error, "A command cannot be put into words");
                    said = Said::NotNow(Box::new(next));
                }
            }
        }
        Ok(None)
    }

    /// Records what a phone says, and returns what it is asked next.
    async fn record_apple_report(
        &self,
        device: DeviceId,
        identity: &Identity,
        said: &Said,
    ) -> Result<Option<PhoneRequest>, PhoneRefusal> {
        let read = move || async move {
            let enrollment = self.store.find_apple_enrollment(device).await?;
            let open = self.store.open_commands(device).await?;
            let request = self.answered_request(device, said, &open).await?;
            let known = if said.has_facts() { self.store.find_inventory(device).await? } else { None };
            Ok((enrollment, open, request, known))
        };
        let decided = self.decide_device_on(Actor::Device, device, read, |aggregate, read, _, context| {
            let (enrollment, open, request, known) = read;
            let ended = domain::apple::EnrollmentState::Ended;
            let Some(enrollment) = enrollment.filter(|enrollment| enrollment.state != ended) else {
                return Ok((Err(PhoneRefusal::NotEnrolled), Change::default()));
            };
            let answer = said.answer(known.as_ref(), aggregate.device(device), context.now);
            let report = PhoneReport { identity, answer, request };
            let (next, change) =
                decide::apple::record_phone_report(aggregate, &enrollment, &report, &open, known.as_ref(), context)?;
            Ok((Ok((next, !change.hardware.is_empty())), change))
        });
        let (next, has_new_hardware) = decided.await??;
        if has_new_hardware {
            self.compare_hardware_quietly(device).await;
        }
        Ok(next)
    }

    /// The request that a phone answers. One that it is not asked is of no account: an old backup knows nothing of it.
    async fn answered_request(
        &self,
        device: DeviceId,
        said: &Said,
        open: &[Command],
    ) -> ServiceResult<Option<PhoneRequest>> {
        let uuid = match said {
            Said::Report(report) if report.status != Status::Idle => report.command,
            Said::NotNow(request) => {
                let now = open.iter().find(|command| command.id == request.command.id);
                return Ok(now.map(|command| PhoneRequest { command: command.clone(), part: command.part }));
            }
            _ => None,
        };
        let Some(uuid) = uuid else { return Ok(None) };
        if let Some(request) = self.request_named(uuid, open) {
            return Ok(Some(request));
        }
        let ended = self.store.list_commands(device, ENDED_COMMANDS).await?;
        let request = self.request_named(uuid, &ended);
        if request.is_none() {
            tracing::info!(%device, "A device answers a command that it was never asked");
        }
        Ok(request)
    }

    fn request_named(&self, uuid: Uuid, commands: &[Command]) -> Option<PhoneRequest> {
        let requests = commands.iter().flat_map(|command| {
            (0..parts(&command.kind)).map(move |part| PhoneRequest { command: command.clone(), part })
        });
        requests.into_iter().find(|request| self.apple_command_uuid(request) == uuid)
    }
}

/// What is recorded.
enum Said {
    /// A report of the phone.
    Report(Box<Report>),
    /// It said something, and nobody knows what.
    Noise,
    /// What it was to be asked could not be put into words: as if it had put that off.
    NotNow(Box<PhoneRequest>),
}

impl From<Option<Report>> for Said {
    fn from(report: Option<Report>) -> Self {
        report.map_or(Self::Noise, |report| Self::Report(Box::new(report)))
    }
}

impl Said {
    fn has_facts(&self) -> bool {
        matches!(self, Self::Report(report) if report.information.is_some() || report.security.is_some())
    }

    fn answer(
        &self,
        known: Option<&domain::views::StoredInventory>,
        device: Option<&domain::device::Device>,
        now: domain::Timestamp,
    ) -> PhoneAnswer {
        match self {
            Self::Report(report) => answer_of(report, &Facts { known, device, now }),
            Self::Noise => PhoneAnswer::Idle,
            Self::NotNow(_) => PhoneAnswer::NotNow,
        }
    }
}
