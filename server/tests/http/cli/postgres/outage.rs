//! PostgreSQL stops and starts again under load.

use crate::{
    cli::{
        load::{Answered, Check, Load, Until},
        program::{Program, run},
    },
    harness::client,
};
use reqwest::{Client, StatusCode};
use std::{
    env,
    process::Command,
    sync::{Arc, Mutex},
};

/// How often it stops.
const OUTAGES: usize = 3;

/// A PostgreSQL that tests may stop. It belongs to one test alone.
struct Stoppable {
    url: String,
    /// A command that takes what to do.
    control: Vec<String>,
}

impl Stoppable {
    /// The one that `cargo xtask test` has started.
    #[expect(clippy::print_stderr, reason = "a skipped test has to be seen")]
    fn find() -> Option<Self> {
        let found = |name| env::var(name).ok();
        let (Some(url), Some(control)) =
            (found("ROLLCALL_TEST_STOPPABLE_POSTGRES"), found("ROLLCALL_TEST_STOPPABLE_CONTROL"))
        else {
            eprintln!("SKIPPED: ROLLCALL_TEST_STOPPABLE_POSTGRES names no PostgreSQL");
            return None;
        };
        Some(Self { url, control: control.split('\n').map(str::to_owned).collect() })
    }

    fn run(&self, what: &[&str]) {
        let mut command = Command::new(&self.control[0]);
        assert!(command.args(&self.control[1..]).args(what).current_dir("/").status().unwrap().success(), "{what:?}");
    }

    /// Ends it as a crash does.
    fn stop(&self) {
        self.run(&["stop", "--silent", "--mode=immediate"]);
    }

    fn start(&self) {
        self.run(&["start", "--silent", "--wait"]);
    }
}

async fn status(http: &Client, url: String) -> (StatusCode, String) {
    let response = http.get(url).send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

/// A request that comes while PostgreSQL is away is refused with 503 and `Retry-After`, which the load insists on; nothing
/// that was answered is lost, and the server goes on by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_said_clearly_and_ends_without_a_restart() {
    let Some(postgres) = Stoppable::find() else { return };
    let (dir, http) = (tempfile::tempdir().unwrap(), client());
    let flags = ["--database", &postgres.url, "--log", "off"];
    let script = run(dir.path(), &["token", "create", "--name", "test", "--database", &postgres.url]);
    let program = Program::start_with(dir.path(), &flags, std::process::Stdio::null());
    let answered = Arc::new(Mutex::new(Answered::default()));
    let mut load = Load::start_until(Until::Asked, &http, &program.base, &script, 0, &answered);
    let url = |path: &str| format!("{}{path}", program.base);
    for _ in 0..OUTAGES {
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 50).await;
        assert_eq!(status(&http, url("/readyz")).await.0, StatusCode::OK);
        postgres.stop();
        let before = load.counts().refused;
        load.until(|counts| counts.refused > before + 50).await;
        let (ready, words) = status(&http, url("/readyz")).await;
        assert_eq!(ready, StatusCode::SERVICE_UNAVAILABLE);
        assert!(words.starts_with("not ready: unreachable\n"), "{words}");
        assert_eq!(status(&http, url("/healthz")).await.0, StatusCode::OK);
        postgres.start();
        let before = load.counts().done;
        load.until(|counts| counts.done > before + 50).await;
        // What was asked during the outage may still be waited for; then it is ready.
        while status(&http, url("/readyz")).await.0 != StatusCode::OK {}
    }
    load.end().await;
    let answered = std::mem::take(&mut *answered.lock().unwrap());
    Check { http: &http, base: &program.base, script: &script }.everything_is_there(&answered).await;
    assert!(program.stop().success());
}
