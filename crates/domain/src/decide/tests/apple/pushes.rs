//! When a phone is pushed, with examples.

use super::{fixture::Phone, phone::done};
use crate::{
    decide::apple::{PUSH_PAUSE_S, PushOutcome, SentPush, record_push, request_ping},
    device::{DeviceState, PushTrouble, command::CommandKind},
    slot::attention::{Cause, attention},
};

#[test]
fn a_phone_is_pushed_less_and_less_often_until_it_calls() {
    let mut phone = Phone::active(false);
    phone.request(CommandKind::Lock {}).unwrap();
    assert_eq!(phone.push_in(), Some(0));
    let mut pauses = Vec::new();
    for _ in 0..6 {
        phone.push(PushOutcome::Accepted);
        pauses.push(phone.push_in().unwrap());
        phone.wait(pauses[pauses.len() - 1]);
    }
    assert_eq!(pauses, [60, 900, 3600, 14_400, 86_400, 86_400]);
    let request = phone.idle().unwrap();
    assert_eq!(phone.answer(done(), &request), None);
    assert_eq!(phone.push_in(), None);
    let later = phone.store.now.plus_seconds(77);
    phone.push(PushOutcome::Later(later));
    assert_eq!(phone.push_in(), Some(77));
}

#[test]
fn a_silent_phone_is_pinged_at_most_every_half_minute_and_not_when_that_is_of_no_use() {
    let mut phone = Phone::active(false);
    let ping = |phone: &mut Phone| {
        let (aggregate, context) = (phone.store.aggregate_of(phone.id), phone.store.context());
        let enrollment = phone.store.apple.enrollments[&phone.id].clone();
        let change = request_ping(&aggregate, &enrollment, &context).unwrap();
        phone.store.apply(change);
    };
    phone.push(PushOutcome::Accepted);
    phone.wait(10);
    phone.idle();
    ping(&mut phone);
    assert_eq!(phone.push_in(), Some(PUSH_PAUSE_S - 11));
    phone.push(PushOutcome::Refused(PushTrouble::OldTopic));
    ping(&mut phone);
    assert_eq!(phone.push_in(), None);
}

#[test]
fn a_phone_that_cannot_be_reached_needs_attention_with_its_reason() {
    for (trouble, cause) in [(PushTrouble::NotReachable, Cause::NotReachable), (PushTrouble::OldTopic, Cause::OldTopic)]
    {
        let mut phone = Phone::active(false);
        phone.push(PushOutcome::Refused(trouble));
        assert_eq!(attention(&phone.row(), phone.store.now).map(|it| it.cause), Some(cause));
        assert_eq!(phone.state(), DeviceState::Active, "it was not unenrolled");
        let since = phone.store.devices[&phone.id].push_trouble.unwrap().0;
        phone.wait(60);
        phone.push(PushOutcome::Refused(trouble));
        assert_eq!(phone.store.devices[&phone.id].push_trouble, Some((since, trouble)), "since when stays");
        phone.store.check();
    }
}

#[test]
fn what_happens_while_a_push_is_on_its_way_is_not_forgotten() {
    let mut phone = Phone::active(false);
    phone.request(CommandKind::Lock {}).unwrap();
    let (at, due_at) = (phone.store.now, phone.store.apple.enrollments[&phone.id].push_due_at);
    let arrives = |phone: &mut Phone| {
        let (aggregate, context) = (phone.store.aggregate_of(phone.id), phone.store.context());
        let enrollment = phone.store.apple.enrollments[&phone.id].clone();
        let sent = SentPush { at, due_at, outcome: PushOutcome::Accepted };
        let change = record_push(&aggregate, &enrollment, &sent, &context).unwrap();
        phone.store.apply(change);
    };
    // The phone calls, and does everything, before the answer of the push service is there.
    let request = phone.idle().unwrap();
    assert_eq!(phone.answer(done(), &request), None);
    arrives(&mut phone);
    assert_eq!(phone.push_in(), None);
    // Something is requested after the phone has called.
    phone.wait(10);
    phone.request(CommandKind::Inventory {}).unwrap();
    arrives(&mut phone);
    assert_eq!(phone.push_in(), Some(PUSH_PAUSE_S - 12), "soon, and not as if it had been pushed for");
}
