//! How far the device of a landing page is: the same words for the page and for its polling script.

use super::{LandingQuery, platform::noun};
use domain::{
    device::{DeviceState, EnrollmentStep},
    invitation::DeactivationReason,
};
use serde::Serialize;
use service::landing::{LandingDevice, LandingInvitation};

/// Where the device of a landing page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LandingState {
    /// No device has answered.
    Waiting,
    /// A device answered and stopped somewhere.
    Pending,
    /// Information is arriving.
    Enrolling,
    /// The device is enrolled.
    Done,
    /// The invitation enrolls nothing any more.
    Inactive,
}

impl LandingState {
    /// The word that travels.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Pending => "pending",
            Self::Enrolling => "enrolling",
            Self::Done => "done",
            Self::Inactive => "inactive",
        }
    }
}

/// Answer to `GET /e/{token}/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LandingStatus {
    /// Where the device stands.
    pub state: LandingState,
    /// The step that it is at, counted from 1; 0 before a device has answered.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// One sentence for the person.
    pub text: String,
}

/// The status of the device that the page is about.
pub fn status(landing: &LandingInvitation, query: LandingQuery) -> LandingStatus {
    let noun = noun(landing.acceptance.map(|chosen| chosen.platform));
    match device(landing, query) {
        None => told(LandingState::Waiting, 0, format!("Waiting for your {noun}…")),
        Some(device) => of_device(device, noun),
    }
}

/// The status when the invitation enrolls nothing any more.
pub fn status_inactive(reason: DeactivationReason) -> LandingStatus {
    let text = match reason {
        DeactivationReason::Manual => "This invitation was deactivated.",
        DeactivationReason::Replaced => "A newer invitation replaced this one.",
        DeactivationReason::Expired => "This invitation has expired.",
    };
    told(LandingState::Inactive, 0, text.to_owned())
}

/// The device that the page is about: the one that was in contact last. A page that waits for one more than there were
/// takes the one that is on its way, since the others report as well.
pub(super) fn device(landing: &LandingInvitation, query: LandingQuery) -> Option<&LandingDevice> {
    if landing.devices.len() <= query.after {
        return None;
    }
    let is_on_its_way = |device: &&LandingDevice| matches!(device.state, DeviceState::Pending | DeviceState::Enrolling);
    let on_its_way = landing.devices.iter().find(is_on_its_way).filter(|_| query.after > 0);
    on_its_way.or_else(|| landing.devices.first())
}

fn of_device(device: &LandingDevice, noun: &str) -> LandingStatus {
    let step = device.step.number();
    let (count, label) = (EnrollmentStep::COUNT, device.step.label());
    match device.state {
        DeviceState::Pending => {
            let text =
                format!("Your {noun} answered, but has not gone on yet. Open the agent and follow what it says.");
            told(LandingState::Pending, step, text)
        }
        DeviceState::Enrolling => {
            let missing = missing(&device.missing);
            let text = format!("Your {noun} is connected: step {step} of {count}, {label}.{missing}");
            told(LandingState::Enrolling, step, text)
        }
        DeviceState::Active => told(LandingState::Done, count, format!("You’re done. Your {noun} is enrolled.")),
        DeviceState::PermissionsLost => {
            let missing = missing(&device.missing);
            let text = format!("Your {noun} is enrolled, but the agent lost a permission that it needs.{missing}");
            told(LandingState::Pending, step, text)
        }
        DeviceState::NotSynchronizing => {
            let text = format!("Your {noun} has been silent for a while. Open the agent to bring it back.");
            told(LandingState::Pending, step, text)
        }
        DeviceState::Unenrolled => {
            let text = format!("Your {noun} is no longer enrolled. Follow the steps to enroll it again.");
            told(LandingState::Waiting, 0, text)
        }
    }
}

fn missing(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!(" Still missing: {}.", names.join(", "))
}

fn told(state: LandingState, step: usize, text: String) -> LandingStatus {
    LandingStatus { state, step, steps: EnrollmentStep::COUNT, text }
}
