//! The answer (*Handling notification responses from APNs* in Apple's documentation).

use std::time::Duration;

use time::OffsetDateTime;

/// The longest answer that is read, in bytes.
pub const MAX_ANSWER: usize = 4 * 1024;
/// The longest pause that an answer can ask for.
pub const MAX_RETRY_AFTER: Duration = Duration::from_hours(24);
/// The longest reason that is kept, in bytes. Those that are known have 32 at most.
const MAX_REASON: usize = 64;

/// What Apple's service says to a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// Why the push was refused: one of Apple's words, such as `BadDeviceToken`.
    pub reason: Option<String>,
    /// With the status 410: when Apple found that the token is valid no longer.
    pub since: Option<OffsetDateTime>,
    /// How long to wait.
    pub retry_after: Option<Duration>,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Apple took it. Whether the phone gets it is not known before the phone asks for commands.
    Accepted,
    /// The phone is not reached by this token any more: it was erased, or its profile was removed. The phone may send
    /// another token.
    TokenDead {
        /// When Apple found so. A token that the phone sent later than this is another matter.
        since: Option<OffsetDateTime>,
    },
    /// The phone was enrolled with a push certificate of another topic, so it has to be enrolled again.
    OtherTopic,
    /// Apple does not take our certificate, so no phone is reached.
    OurCertificate,
    /// Nothing is wrong with phone or certificate: to be tried again.
    Later {
        /// After this pause at the earliest, if Apple said so.
        after: Option<Duration>,
    },
    /// The request itself is refused, and would be again: a fault in here.
    Refused,
}

impl Answer {
    /// Reads an answer: its status, the header `retry-after`, and its body. Whatever is wrong with the latter two is left out.
    pub fn read(status: u16, retry_after: Option<&str>, body: &[u8]) -> Self {
        let body = body.get(..MAX_ANSWER).unwrap_or(body);
        let said: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).unwrap_or_default();
        let reason = said.get("reason").and_then(serde_json::Value::as_str);
        let is_word = |reason: &&str| reason.len() <= MAX_REASON && reason.bytes().all(|b| b.is_ascii_alphanumeric());
        let milliseconds = said.get("timestamp").and_then(serde_json::Value::as_i64);
        let retry_after = retry_after.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        Self {
            status,
            reason: reason.filter(is_word).map(str::to_owned),
            since: milliseconds.and_then(|at| OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).ok()),
            retry_after: retry_after.map(|pause| pause.min(MAX_RETRY_AFTER)),
        }
    }

    /// The body of the answer, as Apple's service writes it: empty if the push was accepted.
    pub fn body(&self) -> Vec<u8> {
        let Some(reason) = &self.reason else { return Vec::new() };
        let mut said = serde_json::json!({ "reason": reason });
        if let (Some(since), Some(said)) = (self.since, said.as_object_mut()) {
            said.insert("timestamp".to_owned(), (since.unix_timestamp() * 1000).into());
        }
        said.to_string().into_bytes()
    }

    /// What it means. The reason decides before the status: Apple answers several different matters with 400.
    pub fn verdict(&self) -> Verdict {
        let later = Verdict::Later { after: self.retry_after };
        match (self.status, self.reason.as_deref().unwrap_or_default()) {
            (200, _) => Verdict::Accepted,
            (_, "Unregistered" | "ExpiredToken") | (410, _) => Verdict::TokenDead { since: self.since },
            // A token is bound to the topic that it was made for.
            (_, "DeviceTokenNotForTopic" | "BadDeviceToken") => Verdict::OtherTopic,
            // The topic that we name is not the certificate's.
            (_, "BadCertificate" | "BadCertificateEnvironment" | "TopicDisallowed" | "BadTopic") => {
                Verdict::OurCertificate
            }
            (_, "IdleTimeout") | (429 | 500..=599, _) => later,
            (403, _) => Verdict::OurCertificate,
            (400..=499, _) => Verdict::Refused,
            // Nothing that Apple's service says: something stands between.
            _ => later,
        }
    }
}
