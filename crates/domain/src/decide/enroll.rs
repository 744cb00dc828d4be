//! Enrolls devices: new ones, and known ones that enroll again.

use super::{
    Context, Refusal,
    draft::Draft,
    open::{draft_for_invitation, mark_opened},
    pace::forget_turned_away,
};
use crate::{
    Timestamp,
    aggregate::PersonAggregate,
    device::{
        Device, DeviceInfo, DeviceState, EnrollmentStep, Ownership, PendingWipe, Platform, Progress,
        ReportedCapabilities, capabilities::Capabilities, hardware::Relatives, lost::LostMode, required_permissions,
    },
    invitation::OpenSignal,
    journal::{
        EventKind,
        change::{Change, KeyedHash},
    },
    types::{
        ids::{DeviceId, IdGenerator, InvitationId, SlotId},
        text::clean_device_text,
    },
};

/// A device that asks to be enrolled.
#[derive(Clone, Debug)]
pub struct Enrollment {
    /// The invitation that its credential belongs to.
    pub invitation_id: InvitationId,
    /// The device of this person that has the same installation id, if there is one.
    pub known_device: Option<DeviceId>,
    /// Hash of its installation id.
    pub installation: KeyedHash,
    /// Hash of the secret that it will get.
    pub secret: KeyedHash,
    /// Its platform.
    pub platform: Platform,
    /// Who owns it.
    pub ownership: Ownership,
    /// What it can do, if it reported that.
    pub capabilities: Option<Capabilities>,
    /// Version of the agent.
    pub agent_version: String,
    /// What it reports about itself.
    pub info: DeviceInfo,
}

