//! The fleet: starts the phones, waits until each is through or stuck, lets them work, and sums up.

use super::{
    Fate, Happening, Options, Pace,
    chaos::{self, Seen},
    phone::Phone,
    plan::{Course, Plan},
    tally::Tally,
};
use crate::{
    agent::{Agent, steps::Walk},
    failure::Failure,
    protocol::{address::EnrollmentUrl, client::Client, retry::Retry},
    rng::Rng,
    state::{agent_state::AgentState, memory::Memory},
    stop::stopped,
    terminal::Log,
};
use domain::{device::EnrollmentStep, protocol::EnrollCredential};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::{
    sync::{
        Semaphore,
        mpsc::{self, UnboundedReceiver, UnboundedSender},
    },
    task::JoinSet,
    time::sleep,
};

/// Fleets above this say no line per phone.
const TALKATIVE_UP_TO: u32 = 40;
/// Phones that enroll at the same time when the pace is fast.
const AT_ONCE: usize = 64;
/// Longest time over which the phones of a human pace begin, in seconds.
const START_WITHIN_S: u64 = 120;

/// Simulates a fleet until the time that the options give is over or the program is stopped.
///
/// # Errors
/// An address cannot be used, or phones were refused that were not meant to be.
pub async fn simulate(options: Options) -> Result<(), Failure> {
    let log = Log::default();
    raise_file_limit(options.devices, &log);
    let (sender, receiver) = mpsc::unbounded_channel();
    let mut phones = start(&options, &sender)?;
    drop(sender);
    let mut tally = Tally::default();
    tokio::select! {
        () = watch(&options, receiver, &mut tally, &log) => {}
        () = stopped() => log.say("Stopped"),
    }
    phones.shutdown().await;
    log.say(&format!("{} phones: {}", options.devices, tally.line()));
    for line in tally.details() {
        log.say(&line);
    }
    if tally.refused() > 0 { Err(Failure::Phones(tally.refused())) } else { Ok(()) }
}

/// Every phone keeps a connection open while it polls.
fn raise_file_limit(devices: u32, log: &Log) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let raised = setrlimit(Resource::Nofile, limit);
    let too_low = |allowed: u64| allowed < u64::from(devices) + 100;
    if raised.is_err() || limit.current.is_some_and(too_low) {
        log.say("This user may open fewer files than there are phones: some will wait for others (see ulimit -n)");
    }
}

fn start(options: &Options, sender: &UnboundedSender<Happening>) -> Result<JoinSet<()>, Failure> {
    let mut clients: BTreeMap<String, Client> = BTreeMap::new();
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut phones = JoinSet::new();
    let seen = Seen::default();
    for (number, url) in (1..=u64::from(options.devices)).zip(options.urls.iter().cycle()) {
        let client = match clients.get(url.server.as_str()) {
            Some(client) => client.clone(),
            None => clients.entry(url.server.to_string()).or_insert(Client::new(&url.server)?).clone(),
        };
        let life = Life {
            agent: agent(options, Plan::new(options.seed, number), client, sender),
            plan: Plan::new(options.seed, number),
            url: url.clone(),
            turns: turns.clone(),
            pace: options.pace,
            heartbeat: options.heartbeat,
            chaos: options.chaos.then(|| (Rng::part(options.seed ^ 2, number), seen.clone())),
            happenings: sender.clone(),
        };
        phones.spawn(life.live(start_within(options)));
    }
    Ok(phones)
}

fn start_within(options: &Options) -> u64 {
    match options.pace {
        Pace::Human => (u64::from(options.devices) * 4).min(START_WITHIN_S),
        Pace::Fast => 0,
    }
}

fn agent(options: &Options, plan: Plan, client: Client, sender: &UnboundedSender<Happening>) -> Agent<Phone> {
    let log = if options.devices > TALKATIVE_UP_TO { Log::quiet() } else { Log::with_prefix(&name(&plan)) };
    Agent {
        memory: Memory::fleeting(AgentState::new(plan.installation_id)),
        rng: Rng::part(options.seed ^ 1, plan.number),
        host: Phone::new(plan, options.pace, sender.clone()),
        client,
        retry: Retry::USUAL,
        log,
    }
}

