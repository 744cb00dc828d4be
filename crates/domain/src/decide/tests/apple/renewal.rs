//! Renewing certificates, with an example.

use super::fixture::Phone;
use crate::{
    apple::ChallengePurpose,
    decide::apple::{PhoneAnswer, RENEW_BEFORE_S, renew_identity},
    device::{AgentError, command::CommandKind},
    slot::attention::{Cause, attention},
};

fn is_asked(phone: &mut Phone) -> bool {
    let (aggregate, context) = (phone.store.aggregate_of(phone.id), phone.store.context());
    let (enrollment, open) = (phone.store.apple.enrollments[&phone.id].clone(), phone.store.open_commands(phone.id));
    let change = renew_identity(&aggregate, &enrollment, &open, &mut phone.store.ids, &context).unwrap();
    let is_asked = !change.is_empty();
    phone.store.apply(change);
    phone.store.check();
    is_asked
}

/// The phone is asked, and cannot.
fn fails(phone: &mut Phone) {
    let request = phone.idle().unwrap();
    assert_eq!(request.command.kind, CommandKind::Renew {});
    let error = AgentError { code: "MDMErrorDomain 12".to_owned(), message: "No.".to_owned() };
    phone.answer(PhoneAnswer::Failed(error), &request);
}

#[test]
fn a_certificate_is_renewed_half_a_year_before_its_end_weekly_and_then_daily() {
    let mut phone = Phone::active(false);
    let until = phone.store.devices[&phone.id].certificate_until.unwrap();
    phone.store.now = until.plus_seconds(-RENEW_BEFORE_S);
    assert!(!is_asked(&mut phone), "half a year is left");
    phone.wait(1);
    assert!(is_asked(&mut phone));
    assert!(!is_asked(&mut phone), "once");
    fails(&mut phone);
    assert!(!is_asked(&mut phone), "not again at once");
    phone.wait(7 * 24 * 3600);
    assert!(is_asked(&mut phone), "a week later");
    fails(&mut phone);
    assert_eq!(attention(&phone.row(), phone.store.now), None);
    phone.store.now = until.plus_seconds(-20 * 24 * 3600);
    phone.idle();
    assert!(is_asked(&mut phone));
    fails(&mut phone);
    phone.wait(24 * 3600);
    assert!(is_asked(&mut phone), "a day later");
    assert_eq!(attention(&phone.row(), phone.store.now).map(|it| it.cause), Some(Cause::CertificateExpires));
    // It gets one.
    let purpose = ChallengePurpose::Renew(phone.id);
    let cert = phone.store.issue(purpose);
    let identity = phone.store.identity(cert, purpose);
    phone.store.report_of(phone.id, &identity, PhoneAnswer::Idle, None).unwrap();
    assert_eq!(attention(&phone.row(), phone.store.now), None);
    assert!(!is_asked(&mut phone));
}

#[test]
fn a_phone_that_is_off_is_asked_once() {
    let mut phone = Phone::active(false);
    let until = phone.store.devices[&phone.id].certificate_until.unwrap();
    phone.store.now = until.plus_seconds(-RENEW_BEFORE_S + 1);
    assert!(is_asked(&mut phone));
    phone.wait(8 * 24 * 3600);
    assert!(!is_asked(&mut phone), "the request of last week still waits");
}
