//! Many rows of all kinds, written without decisions, and what a query should find among them.

use crate::{Store, contract::fixture::Fixture};
use domain::{
    Timestamp,
    decide::{InviteOptions, add_person, invite},
    device::{EnrollmentStep, Ownership, Platform, hardware::Relatives},
    invitation::Delivery,
    journal::change::{Change, SlotPut},
    list::{AttentionFilter, SlotQuery, SlotSort},
    slot::{
        SlotDevice, SlotRow, SlotStatus,
        attention::{AttentionPlan, attention},
    },
    types::{
        ids::{DeviceId, IdGenerator as _, PersonId, SlotId},
        search::needles,
        text::Locale,
    },
};
use std::{cmp::Ordering, sync::Arc};

const NAMES: [&str; 6] = ["Ada Lindqvist", "陈伟", "Zoë van der Meer", "Иван Петров", "Bo Li", "田中 さくら"];
const MODELS: [&str; 4] = ["Acme Slate 7", "Example One", "iPhone 15", "Tab S9"];
const HOUR_S: i64 = 3600;

/// The rows that were written, and the moment at which they are queried.
pub(super) struct SampleRows {
    pub(super) store: Arc<dyn Store>,
    pub(super) rows: Vec<SlotRow>,
    pub(super) now: Timestamp,
}

/// Pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.roll(values.len())]
    }

    /// A moment up to 60 days ago; several rows share one.
    fn moment(&mut self, now: Timestamp) -> Timestamp {
        let hours = self.roll(60 * 24);
        now.plus_seconds(-HOUR_S * i64::try_from(hours).unwrap())
    }
}

impl SampleRows {
    pub(super) async fn of(store: Arc<dyn Store>, count: usize) -> Self {
        let mut f = Fixture::new(store.clone());
        let (mut all, mut dice) = (Change::default(), Dice(7));
        for n in 0..count {
            let change = sample_row(&mut f, n, &mut dice);
            all.people.extend(change.people);
            all.invitations.extend(change.invitations);
            all.credentials.extend(change.credentials);
            all.slots.extend(change.slots);
        }
        let rows = all.slots.iter().map(|put| put.row.clone()).collect();
        store.commit(all).await.unwrap();
        Self { store, rows, now: f.now }
    }

    /// Writes all rows anew by one change: of each four the first as it is, the second with another state, the third with
    /// another ownership, text or name, the fourth with both.
    pub(super) async fn change_in_part(&mut self) {
        let mut change = Change::default();
        for (n, row) in self.rows.iter_mut().enumerate() {
            if n & 1 != 0 {
                let is_alike = |status: &&SlotStatus| status.is_device() == row.status.is_device();
                let mut following = SlotStatus::ALL.iter().filter(is_alike).cycle().skip_while(|s| **s != row.status);
                row.status = *following.nth(1).unwrap();
                row.status_since = self.now.plus_seconds(-HOUR_S * i64::try_from(n).unwrap());
            }
            if n & 2 != 0 {
                match (&mut row.device, n / 4 % 3) {
                    (Some(device), 0) if device.ownership == Ownership::Company => {
                        device.ownership = Ownership::Personal;
                    }
                    (Some(device), 0) => device.ownership = Ownership::Company,
                    (Some(device), 1) => device.serial = Some(format!("Renamed {n}")),
                    _ => row.person_name = format!("Renamed {n}"),
                }
            }
            let slot = self.store.load_person(row.person_id).await.unwrap().unwrap().slots.remove(0);
            change.slots.push(SlotPut { slot, row: row.clone() });
        }
        self.store.commit(change).await.unwrap();
    }

    /// The rows that match, in their order.
    pub(super) fn expected(&self, query: &SlotQuery) -> Vec<SlotId> {
        let mut rows: Vec<_> = self.rows.iter().filter(|row| self.matches(row, query)).collect();
        rows.sort_by(|a, b| compare(a, b, query.sort.unwrap_or(SlotSort::Newest)));
        rows.into_iter().map(|row| row.id).collect()
    }

