//! iPhones and iPads: challenges, certificates and enrollments.

mod phones;
mod push_certificates;

pub use push_certificates::{
    a_push_certificate_is_read_back_as_it_was_written, a_stale_push_certificate_is_refused_and_replaces_nothing,
    one_push_certificate_is_in_use, phones_are_counted_by_their_topic,
};

use self::phones::{Phones, new_identity};
use crate::{Issue, Store, StoreError, StoredAuthority};
use domain::{
    Timestamp,
    apple::{
        AppleEnrollment, CertificateHash, Challenge, ChallengePurpose, EnrollmentState, ISSUED_MAX, Identity,
        IdentityChange, Revocation, RevokedBy,
    },
    device::{Ownership, Platform},
    journal::change::{Change, KeyedHash},
    types::ids::{AppleChallengeId, DeviceId},
};
use std::sync::Arc;
use uuid::Uuid;

pub async fn there_is_one_apple_authority(store: Arc<dyn Store>) {
    assert!(store.find_apple_authority().await.unwrap().is_none());
    let made = |n| StoredAuthority {
        cert: vec![n],
        key_sealed: vec![n, n],
        public_url: format!("https://{n}.example.com"),
        made_at: Timestamp::from_millis(5),
    };
    assert!(store.make_apple_authority(made(1)).await.unwrap() == made(1));
    assert!(store.make_apple_authority(made(2)).await.unwrap() == made(1), "the first one decides");
    assert!(store.find_apple_authority().await.unwrap() == Some(made(1)));
    store.save_apple_url("https://new.example.com").await.unwrap();
    let moved = StoredAuthority { public_url: "https://new.example.com".to_owned(), ..made(1) };
    assert!(store.find_apple_authority().await.unwrap() == Some(moved));
    assert_eq!(store.find_apple_topic().await.unwrap(), None);
}

pub async fn a_challenge_is_found_by_its_hash_and_by_what_it_is_for(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 2).await;
    let older = phones.saved(1).await;
    let renewal = Challenge {
        purpose: ChallengePurpose::Renew(phones.devices[0]),
        ownership: Ownership::Personal,
        platform: Platform::Ipados,
        ..phones.challenge(9)
    };
    store.save_challenge(&renewal).await.unwrap();
    let newer = phones.saved(2).await;
    assert_eq!(store.find_challenge(older.hash).await.unwrap(), Some(older.clone()));
    assert_eq!(store.find_challenge(KeyedHash([77; 32])).await.unwrap(), None);
    assert_eq!(store.latest_challenge(newer.purpose).await.unwrap(), Some(newer.clone()));
    assert_eq!(store.latest_challenge(renewal.purpose).await.unwrap(), Some(renewal));
    for other in [ChallengePurpose::Enroll(phones.invitations[1]), ChallengePurpose::Renew(phones.devices[1])] {
        assert_eq!(store.latest_challenge(other).await.unwrap(), None);
    }
    let at = phones.now.plus_seconds(5);
    store.note_fetched(newer.id, at).await.unwrap();
    let fetched = Challenge { fetched_at: Some(at), ..newer.clone() };
    assert_eq!(store.find_challenge(newer.hash).await.unwrap(), Some(fetched));
    assert_eq!(store.find_challenge(older.hash).await.unwrap(), Some(older), "the other one stays as it is");
    let double = Challenge { id: AppleChallengeId(Uuid::from_u128(1)), ..newer };
    assert!(store.save_challenge(&double).await.is_err(), "a hash finds one challenge");
}

pub async fn a_certificate_is_found_with_what_its_challenge_says(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 1).await;
    let challenge = phones.saved(1).await;
    let at = phones.now.plus_seconds(7);
    assert_eq!(phones.issue(&challenge, 5, at).await, Issue::Issued);
    let expected = Identity {
        cert_hash: CertificateHash([5; 32]),
        challenge_id: challenge.id,
        purpose: challenge.purpose,
        ownership: challenge.ownership,
        platform: challenge.platform,
        rights: challenge.rights,
        device_id: None,
        not_after: at.plus_seconds(1000),
        issued_at: at,
        first_seen_at: None,
        revocation: None,
    };
    assert_eq!(phones.identity(expected.cert_hash).await, expected);
    assert_eq!(store.find_apple_identity(CertificateHash([6; 32])).await.unwrap(), None);
    assert_eq!(store.find_issued(challenge.id, [5; 32]).await.unwrap(), Some(vec![0x30, 5]));
    assert_eq!(store.find_issued(challenge.id, [6; 32]).await.unwrap(), None);
    let counted = store.find_challenge(challenge.hash).await.unwrap().unwrap();
    assert_eq!((counted.issued, counted.issued_at), (1, Some(at)));
}

