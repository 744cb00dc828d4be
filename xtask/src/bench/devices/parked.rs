//! Polls that wait: how much memory each takes, and how long it takes to tell all of them a command.

use std::thread::{self, sleep};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::http1::Connection;
use super::loader::{self, Until};
use super::moment::Moment;
use super::options::Options;
use super::outcome::Outcome;
use super::requests::{Answerer, Kind, Requests, Source, post};
use super::stage::{Stage, allow_connections};
use super::usage::{OTHERS_MAX, Taken, as_f64, resident};
use crate::bench::samples::now;
use crate::support::http::Client;
use crate::support::server::RunningServer;

/// How long polls wait: as long as they may.
const WAIT_S: u8 = 55;
/// Most of that until all have to be parked.
const PARKED_WITHIN: Duration = Duration::from_secs(40);
/// A server whose polls are all parked does nothing. It is looked at in these steps.
const STEP: Duration = Duration::from_millis(300);
/// Processor time within a step that counts as nothing, in microseconds.
const IDLE: f64 = 15_000.0;
/// Most polls begun at once while they are parked.
const SLICE: usize = 50;
/// Most devices that are told a command.
const TOLD_MAX: usize = 1000;
/// Connections that ask for commands.
const ASKING: usize = 64;
/// What the devices are told.
const COMMAND: &str = r#"{"type":"lock"}"#;

/// Asks for a command for each device.
pub type Request = Box<dyn FnOnce() -> Result<()> + Send>;

/// How commands are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Each by a request of its own, several at once.
    Each,
    /// All by one request.
    Together,
}

/// Measures `count` waiting polls, of the call that only waits and of the real one.
pub fn measure(stage: &Stage, count: usize, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    if count > stage.bearers.len() {
        println!("{count} parked polls: left out, there are {} devices", stage.bearers.len());
        return Ok(outcome);
    }
    if let Err(error) = allow_connections(count) {
        println!("{count} parked polls: left out, {error:#}");
        return Ok(outcome);
    }
    for (answerer, name) in [(Answerer::Parser, "floor"), (Answerer::Real, "memory")] {
        // A new process: memory that was given back by what came before would be taken first.
        let server = stage.start()?;
        let mut polls = Parked::new(stage, &server, answerer, count, options)?;
        let bytes = polls.memory()?;
        println!("{count} parked polls, {name}: {bytes:.0} bytes each");
        outcome.add(format!("parked-{count}.{name}"), "bytes", &[bytes], false);
        if answerer == Answerer::Real && count <= TOLD_MAX {
            let (watch, request) = (stage.watch(&server)?, polls.request(Asking::Each)?);
            let took = polls.tell(request)?.as_secs_f64() * 1000.0;
            let is_noisy = watch.others()? > OTHERS_MAX;
            println!("{count} parked polls have a command after {took:.0} ms");
            outcome.add(format!("parked-{count}.told"), "ms", &[took], is_noisy);
        }
    }
    Ok(outcome)
}

/// Waiting polls of one server.
pub struct Parked<'a> {
    server: &'a RunningServer,
    bearers: &'a [String],
    answerer: Answerer,
    /// Polls that the server answers in a second.
    rate: f64,
    connections: Vec<Connection>,
}

impl<'a> Parked<'a> {
    /// Lets each device poll without a wait first: caches that are filled by it are no part of a waiting poll.
    pub fn new(
        stage: &'a Stage,
        server: &'a RunningServer,
        answerer: Answerer,
        count: usize,
        options: &Options,
    ) -> Result<Self> {
        let (host, bearers, kind) = (server.address(), &stage.bearers[..count], Kind::Poll(0));
        let mut polls = Requests::new(kind, answerer, host, bearers, Moment::now())?.in_order();
        let mut connections = loader::connect(host, options.connections())?;
        let each = Until::Count(u64::try_from(count)?);
        loader::run(&mut connections, &mut polls, kind.status(), each)?;
        let rate = loader::run(&mut connections, &mut polls, kind.status(), each)?.rate();
        Ok(Self { server, bearers, answerer, rate, connections: Vec::with_capacity(count) })
    }

