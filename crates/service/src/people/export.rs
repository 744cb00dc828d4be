//! Exporting people, invitations and rows of the Mobile devices view as CSV, in chunks, so that a long list takes little more memory
//! than a short one. Rows and order are fixed when the export begins; only their ids are kept.

use crate::{Rollcall, ServiceResult, spreadsheet::Sheet};
use domain::{
    Timestamp,
    audit::{AuditEvent, Origin},
    invitation::{Invitation, InvitationState},
    list::{InvitationQuery, PersonQuery, SlotQuery},
    slot::{SlotRow, attention::attention},
    types::ids::{InvitationId, PersonId, SlotId},
    views::{InvitationRow, PersonRow},
};
use std::sync::Arc;

/// Rows of one chunk.
const CHUNK: usize = 500;

/// Headings of the table of people. An import reads the first three.
const PEOPLE: [&str; 6] = ["name", "email", "locale", "invitation", "devices", "added"];
/// Headings of the table of invitations.
const INVITATIONS: [&str; 9] =
    ["name", "email", "state", "created", "sent", "opened", "expires", "deactivated", "devices"];
/// Headings of the table of Mobile devices rows.
const SLOTS: [&str; 14] = [
    "name",
    "email",
    "status",
    "status_since",
    "device",
    "platform",
    "os_version",
    "serial",
    "ownership",
    "last_contact",
    "missing",
    "attention",
    "invitation_active",
    "added",
];

/// The ids of all exported rows, in order.
enum Ids {
    People(Vec<PersonId>),
    Invitations(Vec<InvitationId>),
    Slots(Vec<SlotId>),
}

/// An export in progress.
pub struct Export {
    rollcall: Arc<Rollcall>,
    ids: Ids,
    /// How many of them were written.
    written: usize,
    is_begun: bool,
}

impl Rollcall {
    /// Exports the people who match `query`.
    pub async fn export_people(self: &Arc<Self>, origin: &Origin, query: &PersonQuery) -> ServiceResult<Export> {
        let ids = self.store.matching_people(query, usize::MAX).await?;
        self.note(origin, AuditEvent::Exported, &format!("people: {}", ids.len())).await;
        Ok(self.export(Ids::People(ids)))
    }

    /// Exports the invitations that match `query`.
    pub async fn export_invitations(
        self: &Arc<Self>,
        origin: &Origin,
        query: &InvitationQuery,
    ) -> ServiceResult<Export> {
        let ids = self.store.matching_invitations(query, usize::MAX).await?;
        self.note(origin, AuditEvent::Exported, &format!("invitations: {}", ids.len())).await;
        Ok(self.export(Ids::Invitations(ids)))
    }

    /// Exports the Mobile devices rows that match `query`.
    pub async fn export_slots(self: &Arc<Self>, origin: &Origin, query: &SlotQuery) -> ServiceResult<Export> {
        let ids = self.store.matching_slots(query, self.environment.now(), usize::MAX).await?;
        self.note(origin, AuditEvent::Exported, &format!("devices: {}", ids.len())).await;
        Ok(self.export(Ids::Slots(ids)))
    }

    fn export(self: &Arc<Self>, ids: Ids) -> Export {
        Export { rollcall: Arc::clone(self), ids, written: 0, is_begun: false }
    }
}

impl Export {
    /// The next chunk of the file; `None` at the end.
    ///
    /// # Errors
    /// The store failed.
    pub async fn next(&mut self) -> ServiceResult<Option<Vec<u8>>> {
        let store = &self.rollcall.store;
        let mut sheet = if self.is_begun { Sheet::without_headings() } else { self.headings() };
        let length = match &self.ids {
            Ids::People(ids) => {
                let chunk = chunk(ids, self.written);
                for row in store.people_rows(chunk).await? {
                    write_person(&mut sheet, row);
                }
                chunk.len()
            }
            Ids::Invitations(ids) => {
                let chunk = chunk(ids, self.written);
                for row in store.invitation_rows(chunk).await? {
                    write_invitation(&mut sheet, row);
                }
                chunk.len()
            }
            Ids::Slots(ids) => {
                let chunk = chunk(ids, self.written);
                let now = self.rollcall.environment.now();
                for row in store.slot_rows(chunk).await? {
                    write_slot(&mut sheet, self.rollcall.with_contact(row), now);
                }
                chunk.len()
            }
        };
        // An empty list is still a file with headings.
        if length == 0 && self.is_begun {
            return Ok(None);
        }
        self.is_begun = true;
        self.written += length;
        Ok(Some(sheet.into_bytes()))
    }

    fn headings(&self) -> Sheet {
        Sheet::with_headings(match self.ids {
            Ids::People(_) => &PEOPLE,
            Ids::Invitations(_) => &INVITATIONS,
            Ids::Slots(_) => &SLOTS,
        })
    }
}

fn chunk<T>(ids: &[T], written: usize) -> &[T] {
    &ids[written..ids.len().min(written + CHUNK)]
}

fn write_person(sheet: &mut Sheet, row: PersonRow) {
    let added = row.created_at.to_rfc3339();
    let invitation = row.invitation_state.map(InvitationState::label).unwrap_or_default().to_owned();
    sheet.row([row.name, row.email, row.locale, invitation, row.devices.to_string(), added]);
}

fn write_invitation(sheet: &mut Sheet, row: InvitationRow) {
    let Invitation { state, created_at, sent_at, opened_at, expires_at, .. } = row.invitation;
    let state_label = if row.is_damaged { "This record is damaged." } else { state.label() };
    let ended_at = if let InvitationState::Deactivated { at, .. } = state { Some(at) } else { None };
    let time = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339).unwrap_or_default();
    let times = [Some(created_at), sent_at, opened_at, expires_at, ended_at].map(time);
    let person = [row.person_name, row.email, state_label.to_owned()];
    sheet.row(person.into_iter().chain(times).chain([row.devices.to_string()]));
}

fn write_slot(sheet: &mut Sheet, row: SlotRow, now: Timestamp) {
    let attention = if row.is_damaged {
        "This record is damaged.".to_owned()
    } else {
        attention(&row, now).map(|attention| attention.sentence).unwrap_or_default()
    };
    let active = if row.invitation_active { "yes" } else { "no" };
    let cells = [row.person_name, row.email, row.status.to_string(), row.status_since.to_rfc3339()];
    let device = row.device.map_or_else(Default::default, |device| {
        [
            device.name.unwrap_or_default(),
            device.platform.to_string(),
            device.os_version,
            device.serial.unwrap_or_default(),
            device.ownership.to_string(),
            device.last_contact_at.to_rfc3339(),
            device.missing.join(", "),
        ]
    });
    let rest = [attention, active.to_owned(), row.created_at.to_rfc3339()];
    sheet.row(cells.into_iter().chain(device).chain(rest));
}
