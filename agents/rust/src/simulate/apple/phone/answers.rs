//! What a phone does with a command, and answers.

use super::{Phone, identity::now};
use apple::{
    command::{Command, Request},
    profile::{EnrollmentProfile, Right},
    report::{DeviceInformation, ErrorItem, Location, LockResult, Report, Status, UNKNOWN_REQUEST},
};

/// Codes of errors in the domain `MCMDMErrorDomain`. Apple names the first three.
const NOT_AUTHORIZED: i64 = 12007;
const INVALID_REPLACEMENT: i64 = 12009;
const NOT_MANAGED: i64 = 12013;
/// Apple does not say which number it is.
const NOT_LOST: i64 = 12078;

/// What else comes of a command.
pub enum Effect {
    /// Nothing.
    Nothing,
    /// The phone is erased.
    Erased,
    /// The profile is removed.
    Removed,
    /// The profile is to be replaced, before the answer is sent.
    Replace(Box<EnrollmentProfile>),
}

/// Does what a command asks for. With [`Effect::Replace`] the answer is the one for success.
pub fn answer(phone: &mut Phone, command: &Command) -> (Report, Effect) {
    let mut report = phone.plain_report(Status::Acknowledged, Some(command.uuid));
    match carry_out(phone, &command.request, &mut report) {
        Ok(effect) => (report, effect),
        Err(refusal) => {
            (refused(phone.plain_report(Status::Error, Some(command.uuid)), refusal.0, refusal.1), Effect::Nothing)
        }
    }
}

/// A code and its text.
type Refusal = (i64, &'static str);

/// The answer that the phone does not.
pub fn refused(report: Report, code: i64, text: &str) -> Report {
    let error = ErrorItem {
        code: Some(code),
        domain: Some("MCMDMErrorDomain".to_owned()),
        localized: Some(text.to_owned()),
        english: Some(text.to_owned()),
    };
    Report { status: Status::Error, errors: vec![error], ..report }
}

/// The answer that a profile was not replaced.
pub fn not_replaced(report: Report) -> Report {
    refused(report, INVALID_REPLACEMENT, "The profile could not be installed.")
}

fn carry_out(phone: &mut Phone, request: &Request, report: &mut Report) -> Result<Effect, Refusal> {
    match request {
        Request::DeviceInformation { queries } => {
            allowed(phone, Right::DeviceInformation)?;
            report.information = Some(facts(phone).only(queries));
        }
        Request::SecurityInfo => {
            allowed(phone, Right::Security)?;
            report.security = Some(phone.plan.security());
        }
        Request::DeviceLock { .. } => {
            allowed(phone, Right::Lock)?;
            report.lock = Some(match (phone.is_lost, phone.plan.has_passcode) {
                (true, _) => LockResult::DeviceInLostMode,
                (false, true) => LockResult::Success,
                (false, false) => LockResult::NoPasscodeSet,
            });
            phone.is_locked = true;
        }
        Request::EraseDevice { .. } => {
            allowed(phone, Right::Erase)?;
            return Ok(Effect::Erased);
        }
        Request::EnableLostMode(_) => {
            supervised(phone)?;
            phone.is_lost = true;
        }
        Request::DisableLostMode => {
            lost(phone)?;
            phone.is_lost = false;
        }
        Request::PlayLostModeSound => lost(phone)?,
        Request::DeviceLocation => {
            lost(phone)?;
            report.location = Some(location(phone));
        }
        Request::InstallProfile { payload } => return replacement(phone, payload.expose()),
        Request::RemoveProfile { identifier } => {
            let own = phone.managed.as_ref().is_some_and(|managed| managed.profile.identifier == *identifier);
            return if own { Ok(Effect::Removed) } else { Err((NOT_MANAGED, "The profile is not managed.")) };
        }
        Request::Other { .. } => return Err((UNKNOWN_REQUEST, "The request is not a valid request type.")),
    }
    Ok(Effect::Nothing)
}

fn allowed(phone: &Phone, right: Right) -> Result<(), Refusal> {
    let has = phone.managed.as_ref().is_some_and(|managed| managed.profile.rights.has(right));
    if has { Ok(()) } else { Err((NOT_AUTHORIZED, "The server is not authorized to do this.")) }
}

/// Phones that are not supervised say that there is no such request.
fn supervised(phone: &Phone) -> Result<(), Refusal> {
    let refusal = (UNKNOWN_REQUEST, "EnableLostMode is not a valid request type.");
    if phone.plan.is_supervised { Ok(()) } else { Err(refusal) }
}

fn lost(phone: &Phone) -> Result<(), Refusal> {
    supervised(phone)?;
    if phone.is_lost { Ok(()) } else { Err((NOT_LOST, "The device is not in lost mode.")) }
}

/// What the phone knows about itself, and may tell.
fn facts(phone: &mut Phone) -> DeviceInformation {
    let drained = f64::from(u8::try_from(phone.rng.between(0, 2)).unwrap_or_default()) / 100.0;
    let facts = &mut phone.plan.facts;
    facts.battery = facts.battery.map(|level| if level > 0.05 { level - drained } else { 1.0 });
    let mut facts = DeviceInformation {
        supervised: Some(phone.plan.is_supervised),
        lost_mode: Some(phone.is_lost),
        ..facts.clone()
    };
    if allowed(phone, Right::NetworkInformation).is_err() {
        facts.subscriptions.clear();
        (facts.wifi_mac, facts.bluetooth_mac) = (None, None);
    }
    facts
}

fn location(phone: &mut Phone) -> Location {
    let mut few = |most| f64::from(u16::try_from(phone.rng.between(0, most)).unwrap_or_default());
    let (step, accuracy) = (few(20) / 100_000.0, 5.0 + few(60));
    let (latitude, longitude) = phone.plan.place;
    Location {
        latitude: latitude + step,
        longitude: longitude - step,
        horizontal_accuracy: Some(accuracy),
        vertical_accuracy: None,
        altitude: None,
        speed: None,
        course: None,
        at: Some(now()),
    }
}

/// The profile that takes the place of the one that the phone has. What iOS compares has to be the same, and rights do not
/// grow.
fn replacement(phone: &Phone, payload: &[u8]) -> Result<Effect, Refusal> {
    allowed(phone, Right::InstallProfiles)?;
    let invalid = |text| (INVALID_REPLACEMENT, text);
    let new = EnrollmentProfile::read(payload).map_err(|_| invalid("The profile cannot be read."))?;
    let old = phone.managed.as_ref().map(|managed| &managed.profile);
    let old = old.filter(|old| old.identifier == new.identifier).ok_or(invalid("A second MDM profile."))?;
    let same = (&old.server_url, &old.check_in_url, &old.topic, &old.uuid)
        == (&new.server_url, &new.check_in_url, &new.topic, &new.uuid);
    if !same {
        return Err(invalid("The new MDM payload does not match the old payload."));
    }
    if new.rights.narrowed_to(old.rights) != new.rights {
        return Err(invalid("The new MDM payload has more access rights."));
    }
    Ok(Effect::Replace(Box::new(new)))
}
