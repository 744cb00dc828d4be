//! Compares the plan with the rules written a second way: the cause that applies at one moment.

use super::*;
use crate::{
    device::{
        EnrollmentStep, Ownership, Platform,
        hardware::{Relative, Relatives},
    },
    types::ids::{DeviceId, InvitationId, PersonId, SlotId},
};
use proptest::{option, prelude::*, sample::select, strategy::ValueTree as _};
use uuid::Uuid;

const BEGIN: i64 = 1_700_000_000_000;
const DAY_MS: i64 = 24 * 3600 * 1000;

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..5 * DAY_MS).prop_map(|ms| Timestamp::from_millis(BEGIN + ms))
}

fn twin(at: Timestamp) -> Relative {
    Relative { device_id: DeviceId(Uuid::max()), slot_id: SlotId(Uuid::max()), person_id: PersonId(Uuid::max()), at }
}

prop_compose! {
    fn device()(
        error in option::of(Just("no network".to_owned())),
        renew_requested_at in option::of(moment()),
        last_contact_at in moment(),
        twin_at in prop_oneof![3 => Just(None), 1 => moment().prop_map(Some)],
    ) -> SlotDevice {
        SlotDevice {
            id: DeviceId(Uuid::nil()),
            name: None,
            serial: None,
            os_version: String::new(),
            platform: Platform::Android,
            ownership: Ownership::Company,
            step: EnrollmentStep::Permissions,
            missing: vec!["location".to_owned()],
            error,
            last_contact_at,
            renew_requested_at,
            lost: crate::device::lost::LostState::Off,
            was_enrolled: false,
            wipe_requested_at: None,
            push_trouble: None,
            certificate_until: None,
            relatives: Relatives { twin: twin_at.map(twin), ..Relatives::default() },
        }
    }
}

prop_compose! {
    fn row()(
        status in select(SlotStatus::ALL),
        device in device(),
        status_since in moment(),
        failed in any::<bool>(),
        turned_away_at in option::weighted(0.2, moment()),
        waits_for_push_certificate in option::weighted(0.2, moment()),
    ) -> SlotRow {
        let delivery = if failed {
            Delivery::Failed { at: status_since, reason: "no such mailbox".to_owned(), resend: false }
        } else {
            Delivery::None
        };
        SlotRow {
            id: SlotId(Uuid::nil()),
            person_id: PersonId(Uuid::nil()),
            person_name: "Ada".to_owned(),
            email: "ada@example.com".to_owned(),
            invitation_id: InvitationId(Uuid::nil()),
            invitation_active: true,
            delivery,
            status,
            status_since,
            created_at: status_since,
            device: status.is_device().then_some(device),
            reminded: None,
            is_damaged: false,
            turned_away_at,
            waits_for_push_certificate,
        }
    }
}

/// The rules, evaluated at one moment.
fn cause_now(row: &SlotRow, now: Timestamp) -> Option<Cause> {
    let lasted = |since: Timestamp, seconds: i64| now.as_millis() - since.as_millis() >= seconds * 1000;
    if let Some(at) = row.turned_away_at {
        return lasted(at, 0).then_some(Cause::TurnedAway);
    }
    if let Some(device) = &row.device {
        if row.status == SlotStatus::Replaced {
            return None;
        }
        if let Some(twin) = device.relatives.twin {
            return lasted(twin.at, 0).then_some(Cause::SeenTwice);
        }
        if device.renew_requested_at.is_some_and(|at| lasted(at, RENEW_UNANSWERED_AFTER_S)) {
            return Some(Cause::RenewedWithoutEffect);
        }
        let patience = if device.error.is_some() { 0 } else { PENDING_AFTER_S };
        return match row.status {
            SlotStatus::Pending if lasted(row.status_since, patience) => Some(Cause::Pending),
            SlotStatus::PermissionsLost if lasted(row.status_since, 0) => Some(Cause::PermissionsLost),
            SlotStatus::NotSynchronizing if lasted(row.status_since, 0) => Some(Cause::NotSynchronizing),
            _ => None,
        };
    }
    match row.status {
        _ if matches!(row.delivery, Delivery::Failed { at, .. } if lasted(at, 0)) => Some(Cause::MailFailed),
        _ if matches!(row.delivery, Delivery::Failed { .. }) => None,
        _ if row.waits_for_push_certificate.is_some_and(|at| lasted(at, 0)) => Some(Cause::PushCertificate),
        _ if row.waits_for_push_certificate.is_some() => None,
        SlotStatus::Sent if lasted(row.status_since, UNOPENED_AFTER_S) => Some(Cause::NotOpened),
        SlotStatus::Opened if lasted(row.status_since, OPENED_WITHOUT_DEVICE_AFTER_S) => Some(Cause::NoDevice),
        _ => None,
    }
}

