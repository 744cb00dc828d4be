//! The devices of sample people: their enrollment and the state they end up in.

use super::story::Story;
use crate::{ServiceError, ServiceResult, demo::rng::SeededRng};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, Enrollment, Refusal, Thresholds},
    device::{AgentError, DeviceInfo, DeviceState, EnrollmentStep, Ownership, Platform, command::CommandKind},
    journal::change::{KeyedHash, SealedCredentials},
    protocol::{Battery, CommandResult, Inventory, ProgressReport, ResultStatus, StateReport, Storage},
    types::{hearing::Hearing, ids::DeviceId},
};
use std::collections::BTreeMap;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// The state that a device ends up in.
#[derive(Clone, Copy)]
enum DevicePlan {
    Active,
    Pending,
    Enrolling,
    PermissionsLost,
    Silent,
    Unenrolled,
    Wiped,
    /// Reset, and enrolled again.
    Replaced,
    /// As if it had been enrolled again, but it is in use.
    SeenTwice,
}

/// How often each plan is chosen, in percent.
const PLAN_WEIGHTS: [(DevicePlan, u64); 9] = [
    (DevicePlan::Active, 69),
    (DevicePlan::Pending, 5),
    (DevicePlan::Enrolling, 2),
    (DevicePlan::PermissionsLost, 5),
    (DevicePlan::Silent, 12),
    (DevicePlan::Unenrolled, 4),
    (DevicePlan::Wiped, 1),
    (DevicePlan::Replaced, 1),
    (DevicePlan::SeenTwice, 1),
];

/// Manufacturer, model, platform and OS versions.
type Model = (&'static str, &'static str, Platform, &'static [&'static str]);

const MODELS: &[Model] = &[
    ("Samsung", "Galaxy S24", Platform::Android, &["14", "15", "16"]),
    ("Samsung", "Galaxy A54 5G", Platform::Android, &["13", "14", "15"]),
    ("Samsung", "Galaxy XCover7", Platform::Android, &["14", "15"]),
    ("Samsung", "Galaxy Tab S9", Platform::Android, &["14", "15"]),
    ("Google", "Pixel 8", Platform::Android, &["14", "15", "16"]),
    ("Google", "Pixel 7a", Platform::Android, &["14", "15", "16"]),
    ("Xiaomi", "Redmi Note 13", Platform::Android, &["13", "14"]),
    ("Fairphone", "Fairphone 5", Platform::Android, &["13", "14"]),
    ("Motorola", "moto g84 5G", Platform::Android, &["13", "14"]),
    ("Apple", "iPhone 15", Platform::Ios, &["17.6.1", "18.5"]),
    ("Apple", "iPhone 14", Platform::Ios, &["17.6.1", "18.5"]),
    ("Apple", "iPhone SE", Platform::Ios, &["17.6.1", "18.5"]),
    ("Apple", "iPad Air", Platform::Ipados, &["17.6.1", "18.5"]),
    ("Lenovo", "ThinkPad Tablet", Platform::Linux, &["6.12", "6.18"]),
];

impl DevicePlan {
    /// Chooses a plan by weight.
    fn roll(rng: &mut SeededRng) -> Self {
        let mut roll = rng.below(PLAN_WEIGHTS.iter().map(|(_, weight)| weight).sum());
        for (plan, weight) in PLAN_WEIGHTS {
            if roll < weight {
                return plan;
            }
            roll -= weight;
        }
        Self::Active
    }

    /// Seconds since the last contact. Devices that work reported within the last 15 minutes.
    fn silence(self, rng: &mut SeededRng) -> i64 {
        match self {
            Self::Active | Self::PermissionsLost => rng.seconds(0, 15 * MINUTE_S),
            Self::Enrolling => rng.seconds(0, 10 * MINUTE_S),
            Self::Pending => rng.seconds(20 * MINUTE_S, 30 * DAY_S),
            // Longer than any platform may be.
            Self::Silent => rng.seconds(3 * DAY_S + HOUR_S, 60 * DAY_S),
            Self::Unenrolled | Self::Wiped | Self::Replaced | Self::SeenTwice => rng.seconds(HOUR_S, 60 * DAY_S),
        }
    }
}

