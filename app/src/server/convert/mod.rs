//! Results of use cases, turned into what travels.

mod attention;
mod event;
mod facts;
mod glance;
mod lost_mode;
mod operations;
pub mod reminders;

use self::{
    attention::hint_sentence,
    event::event_view,
    facts::inventory_facts,
    glance::glance,
    lost_mode::{lost_mark, lost_screen_text, notices},
    operations::{abilities, operations},
};
use crate::{
    text::{self, FIRST_VIEW, Text as _, browser_name, command_name, line_refusal_text, missing_text},
    wire::{
        DeviceCommandView, DeviceView, EventView, FactGroups, Hint, InvitationView, InviteJobView, InviteOutcome,
        MailProgress, Moment, PaceView, PersonView, SessionView, SlotPage, SlotRowView, TimedText,
    },
};
use domain::{
    Timestamp,
    actor::Actor,
    device::{
        AgentError,
        command::{CommandKind, CommandNote, CommandState},
    },
    invitation::{
        DeactivationReason, Delivery, InvitationState,
        job::{JobLine, JobProgress, LineOutcome},
    },
    slot::{SlotDevice, SlotRow},
    views::{CommandView, InvitationRow, PersonRow, SessionRow, SlotDetail, SlotView},
};

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at.as_millis())
    }
}

impl From<Moment> for Timestamp {
    fn from(at: Moment) -> Self {
        Self::from_millis(at.0)
    }
}

impl From<PersonRow> for PersonView {
    fn from(row: PersonRow) -> Self {
        let PersonRow { id, name, email, locale, created_at, invitation, invitation_state, devices } = row;
        let invitation_label = invitation_state.map(|state| state.text().to_owned());
        Self { id, name, email, locale, created_at: created_at.into(), invitation, invitation_label, devices }
    }
}

impl From<SessionRow> for SessionView {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            browser: browser_name(&row.user_agent),
            created_at: row.created_at.into(),
            last_seen_at: row.last_seen_at.into(),
            is_current: row.is_current,
        }
    }
}

impl From<SlotView> for SlotRowView {
    fn from(item: SlotView) -> Self {
        let hint = item.attention.map(|it| Hint { sentence: hint_sentence(it.cause, &item.row), next: it.next });
        let SlotRow {
            id,
            person_id,
            person_name,
            email,
            invitation_id,
            invitation_active,
            delivery,
            status,
            status_since,
            device,
            is_damaged,
            ..
        } = item.row;
        Self {
            id,
            person_id,
            person_name,
            email,
            invitation_id,
            invitation_active,
            mail: (&delivery).into(),
            status,
            since: status_since.into(),
            device: device.map(DeviceView::from),
            hint,
            shows_credentials: item.shows_credentials,
            is_damaged,
        }
    }
}

impl From<SlotDevice> for DeviceView {
    fn from(device: SlotDevice) -> Self {
        Self {
            id: device.id,
            name: device.name,
            platform: device.platform,
            os_version: device.os_version,
            ownership: device.ownership,
            step: device.step,
            missing: missing_text(&device.missing),
            error: device.error,
            last_contact_at: device.last_contact_at.into(),
            renewed_at: device.renew_requested_at.map(Into::into),
            mark: lost_mark(device.lost),
            was_enrolled: device.was_enrolled,
            wipe_waits: device.wipe_requested_at.is_some(),
            twin: device.relatives.twin.map(|twin| twin.slot_id),
        }
    }
}

impl From<SlotDetail> for SlotPage {
    fn from(detail: SlotDetail) -> Self {
        Self {
            notices: notices(&detail),
            glance: glance(&detail),
            operations: detail.device.as_ref().map(operations).unwrap_or_default(),
            abilities: detail.device.as_ref().and_then(abilities),
            slot: detail.item.into(),
            inventory: detail
                .inventory
                .map(|inventory| FactGroups { at: inventory.at.into(), groups: inventory_facts(&inventory) }),
            commands: detail.commands.into_iter().map(DeviceCommandView::from).collect(),
            timeline: detail.timeline.iter().filter_map(event_view).collect::<Vec<EventView>>(),
        }
    }
}

