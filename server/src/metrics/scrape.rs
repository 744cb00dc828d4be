//! `GET /metrics`: everything that can be seen, at one moment.

use super::{
    page::{Labels, Page, Unit, float},
    process::Process,
    requests::{Pace, Requests, Route},
};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};
use service::{Gauges, Rollcall, WorkStats};
use std::sync::Arc;

/// The format, as Prometheus names it.
const FORMAT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// What is looked at.
#[derive(Clone)]
struct Looking {
    rollcall: Arc<Rollcall>,
    requests: Arc<Requests>,
    started_s: f64,
}

/// The routes of the listener for metrics.
pub fn router(rollcall: Arc<Rollcall>, requests: Arc<Requests>) -> Router {
    let started_s = seconds_of(rollcall.clock().now().as_millis());
    Router::new().route("/metrics", get(metrics)).with_state(Looking { rollcall, requests, started_s })
}

/// Writes the page.
async fn metrics(State(looking): State<Looking>) -> Response {
    let gauges = looking.rollcall.gauges().await;
    let process = tokio::task::spawn_blocking(Process::look).await.ok();
    let mut page = Page::default();
    add_requests(&mut page, &looking.requests);
    add_state(&mut page, &gauges);
    add_store(&mut page, &gauges);
    add_work(&mut page, looking.rollcall.work_stats());
    if let Some(process) = process {
        add_process(&mut page, process, looking.started_s);
    }
    match page.into_text() {
        Ok(text) => ([(header::CONTENT_TYPE, FORMAT)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn add_requests(page: &mut Page, requests: &Requests) {
    let labels = |route: &Route| -> Labels {
        vec![("route", route.pattern().to_owned()), ("method", route.method().to_owned())]
    };
    let answers = requests.routes().flat_map(|route| {
        route.answers().map(move |(class, count)| {
            let mut labels = labels(route);
            labels.push(("status", class.to_owned()));
            (labels, count)
        })
    });
    page.counters(
        "rollcall_http_requests",
        "Requests that were answered, by the pattern of their route, method and class of status. HEAD counts as GET.",
        answers.collect(),
    );
    let times = |pace| {
        let routes = requests.routes().filter(move |route| route.pace == pace);
        routes.map(|route| (labels(route), route.times.read(), Unit::Micros)).collect()
    };
    page.histograms(
        "rollcall_http_request_duration_seconds",
        "Time until an answer begins, without polls of devices and live streams.",
        times(Pace::Quick),
    );
    page.histograms(
        "rollcall_http_poll_duration_seconds",
        "Time until a poll of a device is answered. It waits for a command on purpose.",
        times(Pace::Poll),
    );
}

fn add_state(page: &mut Page, gauges: &Gauges) {
    let mut count = |name, help, value: usize| page.gauge(name, help, Some(float(value as u64)));
    count("rollcall_parked_polls", "Polls of devices that wait for a command.", gauges.parked_polls);
    count("rollcall_live_streams", "Open live streams of browsers.", gauges.live_streams);
    count("rollcall_known_devices", "Devices whose calls are answered from memory.", gauges.known_devices);
    count("rollcall_failing_workers", "Background workers that fail; the log says why.", gauges.failing_workers);
    count("rollcall_outbox_sending", "Emails that are being handed to the mail server.", gauges.sending_mails);
    count(
        "rollcall_outbox_paused",
        "Whether the outbox waits for the mail server: 1 or 0.",
        usize::from(gauges.outbox_is_paused),
    );
    page.gauge("rollcall_outbox_queued", "Emails that wait in the outbox.", gauges.queued_mails.map(float));
}

fn add_store(page: &mut Page, gauges: &Gauges) {
    let (engine, writer) = (&gauges.engine, &gauges.engine.writer);
    let queued = Some(float(engine.queued as u64));
    page.gauge("rollcall_store_queue_length", "Changes and reports that wait for the writer.", queued);
    let bytes = engine.database_bytes.map(float);
    page.gauge("rollcall_store_database_bytes", "Size of the database file.", bytes);
    page.gauge("rollcall_store_log_bytes", "Size of the write-ahead log.", engine.log_bytes.map(float));
    page.histogram("rollcall_store_transaction_jobs", "Changes in one transaction.", writer.jobs.read(), Unit::Items);
    page.histogram(
        "rollcall_store_transaction_reports",
        "Plain reports of devices in one transaction.",
        writer.reports.read(),
        Unit::Items,
    );
    page.histogram(
        "rollcall_store_transaction_duration_seconds",
        "Time of one transaction, with its flush to the disk.",
        writer.transactions.read(),
        Unit::Micros,
    );
    page.counter(
        "rollcall_store_failed_transactions",
        "Transactions that failed because the database could not be used.",
        writer.failed.get(),
    );
    page.counter(
        "rollcall_store_refused",
        "Changes and reports that were refused because too many waited or they waited for too long.",
        writer.refused.get(),
    );
}

fn add_work(page: &mut Page, work: &WorkStats) {
    page.histogram(
        "rollcall_sweep_duration_seconds",
        "Time of one sweep, which records what only the passing of time causes.",
        work.sweeps.read(),
        Unit::Micros,
    );
    page.histogram(
        "rollcall_contact_write_duration_seconds",
        "Time in which contacts of devices are written together.",
        work.contact_writes.read(),
        Unit::Micros,
    );
    let pushes = [
        ("accepted", &work.pushes.accepted),
        ("refused", &work.pushes.refused),
        ("later", &work.pushes.later),
        ("failed", &work.pushes.failed),
    ];
    page.counters(
        "rollcall_apple_pushes",
        "Pushes to Apple: accepted, refused for this phone, put off by Apple, or failed for all phones.",
        pushes.map(|(result, count)| (vec![("result", result.to_owned())], count.get())).into(),
    );
}

/// Names that are the same for all programs.
fn add_process(page: &mut Page, process: Process, started_s: f64) {
    page.seconds("process_cpu_seconds", "Time of processors that the process used.", process.cpu_seconds);
    page.gauge("process_resident_memory_bytes", "Resident memory.", process.resident_bytes.map(float));
    page.gauge("process_virtual_memory_bytes", "Virtual memory.", process.virtual_bytes.map(float));
    page.gauge("process_open_fds", "Open files and connections.", process.open_files.map(float));
    page.gauge("process_max_fds", "Most open files and connections.", process.most_files.map(float));
    page.gauge("process_start_time_seconds", "When the server started, since 1970.", Some(started_s));
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53 for a long time")]
const fn seconds_of(millis: i64) -> f64 {
    millis as f64 / 1000.0
}
