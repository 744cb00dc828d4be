//! The trail of access: an entry for each event, and a line in the log. What strangers can cause is bounded, and limits that
//! they filled are filled again after a restart.

use crate::{
    Rollcall, ServiceResult,
    security::{
        keys::{decode_hex, encode_hex},
        limiter::{Blocked, BucketKey, Full, Limit},
        shared_limiter::NotNow,
        trail::ByStrangers,
    },
};
use domain::audit::{AuditActor, AuditEntry, AuditEvent, AuditPage, FullBucket, Origin};
use std::net::IpAddr;

/// Entries on one page.
pub const AUDIT_PAGE: u32 = 100;
/// How far back limits can still be full, in seconds.
const LONGEST_WINDOW_S: i64 = 900;

impl Rollcall {
    /// Adds an entry to the trail, and writes a line to the log. If it cannot be stored, the line is there, and what it is
    /// about goes on.
    pub(crate) async fn note(&self, origin: &Origin, event: AuditEvent, subject: &str) {
        self.add_entry(self.entry(origin, event, subject)).await;
    }

    /// Notes a wrong attempt, unless strangers caused very many entries already.
    pub(crate) async fn note_attempt(&self, event: AuditEvent, subject: &str, address: IpAddr) {
        self.note_of_stranger(ByStrangers::Attempt, self.entry(&stranger(address), event, subject)).await;
    }

    /// Notes that limits are full from now on, once. `full` are the buckets, which stay full over a restart.
    pub(crate) async fn note_lock_out(&self, event: AuditEvent, subject: &str, address: IpAddr, full: &[Full]) {
        let full = self.trail.begin(full, self.environment.now());
        if full.is_empty() {
            return;
        }
        let mut entry = self.entry(&stranger(address), event, subject);
        entry.full = full.iter().map(stored_bucket).collect();
        if let Some(seq) = self.note_of_stranger(ByStrangers::LockOut, entry).await {
            self.trail.stored(&full, seq);
        }
    }

    /// Counts an attempt that a full bucket refused. Attempts that filled it may have been cut off before they were noted; then
    /// this one notes the lock-out.
    pub(crate) async fn note_refused(&self, event: AuditEvent, subject: &str, address: IpAddr, refused: &NotNow) {
        let NotNow::Blocked(Blocked { full: Some(full), .. }) = *refused else { return };
        if let Some((seq, times)) = self.trail.count(full.key)
            && let Err(error) = self.store.count_audit_entry(seq, times).await
        {
            tracing::error!(%error, "Refused attempts could not be counted");
        }
        self.note_lock_out(event, subject, address, &[full]).await;
    }

    async fn note_of_stranger(&self, kind: ByStrangers, entry: AuditEntry) -> Option<i64> {
        if self.trail.has_room(kind, &self.environment).await {
            return self.add_entry(entry).await;
        }
        log(&entry);
        None
    }

    fn entry(&self, origin: &Origin, event: AuditEvent, subject: &str) -> AuditEntry {
        AuditEntry {
            at: self.environment.now(),
            event,
            actor: origin.actor.clone(),
            address: origin.address,
            subject: subject.to_owned(),
            times: 1,
            full: Vec::new(),
        }
    }

    async fn add_entry(&self, entry: AuditEntry) -> Option<i64> {
        log(&entry);
        let added = self.store.add_audit_entry(&entry).await;
        added.inspect_err(|error| tracing::error!(%error, "An entry of the audit trail could not be stored")).ok()
    }

    /// A page of the trail, newest first: `size` entries before number `before`, or the latest.
    pub async fn audit_trail(&self, before: Option<i64>, size: u32) -> ServiceResult<AuditPage> {
        Ok(self.store.list_audit_entries(before, size).await?)
    }

    /// Fills limits that were full when the server stopped. Called once, before the first request.
    pub async fn restore_limits(&self) -> ServiceResult<()> {
        let since = self.environment.now().plus_seconds(-LONGEST_WINDOW_S);
        for entry in self.store.lock_outs(since).await? {
            let limiter = if entry.event == AuditEvent::PinLocked { &self.pin_limits } else { &self.sign_in_limits };
            for full in entry.full {
                let limit = Limit { failures: full.failures, window_s: full.window_s };
                if let Some(key) = decode_hex(&full.bucket) {
                    limiter.fill(Full { key: BucketKey(key), limit, since: full.since });
                }
            }
        }
        Ok(())
    }
}

fn stored_bucket(full: &Full) -> FullBucket {
    let Limit { failures, window_s } = full.limit;
    FullBucket { bucket: encode_hex(&full.key.0), since: full.since, failures, window_s }
}

const fn stranger(address: IpAddr) -> Origin {
    Origin { actor: AuditActor::Stranger, address: Some(address) }
}

fn log(entry: &AuditEntry) {
    let actor = match &entry.actor {
        AuditActor::Account(email) => email,
        AuditActor::ApiToken(name) => name,
        AuditActor::CommandLine => "command line",
        AuditActor::Stranger => "stranger",
    };
    let address = entry.address.map(|address| address.to_string()).unwrap_or_default();
    tracing::info!(
        audit.event = entry.event.as_str(),
        audit.actor = actor,
        audit.address = address,
        audit.subject = entry.subject,
        "{}",
        entry.event.label()
    );
}
