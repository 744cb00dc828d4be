use super::fixture::Fixture;
use crate::{Store, StoreError, TelemetryPut};
use domain::{
    Timestamp,
    decide::{offer_commands, record_contact, record_state, request_command, rotate_secret},
    device::command::CommandKind,
    journal::change::KeyedHash,
    protocol::{Battery, StateReport},
    types::ids::DeviceId,
    views::TimedReport,
};
use std::sync::Arc;

struct Phone {
    f: Fixture,
    id: DeviceId,
}

impl Phone {
    async fn new(store: &Arc<dyn Store>) -> Self {
        let mut f = Fixture::new(Arc::clone(store));
        let person = f.person("ada@example.com").await;
        f.invitation(person, false).await;
        let id = f.device(person, 1).await;
        Self { f, id }
    }

    /// Reports as a device does whose row is loaded.
    async fn report(&self, seq: u64, level: u8) {
        let aggregate = self.f.store.load_device(self.id).await.unwrap().unwrap();
        let change = record_state(&aggregate, self.id, report(seq, level), &self.f.context()).unwrap();
        self.f.store.commit(change).await.unwrap();
    }

    /// Puts report `seq` over report `previous_seq`.
    async fn put(&self, version: u64, previous_seq: u64, seq: u64, level: u8) -> bool {
        let report = TimedReport::new(self.f.now.plus_seconds(60), report(seq, level));
        let put = TelemetryPut { device_id: self.id, version, previous_seq, report };
        self.f.store.write_telemetry(put).await.unwrap()
    }

    async fn version(&self) -> u64 {
        self.f.store.load_device(self.id).await.unwrap().unwrap().devices[0].version
    }

    async fn level(&self) -> Option<u8> {
        self.f.store.find_report(self.id).await.unwrap()?.report.battery.map(|battery| battery.level)
    }
}

fn report(seq: u64, level: u8) -> StateReport {
    StateReport { seq, battery: Some(Battery { level, charging: false }), ..StateReport::default() }
}

pub async fn a_report_is_written_for_the_version_that_it_was_decided_on(store: Arc<dyn Store>) {
    let phone = Phone::new(&store).await;
    let version = phone.version().await;
    assert!(!phone.put(version, 0, 1, 10).await, "a device that never reported");
    phone.report(1, 10).await;
    assert_eq!(phone.version().await, version, "a report alone is no change of the device");
    assert!(phone.put(version, 1, 2, 20).await);
    assert!(!phone.put(version, 1, 3, 30).await, "over a report that has been replaced, at another server for example");
    assert!(!phone.put(version + 1, 2, 3, 30).await, "another version");
    assert_eq!(phone.level().await, Some(20));
    let calling = store.find_calling_device(phone.id).await.unwrap().unwrap();
    assert_eq!((calling.device.last_report_seq, calling.device.version), (2, version));
    assert_eq!(calling.report, store.find_report(phone.id).await.unwrap());
}

pub async fn many_reports_at_once_are_each_written_or_refused(store: Arc<dyn Store>) {
    let mut f = Fixture::new(store.clone());
    let person = f.person("ada@example.com").await;
    f.invitation(person, false).await;
    let mut phones = Vec::new();
    for installation in 1..=150 {
        let id = f.device(person, installation).await;
        let aggregate = store.load_device(id).await.unwrap().unwrap();
        store.commit(record_state(&aggregate, id, report(1, 1), &f.context()).unwrap()).await.unwrap();
        phones.push((id, aggregate.devices[0].version));
    }
    // Each device twice over the same report, and every third for a version that it does not have.
    let version_of = |n: usize, version| if n.is_multiple_of(3) { version + 1 } else { version };
    let puts = phones.iter().enumerate().flat_map(|(n, (id, version))| {
        [2, 3].map(|seq| TelemetryPut {
            device_id: *id,
            version: version_of(n, *version),
            previous_seq: 1,
            report: TimedReport::new(f.now, report(seq, u8::try_from(n % 100).unwrap())),
        })
    });
    let tasks: Vec<_> = puts
        .map(|put| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.write_telemetry(put).await.unwrap() })
        })
        .collect();
    let mut written = Vec::new();
    for task in tasks {
        written.push(task.await.unwrap());
    }
    for (n, results) in written.chunks(2).enumerate() {
        // Of two that come at once one is written, whichever it is.
        let expected = if n.is_multiple_of(3) {
            assert_eq!(results, [false, false], "{n}");
            1
        } else {
            assert!(results[0] != results[1], "{n} {results:?}");
            if results[0] { 2 } else { 3 }
        };
        assert_eq!(store.find_report(phones[n].0).await.unwrap().unwrap().report.seq, expected);
    }
}

pub async fn what_was_decided_on_a_device_is_refused_after_it_changed(store: Arc<dyn Store>) {
    let phone = Phone::new(&store).await;
    let before = store.load_device(phone.id).await.unwrap().unwrap();
    let rotated = rotate_secret(&before, phone.id, KeyedHash([7; 32]), &phone.f.context()).unwrap();
    store.commit(rotated).await.unwrap();
    let late = record_state(&before, phone.id, report(1, 10), &phone.f.context()).unwrap();
    assert!(late.devices.is_empty() && !late.unchanged_devices.is_empty());
    assert!(matches!(store.commit(late).await, Err(StoreError::Conflict)));
    assert_eq!(phone.level().await, None);
    // A contact by itself is true whatever became of the device.
    store.commit(record_contact(&before, phone.id, &phone.f.context()).unwrap()).await.unwrap();
}

pub async fn a_calling_device_comes_with_all_that_it_is_answered_from(store: Arc<dyn Store>) {
    let mut phone = Phone::new(&store).await;
    assert!(store.find_calling_device(DeviceId(uuid::Uuid::from_u128(77))).await.unwrap().is_none());
    let calling = store.find_calling_device(phone.id).await.unwrap().unwrap();
    assert_eq!(calling.secrets.0, [KeyedHash([1; 32])]);
    assert_eq!((calling.report, calling.next_offer_at), (None, None));
    let aggregate = store.load_device(phone.id).await.unwrap().unwrap();
    assert_eq!(calling.device, aggregate.devices[0]);
    // A command waits until it is offered, and then for the end of its lease.
    let context = phone.f.context();
    let (_, change) = request_command(&aggregate, phone.id, CommandKind::Lock {}, &mut phone.f.ids, &context).unwrap();
    store.commit(change).await.unwrap();
    let next_offer = async || store.find_calling_device(phone.id).await.unwrap().unwrap().next_offer_at;
    assert!(next_offer().await.is_some_and(|at| at <= context.now));
    let waiting = store.waiting_commands(phone.id, context.now, 9).await.unwrap();
    let aggregate = store.load_device(phone.id).await.unwrap().unwrap();
    let (_, change) = offer_commands(&aggregate, phone.id, waiting, &context).unwrap();
    let leased_until = change.commands[0].leased_until;
    store.commit(change).await.unwrap();
    assert_eq!(next_offer().await, leased_until);
    assert_ne!(leased_until, Some(Timestamp::default()));
}
