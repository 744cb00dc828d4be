//! A phone arrives (`Authenticate`): it wants to be managed. From here on its device exists.

use crate::{
    aggregate::PersonAggregate,
    apple::{
        AccessRights, AppleEnrollment, EnrollmentState, Identity, IdentityChange, PushState, Sealed, capabilities,
    },
    decide::{
        Context, Enrollment, Refusal, command::cancel_all, draft::Draft, enroll::enroll_in, open::draft_for_invitation,
    },
    device::{DeviceInfo, command::Command},
    journal::change::{Change, KeyedHash},
    types::ids::{DeviceId, IdGenerator, InvitationId},
};

/// What the devices' *agent* is called that are managed by the system itself.
const AGENT: &str = "Apple MDM";

/// A phone that wants to be managed.
#[derive(Clone, Debug)]
pub struct PhoneArrival {
    /// The invitation that its certificate was issued for.
    pub invitation_id: InvitationId,
    /// Its certificate.
    pub identity: Identity,
    /// Finds the phone by its UDID.
    pub udid_hash: KeyedHash,
    /// Its UDID.
    pub udid: Sealed,
    /// The topic that it listens for.
    pub topic: String,
    /// Hash of its installation id, which is made from its UDID.
    pub installation: KeyedHash,
    /// Hash of a secret that nobody knows: it is no device with an agent.
    pub secret: KeyedHash,
    /// What it reports about itself.
    pub info: DeviceInfo,
}

/// What is known of the phone already, for this person.
#[derive(Clone, Debug, Default)]
pub struct KnownPhone {
    /// The device that it was enrolled as.
    pub device: Option<DeviceId>,
    /// The enrollment of that device.
    pub enrollment: Option<AppleEnrollment>,
    /// The open commands of that device.
    pub open: Vec<Command>,
}

impl PhoneArrival {
    /// The enrollment of its device.
    pub fn enrollment(&self, known_device: Option<DeviceId>) -> Enrollment {
        Enrollment {
            invitation_id: self.invitation_id,
            known_device,
            installation: self.installation,
            secret: self.secret,
            platform: self.identity.platform,
            ownership: self.identity.ownership,
            capabilities: Some(capabilities(AccessRights(self.identity.rights), false, false)),
            agent_version: AGENT.to_owned(),
            info: self.info.clone(),
        }
    }
}

/// Enrolls a phone that wants to be managed. It cannot be reached yet. One that is known starts over: what was requested of
/// it before does not run after it, and how it was reached is forgotten.
///
/// Returns the device's id with the change; an empty change when the phone says the same again.
///
/// # Errors
/// The invitation is not active.
pub fn authenticate(
    aggregate: &PersonAggregate,
    arrival: &PhoneArrival,
    known: &KnownPhone,
    ids: &mut dyn IdGenerator,
    context: &Context,
) -> Result<(DeviceId, Change), Refusal> {
    let mut draft = draft_for_invitation(aggregate, arrival.invitation_id, context)?;
    if let Some(id) = is_repeated(aggregate, arrival, known) {
        return Ok((id, Change::default()));
    }
    if let Some(device) = known.device.and_then(|id| draft.current.device(id).cloned()) {
        cancel_all(&mut draft, &device, &known.open);
    }
    let id = enroll_in(&mut draft, &arrival.enrollment(known.device), ids);
    draft.edit_device(id, |device| device.certificate_until = Some(arrival.identity.not_after));
    begin(&mut draft, id, arrival, known);
    Ok((id, draft.into_change()))
}

/// The answer was lost: the phone asks again with the same certificate.
fn is_repeated(aggregate: &PersonAggregate, arrival: &PhoneArrival, known: &KnownPhone) -> Option<DeviceId> {
    let enrollment = known.enrollment.as_ref()?;
    let is_same = enrollment.state == EnrollmentState::Authenticated
        && enrollment.cert_hash == arrival.identity.cert_hash
        && enrollment.udid_hash == arrival.udid_hash;
    known.device.filter(|id| is_same && *id == enrollment.device_id && aggregate.device(*id).is_some())
}

fn begin(draft: &mut Draft<'_>, id: DeviceId, arrival: &PhoneArrival, known: &KnownPhone) {
    let now = draft.now();
    let before = known.enrollment.as_ref().filter(|enrollment| enrollment.device_id == id);
    draft.change.apple_enrollments.push(AppleEnrollment {
        device_id: id,
        udid_hash: arrival.udid_hash,
        state: EnrollmentState::Authenticated,
        topic: arrival.topic.clone(),
        cert_hash: arrival.identity.cert_hash,
        push_due_at: None,
        udid: Some(arrival.udid.clone()),
        address: None,
        unlock_token: None,
        rights: arrival.identity.rights,
        is_supervised: None,
        authenticated_at: now,
        enrolled_at: None,
        idle_at: None,
        cert_not_after: arrival.identity.not_after,
        push: PushState::default(),
        misused_at: None,
        renewal: None,
        version: before.map_or(0, |enrollment| enrollment.version),
    });
    draft.change.apple_identities.push(IdentityChange::Bind {
        cert: arrival.identity.cert_hash,
        device_id: id,
        at: now,
    });
}