    /// Parks the polls; how many bytes of memory the server has taken for each.
    pub fn memory(&mut self) -> Result<f64> {
        self.wait_until_idle()?;
        let before = resident(self.server.id())?;
        let (host, begin) = (self.server.address(), now());
        let mut polls = Requests::new(Kind::Poll(WAIT_S), self.answerer, host, self.bearers, Moment::now())?.in_order();
        // Not faster than half of what the server can do, or they would queue up before they wait.
        let pause = Duration::from_secs_f64(as_f64(u64::try_from(SLICE)?) / (self.rate / 2.0));
        for place in 0..self.bearers.len() {
            let mut connection = Connection::open(host)?;
            connection.send(polls.next())?;
            self.connections.push(connection);
            if (place + 1) % SLICE == 0 {
                sleep(pause.min(Duration::from_secs(1)));
            }
        }
        self.wait_until_idle()?;
        ensure!(begin.elapsed() < PARKED_WITHIN, "the server was too slow to park {} polls", self.bearers.len());
        let early = loader::count_news(&self.connections)?;
        ensure!(early == 0, "{early} polls were answered instead of parked");
        let taken = resident(self.server.id())?.saturating_sub(before);
        Ok(as_f64(taken) / as_f64(u64::try_from(self.bearers.len())?))
    }

    /// Waits until nothing is left to do for the server.
    pub fn wait_until_idle(&self) -> Result<()> {
        let (id, begin) = (self.server.id().to_string(), now());
        while begin.elapsed() < PARKED_WITHIN {
            let before = Taken::by(&id)?;
            sleep(STEP);
            if Taken::by(&id)?.since(before).cpu_micros() <= IDLE {
                return Ok(());
            }
        }
        bail!("the server did not come to rest within {} s", PARKED_WITHIN.as_secs())
    }

    /// What asks for a command for each device.
    pub fn request(&self, asking: Asking) -> Result<Request> {
        match asking {
            Asking::Each => {
                let mut commands = Commands::new(self.server, self.bearers);
                let mut connections = loader::connect(self.server.address(), ASKING.min(self.bearers.len()))?;
                let count = Until::Count(u64::try_from(self.bearers.len())?);
                Ok(Box::new(move || loader::run(&mut connections, &mut commands, 201, count).map(drop)))
            }
            Asking::Together => {
                let (client, rows) = (self.server.client(), self.rows()?);
                let body = json!({"action": "lock", "rows": rows}).to_string();
                Ok(Box::new(move || ask_together(&client, &body)))
            }
        }
    }

    /// The rows of the devices in the list.
    fn rows(&self) -> Result<Vec<Value>> {
        let client = self.server.client();
        let row_of = |bearer: &String| {
            let (device, _) = bearer.split_once('.').context("a bearer token without a device")?;
            let found = client.get(&format!("/api/v1/devices/{device}"))?;
            let found: Value = serde_json::from_str(&found).context("a device is not JSON")?;
            Ok(found["slot_id"].clone())
        };
        self.bearers.iter().map(row_of).collect()
    }

    /// How long it takes from the request for commands until all polls are answered with one.
    pub fn tell(&mut self, request: Request) -> Result<Duration> {
        let begin = now();
        thread::scope(|scope| {
            let asked = scope.spawn(request);
            for connection in &mut self.connections {
                let status = connection.status()?;
                ensure!(status == 200, "a poll was answered {status} instead of a command");
            }
            let took = begin.elapsed();
            asked.join().ok().context("the thread that asks for commands has panicked")??;
            Ok(took)
        })
    }
}

fn ask_together(client: &Client, body: &str) -> Result<()> {
    let answer = client.post("/api/v1/slots/bulk", body)?;
    let outcome: Value = serde_json::from_str(&answer).context("the outcome is not JSON")?;
    ensure!(outcome["refused"] == 0, "{} commands were refused", outcome["refused"]);
    Ok(())
}

/// Requests for a command, one for each device.
struct Commands {
    requests: Vec<Vec<u8>>,
    next: usize,
}

impl Commands {
    fn new(server: &RunningServer, bearers: &[String]) -> Self {
        let head = format!("Host: {}\r\nAuthorization: Bearer {}\r\n", server.address(), server.token());
        let ids = bearers.iter().filter_map(|bearer| bearer.split_once('.')).map(|(id, _)| id);
        let requests = ids.map(|id| post(&format!("/api/v1/devices/{id}/commands"), &head, COMMAND).into_bytes());
        Self { requests: requests.collect(), next: 0 }
    }
}

impl Source for Commands {
    fn next(&mut self) -> &[u8] {
        let request = self.requests.get(self.next).map(Vec::as_slice).unwrap_or_default();
        self.next += 1;
        request
    }
}
