//! Random sequences of everything that admins, people, devices and time can do.

use super::memory_store::MemoryStore;
use crate::{
    decide::{
        InviteOptions, Refusal, accept, cancel_command, change_person, deactivate, delete_device, enroll, invite,
        offer_commands, open, record_attempt, record_contact, record_fetch, record_inventory, record_progress,
        record_result, record_state, renew_device, request_command, resend, rotate_secret, unenroll,
    },
    device::{EnrollmentStep, Ownership, Platform, command::CommandKind, lost::LostText},
    invitation::{DeactivationReason, Delivery, OpenSignal},
    journal::change::{Change, KeyedHash},
    mail::{Attempt, MailState},
    person::{Correction, OldCredentials},
    protocol::{CommandResult, Inventory, ProgressReport, ResultStatus, StateReport},
    slot::{
        attention::Cause,
        reminder::{REMINDABLE, ReminderPolicy, ReminderRule},
    },
    types::{
        hearing::Hearing,
        ids::{DeviceId, InvitationId, PersonId},
    },
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An action; a number chooses among the things that exist.
#[derive(Clone, Debug)]
enum Action {
    Invite { send: bool, expires: bool },
    Resend,
    Deactivate,
    Rename,
    CorrectEmail { keep: bool },
    Mail { which: usize, outcome: u8 },
    Fetch,
    Open,
    Accept,
    Enroll { invitation: usize, installation: u8 },
    Progress { device: usize, step: usize, missing: bool },
    Inventory { device: usize },
    Heartbeat { device: usize, seq: u64, granted: bool, lost: Option<bool> },
    Contact { device: usize },
    Rotate { device: usize },
    Unenroll { device: usize },
    Renew { device: usize },
    Delete { device: usize, cancels_wipe: bool },
    Command { device: usize, kind: u8 },
    Poll { device: usize },
    Answer { command: usize, status: u8 },
    Cancel { command: usize },
    Wait { seconds: i64 },
    Sweep,
    Remind,
    Recognise { device: usize },
    Twins { device: usize },
}

fn action() -> impl Strategy<Value = Action> {
    let n = 0usize..6;
    prop_oneof![
        3 => (any::<bool>(), any::<bool>()).prop_map(|(send, expires)| Action::Invite { send, expires }),
        1 => Just(Action::Resend),
        1 => Just(Action::Deactivate),
        1 => Just(Action::Rename),
        1 => any::<bool>().prop_map(|keep| Action::CorrectEmail { keep }),
        2 => (n.clone(), 0u8..3).prop_map(|(which, outcome)| Action::Mail { which, outcome }),
        1 => Just(Action::Fetch),
        1 => Just(Action::Open),
        1 => Just(Action::Accept),
        5 => (n.clone(), 0u8..4).prop_map(|(invitation, installation)| Action::Enroll { invitation, installation }),
        5 => (n.clone(), 0usize..5, any::<bool>()).prop_map(|(device, step, missing)| Action::Progress { device, step, missing }),
        3 => n.clone().prop_map(|device| Action::Inventory { device }),
        3 => (n.clone(), 0u64..9, any::<bool>(), any::<Option<bool>>())
            .prop_map(|(device, seq, granted, lost)| Action::Heartbeat { device, seq, granted, lost }),
        1 => n.clone().prop_map(|device| Action::Contact { device }),
        1 => n.clone().prop_map(|device| Action::Rotate { device }),
        1 => n.clone().prop_map(|device| Action::Unenroll { device }),
        2 => n.clone().prop_map(|device| Action::Renew { device }),
        2 => (n.clone(), any::<bool>()).prop_map(|(device, cancels_wipe)| Action::Delete { device, cancels_wipe }),
        2 => (n.clone(), 0u8..4).prop_map(|(device, kind)| Action::Command { device, kind }),
        2 => n.clone().prop_map(|device| Action::Poll { device }),
        2 => (n.clone(), 0u8..4).prop_map(|(command, status)| Action::Answer { command, status }),
        1 => n.clone().prop_map(|command| Action::Cancel { command }),
        3 => prop_oneof![Just(10), Just(120), Just(1_000), Just(100_000), Just(700_000)].prop_map(|seconds| Action::Wait { seconds }),
        3 => Just(Action::Sweep),
        3 => Just(Action::Remind),
        3 => n.clone().prop_map(|device| Action::Recognise { device }),
        2 => (0usize..6).prop_map(|device| Action::Twins { device }),
    ]
}

/// One of the kinds of command that the rules treat differently.
pub(super) fn command_kind(number: u8) -> CommandKind {
    match number % 4 {
        0 => CommandKind::Lock {},
        3 => CommandKind::Wipe { external: false },
        1 => CommandKind::LostMode(LostText { message: "Please call.".to_owned(), phone: None }),
        _ => CommandKind::EndLostMode {},
    }
}

fn reminders() -> ReminderPolicy {
    let rule = |&cause: &Cause| ReminderRule { cause, after_days: 1, at_most: 2 };
    REMINDABLE.iter().map(rule).collect::<Vec<_>>().try_into().unwrap()
}

fn pick<K: Copy + Ord, V>(rows: &BTreeMap<K, V>, which: usize) -> Option<K> {
    rows.keys().nth(which % rows.len().max(1)).copied()
}

impl MemoryStore {
    fn invitation(&self, person: PersonId) -> Option<InvitationId> {
        self.aggregate(person).invitation.map(|i| i.id)
    }

    fn device(&self, which: usize) -> Option<DeviceId> {
        let existing: BTreeMap<_, _> = self.devices.iter().filter(|(_, d)| d.deleted_at.is_none()).collect();
        pick(&existing, which).copied()
    }

    /// Applies the change of a decision; a refusal changes nothing.
    fn apply_decision(&mut self, decided: Result<Change, Refusal>) {
        if let Ok(change) = decided {
            self.apply(change);
        }
    }

    fn run(&mut self, person: PersonId, action: &Action) {
        let context = self.context();
        let whole = self.aggregate(person);
        match *action {
            Action::Invite { send, expires } => {
                let expires_at = expires.then(|| self.now.plus_seconds(50_000));
                let decided =
                    invite(&whole, InviteOptions { send, expires_at }, Self::sealed(), &mut self.ids, &context);
                self.apply_decision(decided);
            }
            Action::Resend => {
                let decided = resend(&whole, &mut self.ids, &context);
                self.apply_decision(decided);
            }
            Action::Deactivate => {
                if let Some(id) = self.invitation(person) {
                    self.apply_decision(deactivate(&whole, id, DeactivationReason::Manual, &context));
                }
            }
            Action::Rename => {
                let p = whole.person.clone();
                let name = format!("{}x", &p.name.as_str()[..3]).parse().unwrap();
                let old_credentials = OldCredentials::Replace;
                let correction = Correction { name, email: p.email, locale: p.locale, old_credentials };
                let change = change_person(&whole, &correction, Self::sealed(), &mut self.ids, &context);
                self.apply(change);
            }
            Action::CorrectEmail { keep } => self.correct_email(person, keep),
            Action::Fetch | Action::Open | Action::Accept => self.visit(person, action),
            Action::Mail { which, outcome } => self.mail(person, which, outcome),
            Action::Enroll { invitation, installation } => self.enroll(person, invitation, installation),
            Action::Renew { device } => {
                if let Some(id) = self.device(device) {
                    let decided = renew_device(&whole, id, Self::sealed(), &mut self.ids, &context);
                    self.apply_decision(decided);
                }
            }
            Action::Delete { device, cancels_wipe } => {
                if let Some(id) = self.device(device) {
                    let open: Vec<_> = self.commands.values().cloned().collect();
                    self.apply_decision(delete_device(&whole, id, &open, cancels_wipe, &context));
                }
            }
            Action::Wait { seconds } => self.now = self.now.plus_seconds(seconds),
            Action::Sweep => self.sweep(person),
            Action::Remind => self.remind(person, &reminders()),
            Action::Recognise { device } => {
                if let Some(id) = self.device(device) {
                    self.recognise(person, id);
                }
            }
            Action::Twins { device } => {
                if let Some(id) = self.device(device) {
                    self.note_twins(id);
                }
            }
            Action::Answer { command, status } => self.answer(command, status),
            Action::Cancel { command } => {
                if let Some(command) = pick(&self.commands, command).map(|id| self.commands[&id].clone())
                    && self.devices[&command.device_id].deleted_at.is_none()
                {
                    self.apply_decision(cancel_command(&self.aggregate_of(command.device_id), &command, &context));
                }
            }
            _ => self.report(action),
        }
    }

    fn correct_email(&mut self, person: PersonId, keep: bool) {
        let whole = self.aggregate(person);
        let p = whole.person.clone();
        let email = if p.email.as_str().starts_with('a') { "da@example.com" } else { "ada@example.com" };
        let old_credentials = if keep { OldCredentials::Keep } else { OldCredentials::Replace };
        let correction = Correction { name: p.name, email: email.parse().unwrap(), locale: p.locale, old_credentials };
        let context = self.context();
        let change = change_person(&whole, &correction, Self::sealed(), &mut self.ids, &context);
        self.apply(change);
        let mailed = whole.invitation.filter(|i| i.delivery != Delivery::None && i.refusal(self.now).is_none());
        if let Some(old) = mailed {
            assert_eq!(self.invitations[&old.id].state.is_active(), keep, "the old link ends unless it is kept");
        }
    }

    fn visit(&mut self, person: PersonId, action: &Action) {
        let (whole, context) = (self.aggregate(person), self.context());
        let Some(id) = self.invitation(person) else { return };
        let decided = match action {
            Action::Fetch => {
                let before = whole.invitation.as_ref().map(|i| i.state);
                let decided = record_fetch(&whole, id, "scanner", true, &context);
                if let Ok(change) = &decided {
                    let after = change.invitations.first().map(|i| i.state);
                    assert!(after.is_none() || after == before, "a bare fetch changes no state");
                }
                decided
            }
            Action::Open => open(&whole, id, OpenSignal::Interaction, &context),
            _ => accept(&whole, id, Ownership::Personal, Platform::Android, true, &context),
        };
        self.apply_decision(decided);
    }

    fn mail(&mut self, person: PersonId, which: usize, outcome: u8) {
        let Some(id) = pick(&self.mails, which) else { return };
        let mut mail = self.mails[&id].clone();
        if mail.state != MailState::Queued {
            return;
        }
        mail.attempts += 1;
        let attempt = match outcome {
            0 => Attempt::Sent { to: "ada@example.com".to_owned() },
            1 => Attempt::Transient { reason: "451 later".to_owned() },
            _ => Attempt::Permanent { to: "ada@example.com".to_owned(), reason: "550 no".to_owned() },
        };
        let change = record_attempt(&self.aggregate(person), &mail, attempt, &self.context());
        self.apply(change);
    }

    fn enroll(&mut self, person: PersonId, invitation: usize, installation: u8) {
        let Some(id) = pick(&self.invitations, invitation) else { return };
        let devices = self.devices.len();
        let enrollment = self.enrollment(id, installation);
        let is_active = self.invitations[&id].refusal(self.now).is_none();
        let (whole, context) = (self.aggregate(person), self.context());
        match enroll(&whole, &enrollment, &mut self.ids, &context) {
            Ok((_, change)) => {
                assert!(is_active, "an invitation that is not active enrolls nothing");
                self.apply(change);
            }
            Err(_) => assert_eq!(devices, self.devices.len()),
        }
    }

    fn report(&mut self, action: &Action) {
        let (Action::Progress { device, .. }
        | Action::Inventory { device }
        | Action::Heartbeat { device, .. }
        | Action::Contact { device }
        | Action::Rotate { device }
        | Action::Unenroll { device }
        | Action::Command { device, .. }
        | Action::Poll { device }) = *action
        else {
            return;
        };
        let Some(id) = self.device(device) else { return };
        let (aggregate, context) = (self.aggregate_of(id), self.context());
        let decided = match *action {
            Action::Progress { step, missing, .. } => {
                let missing = if missing { vec!["location".to_owned()] } else { Vec::new() };
                let report = ProgressReport {
                    step: EnrollmentStep::ALL[step],
                    percent: None,
                    missing_permissions: Some(missing),
                    error: None,
                };
                record_progress(&aggregate, id, &report, &context)
            }
            Action::Inventory { .. } => {
                let inventory = Inventory { schema_version: 1, collected_at: None, groups: BTreeMap::new() };
                record_inventory(&aggregate, id, inventory, "tag".to_owned(), None, &context)
            }
            Action::Heartbeat { seq, granted, lost, .. } => {
                let permissions = ["location", "notifications", "device_admin"].map(|name| (name.to_owned(), granted));
                let report = StateReport {
                    seq,
                    permissions: Some(permissions.into()),
                    lost_mode: lost,
                    ..StateReport::default()
                };
                record_state(&aggregate, id, report, &context)
            }
            Action::Rotate { .. } => rotate_secret(&aggregate, id, KeyedHash([3; 32]), &context),
            Action::Unenroll { .. } => {
                unenroll(&aggregate, id, &self.commands.values().cloned().collect::<Vec<_>>(), &context)
            }
            Action::Command { kind, .. } => {
                request_command(&aggregate, id, command_kind(kind), &mut self.ids, &context).map(|(_, change)| change)
            }
            Action::Poll { .. } => {
                let waiting =
                    self.commands.values().filter(|c| c.device_id == id && !c.state.is_final()).cloned().collect();
                offer_commands(&aggregate, id, waiting, &context).map(|(_, change)| change)
            }
            _ => record_contact(&aggregate, id, &context),
        };
        self.apply_decision(decided);
    }

    fn answer(&mut self, which: usize, status: u8) {
        let Some(command) = pick(&self.commands, which).map(|id| self.commands[&id].clone()) else { return };
        if self.devices[&command.device_id].deleted_at.is_some() {
            return;
        }
        let statuses = [ResultStatus::Acknowledged, ResultStatus::Completed, ResultStatus::Error, ResultStatus::NotNow];
        let result = CommandResult { status: statuses[usize::from(status)], data: None, error: None };
        let open = self.open_commands(command.device_id);
        let decided = record_result(&self.aggregate_of(command.device_id), &command, &open, &result, &self.context());
        let Ok(change) = decided else {
            assert!(command.state.is_final(), "only answers to ended commands are refused");
            return;
        };
        self.apply(change);
    }

    fn sweep(&mut self, person: PersonId) {
        let ids: Vec<_> = self.aggregate(person).devices.iter().map(|d| d.id).collect();
        for id in ids {
            self.record_silence(id, &Hearing::default());
        }
        let whole = self.aggregate(person);
        if let Some(invitation) = whole.invitation.as_ref().filter(|i| i.refusal(self.now).is_some()) {
            self.apply_decision(deactivate(&whole, invitation.id, DeactivationReason::Expired, &self.context()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_a_rule(actions in prop::collection::vec(action(), 1..60)) {
        let (mut store, person) = MemoryStore::with_person();
        for action in &actions {
            store.run(person, action);
            store.check();
        }
        store.check_reminders(2);
    }
}
