//! People and rows of the Mobile devices view as tables, piece by piece, so that a long list takes no more memory than a
//! short one. Which rows, and in which order, is settled when the export begins.

use crate::{Rollcall, ServiceResult, spreadsheet::Sheet};
use domain::{
    Timestamp,
    invitation::InvitationState,
    list::{PersonQuery, SlotQuery},
    slot::{SlotRow, attention::attention},
    types::ids::{PersonId, SlotId},
    views::PersonRow,
};
use std::sync::Arc;

/// Rows of one piece.
const PIECE: usize = 500;

/// Headings of the table of people; the first three are what an import reads.
const PEOPLE: [&str; 6] = ["name", "email", "locale", "invitation", "devices", "added"];
/// Headings of the table of rows.
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

/// Rows that are still to be written.
enum Left {
    People(Vec<PersonId>),
    Slots(Vec<SlotId>),
}

/// A table that is being written.
pub struct Export {
    rollcall: Arc<Rollcall>,
    left: Left,
    /// Rows that were written.
    written: usize,
    is_begun: bool,
}

impl Rollcall {
    /// The people who match `query`, as a table.
    pub async fn export_people(self: &Arc<Self>, query: &PersonQuery) -> ServiceResult<Export> {
        Ok(self.export(Left::People(self.store.matching_people(query, usize::MAX).await?)))
    }

    /// The rows that match `query`, as a table.
    pub async fn export_slots(self: &Arc<Self>, query: &SlotQuery) -> ServiceResult<Export> {
        let ids = self.store.matching_slots(query, self.environment.now(), usize::MAX).await?;
        Ok(self.export(Left::Slots(ids)))
    }

    fn export(self: &Arc<Self>, left: Left) -> Export {
        Export { rollcall: Arc::clone(self), left, written: 0, is_begun: false }
    }
}

impl Export {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn next(&mut self) -> ServiceResult<Option<Vec<u8>>> {
        let store = &self.rollcall.store;
        let mut sheet = if self.is_begun { Sheet::more() } else { self.headings() };
        let length = match &self.left {
            Left::People(ids) => {
                let piece = piece(ids, self.written);
                for row in store.people_rows(piece).await? {
                    write_person(&mut sheet, row);
                }
                piece.len()
            }
            Left::Slots(ids) => {
                let piece = piece(ids, self.written);
                let now = self.rollcall.environment.now();
                for row in store.slot_rows(piece).await? {
                    write_slot(&mut sheet, row, now);
                }
                piece.len()
            }
        };
        if length == 0 && self.is_begun {
            return Ok(None);
        }
        self.is_begun = true;
        self.written += length;
        Ok(Some(sheet.into_bytes()))
    }

    fn headings(&self) -> Sheet {
        Sheet::with_headings(match self.left {
            Left::People(_) => &PEOPLE,
            Left::Slots(_) => &SLOTS,
        })
    }
}

fn piece<T>(ids: &[T], written: usize) -> &[T] {
    &ids[written..ids.len().min(written + PIECE)]
}

fn write_person(sheet: &mut Sheet, row: PersonRow) {
    let added = row.created_at.to_rfc3339();
    let invitation = row.invitation_state.map(InvitationState::label).unwrap_or_default().to_owned();
    sheet.row([row.name, row.email, row.locale, invitation, row.devices.to_string(), added]);
}

fn write_slot(sheet: &mut Sheet, row: SlotRow, now: Timestamp) {
    let attention = attention(&row, now).map(|attention| attention.sentence).unwrap_or_default();
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