pub async fn a_challenge_issues_no_more_than_it_may(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 1).await;
    let challenge = phones.saved(1).await;
    let wanted = (1..=u8::try_from(ISSUED_MAX).unwrap() + 3).map(|n| {
        let (store, new) = (store.clone(), new_identity(&challenge, n, phones.now));
        tokio::spawn(async move { store.issue(new).await.unwrap() })
    });
    let mut answers = Vec::new();
    for answer in wanted.collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    let issued = answers.iter().filter(|answer| **answer == Issue::Issued).count();
    assert_eq!(issued, 5, "of requests that come at once");
    assert_eq!(answers.iter().filter(|answer| **answer == Issue::Refused).count(), 3);
    let first = u8::try_from(answers.iter().position(|answer| *answer == Issue::Issued).unwrap()).unwrap() + 1;
    let again = phones.issue(&challenge, first, phones.now).await;
    assert_eq!(again, Issue::Known(vec![0x30, first]), "the same key gets the same certificate");
    assert_eq!(store.find_challenge(challenge.hash).await.unwrap().unwrap().issued, ISSUED_MAX);

    let late = phones.saved(2).await;
    assert_eq!(phones.issue(&late, 20, late.expires_at).await, Issue::Refused, "too late");
    let spent = phones.saved(3).await;
    let keep = phones.issued(&spent, 30).await;
    phones.change(IdentityChange::Spend { challenge_id: spent.id, keep, at: phones.now }).await.unwrap();
    assert_eq!(phones.issue(&spent, 31, phones.now).await, Issue::Refused, "spent");
    let unknown = phones.challenge(4);
    assert_eq!(phones.issue(&unknown, 40, phones.now).await, Issue::Refused);
}

pub async fn a_certificate_belongs_to_the_first_device_that_uses_it(store: Arc<dyn Store>) {
    let phones = Phones::new(store, 2).await;
    let challenge = phones.saved(1).await;
    let cert = phones.issued(&challenge, 1).await;
    phones.bind(cert, 0, phones.now).await.unwrap();
    phones.bind(cert, 0, phones.now.plus_seconds(9)).await.unwrap();
    let bound = phones.identity(cert).await;
    assert_eq!((bound.device_id, bound.first_seen_at), (Some(phones.devices[0]), Some(phones.now)));
    assert!(matches!(phones.bind(cert, 1, phones.now).await, Err(StoreError::Conflict)), "another device");
    let unknown = phones.bind(CertificateHash([9; 32]), 0, phones.now).await;
    assert!(matches!(unknown, Err(StoreError::Conflict)));
    let other = phones.issued(&challenge, 2).await;
    phones.change(IdentityChange::Spend { challenge_id: challenge.id, keep: cert, at: phones.now }).await.unwrap();
    assert!(matches!(phones.bind(other, 0, phones.now).await, Err(StoreError::Conflict)), "revoked");
    assert_eq!(phones.identity(cert).await, bound);
}

pub async fn a_spent_challenge_revokes_what_no_phone_uses(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 2).await;
    let (challenge, elsewhere) = (phones.saved(1).await, phones.saved(2).await);
    let (keep, used, unused) =
        (phones.issued(&challenge, 1).await, phones.issued(&challenge, 2).await, phones.issued(&challenge, 3).await);
    let foreign = phones.issued(&elsewhere, 4).await;
    phones.bind(used, 1, phones.now).await.unwrap();
    let spend = |s| IdentityChange::Spend { challenge_id: challenge.id, keep, at: phones.now.plus_seconds(s) };
    phones.change(spend(1)).await.unwrap();
    phones.change(spend(2)).await.unwrap();
    for cert in [keep, used, foreign] {
        assert_eq!(phones.revoked_by(cert).await, None);
    }
    let superseded = Revocation { at: phones.now.plus_seconds(1), by: RevokedBy::Superseded };
    assert_eq!(phones.identity(unused).await.revocation, Some(superseded));
    let spent_at = store.find_challenge(challenge.hash).await.unwrap().unwrap().spent_at;
    assert_eq!(spent_at, Some(phones.now.plus_seconds(1)), "the first time counts");
}

