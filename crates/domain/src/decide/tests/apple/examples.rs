//! Single rules about phones, each with an example.

use super::{
    fixture::Phone,
    phone::{done, information},
};
use crate::{
    apple::{ChallengePurpose, EnrollmentState, RevokedBy},
    decide::{
        Refusal,
        apple::{PhoneAnswer, PhoneRequest, PushOutcome, enrolled_elsewhere},
        delete_device, renew_device, request_command,
        tests::{
            examples::{enrolled, invited},
            memory_store::MemoryStore,
        },
    },
    device::{
        AgentError, DeviceState, EnrollmentStep, PushTrouble, UnenrolledBy,
        capabilities::Limitation,
        command::{CommandKind, CommandState},
        limit::Limit,
        lost::{LostState, LostText},
    },
    types::hearing::Hearing,
};

fn failed() -> PhoneAnswer {
    PhoneAnswer::Failed(AgentError { code: "MCMDMErrorDomain 12021".to_owned(), message: "No.".to_owned() })
}

#[test]
fn a_phone_is_pending_when_it_arrives_enrolling_when_it_can_be_reached_and_active_with_its_information() {
    let mut phone = Phone::arrived();
    assert_eq!(
        (phone.state(), phone.store.devices[&phone.id].progress.step),
        (DeviceState::Pending, EnrollmentStep::Contacted)
    );
    assert_eq!(phone.store.slots.len(), 1, "the invitation item is its row");
    phone.store.tell_address(phone.id, phone.identity()).unwrap();
    assert_eq!((phone.state(), phone.push_in()), (DeviceState::Enrolling, Some(0)));
    let first = phone.idle().unwrap();
    assert_eq!((&first.command.kind, first.part), (&CommandKind::Inventory {}, 0));
    let second = phone.answer(information(false, None), &first).unwrap();
    assert_eq!((second.command.id, second.part), (first.command.id, 1));
    assert_eq!(phone.state(), DeviceState::Enrolling, "one answer is still to come");
    assert_eq!(phone.answer(done(), &second), None);
    assert_eq!((phone.state(), phone.push_in()), (DeviceState::Active, None));
    assert_eq!(phone.command(first.command.id), CommandState::Completed);
    phone.store.check();
}

#[test]
fn a_phone_that_may_not_tell_how_it_is_protected_is_active_all_the_same() {
    let mut phone = Phone::enrolled();
    let first = phone.idle().unwrap();
    let second = phone.answer(information(false, None), &first).unwrap();
    assert_eq!(phone.answer(failed(), &second), None);
    assert_eq!(phone.state(), DeviceState::Active);
}

#[test]
fn a_repeated_arrival_changes_nothing_and_a_new_one_starts_over() {
    let mut phone = Phone::arrived();
    let before = phone.store.devices[&phone.id].clone();
    assert_eq!(phone.store.arrive(phone.person, phone.invitation, 1, phone.cert).unwrap(), phone.id);
    assert_eq!(phone.store.devices[&phone.id], before);
    phone.store.tell_address(phone.id, phone.identity()).unwrap();
    let lock = phone.request(CommandKind::Lock {}).unwrap();
    let old = phone.cert;
    phone.cert = phone.store.issue(ChallengePurpose::Enroll(phone.invitation));
    assert_eq!(phone.store.arrive(phone.person, phone.invitation, 1, phone.cert).unwrap(), phone.id, "the same device");
    let enrollment = &phone.store.apple.enrollments[&phone.id];
    assert_eq!((enrollment.state, enrollment.address.is_none()), (EnrollmentState::Authenticated, true));
    assert_eq!((phone.state(), phone.command(lock)), (DeviceState::Pending, CommandState::Cancelled));
    phone.store.tell_address(phone.id, phone.identity()).unwrap();
    assert_eq!(phone.store.apple.issued[&old].revoked, Some(RevokedBy::Superseded));
    assert_eq!(phone.store.apple.valid(phone.id), [phone.cert]);
    phone.store.check();
}

