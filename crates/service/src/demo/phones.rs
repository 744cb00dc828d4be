//! The devices of sample people: how they enroll, and what becomes of them.

use super::story::Story;
use crate::{ServiceError, ServiceResult, demo::rng::SeededRng};
use domain::{
    Timestamp,
    actor::Actor,
    decide::{self, Enrollment, Refusal, Thresholds},
    device::{AgentError, DeviceInfo, DeviceState, EnrollmentStep, Ownership, Platform},
    journal::change::{KeyedHash, SealedCredentials},
    protocol::{Battery, Inventory, ProgressReport, StateReport, Storage},
    types::ids::DeviceId,
};
use std::collections::BTreeMap;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// What becomes of a device.
#[derive(Clone, Copy)]
pub(super) enum RowPlan {
    Active,
    Pending,
    Enrolling,
    PermissionsLost,
    Silent,
    Unenrolled,
}

/// About how often it happens, in percent.
const FATES: [(RowPlan, u64); 6] = [
    (RowPlan::Active, 72),
    (RowPlan::Pending, 5),
    (RowPlan::Enrolling, 2),
    (RowPlan::PermissionsLost, 5),
    (RowPlan::Silent, 12),
    (RowPlan::Unenrolled, 4),
];

/// Maker, model, platform and versions of the system.
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

impl RowPlan {
    fn roll(rng: &mut SeededRng) -> Self {
        let mut roll = rng.below(FATES.iter().map(|(_, weight)| weight).sum());
        for (plan, weight) in FATES {
            if roll < weight {
                return plan;
            }
            roll -= weight;
        }
        Self::Active
    }

    /// Seconds since the last contact. Those that work reported within the last quarter of an hour.
    fn silence(self, rng: &mut SeededRng) -> i64 {
        match self {
            Self::Active | Self::PermissionsLost => rng.seconds(0, 15 * MINUTE_S),
            Self::Enrolling => rng.seconds(0, 10 * MINUTE_S),
            Self::Pending => rng.seconds(20 * MINUTE_S, 30 * DAY_S),
            Self::Silent => rng.seconds(DAY_S + HOUR_S, 60 * DAY_S),
            Self::Unenrolled => rng.seconds(HOUR_S, 60 * DAY_S),
        }
    }
}

/// Adds a device that enrolled after `invited_at`, and lets its plan come true by `now`.
pub(super) fn add(
    story: &mut Story,
    sealed: SealedCredentials,
    invited_at: Timestamp,
    now: Timestamp,
) -> ServiceResult<()> {
    let plan = RowPlan::roll(&mut story.rng);
    let last_contact = now.plus_seconds(-plan.silence(&mut story.rng)).max(invited_at.plus_seconds(HOUR_S)).min(now);
    let is_stuck = matches!(plan, RowPlan::Pending | RowPlan::Enrolling);
    let enrolled_at = if is_stuck {
        last_contact.plus_seconds(-3 * MINUTE_S)
    } else {
        let age = last_contact.seconds_since(invited_at);
        invited_at.plus_seconds(story.rng.seconds(HOUR_S / 2, age.max(HOUR_S)))
    };
    let enrollment = enrollment(story)?;
    let platform = enrollment.platform;
    let id = story
        .decide(Actor::Device, enrolled_at, |person, rng, context| decide::enroll(person, &enrollment, rng, context))?;
    match plan {
        RowPlan::Pending if story.rng.chance(50) => fail(story, id, last_contact)?,
        RowPlan::Pending => {}
        RowPlan::Enrolling => progress(story, id, EnrollmentStep::Permissions, None, last_contact)?,
        _ => finish(story, id, platform, enrolled_at.plus_seconds(2 * MINUTE_S), last_contact)?,
    }
    match plan {
        RowPlan::PermissionsLost => beat(story, id, false, last_contact)?,
        RowPlan::Unenrolled => story.decide(Actor::Device, last_contact, |person, _, context| {
            Ok(((), decide::unenroll(person, id, &[], context)?))
        })?,
        _ => {}
    }
    let noticed = last_contact.plus_seconds(DAY_S + MINUTE_S);
    record_silence(story, id, if noticed < now { noticed } else { now })?;
    // One that was invited today cannot have been silent for long.
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
        // Nobody has this device's secret: there is no device.
        secret: KeyedHash(rng.bytes()),
        platform,
        ownership: if rng.chance(60) { Ownership::Company } else { Ownership::Personal },
        capabilities: None,
        agent_version: "1.0.0".to_owned(),
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

/// The enrollment stops with a reason.
fn fail(story: &mut Story, id: DeviceId, at: Timestamp) -> ServiceResult<()> {
    let (code, message) = *story.rng.of(&[
        ("permission_refused", "Location was refused."),
        ("admin_refused", "The person declined device administration."),
        ("network", "The connection was lost."),
    ]);
    let error = AgentError { code: code.to_owned(), message: message.to_owned() };
    progress(story, id, EnrollmentStep::Permissions, Some(error), at)
}

/// The enrollment comes to its end, and the device goes on reporting.
fn finish(
    story: &mut Story,
    id: DeviceId,
    platform: Platform,
    at: Timestamp,
    last_contact: Timestamp,
) -> ServiceResult<()> {
    let at = at.min(last_contact);
    let facts = [("system", "platform", platform.as_str().into()), ("hardware", "cores", 8.into())];
    let mut groups: BTreeMap<String, BTreeMap<String, serde_json::Value>> = BTreeMap::new();
    for (group, fact, value) in facts {
        groups.entry(group.to_owned()).or_default().insert(fact.to_owned(), value);
    }
    let inventory = Inventory { schema_version: domain::protocol::INVENTORY_SCHEMA, groups };
    story.decide(Actor::Device, at, |person, _, context| {
        Ok(((), decide::record_inventory(person, id, inventory, "seed".to_owned(), None, context)?))
    })?;
    progress(story, id, EnrollmentStep::Done, None, at)?;
    beat(story, id, true, last_contact)
}

/// A heartbeat, with all permissions or without one of them.
fn beat(story: &mut Story, id: DeviceId, has_location: bool, at: Timestamp) -> ServiceResult<()> {
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
        Ok(((), decide::record_silence(person, id, Thresholds::default(), context)?))
    })
}

/// A renewal is mailed, and nothing comes of it.
fn renew(story: &mut Story, id: DeviceId, sealed: SealedCredentials, at: Timestamp) -> ServiceResult<()> {
    story.decide(Actor::System, at, |person, rng, context| {
        Ok(((), decide::renew_device(person, id, sealed, rng, context)?))
    })?;
    story.send_mails(at.plus_seconds(2), None)
}