    fn matches(&self, row: &SlotRow, query: &SlotQuery) -> bool {
        let device = row.device.as_ref();
        let cause = attention(row, self.now).map(|a| a.cause);
        query.status.map_or_else(|| row.status.is_listed(), |s| s == row.status)
            && query.platform.is_none_or(|p| device.is_some_and(|d| d.platform == p))
            && query.ownership.is_none_or(|o| device.is_some_and(|d| d.ownership == o))
            && query.attention.is_none_or(|filter| match filter {
                AttentionFilter::Any => cause.is_some(),
                AttentionFilter::Cause(one) => cause == Some(one),
            })
            && query.contact.is_none_or(|filter| {
                device.is_some_and(|d| self.now.as_millis() - d.last_contact_at.as_millis() > filter.seconds() * 1000)
            })
            && query.person_id.is_none_or(|id| id == row.person_id)
            && needles(&query.search).iter().all(|needle| row.search_text().contains(needle))
    }
}

fn compare(a: &SlotRow, b: &SlotRow, sort: SlotSort) -> Ordering {
    let contact = |row: &SlotRow| row.device.as_ref().map_or(0, |d| d.last_contact_at.as_millis());
    let stuck_from = |row: &SlotRow| AttentionPlan::of(row).first.map_or(i64::MAX, |(from, _)| from.as_millis());
    let ascending = match sort {
        SlotSort::Newest | SlotSort::Oldest => a.created_at.cmp(&b.created_at),
        SlotSort::Name | SlotSort::NameDesc => a.person_name.to_lowercase().cmp(&b.person_name.to_lowercase()),
        SlotSort::Contact | SlotSort::ContactDesc => contact(a).cmp(&contact(b)),
        SlotSort::Status | SlotSort::StatusDesc => a.status.cmp(&b.status),
        SlotSort::Attention => stuck_from(a).cmp(&stuck_from(b)),
    }
    .then(a.id.0.as_bytes().cmp(b.id.0.as_bytes()));
    match sort {
        SlotSort::Newest | SlotSort::NameDesc | SlotSort::ContactDesc | SlotSort::StatusDesc => ascending.reverse(),
        _ => ascending,
    }
}

/// A person with an invitation, and with a row of a random kind in place of the invitation item.
fn sample_row(f: &mut Fixture, n: usize, dice: &mut Dice) -> Change {
    let now = f.now;
    let mut context = f.context();
    context.now = dice.moment(now);
    let id = PersonId(f.ids.new_uuid());
    let (name, email) = (dice.of(&NAMES).parse().unwrap(), format!("p{n:05}@example.com").parse().unwrap());
    let (aggregate, mut change) = add_person(id, name, email, Locale::default(), &context);
    let sealed = Fixture::sealed(f.ids.new_uuid().as_u128());
    let invited = invite(&aggregate, InviteOptions::default(), sealed, &mut f.ids, &context).unwrap();
    change.invitations = invited.invitations;
    change.credentials = invited.credentials;
    change.slots = invited.slots;
    let put = &mut change.slots[0];
    put.row.status = dice.of(SlotStatus::ALL);
    put.row.status_since = dice.moment(now);
    if dice.roll(9) == 0 {
        put.row.delivery =
            Delivery::Failed { at: put.row.status_since, reason: "no such mailbox".to_owned(), resend: false };
    }
    put.row.device = put.row.status.is_device().then(|| device(DeviceId(f.ids.new_uuid()), n, dice, now));
    put.slot.device_id = put.row.device.as_ref().map(|device| device.id);
    change
}

fn device(id: DeviceId, n: usize, dice: &mut Dice, now: Timestamp) -> SlotDevice {
    SlotDevice {
        id,
        name: Some(dice.of(&MODELS).to_owned()),
        serial: Some(format!("SN-{n}")),
        os_version: "16".to_owned(),
        platform: dice.of(Platform::ALL),
        ownership: dice.of(Ownership::ALL),
        step: EnrollmentStep::Permissions,
        missing: vec![],
        error: (dice.roll(3) == 0).then(|| "no network".to_owned()),
        last_contact_at: dice.moment(now),
        renew_requested_at: (dice.roll(4) == 0).then(|| dice.moment(now)),
        lost: domain::device::lost::LostState::Off,
        was_enrolled: false,
        wipe_requested_at: None,
        push_trouble: None,
        certificate_until: None,
        relatives: Relatives::default(),
    }
}