#[test]
fn an_address_that_is_told_again_asks_for_nothing_new() {
    let mut phone = Phone::active(false);
    let commands = phone.store.commands.len();
    phone.store.tell_address(phone.id, phone.identity()).unwrap();
    assert_eq!((phone.store.commands.len(), phone.push_in()), (commands, None));
    let lock = phone.request(CommandKind::Lock {}).unwrap();
    phone.push(PushOutcome::Refused(PushTrouble::NotReachable));
    assert_eq!(phone.push_in(), None);
    phone.store.tell_address(phone.id, phone.identity()).unwrap();
    assert_eq!(phone.push_in(), Some(0), "now the lock can be told: {}", phone.command(lock));
    assert_eq!(phone.store.devices[&phone.id].push_trouble, None);
}

#[test]
fn what_clears_the_passcode_is_kept_when_a_phone_does_not_tell_it_again() {
    let mut phone = Phone::active(false);
    phone.store.tell_address_and(phone.id, phone.identity(), None).unwrap();
    let known = phone.store.apple.enrollments[&phone.id].unlock_token.as_ref().map(|token| token.0.clone());
    assert_eq!(known, Some(vec![3]));
}

#[test]
fn what_a_phone_puts_off_is_offered_when_it_next_asks_and_the_rest_goes_on() {
    let mut phone = Phone::active(false);
    let lock = phone.request(CommandKind::Lock {}).unwrap();
    phone.wait(1);
    let news = phone.request(CommandKind::Inventory {}).unwrap();
    let first = phone.idle().unwrap();
    assert_eq!(first.command.id, lock);
    let second = phone.answer(PhoneAnswer::NotNow, &first).unwrap();
    assert_eq!(second.command.id, news, "one that is put off does not keep others waiting");
    let third = phone.answer(information(false, None), &second).unwrap();
    assert_eq!(phone.answer(done(), &third), None);
    assert_eq!((phone.command(lock), phone.command(news)), (CommandState::Delivered, CommandState::Completed));
    assert!(phone.push_in().is_some(), "the phone is pushed again");
    assert_eq!(phone.idle().map(|request| request.command.id), Some(lock));
    phone.store.check();
}

#[test]
fn an_answer_that_was_lost_is_asked_for_again_and_one_that_comes_twice_counts_once() {
    let mut phone = Phone::active(false);
    let news = phone.request(CommandKind::Inventory {}).unwrap();
    let first = phone.idle().unwrap();
    let what = |request: Option<PhoneRequest>| request.map(|request| (request.command.id, request.part));
    assert_eq!(what(phone.idle()), Some((news, 0)), "the answer did not arrive");
    let second = phone.answer(information(false, None), &first).unwrap();
    assert_eq!(what(phone.answer(information(false, None), &first)), Some((news, 1)));
    assert_eq!(phone.answer(done(), &second), None);
    assert_eq!(phone.answer(done(), &second), None);
    assert_eq!(phone.command(news), CommandState::Completed);
    phone.store.check();
}

#[test]
fn several_requests_for_information_are_answered_by_one() {
    let mut phone = Phone::active(false);
    let all = [(); 3].map(|()| phone.request(CommandKind::Inventory {}).unwrap());
    let first = phone.idle().unwrap();
    let second = phone.answer(information(false, None), &first).unwrap();
    assert_eq!(phone.answer(done(), &second), None);
    assert_eq!(all.map(|id| phone.command(id)), [CommandState::Completed; 3]);
    phone.store.check();
}

#[test]
fn a_failure_has_its_reason_and_the_next_command_follows() {
    let mut phone = Phone::active(true);
    let lock = phone.request(CommandKind::Lock {}).unwrap();
    phone.wait(1);
    let news = phone.request(CommandKind::Inventory {}).unwrap();
    let first = phone.idle().unwrap();
    let second = phone.answer(failed(), &first).unwrap();
    assert_eq!(second.command.id, news);
    let failed = &phone.store.commands[&lock];
    assert_eq!((failed.state, failed.error.as_ref().unwrap().message.as_str()), (CommandState::Failed, "No."));
}

