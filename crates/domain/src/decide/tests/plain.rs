//! Reports that are taken as plain change nothing but measured values.

use super::device_fixture::DeviceFixture;
use crate::{
    decide::{SettledFacts, plain_report, record_state, takes_plain_reports},
    protocol::{Battery, Location, StateReport},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn permissions() -> impl Strategy<Value = Option<BTreeMap<String, bool>>> {
    let names = prop::sample::select(vec!["location", "notifications", "device_admin", "unknown"]);
    prop::option::of(prop::collection::btree_map(names.prop_map(str::to_owned), any::<bool>(), 0..4))
}

fn report() -> impl Strategy<Value = StateReport> {
    let options =
        (prop::option::of(any::<bool>()), prop::option::weighted(0.3, any::<bool>()), prop::option::of(0..100u8));
    (permissions(), options).prop_map(|(permissions, (admin_active, lost_mode, level))| StateReport {
        seq: 0,
        permissions,
        admin_active,
        lost_mode,
        battery: level.map(|level| Battery { level, charging: false }),
        ..StateReport::default()
    })
}

proptest! {
    /// The rule that the hot path rests on.
    #[test]
    fn a_plain_report_changes_nothing_that_is_decided_on(reports in prop::collection::vec(report(), 1..12)) {
        let mut fixture = DeviceFixture::new();
        let mut settled: Option<(u64, SettledFacts)> = None;
        for (seq, report) in (1..).zip(reports) {
            let report = StateReport { seq, ..report };
            fixture.store.now = fixture.store.now.plus_seconds(60);
            let aggregate = fixture.store.aggregate_of(fixture.device);
            let before = aggregate.devices[0].clone();
            let facts = settled.filter(|(version, _)| *version == before.version).map(|(_, facts)| facts);
            let change = record_state(&aggregate, fixture.device, report.clone(), &fixture.store.context()).unwrap();
            let is_plain = takes_plain_reports(before.state) && facts.is_some_and(|facts| facts.cover(&report));
            if is_plain {
                prop_assert!(change.is_report_alone(), "{report:?} {change:?}");
            }
            if change.is_report_alone() {
                settled = Some((before.version, facts.unwrap_or_default().and(&report)));
            }
            fixture.store.apply(change);
        }
    }
}

#[test]
fn only_what_was_said_before_is_settled() {
    let says = |name: &str, granted| StateReport {
        permissions: Some([(name.to_owned(), granted)].into()),
        ..StateReport::default()
    };
    let settled = SettledFacts::default().and(&says("location", true));
    assert!(settled.cover(&StateReport::default()), "nothing is said");
    assert!(settled.cover(&says("location", true)));
    assert!(!settled.cover(&says("location", false)));
    assert!(!settled.cover(&says("notifications", true)));
    assert!(!settled.cover(&StateReport { admin_active: Some(true), ..says("location", true) }));
    for lost_mode in [true, false] {
        assert!(!settled.cover(&StateReport { lost_mode: Some(lost_mode), ..StateReport::default() }));
    }
    let settled = settled.and(&StateReport { lost_mode: Some(false), ..StateReport::default() });
    assert!(settled.cover(&StateReport { lost_mode: Some(false), ..says("location", true) }));
    assert!(!settled.cover(&StateReport { lost_mode: Some(true), ..says("location", true) }));
    let able = StateReport {
        capabilities: Some(crate::device::capabilities::Capabilities::default()),
        ..StateReport::default()
    };
    assert!(!settled.cover(&able));
}

#[test]
fn a_plain_report_is_stored_as_any_other() {
    let fixture = DeviceFixture::new();
    let now = fixture.store.now;
    let location = Location { latitude: 1.0, longitude: 2.0, accuracy_m: None, at: now.plus_seconds(3600) };
    let report = StateReport { seq: 7, location: Some(location), ..StateReport::default() };
    let aggregate = fixture.store.aggregate_of(fixture.device);
    let change = record_state(&aggregate, fixture.device, report.clone(), &fixture.store.context()).unwrap();
    assert_eq!(change.reports[0].report, plain_report(report, None, now).report);
}
