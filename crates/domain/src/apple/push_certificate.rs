//! Push certificates: what Apple issues to an organisation, so that it can ask its phones to call.

use super::Sealed;
use crate::{
    Timestamp,
    types::{ids::PushCertificateId, text_enum::text_enum},
};

text_enum! {
    /// How far a push certificate is.
    PushCertificateState {
        /// There is a key, and a request that can be given to Apple.
        Requested = "requested", "Requested";
        /// Pushes are sent with it.
        Active = "active", "Active";
        /// Another one took its place.
        Replaced = "replaced", "Replaced";
    }
}

/// A key that was made here or imported, and the certificate that Apple issued for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushCertificate {
    /// Identity.
    pub id: PushCertificateId,
    /// How far it is.
    pub state: PushCertificateState,
    /// What pushes are sent on: phones are enrolled for one topic.
    pub topic: Option<String>,
    /// The certificate in PEM, its own first.
    pub certificate: Option<String>,
    /// The key (PKCS#8), encrypted.
    pub key: Sealed,
    /// When the certificate expires.
    pub not_after: Option<Timestamp>,
    /// The account at Apple that it has to be renewed with, as the admin wrote it.
    pub apple_id: Option<String>,
    /// When the admins were last mailed that it expires.
    pub warned_at: Option<Timestamp>,
    /// When the key was made or imported.
    pub made_at: Timestamp,
    /// When the certificate was uploaded.
    pub uploaded_at: Option<Timestamp>,
    /// Version at which it was read (optimistic concurrency); 0 if not stored yet.
    pub version: u64,
}

/// At how many days before its end admins are warned; from the last of them on, each day.
pub const WARN_DAYS: [i64; 5] = [60, 30, 14, 7, 1];
const DAY_S: i64 = 24 * 60 * 60;
const DAY_MS: i64 = DAY_S * 1000;

/// How long a push certificate can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// For longer than the first of [`WARN_DAYS`].
    Far,
    /// For so many days; a day that has begun counts.
    Soon(u64),
    /// Not any more.
    Ended,
}

impl PushCertificate {
    /// How long it can still be used; `None` before Apple issued it.
    pub fn expiry(&self, now: Timestamp) -> Option<Expiry> {
        let left_ms = self.not_after?.as_millis() - now.as_millis();
        Some(match u64::try_from(left_ms) {
            Err(_) | Ok(0) => Expiry::Ended,
            Ok(_) if left_ms > WARN_DAYS[0] * DAY_MS => Expiry::Far,
            Ok(left_ms) => Expiry::Soon(left_ms.div_ceil(DAY_MS.unsigned_abs())),
        })
    }

    /// Since when the latest warning of its end has been due; `None` while it is far away.
    pub fn warning_due_at(&self, now: Timestamp) -> Option<Timestamp> {
        let end = self.not_after?;
        let last = end.plus_seconds(-WARN_DAYS[4] * DAY_S);
        if now >= last {
            let days = (now.as_millis() - last.as_millis()) / DAY_MS;
            return Some(last.plus_seconds(days * DAY_S));
        }
        WARN_DAYS.iter().map(|days| end.plus_seconds(-days * DAY_S)).filter(|due| *due <= now).max()
    }

    /// Whether admins have to be warned of its end, and were not since that was due.
    pub fn owes_warning(&self, now: Timestamp) -> bool {
        self.state == PushCertificateState::Active
            && self.warning_due_at(now).is_some_and(|due| self.warned_at.is_none_or(|warned| warned < due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const END: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn certificate() -> PushCertificate {
        PushCertificate {
            id: PushCertificateId(Uuid::nil()),
            state: PushCertificateState::Active,
            topic: Some("com.apple.mgmt.External.test".to_owned()),
            certificate: None,
            key: Sealed(Vec::new()),
            not_after: Some(END),
            apple_id: None,
            warned_at: None,
            made_at: Timestamp::from_millis(0),
            uploaded_at: None,
            version: 1,
        }
    }

    fn before_end(days: i64, seconds: i64) -> Timestamp {
        END.plus_seconds(-days * DAY_S - seconds)
    }

    #[test]
    fn days_that_have_begun_count_and_the_end_itself_is_over() {
        let expiry = |days, seconds| certificate().expiry(before_end(days, seconds)).unwrap();
        assert_eq!(expiry(60, 1), Expiry::Far);
        assert_eq!([expiry(60, 0), expiry(59, 1), expiry(59, 0)], [60, 60, 59].map(Expiry::Soon));
        assert_eq!([expiry(1, 1), expiry(1, 0), expiry(0, 1)], [2, 1, 1].map(Expiry::Soon));
        assert_eq!([expiry(0, 0), expiry(-9, 0)], [Expiry::Ended; 2]);
        assert_eq!(PushCertificate { not_after: None, ..certificate() }.expiry(END), None);
    }

    #[test]
    fn admins_are_warned_five_times_and_then_daily() {
        // An hour at a time, as the worker does it.
        let (mut certificate, mut warned) = (certificate(), Vec::new());
        for hour in -70 * 24..=3 * 24 {
            let now = END.plus_seconds(hour * 3600);
            if certificate.owes_warning(now) {
                certificate.warned_at = Some(now);
                warned.push(hour);
            }
        }
        let days: Vec<i64> = warned.iter().map(|hour| hour / 24).collect();
        assert_eq!(days, [-60, -30, -14, -7, -1, 0, 1, 2, 3]);
        assert!(warned.iter().all(|hour| hour % 24 == 0), "in the hour in which it becomes due");
    }

    #[test]
    fn a_warning_that_was_missed_is_made_up_for_once() {
        let late = PushCertificate { warned_at: Some(before_end(60, 0)), ..certificate() };
        assert!(!late.owes_warning(before_end(30, 1)));
        assert!(late.owes_warning(before_end(20, 0)));
        let told = PushCertificate { warned_at: Some(before_end(20, 0)), ..late.clone() };
        assert!(!told.owes_warning(before_end(14, 1)));
        let replaced = PushCertificate { state: PushCertificateState::Replaced, ..late };
        assert!(!replaced.owes_warning(END), "only of the one in use");
    }
}