proptest! {
    #[test]
    fn rows_have_the_state_of_their_cause(
        mut row in row(),
        trouble in option::of((moment(), select(&[PushTrouble::NotReachable, PushTrouble::OldTopic][..]))),
        until in option::of(moment()),
    ) {
        if let Some(device) = &mut row.device {
            (device.push_trouble, device.certificate_until) = (trouble, until);
        }
        let plan = AttentionPlan::of(&row);
        for (_, cause) in plan.first.into_iter().chain(plan.then) {
            prop_assert!(cause.status().is_none_or(|status| status == row.status), "{} {}", cause, row.status);
        }
    }

    #[test]
    fn the_plan_agrees_with_the_rules_at_every_moment(row in row(), now in moment()) {
        prop_assert_eq!(attention(&row, now).map(|a| a.cause), cause_now(&row, now));
        let plan = AttentionPlan::of(&row);
        for (from, _) in plan.first.into_iter().chain(plan.then) {
            for at in [from, Timestamp::from_millis(from.as_millis() - 1)] {
                prop_assert_eq!(plan.at(at), cause_now(&row, at));
            }
        }
    }

    #[test]
    fn the_second_stage_is_later_than_the_first(row in row()) {
        let plan = AttentionPlan::of(&row);
        if let Some((then, _)) = plan.then {
            prop_assert!(plan.first.is_some_and(|(first, _)| first < then));
        }
    }
}

/// A row of a device or an invitation, with these changes.
fn row_with(status: SlotStatus, change: impl FnOnce(&mut SlotRow)) -> SlotRow {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut row = row().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let any_device = device().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    (row.status, row.turned_away_at, row.delivery) = (status, None, Delivery::None);
    row.device = status.is_device().then_some(SlotDevice {
        error: None,
        renew_requested_at: None,
        relatives: Relatives::default(),
        ..any_device
    });
    change(&mut row);
    row
}

#[test]
fn a_sentence_says_what_is_known_of_the_cause() {
    let since = Timestamp::from_millis(BEGIN);
    let long_after = since.plus_seconds(100 * 24 * 3600);
    let sentence =
        |status, change: fn(&mut SlotRow)| attention(&row_with(status, change), long_after).unwrap().sentence;
    let failed = sentence(SlotStatus::Queued, |row| {
        let (at, reason) = (Timestamp::from_millis(BEGIN), "550 no such mailbox".to_owned());
        row.delivery = Delivery::Failed { at, reason, resend: false };
    });
    assert_eq!(failed, "The mail to ada@example.com was not delivered: 550 no such mailbox");
    assert_eq!(sentence(SlotStatus::PermissionsLost, |_| ()), "The agent no longer has: location.");
    let step = EnrollmentStep::Permissions.label();
    assert_eq!(sentence(SlotStatus::Pending, |_| ()), format!("The enrollment stopped at “{step}”."));
    let stopped = sentence(SlotStatus::Pending, |row| {
        row.device.as_mut().unwrap().error = Some("no network".to_owned());
    });
    assert_eq!(stopped, format!("The enrollment stopped at “{step}”: no network"));
}

#[test]
fn an_enrollment_that_stopped_with_an_error_needs_attention_at_once() {
    let waits = |error: Option<&str>| {
        let row = row_with(SlotStatus::Pending, |row| row.device.as_mut().unwrap().error = error.map(str::to_owned));
        AttentionPlan::of(&row).first.unwrap().0.seconds_since(row.status_since)
    };
    assert_eq!([Some("no network"), None].map(waits), [0, PENDING_AFTER_S]);
}

#[test]
fn a_renewal_that_was_not_answered_comes_second_only_to_what_began_before_it() {
    let waits = |renewed_after: i64| {
        let row = row_with(SlotStatus::NotSynchronizing, |row| {
            row.status_since = Timestamp::from_millis(BEGIN);
            let requested = row.status_since.plus_seconds(renewed_after - RENEW_UNANSWERED_AFTER_S);
            row.device.as_mut().unwrap().renew_requested_at = Some(requested);
        });
        AttentionPlan::of(&row).first.unwrap().1
    };
    let (renewed, silent) = (Cause::RenewedWithoutEffect, Cause::NotSynchronizing);
    assert_eq!([-1, 0, 1].map(waits), [renewed, renewed, silent]);
}

proptest! {
    /// What to do about a failed mail depends on why it failed; about anything else it does not.
    #[test]
    fn only_a_failed_mail_is_sent_again(row in row(), can_resend in any::<bool>(), now in moment()) {
        let mut row = row;
        if let Delivery::Failed { resend, .. } = &mut row.delivery {
            *resend = can_resend;
        }
        if let Some(Attention { cause, next, .. }) = attention(&row, now) {
            let resends = matches!(row.delivery, Delivery::Failed { resend: true, .. });
            let expected = if cause == Cause::MailFailed && resends { NextStep::Resend } else { cause.next_step() };
            prop_assert_eq!(next, expected);
        }
    }
}

#[test]
fn a_mail_that_may_have_arrived_is_sent_again_and_a_refused_one_is_corrected() {
    let next = |resend, turned_away_at| {
        let at = Timestamp::from_millis(BEGIN);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut row = row().new_tree(&mut runner).unwrap().current();
        (row.status, row.device, row.turned_away_at) = (SlotStatus::Sent, None, turned_away_at);
        row.delivery = Delivery::Failed { at, reason: "no such mailbox".to_owned(), resend };
        attention(&row, at).map(|attention| attention.next)
    };
    assert_eq!(next(true, None), Some(NextStep::Resend));
    assert_eq!(next(false, None), Some(NextStep::CorrectEmail));
    assert_eq!(next(true, Some(Timestamp::from_millis(BEGIN))), Some(NextStep::LiftPace));
}
