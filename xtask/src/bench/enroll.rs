//! `cargo xtask bench enroll`: devices that enroll at once, each with an invitation of its own, or all with one.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::devices::{self, Meter, OTHERS_MAX, Options, Outcome, Source, Until, add_costs, post};
use super::sample_server::Sample;
use crate::support::http::Client;
use crate::support::server::RunningServer;

/// Measures, prints, and adds the figures to `target/bench/enroll.jsonl`.
pub fn run(options: &Options) -> Result<()> {
    let sample = Sample::copied(options)?;
    let outcome = measure(&sample, options);
    // Also after an error: the copy has the size of a database.
    sample.remove()?;
    outcome?.publish(options, "enroll.jsonl")
}

fn measure(sample: &Sample, options: &Options) -> Result<Outcome> {
    let (server, _) = sample.start()?;
    let (many, one) = if options.short { (10, 10) } else { (2000, 300) };
    let mut outcome = Outcome::default();
    outcome.append(enroll(sample, &server, "enroll-many", &invite(&server.client(), many)?, many, options)?);
    outcome.append(enroll(sample, &server, "enroll-one", &[shared(&server.client())?], one, options)?);
    Ok(outcome)
}

/// Lets devices enroll with these tokens in turn.
fn enroll(
    sample: &Sample,
    server: &RunningServer,
    name: &str,
    tokens: &[String],
    count: usize,
    options: &Options,
) -> Result<Outcome> {
    let count = u64::try_from(count)?;
    let mut requests = Enrollments::new(server, tokens, count);
    let mut connections = devices::connect(server.address(), options.connections())?;
    let (watch, meter) = (sample.watch(server)?, Meter::begin(server, sample.postgres())?);
    let load = devices::send(&mut connections, &mut requests, 201, Until::Count(count))?;
    let (cost, others) = (meter.end(count)?, watch.others()?);
    let seconds = load.took.as_secs_f64();
    println!("{name}: {count} in {seconds:.2} s, {}; others {:.0} %", cost.line(), others * 100.0);
    let mut outcome = Outcome::default();
    outcome.add(format!("{name}.rate"), "1/s", &[load.rate()], others > OTHERS_MAX);
    add_costs(&mut outcome, name, &[cost]);
    Ok(outcome)
}

/// Invites so many people without a mail; the tokens of their invitations.
fn invite(client: &Client, count: usize) -> Result<Vec<String>> {
    (0..count).map(|number| Ok(invitation(client, &format!("many{number}"))?.1)).collect()
}

/// The token of one invitation for many devices.
fn shared(client: &Client) -> Result<String> {
    let (id, token) = invitation(client, "one")?;
    client.post(&format!("/api/v1/invitations/{id}/lift-pace"), "")?;
    Ok(token)
}

/// The id and the token of a new invitation.
fn invitation(client: &Client, name: &str) -> Result<(String, String)> {
    let unique = devices::Moment::now().millis();
    let person =
        json!({ "name": format!("Bench {name}"), "email": format!("{name}.{unique}@example.com"), "send": false });
    let invitation: Value = serde_json::from_str(&client.post("/api/v1/invitations", &person.to_string())?)?;
    let id = invitation["id"].as_str().context("an invitation without an id")?;
    let path = format!("/api/v1/invitations/{id}/credentials");
    let credentials: Value = serde_json::from_str(&client.get(&path)?)?;
    let url = credentials["url"].as_str().context("an invitation without a URL")?;
    Ok((id.to_owned(), url.rsplit('/').next().unwrap_or_default().to_owned()))
}

/// Devices that enroll, one after the other.
struct Enrollments {
    requests: Vec<Vec<u8>>,
    next: usize,
}

impl Enrollments {
    /// Each with the next of these tokens.
    fn new(server: &RunningServer, tokens: &[String], count: u64) -> Self {
        let head = format!("Host: {}\r\n", server.address());
        let unique = devices::Moment::now().millis();
        let request = |(number, token): (u64, &String)| {
            let body = json!({
                "method": "token", "token": token, "platform": "android", "ownership": "personal",
                "installation_id": format!("{:08x}-{:04x}-4000-8000-{number:012x}", unique >> 16, unique & 0xFFFF),
                "agent_version": "1.0.0",
                "device": { "manufacturer": "Samsung", "model": "Galaxy A54", "os_version": "14" },
            });
            post("/agent/v1/enroll", &head, &body.to_string()).into_bytes()
        };
        Self { requests: (0..count).zip(tokens.iter().cycle()).map(request).collect(), next: 0 }
    }
}

impl Source for Enrollments {
    fn next(&mut self) -> &[u8] {
        let request = self.requests.get(self.next).map(Vec::as_slice).unwrap_or_default();
        self.next += 1;
        request
    }
}