/// Adds a device that enrolls after `invited_at` and reaches its planned state by `now`.
pub(super) fn add(
    story: &mut Story,
    sealed: SealedCredentials,
    invited_at: Timestamp,
    now: Timestamp,
) -> ServiceResult<()> {
    // Choose the plan and its times: invited, enrolled, last contact.
    let plan = DevicePlan::roll(&mut story.rng);
    let last_contact = now.plus_seconds(-plan.silence(&mut story.rng)).max(invited_at.plus_seconds(HOUR_S)).min(now);
    let is_stuck = matches!(plan, DevicePlan::Pending | DevicePlan::Enrolling);
    let enrolled_at = if is_stuck {
        last_contact.plus_seconds(-3 * MINUTE_S)
    } else {
        let age = last_contact.seconds_since(invited_at);
        invited_at.plus_seconds(story.rng.seconds(HOUR_S / 2, age.max(HOUR_S)))
    };
    // Enroll, as far as the plan goes.
    let enrollment = enrollment(story)?;
    let platform = enrollment.platform;
    let again = Enrollment { installation: KeyedHash(story.rng.bytes()), ..enrollment.clone() };
    let id = story
        .decide(Actor::Device, enrolled_at, |person, rng, context| decide::enroll(person, &enrollment, rng, context))?;
    match plan {
        DevicePlan::Pending if story.rng.chance(50) => fail(story, id, last_contact)?,
        DevicePlan::Pending => {}
        DevicePlan::Enrolling => progress(story, id, EnrollmentStep::Permissions, None, last_contact)?,
        _ => finish(story, id, platform, enrolled_at.plus_seconds(2 * MINUTE_S), last_contact)?,
    }
    // What happens after the enrollment.
    match plan {
        DevicePlan::PermissionsLost => heartbeat(story, id, false, last_contact)?,
        DevicePlan::Unenrolled => story.decide(Actor::Device, last_contact, |person, _, context| {
            Ok(((), decide::unenroll(person, id, &[], context)?))
        })?,
        DevicePlan::Wiped => wipe(story, id, last_contact)?,
        DevicePlan::Replaced => {
            enroll_again(story, &again, last_contact, now)?;
        }
        DevicePlan::SeenTwice => {
            let newer = enroll_again(story, &again, last_contact, now)?;
            return meet(story, id, newer, now);
        }
        _ => {}
    }
    let thresholds = Thresholds::default();
    let may_be_silent_s = if platform.is_apple() { thresholds.apple_silent_after_s } else { thresholds.silent_after_s };
    let noticed = last_contact.plus_seconds(may_be_silent_s + MINUTE_S);
    record_silence(story, id, if noticed < now { noticed } else { now })?;
    // By state rather than by plan: a device that was invited today cannot have been silent for long.
    let is_lost = story
        .person
        .device(id)
        .is_some_and(|device| matches!(device.state, DeviceState::Pending | DeviceState::NotSynchronizing));
    if is_lost && story.rng.chance(15) {
        renew(story, id, sealed, last_contact.plus_seconds(2 * DAY_S).min(now))?;
    }
    Ok(())
}

fn enrollment(story: &mut Story) -> ServiceResult<Enrollment> {
    let invitation = story.person.invitation.as_ref().ok_or(Refusal::NoActiveInvitation)?.id;
    let rng = &mut story.rng;
    let (manufacturer, model, platform, versions) = *rng.of(MODELS);
    let serial = rng.below(1 << 40);
    Ok(Enrollment {
        invitation_id: invitation,
        known_device: None,
        installation: KeyedHash(rng.bytes()),
        // A random hash: no secret belongs to it, since there is no device.
        secret: KeyedHash(rng.bytes()),
        platform,
        ownership: if rng.chance(60) { Ownership::Company } else { Ownership::Personal },
        capabilities: None,
        agent_version: if platform.is_apple() { "Apple MDM" } else { "1.0.0" }.to_owned(),
        info: DeviceInfo {
            manufacturer: manufacturer.to_owned(),
            model: model.to_owned(),
            os_version: (*rng.of(versions)).to_owned(),
            serial: Some(format!("{}{serial:010X}", &manufacturer[..1])),
        },
    })
}

fn progress(
    story: &mut Story,
    id: DeviceId,
    step: EnrollmentStep,
    error: Option<AgentError>,
    at: Timestamp,
) -> ServiceResult<()> {
    let missing_permissions = (step == EnrollmentStep::Done).then(Vec::new);
    let report = ProgressReport { step, percent: None, missing_permissions, error };
    story.decide(Actor::Device, at, |person, _, context| {
        Ok(((), decide::record_progress(person, id, &report, context)?))
    })
}

/// The enrollment fails with an error of the agent.
fn fail(story: &mut Story, id: DeviceId, at: Timestamp) -> ServiceResult<()> {
    let (code, message) = *story.rng.of(&[
        ("permission_refused", "Location was refused."),
        ("admin_refused", "The person declined device administration."),
        ("network", "The connection was lost."),
    ]);
    let error = AgentError { code: code.to_owned(), message: message.to_owned() };
    progress(story, id, EnrollmentStep::Permissions, Some(error), at)
}

