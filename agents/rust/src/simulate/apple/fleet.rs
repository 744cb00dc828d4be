//! The fleet: starts the phones, waits until each has enrolled or is stuck, lets them live, and sums up.

use super::{
    Options, Source,
    figures::Figures,
    life::Life,
    phone::{Keys, Origin, Phone, Shared, Web},
    plan::Plan,
};
use crate::{
    failure::Failure,
    rng::Rng,
    simulate::{
        EnrollmentEnd, Pace, PhoneEvent,
        watch::{self, LOG_PHONES_UP_TO},
    },
    terminal::Log,
};
use apple::profile::EnrollmentProfile;
use std::sync::Arc;
use tokio::{
    sync::{
        Semaphore,
        mpsc::{self, UnboundedSender},
    },
    task::JoinSet,
};
use url::Url;

/// How many phones enroll at the same time when the pace is fast.
const AT_ONCE: usize = 512;
/// With a human pace, all phones begin within this time, in seconds.
const START_WITHIN_S: u64 = 60;

/// Simulates iPhones and iPads until the time that the options give is over or the program is stopped.
///
/// # Errors
/// A profile cannot be read, the push service does not start, or the server refused phones that were planned to enroll.
pub async fn simulate(options: Options) -> Result<(), Failure> {
    let log = Log::default();
    watch::raise_file_limit(options.devices, &log);
    let apns = match &options.push {
        Some((folder, listen)) => {
            let apns = folder.start(*listen).await.map_err(|error| Failure::Input(error.to_string()))?;
            log.print(&format!("The pretended push service listens on {}", apns.base()));
            Some(apns)
        }
        None => None,
    };
    let front = match &options.front {
        Some((folder, addresses)) => {
            Some(folder.start_front(*addresses).await.map_err(|error| Failure::Input(error.to_string()))?)
        }
        None => None,
    };
    let (keys, figures) = (Keys::new(options.seed), Figures::new());
    let shared = Arc::new(Shared { keys, figures, apns, pace: options.pace });
    let (sender, receiver) = mpsc::unbounded_channel();
    let phones = start(&options, &shared, &sender)?;
    drop(sender);
    let refused = watch::watch(options.devices, options.run_for, receiver, phones, &log).await;
    if let Some(front) = front {
        front.abort();
    }
    for line in shared.figures.lines() {
        log.print(&line);
    }
    if let Some(apns) = &shared.apns {
        log.print(&format!("pushes: {}", apns.arrived()));
    }
    if refused > 0 { Err(Failure::Phones(refused)) } else { Ok(()) }
}

fn start(
    options: &Options,
    shared: &Arc<Shared>,
    sender: &UnboundedSender<PhoneEvent>,
) -> Result<JoinSet<()>, Failure> {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut phones = JoinSet::new();
    let mut webs: Vec<(Url, Web)> = Vec::new();
    for (number, (server, origin)) in (1..=u64::from(options.devices)).zip(origins(&options.source)?.iter().cycle()) {
        // Phones of one server share its connections.
        if !webs.iter().any(|(known, _)| known == server) {
            let web = Web::new(server).map_err(|error| Failure::Input(error.to_string()))?;
            webs.push((server.clone(), web));
        }
        let Some((_, web)) = webs.iter().find(|(known, _)| known == server) else { continue };
        let plan = Plan::new(options.seed, number, options.course, options.supervision);
        let plan = plan.ok_or_else(|| Failure::Input("There is no model of an iPhone.".to_owned()))?;
        let quiet = options.devices > LOG_PHONES_UP_TO;
        let phone = Phone {
            log: if quiet { Log::quiet() } else { Log::with_prefix(&plan.name()) },
            rng: Rng::substream(options.seed ^ 5, number),
            plan,
            shared: shared.clone(),
            web: web.clone(),
            is_locked: false,
            is_lost: false,
            managed: None,
        };
        let life = Life { phone, origin: origin.clone(), ask_every: options.ask_every, events: sender.clone() };
        phones.spawn(run(life, permits.clone(), u64::from(options.devices)));
    }
    Ok(phones)
}

/// Each profile with the server that it is for.
fn origins(source: &Source) -> Result<Vec<(Url, Origin)>, Failure> {
    let of_file = |file: &Vec<u8>| {
        let profile = EnrollmentProfile::read(file).map_err(|e| Failure::Input(format!("The profile: {e}.")))?;
        let server = profile.server_url.parse().map_err(|e| Failure::Input(format!("The server's address: {e}.")))?;
        Ok((server, Origin::File(file.clone())))
    };
    match source {
        Source::Pages(pages) => {
            Ok(pages.iter().map(|page| (page.server.clone(), Origin::Page(page.clone()))).collect())
        }
        Source::Files(files) => files.iter().map(of_file).collect(),
    }
}

async fn run(mut life: Life, permits: Arc<Semaphore>, devices: u64) {
    let end = {
        let _permit = match life.phone.shared.pace {
            Pace::Fast => permits.acquire().await.ok(),
            Pace::Human => None,
        };
        life.phone.wait_like_a_person(0, (devices * 4).min(START_WITHIN_S)).await;
        life.enroll().await
    };
    let goes_on = matches!(end, EnrollmentEnd::Enrolled);
    let events = life.events.clone();
    let _ = events.send(PhoneEvent::Settled(end));
    if goes_on {
        let ended = life.live().await;
        let _ = events.send(PhoneEvent::Ended(ended));
    }
}
