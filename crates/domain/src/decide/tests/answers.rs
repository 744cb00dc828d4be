//! What an answer to a command leaves: a position, a reason, an end.

use super::device_fixture::DeviceFixture;
use crate::{
    decide::{Refusal, record_result, unenroll},
    device::command::CommandKind,
    journal::change::ReportPut,
    protocol::{CommandResult, Location, ResultStatus},
};

const LOCATE: CommandKind = CommandKind::Locate { high_accuracy: false, timeout_s: 60 };

impl DeviceFixture {
    /// The reports that an answer with a position leaves; it was taken `ahead_s` seconds after now.
    fn reports_after(&mut self, kind: CommandKind, status: ResultStatus, ahead_s: i64) -> Vec<ReportPut> {
        let id = self.request(kind).unwrap();
        let at = self.store.now.plus_seconds(ahead_s).to_rfc3339();
        let data = Some(serde_json::json!({ "latitude": 50.1, "longitude": 14.4, "at": at }));
        let result = CommandResult { status, data, error: None };
        let (aggregate, context) = (self.store.aggregate_of(self.device), self.store.context());
        record_result(&aggregate, &self.command(id), &[], &result, &context).unwrap().reports
    }
}

#[test]
fn only_a_device_that_was_located_has_a_new_position() {
    let mut fixture = DeviceFixture::new();
    fixture.heartbeat(7, crate::protocol::StateReport::default());
    let now = fixture.store.now;
    // A clock that is ahead must not make every later position an older one.
    for (ahead_s, at) in [(-60, now.plus_seconds(-60)), (60, now)] {
        let reports = fixture.reports_after(LOCATE, ResultStatus::Completed, ahead_s);
        let place = Location { latitude: 50.1, longitude: 14.4, accuracy_m: None, at };
        assert_eq!((reports.len(), reports[0].report.location), (1, Some(place)), "{ahead_s}");
        assert_eq!(reports[0].report.seq, 7, "it is no newer report, and no older one");
    }
    for (kind, status) in [
        (LOCATE, ResultStatus::Acknowledged),
        (LOCATE, ResultStatus::NotNow),
        (LOCATE, ResultStatus::Error),
        (CommandKind::Ring { seconds: 1 }, ResultStatus::Completed),
    ] {
        assert_eq!(fixture.reports_after(kind.clone(), status, 0), [], "{kind:?} {status:?}");
    }
}

#[test]
fn nothing_is_asked_of_a_device_that_unenrolled() {
    let mut fixture = DeviceFixture::new();
    let decided = unenroll(&fixture.store.aggregate_of(fixture.device), fixture.device, &[], &fixture.store.context());
    fixture.apply(decided).unwrap();
    assert_eq!(fixture.request(CommandKind::Lock {}), Err(Refusal::DeviceUnenrolled));
}