pub async fn certificates_of_a_device_are_revoked_except_the_one_that_stays(store: Arc<dyn Store>) {
    let phones = Phones::new(store, 2).await;
    let challenge = phones.saved(1).await;
    let mut certs = Vec::new();
    for n in 1..=3 {
        certs.push(phones.issued(&challenge, n).await);
    }
    let [old, keep, other] = certs[..] else { unreachable!() };
    phones.bind(old, 0, phones.now).await.unwrap();
    phones.bind(keep, 0, phones.now).await.unwrap();
    phones.bind(other, 1, phones.now).await.unwrap();
    for (by, s) in [(RevokedBy::Superseded, 1), (RevokedBy::Wiped, 2)] {
        let revocation = Revocation { at: phones.now.plus_seconds(s), by };
        let revoke = IdentityChange::Revoke { device_id: phones.devices[0], keep, revocation };
        phones.change(revoke).await.unwrap();
    }
    assert_eq!(phones.revoked_by(keep).await, None);
    assert_eq!(phones.revoked_by(other).await, None, "that of another device");
    let first = Revocation { at: phones.now.plus_seconds(1), by: RevokedBy::Superseded };
    assert_eq!(phones.identity(old).await.revocation, Some(first), "the first reason stays");
}

pub async fn the_end_of_an_enrollment_forgets_its_secrets(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 2).await;
    let challenge = phones.saved(1).await;
    let (cert, other) = (phones.issued(&challenge, 1).await, phones.issued(&challenge, 2).await);
    phones.bind(cert, 0, phones.now).await.unwrap();
    phones.bind(other, 1, phones.now).await.unwrap();
    phones.enroll(&AppleEnrollment { push_due_at: Some(phones.now), ..phones.enrollment(0) }).await.unwrap();
    phones.enroll(&phones.enrollment(1)).await.unwrap();
    let end = |by, s| {
        let revocation = Revocation { at: phones.now.plus_seconds(s), by };
        IdentityChange::End { device_id: phones.devices[0], revocation }
    };
    phones.change(end(RevokedBy::Left, 1)).await.unwrap();
    let ended = phones.stored(0).await;
    assert_eq!((ended.state, ended.push_due_at), (EnrollmentState::Ended, None));
    assert!(ended.address.is_none() && ended.unlock_token.is_none());
    assert_eq!(phones.revoked_by(cert).await, Some(RevokedBy::Left));
    assert_eq!(store.count_apple_enrollments().await.unwrap(), 1);
    // That an admin removed the phone outranks that it left; nothing outranks an admin.
    for (by, s) in [(RevokedBy::Wiped, 2), (RevokedBy::Admin, 3), (RevokedBy::Admin, 4), (RevokedBy::Left, 5)] {
        phones.change(end(by, s)).await.unwrap();
    }
    let by_admin = Revocation { at: phones.now.plus_seconds(3), by: RevokedBy::Admin };
    assert_eq!(phones.identity(cert).await.revocation, Some(by_admin));
    assert_eq!(phones.revoked_by(other).await, None);
    assert_eq!(phones.stored(1).await.address, phones.enrollment(1).address, "another device keeps its own");
    let none = IdentityChange::End {
        device_id: DeviceId(Uuid::from_u128(9)),
        revocation: Revocation { at: phones.now, by: RevokedBy::Admin },
    };
    phones.change(none).await.unwrap();
}

pub async fn an_enrollment_is_read_back_and_a_stale_one_is_refused(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 1).await;
    let enrollment = phones.enrollment(0);
    assert_eq!(store.find_apple_enrollment(phones.devices[0]).await.unwrap(), None);
    phones.enroll(&enrollment).await.unwrap();
    let stored = phones.stored(0).await;
    assert_eq!(AppleEnrollment { version: 0, ..stored.clone() }, enrollment);
    assert!(matches!(phones.enroll(&enrollment).await, Err(StoreError::Conflict)), "there is one already");
    let changed = AppleEnrollment {
        address: None,
        unlock_token: None,
        is_supervised: None,
        renewal: None,
        topic: "com.apple.mgmt.External.other".to_owned(),
        ..stored.clone()
    };
    phones.enroll(&changed).await.unwrap();
    let version = phones.stored(0).await.version;
    assert!(version > stored.version);
    assert_eq!(phones.stored(0).await, AppleEnrollment { version, ..changed });
    assert!(matches!(phones.enroll(&stored).await, Err(StoreError::Conflict)), "stale");
}

