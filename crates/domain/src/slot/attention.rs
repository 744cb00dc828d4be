//! Why a row is stuck, and the next best action.

use crate::{
    Timestamp,
    device::PushTrouble,
    invitation::Delivery,
    slot::{SlotDevice, SlotRow, SlotStatus},
    types::text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

/// An unopened mail needs attention after this time, in seconds: two days.
pub const UNOPENED_AFTER_S: i64 = 2 * 24 * 3600;
/// An opened invitation without a device is stuck after this time, in seconds: one hour, far more than the two minutes
/// that an enrollment takes.
pub const OPENED_WITHOUT_DEVICE_AFTER_S: i64 = 3600;
/// A device that has been "Pending…" for this long is stuck, in seconds: five minutes.
pub const PENDING_AFTER_S: i64 = 300;
/// An unanswered renewal counts as without effect after this time, in seconds: one day.
pub const RENEW_UNANSWERED_AFTER_S: i64 = 24 * 3600;
/// A certificate that a phone should have renewed long ago needs attention this long before its end, in seconds: 30 days.
pub const CERTIFICATE_WARNING_S: i64 = 30 * 24 * 3600;

text_enum! {
    /// Why a row needs attention.
    Cause {
        /// The mail server refused the mail.
        MailFailed = "mail_failed", "Mail failed";
        /// Nobody opened the mail.
        NotOpened = "not_opened", "Sent but not opened";
        /// Opened, but no device connected.
        NoDevice = "no_device", "Opened but no device";
        /// The person chose an iPhone or iPad, and there is no push certificate.
        PushCertificate = "push_certificate", "No push certificate";
        /// The enrollment stopped.
        Pending = "pending", "Pending";
        /// The agent lost permissions.
        PermissionsLost = "permissions_lost", "Permissions lost";
        /// The device is silent.
        NotSynchronizing = "not_synchronizing", "Not synchronizing";
        /// A renewal had no effect.
        RenewedWithoutEffect = "renewed_without_effect", "Renewed without effect";
        /// Two devices in use have the same serial number or IMEI.
        SeenTwice = "seen_twice", "Same device twice";
        /// The push service says that the phone is not there any more.
        NotReachable = "not_reachable", "Not reachable";
        /// The phone listens for another push certificate than ours.
        OldTopic = "old_topic", "Old push certificate";
        /// The certificate expires that the phone signs with, and the phone did not renew it.
        CertificateExpires = "certificate_expires", "Certificate expires";
        /// Too many devices came by one invitation within an hour.
        TurnedAway = "turned_away", "Devices turned away";
    }
}

text_enum! {
    /// What to do about it.
    NextStep {
        /// Correct the email, then resend.
        CorrectEmail = "correct_email", "Correct the email";
        /// Send the invitation mail again.
        Resend = "resend", "Resend";
        /// Send the renewal mail.
        Renew = "renew", "Renew";
        /// Call the person.
        Contact = "contact", "Contact the person";
        /// Look at the other device, and delete the one that is gone.
        Compare = "compare", "Show the other device";
        /// Upload a push certificate.
        SetUpApple = "set_up_apple", "Set up Apple devices";
        /// Let the invitation enroll any number of devices at once, if they are the person's.
        LiftPace = "lift_pace", "Lift the limit";
    }
}

/// Why a row is stuck, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Why.
    pub cause: Cause,
    /// One plain sentence.
    pub sentence: String,
    /// What to do.
    pub next: NextStep,
}

/// Which causes will apply to a row as time passes, if nothing else changes it. It does not depend on the current time,
/// so it is stored with the row, and rows can be filtered and counted by the cause that applies at any moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttentionPlan {
    /// From when on the row needs attention, and why.
    pub first: Option<(Timestamp, Cause)>,
    /// From when on a second cause replaces the first; always later than `first`, and `None` when that is.
    pub then: Option<(Timestamp, Cause)>,
}

