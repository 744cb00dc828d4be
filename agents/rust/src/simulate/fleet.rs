//! The fleet: starts the phones, waits until each has enrolled or is stuck, lets them work, and sums up.

use super::{
    EnrollmentEnd, Options, Pace, PhoneEvent,
    chaos::{self, IssuedCommands},
    phone::Phone,
    plan::{Plan, Scenario},
    watch::{self, LOG_PHONES_UP_TO},
};
use crate::{
    agent::{Agent, steps::StepsEnd},
    failure::Failure,
    protocol::{address::EnrollmentUrl, client::Client, retry::Retry},
    rng::Rng,
    state::{agent_state::AgentState, memory::Memory},
    terminal::Log,
};
use domain::{device::EnrollmentStep, protocol::EnrollCredential};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::{
    sync::{
        Semaphore,
        mpsc::{self, UnboundedSender},
    },
    task::JoinSet,
    time::sleep,
};

/// How many phones enroll at the same time when the pace is fast.
const ENROLL_AT_ONCE: usize = 64;
/// With a human pace, all phones begin within this time, in seconds.
const START_WITHIN_S: u64 = 120;

/// Simulates a fleet until the time that the options give is over or the program is stopped.
///
/// # Errors
/// An address cannot be used, or the server refused phones that were planned to enroll.
pub async fn simulate(options: Options) -> Result<(), Failure> {
    let log = Log::default();
    watch::raise_file_limit(options.devices, &log);
    let (sender, receiver) = mpsc::unbounded_channel();
    let phones = start(&options, &sender)?;
    drop(sender);
    let refused = watch::watch(options.devices, options.run_for, receiver, phones, &log).await;
    if refused > 0 { Err(Failure::Phones(refused)) } else { Ok(()) }
}

fn start(options: &Options, sender: &UnboundedSender<PhoneEvent>) -> Result<JoinSet<()>, Failure> {
    let mut clients: BTreeMap<String, Client> = BTreeMap::new();
    let enroll_permits = Arc::new(Semaphore::new(ENROLL_AT_ONCE));
    let mut phones = JoinSet::new();
    let issued = IssuedCommands::default();
    for (number, url) in (1..=u64::from(options.devices)).zip(options.urls.iter().cycle()) {
        let client = match clients.get(url.server.as_str()) {
            Some(client) => client.clone(),
            None => clients.entry(url.server.to_string()).or_insert(Client::new(&url.server)?).clone(),
        };
        let task = PhoneTask {
            agent: agent(options, Plan::new(options.seed, number), client, sender),
            plan: Plan::new(options.seed, number),
            url: url.clone(),
            enroll_permits: enroll_permits.clone(),
            pace: options.pace,
            heartbeat: options.heartbeat,
            chaos: options.chaos.then(|| (Rng::substream(options.seed ^ 2, number), issued.clone())),
            events: sender.clone(),
        };
        phones.spawn(task.run(start_within(options)));
    }
    Ok(phones)
}

fn start_within(options: &Options) -> u64 {
    match options.pace {
        Pace::Human => (u64::from(options.devices) * 4).min(START_WITHIN_S),
        Pace::Fast => 0,
    }
}

fn agent(options: &Options, plan: Plan, client: Client, sender: &UnboundedSender<PhoneEvent>) -> Agent<Phone> {
    let log = if options.devices > LOG_PHONES_UP_TO { Log::quiet() } else { Log::with_prefix(&name(&plan)) };
    Agent {
        memory: Memory::in_memory(AgentState::new(plan.installation_id)),
        rng: Rng::substream(options.seed ^ 1, plan.number),
        host: Phone::new(plan, options.pace, sender.clone()),
        client,
        retry: Retry::DEFAULT,
        log,
    }
}

fn name(plan: &Plan) -> String {
    format!("#{} {}", plan.number, plan.info().name().unwrap_or_default())
}

/// The task of one phone.
struct PhoneTask {
    agent: Agent<Phone>,
    plan: Plan,
    url: EnrollmentUrl,
    enroll_permits: Arc<Semaphore>,
    pace: Pace,
    heartbeat: Option<Duration>,
    /// The generator of the chaos, and the commands of all phones.
    chaos: Option<(Rng, IssuedCommands)>,
    events: UnboundedSender<PhoneEvent>,
}

impl PhoneTask {
    async fn run(mut self, start_within_s: u64) {
        self.agent.host.wait_like_a_person(0, start_within_s).await;
        let end = match self.enroll().await {
            Ok(steps) => self.end(&steps),
            Err(failure) => EnrollmentEnd::Refused(failure.to_string()),
        };
        // A phone that only lacks a permission goes on reporting; the other stuck ones were put away.
        let keeps_running =
            matches!(end, EnrollmentEnd::Enrolled) || (matches!(end, EnrollmentEnd::Stuck(_)) && self.has_finished());
        let _ = self.events.send(PhoneEvent::Settled(end));
        if keeps_running {
            let end = self.work().await;
            let _ = self.events.send(PhoneEvent::Ended(end));
        }
    }

    async fn enroll(&mut self) -> Result<StepsEnd, Failure> {
        let permits = self.enroll_permits.clone();
        let _permit = match self.pace {
            Pace::Fast => permits.acquire().await.ok(),
            Pace::Human => None,
        };
        let credential = EnrollCredential::Token { token: self.url.token.expose().to_owned() };
        self.agent.enroll(&self.url.server, credential, self.plan.ownership).await?;
        self.agent.log.print("Enrolled");
        self.agent.run_steps(EnrollmentStep::Done).await
    }

    fn end(&self, steps: &StepsEnd) -> EnrollmentEnd {
        let at = |what: &str| EnrollmentEnd::Stuck(format!("{} {what}", name(&self.plan)));
        match (steps, &self.plan.scenario) {
            (StepsEnd::Finished, Scenario::RefusesPermission(permission)) => {
                at(&format!("lacks the permission \"{permission}\""))
            }
            (StepsEnd::Finished | StepsEnd::StoppedAt(_), _) => EnrollmentEnd::Enrolled,
            (StepsEnd::Failed(error), _) => at(&format!("failed: {}", error.message)),
            (StepsEnd::Abandoned(step), _) => at(&format!("was put away at \"{}\"", step.label())),
        }
    }

    fn has_finished(&self) -> bool {
        self.agent.memory.enrollment().is_ok_and(|e| e.step == Some(EnrollmentStep::Done))
    }

    /// Works until the phone is wiped or the server does not know it any more; returns why it ended.
    async fn work(&mut self) -> String {
        // Spread the heartbeats of the fleet over the interval from the start.
        if let Some(interval) = self.heartbeat {
            let spread = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
            sleep(Duration::from_millis(self.agent.rng.between(0, spread))).await;
        }
        let ended = match self.chaos.take() {
            Some((rng, issued)) => chaos::run(&mut self.agent, rng, issued, &self.events).await,
            None => self.agent.run(self.heartbeat).await,
        };
        match ended {
            Ok(()) => "wiped".to_owned(),
            Err(failure) => failure.to_string(),
        }
    }
}
