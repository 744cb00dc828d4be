//! `cargo xtask bench phones`: the load of 100,000 phones, at its own pace, whether the server keeps up or not. As many polls
//! as there are secrets wait, up to 10,000, and so briefly that 2,000 of them end and begin again in a second.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::devices::{
    self, Answerer, Connection, Kind, Meter, Moment, OTHERS_MAX, Options, Outcome, Requests, Source as _, Stage,
    allow_connections, as_f64, resident,
};
use super::samples::{Samples, now};

/// What phones do in a second: a poll every 50 s, a heartbeat every 900 s.
const POLLS: usize = 2000;
const HEARTBEATS: f64 = 111.0;
/// Connections for heartbeats.
const REPORTING: usize = 32;
/// The longest time that nothing is looked at. Looking costs the loader more than the server takes for a poll.
const STEP: Duration = Duration::from_millis(4);

/// Measures, prints, and adds the figures to `target/bench/phones.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let stage = Stage::set(options)?;
    let outcome = measure(&stage, options);
    // Also after an error: the copy has the size of a database.
    let cleared = stage.clear();
    outcome?.publish(options, "phones.jsonl")?;
    cleared
}

fn measure(stage: &Stage, options: &Options) -> Result<Outcome> {
    allow_connections(stage.bearers.len() + REPORTING)?;
    let server = stage.start()?;
    let wait_s = u8::try_from(stage.bearers.len() / POLLS).unwrap_or(u8::MAX).clamp(1, 55);
    let span = Duration::from_secs(if options.short { 2 } else { 30 });
    let mut crowd = Crowd::new(server.address(), &stage.bearers, wait_s)?;
    // Each begins at a time of its own, or all would end together.
    crowd.run(Duration::from_secs(u64::from(wait_s) + 1))?;
    crowd.counts = Counts::default();
    let (watch, meter) = (stage.watch(&server)?, Meter::begin(&server, stage.postgres())?);
    let took = crowd.run(span)?;
    let (cost, others) = (meter.end(1)?, watch.others()?);
    let (is_noisy, seconds, counts) = (others > OTHERS_MAX, took.as_secs_f64(), &crowd.counts);
    let share = |cpu: f64| cpu / seconds / 10_000.0;
    let memory = as_f64(resident(server.id())?) / 1_000_000.0;
    println!(
        "{} phones wait: {:.0} polls/s, {:.0} heartbeats/s, {} refused, {:.1} % of a core, {memory:.0} MB; others {:.0} %",
        stage.bearers.len(),
        as_f64(counts.polls) / seconds,
        as_f64(counts.heartbeats) / seconds,
        counts.refused,
        share(cost.cpu),
        others * 100.0
    );
    let mut outcome = Outcome::default();
    let mut add = |name: &str, unit, value, noisy| outcome.add(format!("phones.{name}"), unit, &[value], noisy);
    add("cpu-share", "% of a core", share(cost.cpu), false);
    if let Some(database) = cost.database {
        add("database-share", "% of a core", share(database.cpu), false);
        add("log", "kB/s", database.log / seconds / 1000.0, false);
    }
    add("asked", "kB/s", cost.asked / seconds / 1000.0, false);
    add("memory", "MB", memory, false);
    add("waiting", "", as_f64(u64::try_from(stage.bearers.len())?), false);
    add("polls", "1/s", as_f64(counts.polls) / seconds, is_noisy);
    add("heartbeats", "1/s", as_f64(counts.heartbeats) / seconds, is_noisy);
    add("refused", "", as_f64(counts.refused), false);
    add("heartbeat-p95", "ms", counts.times.p95().as_secs_f64() * 1000.0, is_noisy);
    Ok(outcome)
}

/// What came of the calls.
#[derive(Default)]
struct Counts {
    polls: u64,
    heartbeats: u64,
    refused: u64,
    /// Of heartbeats, from the moment at which they were due.
    times: Samples,
}