impl AttentionPlan {
    /// The plan of a row.
    pub fn of(row: &SlotRow) -> Self {
        // It outranks everything: a link may be in the wrong hands.
        if let Some(at) = row.turned_away_at {
            return Self { first: Some((at, Cause::TurnedAway)), then: None };
        }
        let Some(device) = &row.device else {
            // An invitation item has one cause at most.
            return Self { first: of_invitation(row), then: None };
        };
        // Nothing can be done about hardware that is enrolled as another device. Where it is not clear which one that is,
        // this explains the rest: the older of the two falls silent.
        if row.status == SlotStatus::Replaced {
            return Self::default();
        }
        if let Some(twin) = device.relatives.twin {
            return Self { first: Some((twin.at, Cause::SeenTwice)), then: None };
        }
        let unanswered = device
            .renew_requested_at
            .map(|at| (at.plus_seconds(RENEW_UNANSWERED_AFTER_S), Cause::RenewedWithoutEffect));
        // An unanswered renewal outranks the device's state. It comes second when the state needs attention before it;
        // otherwise the state is never the cause.
        match (of_device(row, device), unanswered) {
            (Some(first), Some(then)) if first.0 < then.0 => Self { first: Some(first), then: Some(then) },
            (first, unanswered) => Self { first: unanswered.or(first), then: None },
        }
    }

    /// The cause that applies at `now`.
    pub fn at(&self, now: Timestamp) -> Option<Cause> {
        let applies =
            |stage: &Option<(Timestamp, Cause)>| stage.filter(|(from, _)| *from <= now).map(|(_, cause)| cause);
        applies(&self.then).or_else(|| applies(&self.first))
    }
}

fn of_invitation(row: &SlotRow) -> Option<(Timestamp, Cause)> {
    // A failed mail outranks the state, which may be that of an earlier mail.
    if let Delivery::Failed { at, .. } = row.delivery {
        return Some((at, Cause::MailFailed));
    }
    // The person has done what they could.
    if let Some(at) = row.waits_for_push_certificate {
        return Some((at, Cause::PushCertificate));
    }
    let after = |seconds| row.status_since.plus_seconds(seconds);
    match row.status {
        SlotStatus::Sent => Some((after(UNOPENED_AFTER_S), Cause::NotOpened)),
        SlotStatus::Opened => Some((after(OPENED_WITHOUT_DEVICE_AFTER_S), Cause::NoDevice)),
        _ => None,
    }
}

fn of_device(row: &SlotRow, device: &SlotDevice) -> Option<(Timestamp, Cause)> {
    match row.status {
        // With an error there is nothing to wait for; without one the enrollment may go on by itself.
        SlotStatus::Pending if device.error.is_some() => Some((row.status_since, Cause::Pending)),
        SlotStatus::Pending => Some((row.status_since.plus_seconds(PENDING_AFTER_S), Cause::Pending)),
        SlotStatus::PermissionsLost => Some((row.status_since, Cause::PermissionsLost)),
        SlotStatus::NotSynchronizing => Some((row.status_since, Cause::NotSynchronizing)),
        SlotStatus::Active => push_trouble(device).or_else(|| {
            let until = device.certificate_until?;
            Some((until.plus_seconds(-CERTIFICATE_WARNING_S), Cause::CertificateExpires))
        }),
        _ => None,
    }
}

fn push_trouble(device: &SlotDevice) -> Option<(Timestamp, Cause)> {
    device.push_trouble.map(|(at, trouble)| match trouble {
        PushTrouble::NotReachable => (at, Cause::NotReachable),
        PushTrouble::OldTopic => (at, Cause::OldTopic),
    })
}

impl Cause {
    /// The one state whose rows can have this cause; `None` when rows of several states can.
    pub const fn status(self) -> Option<SlotStatus> {
        match self {
            Self::NotOpened => Some(SlotStatus::Sent),
            Self::NoDevice => Some(SlotStatus::Opened),
            Self::Pending => Some(SlotStatus::Pending),
            Self::PermissionsLost => Some(SlotStatus::PermissionsLost),
            Self::NotSynchronizing => Some(SlotStatus::NotSynchronizing),
            Self::NotReachable | Self::OldTopic | Self::CertificateExpires => Some(SlotStatus::Active),
            Self::MailFailed
            | Self::PushCertificate
            | Self::RenewedWithoutEffect
            | Self::SeenTwice
            | Self::TurnedAway => None,
        }
    }