/// Enrolls a device: the invitation item becomes its row, or a new row appears when another device already has that
/// row. A known installation id enrolls the same device again, in its own row, so that a retry makes no second device.
///
/// Returns the device's id with the change.
///
/// # Errors
/// The invitation is not active.
pub fn enroll(
    aggregate: &PersonAggregate,
    enrollment: &Enrollment,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<(DeviceId, Change), Refusal> {
    let mut draft = draft_for_invitation(aggregate, enrollment.invitation_id, context)?;
    let id = enroll_in(&mut draft, enrollment, ids);
    Ok((id, draft.into_change()))
}

/// Enrolls a device, as [`enroll`] does; the invitation is active.
pub(super) fn enroll_in(draft: &mut Draft<'_>, enrollment: &Enrollment, ids: &mut dyn IdGenerator) -> DeviceId {
    // Using the credentials is proof of a person, even if the landing page was never opened.
    mark_opened(draft, OpenSignal::Credential);
    forget_turned_away(draft);
    // A device that was deleted since is enrolled as a new one.
    let known = enrollment.known_device.filter(|id| draft.current.device(*id).is_some());
    let id = match known {
        Some(id) => {
            reenroll(draft, id, enrollment);
            id
        }
        None => enroll_new(draft, enrollment, ids),
    };
    draft.change.secrets.push((id, enrollment.secret));
    id
}

fn enroll_new(draft: &mut Draft<'_>, enrollment: &Enrollment, ids: &mut dyn IdGenerator) -> DeviceId {
    let id = DeviceId(ids.new_uuid());
    // The first device takes over the row of the invitation item; each further one gets a row of its own.
    let slot_id = match draft.current.item_slot(enrollment.invitation_id) {
        Some(slot) => slot.id,
        None => draft.open_slot(SlotId(ids.new_uuid()), enrollment.invitation_id).id,
    };
    let slot = draft.edit_slot(slot_id, |slot| slot.device_id = Some(id));
    let device = new_device(id, draft.current.person.id, slot_id, enrollment, draft.now());
    draft.current.devices.push(device.clone());
    draft.change.installations.push((id, enrollment.installation));
    if let Some(slot) = slot {
        draft.slot_event(&slot, EventKind::SlotBecameDevice);
    }
    let contacted = EventKind::DeviceContacted {
        platform: device.platform,
        ownership: device.ownership,
        model: device.info.name().unwrap_or_default(),
    };
    draft.device_event(&device, contacted);
    id
}

fn reenroll(draft: &mut Draft<'_>, id: DeviceId, enrollment: &Enrollment) {
    let now = draft.now();
    let Some(known) = draft.current.device(id).cloned() else { return };
    if known.invitation_id != enrollment.invitation_id {
        rebind(draft, &known, enrollment.invitation_id);
    }
    // Everything starts over, except what belongs to the device rather than to this enrollment.
    let device = draft.edit_device(id, |device| {
        let fresh = new_device(id, device.person_id, device.slot_id, enrollment, now);
        let renewal = device.renewal.map(|mut renewal| {
            renewal.answered_at.get_or_insert(now);
            renewal
        });
        // A thief must not end lost mode by enrolling the device again.
        let lost = std::mem::take(&mut device.lost);
        *device = Device {
            created_at: device.created_at,
            known_since: device.known_since.or(device.enrolled_at),
            renewal,
            lost,
            // It was not erased, whatever it had begun with.
            wipe: device.wipe.map(|wipe| PendingWipe { acknowledged_at: None, ..wipe }),
            relatives: Relatives { replaces: device.relatives.replaces, ..Relatives::default() },
            version: device.version,
            ..fresh
        };
    });
    if let Some(device) = device {
        let model = device.info.name().unwrap_or_default();
        draft.device_event(&device, EventKind::DeviceReenrolled { model });
    }
}

/// Moves a device and its row to another invitation of the person. That invitation has a device now, so its item is
/// removed.
fn rebind(draft: &mut Draft<'_>, device: &Device, to: InvitationId) {
    if let Some(item) = draft.current.item_slot(to).map(|s| s.id) {
        draft.close_slot(item);
    }
    rebind_device(draft, device, to);
}

/// Gives a device and its row another invitation of the person.
pub(super) fn rebind_device(draft: &mut Draft<'_>, device: &Device, to: InvitationId) {
    draft.edit_slot(device.slot_id, |slot| slot.invitation_id = to);
    if let Some(rebound) = draft.edit_device(device.id, |d| d.invitation_id = to) {
        draft.device_event(&rebound, EventKind::DeviceRebound { from: device.invitation_id });
    }
}

fn new_device(
    id: DeviceId,
    person_id: crate::types::ids::PersonId,
    slot_id: SlotId,
    enrollment: &Enrollment,
    now: Timestamp,
) -> Device {
    let reported = enrollment.capabilities.clone().map(Capabilities::cleaned);
    // Until the agent reports otherwise, every required permission is missing.
    let required = required_permissions(enrollment.platform, reported.as_ref());
    Device {
        id,
        person_id,
        invitation_id: enrollment.invitation_id,
        slot_id,
        state: DeviceState::Pending,
        state_since: now,
        platform: enrollment.platform,
        ownership: enrollment.ownership,
        agent_version: clean_device_text(&enrollment.agent_version),
        info: clean_info(&enrollment.info),
        progress: Progress { step: EnrollmentStep::Contacted, percent: None, error: None },
        missing_permissions: required.into_iter().map(str::to_owned).collect(),
        capabilities: reported.map(|reported| ReportedCapabilities { at: now, reported }),
        lost: LostMode::default(),
        wipe: None,
        imeis: Vec::new(),
        relatives: Relatives::default(),
        inventory_at: None,
        enrolled_at: None,
        known_since: None,
        created_at: now,
        last_contact_at: now,
        last_report_seq: 0,
        renewal: None,
        push_trouble: None,
        certificate_until: None,
        unenrollment: None,
        deleted_at: None,
        version: 0,
    }
}

fn clean_info(info: &DeviceInfo) -> DeviceInfo {
    let serial = info.serial.as_deref().map(clean_device_text).filter(|s| !s.is_empty());
    DeviceInfo {
        manufacturer: clean_device_text(&info.manufacturer),
        model: clean_device_text(&info.model),
        os_version: clean_device_text(&info.os_version),
        serial,
    }
}