/// Phones that poll, and some that report.
struct Crowd {
    /// Those that poll first, then those for heartbeats.
    connections: Vec<Connection>,
    polling: usize,
    polls: Requests,
    heartbeats: Requests,
    /// When the heartbeat on a connection was due; none if it is free.
    due: Vec<Option<Instant>>,
    /// Phones that have not begun to poll.
    fresh: VecDeque<usize>,
    counts: Counts,
}

impl Crowd {
    fn new(host: &str, bearers: &[String], wait_s: u8) -> Result<Self> {
        let requests = |kind| Requests::new(kind, Answerer::Real, host, bearers, Moment::now());
        Ok(Self {
            connections: devices::connect(host, bearers.len() + REPORTING)?,
            polling: bearers.len(),
            polls: requests(Kind::Poll(wait_s))?,
            heartbeats: requests(Kind::Heartbeat)?,
            due: vec![None; REPORTING],
            fresh: (0..bearers.len()).collect(),
            counts: Counts::default(),
        })
    }

    /// Goes on for so long; how long it was.
    fn run(&mut self, span: Duration) -> Result<Duration> {
        let (begin, fresh) = (now(), self.fresh.len());
        let (mut polling, mut reported) = (0.0, 0.0);
        let mut waiting: VecDeque<Instant> = VecDeque::new();
        while begin.elapsed() < span {
            let elapsed = begin.elapsed().as_secs_f64();
            // All have begun a second before the end.
            let pace = as_f64(u64::try_from(fresh)?) / (span.as_secs_f64() - 1.0).max(0.5);
            while polling < elapsed * pace {
                let Some(next) = self.fresh.pop_front() else { break };
                self.connections[next].send(self.polls.of_device(next))?;
                polling += 1.0;
            }
            while reported < elapsed * HEARTBEATS {
                waiting.push_back(begin + Duration::from_secs_f64(reported / HEARTBEATS));
                reported += 1.0;
            }
            self.report(&mut waiting)?;
            self.receive()?;
        }
        Ok(begin.elapsed())
    }

    /// Sends heartbeats that are due, as far as connections are free.
    fn report(&mut self, waiting: &mut VecDeque<Instant>) -> Result<()> {
        self.heartbeats.set_time(Moment::now());
        for (place, due) in self.due.iter_mut().enumerate().filter(|(_, due)| due.is_none()) {
            *due = waiting.pop_front();
            if due.is_none() {
                break;
            }
            self.connections[self.polling + place].send(self.heartbeats.next())?;
        }
        Ok(())
    }

    /// Takes the answers that have come.
    fn receive(&mut self) -> Result<()> {
        let step = Timespec { tv_sec: 0, tv_nsec: i64::from(STEP.subsec_nanos()) };
        std::thread::sleep(STEP);
        for place in with_news(&self.connections, &step)? {
            let Some(status) = self.connections[place].receive()? else { continue };
            if let Some(reporting) = place.checked_sub(self.polling) {
                let due = self.due[reporting].take().context("an answer that nobody waits for")?;
                self.counts.times.add(due.elapsed());
                self.counts.heartbeats += 1;
                self.judge(status, Kind::Heartbeat.status())?;
            } else {
                self.judge(status, Kind::Poll(0).status())?;
                self.counts.polls += u64::from(status == Kind::Poll(0).status());
                self.connections[place].send(self.polls.of_device(place))?;
            }
        }
        Ok(())
    }

    /// What is refused is counted; what is wrong ends the bench.
    fn judge(&mut self, status: u16, expected: u16) -> Result<()> {
        match status {
            status if status == expected => {}
            429 | 503 => self.counts.refused += 1,
            other => bail!("the server answered {other} instead of {expected}"),
        }
        Ok(())
    }
}

/// Which connections have something to read, after a moment at most.
fn with_news(connections: &[Connection], step: &Timespec) -> Result<Vec<usize>> {
    let mut asked: Vec<PollFd<'_>> =
        connections.iter().map(|connection| PollFd::new(connection.stream(), PollFlags::IN)).collect();
    poll(&mut asked, Some(step)).context("could not wait for answers")?;
    Ok(asked.iter().enumerate().filter(|(_, asked)| !asked.revents().is_empty()).map(|(place, _)| place).collect())
}