    /// What to do about it.
    pub const fn next_step(self) -> NextStep {
        match self {
            Self::MailFailed => NextStep::CorrectEmail,
            Self::NotOpened | Self::NoDevice => NextStep::Resend,
            Self::PushCertificate => NextStep::SetUpApple,
            Self::Pending
            | Self::PermissionsLost
            | Self::NotSynchronizing
            | Self::NotReachable
            | Self::OldTopic
            | Self::CertificateExpires => NextStep::Renew,
            Self::RenewedWithoutEffect => NextStep::Contact,
            Self::SeenTwice => NextStep::Compare,
            Self::TurnedAway => NextStep::LiftPace,
        }
    }
}

/// Why `row` needs attention at `now`, and what to do; `None` when it does not.
pub fn attention(row: &SlotRow, now: Timestamp) -> Option<Attention> {
    let cause = AttentionPlan::of(row).at(now)?;
    let next = match row.delivery {
        Delivery::Failed { resend: true, .. } if cause == Cause::MailFailed => NextStep::Resend,
        _ => cause.next_step(),
    };
    Some(Attention { cause, sentence: sentence(cause, row), next })
}

fn sentence(cause: Cause, row: &SlotRow) -> String {
    match cause {
        Cause::MailFailed => mail_failed_sentence(row),
        Cause::NotOpened => "The mail was delivered, but nobody has opened the invitation.".to_owned(),
        Cause::NoDevice => "The invitation was opened, but no device has answered.".to_owned(),
        Cause::PushCertificate => PUSH_CERTIFICATE.to_owned(),
        Cause::Pending => pending_sentence(row.device.as_ref()),
        Cause::PermissionsLost => {
            let missing = row.device.as_ref().map(|device| device.missing.join(", ")).unwrap_or_default();
            format!("The agent no longer has: {missing}.")
        }
        Cause::NotSynchronizing => "The device has not been in contact for longer than it should.".to_owned(),
        Cause::RenewedWithoutEffect => "A renewal was mailed, but the device has not come back.".to_owned(),
        Cause::SeenTwice => "Another device that is in use has the same serial number or IMEI.".to_owned(),
        Cause::NotReachable => {
            "Apple says that this device no longer takes pushes. It was erased, or its profile is gone.".to_owned()
        }
        Cause::OldTopic => OLD_TOPIC.to_owned(),
        Cause::CertificateExpires => CERTIFICATE_EXPIRES.to_owned(),
        Cause::TurnedAway => TURNED_AWAY.to_owned(),
    }
}

const PUSH_CERTIFICATE: &str =
    "The person chose an iPhone or iPad. None can be enrolled until there is a push certificate.";

const CERTIFICATE_EXPIRES: &str = "The certificate of this device is about to expire, and the device did not renew it. Without \
    one it cannot be managed.";

const OLD_TOPIC: &str = "This device was enrolled with another push certificate and cannot be reached with the present one. \
    It has to enroll again.";

const TURNED_AWAY: &str = "Too many devices enrolled with this invitation within an hour, and more were turned away. If you \
    are setting up many devices, lift the limit. If not, someone else has the link: deactivate the invitation.";

fn mail_failed_sentence(row: &SlotRow) -> String {
    let reason = match &row.delivery {
        Delivery::Failed { reason, .. } => reason.as_str(),
        _ => "",
    };
    format!("The mail to {} was not delivered: {reason}", row.email)
}

fn pending_sentence(device: Option<&SlotDevice>) -> String {
    let step = device.map(|device| device.step.label()).unwrap_or_default();
    match device.and_then(|device| device.error.as_deref()) {
        Some(error) => format!("The enrollment stopped at “{step}”: {error}"),
        None => format!("The enrollment stopped at “{step}”."),
    }
}

#[cfg(test)]
mod tests;