impl From<CommandView> for DeviceCommandView {
    fn from(command: CommandView) -> Self {
        let word = command.kind.name();
        Self {
            id: command.id,
            word: word.to_owned(),
            name: command_name(word).to_owned(),
            text: match command.kind {
                CommandKind::Message { text } => Some(text),
                CommandKind::LostMode(text) => Some(lost_screen_text(&text)),
                _ => None,
            },
            late: command.late_answer_at.map(|at| TimedText {
                text: match command.state {
                    CommandState::Expired => text::done_although_expired(FIRST_VIEW),
                    _ => text::done_although_cancelled(FIRST_VIEW),
                },
                at: at.into(),
            }),
            state: command.state,
            by: match command.requested_by {
                Actor::Account(name) | Actor::ApiToken(name) => Some(name),
                Actor::System | Actor::Person | Actor::Device => None,
            },
            requested_at: command.requested_at.into(),
            expires_at: command.expires_at.into(),
            finished_at: command.finished_at.map(Moment::from),
            trouble: match command.note {
                Some(CommandNote::NoPasscode) => Some(text::locked_without_passcode().to_owned()),
                None => {
                    command.error.map(|AgentError { code, message }| if message.is_empty() { code } else { message })
                }
            },
        }
    }
}

impl From<&Delivery> for MailProgress {
    fn from(delivery: &Delivery) -> Self {
        match delivery {
            Delivery::Queued { trouble: Some(_), .. } => Self::Delayed,
            Delivery::Queued { trouble: None, .. } => Self::OnItsWay,
            Delivery::None | Delivery::Sent { .. } | Delivery::Failed { .. } => Self::Idle,
        }
    }
}

/// Why an invitation is no longer active, and since when.
fn ended(state: InvitationState) -> Option<TimedText> {
    let InvitationState::Deactivated { reason, at } = state else { return None };
    let text = match reason {
        DeactivationReason::Manual => text::ended_manual(FIRST_VIEW),
        DeactivationReason::Replaced => text::ended_replaced(FIRST_VIEW),
        DeactivationReason::Expired => text::ended_expired(FIRST_VIEW),
    };
    Some(TimedText { text, at: at.into() })
}

impl From<InvitationRow> for InvitationView {
    fn from(row: InvitationRow) -> Self {
        let invitation = row.invitation;
        let mail = (&invitation.delivery).into();
        // A mail that failed or has to wait is not on its way, although the invitation has come no further.
        let (state, state_label) = match (invitation.state, &invitation.delivery) {
            (InvitationState::Queued, Delivery::Failed { .. }) => ("failed", text::cause_mail_failed()),
            (InvitationState::Queued, Delivery::Queued { trouble: Some(_), .. }) => ("queued", text::mail_delayed()),
            (state, _) => (state.as_str(), state.text()),
        };
        let trouble = match invitation.delivery {
            Delivery::Failed { reason, .. } => Some((text::mail_refused(), reason)),
            Delivery::Queued { trouble: Some(reason), .. } => Some((text::mail_not_yet(), reason)),
            Delivery::None | Delivery::Queued { trouble: None, .. } | Delivery::Sent { .. } => None,
        };
        Self {
            id: invitation.id,
            person_name: row.person_name,
            email: row.email,
            state: state.to_owned(),
            state_label: state_label.to_owned(),
            ended: ended(invitation.state),
            trouble: trouble.map(|(text, reason)| (text.to_owned(), reason)),
            pace: match invitation.pace_lifted_at {
                Some(_) => PaceView::Lifted,
                None if invitation.state.is_active() && invitation.turned_away.is_some() => PaceView::TurnedAway,
                None => PaceView::Limited,
            },
            mail,
            created_at: invitation.created_at.into(),
            sent_at: invitation.sent_at.map(Moment::from),
            opened_at: invitation.opened_at.map(Moment::from),
            expires_at: invitation.expires_at.map(Moment::from),
            devices: row.devices,
            is_damaged: row.is_damaged,
        }
    }
}

impl From<JobProgress> for InviteJobView {
    fn from(progress: JobProgress) -> Self {
        let (done, JobProgress { job, lines }) = (progress.done() as u64, progress);
        let results = || lines.into_iter().map(|(line, outcome)| invite_outcome(line, outcome)).collect();
        Self {
            id: job.id,
            done,
            total: u64::from(job.total),
            sent: job.send,
            results: job.ended_at.is_some().then(results),
        }
    }
}

fn invite_outcome(line: JobLine, outcome: Option<LineOutcome>) -> InviteOutcome {
    let (invitation_id, error) = match outcome {
        Some(LineOutcome::Invited(id)) => (Some(id), None),
        Some(LineOutcome::Refused(refusal)) => (None, Some(line_refusal_text(&refusal))),
        None => (None, None),
    };
    InviteOutcome { name: line.name, email: line.email, invitation_id, error }
}
