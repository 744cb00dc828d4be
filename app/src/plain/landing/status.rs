//! The status of the device of a landing page, in the same words for the page and for its polling script.

use super::{LandingQuery, language_of, platform::noun};
use domain::{
    device::{DeviceState, EnrollmentStep},
    invitation::DeactivationReason,
};
use i18n::{Arg, Language};
use serde::Serialize;
use service::enrollment::landing::{AppleProgress, LandingDevice, LandingInvitation};

/// The state of the device of a landing page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LandingState {
    /// No device has connected.
    Waiting,
    /// A device connected, and then its enrollment stopped.
    Pending,
    /// Information is arriving.
    Enrolling,
    /// The device is enrolled.
    Done,
    /// The invitation enrolls nothing any more.
    Inactive,
}

impl LandingState {
    /// Its word in JSON.
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
    /// The state of the device.
    pub state: LandingState,
    /// The step that it has reached, counted from 1; 0 before a device has connected.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// One sentence for the person.
    pub text: String,
}

/// The status of the device that the page is about.
pub fn status(landing: &LandingInvitation, query: LandingQuery) -> LandingStatus {
    let language = language_of(landing, query);
    let noun = noun(landing.acceptance.map(|accepted| accepted.platform));
    let is_apple = landing.apple.is_some();
    match device(landing, query) {
        None => landing_status(LandingState::Waiting, 0, waiting(landing, noun, language)),
        Some(device) => of_device(device, is_apple, noun, language),
    }
}

/// What is said while no device has connected. On an iPhone the profile and the certificate come first.
fn waiting(landing: &LandingInvitation, noun: (&str, Arg<'_>), language: Language) -> String {
    match landing.apple.map(|apple| apple.progress) {
        Some(AppleProgress::Fetched { minutes_left }) => {
            language.text_with("status-fetched", &[noun, ("minutes", minutes_left.into())])
        }
        Some(AppleProgress::Lapsed) => language.text("status-lapsed"),
        Some(AppleProgress::Issued) => language.text_with("status-issued", &[noun]),
        Some(AppleProgress::Unfinished) => language.text_with("status-unfinished", &[noun]),
        Some(AppleProgress::Nothing) | None => language.text_with("status-waiting", &[noun]),
    }
}

/// The status of an invitation that enrolls nothing any more, in the language of the page or of the browser's
/// `accept_language`.
pub fn status_inactive(reason: DeactivationReason, query: LandingQuery, accept_language: &str) -> LandingStatus {
    let text = query.language(accept_language).text(&format!("{}-status", reason.as_str()));
    landing_status(LandingState::Inactive, 0, text)
}

/// The device that the page is about: the newest. A page that waits for another device takes the one that is being
/// enrolled, since the others report as well.
pub(super) fn device(landing: &LandingInvitation, query: LandingQuery) -> Option<&LandingDevice> {
    if landing.devices.len() <= query.after {
        return None;
    }
    let is_on_its_way = |device: &&LandingDevice| matches!(device.state, DeviceState::Pending | DeviceState::Enrolling);
    let on_its_way = landing.devices.iter().find(is_on_its_way).filter(|_| query.after > 0);
    on_its_way.or_else(|| landing.devices.first())
}

fn of_device(device: &LandingDevice, is_apple: bool, noun: (&str, Arg<'_>), language: Language) -> LandingStatus {
    let (step, steps) = (device.step.number(), EnrollmentStep::COUNT);
    let text = |key| language.text_with(key, &[noun]);
    match device.state {
        DeviceState::Pending => {
            // There is no agent to open.
            let key = if is_apple { "status-pending-apple" } else { "status-pending" };
            landing_status(LandingState::Pending, step, text(key))
        }
        DeviceState::Enrolling => {
            let label = language.text(&format!("step-{}", device.step.as_str()));
            let args = [noun, ("step", step.into()), ("steps", steps.into()), ("label", (&label).into())];
            let text = language.text_with("status-enrolling", &args);
            landing_status(LandingState::Enrolling, step, text + &missing(device, language))
        }
        DeviceState::Active => landing_status(LandingState::Done, steps, text("status-done")),
        DeviceState::PermissionsLost => {
            let args = [noun, ("count", device.missing.len().into())];
            let text = language.text_with("status-permissions-lost", &args);
            landing_status(LandingState::Pending, step, text + &missing(device, language))
        }
        DeviceState::NotSynchronizing => {
            let key = if is_apple { "status-silent-apple" } else { "status-silent" };
            landing_status(LandingState::Pending, step, text(key))
        }
        DeviceState::Unenrolled | DeviceState::Wiped | DeviceState::Replaced => {
            landing_status(LandingState::Waiting, 0, text("status-unenrolled"))
        }
    }
}

/// What is missing, as a sentence after a space; empty when nothing is.
fn missing(device: &LandingDevice, language: Language) -> String {
    if device.missing.is_empty() {
        return String::new();
    }
    let names: Vec<_> = device.missing.iter().map(|name| missing_name(name, language)).collect();
    let names = language.list(&names);
    let args = [("names", (&names).into()), ("count", device.missing.len().into())];
    format!(" {}", language.text_with("status-missing", &args))
}

/// The name of what is missing. A permission that only the agent knows keeps the agent's name for it.
pub(super) fn missing_name(name: &str, language: Language) -> String {
    language.find(&format!("missing-{}", name.replace([' ', '_'], "-"))).unwrap_or_else(|| name.to_owned())
}

fn landing_status(state: LandingState, step: usize, text: String) -> LandingStatus {
    LandingStatus { state, step, steps: EnrollmentStep::COUNT, text }
}