/// An admin wipes the device, and it confirms that.
fn wipe(story: &mut Story, id: DeviceId, at: Timestamp) -> ServiceResult<()> {
    let kind = CommandKind::Wipe { external: false };
    story.decide(Actor::System, at, |person, rng, context| decide::request_command(person, id, kind, rng, context))?;
    let Some(wipe) = story.change.commands.iter().find(|command| command.device_id == id).cloned() else {
        return Err(ServiceError::NotFound);
    };
    let done = CommandResult { status: ResultStatus::Completed, data: None, error: None };
    story.decide(Actor::Device, at, |person, _, context| {
        Ok(((), decide::record_result(person, &wipe, &[], &done, context)?))
    })
}

/// The device is reset and enrolled again, and works until `now`. Returns the device that it is then.
fn enroll_again(story: &mut Story, enrollment: &Enrollment, at: Timestamp, now: Timestamp) -> ServiceResult<DeviceId> {
    let id =
        story.decide(Actor::Device, at, |person, rng, context| decide::enroll(person, enrollment, rng, context))?;
    finish(story, id, enrollment.platform, at.plus_seconds(2 * MINUTE_S), now)?;
    story.decide(Actor::System, now, |person, _, context| {
        Ok(((), decide::replace_same_hardware(person, id, &[], context)?))
    })?;
    Ok(id)
}

/// The device that was taken for replaced is in contact.
fn meet(story: &mut Story, id: DeviceId, newer: DeviceId, now: Timestamp) -> ServiceResult<()> {
    story.decide(Actor::Device, now, |person, _, context| Ok(((), decide::record_contact(person, id, context)?)))?;
    story.decide(Actor::System, now, |person, _, context| {
        Ok(((), decide::note_twin(person, newer, person.device(id), context)?))
    })
}

/// The enrollment finishes, and the device reports until its last contact.
fn finish(
    story: &mut Story,
    id: DeviceId,
    platform: Platform,
    at: Timestamp,
    last_contact: Timestamp,
) -> ServiceResult<()> {
    let at = at.min(last_contact);
    let entries = [("system", "platform", platform.as_str().into()), ("hardware", "cores", 8.into())];
    let mut groups: BTreeMap<String, BTreeMap<String, serde_json::Value>> = BTreeMap::new();
    for (group, key, value) in entries {
        groups.entry(group.to_owned()).or_default().insert(key.to_owned(), value);
    }
    let inventory = Inventory { schema_version: domain::protocol::INVENTORY_SCHEMA, collected_at: None, groups };
    story.decide(Actor::Device, at, |person, _, context| {
        Ok(((), decide::record_inventory(person, id, inventory, "seed".to_owned(), None, context)?))
    })?;
    progress(story, id, EnrollmentStep::Done, None, at)?;
    heartbeat(story, id, true, last_contact)
}

/// A heartbeat, with all permissions or without location.
fn heartbeat(story: &mut Story, id: DeviceId, has_location: bool, at: Timestamp) -> ServiceResult<()> {
    let device = story.person.device(id).ok_or(ServiceError::NotFound)?;
    let seq = device.last_report_seq + 1;
    let permissions = device
        .platform
        .required_permissions()
        .iter()
        .map(|name| ((*name).to_owned(), has_location || *name != "location"));
    let permissions = permissions.collect();
    let total_bytes = 128_000_000_000;
    let report = StateReport {
        seq,
        battery: Some(Battery {
            level: u8::try_from(story.rng.below(101)).unwrap_or(100),
            charging: story.rng.chance(30),
        }),
        network: Some(if story.rng.chance(70) { "wifi" } else { "cellular" }.to_owned()),
        storage: Some(Storage { total_bytes, free_bytes: story.rng.below(total_bytes) }),
        permissions: Some(permissions),
        admin_active: None,
        ..StateReport::default()
    };
    story.decide(Actor::Device, at, |person, _, context| Ok(((), decide::record_state(person, id, report, context)?)))
}

fn record_silence(story: &mut Story, id: DeviceId, at: Timestamp) -> ServiceResult<()> {
    story.decide(Actor::System, at, |person, _, context| {
        Ok(((), decide::record_silence(person, id, &[], Thresholds::default(), &Hearing::default(), context)?))
    })
}

/// A renewal is mailed, and the person does not react.
fn renew(story: &mut Story, id: DeviceId, sealed: SealedCredentials, at: Timestamp) -> ServiceResult<()> {
    story.decide(Actor::System, at, |person, rng, context| {
        Ok(((), decide::renew_device(person, id, sealed, rng, context)?))
    })?;
    story.send_mails(at.plus_seconds(2), None)
}
