//! What a call of a device is answered from, and the answers to reports that change nothing but measured values.

use crate::{
    Rollcall, ServiceError, ServiceResult,
    live::{measured_event, says_more},
    register::KnownDevice,
};
use domain::{
    decide::{SettledFacts, plain_report},
    protocol::{HEARTBEAT_S, LOST_HEARTBEAT_S, StateReply, StateReport},
    types::ids::DeviceId,
};
use std::sync::Arc;
use store::TelemetryPut;

impl Rollcall {
    /// What is known of a device that calls.
    ///
    /// # Errors
    /// The device was deleted, or has no secret.
    pub(super) async fn known_caller(&self, id: DeviceId) -> ServiceResult<Arc<KnownDevice>> {
        if let Some(known) = self.register.get(id) {
            return Ok(known);
        }
        let mark = self.register.mark(id);
        let found = self.store.find_calling_device(id).await?.ok_or(ServiceError::WrongCredentials)?;
        Ok(self.register.keep(id, mark, found.into()))
    }

    /// Takes a report that changes nothing but measured values: one narrow row. `None` when it may change more.
    pub(super) async fn take_plain_report(
        &self,
        id: DeviceId,
        report: &StateReport,
    ) -> ServiceResult<Option<StateReply>> {
        // Reports of one device are taken one after the other: each is stored over the one before.
        let _turn = self.device_turns.take(id).await;
        let mark = self.register.mark(id);
        let Some(known) = self.register.get(id).filter(|known| known.is_plain(report)) else { return Ok(None) };
        let now = self.environment.now();
        // One that comes late counts as contact.
        if report.seq <= known.seq {
            self.note_contact_of(id, &known);
            return self.state_reply(id, &known).await.map(Some);
        }
        let mut stored = plain_report(report.clone(), known.report.as_ref(), now);
        // What is known here may be older than what is kept.
        if let Some(before) = self.settings.retention.positions_before(now) {
            stored.forget_position_before(before);
        }
        let (version, previous_seq) = (known.version, known.seq);
        let put = TelemetryPut { device_id: id, version, previous_seq, report: stored.clone() };
        if !self.store.write_telemetry(put).await? {
            self.register.forget(id);
            return Ok(None);
        }
        self.contacts.note(id, now);
        self.hub.send(measured_event(id, &known, now, says_more(report, known.report.as_ref())));
        let settled = known.settled.map(|settled| settled.and(report));
        let known = KnownDevice { seq: report.seq, report: Some(stored), settled, ..KnownDevice::clone(&known) };
        let known = self.register.keep(id, mark, known);
        self.state_reply(id, &known).await.map(Some)
    }

    /// Remembers that a report was decided on at a version and changed nothing about the device.
    pub(super) async fn settle_facts(&self, id: DeviceId, version: u64, report: &StateReport) -> ServiceResult<()> {
        let mark = self.register.mark(id);
        let known = self.known_caller(id).await?;
        if known.version == version {
            let settled = Some(SettledFacts::default().and(report));
            self.register.keep(id, mark, KnownDevice { settled, ..KnownDevice::clone(&known) });
        }
        Ok(())
    }

    /// The answer to a report.
    pub(super) async fn state_reply(&self, id: DeviceId, known: &KnownDevice) -> ServiceResult<StateReply> {
        let now = self.environment.now();
        let waiting = if known.has_offer(now) { self.store.waiting_commands(id, now, 100).await?.len() } else { 0 };
        Ok(StateReply {
            pending_commands: waiting as u64,
            ignored: Vec::new(),
            next_heartbeat_s: if known.is_lost { LOST_HEARTBEAT_S } else { HEARTBEAT_S },
        })
    }

    /// Notes a contact that changes nothing.
    pub(super) fn note_contact_of(&self, id: DeviceId, known: &KnownDevice) {
        let now = self.environment.now();
        self.contacts.note(id, now);
        self.publish_contact(known.slot_id, now);
    }
}