#[test]
fn a_supervised_phone_can_be_lost_and_then_found_and_made_to_ring() {
    let mut phone = Phone::active(true);
    let refused = |phone: &mut Phone, kind| phone.request(kind).unwrap_err();
    let limit = |limit| Refusal::Unsupported(Limitation::Limit(limit));
    let ring = CommandKind::Ring { seconds: 30 };
    assert_eq!(refused(&mut phone, ring.clone()), limit(Limit::NeedsLostMode));
    let lost = CommandKind::LostMode(LostText { message: "Mine".to_owned(), phone: None });
    phone.request(lost.clone()).unwrap();
    let enable = phone.idle().unwrap();
    let locate = phone.answer(done(), &enable).unwrap();
    assert_eq!((locate.command.id, locate.part), (enable.command.id, 1));
    assert_eq!(phone.answer(failed(), &locate), None, "it does not know where it is");
    assert!(matches!(phone.store.devices[&phone.id].lost.state(), LostState::On { .. }), "and is lost all the same");
    phone.request(ring.clone()).unwrap();
    // Found by its owner, who ended it elsewhere: the phone says so.
    let request = phone.idle().unwrap();
    phone.answer(done(), &request);
    phone.request(CommandKind::Inventory {}).unwrap();
    let first = phone.idle().unwrap();
    phone.answer(information(true, Some(false)), &first);
    assert_eq!(phone.store.devices[&phone.id].lost.state(), LostState::Off);
    assert_eq!(refused(&mut phone, ring), limit(Limit::NeedsLostMode));
    phone.store.check();
    let mut unsupervised = Phone::active(false);
    assert_eq!(refused(&mut unsupervised, lost), limit(Limit::NotSupervised));
}

#[test]
fn a_phone_that_erased_itself_is_wiped_and_asked_nothing() {
    let mut phone = Phone::active(false);
    let wipe = phone.request(CommandKind::Wipe { external: false }).unwrap();
    phone.wait(1);
    let lock = phone.request(CommandKind::Lock {}).unwrap();
    let request = phone.idle().unwrap();
    assert_eq!(request.command.id, wipe);
    assert_eq!(phone.answer(done(), &request), None);
    assert_eq!((phone.state(), phone.command(lock)), (DeviceState::Wiped, CommandState::Cancelled));
    assert_eq!(phone.push_in(), None);
    phone.store.check();
    // Its person sets it up and enrolls it again: the same row.
    phone.cert = phone.store.issue(ChallengePurpose::Enroll(phone.invitation));
    assert_eq!(phone.store.arrive(phone.person, phone.invitation, 1, phone.cert).unwrap(), phone.id);
    assert_eq!(phone.state(), DeviceState::Pending);
    phone.store.check();
}

#[test]
fn a_profile_that_is_removed_ends_the_enrollment_and_says_by_whom() {
    let mut phone = Phone::active(false);
    phone.store.leave(phone.id);
    let by = |phone: &Phone| phone.store.devices[&phone.id].unenrollment.unwrap().by;
    assert_eq!((phone.state(), by(&phone)), (DeviceState::Unenrolled, UnenrolledBy::Device));
    assert_eq!(phone.store.apple.issued[&phone.cert].revoked, Some(RevokedBy::Left));
    assert!(!phone.store.is_managed(phone.id));
    phone.store.leave(phone.id);
    phone.store.check();
    // Asked by an admin: first the phone leaves, and its answer may never come.
    let mut phone = Phone::active(false);
    let leave = phone.request(CommandKind::Unenroll {}).unwrap();
    phone.idle().unwrap();
    phone.store.leave(phone.id);
    assert_eq!((by(&phone), phone.command(leave)), (UnenrolledBy::Admin, CommandState::Completed));
    assert_eq!(phone.store.apple.issued[&phone.cert].revoked, Some(RevokedBy::Admin));
    phone.store.check();
    // Or only the answer comes.
    let mut phone = Phone::active(false);
    phone.request(CommandKind::Unenroll {}).unwrap();
    let request = phone.idle().unwrap();
    assert_eq!(phone.answer(done(), &request), None);
    assert_eq!((phone.state(), by(&phone)), (DeviceState::Unenrolled, UnenrolledBy::Admin));
    phone.store.check();
}