pub async fn one_udid_has_one_live_enrollment(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 2).await;
    let first = phones.enrollment(0);
    let second = AppleEnrollment { udid_hash: first.udid_hash, ..phones.enrollment(1) };
    phones.enroll(&first).await.unwrap();
    assert!(matches!(phones.enroll(&second).await, Err(StoreError::Conflict)), "a new row");
    phones.enroll(&phones.enrollment(1)).await.unwrap();
    let version = phones.stored(1).await.version;
    let moved = AppleEnrollment { version, ..second };
    assert!(matches!(phones.enroll(&moved).await, Err(StoreError::Conflict)), "a row that is there");
    assert_eq!(store.find_apple_device(first.udid_hash).await.unwrap(), Some(phones.devices[0]));
    let revocation = Revocation { at: phones.now, by: RevokedBy::Superseded };
    let change = Change {
        apple_identities: vec![IdentityChange::End { device_id: phones.devices[0], revocation }],
        ..Change::default()
    };
    store.commit(change).await.unwrap();
    assert_eq!(store.find_apple_device(first.udid_hash).await.unwrap(), None, "what has ended does not count");
    phones.enroll(&moved).await.unwrap();
    assert_eq!(store.find_apple_device(first.udid_hash).await.unwrap(), Some(phones.devices[1]));
    assert_eq!(store.count_apple_enrollments().await.unwrap(), 1);
}

pub async fn a_push_is_planned_for_the_earliest_time(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 3).await;
    let at = |s| phones.now.plus_seconds(s);
    phones.enroll(&phones.enrollment(0)).await.unwrap();
    phones.enroll(&phones.enrollment(1)).await.unwrap();
    let half = AppleEnrollment { state: EnrollmentState::Authenticated, ..phones.enrollment(2) };
    phones.enroll(&half).await.unwrap();
    assert_eq!(store.next_push_at().await.unwrap(), None);
    let before = phones.stored(0).await.version;
    phones.plan_push(0, at(20)).await;
    assert!(phones.stored(0).await.version > before, "who decided on the row of before decides again");
    phones.plan_push(1, at(10)).await;
    phones.plan_push(2, at(5)).await;
    let stayed = phones.stored(0).await;
    phones.plan_push(0, at(30)).await;
    assert_eq!(phones.stored(0).await, stayed, "a later time changes nothing");
    assert_eq!(phones.stored(2).await.push_due_at, None, "it cannot be reached yet");
    assert_eq!(store.next_push_at().await.unwrap(), Some(at(10)));
    let [first, second] = [phones.devices[0], phones.devices[1]];
    for (now, limit, due) in
        [(9, 9, vec![]), (10, 9, vec![second]), (20, 9, vec![second, first]), (20, 1, vec![second])]
    {
        assert_eq!(store.due_pushes(at(now), limit).await.unwrap(), due, "{now}");
    }
    phones.plan_push(0, at(1)).await;
    assert_eq!(store.next_push_at().await.unwrap(), Some(at(1)), "an earlier time counts");
}

pub async fn quiet_phones_and_expiring_certificates_are_found(store: Arc<dyn Store>) {
    let phones = Phones::new(store.clone(), 4).await;
    let challenge = phones.saved(1).await;
    // The second one's certificate expires later; the third one cannot be reached yet; the fourth one has ended.
    for device in 0..4 {
        let (n, at) = (u8::try_from(device).unwrap() + 100, phones.now.plus_seconds(if device == 1 { 50 } else { 0 }));
        assert_eq!(phones.issue(&challenge, n, at).await, Issue::Issued);
        let state = if device == 2 { EnrollmentState::Authenticated } else { EnrollmentState::Enrolled };
        phones.enroll(&AppleEnrollment { state, ..phones.enrollment(device) }).await.unwrap();
    }
    let revocation = Revocation { at: phones.now, by: RevokedBy::Left };
    phones.change(IdentityChange::End { device_id: phones.devices[3], revocation }).await.unwrap();
    let [first, second] = [phones.devices[0], phones.devices[1]];

    let expiry = phones.now.plus_seconds(1000);
    let expiring =
        async |s, after, limit| store.expiring_apple_devices(expiry.plus_seconds(s), after, limit).await.unwrap();
    assert_eq!(expiring(0, None, 9).await, []);
    assert_eq!(expiring(1, None, 9).await, [first]);
    assert_eq!(expiring(51, None, 9).await, [first, second]);
    assert_eq!(expiring(51, None, 1).await, [first]);
    assert_eq!(expiring(51, Some(first), 9).await, [second]);

    let soon = phones.now.plus_seconds(1);
    let mut quiet = store.quiet_apple_devices(soon, 9).await.unwrap();
    quiet.sort();
    assert_eq!(quiet, [first, second]);
    assert_eq!(store.quiet_apple_devices(phones.now, 9).await.unwrap(), [], "heard at that time");
    assert_eq!(store.quiet_apple_devices(soon, 1).await.unwrap().len(), 1);
    phones.plan_push(0, phones.now).await;
    assert_eq!(store.quiet_apple_devices(soon, 9).await.unwrap(), [second], "a push is planned");
}