fn name(plan: &Plan) -> String {
    format!("#{} {}", plan.number, plan.info().name().unwrap_or_default())
}

/// Counts until every phone is settled, and from then on for as long as the options say.
async fn watch(options: &Options, mut receiver: UnboundedReceiver<Happening>, tally: &mut Tally, log: &Log) {
    let devices = usize::try_from(options.devices).unwrap_or(usize::MAX);
    while tally.settled() < devices {
        let Some(happening) = receiver.recv().await else { return };
        tally.count(happening);
    }
    log.say(&format!("All {devices} phones are through or stuck: {}", tally.line()));
    let count_on = async {
        while let Some(happening) = receiver.recv().await {
            if let Happening::Answered(text) = &happening {
                log.say(&format!("answered: {text}"));
            }
            tally.count(happening);
        }
    };
    match options.run_for {
        Some(time) => {
            let _ = tokio::time::timeout(time, count_on).await;
        }
        None => count_on.await,
    }
}

/// The life of one phone.
struct Life {
    agent: Agent<Phone>,
    plan: Plan,
    url: EnrollmentUrl,
    turns: Arc<Semaphore>,
    pace: Pace,
    heartbeat: Option<Duration>,
    /// What disorder follows from, and the commands of all phones.
    chaos: Option<(Rng, Seen)>,
    happenings: UnboundedSender<Happening>,
}

impl Life {
    async fn live(mut self, start_within_s: u64) {
        self.agent.host.dawdle(0, start_within_s).await;
        let fate = match self.enroll().await {
            Ok(walk) => self.fate(&walk),
            Err(failure) => Fate::Refused(failure.to_string()),
        };
        // A phone that lacks a permission is stuck but reports; the others lie in a drawer.
        let works = matches!(fate, Fate::Enrolled) || (matches!(fate, Fate::Stuck(_)) && self.has_finished());
        let _ = self.happenings.send(Happening::Settled(fate));
        if works {
            let end = self.work().await;
            let _ = self.happenings.send(Happening::Ended(end));
        }
    }

    async fn enroll(&mut self) -> Result<Walk, Failure> {
        let turns = self.turns.clone();
        let _turn = match self.pace {
            Pace::Fast => turns.acquire().await.ok(),
            Pace::Human => None,
        };
        let credential = EnrollCredential::Token { token: self.url.token.expose().to_owned() };
        self.agent.enroll(&self.url.server, credential, self.plan.ownership).await?;
        self.agent.log.say("Enrolled");
        self.agent.walk(EnrollmentStep::Done).await
    }

    fn fate(&self, walk: &Walk) -> Fate {
        let at = |what: &str| Fate::Stuck(format!("{} {what}", name(&self.plan)));
        match (walk, &self.plan.course) {
            (Walk::Finished, Course::Refuses(permission)) => at(&format!("lacks the permission \"{permission}\"")),
            (Walk::Finished | Walk::StoppedAt(_), _) => Fate::Enrolled,
            (Walk::Failed(error), _) => at(&format!("failed: {}", error.message)),
            (Walk::Abandoned(step), _) => at(&format!("was put away at \"{}\"", step.label())),
        }
    }

    fn has_finished(&self) -> bool {
        self.agent.memory.enrollment().is_ok_and(|e| e.step == Some(EnrollmentStep::Done))
    }

    /// Works until the phone is wiped or the server forgets it; says why it ended.
    async fn work(&mut self) -> String {
        // Heartbeats of a fleet are spread over the interval from the start.
        if let Some(every) = self.heartbeat {
            let spread = u64::try_from(every.as_millis()).unwrap_or(u64::MAX);
            sleep(Duration::from_millis(self.agent.rng.between(0, spread))).await;
        }
        let worked = match self.chaos.take() {
            Some((rng, seen)) => chaos::work(&mut self.agent, rng, seen, &self.happenings).await,
            None => self.agent.run(self.heartbeat).await,
        };
        match worked {
            Ok(()) => "wiped".to_owned(),
            Err(failure) => failure.to_string(),
        }
    }
}