#[test]
fn a_phone_that_is_deleted_or_enrolled_for_another_person_is_let_in_no_more() {
    let mut phone = Phone::active(false);
    let (whole, open) = (phone.store.aggregate(phone.person), phone.store.open_commands(phone.id));
    let change = delete_device(&whole, phone.id, &open, false, &phone.store.context()).unwrap();
    phone.store.apply(change);
    assert_eq!(phone.store.apple.issued[&phone.cert].revoked, Some(RevokedBy::Admin));
    phone.store.check();
    let mut phone = Phone::active(false);
    let aggregate = phone.store.aggregate_of(phone.id);
    let change = enrolled_elsewhere(&aggregate, phone.id, &[], &phone.store.context()).unwrap();
    phone.store.apply(change);
    assert_eq!(phone.store.apple.issued[&phone.cert].revoked, Some(RevokedBy::Superseded));
    assert_eq!(phone.store.devices[&phone.id].unenrollment.unwrap().by, UnenrolledBy::EnrolledElsewhere);
    phone.store.check();
}

#[test]
fn only_phones_are_asked_to_leave() {
    let (mut store, person) = MemoryStore::with_person();
    let invitation = invited(&mut store, person, false);
    let device = enrolled(&mut store, person, invitation, 1);
    let context = store.context();
    let decided =
        request_command(&store.aggregate_of(device), device, CommandKind::Unenroll {}, &mut store.ids, &context);
    assert_eq!(decided.unwrap_err(), Refusal::Unsupported(Limitation::UnknownCommand));
}

#[test]
fn a_renewed_certificate_takes_over_when_it_is_seen_and_ends_the_renewal() {
    let mut phone = Phone::active(false);
    let renew = phone.request(CommandKind::Renew {}).unwrap();
    let request = phone.idle().unwrap();
    assert_eq!(request.command.id, renew);
    assert_eq!(phone.answer(done(), &request), None);
    assert_eq!(phone.command(renew), CommandState::Acknowledged, "the profile is there, the certificate not yet");
    assert_eq!(phone.idle(), None, "it is not asked twice");
    let (old, purpose) = (phone.cert, ChallengePurpose::Renew(phone.id));
    let new = phone.store.issue(purpose);
    let identity = phone.store.identity(new, purpose);
    phone.wait(1);
    assert_eq!(phone.store.report_of(phone.id, &identity, PhoneAnswer::Idle, None).unwrap(), None);
    assert_eq!(phone.command(renew), CommandState::Completed);
    assert_eq!(phone.store.apple.issued[&old].revoked, Some(RevokedBy::Superseded));
    assert_eq!(phone.store.apple.valid(phone.id), [new]);
    assert_eq!(phone.state(), DeviceState::Active, "nothing else changed");
    phone.store.check();
}

#[test]
fn renewing_a_silent_phone_mails_its_person_and_asks_the_phone_too() {
    let mut phone = Phone::active(false);
    phone.wait(4 * 24 * 3600);
    phone.store.record_silence(phone.id, &Hearing::default());
    assert_eq!(phone.state(), DeviceState::NotSynchronizing);
    let (whole, context) = (phone.store.aggregate(phone.person), phone.store.context());
    let change = renew_device(&whole, phone.id, MemoryStore::sealed(), &mut phone.store.ids, &context).unwrap();
    assert_eq!(change.mails.len(), 1);
    phone.store.apply(change);
    let request = phone.idle().unwrap();
    assert_eq!(request.command.kind, CommandKind::Renew {});
    phone.store.check();
}

#[test]
fn a_phone_is_silent_later_than_a_device_with_an_agent() {
    let mut phone = Phone::active(false);
    for (hours, state) in [(71, DeviceState::Active), (2, DeviceState::NotSynchronizing)] {
        phone.wait(hours * 3600);
        phone.store.record_silence(phone.id, &Hearing::default());
        assert_eq!(phone.state(), state);
    }
}
