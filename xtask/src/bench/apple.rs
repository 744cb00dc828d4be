//! `cargo xtask bench apple`: many iPhones that enroll at once, over TLS.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use super::samples::{Samples, now};
use crate::support::apple::{PushService, free_address};
use crate::support::http::{Client, is_ready};
use crate::support::mode::Mode;
use crate::support::{files, paths, process};

/// Time in which the server has to be ready.
const START_TIMEOUT: Duration = Duration::from_mins(1);
/// How long the phones go on after the last one is enrolled, in seconds: until all have answered.
const RUN_FOR_S: &str = "30";
/// How often a page of the list is asked for afterwards.
const TIMES: usize = 100;

/// Builds server and agent, invites `phones` people, and lets a phone of each enroll at once.
pub fn run(mode: Mode, phones: u32) -> Result<()> {
    process::compile(mode, "server")?;
    process::compile(mode, "agent")?;
    let data = paths::target().join("bench").join("apple");
    if data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("could not remove {}", data.display()))?;
    }
    let push = PushService::prepare(mode, &data)?;
    let program = paths::program(mode, "rollcall");
    let mut create = Command::new(&program);
    let token = process::output(create.args(["token", "create", "--name", "bench", "--data-dir"]).arg(&data))?;
    let (address, tls) = (free_address()?, free_address()?);
    let mut server = start(&program, &data, &address, &tls, &push)?;
    let measured = wait_until_ready(&mut server, &address)
        .and_then(|()| measure(mode, &data, &Client::new(&address, &token), phones, &address, &tls, &push));
    server.kill().context("could not stop the server")?;
    server.wait()?;
    measured
}

fn start(program: &Path, data: &Path, address: &str, tls: &str, push: &PushService) -> Result<Child> {
    Command::new(program)
        .args(["serve", "--log", "warn", "--listen", address, "--public-url", &public_url(tls)])
        .args(["--connections-per-network", "4096", "--apple-push-url", &push.url()])
        .args(["--apple-push-ca", &push.authority(), "--data-dir"])
        .arg(data)
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("could not start {}", program.display()))
}

/// Certificates name the host, so phones do not use its number.
fn public_url(tls: &str) -> String {
    format!("https://{}", tls.replace("127.0.0.1", "localhost"))
}

fn wait_until_ready(server: &mut Child, address: &str) -> Result<()> {
    let begin = now();
    while !is_ready(address) {
        if let Some(status) = server.try_wait()? {
            bail!("the server ended by itself ({status})");
        }
        ensure!(begin.elapsed() < START_TIMEOUT, "the server was not ready within {} s", START_TIMEOUT.as_secs());
        sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn measure(
    mode: Mode,
    data: &Path,
    client: &Client,
    phones: u32,
    address: &str,
    tls: &str,
    push: &PushService,
) -> Result<()> {
    let urls = data.join("urls.txt");
    files::write(&urls, &invite(client, phones)?)?;
    // The simulator prints what it measured.
    let mut simulate = Command::new(paths::program(mode, "rollcall-agent"));
    simulate.args(["simulate", "--apple", "--course", "fine", "--pace", "fast", "--seed", "1", "--run-for", RUN_FOR_S]);
    simulate.args(["--devices", &phones.to_string(), "--urls"]).arg(&urls);
    simulate.arg("--push-service").arg(push.folder()).args(["--push-listen", push.listen()]);
    simulate.args(["--tls-listen", tls, "--tls-to", address]).env("SSL_CERT_FILE", push.authority());
    process::run(&mut simulate)?;
    let active = total(client, "/api/v1/slots?size=1&status=active")?;
    println!("Active at the end: {active} of {phones}");
    let mut samples = Samples::default();
    for _ in 0..TIMES {
        let sent = now();
        client.get("/api/v1/slots?size=100&platform=ios&sort=contact")?;
        samples.add(sent.elapsed());
    }
    println!("A page of 100 iPhones: times, p50, p95 and max in ms: {samples}");
    Ok(())
}

/// Invites one person for each phone, and returns their enrollment URLs, one a line.
fn invite(client: &Client, phones: u32) -> Result<String> {
    let mut urls = String::new();
    for number in 1..=phones {
        let person =
            json!({ "name": format!("Person {number}"), "email": format!("{number}@example.com"), "send": false });
        let invitation = parse(&client.post("/api/v1/invitations", &person.to_string())?)?;
        let id = text(&invitation, "id")?;
        let credentials = parse(&client.get(&format!("/api/v1/invitations/{id}/credentials"))?)?;
        urls.push_str(&text(&credentials, "url")?);
        urls.push('\n');
    }
    Ok(urls)
}

fn total(client: &Client, path: &str) -> Result<u64> {
    parse(&client.get(path)?)?.get("total").and_then(Value::as_u64).context("an answer without a total")
}

fn text(value: &Value, field: &str) -> Result<String> {
    let text = value.get(field).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("an answer without `{field}`"))
}

fn parse(body: &str) -> Result<Value> {
    serde_json::from_str(body).context("an answer that is not JSON")
}
